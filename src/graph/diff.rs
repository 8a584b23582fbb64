//! What differs between two instances of one partition: what each was built from, and where upstream
//! the difference began. Never compares data, only what was read.
//!
//! Inputs are paired by partition: what both read is *unchanged*; of the rest, an instance of a
//! partition that both read is *rebuilt*, in the order of the reads where there are several, and what
//! is left is *added* or *gone*. A rebuilt input is a pair of instances of one partition again, so the
//! same question is asked of it, breadth first and once for each pair. Where a pair has no rebuilt
//! input there is nothing further up to explain it: it is an *origin*.
use crate::events::{Id, PartitionId};
use crate::graph::neighbors::{builder_of, partition_of};
use crate::graph::sets::{Map, Set};
use crate::history::{AsOf, InstanceId};
use crate::route::Page;

/// The walk upstream looks at about so many reads, and counts what it leaves.
const MAX_STEPS: usize = 1 << 23;

/// Two instances of one partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pair {
    /// The one that is asked from.
    pub before: InstanceId,
    /// The one that is asked about.
    pub after: InstanceId,
}

/// What the second of a pair was built from, beside the first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inputs {
    /// Read for the second alone, in the order of its reads.
    pub added: Vec<InstanceId>,
    /// Read for the first alone, in the order of its reads.
    pub gone: Vec<InstanceId>,
    /// Another instance of the same partition, in the order of the second's reads.
    pub rebuilt: Vec<Pair>,
    /// How many both read.
    pub n_unchanged: usize,
}

/// Why nothing further upstream explains a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Both were built from the same: it was built again without a changed input.
    Rebuilt,
    /// Inputs were added or are gone, and none was rebuilt.
    OtherInputs,
    /// One of the two was there before this log, which does not tell what it was built from.
    BeforeLog,
}

/// The answer. Row 0 of the pairs is the pair that was asked about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    /// What that pair was built from.
    pub inputs: Inputs,
    /// All pairs that differ, nearest first.
    pub pairs: Vec<Pair>,
    /// Beside `pairs`: over how many reads it is reached.
    pub hop: Vec<u32>,
    /// Beside `pairs`: the row of the pair one hop nearer which read it; its own for the first.
    pub via: Vec<u32>,
    /// Rows of the origins, nearest first.
    pub origins: Vec<(u32, Reason)>,
    /// Pairs that were found and not looked into, because there were too many.
    pub n_left: usize,
}

impl Diff {
    /// The pair that was asked about.
    pub fn asked(&self) -> Option<Pair> {
        self.pairs.first().copied()
    }

    /// The nearest origins: those over the fewest reads.
    pub fn nearest(&self) -> &[(u32, Reason)] {
        let hop = |row: u32| self.hop.get(row as usize).copied();
        let first = self.origins.first().and_then(|&(row, _)| hop(row));
        let n = self.origins.partition_point(|&(row, _)| hop(row) <= first);
        self.origins.get(..n).unwrap_or_default()
    }

    /// From the pair that was asked about to the one in `row`, both included.
    pub fn path(&self, row: u32) -> Vec<Pair> {
        let mut path = Vec::new();
        let mut at = row as usize;
        while let (Some(&pair), Some(&via)) = (self.pairs.get(at), self.via.get(at)) {
            path.push(pair);
            // Pairs are only ever reached from earlier ones.
            if via as usize >= at {
                break;
            }
            at = via as usize;
        }
        path.reverse();
        path
    }
}

/// The instances that the page `#/diff/…` compares: `b=` or the current one (else the newest), and
/// `a=` or the version before that (else what was there before this log). None where there is no
/// second one, for a ref or a uuid that the log does not have, and for any other page.
pub fn diff_pair(asof: AsOf<'_>, page: &Page) -> Option<Pair> {
    let Page::Diff { partition, a, b } = page else { return None };
    let partition = asof.history.names.partitions.find(partition)?;
    let by_uuid = |uuid: &str| asof.history.instance_by_uuid(partition, uuid);
    let newest = || asof.instances_of(partition).last();
    let after = match b {
        Some(uuid) => by_uuid(uuid)?,
        None => asof.current(partition).or_else(newest)?,
    };
    let before = match a {
        Some(uuid) => by_uuid(uuid)?,
        None => version_before(asof, partition, after)?,
    };
    Some(Pair { before, after })
}

