//! Back from runs to the misses before them and to what those waited for. Whatever was found is kept, so
//! that all runs of a want may be asked for, one by one, and each link is gone along once.
use crate::events::{Id, RunId, WantId};
use crate::graph::critical::last_builder;
use crate::graph::sets::{Map, Set};
use crate::history::{AsOf, RunStatus};
use crate::order::{key, major, minor, sort_keys};

/// What was found. Goes with one history and moment.
#[derive(Default)]
pub(super) struct Back {
    /// Run -> the row of the miss before it, or [`NONE`].
    miss: Map<RunId>,
    begun: Set<RunId>,
    /// Miss -> its place in `done`.
    waits: Map<RunId>,
    /// Of one miss: the wants that it caused, by when they were done.
    done: Vec<Vec<u64>>,
    /// Want -> the row of the run that built its last partition, or [`NONE`].
    builder: Map<WantId>,
}

const NONE: u32 = u32::MAX;

impl Back {
    /// The newest run that `run` continues and that ended as a dependency miss.
    pub(super) fn miss_before(&mut self, asof: AsOf<'_>, run: RunId) -> Option<RunId> {
        self.begun.insert(run);
        let mut open = vec![(run, continued(asof, run))];
        while let Some((of, rest)) = open.last_mut() {
            let of = *of;
            let found = match (self.miss.get(of), rest.pop()) {
                (Some(known), _) => known,
                (None, None) => NONE,
                (None, Some(before)) if is_miss(asof, before) => before.index() as u32,
                (None, Some(before)) => {
                    // One that was begun and is not known is on the way here.
                    if self.miss.get(before).is_some() || self.begun.insert(before) {
                        open.push((before, continued(asof, before)));
                    }
                    continue;
                }
            };
            if found != NONE {
                for (run, _) in open {
                    self.miss.row_or(run, found);
                }
                return RunId::from_index(found as usize);
            }
            self.miss.row_or(of, NONE);
            open.pop();
        }
        None
    }

    /// Of the wants that `miss` caused, the last that was done before `run` began.
    pub(super) fn last_awaited(
        &mut self,
        asof: AsOf<'_>,
        miss: RunId,
        run: RunId,
    ) -> Option<WantId> {
        let history = asof.history;
        let began = history.runs.buffered.get(run.index()).flatten()?;
        let caused = history.runs.spawned.row(miss);
        let place = self.waits.row_or(miss, self.done.len() as u32) as usize;
        if place == self.done.len() {
            let when = |want: WantId| history.wants.done.get(want.index()).flatten();
            let keys = caused.iter().enumerate();
            let mut keys: Vec<u64> = keys
                .filter_map(|(at, want)| Some(key(when(want)?.index() as u32, at as u32)))
                .collect();
            sort_keys(&mut keys);
            self.done.push(keys);
        }
        let done = self.done.get(place)?;
        let n = done.partition_point(|&it| major(it) as usize <= began.index());
        let last = done.get(n.checked_sub(1)?)?;
        caused.get(minor(*last) as usize)
    }

    /// The run that satisfied the last of the want's partitions after the want was made.
    pub(super) fn last_builder(&mut self, asof: AsOf<'_>, want: WantId) -> Option<RunId> {
        let found = self.builder.get(want).unwrap_or_else(|| {
            let found = last_builder(asof, want).map_or(NONE, |run| run.index() as u32);
            self.builder.row_or(want, found)
        });
        RunId::from_index(found as usize).filter(|_| found != NONE)
    }
}

fn is_miss(asof: AsOf<'_>, run: RunId) -> bool {
    asof.run_status(run) == Some(RunStatus::DepMiss)
}

/// The earlier runs that `run` continues, by their buffer events.
fn continued(asof: AsOf<'_>, run: RunId) -> Vec<RunId> {
    let runs = &asof.history.runs;
    let since = runs.continues_since.part(runs.continues.range(run));
    let linked = runs.continues.row(run).iter().zip(since);
    linked.filter(|&(_, since)| asof.had(since)).map(|(run, _)| run).collect()
}
