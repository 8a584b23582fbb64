//! One instance of a partition: who built it, from what, for whom, and which version it is.
use crate::events::{Id, PartitionId, Removal, Seq, Subject, TaintId};
use crate::facts::rows::{
    instance_page, instance_row, job_value, label_of, label_text, partition_of, run_page, want_row,
};
use crate::facts::told::{also_reported, dataset_rows, read_words};
use crate::facts::{Empty, Facts, Row, Section, Value, vocabulary};
use crate::history::{
    AsOf, How, InstanceId, InstanceStatus, Narrow, Part, PartitionStatus, ReadSetId,
};
use crate::order::Seen;
use crate::route::Page;
use crate::scene::{Status, Tone, text::split_ref};
use crate::words::Vocabulary;

/// The facts about `instance`.
pub(super) fn facts(asof: AsOf<'_>, instance: InstanceId, most: usize) -> Facts {
    let Some(partition) = partition_of(asof, instance) else { return Facts::default() };
    let (lead, name, key) = split_ref(asof.history.friendly(partition));
    let words = vocabulary(asof.history);
    let status = asof.instance_status(instance);
    let external = status == Some(InstanceStatus::External);
    Facts {
        kind: match external {
            true => format!("External {}", words.partition),
            false if words.has_parts => format!("{} version", Vocabulary::heading(words.partition)),
            false => "Partition instance".to_owned(),
        },
        lead: lead.to_owned(),
        name: name.to_owned(),
        which: key.to_owned(),
        status: status.map(Status::from),
        marks: marks(asof, instance, external),
        page: Some(instance_page(asof, instance)),
        questions: questions(asof, instance, partition),
        rows: rows(asof, instance, external),
        sections: sections(asof, instance, partition, most),
        ..Facts::default()
    }
}

/// What uses it, and what it has that the version before had not.
fn questions(
    asof: AsOf<'_>,
    instance: InstanceId,
    partition: PartitionId,
) -> Vec<(&'static str, Page)> {
    let history = asof.history;
    let name = history.names.partitions.text(partition).to_owned();
    let is_built = history.instances.run.get(instance.index()).flatten().is_some();
    let uuid = is_built.then(|| history.uuid_of(instance));
    let versions = asof.versions_of(partition);
    let at = versions.iter().position(|version| version == instance);
    let before = at.and_then(|at| at.checked_sub(1)).and_then(|at| versions.get(at));
    let compare = before.map(|before| {
        let (a, b) = (Some(history.uuid_of(before)), uuid.clone());
        ("Compare with the version before", Page::Diff { partition: name.clone(), a, b })
    });
    let impact = ("What uses it", Page::Impact { partition: name.clone(), uuid });
    std::iter::once(impact).chain(compare).collect()
}

fn marks(asof: AsOf<'_>, instance: InstanceId, external: bool) -> Vec<String> {
    let mut marks = Vec::new();
    if external {
        marks.push("was there before this log".to_owned());
    } else {
        marks.extend(standing_word(asof, instance).map(str::to_owned));
    }
    let partition = partition_of(asof, instance);
    if partition.is_some_and(|p| asof.is_current(instance) && asof.is_rebuilding(p)) {
        marks.push("rebuilding".to_owned());
    }
    marks
}

fn rows(asof: AsOf<'_>, instance: InstanceId, external: bool) -> Vec<Row> {
    let (history, i) = (asof.history, instance.index());
    let instances = &history.instances;
    let time = |seq| history.log.nanos(seq);
    let mut rows = Vec::new();
    if !external {
        rows.push(Row::of("Instance", Value::Id(history.uuid_of(instance))));
    }
    if let Some(run) = instances.run.get(i).flatten() {
        let name = history.names.runs.text(run).to_owned();
        rows.push(Row::of("Built by", Value::Link(name, run_page(asof, run))));
        rows.push(Row::of("Job", job_value(asof, label_of(asof, run))));
    }
    for (label, column) in [("Live since", &instances.live), ("Superseded", &instances.superseded)]
    {
        let seq = column.get(i).flatten().filter(|&seq| asof.had(seq));
        rows.extend(seq.map(|seq| Row::of(label, Value::Time(time(seq)))));
    }
    rows.extend(removal_rows(asof, instance));
    if let (Some(run), Some(partition)) =
        (instances.run.get(i).flatten(), partition_of(asof, instance))
    {
        rows.extend(also_reported(asof, run, partition));
    }
    let partition = partition_of(asof, instance);
    rows.extend(partition.into_iter().flat_map(|it| dataset_rows(history, it)));
    rows.extend(standing_taints(asof, instance).map(|taint| taint_row(asof, taint)));
    rows
}

