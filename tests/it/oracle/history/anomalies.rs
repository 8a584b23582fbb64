//! What a log says that cannot be, counted.
use std::collections::BTreeMap;

use crate::oracle::history::{Instance, Key, Ref, TestEvent, Twin};

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
                    self.of_cancel(seq, self.created(want_id), self.canceled(want_id))
                }
                TestEvent::TaintCreateV1 { taint_id, partitions } => {
                    self.of_taint(seq, taint_id, partitions)
                }
                TestEvent::TaintCancelV1 { taint_id } => {
                    let taint = self.taints.iter().find(|taint| taint.id == *taint_id);
                    let created = taint.map(|taint| taint.created);
                    self.of_cancel(seq, created, taint.and_then(|taint| taint.canceled))
                }
                _ => Vec::new(),
            };
            found.into_iter().for_each(|kind| *counts.entry(kind).or_default() += 1);
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
        found.extend(self.of_uuids(seq, run));
        found
    }

    /// Each uuid that the event gives to a build of its run, in its order.
    fn of_uuids(&self, seq: usize, run: &str) -> Vec<&'static str> {
        let mut found = Vec::new();
        for named in self.log[seq].named_builds() {
            let Some(uuid) = &named.uuid else { continue };
            let builds = self.instances_of(&named.name);
            let Some(own) = builds.iter().find(|i| i.run == run && i.begun <= seq) else {
                continue;
            };
            found.extend(when(own.uuid.as_ref().is_some_and(|(_, first)| first != uuid), "UuidChanged"));
        }
        let named_here = |i: &&Instance| {
            i.run == run && i.uuid.as_ref().is_some_and(|&(given, _)| given == seq)
        };
        for own in self.instances.iter().filter(named_here) {
            let same = |i: &&Instance| {
                i.partition == own.partition
                    && i.run != run
                    && i.uuid.as_ref().is_some_and(|(given, uuid)| {
                        *given < seq && own.uuid.as_ref().is_some_and(|(_, other)| uuid == other)
                    })
            };
            found.extend(when(self.instances.iter().any(|i| same(&i)), "UuidReused"));
        }
        found
    }

    fn of_taint(&self, seq: usize, taint: &str, partitions: &[Ref]) -> Vec<&'static str> {
        let first = self.taints.iter().find(|other| other.id == taint);
        if first.is_none_or(|first| first.created != seq) {
            return vec!["CreatedTwice"];
        }
        let laid_on = first.map_or(&[][..], |first| &first.laid_on);
        let nothing = |p: &&Ref| match &p.uuid {
            Some(uuid) => {
                let (partition, uuid) = (p.name.clone(), uuid.clone());
                let foreign = Key::Foreign { partition, uuid: uuid.clone() };
                self.by_uuid(&p.name, &uuid, seq).is_none() && !laid_on.contains(&foreign)
            }
            None => self.current(&p.name, seq).is_none(),
        };
        partitions.iter().filter(nothing).map(|_| "TaintedNothing").collect()
    }

    fn of_cancel(
        &self,
        seq: usize,
        created: Option<usize>,
        canceled: Option<usize>,
    ) -> Vec<&'static str> {
        if created.is_none_or(|created| created > seq) {
            return vec!["CanceledUnknown"];
        }
        when(canceled != Some(seq), "CanceledTwice")
    }
}

fn when(holds: bool, kind: &'static str) -> Vec<&'static str> {
    if holds { vec![kind] } else { Vec::new() }
}
