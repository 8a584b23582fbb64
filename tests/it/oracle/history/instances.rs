//! Instances, which of them is current, and taints.
use std::fmt;

use crate::oracle::history::{Attempt, End, ReadDep, Ref, TestEvent, Twin, push_new};

/// One build of one partition by one run.
#[derive(Clone, Debug, PartialEq)]
pub struct Instance {
    pub run: String,
    pub partition: String,
    pub begun: usize,
    pub live: Option<usize>,
    /// The uuid that the log gives it first, and where.
    pub uuid: Option<(usize, String)>,
}

/// Which instance is meant, by name.
#[derive(Clone, Debug, PartialEq)]
pub enum Key {
    Built {
        run: String,
        partition: String,
    },
    /// What a partition was before this log.
    External {
        partition: String,
    },
    /// One that only another log knows.
    Foreign {
        partition: String,
        uuid: String,
    },
}

/// One taint that was laid on these instances.
pub struct Taint {
    pub id: String,
    pub created: usize,
    pub canceled: Option<usize>,
    pub laid_on: Vec<Key>,
    /// How often it names what has no such instance.
    pub n_nothing: usize,
}

/// All instances, by their beginnings: at the first buffer event that names the partition, or when
/// the run says what it read for it. A success makes all instances of its run live.
pub fn instances(log: &[TestEvent], counts: &[bool]) -> Vec<Instance> {
    let mut all = Vec::new();
    for (seq, event) in log.iter().enumerate().filter(|&(seq, _)| counts[seq]) {
        match event {
            TestEvent::JobRunBufferV1 { job_run_id, building_partitions, .. } => {
                begin(&mut all, job_run_id, building_partitions, seq);
            }
            TestEvent::JobRunSuccessV1 { job_run_id, read_deps } => {
                begin_impacted(&mut all, job_run_id, read_deps.iter().flatten(), seq);
                all.iter_mut().filter(|i| i.run == *job_run_id).for_each(|i| i.live = Some(seq));
            }
            TestEvent::JobRunMissingDepsV1 { job_run_id, read_deps, missing_deps } => {
                begin_impacted(&mut all, job_run_id, read_deps, seq);
                for impacted in missing_deps.iter().flat_map(|entry| &entry.impacted) {
                    name(&mut all, job_run_id, impacted, seq);
                }
            }
            _ => {}
        }
    }
    all
}

fn begin_impacted<'a>(
    all: &mut Vec<Instance>,
    run: &str,
    read_deps: impl IntoIterator<Item = &'a ReadDep>,
    seq: usize,
) {
    read_deps.into_iter().for_each(|entry| begin(all, run, &entry.impacted, seq));
}

fn begin(all: &mut Vec<Instance>, run: &str, partitions: &[Ref], seq: usize) {
    for partition in partitions {
        if !all.iter().any(|i| i.run == run && i.partition == partition.name) {
            let (run, partition) = (run.to_owned(), partition.name.clone());
            all.push(Instance { run, partition, begun: seq, live: None, uuid: None });
        }
        name(all, run, partition, seq);
    }
}

/// The first uuid given to an instance stands.
fn name(all: &mut [Instance], run: &str, partition: &Ref, seq: usize) {
    let named = all.iter_mut().find(|i| i.run == run && i.partition == partition.name);
    if let (Some(instance), Some(uuid)) = (named, &partition.uuid) {
        instance.uuid.get_or_insert((seq, uuid.clone()));
    }
}

