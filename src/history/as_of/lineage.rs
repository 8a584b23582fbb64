//! What was built from what.
use crate::events::{Id, PartitionId};
use crate::history::as_of::AsOf;
use crate::history::as_of::sorted::sort_by_seq;
use crate::history::as_of::things::{get, listed};
use crate::history::{How, InstanceId, ReadSetId, RunStatus};
use crate::order::Table;

impl<'a> AsOf<'a> {
    /// Whether the read set is known at this moment (recorded by then; or inferred, and no later
    /// event by then shows that reads are recorded).
    pub fn knows(&self, set: ReadSetId) -> bool {
        let reads = &self.history.reads;
        let Some(inferred) = reads.inferred.get(set.index()) else { return false };
        (self.is_end() || self.had(reads.seq.get(set.index())))
            && !(inferred && self.had(self.history.reads_recorded_from))
    }

    /// What `instance` was built from: read sets of its successful attempt, in event order; of
    /// its newest attempt where none succeeded.
    pub fn built_from(&self, instance: InstanceId) -> impl Iterator<Item = ReadSetId> + use<'a> {
        let me = *self;
        let run = get(&me.history.instances.run, instance);
        // No attempt follows a success.
        let newest = run.and_then(|run| listed(&me.moment.run_attempt, run));
        let sets = me.history.instances.built_from.row(instance).iter();
        sets.filter(move |&set| {
            me.knows(set) && newest.is_some() && newest == me.history.reads.attempt.get(set.index())
        })
    }

    /// The read sets of successful attempts that read `instance`, in event order.
    pub fn read_by(&self, instance: InstanceId) -> impl Iterator<Item = ReadSetId> + use<'a> {
        let me = *self;
        let sets = me.history.instances.read_by.row(instance).iter();
        sets.filter(move |&set| me.knows(set) && me.succeeded(set))
    }

    /// What one read set read, with how that is known.
    pub fn read_items(&self, set: ReadSetId) -> impl Iterator<Item = (InstanceId, How)> + use<'a> {
        let reads = &self.history.reads;
        let how = reads.how.part(reads.read.range(set));
        reads.read.row(set).iter().zip(how)
    }

    /// `partition_consumers`: the partitions built from `partition`, from reads on success, in
    /// order, without repeats.
    pub fn consumers(&self, partition: PartitionId) -> Vec<PartitionId> {
        let sets = self.history.read_by_any(partition);
        let sets = sets.iter().filter(|&&set| self.knows(set) && self.succeeded(set));
        self.partitions(sets.flat_map(|&set| self.history.reads.impacted.row(set)))
    }

    /// The other direction: what `partition` was ever built from.
    pub fn producers(&self, partition: PartitionId) -> Vec<PartitionId> {
        let instances = self.instances_of(partition);
        let mut sets: Vec<_> = instances
            .flat_map(|instance| self.built_from(instance))
            .filter(|&set| self.succeeded(set))
            .collect();
        sort_by_seq(&mut sets, |_| None);
        self.partitions(sets.iter().flat_map(|&set| self.history.reads.read.row(set)))
    }

    /// Whether the attempt that read succeeded, which it did with the event that says so.
    fn succeeded(&self, set: ReadSetId) -> bool {
        let attempt = self.history.reads.attempt.get(set.index());
        attempt.and_then(|row| self.attempt_status(row)) == Some(RunStatus::Succeeded)
    }

    /// The partitions of instances, in order, without repeats.
    fn partitions(&self, instances: impl Iterator<Item = InstanceId>) -> Vec<PartitionId> {
        let mut seen = Table::default();
        instances
            .filter_map(|instance| self.history.instances.partition.get(instance.index()))
            .filter(|&partition| seen.insert(partition.index() as u64))
            .collect()
    }
}
