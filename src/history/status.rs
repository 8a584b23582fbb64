//! The words for what things are at a moment, as the pages and their marks spell them.

use crate::events::Removal;

/// Declares a status enum and its lower-kebab-case words.
macro_rules! statuses {
    ($($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word, in lower-kebab-case.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }
    )*};
}

impl RunStatus {
    /// Whether there is no end yet.
    pub const fn is_under_way(self) -> bool {
        matches!(self, Self::Queued | Self::Running)
    }
}

impl PartitionStatus {
    /// That of a partition whose last version ended so.
    pub const fn of_removal(how: Removal) -> Self {
        match how {
            Removal::Dropped => Self::Dropped,
            Removal::Truncated => Self::Truncated,
            Removal::Renamed => Self::Renamed,
        }
    }
}

statuses! {
    /// A job run's status: that of its newest attempt.
    RunStatus {
        /// Planned, no heartbeat yet.
        Queued = "queued",
        /// A heartbeat, no end yet.
        Running = "running",
        /// Built everything.
        Succeeded = "succeeded",
        /// Failed.
        Failed = "failed",
        /// Canceled.
        Canceled = "canceled",
        /// Found inputs missing.
        DepMiss = "dep-miss",
    }

    /// An instance's status. Current and superseded are told beside it.
    InstanceStatus {
        /// Its run has not ended.
        Building = "building",
        /// Its run succeeded.
        Live = "live",
        /// Live, and a taint that named it stands.
        Tainted = "tainted",
        /// Its run failed.
        Failed = "failed",
        /// Its run was canceled.
        Canceled = "canceled",
        /// Its run ended as a dependency miss.
        Missed = "missed",
        /// It was there before this log.
        External = "external",
    }

    /// A partition's status.
    PartitionStatus {
        /// The current instance is live.
        Live = "live",
        /// The current instance is tainted.
        Tainted = "tainted",
        /// The newest attempt runs.
        Building = "building",
        /// The newest attempt missed inputs, and a derivative want is unfinished.
        UpstreamBuilding = "upstream-building",
        /// The newest attempt missed inputs, and every derivative want is successful.
        UpForRetry = "up-for-retry",
        /// The newest attempt failed.
        Failed = "failed",
        /// The newest attempt missed inputs, and a derivative want failed.
        UpstreamFailed = "upstream-failed",
        /// The newest attempt was canceled.
        Canceled = "canceled",
        /// The last version was dropped.
        Dropped = "dropped",
        /// The last version was emptied.
        Truncated = "truncated",
        /// The last version goes on under another name.
        Renamed = "renamed",
        /// Requested, never attempted.
        Wanted = "wanted",
        /// Read, never built in this log.
        External = "external",
    }

    /// A want's status.
    WantStatus {
        /// Every requested partition was satisfied.
        Successful = "successful",
        /// Canceled before it was done.
        Canceled = "canceled",
        /// A requested partition failed.
        Failed = "failed",
        /// A requested partition's inputs failed.
        UpstreamFailed = "upstream-failed",
        /// A requested partition waits for its inputs.
        UpstreamBuilding = "upstream-building",
        /// A requested partition is being built.
        Building = "building",
        /// None of these.
        Idle = "idle",
    }
}
