//! The story of a log, counted attempt by attempt.
use std::collections::BTreeMap;

use crate::oracle::history::{End, Twin};

/// What is told of a job: how long its runs took that succeeded, in order, in seconds; how many attempts
/// came after one that failed or was canceled; how many runs there are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Job {
    pub took: Vec<usize>,
    pub n_retries: u64,
    pub n_runs: u64,
}

impl Job {
    /// The least duration that so many percent of the runs do not exceed.
    pub fn least(&self, percent: usize) -> Option<usize> {
        let n_within = |most: usize| self.took.iter().filter(|&&it| it <= most).count();
        self.took.iter().copied().find(|&it| n_within(it) * 100 >= percent * self.took.len())
    }
}

/// Succeeded, failed, canceled, missed.
pub fn ends(twin: &Twin<'_>) -> [u64; 4] {
    let mut ends = [0; 4];
    for run in twin.runs() {
        for (_, end) in twin.attempts_of(run).iter().filter_map(|attempt| attempt.end) {
            ends[match end {
                End::Succeeded => 0,
                End::Failed => 1,
                End::Canceled => 2,
                End::DepMiss => 3,
            }] += 1;
        }
    }
    ends
}

/// All jobs with a run. Which job a run is of, `whole` says, the twin of the log to its end.
pub fn jobs(twin: &Twin<'_>, whole: &Twin<'_>, now: usize) -> BTreeMap<String, Job> {
    let mut jobs: BTreeMap<String, Job> = BTreeMap::new();
    for run in twin.runs() {
        let attempts = twin.attempts_of(run);
        let (Some(label), false) = (whole.label(run, usize::MAX), attempts.is_empty()) else {
            continue;
        };
        let job = jobs.entry(label.to_owned()).or_default();
        job.n_runs += 1;
        if twin.run_status(run) == Some("succeeded") {
            let end = attempts[attempts.len() - 1].end.map_or(now, |(end, _)| end);
            job.took.push(end - attempts[0].start);
            job.took.sort_unstable();
        }
        let mut before: Vec<&str> = attempts.iter().rev().skip(1).map(|it| it.status()).collect();
        let links = twin.links(now);
        let earlier = links.iter().filter(|(later, _)| later == run).map(|(_, run)| run);
        let newest = earlier.max_by_key(|run| twin.buffered(run));
        before.extend(newest.and_then(|run| twin.run_status(run)));
        let is_retry = |it: &&&str| matches!(**it, "failed" | "canceled");
        job.n_retries += before.iter().filter(is_retry).count() as u64;
    }
    jobs
}

/// How many runs read the partition and succeeded.
pub fn n_readers(twin: &Twin<'_>, partition: &str) -> u64 {
    let reads = |run: &&&str| {
        let attempts = twin.attempts_of(run);
        let mut sets = attempts.iter().flat_map(|attempt| twin.reads_of(attempt));
        sets.any(|set| {
            set.succeeded && set.read.iter().any(|(key, _)| key.partition() == partition)
        })
    };
    twin.runs().iter().filter(reads).count() as u64
}
