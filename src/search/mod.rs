//! A few words → everything in the history that they may mean, as of one moment. Matching is by
//! letters, without regard to ASCII case; what is best and newest comes first, and all is counted.
mod find;
mod query;

pub use query::{Kind, Query};

use std::cmp::Reverse;

use crate::events::{LabelId, PartitionId, RunId, Seq, WantId};
use crate::history::AsOf;

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

/// How well a name matches. The best is the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// It is what was typed.
    Exact,
    /// It begins with it.
    Prefix,
    /// It has it, or every word of it, somewhere.
    Substring,
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
    /// The first of them: by rank, then newest first.
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

/// What of `asof` matches `query`; the first `limit` of each kind. An empty query finds nothing.
/// O(all names), without copying any.
pub fn search(asof: AsOf<'_>, query: &Query, limit: usize) -> Hits {
    if query.is_empty() {
        return Hits::default();
    }
    let kinds = Kind::ALL.iter().filter(|&&kind| query.kind.is_none_or(|asked| asked == kind));
    let groups = kinds.map(|&kind| group(kind, find::all(asof, query, kind), limit));
    Hits { groups: groups.filter(|group| group.total > 0).collect() }
}

/// `name` before, in and after the first place where it has the text of `query`, or its first word.
pub fn split_at_match<'a>(name: &'a str, query: &Query) -> [&'a str; 3] {
    let parts = std::iter::once(&query.text).chain(query.words.first());
    let place = parts.into_iter().find_map(|part| find::place_of(name, part));
    let split = place.and_then(|place| {
        Some([name.get(..place.start)?, name.get(place.clone())?, name.get(place.end..)?])
    });
    split.unwrap_or([name, "", ""])
}

/// The order of hits: the item alone tells apart what is alike in all else.
type Order = (Rank, Reverse<Option<Seq>>, Reverse<Item>);

fn group(kind: Kind, mut found: Vec<Order>, limit: usize) -> Group {
    let total = found.len() as u64;
    if limit < found.len() {
        found.select_nth_unstable(limit);
        found.truncate(limit);
    }
    found.sort_unstable();
    let hits = found.into_iter().map(|(rank, _, Reverse(item))| Hit { item, rank }).collect();
    Group { kind, total, hits }
}
