//! What a log in OpenLineage tells beside its history, as pages ask for it.
use crate::events::{Basis, EventKind, Id, PartitionId, RunId, Seq, Subject, TextId, WantId};
use crate::facts::rows::{label_of, label_text, partition_of, ref_row, run_page, run_row};
use crate::facts::{Row, Section, Value};
use crate::history::{AsOf, History, How, InstanceId, ReadSetId};
use crate::route::Mode;

pub use crate::scene::vocabulary;

/// What a reader knows a partition as: a table's name where the log gives one, else the ref.
pub fn friendly(history: &History, partition: PartitionId) -> &str {
    history.friendly(partition)
}

/// What a reader knows a want as: the job at its root where there is one, else its id.
pub fn title(history: &History, want: WantId) -> &str {
    history.title(want)
}

/// The parts of `run` that told of no data, in the order of their ids: to be folded under it.
pub fn other_parts(history: &History, run: RunId) -> Vec<RunId> {
    parts(history, run, true)
}

fn parts(history: &History, run: RunId, is_without_data: bool) -> Vec<RunId> {
    let told = &history.openlineage;
    let has_no_data = |part: RunId| told.is_without_data.get(part.index()) == Some(&true);
    let is_part =
        |&part: &RunId| told.parent_of(part) == Some(run) && has_no_data(part) == is_without_data;
    history.names.runs.ids().filter(is_part).collect()
}

/// The parts of `run` that told of no data, as a list to be folded; none where there are none.
pub fn other_runs(asof: AsOf<'_>, run: RunId, most: usize) -> Option<Section> {
    parts_section(asof, "Other runs", &other_parts(asof.history, run), most)
}

fn parts_section(asof: AsOf<'_>, title: &str, parts: &[RunId], most: usize) -> Option<Section> {
    let known = parts.iter().copied().filter(|&part| asof.run_status(part).is_some());
    let parts: Vec<RunId> = known.collect();
    (!parts.is_empty()).then(|| Section::list(title, most, &parts, |&part| job_row(asof, part)))
}

/// A row for a run under the name of its job.
pub(super) fn job_row(asof: AsOf<'_>, run: RunId) -> Row {
    let label = label_text(asof, label_of(asof, run));
    let row = run_row(asof, run);
    let whole = format!("{label} {}", row.label);
    Row { whole, label, ..row }
}

/// A row for a run among others of other jobs: where ids are made by machines, its job says more.
pub(super) fn work_row(asof: AsOf<'_>, run: RunId) -> Row {
    let is_told = asof.history.openlineage.has_run(run);
    if is_told { job_row(asof, run) } else { run_row(asof, run) }
}

/// What a run's lists say beside what it read and wrote: in which part it failed, what it told of
/// that a part of it wrote, and its parts.
pub(super) fn told_sections(asof: AsOf<'_>, run: RunId, most: usize) -> Vec<Section> {
    let told = &asof.history.openlineage;
    if !told.has_run(run) {
        return Vec::new();
    }
    let failed_in = told.failed_in.get(run.index()).copied().flatten();
    let failed_in: Vec<RunId> = failed_in.into_iter().collect();
    let all = told.also_partition.iter().zip(&told.also_told_by).zip(&told.also_made_by);
    let by_it = all.filter(|&((_, &by), _)| by == run);
    let also: Vec<_> = by_it.map(|((&partition, _), &made_by)| (partition, made_by)).collect();
    let also = (!also.is_empty()).then(|| {
        Section::list("Also reported, written by its parts", most, &also, |&(partition, by)| {
            let value = Value::Text(format!("by {}", label_text(asof, label_of(asof, by))));
            Row { value, ..ref_row(asof, partition, Mode::Instances) }
        })
    });
    let parts = parts(asof.history, run, false);
    let failed = parts_section(asof, "Failed in", &failed_in, most);
    let parts = parts_section(asof, "Parts", &parts, most);
    [failed, also, parts].into_iter().flatten().collect()
}

