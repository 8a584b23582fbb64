//! A job run: for whom, what it read and how that is known, what it wrote, what it missed, and
//! its attempts before and after.
use crate::events::{Id, LabelId, PartitionId, RunId, Seq, TextId, WantId};
use crate::facts::attempts::{attempts_section, place_words};
use crate::facts::rows::{
    instance_row, label_of, label_text, nanos_between, ref_row, run_page, run_row, until_words,
    want_row,
};
use crate::facts::told::{also_words, read_words, run_rows, told_sections};
use crate::facts::{Empty, Facts, Row, Section, Value, vocabulary};
use crate::graph::runs_of_job;
use crate::history::{AsOf, AttemptId, InstanceId, Narrow, RunStatus};
use crate::order::Seen;
use crate::route::{Mode, Page};
use crate::scene::Status;

/// The facts about `run`.
pub(super) fn facts(asof: AsOf<'_>, run: RunId, most: usize) -> Facts {
    let status = asof.run_status(run);
    let is_open = status.is_some_and(RunStatus::is_under_way);
    let mut sections = Vec::new();
    if place_words(asof, run).is_some() {
        sections.push(attempts_section(asof, run, most));
    }
    sections.push(wants_section(asof, run, most));
    sections.extend(run_sections(asof, run, most));
    Facts {
        kind: "Job run".to_owned(),
        name: label_text(asof, label_of(asof, run)),
        which: asof.history.names.runs.text(run).to_owned(),
        status: status.map(Status::from),
        said: is_open.then(|| until_words(asof).to_owned()).into_iter().collect(),
        page: Some(run_page(asof, run)),
        questions: job_questions(asof, label_of(asof, run)),
        rows: rows(asof, run),
        sections,
        ..Facts::default()
    }
}

/// The facts about all runs of one job that built one partition.
pub(super) fn job_facts(asof: AsOf<'_>, newest: RunId, most: usize) -> Facts {
    let runs = runs_of_job(asof, newest);
    Facts {
        kind: "Job, all runs".to_owned(),
        name: label_text(asof, label_of(asof, newest)),
        which: format!("newest run {}", asof.history.names.runs.text(newest)),
        status: asof.run_status(newest).map(Status::from),
        page: Some(run_page(asof, newest)),
        questions: job_questions(asof, label_of(asof, newest)),
        sections: vec![Section::list("Runs", most, &runs, |&run| run_row(asof, run))],
        ..Facts::default()
    }
}

/// The page of the job, where the log tells which it is.
fn job_questions(asof: AsOf<'_>, label: Option<LabelId>) -> Vec<(&'static str, Page)> {
    let page = |label| Page::Job(label_text(asof, Some(label)));
    label.map(|label| ("All runs of this job", page(label))).into_iter().collect()
}

fn rows(asof: AsOf<'_>, run: RunId) -> Vec<Row> {
    let attempts = &asof.history.attempts;
    let mut rows = Vec::new();
    rows.extend(place_words(asof, run).map(|words| Row::of("Of this work", Value::Text(words))));
    let Some(last) = asof.attempts_of(run).last() else { return rows };
    let had = |column: &Narrow<Option<Seq>>| {
        column.get(last.index()).flatten().filter(|&seq| asof.had(seq))
    };
    let start = attempts.start.get(last.index());
    let (running, end) = (had(&attempts.running), had(&attempts.end));
    let heard = had(&attempts.last_heartbeat).filter(|_| end.is_none());
    let is_told = asof.history.openlineage.has_run(run);
    let began = if is_told { "First event" } else { "Buffered" };
    let times = [(began, start), ("Started", running), ("Last heartbeat", heard), ("Ended", end)];
    for (label, seq) in times {
        rows.extend(seq.map(|seq| Row::of(label, Value::Time(asof.history.log.nanos(seq)))));
    }
    rows.extend(run_rows(asof, run));
    let stretch = |label, from, to| Row::of(label, Value::Duration(nanos_between(asof, from, to)));
    if let (Some(from), Some(to)) = (start, running) {
        rows.push(stretch("Waited", from, to));
    }
    if let (Some(from), Some(to)) = (running, end) {
        rows.push(stretch("Ran", from, to));
    }
    rows.extend(reason_of(asof, last).map(|text| {
        Row::of("Reason", Value::Text(asof.history.names.texts.text(text).to_owned()))
    }));
    rows
}

