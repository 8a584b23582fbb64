//! The statuses of partitions and wants. They depend on each other: a partition whose run missed
//! inputs fails with the derivative wants for them, and a want fails with what it requests. The
//! least set of failures that satisfies both is meant, so that wants which wait for each other in
//! a circle have not failed; a worklist finds it in linear time.
use crate::events::{Id, PartitionId, RunId, Seq, WantId};
use crate::history::as_of::{Moment, attempt_status, by};
use crate::history::{AttemptId, End, History, PartitionStatus, RunStatus, WantStatus};

impl Moment {
    pub(super) fn find_statuses(&mut self, history: &History, at: Seq) {
        let names = &history.names;
        names.partitions.ids().for_each(|partition| self.find_partition(history, at, partition));
        self.find_removed(history, at);
        self.find_tainted(history, at);
        let wants = || names.wants.ids();
        let failed = wants().filter(|&want| self.find_want(history, at, want)).collect();
        let upstream_failed = self.spread_failure(history, at, failed);
        let open = names.runs.ids().filter(|run| !upstream_failed[run.index()]);
        open.for_each(|run| self.find_waiting(history, at, run));
        wants().for_each(|want| self.find_unfinished(history, at, want));
    }

    /// A partition by itself. One whose run missed inputs is up for retry until more is known.
    pub(super) fn find_partition(&mut self, history: &History, at: Seq, partition: PartitionId) {
        let row = partition.index();
        if history.partitions.first_seen.get(row).is_none_or(|seen| seen > at) {
            self.rebuilding[row] = false;
            self.partition_status[row] = None;
            return;
        }
        let newest = self.partition_attempt[row];
        let status = newest.and_then(|attempt| attempt_status(history, attempt, at));
        let runs = status.is_some_and(RunStatus::is_under_way);
        self.rebuilding[row] = runs && self.current[row].is_some();
        self.partition_status[row] = if self.current[row].is_some() {
            Some(PartitionStatus::Live)
        } else {
            Some(match status {
                Some(RunStatus::Queued | RunStatus::Running) => PartitionStatus::Building,
                Some(RunStatus::Failed) => PartitionStatus::Failed,
                Some(RunStatus::Canceled) => PartitionStatus::Canceled,
                Some(RunStatus::DepMiss) => PartitionStatus::UpForRetry,
                Some(RunStatus::Succeeded) | None => unattempted(history, partition, at),
            })
        };
    }

    /// Partitions whose newest version was removed, and that nothing was tried for since.
    fn find_removed(&mut self, history: &History, at: Seq) {
        let removals = &history.removals;
        let removed = removals.instance.iter().zip(&removals.at).zip(&removals.how);
        for ((instance, &seq), how) in removed {
            let (instances, row) = (&history.instances, instance.index());
            let partition = instances.partition.at(row).index();
            let newest = self.partition_attempt[partition];
            let status = newest.and_then(|attempt| attempt_status(history, attempt, at));
            let is_last = seq <= at && !by(instances.superseded.get(row).flatten(), at);
            if is_last && self.current[partition].is_none() && status == Some(RunStatus::Succeeded)
            {
                self.partition_status[partition] = Some(PartitionStatus::of_removal(*how));
            }
        }
    }

    fn find_tainted(&mut self, history: &History, at: Seq) {
        let taints = &history.taints;
        for taint in history.names.taints.ids() {
            let row = taint.index();
            if by(taints.created.get(row).flatten(), at)
                && !by(taints.canceled.get(row).flatten(), at)
            {
                for instance in taints.instances.row(taint) {
                    let partition = history.instances.partition.at(instance.index()).index();
                    if self.current[partition] == Some(instance) {
                        self.partition_status[partition] = Some(PartitionStatus::Tainted);
                    }
                }
            }
        }
    }

    /// A want by itself; an open one is idle until more is known. Whether it failed or was canceled.
    pub(super) fn find_want(&mut self, history: &History, at: Seq, want: WantId) -> bool {
        let (wants, row) = (&history.wants, want.index());
        let status = if by(wants.done.get(row).flatten(), at) {
            Some(WantStatus::Successful)
        } else if by(wants.canceled.get(row).flatten(), at) {
            Some(WantStatus::Canceled)
        } else if !by(wants.created.get(row).flatten(), at) {
            by(wants.first_seen.get(row), at).then_some(WantStatus::Idle)
        } else if self.any_requested(history, want, PartitionStatus::Failed)
            || self.root_status(history, want, at) == Some(RunStatus::Failed)
        {
            Some(WantStatus::Failed)
        } else if self.root_status(history, want, at) == Some(RunStatus::Canceled) {
            Some(WantStatus::Canceled)
        } else {
            Some(WantStatus::Idle)
        };
        self.want_status[row] = status;
        matches!(status, Some(WantStatus::Canceled | WantStatus::Failed))
    }

