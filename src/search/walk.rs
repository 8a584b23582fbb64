//! A search that is done in steps, so that the page goes on between them.
use std::sync::Arc;

use crate::events::{Id, LabelId, PartitionId, RunId, WantId};
use crate::history::AsOf;
use crate::order::sorted_rows;
use crate::search::filters::{self, IsStale};
use crate::search::pattern::{Merit, N_MERITS, Pattern, rank_of};
use crate::search::{Group, Hit, Hits, Item, Kind, Query};

/// The kinds take turns of so many names, so that the newest of each kind come first.
const TURN: usize = 512;

/// A name that is longer counts for several.
const BYTES_OF_A_NAME: usize = 256;

/// A search under way. Steps go with the history and the moment that it was begun with.
#[derive(Clone, Debug)]
pub struct Search {
    query: Query,
    pattern: Pattern,
    lanes: Vec<Lane>,
}

/// How far a search has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Names looked at.
    pub n_done: u64,
    /// Names to look at in all.
    pub n_names: u64,
}

impl Progress {
    /// Whether everything was looked at: counts are final.
    pub const fn is_done(self) -> bool {
        self.n_done >= self.n_names
    }
}

/// The names of one kind, from the newest to the oldest.
#[derive(Clone, Debug)]
struct Lane {
    kind: Kind,
    rows: Rows,
    n_done: usize,
    /// Merit -> the rows that have it, newest first.
    found: [Vec<u32>; N_MERITS],
    /// The row whose name is what was typed, which is looked at before all others...
    exact: Option<u32>,
    /// ...and its merit, if it was found, until its turn.
    ahead: Option<Merit>,
}

#[derive(Clone, Debug)]
enum Rows {
    /// All rows below, which are in order of first mention.
    Below(usize),
    /// These, in this order.
    Listed(Arc<[u32]>),
}

impl Search {
    /// A search of which no name has been looked at yet. An empty query has none to look at, nor has
    /// one with a problem.
    pub fn new(asof: AsOf<'_>, query: Query) -> Self {
        let is_void = query.is_empty() || !query.problems.is_empty();
        let kinds = Kind::ALL.iter().copied();
        let kinds = kinds.filter(|&kind| !is_void && filters::apply_to(&query, kind));
        let lane = |kind| Lane {
            exact: exact(asof, kind, &query.text),
            ..Lane::new(kind, Rows::of(asof, kind))
        };
        Self { pattern: Pattern::new(&query), lanes: kinds.map(lane).collect(), query }
    }

    /// The search for `query` among what this one has found; none while this one is under way, or
    /// where `query` may find more.
    pub fn narrowed(&self, query: &Query) -> Option<Self> {
        if !self.progress().is_done() || !query.narrows(&self.query) || self.query.is_empty() {
            return None;
        }
        let lanes = self.lanes.iter().map(Lane::narrowed).collect();
        Some(Self { pattern: Pattern::new(query), query: query.clone(), lanes })
    }

    /// What is looked for.
    pub const fn query(&self) -> &Query {
        &self.query
    }

    /// Looks at `n_names` more; at fewer, where they are long.
    pub fn step(&mut self, asof: AsOf<'_>, is_stale: IsStale<'_>, n_names: usize) -> Progress {
        let Self { query, pattern, lanes } = self;
        let fits = |item| filters::hold(asof, query, is_stale, item);
        let mut n_left = n_names;
        while n_left > 0 && lanes.iter().any(|lane| !lane.is_done()) {
            for lane in lanes.iter_mut() {
                let spent = lane.step(asof, pattern, &fits, n_left.min(TURN));
                n_left = n_left.saturating_sub(spent);
            }
        }
        self.progress()
    }

    /// How far it has come.
    pub fn progress(&self) -> Progress {
        let n_done = self.lanes.iter().map(|lane| lane.n_done as u64).sum();
        Progress { n_done, n_names: self.lanes.iter().map(|lane| lane.rows.len() as u64).sum() }
    }

    /// What was found so far; the first `limit` of each kind.
    pub fn hits(&self, limit: usize) -> Hits {
        let groups = self.lanes.iter().map(|lane| lane.group(limit));
        Hits { groups: groups.filter(|group| group.total > 0).collect() }
    }
}

impl Lane {
    fn new(kind: Kind, rows: Rows) -> Self {
        Self { kind, rows, n_done: 0, found: Default::default(), exact: None, ahead: None }
    }

    fn is_done(&self) -> bool {
        self.n_done >= self.rows.len()
    }

