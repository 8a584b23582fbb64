//! What a node's mark says of it: its kind and its id.
use crate::events::{Id, LabelId, PartitionId, RunId};
use crate::graph::{Group, Key};
use crate::history::{AsOf, PartitionStatus};
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
        Key::Run(run) => names.runs.text(run).to_owned(),
        Key::Partition(partition) => names.partitions.text(partition).to_owned(),
        Key::Instance(instance) => asof.history.uuid_of(instance),
        Key::Job(label, partition) => newest_run_of_job(asof, label, partition)
            .map(|run| names.runs.text(run).to_owned())
            .unwrap_or_default(),
        Key::Group(row) => groups.get(row as usize).map(|g| g.id.clone()).unwrap_or_default(),
    }
}

/// The runs of job `label` that began to build `partition`, in order.
pub(super) fn runs_of_job<'a>(
    asof: AsOf<'a>,
    label: Option<LabelId>,
    partition: PartitionId,
) -> impl Iterator<Item = RunId> + 'a {
    asof.instances_of(partition).filter_map(move |instance| {
        let run = asof.history.instances.run.get(instance.index()).copied().flatten()?;
        (label_of(asof, run) == label).then_some(run)
    })
}

/// The newest of those runs.
pub fn newest_run_of_job(
    asof: AsOf<'_>,
    label: Option<LabelId>,
    partition: PartitionId,
) -> Option<RunId> {
    runs_of_job(asof, label, partition).last()
}

/// The job of `run`, if the log buffered it.
pub(super) fn label_of(asof: AsOf<'_>, run: RunId) -> Option<LabelId> {
    asof.history.runs.label.get(run.index()).copied().flatten()
}
