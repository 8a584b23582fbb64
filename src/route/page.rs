//! The pages, each with its focus and the keys that only it has.
use super::words::Word;

/// A page and its focus. Ids and refs are any text, the empty one included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    /// `#/`
    Home {
        /// `status=`: only wants of this status, by its word in lower-kebab-case.
        status: Option<String>,
    },
    /// `#/want/{want_id}`
    Want(String),
    /// `#/partition/{ref}`
    Partition {
        /// The ref.
        partition: String,
        /// `uuid=`: this instance; `None` is the current one.
        uuid: Option<String>,
        /// `mode=`: what one node is.
        mode: Mode,
    },
    /// `#/job-run/{job_run_id}`
    JobRun(String),
    /// `#/impact/{ref}`
    Impact {
        /// The ref.
        partition: String,
        /// `uuid=`: this instance; `None` is the current one.
        uuid: Option<String>,
    },
    /// `#/diff/{ref}`
    Diff {
        /// The ref.
        partition: String,
        /// `a=`: one instance; `None` leaves it to the page.
        a: Option<String>,
        /// `b=`: the other.
        b: Option<String>,
    },
    /// `#/path`
    Path {
        /// `from=`: a ref; `None` is not chosen yet.
        from: Option<String>,
        /// `to=`: a ref; `None` is not chosen yet.
        to: Option<String>,
        /// `mode=`: what one node is.
        mode: Mode,
    },
    /// `#/job/{label}`: all runs of a job.
    Job(String),
    /// `#/dataset/{pattern}`: all partitions whose refs differ in keys and numbers alone.
    Dataset(String),
    /// `#/notices`
    Notices,
}

impl Page {
    /// All wants.
    pub const HOME: Self = Self::Home { status: None };

    /// The lineage of a partition's current instance.
    pub fn partition(partition: impl Into<String>) -> Self {
        Self::Partition { partition: partition.into(), uuid: None, mode: Mode::Instances }
    }

    /// The lineage of one instance.
    pub fn instance(partition: impl Into<String>, uuid: impl Into<String>) -> Self {
        let (partition, uuid) = (partition.into(), Some(uuid.into()));
        Self::Partition { partition, uuid, mode: Mode::Instances }
    }
}

impl Default for Page {
    fn default() -> Self {
        Self::HOME
    }
}

/// What one partition node is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// `instances`: one build.
    #[default]
    Instances,
    /// `refs`: all builds of a ref, ever.
    Refs,
}

impl Word for Mode {
    const WORDS: &'static [(Self, &'static str)] =
        &[(Self::Instances, "instances"), (Self::Refs, "refs")];
}