    /// From wants to the partitions whose newest attempt caused them, and on to the wants that
    /// request those. A partition without a current instance satisfies no want, so nothing here
    /// asks whether it did. `RunId ->` whether its newest attempt failed upstream.
    pub(super) fn spread_failure(
        &mut self,
        history: &History,
        at: Seq,
        mut open: Vec<WantId>,
    ) -> Vec<bool> {
        let mut upstream_failed = vec![false; self.run_attempt.len()];
        while let Some(want) = open.pop() {
            let Some(attempt) = history.wants.cause_attempt.get(want.index()).flatten() else {
                continue;
            };
            let run = history.attempts.run.at(attempt.index());
            let is_newest = self.run_attempt[run.index()] == Some(attempt);
            if !is_newest || upstream_failed[run.index()] {
                continue;
            }
            upstream_failed[run.index()] = true;
            for instance in history.runs.writes.row(run) {
                let partition = history.instances.partition.at(instance.index());
                if self.waits_for(partition, attempt) {
                    self.partition_status[partition.index()] =
                        Some(PartitionStatus::UpstreamFailed);
                    self.fail_wants(history, at, partition, &mut open);
                }
            }
        }
        upstream_failed
    }

    /// Whether the partition's status is that of this attempt, which missed inputs.
    fn waits_for(&self, partition: PartitionId, attempt: AttemptId) -> bool {
        self.partition_attempt[partition.index()] == Some(attempt)
            && self.partition_status[partition.index()] == Some(PartitionStatus::UpForRetry)
    }

    fn fail_wants(
        &mut self,
        history: &History,
        at: Seq,
        partition: PartitionId,
        open: &mut Vec<WantId>,
    ) {
        for want in history.partitions.wants.row(partition) {
            let row = want.index();
            let is_idle = self.want_status[row] == Some(WantStatus::Idle);
            if is_idle && by(history.wants.created.get(row).flatten(), at) {
                self.want_status[row] = Some(WantStatus::UpstreamFailed);
                open.push(want);
            }
        }
    }

    /// Partitions whose run missed inputs that are not there yet, and has not failed upstream.
    pub(super) fn find_waiting(&mut self, history: &History, at: Seq, run: RunId) {
        let Some(attempt) = self.run_attempt[run.index()] else { return };
        // No partition waits for another.
        if history.attempts.ended.get(attempt.index()).flatten() != Some(End::DepMiss) {
            return;
        }
        let unfinished = |want: WantId| {
            by(history.wants.created.get(want.index()).flatten(), at)
                && self.want_status[want.index()] != Some(WantStatus::Successful)
        };
        if !history.attempts.spawned.row(attempt).iter().any(unfinished) {
            return;
        }
        for instance in history.runs.writes.row(run) {
            let partition = history.instances.partition.at(instance.index());
            if self.waits_for(partition, attempt) {
                self.partition_status[partition.index()] = Some(PartitionStatus::UpstreamBuilding);
            }
        }
    }

    /// A want that is created, and neither done nor failed.
    pub(super) fn find_unfinished(&mut self, history: &History, at: Seq, want: WantId) {
        let row = want.index();
        let is_idle = self.want_status[row] == Some(WantStatus::Idle);
        if !is_idle || !by(history.wants.created.get(row).flatten(), at) {
            return;
        }
        if self.any_requested(history, want, PartitionStatus::UpstreamBuilding) {
            self.want_status[row] = Some(WantStatus::UpstreamBuilding);
        } else if self.any_requested(history, want, PartitionStatus::Building)
            || self.any_rebuilding(history, want, at)
            || (history.wants.requested.row(want).is_empty()
                && self.root_status(history, want, at) == Some(RunStatus::Running))
        {
            self.want_status[row] = Some(WantStatus::Building);
        }
    }

    /// Whether a requested partition has this status, which one without a current instance has.
    pub(super) fn any_requested(
        &self,
        history: &History,
        want: WantId,
        status: PartitionStatus,
    ) -> bool {
        let requested = history.wants.requested.row(want).iter();
        requested
            .map(|partition| self.partition_status[partition.index()])
            .any(|is| is == Some(status))
    }

    /// How the run at the root of a request stands.
    fn root_status(&self, history: &History, want: WantId, at: Seq) -> Option<RunStatus> {
        let root = history.openlineage.root_of(want)?;
        let attempt = (*self.run_attempt.get(root.index())?)?;
        attempt_status(history, attempt, at)
    }

    /// Whether a partition that does not satisfy the want yet is rebuilt.
    fn any_rebuilding(&self, history: &History, want: WantId, at: Seq) -> bool {
        let range = history.wants.requested.range(want);
        let satisfied = history.wants.satisfied_at.part(range);
        let mut requested = history.wants.requested.row(want).iter().zip(satisfied);
        requested
            .any(|(partition, satisfied)| self.rebuilding[partition.index()] && !by(satisfied, at))
    }
}

/// A partition that no run of this log built or is to build: wanted, or from elsewhere.
fn unattempted(history: &History, partition: PartitionId, at: Seq) -> PartitionStatus {
    // By creation: the first was created first.
    let first = history.partitions.wants.row(partition).first();
    let is_wanted =
        first.is_some_and(|want| by(history.wants.created.get(want.index()).flatten(), at));
    if is_wanted { PartitionStatus::Wanted } else { PartitionStatus::External }
}
