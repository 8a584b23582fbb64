//! What a log says that cannot be, counted.
use std::collections::BTreeMap;

use crate::oracle::history::{Instance, Ref, TestEvent, Twin};

/// How often each kind of contradiction occurs, by its name.
pub type Counts = BTreeMap<&'static str, usize>;

impl Twin<'_> {
    pub fn anomalies(&self) -> Counts {
        let mut counts = Counts::new();
        for seq in 0..self.log.len() {
            let found = match &self.log[seq] {
                event if event.run().is_some() => self.of_run_event(seq),
                TestEvent::WantCreateV1 { want_id, .. } => {
                    let first = self.created(want_id).map(|first| &self.log[first]);
                    when(first != Some(&self.log[seq]), "CreatedTwice")
                }
                TestEvent::WantCancelV1 { want_id } => {
                    of_cancel(seq, self.created(want_id), self.canceled(want_id))
                }
                TestEvent::TaintCreateV1 { taint_id, .. } => self.of_taint(seq, taint_id),
                TestEvent::TaintCancelV1 { taint_id } => {
                    let taint = self.taints.iter().find(|taint| taint.id == *taint_id);
                    let created = taint.map(|taint| taint.created);
                    of_cancel(seq, created, taint.and_then(|taint| taint.canceled))
                }
                _ => Vec::new(),
            };
            for kind in found {
                *counts.entry(kind).or_default() += 1;
            }
        }
        let own = |run: &&&str| self.log.iter().any(|event| event.run() == Some(**run));
        let unbuffered = |run: &&&str| self.buffered(run).is_none();
        let never_buffered = self.runs().iter().filter(own).filter(unbuffered).count();
        let never_created = self.wants().len() - self.wants_created().len();
        counts.insert("NeverBuffered", never_buffered);
        counts.insert("NeverCreated", never_created);
        counts.retain(|_, count| *count > 0);
        counts
    }

    fn of_run_event(&self, seq: usize) -> Vec<&'static str> {
        let event = &self.log[seq];
        let Some(attempt) = event.run().and_then(|run| self.newest_attempt_of(run, seq)) else {
            return Vec::new();
        };
        if !self.counts[seq] {
            return vec![match (event.end(), attempt.end) {
                (None, _) => "EventAfterEnd",
                (Some(end), Some((_, first))) if end == first => "RepeatedEnd",
                (Some(_), _) => "SecondEnd",
            }];
        }
        let run = attempt.run.as_str();
        let mut found = Vec::new();
        if let TestEvent::JobRunBufferV1 { job_label, .. } = event {
            let same_attempt = attempt.start..seq;
            let buffered = |(earlier, ..): &(usize, _, _)| same_attempt.contains(earlier);
            found.extend(when(self.buffers_of(run).iter().any(buffered), "BufferedTwice"));
            found.extend(when(self.label(run, seq) != Some(job_label), "LabelChanged"));
        } else {
            let unannounced = self.built_by(run, seq).into_iter().filter(|i| i.begun == seq);
            found.extend(unannounced.map(|_| "BuiltUnannounced"));
        }
        found.extend(self.changed_uuids(seq, run));
        found.extend(self.reused_uuids(seq));
        found
    }

    /// Builds that the event gives another uuid than the one that stands.
    fn changed_uuids(&self, seq: usize, run: &str) -> Vec<&'static str> {
        let changes = |named: &&Ref| {
            let own = |i: &&Instance| i.run == run && i.partition == named.name && i.begun <= seq;
            let first = self.instances.iter().find(own).and_then(|i| i.uuid.as_ref());
            first.is_some_and(|(_, first)| named.uuid.as_ref().is_some_and(|uuid| uuid != first))
        };
        let named = self.log[seq].named_builds();
        named.into_iter().filter(changes).map(|_| "UuidChanged").collect()
    }

    /// Builds that the event gives the uuid of another build of the same partition.
    fn reused_uuids(&self, seq: usize) -> Vec<&'static str> {
        let given_before = |partition: &str, uuid: &str| {
            let same = |(given, other): &(usize, String)| *given < seq && other == uuid;
            let of_partition = |i: &&Instance| i.partition == partition;
            self.instances.iter().filter(of_partition).any(|i| i.uuid.as_ref().is_some_and(same))
        };
        let reused = |i: &&Instance| match &i.uuid {
            Some((given, uuid)) => *given == seq && given_before(&i.partition, uuid),
            None => false,
        };
        self.instances.iter().filter(reused).map(|_| "UuidReused").collect()
    }

    fn of_taint(&self, seq: usize, taint: &str) -> Vec<&'static str> {
        let first = self.taints.iter().find(|other| other.id == taint);
        if first.is_none_or(|first| first.created != seq) {
            return vec!["CreatedTwice"];
        }
        vec!["TaintedNothing"; first.map_or(0, |first| first.n_nothing)]
    }
}

/// A cancel at `seq` of what was created then, and stands canceled since then.
fn of_cancel(seq: usize, created: Option<usize>, canceled: Option<usize>) -> Vec<&'static str> {
    if created.is_none_or(|created| created > seq) {
        return vec!["CanceledUnknown"];
    }
    when(canceled != Some(seq), "CanceledTwice")
}

fn when(holds: bool, kind: &'static str) -> Vec<&'static str> {
    if holds { vec![kind] } else { Vec::new() }
}
