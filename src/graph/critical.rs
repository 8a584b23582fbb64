//! The critical path of a want: the chain of waits that set the moment when it was done. Walked
//! backward from the run that satisfied it last: a run that continues a dependency miss waited for
//! that miss's last derivative want, which waited for the run that satisfied it, and so on.

use crate::events::{Id, RunId, Seq, WantId};
use crate::graph::Key;
use crate::graph::back::Back;
use crate::graph::sets::Set;
use crate::history::AsOf;

/// One link of the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CriticalStep {
    /// A run or a derivative want.
    pub key: Key,
    /// Its beginning.
    pub from: Seq,
    /// Its end.
    pub to: Seq,
}

/// The chain, in order of time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CriticalPath {
    /// Runs that missed and the wants they caused, then the runs that built, back to the last.
    pub steps: Vec<CriticalStep>,
}

/// The critical path of `want`; none while it is not done, or when all of it existed already.
pub fn critical_path(asof: AsOf<'_>, want: WantId) -> Option<CriticalPath> {
    let done = asof.history.wants.done.get(want.index()).flatten();
    if !asof.had(done) {
        return None;
    }
    let mut missed = Vec::new();
    let mut built = Vec::new();
    let mut seen = Set::default();
    let mut back = Back::default();
    let mut next = last_builder(asof, want);
    while let Some(run) = next.take() {
        if !seen.insert(run) {
            break;
        }
        built.extend(run_step(asof, run));
        let Some(miss) = back.miss_before(asof, run) else { break };
        missed.extend(run_step(asof, miss));
        let Some(awaited) = back.last_awaited(asof, miss, run) else { break };
        missed.extend(want_step(asof, awaited));
        next = last_builder(asof, awaited);
    }
    built.reverse();
    missed.extend(built);
    let steps = missed;
    (!steps.is_empty()).then_some(CriticalPath { steps })
}

/// The run that satisfied the last of the want's partitions after the want was made.
pub(super) fn last_builder(asof: AsOf<'_>, want: WantId) -> Option<RunId> {
    let history = asof.history;
    let wants = &history.wants;
    let created = wants.created.get(want.index()).flatten()?;
    let at = |i: usize| wants.satisfied_at.get(i).flatten();
    let last = wants.requested.range(want).filter(|&i| asof.had(at(i))).max_by_key(|&i| at(i))?;
    let instance = wants.satisfied_by.get(last).flatten()?;
    let live = history.instances.live.get(instance.index()).flatten()?;
    let run = history.instances.run.get(instance.index()).flatten()?;
    (live >= created).then_some(run)
}

fn run_step(asof: AsOf<'_>, run: RunId) -> Option<CriticalStep> {
    let history = asof.history;
    let from = history.runs.buffered.get(run.index()).flatten();
    let from = from.or_else(|| history.runs.first_seen.get(run.index()))?;
    let last = asof.attempts_of(run).last()?;
    let to = history.attempts.end.get(last.index()).flatten()?;
    Some(CriticalStep { key: Key::Run(run), from, to })
}

fn want_step(asof: AsOf<'_>, want: WantId) -> Option<CriticalStep> {
    let wants = &asof.history.wants;
    let from = wants.created.get(want.index()).flatten()?;
    let to = wants.done.get(want.index()).flatten()?;
    Some(CriticalStep { key: Key::Want(want), from, to })
}
