//! The versions of every partition, oldest first, as linked lists that are searched by time in
//! logarithmic steps: each version also points to one far before it, after E. W. Myers, "An
//! applicative random-access stack", Information Processing Letters 17 (1983).
use crate::events::{Id, PartitionId, Seq};
use crate::history::InstanceId;

/// Which instances went live, in order.
pub(super) struct Versions {
    rows: Vec<Version>,
    /// `PartitionId ->` its newest version.
    newest: Vec<Option<usize>>,
}

/// One instance that went live. `before` and `jump` of a partition's first version are itself.
#[derive(Clone, Copy)]
struct Version {
    partition: PartitionId,
    /// None: it was dropped.
    instance: Option<InstanceId>,
    live: Seq,
    before: usize,
    jump: usize,
    depth: u32,
}

impl Versions {
    pub(super) fn new(n_partitions: usize) -> Self {
        Self { rows: Vec::new(), newest: vec![None; n_partitions] }
    }

    /// The newest version.
    pub(super) fn current(&self, partition: PartitionId) -> Option<InstanceId> {
        self.newest[partition.index()].and_then(|row| self.rows[row].instance)
    }

    /// The newest version that was live by `seq`.
    pub(super) fn at(&self, partition: PartitionId, seq: Seq) -> Option<InstanceId> {
        let mut row = self.newest[partition.index()]?;
        loop {
            let Version { instance, live, before, jump, .. } = self.rows[row];
            if live <= seq {
                return instance;
            }
            if before == row {
                return None;
            }
            row = if self.rows[jump].live > seq { jump } else { before };
        }
    }

    /// Adds the next version; none, where there is no current one any more.
    pub(super) fn push(&mut self, partition: PartitionId, instance: Option<InstanceId>, live: Seq) {
        let row = self.rows.len();
        let newest = self.newest[partition.index()].replace(row);
        let (before, jump, depth) = newest.map_or((row, row, 0), |before| {
            (before, self.jump_over(before), self.rows[before].depth + 1)
        });
        self.rows.push(Version { partition, instance, live, before, jump, depth });
    }

    /// Every version with its partition, in order.
    pub(super) fn pairs(&self) -> Vec<(PartitionId, InstanceId)> {
        let live = |version: &Version| Some((version.partition, version.instance?));
        self.rows.iter().filter_map(live).collect()
    }

    /// Where the version after `before` jumps to: two jumps of equal length become one.
    fn jump_over(&self, before: usize) -> usize {
        let near = self.rows[before].jump;
        let far = self.rows[near].jump;
        let depth = |row: usize| self.rows[row].depth;
        if depth(before) - depth(near) == depth(near) - depth(far) { far } else { before }
    }
}
