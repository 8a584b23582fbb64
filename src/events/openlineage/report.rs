//! What a run says beside its payloads: what it read to write what, as far as it came, and what it
//! ended. In the log format of databuild only a success says what was read; in this one, every run.
use crate::enum_cells;
use crate::events::{PartitionId, PartitionRef, RunId, Seq};

/// How it is known what was read for what. The better one is less.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// The event itself says so, or it was inferred from events that do.
    #[default]
    Recorded,
    /// By the facet `lineage`.
    Lineage,
    /// By the facet `columnLineage`: of a column, at least.
    ColumnLineage,
    /// Nothing says so: all that the run read is taken to have gone into all that it wrote.
    AllInputs,
    /// The dataset was given a new name.
    Renamed,
}

enum_cells! { Basis }

impl Basis {
    /// Every basis; `ALL[basis as usize] == basis`.
    pub const ALL: [Self; 5] =
        [Self::Recorded, Self::Lineage, Self::ColumnLineage, Self::AllInputs, Self::Renamed];
}

/// What became of the current version of a dataset that has none after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Removal {
    /// The dataset is there no more.
    Dropped,
    /// It is empty.
    Truncated,
    /// It goes on under another name.
    Renamed,
}

enum_cells! { Removal }

impl Removal {
    /// Every kind; `ALL[kind as usize] == kind`.
    pub const ALL: [Self; 3] = [Self::Dropped, Self::Truncated, Self::Renamed];
}

/// What one run says at one event, before what that event's payload means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The event.
    pub seq: Seq,
    /// The run.
    pub run: RunId,
    /// What it read for what.
    pub entries: Vec<Entry>,
    /// What it left without a current version.
    pub removed: Vec<(PartitionId, Removal)>,
}

/// To write each of `impacted`, each of `read` was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// What was written; nothing, where the run read it for nothing that it wrote.
    pub impacted: Vec<PartitionId>,
    /// What was read.
    pub read: Vec<PartitionRef>,
    /// How that is known.
    pub basis: Basis,
}

/// Reports in order of their events.
pub(in crate::events) type Reports = Vec<Report>;
