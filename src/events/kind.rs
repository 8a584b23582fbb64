//! The eleven kinds of events and how their names are spelled.

/// What kind of event a row is; the names are those of the log format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum EventKind {
    /// `want_create_v1`
    WantCreate,
    /// `want_cancel_v1`
    WantCancel,
    /// `job_run_buffer_v1`
    JobRunBuffer,
    /// `job_run_queue_v1`
    JobRunQueue,
    /// `job_run_heartbeat_v1`
    JobRunHeartbeat,
    /// `job_run_success_v1`
    JobRunSuccess,
    /// `job_run_failure_v1`
    JobRunFailure,
    /// `job_run_cancel_v1`
    JobRunCancel,
    /// `job_run_missing_deps_v1`
    JobRunMissingDeps,
    /// `taint_create_v1`
    TaintCreate,
    /// `taint_cancel_v1`
    TaintCancel,
}

impl EventKind {
    /// Every kind; `ALL[kind as usize] == kind`.
    pub const ALL: [Self; 11] = [
        Self::WantCreate,
        Self::WantCancel,
        Self::JobRunBuffer,
        Self::JobRunQueue,
        Self::JobRunHeartbeat,
        Self::JobRunSuccess,
        Self::JobRunFailure,
        Self::JobRunCancel,
        Self::JobRunMissingDeps,
        Self::TaintCreate,
        Self::TaintCancel,
    ];

    /// The name in the log format: `want_create_v1`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::WantCreate => "want_create_v1",
            Self::WantCancel => "want_cancel_v1",
            Self::JobRunBuffer => "job_run_buffer_v1",
            Self::JobRunQueue => "job_run_queue_v1",
            Self::JobRunHeartbeat => "job_run_heartbeat_v1",
            Self::JobRunSuccess => "job_run_success_v1",
            Self::JobRunFailure => "job_run_failure_v1",
            Self::JobRunCancel => "job_run_cancel_v1",
            Self::JobRunMissingDeps => "job_run_missing_deps_v1",
            Self::TaintCreate => "taint_create_v1",
            Self::TaintCancel => "taint_cancel_v1",
        }
    }

    /// The kind of a name in any of its spellings: `want_create_v1`, `wantCreateV1`,
    /// `WantCreateV1`.
    pub fn of_name(name: &str) -> Option<Self> {
        Some(match name {
            "want_create_v1" | "wantCreateV1" | "WantCreateV1" => Self::WantCreate,
            "want_cancel_v1" | "wantCancelV1" | "WantCancelV1" => Self::WantCancel,
            "job_run_buffer_v1" | "jobRunBufferV1" | "JobRunBufferV1" => Self::JobRunBuffer,
            "job_run_queue_v1" | "jobRunQueueV1" | "JobRunQueueV1" => Self::JobRunQueue,
            "job_run_heartbeat_v1" | "jobRunHeartbeatV1" | "JobRunHeartbeatV1" => {
                Self::JobRunHeartbeat
            }
            "job_run_success_v1" | "jobRunSuccessV1" | "JobRunSuccessV1" => Self::JobRunSuccess,
            "job_run_failure_v1" | "jobRunFailureV1" | "JobRunFailureV1" => Self::JobRunFailure,
            "job_run_cancel_v1" | "jobRunCancelV1" | "JobRunCancelV1" => Self::JobRunCancel,
            "job_run_missing_deps_v1" | "jobRunMissingDepsV1" | "JobRunMissingDepsV1" => {
                Self::JobRunMissingDeps
            }
            "taint_create_v1" | "taintCreateV1" | "TaintCreateV1" => Self::TaintCreate,
            "taint_cancel_v1" | "taintCancelV1" | "TaintCancelV1" => Self::TaintCancel,
            _ => return None,
        })
    }
}
