//! What a want waited for: all work that was done for it and its derivative wants, row by row, each
//! with the stretches in which it was queued, ran, or waited for others. Never sums anything up: that
//! is `spent`'s; never says why it still waits: that is `blocked`'s.
use crate::events::{Id, RunId, Seq, WantId};
use crate::graph::Key;
use crate::graph::sets::Set;
use crate::history::{AsOf, AttemptId, Narrow, RunStatus};

/// What is going on in a stretch of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wait {
    /// Planned, no heartbeat yet.
    Queued,
    /// At work.
    Running,
    /// It missed inputs, and derivative wants for them are open; for a want, it is open.
    Waiting,
    /// Between two attempts, with nothing left to wait for.
    Idle,
}

/// One stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phase {
    /// What goes on.
    pub wait: Wait,
    /// From this event.
    pub from: Seq,
    /// To this one; the moment itself where it goes on.
    pub to: Seq,
    /// How it ended, where an attempt ends with it.
    pub ended: Option<RunStatus>,
}

impl Phase {
    /// How long it took; 0 where the clock ran backward.
    pub fn nanos(&self, asof: AsOf<'_>) -> u64 {
        let log = &asof.history.log;
        log.nanos(self.to).saturating_sub(log.nanos(self.from))
    }
}

/// A want or a run among the work for a want.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitRow {
    /// A [`Key::Want`] or a [`Key::Run`].
    pub key: Key,
    /// 0 for the want itself, 1 for its runs, 2 for the wants that those caused, and so on.
    pub depth: u32,
    /// In order of time.
    pub phases: Vec<Phase>,
}

/// The work for `want`: itself, its runs in order, under each run the wants that it caused, and so on.
/// Each want and run once, where it comes first. No recursion.
pub fn waits(asof: AsOf<'_>, want: WantId) -> Vec<WaitRow> {
    let mut rows = Vec::new();
    let (mut wants, mut runs) = (Set::default(), Set::default());
    let mut open = vec![(Key::Want(want), 0)];
    while let Some((key, depth)) = open.pop() {
        let (is_new, phases) = match key {
            Key::Want(want) => (wants.insert(want), want_phases(asof, want)),
            Key::Run(run) => (runs.insert(run), run_phases(asof, run)),
            _ => continue,
        };
        if !is_new {
            continue;
        }
        rows.push(WaitRow { key, depth, phases });
        // The stack's top is the next row.
        match key {
            Key::Want(want) => {
                open.extend(asof.runs_of(want).iter().rev().map(|run| (Key::Run(run), depth + 1)));
            }
            Key::Run(run) => {
                let caused = asof.caused_by(run).iter().rev();
                open.extend(caused.map(|want| (Key::Want(want), depth + 1)));
            }
            _ => {}
        }
    }
    rows
}

/// When the want was made; none before that.
pub fn created(asof: AsOf<'_>, want: WantId) -> Option<Seq> {
    let created = asof.history.wants.created.get(want.index()).flatten();
    created.filter(|&seq| asof.had(seq))
}

/// When the want was done or canceled; none while it is open.
pub fn closed(asof: AsOf<'_>, want: WantId) -> Option<Seq> {
    let wants = &asof.history.wants;
    let had = |column: &Narrow<Option<Seq>>| {
        column.get(want.index()).flatten().filter(|&seq| asof.had(seq))
    };
    had(&wants.done).or_else(|| had(&wants.canceled)).or_else(|| root_ended(asof, want))
}

/// When the run at the root of a request ended without success, which ends the request.
fn root_ended(asof: AsOf<'_>, want: WantId) -> Option<Seq> {
    let root = asof.history.openlineage.root_of(want)?;
    let is_over = matches!(asof.run_status(root), Some(RunStatus::Failed | RunStatus::Canceled));
    let last = asof.attempts_of(root).last().filter(|_| is_over)?;
    asof.history.attempts.end.get(last.index()).flatten()
}

