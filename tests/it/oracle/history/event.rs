//! Events in plain words: what the twin reads and what the random logs are made of. Written and
//! read in the first spelling of the format alone; the other spellings are the decoder's concern.
use std::fmt;

use serde::{Deserialize, Serialize};

/// One event without its envelope: its place in the log is its index.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TestEvent {
    WantCreateV1 {
        want_id: String,
        partitions: Vec<Ref>,
        source: Source,
    },
    WantCancelV1 {
        want_id: String,
    },
    JobRunBufferV1 {
        job_run_id: String,
        job_label: String,
        building_partitions: Vec<Ref>,
        want_attributed_partitions: Vec<Attribution>,
    },
    JobRunQueueV1 {
        job_run_id: String,
    },
    JobRunHeartbeatV1 {
        job_run_id: String,
    },
    JobRunSuccessV1 {
        job_run_id: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        read_deps: Option<Vec<ReadDep>>,
    },
    JobRunFailureV1 {
        job_run_id: String,
    },
    JobRunCancelV1 {
        job_run_id: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        source: Option<Source>,
    },
    JobRunMissingDepsV1 {
        job_run_id: String,
        missing_deps: Vec<MissingDep>,
        read_deps: Vec<ReadDep>,
    },
    TaintCreateV1 {
        taint_id: String,
        partitions: Vec<Ref>,
    },
    TaintCancelV1 {
        taint_id: String,
    },
}

/// A partition, and the one instance meant where the event says so.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ref {
    #[serde(rename = "ref")]
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uuid: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    ManuallyTriggered { user: String },
    JobTriggered { job_run_id: String },
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Attribution {
    pub want_id: String,
    pub partitions: Vec<Ref>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReadDep {
    pub impacted: Vec<Ref>,
    pub read: Vec<Ref>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MissingDep {
    pub impacted: Vec<Ref>,
    pub missing: Vec<Ref>,
}

/// How an attempt ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum End {
    Succeeded,
    Failed,
    Canceled,
    DepMiss,
}

/// A whole log. Its debug form is what a person reads when a property fails.
#[derive(Clone, PartialEq)]
pub struct TestLog(pub Vec<TestEvent>);

impl TestEvent {
    /// The run whose own event this is.
    pub fn run(&self) -> Option<&str> {
        match self {
            Self::JobRunBufferV1 { job_run_id, .. }
            | Self::JobRunQueueV1 { job_run_id }
            | Self::JobRunHeartbeatV1 { job_run_id }
            | Self::JobRunSuccessV1 { job_run_id, .. }
            | Self::JobRunFailureV1 { job_run_id }
            | Self::JobRunCancelV1 { job_run_id, .. }
            | Self::JobRunMissingDepsV1 { job_run_id, .. } => Some(job_run_id),
            _ => None,
        }
    }

    /// How it ends an attempt of its run, if it does.
    pub fn end(&self) -> Option<End> {
        match self {
            Self::JobRunSuccessV1 { .. } => Some(End::Succeeded),
            Self::JobRunFailureV1 { .. } => Some(End::Failed),
            Self::JobRunCancelV1 { .. } => Some(End::Canceled),
            Self::JobRunMissingDepsV1 { .. } => Some(End::DepMiss),
            _ => None,
        }
    }

    /// Every run it mentions, its own first.
    pub fn runs(&self) -> Vec<&str> {
        let source = match self {
            Self::WantCreateV1 { source, .. }
            | Self::JobRunCancelV1 { source: Some(source), .. } => source.run(),
            _ => None,
        };
        self.run().into_iter().chain(source).collect()
    }

    /// Every want it mentions.
    pub fn wants(&self) -> Vec<&str> {
        match self {
            Self::WantCreateV1 { want_id, .. } | Self::WantCancelV1 { want_id } => vec![want_id],
            Self::JobRunBufferV1 { want_attributed_partitions, .. } => {
                want_attributed_partitions.iter().map(|entry| entry.want_id.as_str()).collect()
            }
            _ => Vec::new(),
        }
    }

    /// What it names as built by its run: all `building_partitions` and `impacted`, those of
    /// `read_deps` first.
    pub fn named_builds(&self) -> Vec<&Ref> {
        match self {
            Self::JobRunBufferV1 { building_partitions, .. } => {
                building_partitions.iter().collect()
            }
            Self::JobRunSuccessV1 { read_deps, .. } => {
                read_deps.iter().flatten().flat_map(|entry| &entry.impacted).collect()
            }
            Self::JobRunMissingDepsV1 { missing_deps, read_deps, .. } => {
                let missing = missing_deps.iter().flat_map(|entry| &entry.impacted);
                read_deps.iter().flat_map(|entry| &entry.impacted).chain(missing).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The taint it is about.
    pub fn taint(&self) -> Option<&str> {
        match self {
            Self::TaintCreateV1 { taint_id, .. } | Self::TaintCancelV1 { taint_id } => {
                Some(taint_id)
            }
            _ => None,
        }
    }

    /// Every partition it mentions.
    pub fn partitions(&self) -> Vec<&Ref> {
        match self {
            Self::WantCreateV1 { partitions, .. } | Self::TaintCreateV1 { partitions, .. } => {
                partitions.iter().collect()
            }
            Self::JobRunBufferV1 { building_partitions, want_attributed_partitions, .. } => {
                let attributed = want_attributed_partitions.iter().flat_map(|e| &e.partitions);
                building_partitions.iter().chain(attributed).collect()
            }
            Self::JobRunSuccessV1 { read_deps: Some(read_deps), .. } => refs_read(read_deps),
            Self::JobRunMissingDepsV1 { missing_deps, read_deps, .. } => {
                let missing = missing_deps.iter().flat_map(|e| e.impacted.iter().chain(&e.missing));
                missing.chain(refs_read(read_deps)).collect()
            }
            _ => Vec::new(),
        }
    }
}

fn refs_read(entries: &[ReadDep]) -> Vec<&Ref> {
    entries.iter().flat_map(|entry| entry.impacted.iter().chain(&entry.read)).collect()
}

impl Source {
    pub fn run(&self) -> Option<&str> {
        match self {
            Self::JobTriggered { job_run_id } => Some(job_run_id),
            Self::ManuallyTriggered { .. } => None,
        }
    }
}

/// One line of NDJSON.
#[derive(Serialize, Deserialize)]
struct Line<Event> {
    event_id: u64,
    timestamp: String,
    #[serde(flatten)]
    event: Event,
}

impl TestLog {
    /// One line for each event, numbered from 1.
    pub fn lines(&self) -> Vec<String> {
        let line = |(index, event)| {
            let event_id = index as u64 + 1;
            let timestamp = (1_732_283_350 + event_id).to_string();
            serde_json::to_string(&Line { event_id, timestamp, event }).unwrap_or_default()
        };
        self.0.iter().enumerate().map(line).collect()
    }

    /// Reads what [`TestLog::lines`] writes. A log that cannot be read is a broken test.
    pub fn read(ndjson: &str) -> Result<Self, serde_json::Error> {
        let event = |line| serde_json::from_str::<Line<TestEvent>>(line).map(|line| line.event);
        ndjson.lines().map(event).collect::<Result<_, _>>().map(Self)
    }
}

impl fmt::Debug for TestLog {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        writeln!(f, "{} events:", self.0.len())?;
        self.lines().iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}
