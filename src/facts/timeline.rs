//! The status history of a run as a bar: how long it waited and ran in each of its attempts, and
//! the idle time between them, folded.
use crate::events::{Id, RunId, Seq};
use crate::facts::rows::{nanos_between, until_words};
use crate::history::{AsOf, AttemptId, Narrow, Part};
use crate::scene::Status;

/// More attempts than these are folded in the middle.
const MAX_ATTEMPTS: usize = 8;

/// What a run did in one stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Planned, and no heartbeat yet.
    Queued,
    /// At work.
    Running,
    /// Between two attempts.
    Idle,
    /// So many attempts, and what lay between them.
    Skipped(u32),
}

/// One stretch of the bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// What it did.
    pub phase: Phase,
    /// When that began, nanoseconds since 1970 UTC.
    pub from_nanos: u64,
    /// How long it took.
    pub nanos: u64,
    /// Drawn as a mark of one width, not to scale.
    pub folded: bool,
    /// How the attempt ended whose last stretch this is.
    pub ended: Option<Status>,
}

/// The whole bar.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timeline {
    /// In order.
    pub segments: Vec<Segment>,
    /// When the last attempt ended, nanoseconds since 1970 UTC.
    pub end_nanos: Option<u64>,
    /// Where it has not ended: until when is told.
    pub open: Option<&'static str>,
}

impl Timeline {
    /// How much of the drawn time is in `segment`, 0 to 1; the same for all where none took any.
    pub fn share(&self, segment: &Segment) -> f64 {
        let drawn = || self.segments.iter().filter(|segment| !segment.folded);
        let all: f64 = drawn().map(|segment| segment.nanos as f64).sum();
        if segment.folded {
            0.0
        } else if all > 0.0 {
            segment.nanos as f64 / all
        } else {
            1.0 / drawn().count().max(1) as f64
        }
    }
}

/// The bar of `run`, as far as the moment of `asof`.
pub fn timeline(asof: AsOf<'_>, run: RunId) -> Timeline {
    let attempts = asof.attempts_of(run);
    let mut timeline = Timeline::default();
    let (head, tail) = (MAX_ATTEMPTS / 2, attempts.len().saturating_sub(MAX_ATTEMPTS / 2));
    let is_long = attempts.len() > MAX_ATTEMPTS;
    let mut ended = None;
    for (place, attempt) in attempts.iter().enumerate() {
        if is_long && place == head {
            timeline.skip(asof, ended, attempts.first_n(tail + 1).after_n(head));
            ended = None;
        }
        if !is_long || place < head || place >= tail {
            timeline.push_attempt(asof, ended, attempt);
            ended = had(asof, &asof.history.attempts.end, attempt);
        }
    }
    timeline.end_nanos = ended.map(|end| asof.history.log.nanos(end));
    timeline.open = (ended.is_none() && !attempts.is_empty()).then(|| until_words(asof));
    timeline
}

impl Timeline {
    fn push_attempt(&mut self, asof: AsOf<'_>, before: Option<Seq>, attempt: AttemptId) {
        let attempts = &asof.history.attempts;
        let Some(start) = attempts.start.get(attempt.index()) else { return };
        if let Some(before) = before {
            self.push(asof, Phase::Idle, before, start);
        }
        let running = had(asof, &attempts.running, attempt);
        let Some(end) = had(asof, &attempts.end, attempt).or(asof.moment.at) else { return };
        let heard = running.filter(|&running| running != start);
        match (heard, running) {
            (Some(heard), _) => {
                self.push(asof, Phase::Queued, start, heard);
                self.push(asof, Phase::Running, heard, end);
            }
            (None, Some(_)) => self.push(asof, Phase::Running, start, end),
            (None, None) => self.push(asof, Phase::Queued, start, end),
        }
        if had(asof, &attempts.end, attempt).is_some()
            && let Some(last) = self.segments.last_mut()
        {
            last.ended = asof.attempt_status(attempt).map(Status::from);
        }
    }

    /// `attempts` are those that are left out and the one after them.
    fn skip(&mut self, asof: AsOf<'_>, before: Option<Seq>, attempts: Part<'_, AttemptId>) {
        let start = |attempt: AttemptId| asof.history.attempts.start.get(attempt.index());
        let from = before.or_else(|| attempts.first().and_then(start));
        let (Some(from), Some(to)) = (from, attempts.last().and_then(start)) else { return };
        self.push(asof, Phase::Skipped(attempts.len() as u32 - 1), from, to);
    }

    fn push(&mut self, asof: AsOf<'_>, phase: Phase, from: Seq, to: Seq) {
        self.segments.push(Segment {
            phase,
            from_nanos: asof.history.log.nanos(from),
            nanos: nanos_between(asof, from, to),
            folded: matches!(phase, Phase::Idle | Phase::Skipped(_)),
            ended: None,
        });
    }
}

/// The event in `column`, if it was by now.
fn had(asof: AsOf<'_>, column: &Narrow<Option<Seq>>, attempt: AttemptId) -> Option<Seq> {
    column.get(attempt.index()).flatten().filter(|&seq| asof.had(seq))
}
