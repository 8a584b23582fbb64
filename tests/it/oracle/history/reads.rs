//! What was read for what, and how that is known.
use std::collections::BTreeSet;

use crate::oracle::history::{
    Attempt, Instance, Key, MissingDep, ReadDep, Ref, TestEvent, Twin, push_new,
};

/// To build each of `impacted`, each of `read` was read.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadSet {
    pub run: String,
    /// The number of the attempt that read.
    pub attempt: usize,
    pub seq: usize,
    /// The attempt succeeded at `seq`.
    pub succeeded: bool,
    pub inferred: bool,
    pub impacted: Vec<Key>,
    pub read: Vec<(Key, &'static str)>,
}

impl<'a> Twin<'a> {
    /// Every read set, in the order of the events that tell of them.
    pub(super) fn find_read_sets(&self) -> Vec<ReadSet> {
        let infer = !self.reads_are_recorded();
        let mut sets = Vec::new();
        for (seq, event) in self.events() {
            let Some(attempt) = self.ended_at(seq) else { continue };
            match event {
                TestEvent::JobRunSuccessV1 { read_deps: None, .. } if infer => {
                    sets.extend(self.inferred(attempt, seq));
                }
                TestEvent::JobRunSuccessV1 { read_deps: Some(read_deps), .. }
                | TestEvent::JobRunMissingDepsV1 { read_deps, .. } => {
                    sets.extend(read_deps.iter().map(|entry| self.recorded(attempt, seq, entry)));
                }
                _ => {}
            }
        }
        sets
    }

    /// Whether any success in the log says what was read.
    fn reads_are_recorded(&self) -> bool {
        let says =
            |e: &TestEvent| matches!(e, TestEvent::JobRunSuccessV1 { read_deps: Some(_), .. });
        self.log.iter().any(says)
    }

    fn ended_at(&self, seq: usize) -> Option<&Attempt> {
        self.attempts.iter().find(|attempt| attempt.end.is_some_and(|(end, _)| end == seq))
    }

    /// The run's instances that had begun by `when`.
    pub fn built_by(&self, run: &str, when: usize) -> Vec<&Instance> {
        self.instances.iter().filter(|i| i.run == run && i.begun <= when).collect()
    }

    /// One entry of `read_deps`. No `impacted`: all that the run builds.
    fn recorded(&self, attempt: &Attempt, seq: usize, entry: &ReadDep) -> ReadSet {
        let mut impacted = Vec::new();
        for partition in &entry.impacted {
            let (run, partition) = (attempt.run.clone(), partition.name.clone());
            push_new(&mut impacted, Key::Built { run, partition });
        }
        if impacted.is_empty() {
            impacted = self.built_by(&attempt.run, seq).into_iter().map(Instance::key).collect();
        }
        let read = entry.read.iter().map(|partition| self.resolve(attempt, seq, partition));
        read_set(attempt, seq, false, impacted, read)
    }

    /// Which instance the attempt, ending at `seq`, read. An explicit uuid says so; else the one
    /// that was current when it started, else when it ended, never its own; else what was there
    /// before this log.
    fn resolve(&self, attempt: &Attempt, seq: usize, read: &Ref) -> (Key, &'static str) {
        let partition = read.name.clone();
        if let Some(uuid) = &read.uuid {
            let known = self.by_uuid(&partition, uuid, seq).map(Instance::key);
            let foreign = || Key::Foreign { partition, uuid: uuid.clone() };
            return (known.unwrap_or_else(foreign), "exact");
        }
        if let Some(instance) = self.before_its_own(attempt, &partition, attempt.began_to_read()) {
            return (instance.key(), "at-start");
        }
        if let Some(instance) = self.before_its_own(attempt, &partition, seq) {
            return (instance.key(), "by-end");
        }
        (Key::External { partition }, "external")
    }

    /// The last to go live by `when`, but for the attempt's own.
    fn before_its_own(&self, attempt: &Attempt, partition: &str, when: usize) -> Option<&Instance> {
        let mut versions = self.versions_of(partition);
        versions.retain(|i| i.run != attempt.run && i.live.is_some_and(|live| live <= when));
        versions.last().copied()
    }

    /// What the success at `seq` read, going by the earlier misses of its piece of work: what
    /// those had read, and what they missed that was there now.
    fn inferred(&self, success: &Attempt, seq: usize) -> Vec<ReadSet> {
        let builds = self.built_by(&success.run, seq);
        let runs = self.chain(&success.run, seq);
        let mut sets = Vec::new();
        for (miss, event) in self.events().take_while(|&(miss, _)| miss < seq) {
            let TestEvent::JobRunMissingDepsV1 { job_run_id, missing_deps, read_deps } = event
            else {
                continue;
            };
            if !runs.contains(job_run_id.as_str()) {
                continue;
            }
            let all = self.built_by(job_run_id, miss);
            let impacted = |named: &[Ref]| {
                let mut partitions: Vec<_> = named.iter().map(|p| p.name.as_str()).collect();
                if partitions.is_empty() {
                    partitions = all.iter().map(|i| i.partition.as_str()).collect();
                }
                let own = |partition| builds.iter().find(move |i| i.partition == partition);
                let mut keys = Vec::new();
                for instance in partitions.into_iter().filter_map(own) {
                    push_new(&mut keys, instance.key());
                }
                keys
            };
            for entry in read_deps {
                let read = entry.read.iter().map(|read| self.resolve(success, seq, read));
                sets.push(read_set(success, seq, true, impacted(&entry.impacted), read));
            }
            for entry in missing_deps {
                let read = entry.missing.iter().map(|missed| self.resolve(success, seq, missed));
                let there = read.filter(|(key, _)| self.was_live_before(key, seq));
                sets.push(read_set(success, seq, true, impacted(&entry.impacted), there));
            }
        }
        sets.retain(|set| !set.impacted.is_empty() && !set.read.is_empty());
        sets
    }

