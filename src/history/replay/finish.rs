//! The last step of the replay: both directions of every link, as columns. What ends one table is no part of what ends another,
//! since an engine compiles a function anew as a whole, and takes the longer for it.
use crate::events::{Id, RunId, WantId};
use crate::history::replay::Replay;
use crate::history::replay::wants::cause_attempts;
use crate::history::{Anomalies, Anomaly, AttemptId, Csr, History, ReadSetId, Wants};
use crate::order::{key, minor, sort_keys};
use crate::wire::Narrow;

impl Replay<'_> {
    /// The history without the names and the log, and what contradicts itself in it.
    pub(super) fn finish(mut self) -> (History, Anomalies) {
        let names = &self.events.names;
        let n_wants = names.wants.len();
        let (attempts, of_run, new_ids) = self.attempts.finish();
        let removals = self.instances.removals();
        let (instances, partitions, writes) = self.instances.finish();
        let (wants, wants_of_partition) = self.wants.finish(self.mentions.wants);
        let runs = self.runs.finish(n_wants, names.labels.len(), &mut self.marks);
        let mut h =
            History { wants, partitions, instances, removals, attempts, ..History::default() };
        h.runs = runs.runs;
        h.runs.first_seen = self.mentions.runs.into_iter().collect();
        h.runs.attempts = of_run;
        h.runs.writes = writes;
        h.label_runs = runs.label_runs;
        (h.wants.runs, h.wants.runs_since) = (runs.want_runs, runs.want_runs_since);
        h.partitions.first_seen = self.mentions.partitions.into_iter().collect();
        h.partitions.wants = wants_of_partition;

        (h.reads, h.missing, h.attempts.missing) = self.reads.finish(&new_ids);
        h.reads_recorded_from = self.reads_recorded_from;
        let n_instances = h.instances.partition.len();
        h.instances.read_by = h.reads.read.reversed(n_instances);
        h.instances.built_from = h.reads.impacted.reversed(n_instances);
        h.attempts.reads = reads_by_attempt(&h.reads.attempt, new_ids.len());
        (h.taints, h.instances.taints) = self.taints.finish(n_instances);
        link_causes(&mut h);
        count_unknown(&h, self.events.len(), &mut self.anomalies);
        (h, self.anomalies)
    }
}

fn reads_by_attempt(attempts: &Narrow<AttemptId>, n: usize) -> Csr<AttemptId, ReadSetId> {
    let sets = (0..attempts.len()).filter_map(ReadSetId::from_index);
    let pairs: Vec<_> = attempts.iter().zip(sets).collect();
    Csr::from_pairs(n, &pairs)
}

/// Derivative wants: the attempt that caused each, and back, by creation.
#[inline(never)]
fn link_causes(h: &mut History) {
    h.wants.cause_attempt = cause_attempts(&h.wants, &h.runs.attempts, &h.attempts);
    let by_creation = by_creation(&h.wants);
    let cause = |want: &WantId| h.wants.cause.get(want.index()).flatten().map(|run| (run, *want));
    let of_runs: Vec<(RunId, WantId)> = by_creation.iter().filter_map(cause).collect();
    let cause = |want: &WantId| {
        h.wants.cause_attempt.get(want.index()).flatten().map(|cause| (cause, *want))
    };
    let of_attempts: Vec<_> = by_creation.iter().filter_map(cause).collect();
    h.runs.spawned = Csr::from_pairs(h.runs.label.len(), &of_runs);
    h.attempts.spawned = Csr::from_pairs(h.attempts.run.len(), &of_attempts);
}

fn by_creation(wants: &Wants) -> Vec<WantId> {
    let ids = (0..wants.created.len()).filter_map(WantId::from_index);
    let created = |want: WantId| wants.created.get(want.index()).flatten();
    let key_of = |want: WantId| Some(key(created(want)?.index() as u32, want.index() as u32));
    let mut keys: Vec<u64> = ids.filter_map(key_of).collect();
    sort_keys(&mut keys);
    keys.into_iter().filter_map(|key| WantId::from_index(minor(key) as usize)).collect()
}

/// What only the end of the log tells: runs never buffered and wants never created.
fn count_unknown(h: &History, n_events: usize, anomalies: &mut Anomalies) {
    let runs = (0..h.runs.label.len()).filter_map(RunId::from_index);
    for run in runs.filter(|run| h.runs.buffered.get(run.index()).flatten().is_none()) {
        if let Some(first) = h.runs.events.row(run).first() {
            anomalies.add(Anomaly::NeverBuffered, first);
        }
    }
    for (created, first_seen) in h.wants.created.iter().zip(h.wants.first_seen.iter()) {
        if created.is_none() && first_seen.index() < n_events {
            anomalies.add(Anomaly::NeverCreated, first_seen);
        }
    }
}
