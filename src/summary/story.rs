//! The story of a log up to a moment: how attempts ended along its time, which jobs are slow or tried
//! again, what is read most, which wants are in trouble. From the columns, some rows at a time, so that
//! who asks for it on the page's thread can let the browser paint between two steps.
use crate::events::{Id, LabelId, PartitionId, RunId, Seq};
use crate::history::{AsOf, End, RunStatus};
use crate::order::{sort_keys, sort_numbers};
use crate::summary::label::{at_rank, before_each, taken};
use crate::summary::{Density, Troubles, Troubling, Usual};

/// So many bars: each wide enough to be pointed at.
const N_BARS: usize = 48;
/// So many are listed of each kind; the rest is counted.
const MOST: usize = 8;

/// Attempts that ended on one stretch of the log's axis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bar {
    /// Ends, in the order of [`End::ALL`].
    pub ends: [u64; 4],
    /// The last event up to the end of the stretch; none for an empty log.
    pub last: Option<Seq>,
}

/// The first few of many, and how many there are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Top<T> {
    /// In order, that with most first; of equals the one that the log mentions first.
    pub rows: Vec<T>,
    /// How many there are in all.
    pub n_all: u64,
}

/// A job by how long its runs take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slow {
    /// Of runs that succeeded, 95 of 100 took no longer.
    pub p95_nanos: u64,
    /// Half took no longer.
    pub median_nanos: u64,
    /// How many succeeded.
    pub n_runs: u64,
    /// The job.
    pub label: LabelId,
}

/// A job by how often it was tried again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retried {
    /// Attempts after one that failed or was canceled.
    pub n_retries: u64,
    /// How many runs had begun.
    pub n_runs: u64,
    /// The job.
    pub label: LabelId,
}

/// A partition by how many runs that succeeded read it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Read {
    /// How many.
    pub n_runs: u64,
    /// The partition.
    pub partition: PartitionId,
}

/// All of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Story {
    /// From the log's first event to its last, in equal parts of the axis.
    pub bars: Vec<Bar>,
    /// Jobs by the 95th of 100 durations of their runs.
    pub slow: Top<Slow>,
    /// Jobs that were tried again.
    pub retried: Top<Retried>,
    /// Partitions that were read.
    pub read: Top<Read>,
    /// Open wants.
    pub troubles: Troubles,
}

impl<T> Default for Top<T> {
    fn default() -> Self {
        Self { rows: Vec::new(), n_all: 0 }
    }
}

impl<T: Copy> Top<T> {
    /// Adds one; `size` is what they are in order of. Later ones of a size come after earlier ones.
    fn add(&mut self, row: T, size: impl Fn(&T) -> (u64, u64)) {
        self.n_all += 1;
        let at = self.rows.partition_point(|before| size(before) >= size(&row));
        if at < MOST {
            self.rows.insert(at, row);
            self.rows.truncate(MOST);
        }
    }
}

impl Story {
    /// How many attempts ended so.
    pub fn n_ended(&self, end: End) -> u64 {
        self.bars.iter().map(|bar| bar.ends[end as usize]).sum()
    }

    /// How many attempts ended.
    pub fn n_ends(&self) -> u64 {
        End::ALL.into_iter().map(|end| self.n_ended(end)).sum()
    }
}

/// What is looked at next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Attempts,
    Jobs,
    Partitions,
    Wants,
    Nothing,
}

/// What is known so far of the job that is looked at.
#[derive(Clone, Debug, Default)]
struct Job {
    /// How many of its runs were looked at.
    n_seen: usize,
    /// Of the runs that succeeded.
    nanos: Vec<u64>,
    n_retries: u64,
    n_runs: u64,
}

/// A story that is being told. Every step is asked as of the same moment of the same history.
#[derive(Debug)]
pub struct Telling {
    story: Story,
    part: Part,
    /// The next row of the part.
    row: usize,
    job: Job,
    usual: Usual,
    /// The rows of the runs that read the partition which is looked at.
    readers: Vec<u32>,
    troubling: Troubling,
}

impl Telling {
    /// Before the first step; `density` is of the same log.
    pub fn new(asof: AsOf<'_>, density: &Density) -> Self {
        let n_bars = if density.buckets.is_empty() { 0 } else { N_BARS };
        let last = |at: usize| density.seq_at((at + 1) as f64 / N_BARS as f64);
        let bar = |at| Bar { last: last(at), ..Bar::default() };
        let names = &asof.history.names;
        Self {
            story: Story { bars: (0..n_bars).map(bar).collect(), ..Story::default() },
            part: Part::Attempts,
            row: 0,
            job: Job::default(),
            usual: Vec::with_capacity(names.labels.len()),
            readers: Vec::new(),
            troubling: Troubling::default(),
        }
    }

