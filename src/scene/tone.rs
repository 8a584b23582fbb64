//! What a status looks like: a tone (one color of the style sheet), a glyph and a word, always
//! together, so that color never tells alone.
use crate::history::{InstanceStatus, PartitionStatus, RunStatus, WantStatus};

/// One of the colors that mean a status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tone {
    /// ✕ failed, upstream failed.
    Bad,
    /// ! tainted.
    Tainted,
    /// ↻ live, but built from something that was superseded or tainted since.
    Stale,
    /// … waits for inputs or for a retry.
    Waiting,
    /// ▸ at work.
    Active,
    /// ○ not begun, canceled, or outside this log.
    Idle,
    /// ✓ done.
    Good,
}

impl Tone {
    /// The class of the style sheet.
    pub const fn class(self) -> &'static str {
        match self {
            Self::Good => "tone-good",
            Self::Active => "tone-active",
            Self::Waiting => "tone-waiting",
            Self::Bad => "tone-bad",
            Self::Tainted => "tone-tainted",
            Self::Stale => "tone-stale",
            Self::Idle => "tone-idle",
        }
    }

    /// The glyph.
    pub const fn glyph(self) -> &'static str {
        match self {
            Self::Good => "✓",
            Self::Active => "▸",
            Self::Waiting => "…",
            Self::Bad => "✕",
            Self::Tainted => "!",
            Self::Stale => "↻",
            Self::Idle => "○",
        }
    }
}

/// A status as it is shown: its word as the marks spell it, and its tone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Status {
    /// Worst first, so that groups list what needs care first.
    pub tone: Tone,
    /// Lower-kebab-case.
    pub word: &'static str,
}

impl Status {
    /// The status of something that has none yet.
    pub const UNKNOWN: Self = Self { tone: Tone::Idle, word: "not-started" };

    /// What is live and stale, where it is counted among others.
    pub const STALE: Self = Self { tone: Tone::Stale, word: "stale" };

    /// The same word in the tone of what is stale, if it was good.
    #[must_use]
    pub fn gone_stale(self) -> Self {
        let tone = if self.tone == Tone::Good { Tone::Stale } else { self.tone };
        Self { tone, ..self }
    }

    /// Of a run: whether it wrote, writes, or was only to write.
    pub fn wrote_words(self) -> &'static str {
        match self.word {
            "succeeded" => "Wrote",
            "queued" | "running" => "Writes",
            _ => "Was to write",
        }
    }

    /// The word for people: `dep-miss` → `dep miss`.
    pub fn text(self) -> String {
        self.word.replace('-', " ")
    }
}

impl From<RunStatus> for Status {
    fn from(status: RunStatus) -> Self {
        let tone = match status {
            RunStatus::Succeeded => Tone::Good,
            RunStatus::Running => Tone::Active,
            RunStatus::DepMiss => Tone::Waiting,
            RunStatus::Failed => Tone::Bad,
            RunStatus::Queued | RunStatus::Canceled => Tone::Idle,
        };
        Self { tone, word: status.word() }
    }
}

impl From<InstanceStatus> for Status {
    fn from(status: InstanceStatus) -> Self {
        let tone = match status {
            InstanceStatus::Live => Tone::Good,
            InstanceStatus::Building => Tone::Active,
            InstanceStatus::Missed => Tone::Waiting,
            InstanceStatus::Failed => Tone::Bad,
            InstanceStatus::Tainted => Tone::Tainted,
            InstanceStatus::Canceled | InstanceStatus::External => Tone::Idle,
        };
        Self { tone, word: status.word() }
    }
}

impl From<PartitionStatus> for Status {
    fn from(status: PartitionStatus) -> Self {
        let tone = match status {
            PartitionStatus::Live => Tone::Good,
            PartitionStatus::Building => Tone::Active,
            PartitionStatus::UpstreamBuilding | PartitionStatus::UpForRetry => Tone::Waiting,
            PartitionStatus::Failed | PartitionStatus::UpstreamFailed => Tone::Bad,
            PartitionStatus::Tainted => Tone::Tainted,
            PartitionStatus::Canceled
            | PartitionStatus::Dropped
            | PartitionStatus::Truncated
            | PartitionStatus::Renamed
            | PartitionStatus::Wanted
            | PartitionStatus::External => Tone::Idle,
        };
        Self { tone, word: status.word() }
    }
}

impl From<WantStatus> for Status {
    fn from(status: WantStatus) -> Self {
        let tone = match status {
            WantStatus::Successful => Tone::Good,
            WantStatus::Building => Tone::Active,
            WantStatus::UpstreamBuilding => Tone::Waiting,
            WantStatus::Failed | WantStatus::UpstreamFailed => Tone::Bad,
            WantStatus::Canceled | WantStatus::Idle => Tone::Idle,
        };
        Self { tone, word: status.word() }
    }
}
