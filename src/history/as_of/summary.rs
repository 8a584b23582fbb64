//! How many there are of each status.
use crate::history::as_of::AsOf;
use crate::history::{PartitionStatus, RunStatus, WantStatus};

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

impl AsOf<'_> {
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
