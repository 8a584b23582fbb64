//! What JSON is expected at each place of an event.

/// What is expected at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Text,
    /// A whole number that fits 64 bits, or a decimal text of one. The greatest such number, which
    /// stands for "none" in columns, is taken for too large.
    Number,
    /// A list of partitions.
    Partitions,
    Partition,
    /// A list of `{impacted[], read[]}`.
    Reads,
    Read,
    /// A list of `{impacted[], missing[]}`.
    Misses,
    Miss,
    /// A list of `{want_id, partitions[]}`.
    Attributions,
    Attribution,
    Source,
    /// `{user}`
    Manual,
    /// `{job_run_id}`
    Run,
    /// Fields, into [`Draft::fields`].
    Payload,
    /// What `event` holds: a payload under its kind.
    Event,
    /// A whole record.
    Envelope,
    /// No matter what; it is looked at and let go.
    Anything,
}

/// A key of an object: its spellings, the first of which is its name, and what it holds.
pub(super) type KeyOf = (&'static [&'static str], Shape);

impl Shape {
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Number => "a whole number of 64 bits",
            Self::Partitions => "a list of partitions",
            Self::Partition => "a partition",
            Self::Reads | Self::Misses | Self::Attributions => "a list of objects",
            Self::Read
            | Self::Miss
            | Self::Attribution
            | Self::Source
            | Self::Manual
            | Self::Run
            | Self::Payload
            | Self::Event
            | Self::Envelope => "an object",
            Self::Anything => "anything",
        }
    }

    /// Of a small object: its name where it has unknown fields, and its keys.
    pub(super) const fn keys(self) -> Option<(&'static str, &'static [KeyOf])> {
        const IMPACTED: KeyOf = (&["impacted"], Shape::Partitions);
        Some(match self {
            Self::Partition => (
                "partition",
                &[(&["ref"], Shape::Text), (&["str"], Shape::Text), (&["uuid"], Shape::Text)],
            ),
            Self::Read => ("read_deps", &[IMPACTED, (&["read"], Shape::Partitions)]),
            Self::Miss => ("missing_deps", &[IMPACTED, (&["missing"], Shape::Partitions)]),
            Self::Attribution => (
                "want_attributed_partitions",
                &[(&["want_id", "wantId"], Shape::Text), (&["partitions"], Shape::Partitions)],
            ),
            Self::Source => (
                "source",
                &[
                    (
                        &["manually_triggered", "manuallyTriggered", "ManuallyTriggered"],
                        Shape::Manual,
                    ),
                    (&["job_triggered", "jobTriggered", "JobTriggered"], Shape::Run),
                ],
            ),
            Self::Manual => ("source", &[(&["user"], Shape::Text)]),
            Self::Run => ("source", &[(&["job_run_id", "jobRunId"], Shape::Text)]),
            _ => return None,
        })
    }
}
