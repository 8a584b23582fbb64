//! What differs between two instances of one partition, as rows: both sides with the work that built
//! them, their inputs beside each other, and where upstream the difference began.
use crate::events::{Id, PartitionId, WantId};
use crate::facts::rows::{
    instance_page, instance_row, label_of, label_text, partition_of, run_page, run_row, want_row,
};
use crate::facts::{Row, Section, Value};
use crate::graph::{Build, Diff, Pair, Reason, build_of};
use crate::history::{AsOf, AttemptId, InstanceId};
use crate::route::Page;
use crate::scene::{Status, text::split_ref};
use crate::words;

/// All that the page tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DiffFacts {
    /// The partition: before its name, dim.
    pub lead: String,
    /// Its name.
    pub name: String,
    /// Its key.
    pub which: String,
    /// The answer in one sentence.
    pub said: String,
    /// The first instance, then the second.
    pub sides: Vec<DiffSide>,
    /// Rebuilt, added and gone inputs, those that there are.
    pub inputs: Vec<Section>,
    /// How many inputs both read.
    pub n_unchanged: u64,
    /// Where it began, nearest first.
    pub origins: Vec<OriginPath>,
    /// How many more origins there are.
    pub n_more: usize,
    /// Pairs of inputs that were not looked into.
    pub n_left: usize,
}

/// One of the two instances.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DiffSide {
    /// Before or after.
    pub title: &'static str,
    /// The instance, with the beginning of its uuid as value.
    pub row: Row,
    /// What built it and how long that took.
    pub rows: Vec<Row>,
    /// Attempts, and wants.
    pub sections: Vec<Section>,
}

/// One origin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OriginPath {
    /// Why nothing further upstream explains it.
    pub why: &'static str,
    /// From an input of the two instances up to it; their own pair where that is the origin.
    pub path: Vec<Row>,
}

/// The facts about `diff`; lists of at most `most` rows.
pub fn diff_facts(asof: AsOf<'_>, diff: &Diff, most: usize) -> DiffFacts {
    let Some(Pair { before, after }) = diff.asked() else { return DiffFacts::default() };
    let (lead, name, which) = split_ref(name_of(asof, after));
    let origins = diff.origins.iter().take(most).map(|&(row, reason)| {
        let path = diff.path(row);
        // The question itself is not told again on the way.
        let rest = if path.len() > 1 { path.get(1..).unwrap_or_default() } else { &path };
        let path = rest.iter().map(|&pair| pair_row(asof, pair)).collect();
        OriginPath { why: why_words(reason), path }
    });
    DiffFacts {
        lead: lead.to_owned(),
        name: name.to_owned(),
        which: which.to_owned(),
        said: said(asof, diff),
        sides: vec![side(asof, "Before", before, most), side(asof, "After", after, most)],
        inputs: inputs(asof, diff, most),
        n_unchanged: diff.inputs.n_unchanged as u64,
        origins: origins.collect(),
        n_more: diff.origins.len().saturating_sub(most),
        n_left: diff.n_left,
    }
}

/// Why nothing further upstream explains a pair, in words.
const fn why_words(reason: Reason) -> &'static str {
    match reason {
        Reason::Rebuilt => "was built again without a changed input",
        Reason::OtherInputs => "was built from other inputs, none of them rebuilt",
        Reason::BeforeLog => "was there before this log; from what is not told",
    }
}

fn said(asof: AsOf<'_>, diff: &Diff) -> String {
    let nearest = diff.nearest();
    let Some(&(row, reason)) = nearest.first() else {
        let is_same = diff.asked().is_some_and(|pair| pair.before == pair.after);
        let words = if is_same { "The same instance twice" } else { "No origin was found" };
        return words.to_owned();
    };
    let hop = diff.hop.get(row as usize).copied().unwrap_or_default();
    let why = why_words(reason);
    if hop == 0 {
        return match reason {
            Reason::BeforeLog => format!("One of them {why}"),
            _ => format!("It {why}"),
        };
    }
    let origin = diff.pairs.get(row as usize).map_or("", |pair| name_of(asof, pair.after));
    let reads = words::counted(hop.into(), "read", "reads");
    let more = match nearest.len() - 1 {
        0 => String::new(),
        n => format!(" and {} more as near", words::count(n as u64)),
    };
    format!("It began {reads} upstream with {origin}{more}, which {why}")
}

