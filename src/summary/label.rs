//! One job: all its runs over time, how many succeed, and how long they take. As numbers to plot.
use crate::events::{Id, LabelId, RunId};
use crate::graph::{Wait, attempt_phases};
use crate::history::{AsOf, AttemptId, RunStatus};
use crate::order::sort_keys;

/// One run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobRun {
    /// The run.
    pub run: RunId,
    /// When its first attempt began, nanoseconds since 1970 UTC.
    pub start_nanos: u64,
    /// From then to the end of its last attempt; to the moment while that is not over.
    pub nanos: u64,
    /// How much of that it ran, over all its attempts.
    pub running_nanos: u64,
    /// How its last attempt stands.
    pub status: RunStatus,
    /// How many attempts it made.
    pub n_attempts: u32,
}

/// All runs of one job that had begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobRuns {
    /// Its label.
    pub label: LabelId,
    /// By their first event.
    pub runs: Vec<JobRun>,
    /// Status -> how many, in the order of [`RunStatus::ALL`], without zeros.
    pub by_status: Vec<(RunStatus, u64)>,
    /// Attempts that came after one that failed or was canceled, in the same run or in one that it
    /// continues.
    pub n_retries: u64,
    /// Attempts that came after a dependency miss.
    pub n_after_miss: u64,
    /// Of the runs that succeeded, half took no longer: the nearest rank.
    pub median_nanos: Option<u64>,
    /// 95 of 100 took no longer.
    pub p95_nanos: Option<u64>,
}

impl JobRuns {
    /// How many have this status.
    pub fn count(&self, status: RunStatus) -> u64 {
        self.by_status.iter().find(|(other, _)| *other == status).map_or(0, |(_, n)| *n)
    }

    /// Of the runs that succeeded or failed, the part that succeeded, 0 to 1. A miss is no failure,
    /// and a cancel says nothing of the job.
    pub fn success_rate(&self) -> Option<f64> {
        let good = self.count(RunStatus::Succeeded);
        let all = good + self.count(RunStatus::Failed);
        (all > 0).then(|| good as f64 / all as f64)
    }
}

/// The runs of `label`. One pass over them and a sort of their durations.
pub fn job_runs(asof: AsOf<'_>, label: LabelId) -> JobRuns {
    let all = asof.history.label_runs.row(label).iter();
    let runs: Vec<JobRun> = all.filter_map(|run| job_run(asof, run)).collect();
    let count = |&status: &RunStatus| {
        (status, runs.iter().filter(|run| run.status == status).count() as u64)
    };
    let by_status = RunStatus::ALL.iter().map(count).filter(|&(_, n)| n > 0).collect();
    let (mut n_retries, mut n_after_miss) = (0, 0);
    for run in &runs {
        for before in before_each(asof, run.run) {
            match before {
                Some(RunStatus::Failed | RunStatus::Canceled) => n_retries += 1,
                Some(RunStatus::DepMiss) => n_after_miss += 1,
                _ => {}
            }
        }
    }
    let good = runs.iter().filter(|run| run.status == RunStatus::Succeeded);
    let mut durations: Vec<u64> = good.map(|run| run.nanos).collect();
    sort_keys(&mut durations);
    let (median_nanos, p95_nanos) = (at_rank(&durations, 50), at_rank(&durations, 95));
    JobRuns { label, runs, by_status, n_retries, n_after_miss, median_nanos, p95_nanos }
}

/// The least of `sorted` that is no less than so many percent of them.
pub(super) fn at_rank(sorted: &[u64], percent: usize) -> Option<u64> {
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.checked_sub(1)?).copied()
}

/// When the run's first attempt began, and how long it took from then on; none before that.
pub(super) fn taken(asof: AsOf<'_>, run: RunId) -> Option<(u64, u64)> {
    let (log, attempts) = (&asof.history.log, asof.attempts_of(run));
    let start = asof.history.attempts.start.get(attempts.first()?.index())?;
    let end = asof.history.attempts.end.get(attempts.last()?.index()).flatten();
    let until = end.filter(|&end| asof.had(end)).or(asof.moment.at)?;
    Some((log.nanos(start), log.nanos(until).saturating_sub(log.nanos(start))))
}

fn job_run(asof: AsOf<'_>, run: RunId) -> Option<JobRun> {
    let (start_nanos, nanos) = taken(asof, run)?;
    let attempts = asof.attempts_of(run);
    let phases = attempts.iter().flat_map(|attempt| attempt_phases(asof, attempt));
    let running = phases.filter(|phase| phase.wait == Wait::Running);
    Some(JobRun {
        run,
        start_nanos,
        nanos,
        running_nanos: running.map(|phase| phase.nanos(asof)).sum(),
        status: asof.run_status(run)?,
        n_attempts: attempts.len() as u32,
    })
}

/// For each attempt of the run, how the one before it ended: in the run itself, or, for the first, in
/// the newest run that it continues.
pub(super) fn before_each(asof: AsOf<'_>, run: RunId) -> impl Iterator<Item = Option<RunStatus>> {
    let runs = &asof.history.runs;
    let since = runs.continues_since.part(runs.continues.range(run));
    let linked = runs.continues.row(run).iter().zip(since);
    let continued = linked.filter(|&(_, since)| asof.had(since)).map(|(run, _)| run).next_back();
    let last = continued.and_then(|run| asof.attempts_of(run).last());
    let first = last.and_then(|attempt: AttemptId| asof.attempt_status(attempt));
    let attempts = asof.attempts_of(run);
    let inside = attempts.iter().take(attempts.len().saturating_sub(1));
    let inside = inside.map(move |attempt| asof.attempt_status(attempt));
    std::iter::once(first).chain(inside)
}
