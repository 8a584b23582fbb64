//! The history as columns. Each is documented `row -> value`; lists are [`Csr`]s. Every fact
//! carries the moment from which it holds, so that any past moment is a comparison, not a replay.
use crate::declare_ids;
use crate::events::{
    Basis, EventLog, LabelId, Language, Names, OpenLineage, PartitionId, Removal, RunId, Seq,
    TaintId, TextId, WantId,
};
use crate::history::{Csr, Datasets};
use crate::wire::Narrow;

declare_ids! {
    /// One build of one partition by one job run; or the one stand-in for all that a partition
    /// was before this log (*external*).
    InstanceId;
    /// One attempt inside one run: from a first event to an end.
    AttemptId;
    /// One entry of one `read_deps`: to build these, each of those was read.
    ReadSetId;
    /// One entry of one `missing_deps`.
    MissingSetId;
    /// A dataset, by what the refs of its partitions have in common.
    DatasetId;
}

/// What happened. Ids are in order of first mention.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// Texts of all ids.
    pub names: Names,
    /// The events themselves: kind, time, id and place of each.
    pub log: EventLog,
    /// Requests.
    pub wants: Wants,
    /// Refs.
    pub partitions: Partitions,
    /// Builds.
    pub instances: Instances,
    /// Builds that ended without a newer one.
    pub removals: Removals,
    /// Executions.
    pub runs: Runs,
    /// Attempts inside runs, ordered by (run, start).
    pub attempts: Attempts,
    /// What was read for what.
    pub reads: ReadSets,
    /// What was missing for what.
    pub missing: MissingSets,
    /// Declared bad.
    pub taints: Taints,
    /// Label -> its runs, by their first event.
    pub label_runs: Csr<LabelId, RunId>,
    /// The first success that carries `read_deps`. Before it, reads are inferred.
    pub reads_recorded_from: Option<Seq>,
    /// Which partitions are of one dataset. Follows from the names.
    pub datasets: Datasets,
    /// What OpenLineage alone tells; empty for a log without it.
    pub openlineage: OpenLineage,
}

impl History {
    /// Whether `more` is of the same log, gone on: its first events are these, so what has an id here has
    /// the same there. Never so with OpenLineage, which is told when all of it is there.
    pub fn goes_on_as(&self, more: &Self) -> bool {
        let is_told_later = |it: &Self| it.openlineage.language != Language::Databuild;
        !is_told_later(self)
            && !is_told_later(more)
            && self.log.len() <= more.log.len()
            && self.log.seqs().all(|seq| self.log.span(seq) == more.log.span(seq))
    }
}

/// Columns of wants, as long as `names.wants`.
#[derive(Clone, Debug, Default)]
pub struct Wants {
    /// -> its `want_create_v1`; none when the log only mentions it.
    pub created: Narrow<Option<Seq>>,
    /// -> the first event that mentions it.
    pub first_seen: Narrow<Seq>,
    /// -> its first `want_cancel_v1`.
    pub canceled: Narrow<Option<Seq>>,
    /// -> when every requested partition had been satisfied, if that came before a cancel.
    pub done: Narrow<Option<Seq>>,
    /// -> what it asks for, without repeats, in order of mention.
    pub requested: Csr<WantId, PartitionId>,
    /// Beside `requested.values()`: when there first was a live, untainted instance at or after
    /// creation (and before a cancel).
    pub satisfied_at: Narrow<Option<Seq>>,
    /// Beside `requested.values()`: that instance.
    pub satisfied_by: Narrow<Option<InstanceId>>,
    /// -> the run whose dependency miss asked for it.
    pub cause: Narrow<Option<RunId>>,
    /// -> the attempt of that run which missed: the last that had started when the want was made.
    pub cause_attempt: Narrow<Option<AttemptId>>,
    /// -> the user who asked.
    pub asked_by: Narrow<Option<TextId>>,
    /// -> why.
    pub comment: Narrow<Option<TextId>>,
    /// -> the moment that the data is about, seconds since 1970 UTC.
    pub data_time_secs: Narrow<Option<u64>>,
    /// -> seconds after that moment until it expires.
    pub ttl_secs: Narrow<Option<u64>>,
    /// -> seconds after that moment until it is late.
    pub sla_secs: Narrow<Option<u64>>,
    /// -> the runs scheduled for it, by the buffer events that say so.
    pub runs: Csr<WantId, RunId>,
    /// Beside `runs.values()`: that buffer event.
    pub runs_since: Narrow<Seq>,
}