fn inputs(asof: AsOf<'_>, diff: &Diff, most: usize) -> Vec<Section> {
    let single = |&it: &InstanceId| instance_row(asof, it, Value::Id(short(asof, it)));
    let sections = [
        Section::list("Rebuilt", most, &diff.inputs.rebuilt, |&pair| pair_row(asof, pair)),
        Section::list("Added", most, &diff.inputs.added, single),
        Section::list("Gone", most, &diff.inputs.gone, single),
    ];
    sections.into_iter().filter(|section| !section.rows.is_empty() || section.n_more > 0).collect()
}

/// Two instances of one partition; leads to what differs between them.
fn pair_row(asof: AsOf<'_>, pair: Pair) -> Row {
    let Pair { before, after } = pair;
    let value = Value::Id(format!("{} → {}", short(asof, before), short(asof, after)));
    let page = Page::Diff {
        partition: name_of(asof, after).to_owned(),
        a: Some(asof.history.uuid_of(before)),
        b: Some(asof.history.uuid_of(after)),
    };
    Row { page: Some(page), ..instance_row(asof, after, value) }
}

fn side(asof: AsOf<'_>, title: &'static str, instance: InstanceId, most: usize) -> DiffSide {
    let build = build_of(asof, instance);
    let row = instance_row(asof, instance, Value::Id(short(asof, instance)));
    let want = |&want: &WantId| want_row(asof, want);
    let mut sections = Vec::new();
    if build.attempts.len() > 1 {
        sections.push(Section::list("Attempts", most, &build.attempts, |&attempt| {
            attempt_row(asof, attempt)
        }));
    }
    for (title, wants) in [("Built for", &build.built_for), ("Satisfied", &build.satisfied)] {
        if !wants.is_empty() {
            sections.push(Section::list(title, most, wants, want));
        }
    }
    let row = Row { page: Some(instance_page(asof, instance)), ..row };
    DiffSide { title, row, rows: rows(asof, instance, &build), sections }
}

fn rows(asof: AsOf<'_>, instance: InstanceId, build: &Build) -> Vec<Row> {
    let history = asof.history;
    let Some(run) = build.run else {
        return vec![Row::of("Built by", Value::Text("not told by this log".to_owned()))];
    };
    let name = history.names.runs.text(run).to_owned();
    let mut rows = vec![
        Row::of("Built by", Value::Link(name, run_page(asof, run))),
        Row::of("Job", Value::Text(label_text(asof, label_of(asof, run)))),
        Row::of("Attempts", Value::Count(build.attempts.len() as u64)),
        Row::of("Queued", Value::Duration(build.queued_nanos)),
        Row::of("Running", Value::Duration(build.running_nanos)),
    ];
    let live = history.instances.live.get(instance.index()).flatten();
    let live = live.filter(|&live| asof.had(live)).map(|live| history.log.nanos(live));
    rows.extend(live.map(|nanos| Row::of("Live since", Value::Time(nanos))));
    rows
}

fn attempt_row(asof: AsOf<'_>, attempt: AttemptId) -> Row {
    let Some(run) = asof.history.attempts.run.get(attempt.index()) else { return Row::default() };
    let status = asof.attempt_status(attempt).map_or(Status::UNKNOWN, Status::from);
    let value = Value::Text(status.text());
    Row { status: Some(status), note: String::new(), value, ..run_row(asof, run) }
}

/// The beginning of its uuid.
fn short(asof: AsOf<'_>, instance: InstanceId) -> String {
    asof.history.uuid_of(instance).chars().take(8).collect()
}

fn name_of(asof: AsOf<'_>, instance: InstanceId) -> &str {
    let text = |partition: PartitionId| asof.history.names.partitions.text(partition);
    partition_of(asof, instance).map_or("", text)
}
