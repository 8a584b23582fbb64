//! What became of each thing between two moments of one history, the later one the second.
use crate::events::{Id, PartitionId, RunId, WantId};
use crate::history::{AsOf, InstanceId};

/// What became of a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// It had not begun.
    New,
    /// It is not as it was.
    Changed,
}

/// How many of a kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Had not begun.
    pub n_new: u64,
    /// Are not as they were.
    pub n_changed: u64,
}

/// How many of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Wants.
    pub wants: Counts,
    /// Job runs.
    pub runs: Counts,
    /// Instances.
    pub instances: Counts,
}

/// Counts them: one pass over all that there is.
pub fn changes(before: AsOf<'_>, after: AsOf<'_>) -> Changes {
    let names = &after.history.names;
    let n_instances = after.history.instances.partition.len();
    Changes {
        wants: counts(names.wants.len(), |want| want_change(before, after, want)),
        runs: counts(names.runs.len(), |run| run_change(before, after, run)),
        instances: counts(n_instances, |instance| instance_change(before, after, instance)),
    }
}

fn counts<I: Id>(n: usize, change: impl Fn(I) -> Option<Change>) -> Counts {
    let changes = (0..n).filter_map(I::from_index).filter_map(change);
    changes.fold(Counts::default(), |counts, change| match change {
        Change::New => Counts { n_new: counts.n_new + 1, ..counts },
        Change::Changed => Counts { n_changed: counts.n_changed + 1, ..counts },
    })
}

/// What became of a want.
pub fn want_change(before: AsOf<'_>, after: AsOf<'_>, want: WantId) -> Option<Change> {
    let state = |asof: AsOf<'_>| asof.want_status(want);
    between(state(before), state(after))
}

/// What became of a job run: another attempt is a change.
pub fn run_change(before: AsOf<'_>, after: AsOf<'_>, run: RunId) -> Option<Change> {
    let state = |asof: AsOf<'_>| {
        let attempt = asof.moment.run_attempt.get(run.index()).copied().flatten();
        asof.run_status(run).map(|status| (status, attempt))
    };
    between(state(before), state(after))
}

/// What became of an instance: that another has taken its place is a change.
pub fn instance_change(before: AsOf<'_>, after: AsOf<'_>, instance: InstanceId) -> Option<Change> {
    let state = |asof: AsOf<'_>| {
        asof.instance_status(instance).map(|status| (status, asof.is_superseded(instance)))
    };
    between(state(before), state(after))
}

/// What became of a partition: another current instance is a change.
pub fn partition_change(
    before: AsOf<'_>,
    after: AsOf<'_>,
    partition: PartitionId,
) -> Option<Change> {
    let state = |asof: AsOf<'_>| {
        asof.partition_status(partition).map(|status| (status, asof.current(partition)))
    };
    between(state(before), state(after))
}

fn between<T: PartialEq>(before: Option<T>, after: Option<T>) -> Option<Change> {
    match (before, after) {
        (None, Some(_)) => Some(Change::New),
        (Some(before), Some(after)) if before != after => Some(Change::Changed),
        _ => None,
    }
}