/// The failure reason or cancel comment, once the attempt has ended.
pub(super) fn reason_of(asof: AsOf<'_>, attempt: AttemptId) -> Option<TextId> {
    let attempts = &asof.history.attempts;
    let ended = asof.had(attempts.end.get(attempt.index()).flatten());
    attempts.reason.get(attempt.index()).flatten().filter(|_| ended)
}

/// The wants that the run was scheduled for.
pub(super) fn wants_section(asof: AsOf<'_>, run: RunId, most: usize) -> Section {
    let wants = asof.wants_of(run);
    let wants = Section::list(&scheduled_words(asof), most, wants, |want| want_row(asof, want));
    wants.or(asof, Empty::ForNobody(run))
}

/// The heading of the wants of a run.
pub(super) fn scheduled_words(asof: AsOf<'_>) -> String {
    let words = vocabulary(asof.history);
    if words.has_misses { "Scheduled for".to_owned() } else { format!("For {}", words.wants) }
}

/// What the run read, wrote, missed and spawned; lists of at most `most` rows. The last two only
/// where there was anything.
pub fn run_sections(asof: AsOf<'_>, run: RunId, most: usize) -> Vec<Section> {
    let written = asof.run_status(run).map_or(Status::UNKNOWN, Status::from).wrote_words();
    let mut sections = vec![
        Section::list("Read", most, &reads(asof, run), |&(instance, ref how)| {
            instance_row(asof, instance, Value::Text(how.clone()))
        })
        .or(asof, Empty::ReadNothing(run)),
        Section::list(written, most, asof.builds_of(run), |instance| {
            let status = asof.instance_status(instance).map_or(Status::UNKNOWN, Status::from);
            let also = also_words(asof, run, instance);
            instance_row(asof, instance, Value::Text(status.text() + &also))
        })
        .or(asof, Empty::WroteNothing(run)),
    ];
    let missed = missed(asof, run);
    if !missed.is_empty() {
        sections.push(Section::list("Missed", most, &missed, |&partition| {
            let status = asof.partition_status(partition).map_or(Status::UNKNOWN, Status::from);
            let value = Value::Text(format!("now {}", status.text()));
            Row { value, ..ref_row(asof, partition, Mode::Instances) }
        }));
    }
    let spawned = spawned(asof, run);
    if !spawned.is_empty() || !missed.is_empty() {
        let made = Section::list("Derivative wants", most, &spawned, |&(by, want)| {
            let name = asof.history.names.runs.text(by);
            let note = if by == run { String::new() } else { format!("spawned by {name}") };
            Row { note, ..want_row(asof, want) }
        });
        sections.push(made.or(asof, Empty::NothingMade));
    }
    sections.extend(told_sections(asof, run, most));
    sections
}

/// What the run read, over its attempts, without repeats, with how each is known.
fn reads(asof: AsOf<'_>, run: RunId) -> Vec<(InstanceId, String)> {
    let history = asof.history;
    let mut seen = Seen::default();
    let mut reads = Vec::new();
    for attempt in asof.attempts_of(run) {
        let sets = history.attempts.reads.row(attempt).iter();
        for set in sets.filter(|&set| asof.knows(set)) {
            for (instance, how) in asof.read_items(set) {
                if seen.insert(instance.index()) {
                    reads.push((instance, read_words(asof, how, set)));
                }
            }
        }
    }
    reads
}

/// What the run's attempts found missing, without repeats.
fn missed(asof: AsOf<'_>, run: RunId) -> Vec<PartitionId> {
    let history = asof.history;
    let ended = |attempt: &AttemptId| asof.had(history.attempts.end.get(attempt.index()).flatten());
    let mut seen = Seen::default();
    let mut missed = Vec::new();
    for attempt in asof.attempts_of(run).iter().filter(ended) {
        for set in history.attempts.missing.row(attempt) {
            let partitions = history.missing.missing.row(set).iter();
            missed.extend(partitions.filter(|&partition| seen.insert(partition.index())));
        }
    }
    missed
}

/// The derivative wants that the run caused; where it caused none, those of the other runs of its
/// piece of work.
fn spawned(asof: AsOf<'_>, run: RunId) -> Vec<(RunId, WantId)> {
    let caused = |by: RunId| asof.caused_by(by).iter().map(move |want| (by, want));
    let own: Vec<_> = caused(run).collect();
    if own.is_empty() { asof.piece_of(run).into_iter().flat_map(caused).collect() } else { own }
}
