//! What of a log is not shown, and why. Says nothing; the words are a view's.
use super::Error;
use crate::events::Early;

/// All of a log that is not shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Partial {
    /// Why reading ended before the last input did.
    pub stopped: Option<Early>,
    /// Inputs that were not opened because of that.
    pub n_unread: usize,
    /// Inputs that could not be taken along.
    pub left_out: Vec<LeftOut>,
}

/// An input that was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// What it is called.
    pub name: String,
    /// Why.
    pub why: WhyNot,
}

/// Why an input was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyNot {
    /// A manifest names it, and it is not there.
    Missing,
    /// A manifest names it, and it is of another origin than the manifest.
    Elsewhere,
    /// A manifest names it, and it is a manifest itself.
    Nested,
    /// It came with a manifest that does not name it.
    NotNamed,
    /// In a folder, and its name is not that of a log.
    NoLogName,
}

impl Partial {
    /// Why there is nothing to show at all.
    pub(super) fn nothing(&self) -> Error {
        let named = |it: &LeftOut| format!("{} {}", it.name, it.why.words());
        let named: Vec<String> = self.left_out.iter().take(3).map(named).collect();
        if named.is_empty() {
            return Error::Canceled;
        }
        Error::NoneNamed(named.join("; "))
    }

    /// Whether everything is shown.
    pub fn is_none(&self) -> bool {
        self.stopped.is_none() && self.left_out.is_empty()
    }
}

impl WhyNot {
    /// The rest of a sentence about it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Missing => "is named by the manifest, and is not there",
            Self::Elsewhere => "is named by the manifest, and is on another server",
            Self::Nested => "is named by a manifest, and is a manifest itself",
            Self::NotNamed => "is not named by the manifest",
            Self::NoLogName => "has no name of a log",
        }
    }
}