/// Columns of partitions, as long as `names.partitions`.
#[derive(Clone, Debug, Default)]
pub struct Partitions {
    /// -> the first event that mentions it.
    pub first_seen: Narrow<Seq>,
    /// -> its builds, by their beginnings; without the external stand-in.
    pub instances: Csr<PartitionId, InstanceId>,
    /// -> those that went live, in that order: its versions.
    pub versions: Csr<PartitionId, InstanceId>,
    /// -> the stand-in for what was there before this log, if that was ever read.
    pub external: Narrow<Option<InstanceId>>,
    /// -> external instances that a read names by a uuid no run of this log gave.
    pub foreign: Csr<PartitionId, InstanceId>,
    /// -> wants that request it, by creation.
    pub wants: Csr<PartitionId, WantId>,
}

/// Columns of instances, in order of beginning.
#[derive(Clone, Debug, Default)]
pub struct Instances {
    /// -> what it is a build of.
    pub partition: Narrow<PartitionId>,
    /// -> the run that builds it; none for an external one.
    pub run: Narrow<Option<RunId>>,
    /// -> the uuid that the log gives it, if any that does not mean an earlier build of the partition.
    pub uuid: Narrow<Option<TextId>>,
    /// -> its first event (for an external one: the first read of it).
    pub created: Narrow<Seq>,
    /// -> when it went live.
    pub live: Narrow<Option<Seq>>,
    /// -> when a newer instance of the same partition went live.
    pub superseded: Narrow<Option<Seq>>,
    /// -> taints laid on it, in order.
    pub taints: Csr<InstanceId, TaintId>,
    /// -> read sets in which it was read, in event order. Follows from those.
    pub read_by: Csr<InstanceId, ReadSetId>,
    /// -> read sets that say what it was built from, in event order. Follows from those.
    pub built_from: Csr<InstanceId, ReadSetId>,
}

/// Columns of instances that were current and ended though no newer one had gone live, by instance.
/// Only OpenLineage tells of such.
#[derive(Clone, Debug, Default)]
pub struct Removals {
    /// -> the instance.
    pub instance: Vec<InstanceId>,
    /// -> when.
    pub at: Vec<Seq>,
    /// -> what became of it.
    pub how: Vec<Removal>,
}

/// Columns of job runs, as long as `names.runs`.
#[derive(Clone, Debug, Default)]
pub struct Runs {
    /// -> its job; none when the log never buffered it.
    pub label: Narrow<Option<LabelId>>,
    /// -> its first `job_run_buffer_v1`.
    pub buffered: Narrow<Option<Seq>>,
    /// -> the first event that mentions it.
    pub first_seen: Narrow<Seq>,
    /// -> its own events, in order. Follows from those.
    pub events: Csr<RunId, Seq>,
    /// -> its attempts, in order (rows of `attempts` are grouped by run).
    pub attempts: Csr<RunId, AttemptId>,
    /// -> what it builds.
    pub writes: Csr<RunId, InstanceId>,
    /// -> the wants it was scheduled for, in order of mention.
    pub wants: Csr<RunId, WantId>,
    /// Beside `wants.values()`: the buffer event that says so.
    pub wants_since: Narrow<Seq>,
    /// -> the derivative wants it caused, by creation.
    pub spawned: Csr<RunId, WantId>,
    /// -> the earlier runs that it continues, by their buffer events.
    pub continues: Csr<RunId, RunId>,
    /// Beside `continues.values()`: when it began the partition that both build.
    pub continues_since: Narrow<Seq>,
    /// -> the later runs that continue it, by when they do.
    pub continued_by: Csr<RunId, RunId>,
    /// Beside `continued_by.values()`: since when.
    pub continued_by_since: Narrow<Seq>,
}

