//! What the page can be at: which log is on its way, whether one is followed, what is asked over the page.
use leptos::prelude::*;

use crate::web::messages::Handing;
use crate::web::{Error, Progress};

/// What is being loaded, beside what is shown.
#[derive(Clone, Debug, PartialEq)]
pub enum Load {
    /// Nothing.
    Idle,
    /// Looking whether a log lies beside the page.
    Looking,
    /// The reader is asked whether it may.
    Asking(Ask),
    /// A log comes in.
    Busy(Progress),
    /// It did not.
    Failed(Error),
}

/// How it is with following a log that is being written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Follow {
    /// Nobody has asked.
    Off,
    /// The log is read once more, by a worker that stays.
    Reading,
    /// It is looked at every few seconds.
    On {
        /// Events that came since.
        n_new: u64,
        /// What the last look that has brought something has brought, in words; empty before one has.
        news: String,
        /// Its host sends the whole log each time.
        sends_whole: bool,
        /// Why the last look failed.
        trouble: Option<String>,
    },
    /// It cannot be followed, or not any longer: why, and what to do.
    Over(String),
}

/// What the reader is asked before a log comes from another origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// The origin.
    pub origin: String,
    /// The page that hands the log over; none where it is to be fetched.
    pub page: Option<StoredValue<Handing, LocalStorage>>,
}

/// A dialog over the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// The keys.
    Help,
    /// Finding a command.
    Palette,
    /// Opening another log.
    Open,
    /// Saving the page with the log in it.
    Save,
}

/// Which page the state calls for; as `data-state` spells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// No log, and none on its way.
    Start,
    /// The reader is asked whether one may come from elsewhere.
    Asking,
    /// One is on its way.
    Loading,
    /// One is shown.
    Ready,
    /// None is shown, because it could not be opened.
    Failed,
}

impl Stage {
    /// The word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Asking => "asking",
            Self::Loading => "loading",
            Self::Ready => "ready",
            Self::Failed => "failed",
        }
    }
}
