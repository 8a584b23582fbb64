//! What a node's mark says of it: its kind and its id.
use crate::events::{Id, LabelId, PartitionId, RunId};
use crate::graph::neighbors::{builder_of, partition_of};
use crate::graph::{Group, Key};
use crate::history::{AsOf, InstanceId, PartitionStatus};
use crate::order::sort_numbers;
use crate::route::{NodeKind, NodeRef};

/// The kind of node that `key` is drawn as.
pub fn kind_of(asof: AsOf<'_>, key: Key) -> NodeKind {
    match key {
        Key::Want(_) => NodeKind::Want,
        Key::Run(_) | Key::Job(..) => NodeKind::JobRun,
        Key::Group(_) => NodeKind::Group,
        Key::Partition(partition) => match asof.partition_status(partition) {
            Some(PartitionStatus::External) => NodeKind::External,
            _ => NodeKind::Partition,
        },
        Key::Instance(instance) => match asof.history.instances.run.get(instance.index()) {
            Some(Some(_)) => NodeKind::Partition,
            _ => NodeKind::External,
        },
    }
}

/// The node as addresses name it.
pub fn node_ref(asof: AsOf<'_>, groups: &[Group], key: Key) -> NodeRef {
    NodeRef::new(kind_of(asof, key), id_of(asof, groups, key))
}

/// The id that the node's mark carries: a want id, an instance's uuid, a ref where there is no
/// one instance, a job run id, or a group's key.
pub fn id_of(asof: AsOf<'_>, groups: &[Group], key: Key) -> String {
    let names = &asof.history.names;
    match key {
        Key::Want(want) => names.wants.text(want).to_owned(),
        Key::Run(run) | Key::Job(run) => names.runs.text(run).to_owned(),
        Key::Partition(partition) => names.partitions.text(partition).to_owned(),
        Key::Instance(instance) => instance_id(asof, instance),
        Key::Group(row) => groups.get(row as usize).map(|g| g.id.clone()).unwrap_or_default(),
    }
}

/// An instance's uuid; for what was there before this log, its ref.
fn instance_id(asof: AsOf<'_>, instance: InstanceId) -> String {
    let instances = &asof.history.instances;
    let at = instance.index();
    let run = instances.run.get(at).flatten();
    let uuid = instances.uuid.get(at).flatten();
    match instances.partition.get(at) {
        Some(partition) if run.is_none() && uuid.is_none() => {
            asof.history.names.partitions.text(partition).to_owned()
        }
        _ => asof.history.uuid_of(instance),
    }
}

/// The newest run of the job of `run` that worked on `partition`; it stands for all of them there.
pub(super) fn newest_of_job(asof: AsOf<'_>, run: RunId, partition: PartitionId) -> RunId {
    let newest = newest_build(asof, run, partition);
    newest.and_then(|instance| builder_of(asof, instance)).unwrap_or(run)
}

/// What that run built of `partition`.
pub(super) fn newest_build(
    asof: AsOf<'_>,
    run: RunId,
    partition: PartitionId,
) -> Option<InstanceId> {
    let label = label_of(asof, run);
    let created = &asof.history.instances.created;
    let of_job = |instance: &InstanceId| {
        let builder = builder_of(asof, *instance);
        builder.is_some_and(|other| label_of(asof, other) == label)
            && asof.had(created.get(instance.index()))
    };
    asof.history.partitions.instances.row(partition).iter().rfind(of_job)
}

/// The runs that a [`Key::Job`] stands for, in order of mention, without repeats.
pub fn runs_of_job(asof: AsOf<'_>, newest: RunId) -> Vec<RunId> {
    let label = label_of(asof, newest);
    let mut runs = vec![newest];
    for instance in asof.builds_of(newest) {
        let Some(partition) = partition_of(asof, instance) else { continue };
        if newest_of_job(asof, newest, partition) != newest {
            continue;
        }
        let builders = asof.instances_of(partition).filter_map(|i| builder_of(asof, i));
        runs.extend(builders.filter(|&run| label_of(asof, run) == label));
    }
    let mut rows: Vec<u32> = runs.into_iter().map(|run| run.index() as u32).collect();
    sort_numbers(&mut rows);
    rows.dedup();
    rows.into_iter().filter_map(|row| RunId::from_index(row as usize)).collect()
}

/// The job of `run`, if the log buffered it.
pub(super) fn label_of(asof: AsOf<'_>, run: RunId) -> Option<LabelId> {
    asof.history.runs.label.get(run.index()).flatten()
}
