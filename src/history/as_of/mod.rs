//! What everything was at one moment, from the columns in one pass: exactly what a replay of the
//! log cut after that event would give. Never replays.
mod changes;
mod lineage;
mod moved;
mod sorted;
mod status;
mod summary;
mod things;
mod verdict;
mod work;

use std::ops::Range;

use crate::events::{Id, Seq};
use crate::history::{
    AttemptId, End, History, InstanceId, PartitionStatus, RunStatus, Staleness, WantStatus,
};

pub use changes::{
    Change, Changes, Counts, changes, instance_change, partition_change, run_change, want_change,
};
pub use summary::{Mentioned, Summary};
pub use verdict::Verdict;

/// The answers for every row, at one moment. Invariant: columns are as long as the history's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// The last event that counts; none for an empty log.
    pub at: Option<Seq>,
    /// `RunId ->` its newest attempt that had begun; none for a run not yet mentioned or without one.
    pub run_attempt: Vec<Option<AttemptId>>,
    /// `PartitionId ->` its current instance.
    pub current: Vec<Option<InstanceId>>,
    /// `PartitionId ->` of the attempts of runs that build it, the one that began to do so last.
    pub partition_attempt: Vec<Option<AttemptId>>,
    /// `PartitionId ->` its status; none for a partition not yet mentioned.
    pub partition_status: Vec<Option<PartitionStatus>>,
    /// `PartitionId ->` whether it has a current instance and a newer attempt in progress.
    pub rebuilding: Vec<bool>,
    /// `WantId ->` its status; none for a want not yet mentioned.
    pub want_status: Vec<Option<WantStatus>>,
}

/// A history and a moment in it: what every question is asked of.
#[derive(Clone, Copy, Debug)]
pub struct AsOf<'a> {
    /// What happened, whole.
    pub history: &'a History,
    /// When to look.
    pub moment: &'a Moment,
    /// What was stale then, where that has been found.
    pub stale: Option<&'a Staleness>,
}

impl Moment {
    /// The history seen from this moment.
    pub fn of<'a>(&'a self, history: &'a History) -> AsOf<'a> {
        AsOf { history, moment: self, stale: None }
    }
}

/// The state of everything after the event `at`; after the last one where `at` is none or later.
/// One pass over the columns, no recursion.
pub fn as_of(history: &History, at: Option<Seq>) -> Moment {
    let at = last_that_counts(history, at);
    let mut moment = Moment {
        at,
        run_attempt: vec![None; history.runs.first_seen.len()],
        current: vec![None; history.partitions.first_seen.len()],
        partition_attempt: vec![None; history.partitions.first_seen.len()],
        partition_status: vec![None; history.partitions.first_seen.len()],
        rebuilding: vec![false; history.partitions.first_seen.len()],
        want_status: vec![None; history.wants.first_seen.len()],
    };
    if let Some(at) = at {
        let starts = moment.find_attempts(history, at);
        moment.find_instances(history, at, &starts);
        moment.find_statuses(history, at);
    }
    moment
}

/// The last event that is not after `at`; none for an empty log.
fn last_that_counts(history: &History, at: Option<Seq>) -> Option<Seq> {
    let last = history.log.seqs().next_back()?;
    Some(at.map_or(last, |at| at.min(last)))
}

impl Moment {
    /// Each run's newest attempt; when it had begun.
    fn find_attempts(&mut self, history: &History, at: Seq) -> Vec<Option<Seq>> {
        let attempts = &history.attempts;
        let mut started = vec![None; self.run_attempt.len()];
        for rows in some_of(attempts.run.len()) {
            let (runs, starts) = (
                attempts.run.part(rows.clone()).to_vec(),
                attempts.start.part(rows.clone()).to_vec(),
            );
            // By (run, start): the last that had begun stays.
            for (row, (run, start)) in rows.zip(runs.into_iter().zip(starts)) {
                if start <= at {
                    self.run_attempt[run.index()] = AttemptId::from_index(row);
                    started[run.index()] = Some(start);
                }
            }
        }
        started
    }

    fn find_instances(&mut self, history: &History, at: Seq, starts: &[Option<Seq>]) {
        let instances = &history.instances;
        let mut newest: Vec<Option<Seq>> = vec![None; self.current.len()];
        let n_begun = instances.created.part(0..instances.created.len());
        let n_begun = n_begun.partition_point(|created| created <= at);
        for rows in some_of(n_begun) {
            let runs = instances.run.part(rows.clone()).to_vec();
            let partitions = instances.partition.part(rows.clone()).to_vec();
            let created = instances.created.part(rows.clone()).to_vec();
            let live = instances.live.part(rows.clone()).to_vec();
            let superseded = instances.superseded.part(rows.clone()).to_vec();
            for (i, row) in rows.enumerate() {
                let (Some(run), partition) = (runs[i], partitions[i].index()) else { continue };
                if by(live[i], at) && !by(superseded[i], at) {
                    self.current[partition] = InstanceId::from_index(row);
                }
                let Some(attempt) = self.run_attempt[run.index()] else { continue };
                let began = starts[run.index()].map_or(created[i], |start| start.max(created[i]));
                if newest[partition] < Some(began) {
                    newest[partition] = Some(began);
                    self.partition_attempt[partition] = Some(attempt);
                }
            }
        }
        let removals = &history.removals;
        for (&instance, &removed) in removals.instance.iter().zip(&removals.at) {
            let partition = history.instances.partition.at(instance.index()).index();
            if removed <= at && self.current[partition] == Some(instance) {
                self.current[partition] = None;
            }
        }
    }
}

/// So many rows of a column are unpacked at a time: quicker than one by one, and no list of them all.
const SOME: usize = 1 << 12;

fn some_of(n_rows: usize) -> impl Iterator<Item = Range<usize>> {
    (0..n_rows).step_by(SOME).map(move |first| first..n_rows.min(first + SOME))
}

/// Whether that was, and not after `at`.
fn by(seq: Option<Seq>, at: Seq) -> bool {
    seq.is_some_and(|seq| seq <= at)
}

/// The status of an attempt; none if it had not begun.
fn attempt_status(history: &History, attempt: AttemptId, at: Seq) -> Option<RunStatus> {
    let (attempts, row) = (&history.attempts, attempt.index());
    if attempts.start.get(row)? > at {
        return None;
    }
    Some(
        match attempts.ended.get(row).flatten().filter(|_| by(attempts.end.get(row).flatten(), at))
        {
            Some(End::Succeeded) => RunStatus::Succeeded,
            Some(End::Failed) => RunStatus::Failed,
            Some(End::Canceled) => RunStatus::Canceled,
            Some(End::DepMiss) => RunStatus::DepMiss,
            None if by(attempts.running.get(row).flatten(), at) => RunStatus::Running,
            None => RunStatus::Queued,
        },
    )
}
