//! What was read for what, between instances or between partitions, and the passes over it. Never
//! counts paths.

use crate::events::{Id, PartitionId};
use crate::graph::Key;
use crate::graph::neighbors::partition_of;
use crate::history::{AsOf, InstanceId, ReadSetId};
use crate::route::Mode;

/// Not reached.
pub(super) const FAR: u32 = u32::MAX;

/// What was read for what, between rows: instances or partitions, by the mode.
pub(super) struct Web<'a> {
    asof: AsOf<'a>,
    mode: Mode,
    pub(super) n_rows: usize,
    /// `ReadSetId ->` whether the pass up went along it, and the pass down has not.
    is_open: Vec<bool>,
}

impl<'a> Web<'a> {
    pub(super) fn new(asof: AsOf<'a>, mode: Mode) -> Self {
        let n_rows = match mode {
            Mode::Instances => asof.history.instances.partition.len(),
            Mode::Refs => asof.history.partitions.first_seen.len(),
        };
        Self { asof, mode, n_rows, is_open: vec![false; asof.history.reads.seq.len()] }
    }

    pub(super) fn key_of(&self, row: u32) -> Option<Key> {
        match self.mode {
            Mode::Instances => InstanceId::from_index(row as usize).map(Key::Instance),
            Mode::Refs => PartitionId::from_index(row as usize).map(Key::Partition),
        }
    }

    fn row(&self, instance: InstanceId) -> Option<u32> {
        match self.mode {
            Mode::Instances => Some(instance.index() as u32),
            Mode::Refs => partition_of(self.asof, instance).map(|it| it.index() as u32),
        }
    }

    fn partition(&self, row: u32) -> Option<PartitionId> {
        match self.key_of(row)? {
            Key::Instance(instance) => partition_of(self.asof, instance),
            Key::Partition(partition) => Some(partition),
            _ => None,
        }
    }

    /// The read sets that say what `row` was built from.
    pub(super) fn sets_into(&self, row: u32) -> Vec<ReadSetId> {
        match self.key_of(row) {
            Some(Key::Instance(instance)) => self.asof.built_from(instance).collect(),
            Some(Key::Partition(partition)) => {
                let instances = self.asof.instances_of(partition);
                instances.flat_map(|instance| self.asof.built_from(instance)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The read sets in which `row` was read, whatever came of them.
    fn sets_from(&self, row: u32) -> Vec<ReadSetId> {
        let history = self.asof.history;
        match self.key_of(row) {
            Some(Key::Instance(instance)) => history.instances.read_by.row(instance).to_vec(),
            Some(Key::Partition(partition)) => history.read_by_any(partition),
            _ => Vec::new(),
        }
    }

    pub(super) fn reads(&self, set: ReadSetId) -> impl Iterator<Item = u32> + '_ {
        self.asof.history.reads.read.row(set).iter().filter_map(|read| self.row(read))
    }

    /// Row -> over how many reads `end` came from it.
    pub(super) fn pass_up(&mut self, end: u32) -> Vec<u32> {
        let mut hops = vec![FAR; self.n_rows];
        let mut queue = vec![end];
        hops[end as usize] = 0;
        let mut next = 0;
        while let Some(&row) = queue.get(next) {
            next += 1;
            for set in self.sets_into(row) {
                if std::mem::replace(&mut self.is_open[set.index()], true) {
                    continue;
                }
                for read in self.reads(set) {
                    if hops[read as usize] == FAR {
                        hops[read as usize] = hops[row as usize] + 1;
                        queue.push(read);
                    }
                }
            }
        }
        hops
    }

    /// The rows of `from` that were reached, but for the end itself.
    pub(super) fn starts(&self, up: &[u32], from: PartitionId, end: u32) -> Vec<u32> {
        let reached = (0..up.len() as u32).filter(|&row| up[row as usize] != FAR && row != end);
        reached.filter(|&row| self.partition(row) == Some(from)).collect()
    }

    /// Row -> over how many reads it came from a start, among those that the pass up reached.
    pub(super) fn pass_down(&mut self, starts: &[u32], up: &[u32]) -> Vec<u32> {
        let mut hops = vec![FAR; self.n_rows];
        let mut queue = starts.to_vec();
        for &start in starts {
            hops[start as usize] = 0;
        }
        let mut next = 0;
        while let Some(&row) = queue.get(next) {
            next += 1;
            for set in self.sets_from(row) {
                if !std::mem::take(&mut self.is_open[set.index()]) {
                    continue;
                }
                for made in self.asof.history.reads.impacted.row(set) {
                    let Some(made) = self.row(made) else { continue };
                    if up[made as usize] != FAR && hops[made as usize] == FAR {
                        hops[made as usize] = hops[row as usize] + 1;
                        queue.push(made);
                    }
                }
            }
        }
        hops
    }

    /// From the end up, always to what is nearer to a start.
    pub(super) fn shortest(&self, end: u32, down: &[u32]) -> Vec<Key> {
        let mut path = Vec::new();
        let mut at = Some(end);
        while let Some(row) = at.take() {
            path.extend(self.key_of(row));
            if let Some(nearer) = down[row as usize].checked_sub(1) {
                let reads = self.sets_into(row).into_iter().flat_map(|set| self.reads(set));
                at = reads.into_iter().find(|&read| down[read as usize] == nearer);
            }
        }
        path
    }
}