/// The version that went live before `after`; for one that never did, the last version.
fn version_before(asof: AsOf<'_>, partition: PartitionId, after: InstanceId) -> Option<InstanceId> {
    let versions = asof.versions_of(partition);
    let place = versions.iter().position(|it| it == after).unwrap_or(versions.len());
    let external = || {
        let external = asof.history.partitions.external.get(partition.index())??;
        asof.instance_status(external).map(|_| external)
    };
    let before = place.checked_sub(1).and_then(|place| versions.get(place));
    before.or_else(external).filter(|&it| it != after)
}

/// What differs between `before` and `after`, and where that began.
pub fn diff(asof: AsOf<'_>, before: InstanceId, after: InstanceId) -> Diff {
    let asked = Pair { before, after };
    let mut diff = Diff { pairs: vec![asked], hop: vec![0], via: vec![0], ..Diff::default() };
    let mut seen = Set::default();
    seen.insert((before, after));
    let (mut row, mut n_steps) = (0, 0);
    while let Some(&pair) = diff.pairs.get(row) {
        if n_steps > MAX_STEPS {
            diff.n_left = diff.pairs.len() - row;
            break;
        }
        let inputs = inputs_of(asof, pair, &mut n_steps);
        for &rebuilt in &inputs.rebuilt {
            if !seen.insert((rebuilt.before, rebuilt.after)) {
                continue;
            }
            diff.pairs.push(rebuilt);
            diff.hop.push(diff.hop[row] + 1);
            diff.via.push(row as u32);
        }
        if inputs.rebuilt.is_empty() && pair.before != pair.after {
            diff.origins.push((row as u32, reason(asof, pair, &inputs)));
        }
        if row == 0 {
            diff.inputs = inputs;
        }
        row += 1;
    }
    diff
}

fn reason(asof: AsOf<'_>, pair: Pair, inputs: &Inputs) -> Reason {
    let is_built = |it| builder_of(asof, it).is_some();
    if !is_built(pair.before) || !is_built(pair.after) {
        Reason::BeforeLog
    } else if inputs.added.is_empty() && inputs.gone.is_empty() {
        Reason::Rebuilt
    } else {
        Reason::OtherInputs
    }
}

fn inputs_of(asof: AsOf<'_>, pair: Pair, n_steps: &mut usize) -> Inputs {
    let (old, new) = (reads_of(asof, pair.before), reads_of(asof, pair.after));
    *n_steps += old.len() + new.len() + 1;
    let (in_old, in_new) = (set_of(&old), set_of(&new));
    let mut inputs = Inputs::default();
    // By partition: what only the first read, the first read last.
    let mut rows: Map<PartitionId> = Map::default();
    let mut only_old: Vec<Vec<InstanceId>> = Vec::new();
    for &read in old.iter().rev().filter(|&&read| !in_new.contains(read)) {
        let Some(partition) = partition_of(asof, read) else { continue };
        let row = rows.row_or(partition, only_old.len() as u32) as usize;
        match only_old.get_mut(row) {
            Some(reads) => reads.push(read),
            None => only_old.push(vec![read]),
        }
    }
    let mut paired = Set::default();
    for &after in &new {
        if in_old.contains(after) {
            inputs.n_unchanged += 1;
            continue;
        }
        let row = partition_of(asof, after).and_then(|partition| rows.get(partition));
        let of_partition = row.and_then(|row| only_old.get_mut(row as usize));
        if let Some(before) = of_partition.and_then(Vec::pop) {
            paired.insert(before);
            inputs.rebuilt.push(Pair { before, after });
        } else {
            inputs.added.push(after);
        }
    }
    let is_gone = |read: &InstanceId| !in_new.contains(*read) && !paired.contains(*read);
    inputs.gone = old.into_iter().filter(is_gone).collect();
    inputs
}

fn set_of(instances: &[InstanceId]) -> Set<InstanceId> {
    let mut set = Set::default();
    for &instance in instances {
        set.insert(instance);
    }
    set
}

/// What the instance was built from, in the order of the reads, without repeats.
fn reads_of(asof: AsOf<'_>, instance: InstanceId) -> Vec<InstanceId> {
    let mut seen = Set::default();
    let sets = asof.built_from(instance);
    let reads = sets.flat_map(|set| asof.history.reads.read.row(set));
    reads.filter(|&read| seen.insert(read)).collect()
}
