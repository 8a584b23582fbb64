//! Exactly one verdict for each partition that a want requests.
use crate::events::{Id, PartitionId, RunId, Seq, WantId};
use crate::history::as_of::AsOf;
use crate::history::as_of::things::{get, listed};
use crate::history::{AttemptId, History, InstanceId, RunStatus, WantStatus};

/// How one requested partition of one want was satisfied, or why it is not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Built by a run that was scheduled for this want.
    BuiltBy(RunId),
    /// Live when the want was created.
    AlreadyExisted(InstanceId),
    /// Built by a run that was scheduled for the other want, or for none.
    BuiltForAnother(RunId, Option<WantId>),
    /// A run is building it.
    Building(RunId),
    /// Its run missed inputs: the unfinished derivative wants, none when it is up for retry.
    WaitingFor(RunId, Vec<WantId>),
    /// Its run failed.
    Failed(RunId),
    /// Its run missed inputs, and these derivative wants failed or were canceled.
    UpstreamFailed(RunId, Vec<WantId>),
    /// The want, or the newest run for it, was canceled.
    Canceled,
    /// Nothing was tried yet.
    NotStarted,
}

impl Verdict {
    /// The verdict in words: `built by JR-789`, `waiting for W-2, W-3`.
    pub fn words(&self, history: &History) -> String {
        let names = &history.names;
        let listed = |wants: &[WantId]| {
            wants.iter().map(|&want| names.wants.text(want)).collect::<Vec<_>>().join(", ")
        };
        match self {
            Self::BuiltBy(run) => format!("built by {}", names.runs.text(*run)),
            Self::AlreadyExisted(_) => "already existed".to_owned(),
            Self::BuiltForAnother(_, Some(want)) => {
                format!("built for another want {}", names.wants.text(*want))
            }
            Self::BuiltForAnother(_, None) => "built for no want".to_owned(),
            Self::Building(_) => "building".to_owned(),
            Self::WaitingFor(_, wants) if wants.is_empty() => "waiting for a retry".to_owned(),
            Self::WaitingFor(_, wants) => format!("waiting for {}", listed(wants)),
            Self::Failed(_) => "failed".to_owned(),
            Self::UpstreamFailed(..) => "upstream failed".to_owned(),
            Self::Canceled => "canceled".to_owned(),
            Self::NotStarted => "not started".to_owned(),
        }
    }
}

impl AsOf<'_> {
    /// The verdict on the `k`th of the want's requested partitions; none past the end or before
    /// the want was created.
    pub fn verdict(&self, want: WantId, k: usize) -> Option<Verdict> {
        let wants = &self.history.wants;
        let created = get(&wants.created, want).filter(|&created| self.had(created))?;
        let partition = wants.requested.row(want).get(k)?;
        let beside = wants.requested.range(want).start + k;
        let satisfied = wants.satisfied_by.get(beside).flatten();
        let satisfied = satisfied.filter(|_| self.had(wants.satisfied_at.get(beside).flatten()));
        Some(match satisfied {
            Some(instance) => self.satisfied(want, created, instance),
            None if self.want_status(want) == Some(WantStatus::Canceled) => Verdict::Canceled,
            None if self.root_has_failed(want) => self.failed_for(want, partition),
            None => self.unsatisfied(partition),
        })
    }

    /// Derivative wants of the attempt that are not successful; and those of them that failed or
    /// were canceled.
    pub fn unfinished_upstream(&self, attempt: AttemptId) -> (Vec<WantId>, Vec<WantId>) {
        let caused = self.history.attempts.spawned.row(attempt).iter();
        let unfinished: Vec<_> = caused
            .filter(|&want| self.had(get(&self.history.wants.created, want)))
            .filter(|&want| self.want_status(want) != Some(WantStatus::Successful))
            .collect();
        let mut failed = unfinished.clone();
        failed.retain(|&want| {
            matches!(
                self.want_status(want),
                Some(WantStatus::Canceled | WantStatus::Failed | WantStatus::UpstreamFailed)
            )
        });
        (unfinished, failed)
    }

    /// Whether the run at the root of a request has failed, and what was built since is not for it.
    pub fn root_has_failed(&self, want: WantId) -> bool {
        let root = self.history.openlineage.root_of(want);
        root.is_some_and(|root| self.run_status(root) == Some(RunStatus::Failed))
    }

    /// What became of the last try of one of its own runs.
    fn failed_for(&self, want: WantId, partition: PartitionId) -> Verdict {
        let builds: Vec<InstanceId> = self.instances_of(partition).collect();
        let own = builds.iter().rev().filter_map(|&it| get(&self.history.instances.run, it));
        let last = own.into_iter().find(|run| self.wants_of(*run).contains(want));
        match last.and_then(|run| Some((run, self.run_status(run)?))) {
            Some((run, RunStatus::Failed)) => Verdict::Failed(run),
            Some((_, RunStatus::Canceled)) => Verdict::Canceled,
            Some((run, RunStatus::Queued | RunStatus::Running)) => Verdict::Building(run),
            _ => Verdict::NotStarted,
        }
    }

    fn satisfied(&self, want: WantId, created: Seq, instance: InstanceId) -> Verdict {
        let instances = &self.history.instances;
        let existed = get(&instances.live, instance).is_some_and(|live| live < created);
        match get(&instances.run, instance) {
            Some(run) if !existed => match self.scheduled_first(run, want) {
                Some(found) if found == want => Verdict::BuiltBy(run),
                other => Verdict::BuiltForAnother(run, other),
            },
            _ => Verdict::AlreadyExisted(instance),
        }
    }

    /// `want` if the run was scheduled for it, else the first want that it was scheduled for.
    fn scheduled_first(&self, run: RunId, want: WantId) -> Option<WantId> {
        let wants = self.wants_of(run);
        wants.iter().find(|&other| other == want).or(wants.first())
    }

    fn unsatisfied(&self, partition: PartitionId) -> Verdict {
        let Some(attempt) = listed(&self.moment.partition_attempt, partition) else {
            return Verdict::NotStarted;
        };
        let run = self.history.attempts.run.at(attempt.index());
        match self.attempt_status(attempt) {
            Some(RunStatus::Queued | RunStatus::Running) => Verdict::Building(run),
            Some(RunStatus::Failed) => Verdict::Failed(run),
            Some(RunStatus::Canceled) => Verdict::Canceled,
            Some(RunStatus::DepMiss) => match self.unfinished_upstream(attempt) {
                (unfinished, failed) if failed.is_empty() => Verdict::WaitingFor(run, unfinished),
                (_, failed) => Verdict::UpstreamFailed(run, failed),
            },
            Some(RunStatus::Succeeded) | None => Verdict::NotStarted,
        }
    }
}
