//! The last step of the replay: tables and links as columns, both directions of most links; that of reads follows from the history
//! alone, and is left to whoever takes it. What ends one table is no part of what ends another, since an engine compiles a function
//! anew as a whole, and takes the longer for it.
use crate::events::{Id, RunId, Seq, WantId};
use crate::history::replay::Replay;
use crate::history::replay::wants::cause_attempts;
use crate::history::{
    Anomalies, Anomaly, AttemptId, Csr, History, Instances, ReadSetId, ReadSets, Wants,
};
use crate::order::{key, minor, sort_keys};
use crate::wire::Narrow;

impl Replay<'_> {
    /// The history without names, events and what follows from others; and what contradicts itself in it. Instances and what
    /// was read are shown to `ahead` before there is anything else.
    pub(super) fn finish(
        mut self,
        ahead: &mut dyn FnMut(&mut Instances, &mut ReadSets),
    ) -> (History, Anomalies) {
        let names = &self.events.names;
        let (attempts_of_run, new_ids) = self.attempts.by_run();
        let mut instances = self.instances.columns();
        let (taints, taints_on) = self.taints.finish(instances.partition.len());
        instances.taints = taints_on;
        let (mut reads, missing, missed_by) = self.reads.finish(&new_ids);
        ahead(&mut instances, &mut reads);

        let attempts = self.attempts.finish(&new_ids);
        let removals = self.instances.removals();
        let (partitions, writes) = self.instances.lists();
        let (wants, wants_of_partition) = self.wants.finish(self.mentions.wants);
        let runs = self.runs.finish(names.wants.len(), names.labels.len(), &mut self.marks);
        let mut h = History {
            wants,
            partitions,
            instances,
            removals,
            runs: runs.runs,
            attempts,
            reads,
            missing,
            taints,
            label_runs: runs.label_runs,
            reads_recorded_from: self.reads_recorded_from,
            ..History::default()
        };
        h.runs.first_seen = Narrow::of(&self.mentions.runs);
        h.runs.attempts = attempts_of_run;
        h.runs.writes = writes;
        (h.wants.runs, h.wants.runs_since) = (runs.want_runs, runs.want_runs_since);
        h.partitions.first_seen = Narrow::of(&self.mentions.partitions);
        h.partitions.wants = wants_of_partition;
        h.attempts.missing = missed_by;
        h.attempts.reads = reads_by_attempt(&h.reads.attempt, new_ids.len());
        link_causes(&mut h);
        count_unknown(&h, &runs.begun, self.events.len(), &mut self.anomalies);
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
fn count_unknown(
    h: &History,
    runs_begun: &[Option<Seq>],
    n_events: usize,
    anomalies: &mut Anomalies,
) {
    for (&begun, buffered) in runs_begun.iter().zip(&h.runs.buffered) {
        if let (Some(begun), None) = (begun, buffered) {
            anomalies.add(Anomaly::NeverBuffered, begun);
        }
    }
    for (created, first_seen) in h.wants.created.iter().zip(h.wants.first_seen.iter()) {
        if created.is_none() && first_seen.index() < n_events {
            anomalies.add(Anomaly::NeverCreated, first_seen);
        }
    }
}
