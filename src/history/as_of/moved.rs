//! A moment from one that is near it: what the events between them may have changed is told anew, and the
//! rest is kept.
//!
//! The answers are those of [`as_of`](super::as_of): what may differ is closed under what one status tells of
//! another, so whatever is kept depends on kept answers alone.
use crate::events::{EventKind, Id, Language, PartitionId, RunId, Seq, Subject, WantId};
use crate::history::as_of::{Moment, last_that_counts};
use crate::history::{AttemptId, History, PartitionStatus, WantStatus};
use crate::order::Table;
use crate::wire::{Narrow, Part, Whole};

/// Moments further apart are told from the columns: that takes no longer.
const MAX_EVENTS: usize = 1024;

/// Nor does it where more links than these are to be followed.
const MAX_LINKS: usize = 16_384;

impl Moment {
    /// The state of everything after the event `at`, where this is another moment of the same history and
    /// that is cheap to tell; none where [`as_of`](super::as_of) is to be asked.
    pub fn moved(&self, history: &History, at: Option<Seq>) -> Option<Self> {
        // OpenLineage ends instances by what it reports beside any event.
        let is_told_by_events = history.openlineage.language == Language::Databuild;
        let (from, to) = (self.at?, last_that_counts(history, at)?);
        if !is_told_by_events || from.index().abs_diff(to.index()) > MAX_EVENTS {
            return None;
        }
        let touched = Touched::between(history, from.min(to), from.max(to))?;
        let mut moved = Self { at: Some(to), ..self.clone() };
        moved.tell(history, to, &touched);
        Some(moved)
    }

    fn tell(&mut self, history: &History, at: Seq, touched: &Touched<'_>) {
        for &run in &touched.runs {
            self.find_attempt(history, at, run);
        }
        for &partition in &touched.partitions {
            self.find_builds(history, at, partition);
            self.find_partition(history, at, partition);
            self.find_taint(history, partition);
        }
        let wants = touched.wants.iter().copied();
        let mut failed = Vec::new();
        for want in wants.clone() {
            if self.find_want(history, at, want) || self.find_kept_failure(history, at, want) {
                failed.push(want);
            }
        }
        let runs = self.builders(history, &touched.partitions);
        failed.extend(runs.iter().flat_map(|&run| self.failed_for(history, run)));
        let upstream_failed = self.spread_failure(history, at, failed);
        for run in runs.into_iter().filter(|run| !upstream_failed[run.index()]) {
            self.find_waiting(history, at, run);
        }
        for want in wants {
            self.find_unfinished(history, at, want);
        }
    }

    fn find_attempt(&mut self, history: &History, at: Seq, run: RunId) {
        let begun =
            begun(history.runs.attempts.row(run), |it| history.attempts.start.at(it.index()) <= at);
        self.run_attempt[run.index()] = begun.last();
    }

    /// Its current instance, and the attempt that began last to build it.
    fn find_builds(&mut self, history: &History, at: Seq, partition: PartitionId) {
        let (instances, partitions) = (&history.instances, &history.partitions);
        let live = begun(partitions.versions.row(partition), |it| {
            instances.live.get(it.index()).flatten().is_some_and(|live| live <= at)
        });
        self.current[partition.index()] = live.last();
        let mut newest: Option<(Seq, AttemptId)> = None;
        let builds = partitions.instances.row(partition);
        for instance in begun(builds, |it| instances.created.at(it.index()) <= at) {
            let run = instances.run.get(instance.index()).flatten();
            let Some(attempt) = run.and_then(|run| self.run_attempt[run.index()]) else { continue };
            let start = history.attempts.start.at(attempt.index());
            let began = start.max(instances.created.at(instance.index()));
            if newest.is_none_or(|(last, _)| last < began) {
                newest = Some((began, attempt));
            }
        }
        self.partition_attempt[partition.index()] = newest.map(|(_, attempt)| attempt);
    }

    fn find_taint(&mut self, history: &History, partition: PartitionId) {
        let current = self.current[partition.index()];
        if current.is_some_and(|current| self.of(history).tainted(current)) {
            self.partition_status[partition.index()] = Some(PartitionStatus::Tainted);
        }
    }

    /// Whether an open want asks for a partition that has failed upstream and that is kept.
    fn find_kept_failure(&mut self, history: &History, at: Seq, want: WantId) -> bool {
        let row = want.index();
        let is_open = self.want_status[row] == Some(WantStatus::Idle)
            && history.wants.created.get(row).flatten().is_some_and(|created| created <= at);
        let has_failed =
            is_open && self.any_requested(history, want, PartitionStatus::UpstreamFailed);
        if has_failed {
            self.want_status[row] = Some(WantStatus::UpstreamFailed);
        }
        has_failed
    }

    /// The runs whose newest attempts say how these partitions stand.
    fn builders(&self, history: &History, partitions: &[PartitionId]) -> Vec<RunId> {
        let attempts = partitions.iter().filter_map(|it| self.partition_attempt[it.index()]);
        let mut runs: Vec<_> = attempts.map(|it| history.attempts.run.at(it.index())).collect();
        runs.sort_unstable();
        runs.dedup();
        runs
    }

