//! One thing at a moment: its status, and what belongs to it.
use crate::events::{Id, PartitionId, Removal, RunId, Seq, WantId};
use crate::history::as_of::sorted::sort_by_seq;
use crate::history::as_of::{AsOf, attempt_status};
use crate::history::{
    AttemptId, InstanceId, InstanceStatus, PartitionStatus, RunStatus, WantStatus,
};
use crate::wire::{Narrow, Part, Whole};

impl<'a> AsOf<'a> {
    /// Whether something that began at `seq` had begun by this moment.
    pub fn had(&self, seq: impl Into<Option<Seq>>) -> bool {
        seq.into().is_some_and(|seq| self.moment.at.is_some_and(|at| seq <= at))
    }

    /// Whether this is the end of the log: all that it tells had begun.
    pub fn is_end(&self) -> bool {
        self.moment.at == self.history.log.seqs().next_back()
    }

    /// The run's status; none for a run not yet mentioned, or one that no attempt began.
    pub fn run_status(&self, run: RunId) -> Option<RunStatus> {
        self.attempt_status(listed(&self.moment.run_attempt, run)?)
    }

    /// The status of one attempt; none if it had not begun.
    pub fn attempt_status(&self, attempt: AttemptId) -> Option<RunStatus> {
        attempt_status(self.history, attempt, self.moment.at?)
    }

    /// The instance's status; none if it had not begun.
    pub fn instance_status(&self, instance: InstanceId) -> Option<InstanceStatus> {
        let instances = &self.history.instances;
        if !self.had(instances.created.get(instance.index())?) {
            return None;
        }
        let Some(run) = get(&instances.run, instance) else {
            return Some(InstanceStatus::External);
        };
        if self.had(get(&instances.live, instance)) {
            let tainted = self.tainted(instance);
            return Some(if tainted { InstanceStatus::Tainted } else { InstanceStatus::Live });
        }
        Some(match self.run_status(run)? {
            RunStatus::Failed => InstanceStatus::Failed,
            RunStatus::Canceled => InstanceStatus::Canceled,
            RunStatus::DepMiss => InstanceStatus::Missed,
            // A success makes all its instances live.
            RunStatus::Queued | RunStatus::Running | RunStatus::Succeeded => {
                InstanceStatus::Building
            }
        })
    }

    /// Whether a taint that was laid on the instance stands.
    pub fn tainted(&self, instance: InstanceId) -> bool {
        let taints = &self.history.taints;
        let mut laid = self.history.instances.taints.row(instance).iter();
        laid.any(|taint| {
            self.had(get(&taints.created, taint)) && !self.had(get(&taints.canceled, taint))
        })
    }

    /// The partition's current instance: the last to go live.
    pub fn current(&self, partition: PartitionId) -> Option<InstanceId> {
        listed(&self.moment.current, partition)
    }

    /// Whether the instance is its partition's current one.
    pub fn is_current(&self, instance: InstanceId) -> bool {
        let partition = self.history.instances.partition.get(instance.index());
        partition.is_some_and(|partition| self.current(partition) == Some(instance))
    }

    /// Whether a newer instance had gone live.
    pub fn is_superseded(&self, instance: InstanceId) -> bool {
        self.had(get(&self.history.instances.superseded, instance))
    }

    /// What became of the instance, if it had ended without a newer one, and when.
    pub fn removal(&self, instance: InstanceId) -> Option<(Removal, Seq)> {
        let removals = &self.history.removals;
        let row = removals.instance.binary_search(&instance).ok()?;
        let at = removals.at.get(row).copied().filter(|&at| self.had(at))?;
        Some((removals.how.get(row).copied()?, at))
    }

    /// The partition's status; none if not yet mentioned.
    pub fn partition_status(&self, partition: PartitionId) -> Option<PartitionStatus> {
        listed(&self.moment.partition_status, partition)
    }

    /// Whether the partition has a current instance and a newer attempt in progress.
    pub fn is_rebuilding(&self, partition: PartitionId) -> bool {
        self.moment.rebuilding.get(partition.index()).is_some_and(|&rebuilding| rebuilding)
    }

    /// The want's status; none if not yet mentioned.
    pub fn want_status(&self, want: WantId) -> Option<WantStatus> {
        listed(&self.moment.want_status, want)
    }

    /// The partition's instances that had begun, in order of beginning.
    pub fn instances_of(
        &self,
        partition: PartitionId,
    ) -> impl Iterator<Item = InstanceId> + use<'a> {
        self.begun(self.history.partitions.instances.row(partition)).iter()
    }

    /// The partition's versions: the instances that had gone live, in that order.
    pub fn versions_of(&self, partition: PartitionId) -> Part<'a, InstanceId> {
        let versions = self.history.partitions.versions.row(partition);
        self.until(versions, |instance| get(&self.history.instances.live, instance))
    }

    /// What the run builds, as far as it had begun to, in order of beginning.
    pub fn builds_of(&self, run: RunId) -> Part<'a, InstanceId> {
        self.begun(self.history.runs.writes.row(run))
    }

    /// The attempts of `run` that had begun, in order.
    pub fn attempts_of(&self, run: RunId) -> Part<'a, AttemptId> {
        let attempts = self.history.runs.attempts.row(run);
        self.until(attempts, |attempt| self.history.attempts.start.get(attempt.index()))
    }

    /// The attempts of all runs that build the partition, as far as they had begun, by start.
    pub fn attempts_on(&self, partition: PartitionId) -> Vec<AttemptId> {
        let runs =
            self.instances_of(partition).filter_map(|row| get(&self.history.instances.run, row));
        let mut attempts: Vec<_> = runs.flat_map(|run| self.attempts_of(run)).collect();
        let start = &self.history.attempts.start;
        sort_by_seq(&mut attempts, |attempt| start.get(attempt.index()));
        attempts
    }

    fn begun(&self, instances: Part<'a, InstanceId>) -> Part<'a, InstanceId> {
        self.until(instances, |row| self.history.instances.created.get(row.index()))
    }

    /// Those of `rows` that had begun, where `rows` are in that order.
    fn until<T: Whole>(&self, rows: Part<'a, T>, began: impl Fn(T) -> Option<Seq>) -> Part<'a, T> {
        rows.first_n(rows.partition_point(|row| self.had(began(row))))
    }
}

/// The value of `id`; none for an id of another history.
pub(super) fn listed<T: Copy>(list: &[Option<T>], id: impl Id) -> Option<T> {
    list.get(id.index()).copied().flatten()
}

/// The same of a column.
pub(super) fn get<T>(column: &Narrow<Option<T>>, id: impl Id) -> Option<T>
where
    Option<T>: Whole,
{
    column.get(id.index()).flatten()
}
