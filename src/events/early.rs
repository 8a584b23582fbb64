//! Why an input was not read to its end. Never says what is done about it.
use crate::events::NoticeClass;

/// What ended an input before its own end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Early {
    /// The compressed stream around it is cut off, or damaged from there on.
    BrokeOff,
    /// The reader of the page had enough.
    Stopped,
    /// The memory that reading may take was used up.
    OutOfMemory,
}

impl Early {
    const ALL: [Self; 3] = [Self::BrokeOff, Self::Stopped, Self::OutOfMemory];

    /// Its name in a message.
    pub const fn word(self) -> &'static str {
        match self {
            Self::BrokeOff => "broke-off",
            Self::Stopped => "stopped",
            Self::OutOfMemory => "out-of-memory",
        }
    }

    /// The one of that name.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|early| early.word() == word)
    }

    /// Whether the input goes on, and nobody has read what follows.
    pub const fn is_stop(self) -> bool {
        !matches!(self, Self::BrokeOff)
    }

    /// What is said about the input.
    pub(super) const fn notice(self) -> (NoticeClass, &'static str) {
        match self {
            Self::BrokeOff => (
                NoticeClass::Truncated,
                "The compressed stream ends early; what was decompressed is shown.",
            ),
            Self::Stopped => (
                NoticeClass::Stopped,
                "Reading was stopped here on request; what came before is shown.",
            ),
            Self::OutOfMemory => (
                NoticeClass::Stopped,
                "Reading was stopped here, where its memory was used up; what came before is shown.",
            ),
        }
    }
}
