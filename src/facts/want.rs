//! A want: who asked for what, what came of it, and the chain of waits that set its end.
use crate::events::{Id, RunId, Seq, WantId};
use crate::facts::rows::{instance_page, nanos_between, ref_row, run_page, want_page, want_row};
use crate::facts::told::{want_rows, work_row};
use crate::facts::{Empty, Facts, Row, Section, Value, vocabulary};
use crate::graph::{CriticalStep, Key, closed, critical_path, work_counts};
use crate::history::{AsOf, Verdict, WantStatus};
use crate::route::Mode;
use crate::scene::{Status, Tone};
use crate::summary::{Lateness, lateness};
use crate::words::{self, Vocabulary};

const NANOS: u64 = 1_000_000_000;

/// The facts about `want`.
pub(super) fn facts(asof: AsOf<'_>, want: WantId, most: usize) -> Facts {
    let (id, title) = (asof.history.names.wants.text(want), asof.history.title(want));
    let words = vocabulary(asof.history);
    let cause = asof.history.wants.cause.get(want.index()).flatten();
    Facts {
        kind: match cause {
            Some(_) => format!("Derivative {}", words.want),
            None => Vocabulary::heading(words.want),
        },
        name: title.to_owned(),
        which: if title == id { String::new() } else { id.to_owned() },
        status: asof.want_status(want).map(Status::from),
        said: said(asof, want),
        page: Some(want_page(asof, want)),
        rows: rows(asof, want),
        sections: sections(asof, want, most),
        ..Facts::default()
    }
}

/// How long it took or has been open, and that against its SLA.
fn said(asof: AsOf<'_>, want: WantId) -> Vec<String> {
    let Some(created) = created(asof, want) else {
        let ever = asof.history.wants.created.get(want.index()).flatten();
        let made = if asof.history.openlineage.has_want(want) { "begun" } else { "created" };
        let when = if ever.is_some() { "yet" } else { "in this log" };
        return vec![format!("not {made} {when}")];
    };
    let Some(end) = end_of(asof, want) else { return Vec::new() };
    let took = words::duration(nanos_between(asof, created, end));
    let is_over =
        matches!(asof.want_status(want), Some(WantStatus::Successful | WantStatus::Canceled));
    let took = match closed(asof, want) {
        _ if is_over => format!("in {took}"),
        Some(_) => format!("after {took}"),
        None => format!("open for {took}"),
    };
    let sla = lateness(asof, want).map(|lateness| match lateness {
        Lateness::InTime => "within SLA".to_owned(),
        Lateness::DoneLateBy(nanos) => format!("SLA missed by {}", words::duration(nanos)),
        Lateness::LateBy(nanos) => format!("late by {}", words::duration(nanos)),
        Lateness::Left(nanos) => format!("SLA in {}", words::duration(nanos)),
    });
    [Some(took), sla].into_iter().flatten().collect()
}

fn created(asof: AsOf<'_>, want: WantId) -> Option<Seq> {
    let created = asof.history.wants.created.get(want.index()).flatten();
    created.filter(|&seq| asof.had(seq))
}

/// When it was done or canceled or its root failed, else the moment itself.
fn end_of(asof: AsOf<'_>, want: WantId) -> Option<Seq> {
    closed(asof, want).or(asof.moment.at)
}

fn rows(asof: AsOf<'_>, want: WantId) -> Vec<Row> {
    let (history, i) = (asof.history, want.index());
    let wants = &history.wants;
    let is_root = history.openlineage.has_want(want);
    let mut rows = if is_root {
        want_rows(asof, want)
    } else {
        vec![Row::of("Asked by", asked_by(asof, want))]
    };
    let began = if is_root { "Began" } else { "Created" };
    let times = [(began, &wants.created), ("Done", &wants.done), ("Canceled", &wants.canceled)];
    for (label, column) in times {
        let seq = column.get(i).flatten().filter(|&seq| asof.had(seq));
        rows.extend(seq.map(|seq| Row::of(label, Value::Time(history.log.nanos(seq)))));
    }
    let about = wants.data_time_secs.get(i).flatten();
    let data_time = Vocabulary::heading(vocabulary(history).data_time);
    rows.extend(about.map(|secs| Row::of(&data_time, Value::Time(secs.saturating_mul(NANOS)))));
    for (label, word, column) in
        [("Due", "SLA", &wants.sla_secs), ("Expires", "TTL", &wants.ttl_secs)]
    {
        let secs = column.get(i).flatten().filter(|&secs| secs > 0);
        rows.extend(secs.map(|secs| limit_row(label, word, about, secs)));
    }
    if let Some(comment) = wants.comment.get(i).flatten() {
        rows.push(Row::of("Comment", Value::Text(history.names.texts.text(comment).to_owned())));
    }
    rows
}

