//! Who read a partition, whichever instance of it that was. Most have one instance that was ever read, so
//! this is no column of its own.
use crate::events::{Id, PartitionId};
use crate::history::{History, Part, ReadSetId};
use crate::order::sort_keys;

impl History {
    /// The read sets that read any instance of `partition`, in event order, each once.
    pub fn read_by_any(&self, partition: PartitionId) -> Vec<ReadSetId> {
        let Self { partitions, instances, .. } = self;
        let outside = partitions.external.get(partition.index()).flatten();
        let builds = partitions.instances.row(partition).iter();
        let all = builds.chain(partitions.foreign.row(partition)).chain(outside);
        let mut rows = all.map(|it| instances.read_by.row(it)).filter(|row| !row.is_empty());
        let first = rows.next().map(Part::to_vec).unwrap_or_default();
        let Some(second) = rows.next() else { return first };
        let first = first.iter().copied();
        let sets = first.chain(second).chain(rows.flatten());
        let mut sets: Vec<u64> = sets.map(|set| set.index() as u64).collect();
        sort_keys(&mut sets);
        sets.dedup();
        sets.into_iter().filter_map(|set| ReadSetId::from_index(set as usize)).collect()
    }
}
