//! Jobs by label, each with its runs.
use std::collections::BTreeMap;

use crate::events::{Id, LabelId, Seq};
use crate::history::{AsOf, RunStatus};

/// The runs of one job that had begun.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Job {
    /// Its label.
    pub label: LabelId,
    /// How many there are.
    pub n_runs: u64,
    /// How many of them failed.
    pub n_failed: u64,
    /// Status -> how many, in the order of [`RunStatus::ALL`], without zeros.
    pub by_status: Vec<(RunStatus, u64)>,
}

/// All jobs that had a run; the one that ran last first.
pub fn jobs(asof: AsOf<'_>) -> Vec<Job> {
    let mut jobs: Vec<(Option<Seq>, Job)> =
        asof.history.names.labels.ids().filter_map(|label| job(asof, label)).collect();
    jobs.sort_by(|(a_seen, a), (b_seen, b)| b_seen.cmp(a_seen).then(a.label.cmp(&b.label)));
    jobs.into_iter().map(|(_, job)| job).collect()
}

/// With the first event of its newest run.
fn job(asof: AsOf<'_>, label: LabelId) -> Option<(Option<Seq>, Job)> {
    let history = asof.history;
    let mut counts: BTreeMap<RunStatus, u64> = BTreeMap::new();
    let mut newest = None;
    for &run in history.label_runs.row(label) {
        let Some(status) = asof.run_status(run) else { continue };
        *counts.entry(status).or_default() += 1;
        newest = newest.max(history.runs.first_seen.get(run.index()).copied());
    }
    let n_runs = counts.values().sum();
    let n_failed = counts.get(&RunStatus::Failed).copied().unwrap_or(0);
    let job = Job { label, n_runs, n_failed, by_status: counts.into_iter().collect() };
    (n_runs > 0).then_some((newest, job))
}
