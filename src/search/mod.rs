//! A few words → everything in the history that they may mean, as of one moment. Letters are compared
//! without regard to ASCII case; what fits best and is newest comes first, and all is counted.
//!
//! Fuzzy matching is by pieces ([`pieces`]): one pass over a name without tables of Unicode, and a rule
//! that a reader can be told, "in pieces, each from the start of a word". A score of gaps and bonuses
//! in the manner of fzf says how good a match is, but not from where on it is none; here every match
//! counts, so what matches must be plain.
//!
//! Never sorts: names are walked from the newest to the oldest into one list for each way to match.
mod filters;
mod pattern;
mod pieces;
mod query;
mod walk;

pub use filters::IsStale;
pub use pattern::{Rank, marks};
pub use query::{Kind, Problem, Query, Since};
pub use walk::{Progress, Search};

use crate::events::{LabelId, PartitionId, RunId, WantId};
use crate::history::History;

/// One thing that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Item {
    /// By its id.
    Want(WantId),
    /// By its ref.
    Partition(PartitionId),
    /// By its id.
    Run(RunId),
    /// By its label.
    Job(LabelId),
}

impl Item {
    /// What else a reader knows it as, if the log says so: the job at the root of a request, the table
    /// behind a path. A search compares and marks that as well.
    pub fn other_name(self, history: &History) -> Option<&str> {
        let other = match self {
            Self::Want(want) => history.title(want),
            Self::Partition(partition) => history.friendly(partition),
            Self::Run(_) | Self::Job(_) => return None,
        };
        (other != self.name(history)).then_some(other)
    }

    /// What it is called: what a search compares, and marks.
    pub fn name(self, history: &History) -> &str {
        let names = &history.names;
        match self {
            Self::Want(want) => names.wants.text(want),
            Self::Partition(partition) => names.partitions.text(partition),
            Self::Run(run) => names.runs.text(run),
            Self::Job(label) => names.labels.text(label),
        }
    }
}

/// A hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What was found.
    pub item: Item,
    /// How well.
    pub rank: Rank,
}

/// The hits of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// What they are.
    pub kind: Kind,
    /// How many there are.
    pub total: u64,
    /// The first of them: by how well they match, then newest first.
    pub hits: Vec<Hit>,
}

/// All hits, by kind, in the order of [`Kind::ALL`]; kinds without any are left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// One for each kind that was found.
    pub groups: Vec<Group>,
}

impl Hits {
    /// How many there are.
    pub fn total(&self) -> u64 {
        self.groups.iter().map(|group| group.total).sum()
    }

    /// Those that are listed, one after the other.
    pub fn listed(&self) -> impl Iterator<Item = Hit> {
        self.groups.iter().flat_map(|group| group.hits.iter().copied())
    }
}
