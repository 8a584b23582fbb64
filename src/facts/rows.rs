//! Rows and pages of things, and the time between events.
use crate::events::{Id, LabelId, PartitionId, RunId, Seq, WantId};
use crate::facts::{Row, Value};
use crate::history::{AsOf, InstanceId};
use crate::route::{Mode, Page};
use crate::scene::{Status, text::split_ref};

/// The want's page.
pub(super) fn want_page(asof: AsOf<'_>, want: WantId) -> Page {
    Page::Want(asof.history.names.wants.text(want).to_owned())
}

/// The run's page.
pub(super) fn run_page(asof: AsOf<'_>, run: RunId) -> Page {
    Page::JobRun(asof.history.names.runs.text(run).to_owned())
}

/// The instance's own lineage; for what was there before this log, that of its ref.
pub(super) fn instance_page(asof: AsOf<'_>, instance: InstanceId) -> Page {
    let history = asof.history;
    let reference = partition_of(asof, instance).map(|p| history.names.partitions.text(p));
    let reference = reference.unwrap_or_default();
    match history.instances.run.get(instance.index()) {
        Some(Some(_)) => Page::instance(reference, history.uuid_of(instance)),
        _ => Page::partition(reference),
    }
}

/// What the instance is a build of.
pub(super) fn partition_of(asof: AsOf<'_>, instance: InstanceId) -> Option<PartitionId> {
    asof.history.instances.partition.get(instance.index())
}

/// The name of a job, or that the log does not tell it.
pub(super) fn label_text(asof: AsOf<'_>, label: Option<LabelId>) -> String {
    label.map_or("(job not in this log)", |l| asof.history.names.labels.text(l)).to_owned()
}

/// A job as a link to its page, where the log tells its name.
pub(super) fn job_value(asof: AsOf<'_>, label: Option<LabelId>) -> Value {
    let text = label_text(asof, label);
    match label {
        Some(_) => Value::Link(text.clone(), Page::Job(text)),
        None => Value::Text(text),
    }
}

/// The job of a run, if the log buffered it.
pub(super) fn label_of(asof: AsOf<'_>, run: RunId) -> Option<LabelId> {
    asof.history.runs.label.get(run.index()).flatten()
}

/// A row for a want, with its status in words.
pub(super) fn want_row(asof: AsOf<'_>, want: WantId) -> Row {
    let status = asof.want_status(want).map_or(Status::UNKNOWN, Status::from);
    let (id, title) = (asof.history.names.wants.text(want), asof.history.title(want));
    let (note, whole) = if title == id {
        (String::new(), String::new())
    } else {
        (id.chars().take(8).collect(), format!("{title} {id}"))
    };
    Row {
        label: title.to_owned(),
        note,
        whole,
        page: Some(want_page(asof, want)),
        status: Some(status),
        value: Value::Text(status.text()),
        ..Row::default()
    }
}

/// A row for an instance, with its partition key as note.
pub(super) fn instance_row(asof: AsOf<'_>, instance: InstanceId, value: Value) -> Row {
    let row = partition_of(asof, instance).map(|partition| named_row(asof, partition));
    let status = asof.instance_status(instance).map(Status::from);
    let is_stale = asof.stale.is_some_and(|stale| stale.is_stale(instance));
    let status = status.map(|status| if is_stale { status.gone_stale() } else { status });
    let page = instance_page(asof, instance);
    Row { page: Some(page), status, value, ..row.unwrap_or_default() }
}

/// A row for a ref, with its partition key as note.
pub(super) fn ref_row(asof: AsOf<'_>, partition: PartitionId, mode: Mode) -> Row {
    let text = asof.history.names.partitions.text(partition);
    let status = asof.partition_status(partition).map(Status::from);
    let page = Page::Partition { partition: text.to_owned(), uuid: None, mode };
    Row { page: Some(page), status, ..named_row(asof, partition) }
}

/// A row for a run, with the time that it took as value.
pub(super) fn run_row(asof: AsOf<'_>, run: RunId) -> Row {
    let (history, attempts) = (asof.history, asof.attempts_of(run));
    let first = attempts.first().and_then(|a| history.attempts.start.get(a.index()));
    let end = attempts.last().and_then(|a| history.attempts.end.get(a.index())).flatten();
    let value = match (first, end.filter(|&end| asof.had(end))) {
        (Some(from), Some(to)) => Value::Duration(nanos_between(asof, from, to)),
        _ => Value::None,
    };
    let status = asof.run_status(run).map_or(Status::UNKNOWN, Status::from);
    Row {
        label: history.names.runs.text(run).to_owned(),
        page: Some(run_page(asof, run)),
        status: Some(status),
        note: status.text(),
        value,
        ..Row::default()
    }
}

/// The name of a partition under which a reader knows it.
fn named_row(asof: AsOf<'_>, partition: PartitionId) -> Row {
    let shown = asof.history.friendly(partition);
    let reference = asof.history.names.partitions.text(partition);
    let whole = if shown == reference { String::new() } else { format!("{shown} · {reference}") };
    let (lead, name, key) = split_ref(shown);
    let (lead, label, note) = (lead.to_owned(), name.to_owned(), key.to_owned());
    Row { lead, whole, label, note, ..Row::default() }
}

/// The time between two events; 0 where the clock ran backward.
pub(super) fn nanos_between(asof: AsOf<'_>, from: Seq, to: Seq) -> u64 {
    asof.history.log.nanos(to).saturating_sub(asof.history.log.nanos(from))
}

/// When what is not over yet is looked at.
pub(super) fn until_words(asof: AsOf<'_>) -> &'static str {
    if asof.is_end() { "when the log ends" } else { "at this moment" }
}