    /// Looks at some more: `effort` is about how many rows. Whether there is more to come.
    pub fn step(&mut self, asof: AsOf<'_>, effort: usize) -> bool {
        let history = asof.history;
        let n_rows = match self.part {
            Part::Attempts => history.attempts.run.len(),
            Part::Jobs => history.names.labels.len(),
            Part::Partitions => history.names.partitions.len(),
            Part::Wants => return self.look_at_wants(asof, effort),
            Part::Nothing => return false,
        };
        let mut left = effort;
        while self.row < n_rows && left > 0 {
            let (cost, is_done) = match self.part {
                Part::Attempts => (self.look_at_attempt(asof, self.row), true),
                Part::Jobs => self.look_at_job(asof, self.row, left),
                _ => (self.look_at_partition(asof, self.row), true),
            };
            left = left.saturating_sub(cost.max(1));
            self.row += usize::from(is_done);
        }
        if self.row >= n_rows {
            self.row = 0;
            self.part = match self.part {
                Part::Attempts => Part::Jobs,
                Part::Jobs => Part::Partitions,
                _ => Part::Wants,
            };
        }
        true
    }

    /// What was found.
    pub fn told(self) -> Story {
        Story { troubles: self.troubling.told(), ..self.story }
    }

    fn look_at_attempt(&mut self, asof: AsOf<'_>, row: usize) -> usize {
        let attempts = &asof.history.attempts;
        let end = attempts.end.get(row).flatten().filter(|&end| asof.had(end));
        let how = attempts.ended.get(row).flatten();
        if let (Some(end), Some(how)) = (end, how) {
            let at = self.story.bars.partition_point(|bar| bar.last < Some(end));
            if let Some(bar) = self.story.bars.get_mut(at) {
                bar.ends[how as usize] += 1;
            }
        }
        1
    }

    /// Looks at more of the runs of a job; how many attempts that were, and whether they were the last.
    fn look_at_job(&mut self, asof: AsOf<'_>, row: usize, effort: usize) -> (usize, bool) {
        let Some(label) = LabelId::from_index(row) else { return (1, true) };
        let runs = asof.history.label_runs.row(label);
        let mut n_attempts = 0;
        while n_attempts < effort {
            let Some(run) = runs.get(self.job.n_seen) else {
                let n_sorted = self.tell_job(label);
                return (n_attempts + n_sorted, true);
            };
            self.job.n_seen += 1;
            n_attempts += self.look_at_run(asof, run);
        }
        (n_attempts, false)
    }

    /// How many attempts it has.
    fn look_at_run(&mut self, asof: AsOf<'_>, run: RunId) -> usize {
        let job = &mut self.job;
        let (Some((_, nanos)), Some(status)) = (taken(asof, run), asof.run_status(run)) else {
            return 1;
        };
        job.n_runs += 1;
        if status == RunStatus::Succeeded {
            job.nanos.push(nanos);
        }
        let mut n_attempts = 0;
        for before in before_each(asof, run) {
            n_attempts += 1;
            let is_retry = matches!(before, Some(RunStatus::Failed | RunStatus::Canceled));
            job.n_retries += u64::from(is_retry);
        }
        n_attempts.max(1)
    }

    /// All runs of the job were looked at. How many of them succeeded.
    fn tell_job(&mut self, label: LabelId) -> usize {
        let Job { mut nanos, n_retries, n_runs, .. } = std::mem::take(&mut self.job);
        sort_keys(&mut nanos);
        let median = at_rank(&nanos, 50);
        self.usual.push(median);
        if let (Some(median_nanos), Some(p95_nanos)) = (median, at_rank(&nanos, 95)) {
            let slow = Slow { p95_nanos, median_nanos, n_runs: nanos.len() as u64, label };
            self.story.slow.add(slow, |it| (it.p95_nanos, it.median_nanos));
        }
        if n_retries > 0 {
            let retried = Retried { n_retries, n_runs, label };
            self.story.retried.add(retried, |it| (it.n_retries, 0));
        }
        nanos.len()
    }

    fn look_at_partition(&mut self, asof: AsOf<'_>, row: usize) -> usize {
        let Some(partition) = PartitionId::from_index(row) else { return 1 };
        let history = asof.history;
        let mut n_sets = 0;
        self.readers.clear();
        for set in history.read_by_any(partition) {
            n_sets += 1;
            let attempt = history.reads.attempt.get(set.index());
            let status = attempt.and_then(|attempt| asof.attempt_status(attempt));
            if asof.knows(set) && status == Some(RunStatus::Succeeded) {
                let run = attempt.and_then(|attempt| history.attempts.run.get(attempt.index()));
                self.readers.extend(run.map(|run| run.index() as u32));
            }
        }
        sort_numbers(&mut self.readers);
        self.readers.dedup();
        let n_runs = self.readers.len() as u64;
        if n_runs > 0 {
            self.story.read.add(Read { n_runs, partition }, |it| (it.n_runs, 0));
        }
        n_sets
    }

    fn look_at_wants(&mut self, asof: AsOf<'_>, effort: usize) -> bool {
        let is_more = self.troubling.step(asof, &self.usual, effort);
        if !is_more {
            self.part = Part::Nothing;
        }
        is_more
    }
}
