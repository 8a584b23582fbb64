//! The attempts of a piece of work, in order, and where one run stands among them.
use crate::events::{Id, RunId};
use crate::facts::rows::{nanos_between, run_row};
use crate::facts::{Row, Section, Value};
use crate::history::{AsOf, AttemptId, RunStatus};
use crate::scene::Status;
use crate::words;

/// All attempts of the piece of work that `run` is part of: first by run, then by start.
pub(super) fn attempts_of_piece(asof: AsOf<'_>, run: RunId) -> Vec<AttemptId> {
    asof.piece_of(run).iter().flat_map(|&run| asof.attempts_of(run)).collect()
}

/// The attempts as a list, the first that did not succeed marked.
pub(super) fn attempts_section(asof: AsOf<'_>, run: RunId, most: usize) -> Section {
    let attempts = attempts_of_piece(asof, run);
    let first_bad = attempts.iter().copied().find(|&attempt| is_unsuccessful(asof, attempt));
    let is_shared = attempts.iter().any(|&attempt| run_of(asof, attempt) != Some(run));
    Section::list("Attempts", most, &attempts, |&attempt| {
        let Some(of) = run_of(asof, attempt) else { return Row::default() };
        let status = asof.attempt_status(attempt).map_or(Status::UNKNOWN, Status::from);
        let mut note = status.text();
        if Some(attempt) == first_bad {
            note.push_str(", first unsuccessful");
        }
        if of == run && is_shared {
            note.push_str(", this run");
        }
        let value = duration_of(asof, attempt).map_or(Value::None, Value::Duration);
        Row { status: Some(status), note, value, ..run_row(asof, of) }
    })
}

/// `attempt 2 of 3`, `attempts 2 to 4 of 5`; none where there was but one.
pub(super) fn place_words(asof: AsOf<'_>, run: RunId) -> Option<String> {
    let attempts = attempts_of_piece(asof, run);
    let is_own = |&attempt: &AttemptId| run_of(asof, attempt) == Some(run);
    let first = attempts.iter().position(is_own)? as u64 + 1;
    let last = attempts.iter().rposition(is_own)? as u64 + 1;
    let n = attempts.len() as u64;
    let (first, last, all) = (words::count(first), words::count(last), words::count(n));
    let own = if first == last {
        format!("attempt {first}")
    } else {
        format!("attempts {first} to {last}")
    };
    (n > 1).then(|| format!("{own} of {all}"))
}

/// From the attempt's first event to its end; none while it is not over.
fn duration_of(asof: AsOf<'_>, attempt: AttemptId) -> Option<u64> {
    let attempts = &asof.history.attempts;
    let start = attempts.start.get(attempt.index())?;
    let end = attempts.end.get(attempt.index()).flatten().filter(|&e| asof.had(e))?;
    Some(nanos_between(asof, start, end))
}

pub(super) fn run_of(asof: AsOf<'_>, attempt: AttemptId) -> Option<RunId> {
    asof.history.attempts.run.get(attempt.index())
}

fn is_unsuccessful(asof: AsOf<'_>, attempt: AttemptId) -> bool {
    let status = asof.attempt_status(attempt);
    matches!(status, Some(RunStatus::Failed | RunStatus::DepMiss | RunStatus::Canceled))
}
