//! Jobs by label, each with its runs.
use crate::events::{Id, LabelId, Seq};
use crate::history::{AsOf, RunStatus};
use crate::order::sorted_rows;

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
    let labels = asof.history.names.labels.ids();
    let jobs: Vec<(Option<Seq>, Job)> = labels.filter_map(|label| job(asof, label)).collect();
    let newest = |row: u32| jobs.get(row as usize).and_then(|(newest, _)| *newest);
    let rows = sorted_rows(jobs.len(), &|a, b| newest(b).cmp(&newest(a)));
    rows.into_iter().filter_map(|row| jobs.get(row as usize)).map(|(_, job)| job.clone()).collect()
}

/// With the first event of its newest run.
fn job(asof: AsOf<'_>, label: LabelId) -> Option<(Option<Seq>, Job)> {
    let history = asof.history;
    let mut by_status: Vec<_> = RunStatus::ALL.iter().map(|&status| (status, 0)).collect();
    let mut newest = None;
    for run in history.label_runs.row(label) {
        let Some(status) = asof.run_status(run) else { continue };
        if let Some((_, n)) = by_status.iter_mut().find(|(other, _)| *other == status) {
            *n += 1;
        }
        newest = newest.max(history.runs.first_seen.get(run.index()));
    }
    by_status.retain(|&(_, n)| n > 0);
    let n_runs = by_status.iter().map(|(_, n)| n).sum();
    let failed = by_status.iter().find(|(status, _)| *status == RunStatus::Failed);
    let n_failed = failed.map_or(0, |(_, n)| *n);
    let job = Job { label, n_runs, n_failed, by_status };
    (n_runs > 0).then_some((newest, job))
}
