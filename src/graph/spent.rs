//! Where the time of a want went: all of it, cut into slices along the chain of waits that set its end
//! or, while it is open, along the one that holds it up. Never counts a moment twice.
use crate::events::{Id, RunId, WantId};
use crate::graph::Key;
use crate::graph::back::Back;
use crate::graph::blocked::{Why, blocked};
use crate::graph::critical::last_builder;
use crate::graph::sets::Set;
use crate::graph::waits::{Wait, attempt_phases, closed, created, start_of};
use crate::history::{AsOf, AttemptId, RunStatus, WantStatus};
use crate::order::{key, minor, sort_keys};

/// A slice of a want's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slice {
    /// What it went to. Waiting: a run had missed inputs, and no run of the chain had been planned.
    /// Idle: the same, and nothing had been missed.
    pub wait: Wait,
    /// The run that was queued, ran or had missed; where idle, the one that came next, if any.
    pub run: Option<RunId>,
    /// When it began, nanoseconds since 1970 UTC.
    pub from_nanos: u64,
    /// How long it took.
    pub nanos: u64,
}

/// The whole time of a want.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    /// In order of time, without gaps: they sum to `nanos`.
    pub slices: Vec<Slice>,
    /// The runs along which it went; earlier ones of their pieces of work go with them.
    pub runs: Vec<RunId>,
    /// When the want was made, nanoseconds since 1970 UTC.
    pub from_nanos: u64,
    /// How long it took until it was done or canceled, or has been open by the moment.
    pub nanos: u64,
}

impl Spent {
    /// How much of the whole time is in so many nanoseconds, 0 to 1.
    pub fn share(&self, nanos: u64) -> f64 {
        if self.nanos == 0 { 0.0 } else { nanos as f64 / self.nanos as f64 }
    }

    /// How much went to `wait`, in nanoseconds.
    pub fn on(&self, wait: Wait) -> u64 {
        self.slices.iter().filter(|slice| slice.wait == wait).map(|slice| slice.nanos).sum()
    }
}

/// Where the time of `want` went; none before it was made.
pub fn spent(asof: AsOf<'_>, want: WantId) -> Option<Spent> {
    let log = &asof.history.log;
    let from = log.nanos(created(asof, want)?);
    let until = log.nanos(closed(asof, want).or(asof.moment.at)?).max(from);
    let mut cut = Cut { slices: Vec::new(), at: from, until };
    let mut missed = None;
    let runs = chain(asof, want);
    let root = asof.history.openlineage.root_of(want);
    let cut_along = if root.is_some() { leaves(asof, want) } else { runs.clone() };
    for attempt in attempts_of(asof, &cut_along) {
        let Some(run) = asof.history.attempts.run.get(attempt.index()) else { continue };
        let Some(start) = start_of(asof, attempt) else { continue };
        cut.between(log.nanos(start), root);
        cut.gap(log.nanos(start), missed, Some(run));
        for phase in attempt_phases(asof, attempt) {
            cut.until(log.nanos(phase.to), phase.wait, Some(run));
        }
        missed = (asof.attempt_status(attempt) == Some(RunStatus::DepMiss)).then_some(run);
    }
    cut.between(until, root);
    cut.gap(until, missed, None);
    Some(Spent { slices: cut.slices, runs, from_nanos: from, nanos: until - from })
}

/// The runs along which the time went: from the run that satisfied the want last, or from those that
/// hold it up, back through misses and the runs that ended the waits for them. Of a want that was
/// canceled, those scheduled for it.
fn chain(asof: AsOf<'_>, want: WantId) -> Vec<RunId> {
    let mut open: Vec<RunId> = match asof.want_status(want) {
        Some(WantStatus::Successful) => last_builder(asof, want).into_iter().collect(),
        Some(WantStatus::Canceled) => asof.runs_of(want).to_vec(),
        _ => holding_up(asof, want),
    };
    let mut seen = Set::default();
    let mut back = Back::default();
    let mut runs = Vec::new();
    while let Some(run) = open.pop() {
        if !seen.insert(run) {
            continue;
        }
        runs.push(run);
        let Some(miss) = back.miss_before(asof, run) else { continue };
        open.push(miss);
        let awaited = back.last_awaited(asof, miss, run);
        open.extend(awaited.and_then(|want| back.last_builder(asof, want)));
    }
    runs
}

