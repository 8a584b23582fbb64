//! The work that built one instance, and for whom. Never asks from what.
use crate::events::{RunId, WantId};
use crate::graph::neighbors::{builder_of, partition_of};
use crate::graph::waits::{Wait, attempt_phases};
use crate::history::{AsOf, AttemptId, InstanceId};

/// The work that built one instance.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Build {
    /// The run; none for what was there before this log.
    pub run: Option<RunId>,
    /// The attempts of its piece of work, up to those of that run.
    pub attempts: Vec<AttemptId>,
    /// How long those were queued, in nanoseconds.
    pub queued_nanos: u64,
    /// How long those ran, in nanoseconds.
    pub running_nanos: u64,
    /// The wants that the run was scheduled for.
    pub built_for: Vec<WantId>,
    /// The wants of which the instance satisfied a requested partition.
    pub satisfied: Vec<WantId>,
}

/// The work that built `instance`, and for whom.
pub fn build_of(asof: AsOf<'_>, instance: InstanceId) -> Build {
    let mut build = Build { satisfied: satisfied_by(asof, instance), ..Build::default() };
    let Some(run) = builder_of(asof, instance) else { return build };
    build.run = Some(run);
    build.built_for = asof.wants_of(run).to_vec();
    for earlier in asof.piece_of(run) {
        build.attempts.extend(asof.attempts_of(earlier));
        if earlier == run {
            break;
        }
    }
    for phase in build.attempts.iter().flat_map(|&attempt| attempt_phases(asof, attempt)) {
        match phase.wait {
            Wait::Running => build.running_nanos += phase.nanos(asof),
            _ => build.queued_nanos += phase.nanos(asof),
        }
    }
    build
}

fn satisfied_by(asof: AsOf<'_>, instance: InstanceId) -> Vec<WantId> {
    let wants = &asof.history.wants;
    let Some(partition) = partition_of(asof, instance) else { return Vec::new() };
    let satisfied = |&want: &WantId| {
        wants.requested.range(want).any(|beside| {
            let by = wants.satisfied_by.get(beside).flatten();
            let at = wants.satisfied_at.get(beside).flatten();
            by == Some(instance) && asof.had(at)
        })
    };
    asof.history.partitions.wants.row(partition).iter().filter(satisfied).collect()
}