/// A limit that counts from the moment that the data is about, where that is known.
fn limit_row(label: &str, word: &str, about_secs: Option<u64>, secs: u64) -> Row {
    let nanos = secs.saturating_mul(NANOS);
    let Some(about) = about_secs else { return Row::of(word, Value::Duration(nanos)) };
    let value = Value::Time(about.saturating_add(secs).saturating_mul(NANOS));
    Row { note: format!("{word} {}", words::duration(nanos)), ..Row::of(label, value) }
}

fn asked_by(asof: AsOf<'_>, want: WantId) -> Value {
    let (history, i) = (asof.history, want.index());
    if let Some(run) = history.wants.cause.get(i).flatten() {
        let text = format!("the miss of {}", history.names.runs.text(run));
        return Value::Link(text, run_page(asof, run));
    }
    match history.wants.asked_by.get(i).flatten() {
        Some(user) => Value::Text(format!("{}, by hand", history.names.texts.text(user))),
        None => Value::Text("not recorded".to_owned()),
    }
}

fn sections(asof: AsOf<'_>, want: WantId, most: usize) -> Vec<Section> {
    let places: Vec<usize> = (0..asof.history.wants.requested.row(want).len()).collect();
    let words = vocabulary(asof.history);
    let title = Vocabulary::heading(words.requested);
    let requested = Section::list(&title, most, &places, |&k| requested_row(asof, want, k));
    let requested = requested.or(asof, Empty::AsksNothing(want));
    let mut sections = vec![requested, work_section(asof, want)];
    sections.extend(critical_section(asof, want, most));
    let derivatives = asof.derivatives(want);
    if !derivatives.is_empty() {
        let row = |&other: &WantId| want_row(asof, other);
        sections.push(Section::list("Derivative wants", most, &derivatives, row));
    }
    let runs = asof.runs_of(want);
    if !runs.is_empty() {
        let row = |run: RunId| work_row(asof, run);
        let title = if words.has_misses { "Runs scheduled for it" } else { "Runs of it" };
        sections.push(Section::list(title, most, runs, row));
    }
    sections
}

/// A requested partition, with its verdict.
fn requested_row(asof: AsOf<'_>, want: WantId, k: usize) -> Row {
    let wants = &asof.history.wants;
    let Some(partition) = wants.requested.row(want).get(k) else { return Row::default() };
    let at = wants.requested.range(want).start + k;
    let is_satisfied = asof.had(wants.satisfied_at.get(at).flatten());
    let by = wants.satisfied_by.get(at).flatten().filter(|_| is_satisfied);
    let row = ref_row(asof, partition, Mode::Instances);
    let verdict = asof.verdict(want, k);
    let status = match &verdict {
        Some(verdict) if is_met(verdict) => Some(Status { tone: Tone::Good, word: "satisfied" }),
        _ => row.status,
    };
    let words = verdict.map(|verdict| verdict.words(asof.history)).unwrap_or_default();
    let page = by.map(|instance| instance_page(asof, instance)).or_else(|| row.page.clone());
    Row { page, status, value: Value::Text(words), ..row }
}

fn is_met(verdict: &Verdict) -> bool {
    let built = matches!(verdict, Verdict::BuiltBy(_) | Verdict::BuiltForAnother(..));
    built || matches!(verdict, Verdict::AlreadyExisted(_))
}

fn work_section(asof: AsOf<'_>, want: WantId) -> Section {
    let counts = work_counts(asof, want);
    let words = vocabulary(asof.history);
    let built = format!("{} built", Vocabulary::heading(words.partitions));
    let misses =
        [("Derivative wants", counts.derivative_wants), ("Dependency misses", counts.misses)];
    let misses = misses.into_iter().filter(|_| words.has_misses);
    let before =
        [("Job runs", counts.runs), ("Attempts", counts.attempts), (&*built, counts.built)];
    let all = before.into_iter().chain(misses).chain([("Failures", counts.failures)]);
    let rows = all.map(|(label, n)| Row::of(label, Value::Count(n as u64))).collect();
    Section { title: "Work done".to_owned(), rows, ..Section::default() }
}

fn critical_section(asof: AsOf<'_>, want: WantId, most: usize) -> Option<Section> {
    let path = critical_path(asof, want)?;
    let row = |step: &CriticalStep| {
        let value = Value::Duration(nanos_between(asof, step.from, step.to));
        match step.key {
            Key::Run(run) => Row { value, ..work_row(asof, run) },
            Key::Want(other) => {
                Row { value, note: "derivative want".to_owned(), ..want_row(asof, other) }
            }
            _ => Row::default(),
        }
    };
    let mut section = Section::list("Critical path", most, &path.steps, row);
    let wants = &asof.history.wants;
    let created = wants.created.get(want.index()).flatten()?;
    let done = wants.done.get(want.index()).flatten()?;
    let built = path.steps.iter().filter(|s| matches!(s.key, Key::Run(_)));
    let at_work = built.map(|s| nanos_between(asof, s.from, s.to)).sum();
    let whole = nanos_between(asof, created, done);
    let words = format!("{} of {}", words::duration(at_work), words::duration(whole));
    section.rows.push(Row::of("in runs", Value::Text(words)));
    Some(section)
}
