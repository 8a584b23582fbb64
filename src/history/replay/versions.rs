//! The versions of every partition, oldest first, as linked lists that are searched by time in
//! logarithmic steps: each version also points to one far before it, after E. W. Myers, "An
//! applicative random-access stack", Information Processing Letters 17 (1983).
use crate::declare_ids;
use crate::events::{Id, PartitionId, Seq};
use crate::history::InstanceId;

declare_ids! {
    /// A version, in order of going live.
    VersionId;
}

/// Which instances went live, in order.
pub(super) struct Versions {
    rows: Vec<Version>,
    /// `PartitionId ->` its newest version.
    newest: Vec<Option<VersionId>>,
}

/// One instance that went live. `before` and `jump` of a partition's first version are itself.
#[derive(Clone, Copy)]
struct Version {
    partition: PartitionId,
    instance: InstanceId,
    /// It was removed then, and did not go live.
    is_removed: bool,
    live: Seq,
    before: VersionId,
    jump: VersionId,
    depth: u32,
}

impl Versions {
    pub(super) fn new(n_partitions: usize) -> Self {
        Self { rows: Vec::new(), newest: vec![None; n_partitions] }
    }

    /// The newest version, if it was not removed.
    pub(super) fn current(&self, partition: PartitionId) -> Option<InstanceId> {
        let newest = &self.rows[self.newest[partition.index()]?.index()];
        (!newest.is_removed).then_some(newest.instance)
    }

    /// The newest version, removed or not.
    pub(super) fn newest(&self, partition: PartitionId) -> Option<InstanceId> {
        self.newest[partition.index()].map(|row| self.rows[row.index()].instance)
    }

    /// The newest version that was live by `seq`.
    pub(super) fn at(&self, partition: PartitionId, seq: Seq) -> Option<InstanceId> {
        let mut row = self.newest[partition.index()]?;
        loop {
            let Version { instance, is_removed, live, before, jump, .. } = self.rows[row.index()];
            if live <= seq {
                return (!is_removed).then_some(instance);
            }
            if before == row {
                return None;
            }
            row = if self.rows[jump.index()].live > seq { jump } else { before };
        }
    }

    /// Adds the next version.
    pub(super) fn push(&mut self, partition: PartitionId, instance: InstanceId, live: Seq) {
        self.add(partition, instance, false, live);
    }

    /// The newest version, which was the current one, is removed.
    pub(super) fn remove(&mut self, partition: PartitionId, instance: InstanceId, seq: Seq) {
        self.add(partition, instance, true, seq);
    }

    fn add(&mut self, partition: PartitionId, instance: InstanceId, is_removed: bool, live: Seq) {
        // No more than there are instances and what removes them: both are of events.
        let Some(row) = VersionId::from_index(self.rows.len()) else { return };
        let newest = self.newest[partition.index()].replace(row);
        let (before, jump, depth) = newest.map_or((row, row, 0), |before| {
            (before, self.jump_over(before), self.rows[before.index()].depth + 1)
        });
        self.rows.push(Version { partition, instance, is_removed, live, before, jump, depth });
    }

    /// Every version with its partition, in order.
    pub(super) fn pairs(&self) -> Vec<(PartitionId, InstanceId)> {
        let live = self.rows.iter().filter(|version| !version.is_removed);
        live.map(|version| (version.partition, version.instance)).collect()
    }

    /// Where the version after `before` jumps to: two jumps of equal length become one.
    fn jump_over(&self, before: VersionId) -> VersionId {
        let near = self.rows[before.index()].jump;
        let far = self.rows[near.index()].jump;
        let depth = |row: VersionId| self.rows[row.index()].depth;
        if depth(before) - depth(near) == depth(near) - depth(far) { far } else { before }
    }
}