    /// Looks at `n_names` more, if there are as many; for how many that counts.
    fn step(
        &mut self,
        asof: AsOf<'_>,
        pattern: &Pattern,
        fits: &dyn Fn(Item) -> bool,
        n_names: usize,
    ) -> usize {
        let merit = |item: Item| merit(asof, pattern, item).filter(|_| fits(item));
        if self.n_done == 0 {
            let exact = self.exact.and_then(|row| item(self.kind, row));
            self.ahead = exact.and_then(merit);
        }
        let mut spent = 0;
        while spent < n_names && !self.is_done() {
            let at = self.n_done;
            self.n_done += 1;
            spent += 1;
            let Some(row) = self.rows.get(at) else { continue };
            let Some(item) = item(self.kind, row) else { continue };
            spent += n_bytes(asof, item) / BYTES_OF_A_NAME;
            if let Some(merit) = merit(item) {
                self.found[merit].push(row);
            }
            if self.exact == Some(row) {
                self.ahead = None;
            }
        }
        spent
    }

    fn group(&self, limit: usize) -> Group {
        let ahead = self.ahead.zip(self.exact);
        let all = self.found.iter().enumerate();
        let all = all.flat_map(|(merit, rows)| rows.iter().map(move |&row| (merit, row)));
        let hit = |(merit, row)| Some(Hit { item: item(self.kind, row)?, rank: rank_of(merit) });
        let n_found: usize = self.found.iter().map(Vec::len).sum();
        Group {
            kind: self.kind,
            total: (n_found + usize::from(ahead.is_some())) as u64,
            hits: ahead.into_iter().chain(all).take(limit).filter_map(hit).collect(),
        }
    }

    /// Those that were found, to be looked at again.
    fn narrowed(&self) -> Self {
        let found = || self.found.iter().flatten().map(|&row| row as usize);
        let mut is_found = vec![false; found().max().map_or(0, |last| last + 1)];
        found().for_each(|row| is_found[row] = true);
        let rows = (0..self.rows.len()).filter_map(|at| self.rows.get(at));
        let rows = rows.filter(|&row| is_found.get(row as usize).is_some_and(|&found| found));
        Self::new(self.kind, Rows::Listed(rows.collect()))
    }
}

/// How well an item matches by the better of its names.
fn merit(asof: AsOf<'_>, pattern: &Pattern, item: Item) -> Option<Merit> {
    let other = item.other_name(asof.history).and_then(|name| pattern.merit(name));
    pattern.merit(item.name(asof.history)).into_iter().chain(other).min()
}

fn n_bytes(asof: AsOf<'_>, item: Item) -> usize {
    item.name(asof.history).len() + item.other_name(asof.history).map_or(0, str::len)
}

/// The row of the kind whose name is `text`.
fn exact(asof: AsOf<'_>, kind: Kind, text: &str) -> Option<u32> {
    let names = &asof.history.names;
    let row = match kind {
        Kind::Want => names.wants.find(text).map(Id::index),
        Kind::Partition => names.partitions.find(text).map(Id::index),
        Kind::Run => names.runs.find(text).map(Id::index),
        Kind::Job => names.labels.find(text).map(Id::index),
    };
    row.map(|row| row as u32)
}

impl Rows {
    fn of(asof: AsOf<'_>, kind: Kind) -> Self {
        let names = &asof.history.names;
        match kind {
            Kind::Want => Self::Below(names.wants.len()),
            Kind::Partition => Self::Below(names.partitions.len()),
            Kind::Run => Self::Below(names.runs.len()),
            Kind::Job => {
                let newest: Vec<_> =
                    names.labels.ids().map(|label| filters::newest_run(asof, label)).collect();
                let newest = |row: u32| newest.get(row as usize).copied().flatten();
                let order = |a, b| newest(b).cmp(&newest(a)).then(b.cmp(&a));
                Self::Listed(sorted_rows(names.labels.len(), &order).into())
            }
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Below(n) => *n,
            Self::Listed(rows) => rows.len(),
        }
    }

    fn get(&self, at: usize) -> Option<u32> {
        match self {
            Self::Below(n) => n.checked_sub(at + 1).map(|row| row as u32),
            Self::Listed(rows) => rows.get(at).copied(),
        }
    }
}

fn item(kind: Kind, row: u32) -> Option<Item> {
    let row = row as usize;
    match kind {
        Kind::Want => WantId::from_index(row).map(Item::Want),
        Kind::Partition => PartitionId::from_index(row).map(Item::Partition),
        Kind::Run => RunId::from_index(row).map(Item::Run),
        Kind::Job => LabelId::from_index(row).map(Item::Job),
    }
}
