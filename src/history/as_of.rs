//! What everything was at one moment, from the columns in one pass: exactly what a replay of the
//! log cut after that event would give. Never replays.
use crate::events::{PartitionId, RunId, Seq, WantId};
use crate::history::{
    AttemptId, History, How, InstanceId, InstanceStatus, PartitionStatus, ReadSetId, RunStatus,
    WantStatus,
};

/// The answers for every row, at one moment. Invariant: columns are as long as the history's.
#[derive(Clone, Debug, Default)]
pub struct Moment {
    /// The last event that counts; none for an empty log.
    pub at: Option<Seq>,
    /// RunId -> its newest attempt that had begun; none for a run not yet mentioned or without one.
    pub run_attempt: Vec<Option<AttemptId>>,
    /// PartitionId -> its current instance.
    pub current: Vec<Option<InstanceId>>,
    /// PartitionId -> its status; none for a partition not yet mentioned.
    pub partition_status: Vec<Option<PartitionStatus>>,
    /// PartitionId -> whether it has a current instance and a newer attempt in progress.
    pub rebuilding: Vec<bool>,
    /// WantId -> its status; none for a want not yet mentioned.
    pub want_status: Vec<Option<WantStatus>>,
}

/// A history and a moment in it: what every question is asked of.
#[derive(Clone, Copy, Debug)]
pub struct AsOf<'a> {
    /// What happened, whole.
    pub history: &'a History,
    /// When to look.
    pub moment: &'a Moment,
}

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

impl Moment {
    /// The history seen from this moment.
    pub fn of<'a>(&'a self, history: &'a History) -> AsOf<'a> {
        AsOf { history, moment: self }
    }
}

/// The state of everything after the event `at`; after the last one where `at` is none.
/// One pass over the columns, no recursion.
pub fn as_of(history: &History, at: Option<Seq>) -> Moment {
    let _ = (history, at);
    Moment::default()
}

impl<'a> AsOf<'a> {
    /// Whether something that began at `seq` had begun by this moment.
    pub fn had(&self, seq: impl Into<Option<Seq>>) -> bool {
        seq.into().is_some_and(|seq| self.moment.at.is_some_and(|at| seq <= at))
    }
    /// The run's status; none for a run not yet mentioned, or one that no attempt began.
    pub fn run_status(&self, run: RunId) -> Option<RunStatus> {
        let _ = run;
        None
    }
    /// The status of one attempt; none if it had not begun.
    pub fn attempt_status(&self, attempt: AttemptId) -> Option<RunStatus> {
        let _ = attempt;
        None
    }
    /// The instance's status; none if it had not begun.
    pub fn instance_status(&self, instance: InstanceId) -> Option<InstanceStatus> {
        let _ = instance;
        None
    }
    /// Whether the instance is its partition's current one.
    pub fn is_current(&self, instance: InstanceId) -> bool {
        let _ = instance;
        false
    }
    /// Whether a newer instance had gone live.
    pub fn is_superseded(&self, instance: InstanceId) -> bool {
        let _ = instance;
        false
    }
    /// The partition's status; none if not yet mentioned.
    pub fn partition_status(&self, partition: PartitionId) -> Option<PartitionStatus> {
        let _ = partition;
        None
    }
    /// The want's status; none if not yet mentioned.
    pub fn want_status(&self, want: WantId) -> Option<WantStatus> {
        let _ = want;
        None
    }
    /// The verdict on the `k`th of the want's requested partitions; none past the end or before
    /// the want was created.
    pub fn verdict(&self, want: WantId, k: usize) -> Option<Verdict> {
        let _ = (want, k);
        None
    }
    /// The partition's instances that had begun, in order of beginning.
    pub fn instances_of(&self, partition: PartitionId) -> impl Iterator<Item = InstanceId> + 'a {
        let _ = partition;
        std::iter::empty()
    }
    /// The partition's versions: the instances that had gone live, in that order.
    pub fn versions_of(&self, partition: PartitionId) -> &'a [InstanceId] {
        let _ = partition;
        &[]
    }
    /// The attempts of `run` that had begun, in order.
    pub fn attempts_of(&self, run: RunId) -> &'a [AttemptId] {
        let _ = run;
        &[]
    }
    /// The piece of work that `run` is part of: all runs linked by "continues", by buffer event.
    pub fn piece_of(&self, run: RunId) -> Vec<RunId> {
        let _ = run;
        Vec::new()
    }
    /// Every piece of work, by its first run; each run in exactly one.
    pub fn pieces(&self) -> Vec<Vec<RunId>> {
        Vec::new()
    }
    /// Whether the read set is known at this moment (recorded by then; or inferred, and no later
    /// event by then shows that reads are recorded).
    pub fn knows(&self, set: ReadSetId) -> bool {
        let _ = set;
        false
    }
    /// What `instance` was built from: read sets of its successful attempt, in event order; of
    /// its newest attempt where none succeeded.
    pub fn built_from(&self, instance: InstanceId) -> impl Iterator<Item = ReadSetId> + 'a {
        let _ = instance;
        std::iter::empty()
    }
    /// The read sets of successful attempts that read `instance`, in event order.
    pub fn read_by(&self, instance: InstanceId) -> impl Iterator<Item = ReadSetId> + 'a {
        let _ = instance;
        std::iter::empty()
    }
    /// What one read set read, with how that is known.
    pub fn read_items(&self, set: ReadSetId) -> impl Iterator<Item = (InstanceId, How)> + 'a {
        let _ = set;
        std::iter::empty()
    }
    /// `partition_consumers`: the partitions built from `partition`, from reads on success, in
    /// order, without repeats.
    pub fn consumers(&self, partition: PartitionId) -> Vec<PartitionId> {
        let _ = partition;
        Vec::new()
    }
    /// The other direction: what `partition` was ever built from.
    pub fn producers(&self, partition: PartitionId) -> Vec<PartitionId> {
        let _ = partition;
        Vec::new()
    }
    /// Derivative wants of `want`: those that runs scheduled for it caused, by creation.
    pub fn derivatives(&self, want: WantId) -> Vec<WantId> {
        let _ = want;
        Vec::new()
    }
}