    fn was_live_before(&self, key: &Key, when: usize) -> bool {
        self.instances.iter().any(|i| i.key() == *key && i.live.is_some_and(|live| live < when))
    }

    /// `run` and all runs that it continues, as the links were at `when`.
    fn chain(&self, run: &'a str, when: usize) -> BTreeSet<String> {
        let mut chain = BTreeSet::from([run.to_owned()]);
        loop {
            let before = chain.len();
            for (later, earlier) in self.links(when) {
                if chain.contains(&later) {
                    chain.insert(earlier);
                }
            }
            if chain.len() == before {
                return chain;
            }
        }
    }

    /// What the instance was built from: the read sets of the attempt that succeeded, else of the
    /// newest.
    pub fn built_from(&self, instance: &Instance) -> Vec<&ReadSet> {
        // No attempt follows a success.
        let newest = self.newest_attempt_of(&instance.run, self.now()).map(|a| a.number);
        let says =
            |set: &&ReadSet| set.impacted.contains(&instance.key()) && Some(set.attempt) == newest;
        self.read_sets.iter().filter(says).collect()
    }

    /// The read sets of successes that read the instance.
    pub fn read_by(&self, instance: &Key) -> Vec<&ReadSet> {
        let reads = |set: &&ReadSet| set.read.iter().any(|(key, _)| key == instance);
        self.reads_of_successes().filter(reads).collect()
    }

    fn reads_of_successes(&self) -> impl Iterator<Item = &ReadSet> {
        self.read_sets.iter().filter(|set| set.succeeded)
    }

    /// The read sets of one attempt.
    pub fn reads_of(&self, attempt: &Attempt) -> Vec<&ReadSet> {
        let of = |set: &&ReadSet| set.run == attempt.run && set.attempt == attempt.number;
        self.read_sets.iter().filter(of).collect()
    }

    /// What the attempt could not build, each with what it missed for it.
    pub fn missing_of(&self, attempt: &Attempt) -> Vec<(Vec<&str>, Vec<&str>)> {
        let Some((end, _)) = attempt.end else { return Vec::new() };
        let TestEvent::JobRunMissingDepsV1 { missing_deps, .. } = &self.log[end] else {
            return Vec::new();
        };
        let all = self.built_by(&attempt.run, end).into_iter().map(|i| i.partition.as_str());
        let all: Vec<_> = all.collect();
        let entry = |entry: &'a MissingDep| {
            let impacted = unique(&entry.impacted);
            let impacted = if impacted.is_empty() { all.clone() } else { impacted };
            (impacted, unique(&entry.missing))
        };
        missing_deps.iter().map(entry).collect()
    }

    /// The partitions that were built from `partition`, in order, without repeats.
    pub fn consumers(&self, partition: &str) -> Vec<String> {
        let mut consumers = Vec::new();
        for set in self.reads_of_successes() {
            if set.read.iter().any(|(key, _)| key.partition() == partition) {
                let impacted = set.impacted.iter().map(|key| key.partition().to_owned());
                impacted.for_each(|consumer| push_new(&mut consumers, consumer));
            }
        }
        consumers
    }

    /// What `partition` was built from, in order, without repeats.
    pub fn producers(&self, partition: &str) -> Vec<String> {
        let mut producers = Vec::new();
        for set in self.reads_of_successes() {
            if set.impacted.iter().any(|key| key.partition() == partition) {
                let read = set.read.iter().map(|(key, _)| key.partition().to_owned());
                read.for_each(|producer| push_new(&mut producers, producer));
            }
        }
        producers
    }
}

fn unique(partitions: &[Ref]) -> Vec<&str> {
    let mut names = Vec::new();
    for partition in partitions {
        push_new(&mut names, partition.name.as_str());
    }
    names
}

fn read_set(
    attempt: &Attempt,
    seq: usize,
    inferred: bool,
    impacted: Vec<Key>,
    resolved: impl Iterator<Item = (Key, &'static str)>,
) -> ReadSet {
    let mut read: Vec<(Key, &str)> = Vec::new();
    for (key, how) in resolved {
        if read.iter().all(|(other, _)| *other != key) {
            read.push((key, how));
        }
    }
    let succeeded = attempt.status() == "succeeded";
    let (run, attempt) = (attempt.run.clone(), attempt.number);
    ReadSet { run, attempt, seq, succeeded, inferred, impacted, read }
}