/// When it was dropped, emptied or renamed, and by which run.
fn removal_rows(asof: AsOf<'_>, instance: InstanceId) -> Vec<Row> {
    let Some((how, seq)) = asof.removal(instance) else { return Vec::new() };
    let label = match how {
        Removal::Dropped => "Dropped",
        Removal::Truncated => "Truncated",
        Removal::Renamed => "Renamed",
    };
    let mut rows = vec![Row::of(label, Value::Time(asof.history.log.nanos(seq)))];
    if let Subject::Run(run) = asof.history.log.subject(seq) {
        let name = label_text(asof, label_of(asof, run));
        rows.push(Row::of(&format!("{label} by"), Value::Link(name, run_page(asof, run))));
    }
    rows
}

fn standing_taints(asof: AsOf<'_>, id: InstanceId) -> impl Iterator<Item = TaintId> + '_ {
    let taints = &asof.history.taints;
    let stands = move |taint: &TaintId| {
        let at = |column: &Narrow<Option<Seq>>| asof.had(column.get(taint.index()).flatten());
        at(&taints.created) && !at(&taints.canceled)
    };
    asof.history.instances.taints.row(id).iter().filter(stands)
}

fn taint_row(asof: AsOf<'_>, taint: TaintId) -> Row {
    let names = &asof.history.names;
    let by = asof.history.taints.by.get(taint.index()).flatten();
    let by = by.map(|by| format!(" by {}", names.texts.text(by))).unwrap_or_default();
    let why = asof.history.taints.comment.get(taint.index()).flatten();
    let why = why.map(|why| format!(": {}", names.texts.text(why))).unwrap_or_default();
    Row::of("Tainted", Value::Text(format!("{}{by}{why}", names.taints.text(taint))))
}

fn sections(
    asof: AsOf<'_>,
    instance: InstanceId,
    partition: PartitionId,
    most: usize,
) -> Vec<Section> {
    let mut sections = Vec::new();
    let versions = asof.versions_of(partition);
    if !versions.is_empty() {
        sections.push(versions_section(asof, versions, instance, most));
    }
    if let Some(run) = asof.history.instances.run.get(instance.index()).flatten() {
        let wants = asof.wants_of(run);
        if !wants.is_empty() {
            let title = format!("For {}", vocabulary(asof.history).wants);
            sections.push(Section::list(&title, most, wants, |want| want_row(asof, want)));
        }
        let built_from = Section::list("Built from", most, &reads(asof, instance), |read| {
            let &(read, how, set) = read;
            instance_row(asof, read, Value::Text(read_words(asof, how, set)))
        });
        sections.push(built_from.or(asof, Empty::ReadNothing(run)));
    }
    let read_to_build = Section::list("Read to build", most, &readers(asof, instance), |&made| {
        let status = asof.instance_status(made).map_or(Status::UNKNOWN, Status::from);
        instance_row(asof, made, Value::Text(status.text()))
    });
    sections.push(read_to_build.or(asof, Empty::NotRead(instance)));
    sections
}

/// Newest first, the shown one marked.
fn versions_section(
    asof: AsOf<'_>,
    versions: Part<'_, InstanceId>,
    shown: InstanceId,
    most: usize,
) -> Section {
    let newest_first: Vec<InstanceId> = versions.iter().rev().collect();
    let row = |&version: &InstanceId| {
        let live = asof.history.instances.live.get(version.index()).flatten();
        let short: String = asof.history.uuid_of(version).chars().take(8).collect();
        let status = asof.instance_status(version).map(Status::from);
        let state = standing_word(asof, version).unwrap_or_default();
        let bad = status.filter(|status| status.tone != Tone::Good);
        let bad = bad.map(|status| format!("{}, ", status.text())).unwrap_or_default();
        let here = if version == shown { ", shown" } else { "" };
        Row {
            label: short,
            page: Some(instance_page(asof, version)),
            status,
            note: format!("{bad}{state}{here}"),
            value: live.map_or(Value::None, |seq| Value::Time(asof.history.log.nanos(seq))),
            ..Row::default()
        }
    };
    Section::list("Versions", most, &newest_first, row)
}

/// Which of several versions it is now; none for what never went live.
pub(super) fn standing_word(asof: AsOf<'_>, version: InstanceId) -> Option<&'static str> {
    if asof.is_current(version) {
        return Some("current");
    }
    if asof.is_superseded(version) {
        return Some("superseded");
    }
    asof.removal(version).map(|(how, _)| PartitionStatus::of_removal(how).word())
}

/// What it was built from, without repeats, with how each is known.
fn reads(asof: AsOf<'_>, instance: InstanceId) -> Vec<(InstanceId, How, ReadSetId)> {
    let mut seen = Seen::default();
    let mut reads = Vec::new();
    for set in asof.built_from(instance) {
        for (read, how) in asof.read_items(set) {
            if seen.insert(read.index()) {
                reads.push((read, how, set));
            }
        }
    }
    reads
}

fn readers(asof: AsOf<'_>, instance: InstanceId) -> Vec<InstanceId> {
    let mut seen = Seen::default();
    let sets = asof.read_by(instance);
    let made = sets.flat_map(|set| asof.history.reads.impacted.row(set).iter());
    made.filter(|&made| seen.insert(made.index())).collect()
}