/// What is told of a run beside its times.
pub(super) fn run_rows(asof: AsOf<'_>, run: RunId) -> Vec<Row> {
    let told = &asof.history.openlineage;
    let is = |column: &[bool]| column.get(run.index()) == Some(&true);
    let mut rows = Vec::new();
    if is(&told.start_is_unrecorded) {
        rows.push(Row::of("Start", Value::Text("start not recorded".to_owned())));
    }
    if is(&told.is_streaming) {
        rows.push(Row::of("Streaming", Value::Text("has no end by nature".to_owned())));
    }
    rows.extend(told.parent_of(run).map(|parent| Row::of("Part of", job_link(asof, parent))));
    rows
}

/// What is told of a request: its run at the root.
pub(super) fn want_rows(asof: AsOf<'_>, want: WantId) -> Vec<Row> {
    let root = asof.history.openlineage.root_of(want);
    let value = root.map_or_else(
        || Value::Text("not recorded in this log".to_owned()),
        |root| job_link(asof, root),
    );
    vec![Row::of("Root run", value)]
}

fn job_link(asof: AsOf<'_>, run: RunId) -> Value {
    Value::Link(label_text(asof, label_of(asof, run)), run_page(asof, run))
}

/// Both parts of a dataset's key, and which part of it the partition is.
pub(super) fn dataset_rows(history: &History, partition: PartitionId) -> Vec<Row> {
    let told = &history.openlineage;
    let parts = [("Namespace", &told.namespace), ("Name", &told.name), ("Part", &told.part)];
    let text = |column: &[Option<TextId>]| {
        let text = column.get(partition.index()).copied().flatten()?;
        Some(history.names.texts.text(text).to_owned()).filter(|text| !text.is_empty())
    };
    let row =
        |(label, column): (&str, &Vec<_>)| text(column).map(|text| Row::of(label, Value::Id(text)));
    parts.into_iter().filter_map(row).collect()
}

/// A row for each run that told of the write of `partition` by `run`.
pub(super) fn also_reported(asof: AsOf<'_>, run: RunId, partition: PartitionId) -> Vec<Row> {
    let also = asof.history.openlineage.also_told(run, partition);
    also.map(|by| Row::of("Also reported by", job_link(asof, by))).collect()
}

/// The same as an end of a sentence; empty where there is none.
pub(super) fn also_words(asof: AsOf<'_>, run: RunId, instance: InstanceId) -> String {
    let Some(partition) = partition_of(asof, instance) else { return String::new() };
    let also = asof.history.openlineage.also_told(run, partition);
    let words =
        also.map(|by| format!(", also reported by {}", label_text(asof, label_of(asof, by))));
    words.collect()
}

/// How it is known which instance was read, and what says that it was read for that.
pub(super) fn read_words(asof: AsOf<'_>, how: How, set: ReadSetId) -> String {
    let reads = &asof.history.reads;
    let is_inferred = reads.inferred.get(set.index()) == Some(true);
    let how = match (how, is_inferred) {
        (_, true) => "inferred",
        (How::Exact, _) => "exact",
        (How::AtStart, _) => "live at start",
        (How::ByEnd, _) => "live by the end",
        (How::External, _) => "external",
    };
    let basis = match reads.basis.get(set.index()).unwrap_or_default() {
        Basis::Recorded => "",
        Basis::Lineage => " · by lineage",
        Basis::ColumnLineage => " · by column lineage",
        Basis::AllInputs => " · as all inputs",
        Basis::Renamed => " · by its new name",
    };
    format!("{how}{basis}")
}

/// What an event did to its run, in the words of its log.
pub fn event_name(history: &History, seq: Seq) -> &'static str {
    let kind = history.log.kind(seq);
    let is_told = match history.log.subject(seq) {
        Subject::Run(run) => history.openlineage.has_run(run),
        Subject::Want(want) => history.openlineage.has_want(want),
        Subject::Taint(_) => false,
    };
    if !is_told {
        return kind.name();
    }
    match kind {
        EventKind::JobRunSuccess => "succeeded",
        EventKind::JobRunFailure => "failed",
        EventKind::JobRunCancel => "canceled",
        EventKind::JobRunHeartbeat => "running",
        _ => "begun",
    }
}
