//! One hop from a partition or an instance, through the work between, in either direction. The
//! same answers, for one instance or for all versions of a ref.

use crate::events::{Id, PartitionId, RunId};
use crate::graph::Key;
use crate::graph::ids::newest_of_job;
use crate::graph::sets::Set;
use crate::history::{AsOf, End, How, InstanceId, ReadSetId};

/// One link through one piece of work: for upstream, `far` was read by `work`, which made the
/// node; for downstream, `work` read the node and made `far`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub work: Key,
    pub far: Key,
    pub how: Option<How>,
    pub inferred: bool,
}

/// What made a node, and from what.
#[derive(Clone, Debug, Default)]
pub(super) struct Upstream {
    /// The work that made it, even where it read nothing.
    pub works: Vec<Key>,
    /// What that read, without repeats.
    pub steps: Vec<Step>,
}

/// What `key` was made by and from; nothing for what is neither a partition nor an instance.
pub(super) fn upstream(asof: AsOf<'_>, key: Key) -> Upstream {
    let mut found = Upstream::default();
    match key {
        Key::Instance(instance) => upstream_of_instance(asof, instance, &mut found),
        Key::Partition(partition) => upstream_of_ref(asof, partition, &mut found),
        _ => {}
    }
    found
}

/// What was made from `key`, without repeats.
pub(super) fn downstream(asof: AsOf<'_>, key: Key) -> Vec<Step> {
    match key {
        Key::Instance(instance) => downstream_of_instance(asof, instance),
        Key::Partition(partition) => downstream_of_ref(asof, partition),
        _ => Vec::new(),
    }
}

/// The newest run of the piece of work that `run` is part of: the piece's identity.
pub(super) fn piece(asof: AsOf<'_>, run: RunId) -> Key {
    let runs = &asof.history.runs;
    if runs.continues.row(run).is_empty() && runs.continued_by.row(run).is_empty() {
        return Key::Run(run);
    }
    Key::Run(asof.piece_of(run).last().copied().unwrap_or(run))
}

/// The run that built `instance`; none for an external one.
pub(super) fn builder_of(asof: AsOf<'_>, instance: InstanceId) -> Option<RunId> {
    asof.history.instances.run.get(instance.index()).copied().flatten()
}

/// The partition that `instance` is a build of.
pub(super) fn partition_of(asof: AsOf<'_>, instance: InstanceId) -> Option<PartitionId> {
    asof.history.instances.partition.get(instance.index()).copied()
}

fn upstream_of_instance(asof: AsOf<'_>, instance: InstanceId, found: &mut Upstream) {
    let Some(run) = builder_of(asof, instance) else { return };
    let work = piece(asof, run);
    found.works.push(work);
    let mut seen = Set::default();
    for set in asof.built_from(instance) {
        let inferred = is_inferred(asof, set);
        for (read, how) in asof.read_items(set) {
            if seen.insert(read) {
                let far = Key::Instance(read);
                found.steps.push(Step { work, far, how: Some(how), inferred });
            }
        }
    }
}

fn downstream_of_instance(asof: AsOf<'_>, instance: InstanceId) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut seen = Set::default();
    for set in asof.read_by(instance) {
        let Some(run) = reader_of(asof, set) else { continue };
        let work = piece(asof, run);
        let how = asof.read_items(set).find(|&(read, _)| read == instance).map(|(_, how)| how);
        for &made in asof.history.reads.impacted.row(set) {
            if seen.insert(made) {
                let far = Key::Instance(made);
                steps.push(Step { work, far, how, inferred: is_inferred(asof, set) });
            }
        }
    }
    steps
}

fn upstream_of_ref(asof: AsOf<'_>, partition: PartitionId, found: &mut Upstream) {
    let mut seen = Set::default();
    let mut works = Set::default();
    for instance in asof.instances_of(partition) {
        let Some(run) = builder_of(asof, instance) else { continue };
        let newest = newest_of_job(asof, run, partition);
        let work = Key::Job(newest);
        if works.insert(work) {
            found.works.push(work);
        }
        for set in asof.built_from(instance) {
            let inferred = is_inferred(asof, set);
            for (read, _) in asof.read_items(set) {
                let Some(read) = partition_of(asof, read) else { continue };
                if seen.insert((newest, read)) {
                    found.steps.push(Step { work, far: Key::Partition(read), how: None, inferred });
                }
            }
        }
    }
}

fn downstream_of_ref(asof: AsOf<'_>, partition: PartitionId) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut seen = Set::default();
    for &set in asof.history.partitions.read_by.row(partition) {
        if !asof.knows(set) || !is_on_success(asof, set) {
            continue;
        }
        let Some(run) = reader_of(asof, set) else { continue };
        let inferred = is_inferred(asof, set);
        for &made in asof.history.reads.impacted.row(set) {
            let Some(made) = partition_of(asof, made) else { continue };
            let newest = newest_of_job(asof, run, made);
            let work = Key::Job(newest);
            if seen.insert((newest, made)) {
                steps.push(Step { work, far: Key::Partition(made), how: None, inferred });
            }
        }
    }
    steps
}

fn reader_of(asof: AsOf<'_>, set: ReadSetId) -> Option<RunId> {
    let reads = &asof.history.reads;
    let attempt = reads.attempt.get(set.index())?;
    asof.history.attempts.run.get(attempt.index()).copied()
}

/// Whether the attempt that read `set` built something from it.
fn is_on_success(asof: AsOf<'_>, set: ReadSetId) -> bool {
    let Some(attempt) = asof.history.reads.attempt.get(set.index()) else { return false };
    asof.history.attempts.ended.get(attempt.index()).copied().flatten() == Some(End::Succeeded)
}

/// Whether the reads of `set` were inferred, not recorded.
pub(super) fn is_inferred(asof: AsOf<'_>, set: ReadSetId) -> bool {
    asof.history.reads.inferred.get(set.index()).copied().unwrap_or(false)
}
