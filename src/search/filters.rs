//! Whether the filters of a query hold of one thing, as of one moment.
use crate::events::{Id, LabelId, PartitionId, RunId, Seq};
use crate::history::{AsOf, InstanceId, PartitionStatus, RunStatus, WantStatus};
use crate::search::query::begins;
use crate::search::{Item, Kind, Query, Since};
use crate::words::has;

/// Whether an instance is out of date; none where nobody knows, and then none is.
pub type IsStale<'a> = Option<&'a dyn Fn(InstanceId) -> bool>;

/// Whether things of `kind` have everything that `query` filters by.
pub(super) fn apply_to(query: &Query, kind: Kind) -> bool {
    let has_all = match kind {
        Kind::Want | Kind::Partition => query.job.is_none(),
        Kind::Run => true,
        Kind::Job => query.status.is_none() && query.dataset.is_none() && query.stale.is_none(),
    };
    has_all && query.kind.is_none_or(|asked| asked == kind)
}

/// Whether `item` was there by then, and every filter of `query` holds of it.
pub(super) fn hold(asof: AsOf<'_>, query: &Query, is_stale: IsStale<'_>, item: Item) -> bool {
    let names = &asof.history.names;
    asof.had(seen(asof, item))
        && query.status.as_deref().is_none_or(|asked| has_status(asof, item, asked))
        && query.job.as_deref().is_none_or(|asked| match item {
            Item::Run(run) => {
                label_of(asof, run).is_some_and(|it| has(names.labels.text(it), asked))
            }
            Item::Job(label) => has(names.labels.text(label), asked),
            Item::Want(_) | Item::Partition(_) => false,
        })
        && query.dataset.as_deref().is_none_or(|asked| has_dataset(asof, item, asked))
        && query.since.is_none_or(|since| began_since(asof, item, since))
        && query.stale.is_none_or(|asked| any_stale(asof, item, is_stale) == asked)
}

/// The event with which it appears.
fn seen(asof: AsOf<'_>, item: Item) -> Option<Seq> {
    let history = asof.history;
    match item {
        Item::Want(want) => history.wants.first_seen.get(want.index()),
        Item::Partition(partition) => history.partitions.first_seen.get(partition.index()),
        Item::Run(run) => history.runs.first_seen.get(run.index()),
        Item::Job(label) => newest_run(asof, label),
    }
}

/// The first event of the job's newest run by then. Runs are in order of mention.
pub(super) fn newest_run(asof: AsOf<'_>, label: LabelId) -> Option<Seq> {
    let first_seen = &asof.history.runs.first_seen;
    let runs = asof.history.label_runs.row(label).iter().rev();
    runs.filter_map(|run| first_seen.get(run.index())).find(|&seq| asof.had(seq))
}

fn has_status(asof: AsOf<'_>, item: Item, asked: &str) -> bool {
    let word = match item {
        Item::Want(want) => asof.want_status(want).map(WantStatus::word),
        Item::Partition(partition) => asof.partition_status(partition).map(PartitionStatus::word),
        Item::Run(run) => asof.run_status(run).map(RunStatus::word),
        Item::Job(_) => None,
    };
    word.is_some_and(|word| begins(word, asked))
}

fn has_dataset(asof: AsOf<'_>, item: Item, asked: &str) -> bool {
    let is_of = |partition: PartitionId| {
        if asked.contains('*') {
            asof.history.datasets.pattern(partition) == asked
        } else {
            has(asof.history.names.partitions.text(partition), asked)
        }
    };
    match item {
        Item::Want(want) => asof.history.wants.requested.row(want).iter().any(is_of),
        Item::Partition(partition) => is_of(partition),
        Item::Run(run) => {
            let built = asof.history.runs.writes.row(run).iter();
            built.filter_map(|it| partition_of(asof, it)).any(is_of)
        }
        Item::Job(_) => false,
    }
}

fn began_since(asof: AsOf<'_>, item: Item, since: Since) -> bool {
    let log = &asof.history.log;
    let from = match since {
        Since::At(nanos) => nanos,
        Since::Ago(nanos) => asof.moment.at.map_or(0, |at| log.nanos(at)).saturating_sub(nanos),
    };
    let newest = |partition| asof.instances_of(partition).last();
    let began = match item {
        Item::Partition(partition) => {
            let created = &asof.history.instances.created;
            newest(partition).and_then(|it| created.get(it.index()))
        }
        Item::Want(_) | Item::Run(_) | Item::Job(_) => None,
    };
    began.or_else(|| seen(asof, item)).is_some_and(|seq| log.nanos(seq) >= from)
}

/// Of a partition its current instance, of a want those of what it asked for, of a run what it built.
fn any_stale(asof: AsOf<'_>, item: Item, is_stale: IsStale<'_>) -> bool {
    let Some(is_stale) = is_stale else { return false };
    let is_current_stale = |it: PartitionId| asof.current(it).is_some_and(is_stale);
    match item {
        Item::Want(want) => {
            let mut asked = asof.history.wants.requested.row(want).iter();
            asked.any(is_current_stale)
        }
        Item::Partition(partition) => is_current_stale(partition),
        Item::Run(run) => asof.builds_of(run).iter().any(is_stale),
        Item::Job(_) => false,
    }
}

fn partition_of(asof: AsOf<'_>, instance: InstanceId) -> Option<PartitionId> {
    asof.history.instances.partition.get(instance.index())
}

fn label_of(asof: AsOf<'_>, run: RunId) -> Option<LabelId> {
    asof.history.runs.label.get(run.index()).flatten()
}