/// All taints: the first creation of each stands, and the first cancel after it.
pub fn taints(log: &[TestEvent], instances: &[Instance]) -> Vec<Taint> {
    let mut taints: Vec<Taint> = Vec::new();
    for (created, event) in log.iter().enumerate() {
        let TestEvent::TaintCreateV1 { taint_id, partitions } = event else { continue };
        if taints.iter().any(|taint| taint.id == *taint_id) {
            continue;
        }
        let cancels = |e: &TestEvent| matches!(e, TestEvent::TaintCancelV1 { taint_id: other } if other == taint_id);
        let canceled = (created..log.len()).find(|&seq| cancels(&log[seq]));
        let meant = |partition: &Ref| match &partition.uuid {
            Some(uuid) => by_uuid(instances, &partition.name, uuid, created),
            None => current(instances, &partition.name, created),
        };
        let mut laid_on = Vec::new();
        for instance in partitions.iter().filter_map(meant) {
            push_new(&mut laid_on, instance.key());
        }
        let n_nothing = partitions.iter().filter(|p| meant(p).is_none()).count();
        taints.push(Taint { id: taint_id.clone(), created, canceled, laid_on, n_nothing });
    }
    taints
}

/// The last instance of `partition` to go live by `when`.
pub fn current<'a>(all: &'a [Instance], partition: &str, when: usize) -> Option<&'a Instance> {
    let live = all.iter().filter(|i| i.partition == partition && i.live.is_some_and(|l| l <= when));
    live.max_by_key(|instance| instance.live)
}

/// The first instance of `partition` that was known by `uuid` at `when`.
pub fn by_uuid<'a>(
    all: &'a [Instance],
    partition: &str,
    uuid: &str,
    when: usize,
) -> Option<&'a Instance> {
    let known = |(given, text): &(usize, String)| *given <= when && text == uuid;
    all.iter().find(|i| i.partition == partition && i.uuid.as_ref().is_some_and(known))
}

impl Instance {
    pub fn key(&self) -> Key {
        Key::Built { run: self.run.clone(), partition: self.partition.clone() }
    }
}

impl Key {
    pub fn partition(&self) -> &str {
        match self {
            Self::Built { partition, .. }
            | Self::External { partition }
            | Self::Foreign { partition, .. } => partition,
        }
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Built { run, partition } => write!(f, "{partition}@{run}"),
            Self::External { partition } => write!(f, "{partition}@external"),
            Self::Foreign { partition, uuid } => write!(f, "{partition}@{uuid}"),
        }
    }
}

impl Twin<'_> {
    /// The partition's instances, by their beginnings.
    pub fn instances_of(&self, partition: &str) -> Vec<&Instance> {
        self.instances.iter().filter(|i| i.partition == partition).collect()
    }

    /// The partition's instances that went live, in that order.
    pub fn versions_of(&self, partition: &str) -> Vec<&Instance> {
        let mut versions = self.instances_of(partition);
        versions.retain(|instance| instance.live.is_some());
        versions.sort_by_key(|instance| instance.live);
        versions
    }

    pub fn current(&self, partition: &str, when: usize) -> Option<&Instance> {
        current(&self.instances, partition, when)
    }

    pub fn by_uuid(&self, partition: &str, uuid: &str, when: usize) -> Option<&Instance> {
        by_uuid(&self.instances, partition, uuid, when)
    }

    pub fn is_current(&self, instance: &Instance) -> bool {
        self.current(&instance.partition, self.now()) == Some(instance)
    }

    /// Live once, and a newer one is current.
    pub fn is_superseded(&self, instance: &Instance) -> bool {
        instance.live.is_some() && !self.is_current(instance)
    }

    /// Some taint laid on it by `when` was not canceled by then.
    pub fn is_tainted(&self, instance: &Instance, when: usize) -> bool {
        let stands =
            |t: &&Taint| t.created <= when && t.canceled.is_none_or(|canceled| canceled > when);
        self.taints.iter().filter(stands).any(|taint| taint.laid_on.contains(&instance.key()))
    }

    pub fn instance_status(&self, instance: &Instance) -> &'static str {
        if instance.live.is_some() {
            return if self.is_tainted(instance, self.now()) { "tainted" } else { "live" };
        }
        let newest = self.newest_attempt_of(&instance.run, self.now());
        match newest.and_then(|attempt: &Attempt| attempt.end) {
            None => "building",
            Some((_, End::Failed)) => "failed",
            Some((_, End::Canceled)) => "canceled",
            Some((_, End::DepMiss)) => "missed",
            Some((_, End::Succeeded)) => "a success makes every instance live",
        }
    }
}
