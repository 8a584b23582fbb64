//! Why a want is not done, as rows: each says what its thing waits for, and the next row is that.
use crate::events::{Id, PartitionId, RunId, Seq, WantId};
use crate::facts::rows::{ref_row, want_row};
use crate::facts::run::reason_of;
use crate::facts::told::work_row;
use crate::facts::{Row, Section, Value};
use crate::graph::{Key, Link, Why, blocked};
use crate::history::{AsOf, Narrow};
use crate::route::Mode;
use crate::scene::Status;
use crate::words;

/// The chain from `want` down; none where it is done.
pub fn because_rows(asof: AsOf<'_>, want: WantId, most: usize) -> Option<Section> {
    let chain = blocked(asof, want);
    let rows = chain.iter().take(most).map(|&link| link_row(asof, link)).collect();
    let n_more = chain.len().saturating_sub(most);
    let title = "Why it is not done".to_owned();
    (!chain.is_empty()).then_some(Section { title, rows, n_more, why: None })
}

/// One link as a row: its thing, and what that waits for as note.
pub fn link_row(asof: AsOf<'_>, link: Link) -> Row {
    let row = match link.key {
        Key::Want(want) => Row { value: Value::None, ..want_row(asof, want) },
        Key::Run(run) => Row { value: since(asof, run), ..work_row(asof, run) },
        Key::Partition(partition) => ref_row(asof, partition, Mode::Instances),
        _ => Row::default(),
    };
    let note = match link.key {
        Key::Partition(_) if !row.note.is_empty() => {
            format!("{}, {}", row.note, words_of(asof, link))
        }
        _ => words_of(asof, link),
    };
    Row { note, ..row }
}

/// What the link says, in words.
fn words_of(asof: AsOf<'_>, link: Link) -> String {
    let names = &asof.history.names;
    let more = |n: usize| match n {
        0 => String::new(),
        n => format!(" and {} more", words::count(n as u64)),
    };
    match link.why {
        Why::WaitsFor(partition, n) => {
            format!("waits for {}{}", names.partitions.text(partition), more(n))
        }
        Why::Missed(want, n) => {
            format!("{}; waits for {}{}", missed(asof, link.key), names.wants.text(want), more(n))
        }
        Why::UpstreamFailed(want, n) => {
            let status = asof.want_status(want).map_or(Status::UNKNOWN, Status::from).text();
            let (missed, want) = (missed(asof, link.key), names.wants.text(want));
            format!("{missed}; for that {want} is {status}{}", more(n))
        }
        Why::Queued => "queued since".to_owned(),
        Why::Running => "running since".to_owned(),
        Why::Failed => match reason(asof, link.key) {
            Some(reason) => format!("failed: {}", one_line(reason)),
            None => "failed, and no other run was planned".to_owned(),
        },
        Why::Canceled => "was canceled".to_owned(),
        Why::UpForRetry => {
            format!(
                "{}; no want for that is open, and no new run was planned",
                missed(asof, link.key)
            )
        }
        Why::NotStarted => "nothing has tried to build it".to_owned(),
        Why::NotCreated => "not created in this log by this moment".to_owned(),
        Why::AsksNothing => "nothing that it asks for is told by this moment".to_owned(),
        Why::Circle => "stands above: they wait for each other".to_owned(),
    }
}

/// What the newest attempt of the run missed.
fn missed(asof: AsOf<'_>, key: Key) -> String {
    let Key::Run(run) = key else { return String::new() };
    let history = asof.history;
    let last = asof.attempts_of(run).last();
    let sets = last.map(|attempt| history.attempts.missing.row(attempt));
    let mut missed: Vec<PartitionId> = Vec::new();
    for set in sets.into_iter().flatten() {
        for partition in history.missing.missing.row(set) {
            if missed.last() != Some(&partition) {
                missed.push(partition);
            }
        }
    }
    match missed.first() {
        None => "missed inputs".to_owned(),
        Some(&first) => {
            let n = match missed.len() - 1 {
                0 => String::new(),
                n => format!(" and {} more", words::count(n as u64)),
            };
            format!("missed {}{n}", history.names.partitions.text(first))
        }
    }
}

fn reason(asof: AsOf<'_>, key: Key) -> Option<&str> {
    let Key::Run(run) = key else { return None };
    let text = reason_of(asof, asof.attempts_of(run).last()?)?;
    Some(asof.history.names.texts.text(text))
}

/// A reason of several lines on one.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// When the run came to be what it is: it ended, or its newest attempt started to run or was planned.
fn since(asof: AsOf<'_>, run: RunId) -> Value {
    let attempts = &asof.history.attempts;
    let Some(last) = asof.attempts_of(run).last() else { return Value::None };
    let had = |column: &Narrow<Option<Seq>>| {
        column.get(last.index()).flatten().filter(|&seq| asof.had(seq))
    };
    let seq = had(&attempts.end).or_else(|| had(&attempts.running));
    let seq = seq.or_else(|| attempts.start.get(last.index()));
    seq.map_or(Value::None, |seq| Value::Time(asof.history.log.nanos(seq)))
}
