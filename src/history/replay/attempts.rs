//! The life of job runs: which attempt an event belongs to, and how each ended.
use crate::events::{Id, RunId, Seq, TextId};
use crate::history::csr::sorted;
use crate::history::grouping::Sort;
use crate::history::{Anomaly, AttemptId, Attempts, Csr, End};
use crate::wire::{Narrow, Whole};

/// Attempts in order of their starts; [`AttemptRows::finish`] regroups them by run.
pub(super) struct AttemptRows {
    columns: Columns,
    /// -> the attempt before it of the same run.
    earlier: Vec<Option<AttemptId>>,
    /// -> whether a buffer event is part of it.
    buffered: Vec<bool>,
    /// `RunId ->` its newest attempt.
    newest: Vec<Option<AttemptId>>,
}

/// Columns while they may still change.
#[derive(Default)]
struct Columns {
    run: Vec<RunId>,
    start: Vec<Seq>,
    running: Vec<Option<Seq>>,
    last_heartbeat: Vec<Option<Seq>>,
    end: Vec<Option<Seq>>,
    ended: Vec<Option<End>>,
    reason: Vec<Option<TextId>>,
}

impl AttemptRows {
    pub(super) fn new(n_runs: usize) -> Self {
        Self {
            columns: Columns::default(),
            earlier: Vec::new(),
            buffered: Vec::new(),
            newest: vec![None; n_runs],
        }
    }

    /// The attempt that an event other than an end belongs to: the open one, or a new one at the
    /// start and after a miss or failure. `None` when the run is over.
    pub(super) fn go_on(&mut self, run: RunId, seq: Seq) -> Option<AttemptId> {
        let newest = self.newest[run.index()];
        match newest.and_then(|attempt| self.columns.ended[attempt.index()]) {
            None => newest.or_else(|| self.begin(run, seq)),
            Some(End::DepMiss | End::Failed) => self.begin(run, seq),
            Some(End::Succeeded | End::Canceled) => None,
        }
    }

    /// Notes a heartbeat.
    pub(super) fn heartbeat(&mut self, attempt: AttemptId, seq: Seq) {
        self.columns.running[attempt.index()].get_or_insert(seq);
        self.columns.last_heartbeat[attempt.index()] = Some(seq);
    }

    /// Ends the open attempt, or one that the end itself begins.
    ///
    /// # Errors
    /// The anomaly, when the run had ended and not gone on since.
    pub(super) fn end(
        &mut self,
        run: RunId,
        seq: Seq,
        how: End,
        reason: Option<TextId>,
    ) -> Result<AttemptId, Anomaly> {
        match self.newest_end(run) {
            Some(before) if before == how => return Err(Anomaly::RepeatedEnd),
            Some(_) => return Err(Anomaly::SecondEnd),
            None => {}
        }
        let open = self.newest[run.index()].or_else(|| self.begin(run, seq));
        let attempt = open.ok_or(Anomaly::OutOfProportion)?;
        let row = attempt.index();
        self.columns.end[row] = Some(seq);
        self.columns.ended[row] = Some(how);
        self.columns.reason[row] = reason;
        Ok(attempt)
    }

    /// How the newest attempt ended.
    pub(super) fn newest_end(&self, run: RunId) -> Option<End> {
        self.newest[run.index()].and_then(|attempt| self.columns.ended[attempt.index()])
    }

    /// Notes a buffer event; whether the attempt had one.
    pub(super) fn buffer(&mut self, attempt: AttemptId) -> bool {
        std::mem::replace(&mut self.buffered[attempt.index()], true)
    }

    /// When its reads count from: its first heartbeat, else its first event.
    pub(super) fn reads_from(&self, attempt: AttemptId) -> Seq {
        self.columns.running[attempt.index()].unwrap_or(self.columns.start[attempt.index()])
    }

    /// The ends of the run's attempts that missed, newest first.
    pub(super) fn misses(&self, run: RunId) -> impl Iterator<Item = Seq> {
        let newest = self.newest[run.index()];
        std::iter::successors(newest, |attempt| self.earlier[attempt.index()])
            .filter(|attempt| self.columns.ended[attempt.index()] == Some(End::DepMiss))
            .filter_map(|attempt| self.columns.end[attempt.index()])
    }

    /// `RunId -> attempts`, by their new ids; and the new id of each old row.
    #[inline(never)]
    pub(super) fn by_run(&self) -> (Csr<RunId, AttemptId>, Vec<AttemptId>) {
        let ids = || (0..self.columns.run.len()).filter_map(AttemptId::from_index);
        let pairs: Vec<_> = self.columns.run.iter().copied().zip(ids()).collect();
        let Sort { ends, values: order } = sorted(self.newest.len(), &pairs);
        let mut new_ids: Vec<AttemptId> = ids().collect();
        for (new, old) in ids().zip(&order) {
            new_ids[old.index()] = new;
        }
        (Csr::of(&ends, &ids().collect::<Vec<_>>()), new_ids)
    }

    /// The columns by (run, start) without their links, given the new id of each old row.
    #[inline(never)]
    pub(super) fn finish(self, new_ids: &[AttemptId]) -> Attempts {
        let old = self.columns;
        Attempts {
            run: permuted(&old.run, new_ids),
            start: permuted(&old.start, new_ids),
            running: permuted(&old.running, new_ids),
            last_heartbeat: permuted(&old.last_heartbeat, new_ids),
            end: permuted(&old.end, new_ids),
            ended: permuted(&old.ended, new_ids),
            reason: permuted(&old.reason, new_ids),
            ..Attempts::default()
        }
    }

    fn begin(&mut self, run: RunId, seq: Seq) -> Option<AttemptId> {
        let attempt = AttemptId::from_index(self.earlier.len())?;
        self.earlier.push(self.newest[run.index()].replace(attempt));
        self.buffered.push(false);
        self.columns.run.push(run);
        self.columns.start.push(seq);
        self.columns.running.push(None);
        self.columns.last_heartbeat.push(None);
        self.columns.end.push(None);
        self.columns.ended.push(None);
        self.columns.reason.push(None);
        Some(attempt)
    }
}

/// A column by new ids, of which there is one for each row.
fn permuted<T: Whole>(column: &[T], new_ids: &[AttemptId]) -> Narrow<T> {
    let mut permuted = column.to_vec();
    for (&value, new) in column.iter().zip(new_ids) {
        permuted[new.index()] = value;
    }
    Narrow::of(&permuted)
}
