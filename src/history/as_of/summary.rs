//! How many there are, and how many of each status.
use crate::events::{Id, LabelId, RunId, Seq};
use crate::history::as_of::AsOf;
use crate::history::{PartitionStatus, RunStatus, WantStatus};
use crate::wire::Narrow;

/// How many had been mentioned by a moment, and how many of them were in each status. All statuses
/// are listed, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// Wants.
    pub wants: Vec<(WantStatus, usize)>,
    /// Partitions.
    pub partitions: Vec<(PartitionStatus, usize)>,
    /// Job runs that had begun.
    pub runs: Vec<(RunStatus, usize)>,
}

/// How many had been mentioned by a moment, whatever had become of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mentioned {
    /// Wants.
    pub n_wants: usize,
    /// Partitions.
    pub n_partitions: usize,
    /// Job runs.
    pub n_runs: usize,
    /// Jobs that had a run.
    pub n_jobs: usize,
}

impl AsOf<'_> {
    /// Counts of what the log had mentioned. Ids are in order of first mention, so that a binary search tells;
    /// only jobs are looked at one by one, and their runs as far as the first that had begun.
    pub fn mentioned(&self) -> Mentioned {
        let history = self.history;
        let by_now =
            |seen: &Narrow<Seq>| seen.part(0..seen.len()).partition_point(|it| self.had(it));
        let is_seen = |run: &RunId| self.had(history.runs.first_seen.get(run.index()));
        let has_begun = |&label: &LabelId| {
            let mut runs = history.label_runs.row(label).iter().take_while(is_seen);
            runs.any(|run| self.run_status(run).is_some())
        };
        Mentioned {
            n_wants: by_now(&history.wants.first_seen),
            n_partitions: by_now(&history.partitions.first_seen),
            n_runs: by_now(&history.runs.first_seen),
            n_jobs: history.names.labels.ids().filter(has_begun).count(),
        }
    }

    /// Counts by status.
    pub fn summary(&self) -> Summary {
        let runs = self.moment.run_attempt.iter();
        let runs = runs.map(|attempt| attempt.and_then(|attempt| self.attempt_status(attempt)));
        Summary {
            wants: count(WantStatus::ALL, self.moment.want_status.iter().copied()),
            partitions: count(PartitionStatus::ALL, self.moment.partition_status.iter().copied()),
            runs: count(RunStatus::ALL, runs),
        }
    }
}

/// `all` statuses, each with how often it is found.
fn count<S: Copy + Ord>(all: &[S], found: impl Iterator<Item = Option<S>>) -> Vec<(S, usize)> {
    let mut counts: Vec<_> = all.iter().map(|&status| (status, 0)).collect();
    for status in found.flatten() {
        if let Ok(at) = all.binary_search(&status) {
            counts[at].1 += 1;
        }
    }
    counts
}