/// The runs of a request that are not made up of others.
fn leaves(asof: AsOf<'_>, want: WantId) -> Vec<RunId> {
    let runs = asof.runs_of(want);
    let mut parents = Set::default();
    for parent in runs.iter().filter_map(|run| asof.history.openlineage.parent_of(run)) {
        parents.insert(parent);
    }
    runs.iter().filter(|&run| !parents.contains(run)).collect()
}

/// The runs of the chain that holds the want up. Where that ends with one that is up for retry, also
/// the run that ended its wait.
fn holding_up(asof: AsOf<'_>, want: WantId) -> Vec<RunId> {
    let mut runs = Vec::new();
    for link in blocked(asof, want) {
        let Key::Run(run) = link.key else { continue };
        runs.push(run);
        if link.why == Why::UpForRetry {
            let done =
                asof.caused_by(run).iter().filter_map(|want| Some((closed(asof, want)?, want)));
            runs.extend(done.max().and_then(|(_, want)| last_builder(asof, want)));
        }
    }
    runs
}

/// The attempts of the runs and of the earlier runs of their pieces of work, by start.
fn attempts_of(asof: AsOf<'_>, runs: &[RunId]) -> Vec<AttemptId> {
    let mut seen = Set::default();
    let mut keys: Vec<u64> = Vec::new();
    // The last of a piece first: then the others are seen, and a piece is walked once.
    let place = |run| asof.place(run).map_or(0, |seq| seq.index() as u32 + 1);
    let mut by_place: Vec<u64> =
        runs.iter().map(|&run| key(place(run), run.index() as u32)).collect();
    sort_keys(&mut by_place);
    let last_first = by_place.into_iter().rev();
    for run in last_first.filter_map(|key| RunId::from_index(minor(key) as usize)) {
        if seen.contains(run) {
            continue;
        }
        for earlier in asof.piece_of(run) {
            if seen.insert(earlier) {
                let attempts = asof.attempts_of(earlier).iter();
                keys.extend(attempts.filter_map(|attempt| {
                    let start = start_of(asof, attempt)?;
                    Some(key(start.index() as u32, attempt.index() as u32))
                }));
            }
            if earlier == run {
                break;
            }
        }
    }
    sort_keys(&mut keys);
    keys.into_iter().filter_map(|key| AttemptId::from_index(minor(key) as usize)).collect()
}

/// A stretch of time that is being cut into slices.
struct Cut {
    slices: Vec<Slice>,
    /// Up to here it is cut.
    at: u64,
    until: u64,
}

impl Cut {
    /// Up to `nanos` the run at the root ran alone, if there is one: it has begun with its request.
    fn between(&mut self, nanos: u64, root: Option<RunId>) {
        if root.is_some() {
            self.until(nanos, Wait::Running, root);
        }
    }

    /// Up to `nanos` nothing of the chain was planned: after a miss of `missed`, before `next`.
    fn gap(&mut self, nanos: u64, missed: Option<RunId>, next: Option<RunId>) {
        match missed {
            Some(run) => self.until(nanos, Wait::Waiting, Some(run)),
            None => self.until(nanos, Wait::Idle, next),
        }
    }

    fn until(&mut self, nanos: u64, wait: Wait, run: Option<RunId>) {
        let end = nanos.min(self.until);
        if let Some(nanos) = end.checked_sub(self.at).filter(|&nanos| nanos > 0) {
            self.slices.push(Slice { wait, run, from_nanos: self.at, nanos });
            self.at = end;
        }
    }
}
