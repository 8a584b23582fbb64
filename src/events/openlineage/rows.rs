//! Rows of what was read: small, and of ids alone.
use crate::events::openlineage::{Basis, Removal};
use crate::events::{LabelId, PartitionId, Place, RunId, TextId};

/// Where a record is.
#[derive(Clone, Copy, Debug)]
pub(in crate::events) struct At {
    pub(in crate::events) place: Place,
    pub(in crate::events) len: u32,
    pub(in crate::events) line: u32,
}

/// What `eventType` says. Of two at the same moment, the greater is the later.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Start,
    Other,
    Running,
    Complete,
    Fail,
    Abort,
}

impl Kind {
    pub(super) const ALL: [Self; 6] =
        [Self::Start, Self::Other, Self::Running, Self::Complete, Self::Fail, Self::Abort];

    /// As `eventType` spells it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Start => "START",
            Self::Other => "OTHER",
            Self::Running => "RUNNING",
            Self::Complete => "COMPLETE",
            Self::Fail => "FAIL",
            Self::Abort => "ABORT",
        }
    }

    pub(super) fn is_end(self) -> bool {
        self >= Self::Complete
    }
}

/// A record of a run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) nanos: u64,
    pub(super) run: RunId,
    pub(super) kind: Kind,
    pub(super) at: At,
    /// Of the record's text.
    pub(super) hash: u64,
    /// In [`Gathered::facets`].
    pub(super) facets: Option<u32>,
    /// From where to where in [`Gathered::data`].
    pub(super) data: (u32, u32),
    pub(super) is_without_zone: bool,
}

/// What a record says of its run beside data. Most records say nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Facets {
    pub(super) parent: Option<RunId>,
    pub(super) root: Option<RunId>,
    pub(super) nominal_secs: Option<u64>,
    pub(super) message: Option<TextId>,
    pub(super) try_number: Option<i64>,
    pub(super) map_index: Option<i64>,
    pub(super) is_streaming: bool,
}

/// What a record says of one dataset.
#[derive(Clone, Copy, Debug)]
pub(super) struct Datum {
    pub(super) dataset: PartitionId,
    pub(super) role: Role,
    pub(super) version: Option<TextId>,
    pub(super) friendly: Option<TextId>,
    /// What became of it as a whole, if it was not written. What is renamed has this as its new name.
    pub(super) change: Option<Removal>,
    /// The name before a change of names.
    pub(super) previous: Option<PartitionId>,
    pub(super) basis: Option<Basis>,
    /// From where to where in [`Gathered::sources`].
    pub(super) sources: (u32, u32),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Input,
    Output,
    /// The target of the job's facet `lineage`, which is an output only if it is told as one.
    Target,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Described {
    Job(LabelId),
    Dataset(PartitionId),
}