    /// The wants that the newest attempt of `run` asked for and that failed.
    fn failed_for<'a>(
        &'a self,
        history: &'a History,
        run: RunId,
    ) -> impl Iterator<Item = WantId> + 'a {
        let attempt = self.run_attempt[run.index()];
        let spawned = attempt.map(|attempt| history.attempts.spawned.row(attempt));
        let has_failed = |want: &WantId| {
            use WantStatus::{Canceled, Failed, UpstreamFailed};
            matches!(self.want_status[want.index()], Some(Canceled | Failed | UpstreamFailed))
        };
        spawned.into_iter().flatten().filter(has_failed)
    }
}

/// Those of `rows`, which are in that order, that had begun.
fn begun<T: Whole>(rows: Part<'_, T>, had: impl Fn(T) -> bool) -> Part<'_, T> {
    rows.first_n(rows.partition_point(had))
}

/// What may differ between two moments.
struct Touched<'a> {
    history: &'a History,
    /// That may be in another attempt.
    runs: Vec<RunId>,
    /// With every partition that waits for one of `wants`.
    partitions: Vec<PartitionId>,
    /// With every want that asks for one of `partitions`.
    wants: Vec<WantId>,
    /// What is in them, by kind.
    seen: [Table; 3],
    n_links: usize,
}

impl<'a> Touched<'a> {
    /// By the events after `from` and up to `to`; none where that is too much.
    fn between(history: &'a History, from: Seq, to: Seq) -> Option<Self> {
        let mut touched = Self {
            history,
            runs: Vec::new(),
            partitions: Vec::new(),
            wants: Vec::new(),
            seen: Default::default(),
            n_links: 0,
        };
        for seq in (from.index() + 1..=to.index()).filter_map(Seq::from_index) {
            touched.event(seq)?;
        }
        let is_new = |seq: Seq| from < seq && seq <= to;
        touched.mentions(is_new);
        touched.close()?;
        Some(touched)
    }

    /// What an event is about.
    fn event(&mut self, seq: Seq) -> Option<()> {
        let history = self.history;
        match history.log.subject(seq) {
            Subject::Want(want) => {
                self.want(want);
                if history.log.kind(seq) == EventKind::WantCreate {
                    self.all(history.wants.requested.row(want).iter())?;
                }
            }
            Subject::Run(run) => {
                if self.seen[0].insert(run.index() as u64) {
                    self.runs.push(run);
                    self.writes_of(run)?;
                }
            }
            Subject::Taint(taint) => {
                let laid = history.taints.instances.row(taint).iter();
                self.all(laid.map(|it| history.instances.partition.at(it.index())))?;
            }
        }
        Some(())
    }

    /// What was mentioned for the first time, in whatever role.
    fn mentions(&mut self, is_new: impl Fn(Seq) -> bool) {
        let history = self.history;
        let partitions = ids_where(&history.partitions.first_seen, &is_new);
        partitions.for_each(|partition| self.partition(partition));
        ids_where(&history.wants.first_seen, &is_new).for_each(|want| self.want(want));
    }

    /// Follows what one status tells of another: of a partition to the wants that ask for it, and of a want
    /// to the partitions whose run asked for that.
    fn close(&mut self) -> Option<()> {
        let history = self.history;
        let (mut n_partitions, mut n_wants) = (0, 0);
        loop {
            if let Some(&partition) = self.partitions.get(n_partitions) {
                n_partitions += 1;
                self.follow(history.partitions.instances.row(partition).len())?;
                let wants = history.partitions.wants.row(partition);
                self.follow(wants.len())?;
                for want in wants {
                    self.want(want);
                }
            } else if let Some(&want) = self.wants.get(n_wants) {
                n_wants += 1;
                if let Some(cause) = history.wants.cause_attempt.get(want.index()).flatten() {
                    self.writes_of(history.attempts.run.at(cause.index()))?;
                }
            } else {
                return Some(());
            }
        }
    }

    fn writes_of(&mut self, run: RunId) -> Option<()> {
        let history = self.history;
        let writes = history.runs.writes.row(run).iter();
        self.all(writes.map(|it| history.instances.partition.at(it.index())))
    }

    fn all(&mut self, partitions: impl ExactSizeIterator<Item = PartitionId>) -> Option<()> {
        self.follow(partitions.len())?;
        partitions.for_each(|partition| self.partition(partition));
        Some(())
    }

    fn partition(&mut self, partition: PartitionId) {
        if self.seen[1].insert(partition.index() as u64) {
            self.partitions.push(partition);
        }
    }

    fn want(&mut self, want: WantId) {
        if self.seen[2].insert(want.index() as u64) {
            self.wants.push(want);
        }
    }

    fn follow(&mut self, n_links: usize) -> Option<()> {
        self.n_links += n_links;
        (self.n_links <= MAX_LINKS).then_some(())
    }
}

/// The ids of the rows for which that is so.
fn ids_where<T: Id>(seqs: &Narrow<Seq>, is: impl Fn(Seq) -> bool) -> impl Iterator<Item = T> {
    let rows = seqs.iter().enumerate().filter(move |&(_, seq)| is(seq));
    rows.filter_map(|(row, _)| T::from_index(row))
}