/// How an attempt ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum End {
    /// `job_run_success_v1`
    Succeeded,
    /// `job_run_failure_v1`
    Failed,
    /// `job_run_cancel_v1`
    Canceled,
    /// `job_run_missing_deps_v1`
    DepMiss,
}

impl End {
    /// Every end; `ALL[end as usize] == end`.
    pub const ALL: [Self; 4] = [Self::Succeeded, Self::Failed, Self::Canceled, Self::DepMiss];
}

/// Columns of attempts.
#[derive(Clone, Debug, Default)]
pub struct Attempts {
    /// -> the run that it is an attempt of.
    pub run: Narrow<RunId>,
    /// -> its first event.
    pub start: Narrow<Seq>,
    /// -> its first heartbeat.
    pub running: Narrow<Option<Seq>>,
    /// -> its last heartbeat.
    pub last_heartbeat: Narrow<Option<Seq>>,
    /// -> its end.
    pub end: Narrow<Option<Seq>>,
    /// -> how it ended.
    pub ended: Narrow<Option<End>>,
    /// -> the failure reason or the cancel comment.
    pub reason: Narrow<Option<TextId>>,
    /// -> its read sets.
    pub reads: Csr<AttemptId, ReadSetId>,
    /// -> what it missed.
    pub missing: Csr<AttemptId, MissingSetId>,
    /// -> the derivative wants it caused.
    pub spawned: Csr<AttemptId, WantId>,
}

/// How it is known which instance was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// The event names the instance.
    Exact,
    /// It was current when the reading attempt started.
    AtStart,
    /// None was live at the start; it was current at the end.
    ByEnd,
    /// No build of it was ever live in this log by then: what was there before.
    External,
}

impl How {
    /// Every way; `ALL[how as usize] == how`.
    pub const ALL: [Self; 4] = [Self::Exact, Self::AtStart, Self::ByEnd, Self::External];
}

/// Columns of read sets, in event order.
#[derive(Clone, Debug, Default)]
pub struct ReadSets {
    /// -> the attempt that read.
    pub attempt: Narrow<AttemptId>,
    /// -> the event that says so.
    pub seq: Narrow<Seq>,
    /// -> whether the log did not record it and it was inferred from earlier misses.
    pub inferred: Narrow<bool>,
    /// -> what says that it was read for that.
    pub basis: Narrow<Basis>,
    /// -> what was built, or was to be built, from it.
    pub impacted: Csr<ReadSetId, InstanceId>,
    /// -> what was read, in the order of the event, without repeats.
    pub read: Csr<ReadSetId, InstanceId>,
    /// Beside `read.values()`: how that is known.
    pub how: Narrow<How>,
}

/// Columns of missing sets, in event order.
#[derive(Clone, Debug, Default)]
pub struct MissingSets {
    /// -> what could not be built: all that the run builds, where the event does not say.
    pub impacted: Csr<MissingSetId, PartitionId>,
    /// -> what was not there.
    pub missing: Csr<MissingSetId, PartitionId>,
}

/// Columns of taints, as long as `names.taints`.
#[derive(Clone, Debug, Default)]
pub struct Taints {
    /// -> its `taint_create_v1`.
    pub created: Narrow<Option<Seq>>,
    /// -> its `taint_cancel_v1`.
    pub canceled: Narrow<Option<Seq>>,
    /// -> the instances it was laid on.
    pub instances: Csr<TaintId, InstanceId>,
    /// -> who.
    pub by: Narrow<Option<TextId>>,
    /// -> why.
    pub comment: Narrow<Option<TextId>>,
}