/// From its creation until it was done or canceled.
fn want_phases(asof: AsOf<'_>, want: WantId) -> Vec<Phase> {
    let Some(from) = created(asof, want) else { return Vec::new() };
    let Some(to) = closed(asof, want).or(asof.moment.at) else { return Vec::new() };
    vec![Phase { wait: Wait::Waiting, from, to, ended: None }]
}

/// The attempts of the run, and what lay between and after them.
fn run_phases(asof: AsOf<'_>, run: RunId) -> Vec<Phase> {
    let mut all = Vec::new();
    let attempts = asof.attempts_of(run);
    for (place, attempt) in attempts.iter().enumerate() {
        all.extend(attempt_phases(asof, attempt));
        let next = attempts.get(place + 1).and_then(|next| start_of(asof, next));
        let next = next.or_else(|| continued_at(asof, run).filter(|_| place + 1 == attempts.len()));
        all.extend(after(asof, attempt, next));
    }
    all
}

/// The attempt: queued, then running. What has not ended goes on until the moment.
pub fn attempt_phases(asof: AsOf<'_>, attempt: AttemptId) -> Vec<Phase> {
    let attempts = &asof.history.attempts;
    let had = |column: &Narrow<Option<Seq>>| {
        column.get(attempt.index()).flatten().filter(|&seq| asof.had(seq))
    };
    let Some(start) = start_of(asof, attempt) else { return Vec::new() };
    let end = had(&attempts.end);
    let Some(to) = end.or(asof.moment.at) else { return Vec::new() };
    let ended = end.and_then(|_| asof.attempt_status(attempt));
    let phase = |wait, from, to| Phase { wait, from, to, ended: None };
    let mut phases = match had(&attempts.running) {
        Some(running) if running == start => vec![phase(Wait::Running, start, to)],
        Some(running) => {
            vec![phase(Wait::Queued, start, running), phase(Wait::Running, running, to)]
        }
        None => vec![phase(Wait::Queued, start, to)],
    };
    if let Some(last) = phases.last_mut() {
        last.ended = ended;
    }
    phases
}

/// What lies between an attempt that has ended and the `next` one: the wait for the derivative wants
/// that it caused, until the last of them is closed; then nothing, until the next one starts. With
/// no next one only what is still waited for counts.
fn after(asof: AsOf<'_>, attempt: AttemptId, next: Option<Seq>) -> Vec<Phase> {
    let attempts = &asof.history.attempts;
    let end = attempts.end.get(attempt.index()).flatten().filter(|&end| asof.had(end));
    let (Some(end), Some(now)) = (end, asof.moment.at) else { return Vec::new() };
    let mut phases = Vec::new();
    let mut from = end;
    if let Some(until) = answered(asof, attempt, now) {
        let to = next.map_or(until, |next| next.min(until)).max(end);
        if to > end {
            phases.push(Phase { wait: Wait::Waiting, from: end, to, ended: None });
            from = to;
        }
    }
    if let Some(next) = next.filter(|&next| next > from) {
        phases.push(Phase { wait: Wait::Idle, from, to: next, ended: None });
    }
    phases
}

/// When the last of the derivative wants that `attempt` caused was closed, `now` while one is open;
/// none where it caused none.
fn answered(asof: AsOf<'_>, attempt: AttemptId, now: Seq) -> Option<Seq> {
    let caused = asof.history.attempts.spawned.row(attempt).iter();
    let made = caused.filter(|&want| created(asof, want).is_some());
    made.map(|want| closed(asof, want).unwrap_or(now)).max()
}

/// When the first run that continues `run` started.
fn continued_at(asof: AsOf<'_>, run: RunId) -> Option<Seq> {
    let runs = &asof.history.runs;
    let since = runs.continued_by_since.part(runs.continued_by.range(run));
    since.iter().find(|&since| asof.had(since))
}

pub(super) fn start_of(asof: AsOf<'_>, attempt: AttemptId) -> Option<Seq> {
    asof.history.attempts.start.get(attempt.index()).filter(|&start| asof.had(start))
}
