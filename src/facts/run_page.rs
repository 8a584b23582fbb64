//! The head of a job run's page, and why its attempts ended badly.
use crate::events::RunId;
use crate::facts::attempts::{attempts_of_piece, attempts_section, place_words, run_of};
use crate::facts::members::member;
use crate::facts::rows::{label_of, label_text, run_row};
use crate::facts::run::{reason_of, scheduled_words};
use crate::facts::{Empty, Row, Section, Timeline, timeline};
use crate::graph::Key;
use crate::history::AsOf;
use crate::scene::Status;

pub use crate::facts::run::run_sections;

/// What stands above the picture of a run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunHead {
    /// Its job.
    pub label: String,
    /// Its id.
    pub id: String,
    /// `attempt 2 of 3`, where there were several.
    pub place: Option<String>,
    /// The run that was tried before it.
    pub previous: Option<Row>,
    /// The run that was tried after it.
    pub next: Option<Row>,
    /// All attempts of the same work, where there were several.
    pub attempts: Option<Section>,
    /// The wants that it was scheduled for, with what they ask for as note.
    pub wants: Section,
    /// Its status history.
    pub timeline: Timeline,
}

/// One attempt that said why it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Which attempt of the run, from 1; none where it is the only one.
    pub attempt: Option<u32>,
    /// How it ended.
    pub status: Status,
    /// What it said, whole.
    pub text: String,
}

/// The head of `run`; lists of at most `most` rows.
pub fn run_head(asof: AsOf<'_>, run: RunId, most: usize) -> RunHead {
    let place = place_words(asof, run);
    let (previous, next) = neighbors(asof, run);
    let wants = asof.wants_of(run);
    RunHead {
        label: label_text(asof, label_of(asof, run)),
        id: asof.history.names.runs.text(run).to_owned(),
        attempts: place.is_some().then(|| attempts_section(asof, run, most)),
        place,
        previous: previous.map(|run| run_row(asof, run)),
        next: next.map(|run| run_row(asof, run)),
        wants: Section::list(&scheduled_words(asof), most, wants, |w| {
            member(asof, Key::Want(w)).row
        })
        .or(asof, Empty::ForNobody(run)),
        timeline: timeline(asof, run),
    }
}

/// The runs of the attempts before the first and after the last of `run`.
fn neighbors(asof: AsOf<'_>, run: RunId) -> (Option<RunId>, Option<RunId>) {
    let attempts = attempts_of_piece(asof, run);
    let runs: Vec<RunId> = attempts.iter().filter_map(|&row| run_of(asof, row)).collect();
    let first = runs.iter().position(|&other| other == run);
    let last = runs.iter().rposition(|&other| other == run);
    let before = first.and_then(|at| runs.get(at.checked_sub(1)?)).copied();
    (before, last.and_then(|at| runs.get(at + 1)).copied())
}

/// Why the attempts of `run` ended, as far as they said so.
pub fn reasons(asof: AsOf<'_>, run: RunId) -> Vec<Reason> {
    let attempts = asof.attempts_of(run);
    let reason = |(place, attempt): (usize, _)| {
        let text = reason_of(asof, attempt)?;
        Some(Reason {
            attempt: (attempts.len() > 1).then_some(place as u32 + 1),
            status: asof.attempt_status(attempt).map_or(Status::UNKNOWN, Status::from),
            text: asof.history.names.texts.text(text).to_owned(),
        })
    };
    attempts.iter().enumerate().filter_map(reason).collect()
}
