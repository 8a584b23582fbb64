//! Which two versions are compared: those that the address names, what else could be chosen, and why
//! there may be no two. Never draws anything.
use std::ops::Range;
use std::sync::Arc;

use crate::events::{Id, PartitionId};
use crate::graph::{Diff, Pair, Unresolved, diff, diff_pair};
use crate::history::{AsOf, InstanceId};
use crate::route::{NodeKind, Page};
use crate::view::state::Snapshot;

/// About so many versions can be chosen at once: those near the chosen one.
const MAX_OPTIONS: usize = 500;

/// Two versions, and what differs between them.
pub struct Compared {
    /// The log as of the moment that is asked about.
    pub snapshot: Arc<Snapshot>,
    /// The ref.
    pub partition: String,
    /// All that could be compared, in order of beginning.
    pub versions: Vec<InstanceId>,
    /// The answer.
    pub diff: Diff,
}

/// Why there are no two versions to compare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoPair {
    /// The address names what is not in the log.
    Unknown(Unresolved),
    /// The ref has at most one version.
    Alone(String),
    /// The version that is named is the first of the ref; the page compares it with the next.
    First(String, Page),
}

/// The answer to `page`, or why there is none.
pub fn compare(snapshot: Arc<Snapshot>, page: &Page) -> Result<Arc<Compared>, NoPair> {
    let Page::Diff { partition, a, b } = page else {
        return Err(NoPair::Unknown(Unresolved::NoGraph));
    };
    let name = partition.clone();
    let asof = snapshot.asof();
    let Some(id) = asof.history.names.partitions.find(partition) else {
        return Err(NoPair::Unknown(Unresolved::Unknown(NodeKind::Partition, name)));
    };
    for uuid in [a, b].into_iter().flatten() {
        if asof.history.instance_by_uuid(id, uuid).is_none() {
            return Err(NoPair::Unknown(Unresolved::UnknownInstance(name, uuid.clone())));
        }
    }
    let mut versions = versions(asof, id);
    let Some(Pair { before, after }) = diff_pair(asof, page) else {
        let shown = b.as_ref().and_then(|uuid| asof.history.instance_by_uuid(id, uuid));
        let shown = shown.or_else(|| asof.current(id)).or_else(|| versions.last().copied());
        let pair = shown.and_then(|shown| pair_with(&asof.versions_of(id).to_vec(), shown));
        return Err(match pair {
            Some(pair) => NoPair::First(name, page_of(asof, partition, pair)),
            None => NoPair::Alone(name),
        });
    };
    for it in [before, after] {
        if !versions.contains(&it) {
            versions.push(it);
        }
    }
    if versions.len() < 2 {
        return Err(NoPair::Alone(name));
    }
    let diff = diff(asof, before, after);
    Ok(Arc::new(Compared { snapshot, partition: name, versions, diff }))
}

/// What was there before this log, then what was built.
fn versions(asof: AsOf<'_>, partition: PartitionId) -> Vec<InstanceId> {
    let external = asof.history.partitions.external.get(partition.index()).flatten();
    let external = external.filter(|&it| asof.instance_status(it).is_some());
    external.into_iter().chain(asof.instances_of(partition)).collect()
}

/// An instance beside the one before it, or else the one after it.
fn pair_with(versions: &[InstanceId], instance: InstanceId) -> Option<Pair> {
    let at = versions.iter().position(|&it| it == instance)?;
    let before = at.checked_sub(1).and_then(|at| versions.get(at));
    let before = before.map(|&before| Pair { before, after: instance });
    before.or_else(|| versions.get(at + 1).map(|&after| Pair { before: instance, after }))
}

/// The page that compares a pair.
fn page_of(asof: AsOf<'_>, partition: &str, pair: Pair) -> Page {
    let uuid = |it| Some(asof.history.uuid_of(it));
    Page::Diff { partition: partition.to_owned(), a: uuid(pair.before), b: uuid(pair.after) }
}

impl Compared {
    /// What is compared.
    pub fn pair(&self) -> Option<Pair> {
        self.diff.asked()
    }

    /// The page of a version beside another one than itself, one that went live where there is such;
    /// none where there is no other.
    pub fn other(&self, instance: InstanceId) -> Option<Page> {
        let asof = self.snapshot.asof();
        let partition = asof.history.instances.partition.get(instance.index())?;
        let live = pair_with(&asof.versions_of(partition).to_vec(), instance);
        live.or_else(|| pair_with(&self.versions, instance)).map(|pair| self.page(pair))
    }

    /// The page of another pair.
    pub fn page(&self, pair: Pair) -> Page {
        page_of(self.snapshot.asof(), &self.partition, pair)
    }

    /// Where an instance is among the versions, from 0.
    pub fn place(&self, instance: InstanceId) -> usize {
        self.versions.iter().position(|&it| it == instance).unwrap_or_default()
    }

    /// Which of the versions can be chosen where `instance` is; these change in leaps, so that a list
    /// that somebody walks stays.
    pub fn window(&self, instance: InstanceId) -> Range<usize> {
        let n = self.versions.len();
        if n <= MAX_OPTIONS {
            return 0..n;
        }
        let leap = MAX_OPTIONS / 2;
        let start = (self.place(instance) / leap).saturating_sub(1) * leap;
        start..(start + MAX_OPTIONS + leap).min(n)
    }
}
