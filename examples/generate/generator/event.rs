//! The events of a log as values. Knows no JSON: see `json`.

use super::catalog::Part;

/// One event.
pub struct Event {
    /// From 1, without gaps.
    pub id: u64,
    /// Nanoseconds since 1970 UTC, never less than in the event before.
    pub nanos: u64,
    /// What happened.
    pub payload: Payload,
}

/// What happened. Wants, runs and taints are numbered from 1, each on their own.
pub enum Payload {
    /// `want_create_v1`
    WantCreate { want: u64, parts: Vec<Part>, terms: Terms, source: Source, comment: Comment },
    /// `want_cancel_v1`
    WantCancel { want: u64, source: Source, comment: Comment },
    /// `job_run_buffer_v1`
    RunBuffer { run: u64, job: u16, builds: Vec<Part>, wants: Vec<(u64, Vec<Part>)> },
    /// `job_run_queue_v1`
    RunQueue { run: u64 },
    /// `job_run_heartbeat_v1`
    RunHeartbeat { run: u64 },
    /// `job_run_success_v1`
    RunSuccess { run: u64, reads: Vec<Deps> },
    /// `job_run_failure_v1`
    RunFailure { run: u64, reason: &'static str },
    /// `job_run_cancel_v1`
    RunCancel { run: u64, source: Source, comment: Comment },
    /// `job_run_missing_deps_v1`
    RunMissingDeps { run: u64, missing: Vec<Deps>, reads: Vec<Deps> },
    /// `taint_create_v1`
    TaintCreate { taint: u64, parts: Vec<Part>, source: Source, comment: Comment },
    /// `taint_cancel_v1`
    TaintCancel { taint: u64, source: Source, comment: Comment },
}

impl Payload {
    /// Its name in a log.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::WantCreate { .. } => "want_create_v1",
            Self::WantCancel { .. } => "want_cancel_v1",
            Self::RunBuffer { .. } => "job_run_buffer_v1",
            Self::RunQueue { .. } => "job_run_queue_v1",
            Self::RunHeartbeat { .. } => "job_run_heartbeat_v1",
            Self::RunSuccess { .. } => "job_run_success_v1",
            Self::RunFailure { .. } => "job_run_failure_v1",
            Self::RunCancel { .. } => "job_run_cancel_v1",
            Self::RunMissingDeps { .. } => "job_run_missing_deps_v1",
            Self::TaintCreate { .. } => "taint_create_v1",
            Self::TaintCancel { .. } => "taint_cancel_v1",
        }
    }
}

/// A remark, or none.
pub type Comment = Option<&'static str>;

/// Who caused a want, a cancel or a taint.
#[derive(Clone, Copy)]
pub enum Source {
    /// A role, never a name.
    User(&'static str),
    /// A run that missed something.
    Run(u64),
}

/// When a want's data should be there.
#[derive(Clone, Copy)]
pub struct Terms {
    /// The day of the data, since 1970; both spans count from its start.
    pub data_day: u32,
    /// After which nobody needs it.
    pub ttl_seconds: u64,
    /// After which it is late.
    pub sla_seconds: u64,
}

/// To build each of `impacted`, each of `inputs` was read (or was missing).
pub struct Deps {
    /// What was built.
    pub impacted: Vec<Part>,
    /// What was read, or was missing.
    pub inputs: Vec<Part>,
}
