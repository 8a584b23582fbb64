//! What job runs are: their jobs, what they were scheduled for, and which earlier runs they
//! continue.
use crate::declare_ids;
use crate::events::{Id, LabelId, RunId, Seq, WantId};
use crate::history::replay::marks::Marks;
use crate::history::{Csr, Runs};
use crate::order::{key, minor, sort_keys, sort_triples};
use crate::wire::Narrow;

declare_ids! {
    /// A link of a run to one that it continues, in order of the events that say so.
    LinkId;
}

/// Runs, with their links in order of the events that make them.
pub(super) struct RunRows {
    label: Vec<Option<LabelId>>,
    buffered: Vec<Option<Seq>>,
    events: Vec<(RunId, Seq)>,
    scheduled: Vec<(RunId, (WantId, Seq))>,
    continues: Vec<(RunId, (RunId, Seq))>,
    /// Beside `continues`: the link before it of the same later run.
    earlier_link: Vec<Option<LinkId>>,
    /// `RunId ->` its newest link.
    newest_link: Vec<Option<LinkId>>,
}

impl RunRows {
    /// `n` runs, of at most so many events.
    pub(super) fn new(n: usize, n_events: usize) -> Self {
        Self {
            label: vec![None; n],
            buffered: vec![None; n],
            events: Vec::with_capacity(n_events),
            scheduled: Vec::new(),
            continues: Vec::new(),
            earlier_link: Vec::new(),
            newest_link: vec![None; n],
        }
    }

    /// Notes an event of the run itself.
    pub(super) fn event(&mut self, run: RunId, seq: Seq) {
        self.events.push((run, seq));
    }

    pub(super) fn label(&self, run: RunId) -> Option<LabelId> {
        self.label[run.index()]
    }

    /// Notes a buffer event; the label that stands, which is the first.
    pub(super) fn buffer(&mut self, run: RunId, seq: Seq, label: LabelId) -> LabelId {
        self.buffered[run.index()].get_or_insert(seq);
        *self.label[run.index()].get_or_insert(label)
    }

    /// Notes that `run` was scheduled for `want`; repeats are dropped at the end.
    pub(super) fn schedule(&mut self, run: RunId, want: WantId, seq: Seq) {
        self.scheduled.push((run, (want, seq)));
    }

    /// Links `later` to the run that it continues; repeats are dropped at the end.
    pub(super) fn link(&mut self, later: RunId, earlier: RunId, seq: Seq) {
        let newest = self.newest_link[later.index()];
        if newest.is_some_and(|link| self.continues[link.index()].1.0 == earlier) {
            return;
        }
        self.newest_link[later.index()] = LinkId::from_index(self.continues.len());
        self.earlier_link.push(newest);
        self.continues.push((later, (earlier, seq)));
    }

    /// The runs that `later` continues, newest link first.
    pub(super) fn continued(&self, later: RunId) -> impl Iterator<Item = RunId> {
        let newest = self.newest_link[later.index()];
        std::iter::successors(newest, |&link| self.earlier_link[link.index()])
            .map(|link| self.continues[link.index()].1.0)
    }

    /// The columns without those of attempts, instances and derivative wants; `WantId -> runs`
    /// with the events that say so; and `LabelId -> runs`.
    #[inline(never)]
    pub(super) fn finish(self, n_wants: usize, n_labels: usize, marks: &mut Marks) -> Finished {
        let n = self.label.len();
        let (wants, wants_since) = unique_wants(n, &self.scheduled, marks);
        let (want_runs, want_runs_since) = reversed_by_time(n_wants, n, &wants, &wants_since);
        let (continues, continues_since) = self.unique_links();
        let (continued_by, continued_by_since) =
            reversed_by_time(n, n, &continues, &continues_since);
        let events = Csr::from_pairs(n, &self.events);
        let label_runs = self.label_runs(&events, n_labels);
        let runs = Runs {
            label: self.label.into_iter().collect(),
            buffered: self.buffered.into_iter().collect(),
            events,
            wants,
            wants_since,
            continues,
            continues_since,
            continued_by,
            continued_by_since,
            ..Runs::default()
        };
        Finished { runs, want_runs, want_runs_since, label_runs }
    }

    /// Links by later run, then by the earlier run's buffer event.
    fn unique_links(&self) -> (Csr<RunId, RunId>, Narrow<Seq>) {
        let mut links = self.continues.clone();
        links.sort_unstable_by_key(|&(later, (earlier, seq))| {
            (later, self.buffered[earlier.index()], earlier, seq)
        });
        links.dedup_by_key(|&mut (later, (earlier, _))| (later, earlier));
        Csr::from_triples(self.label.len(), &links)
    }

    fn label_runs(&self, events: &Csr<RunId, Seq>, n_labels: usize) -> Csr<LabelId, RunId> {
        let ids = (0..self.label.len()).filter_map(RunId::from_index);
        let first = |run: RunId| events.row(run).first();
        let key_of = |run: RunId| Some(key(first(run)?.index() as u32, run.index() as u32));
        let mut runs: Vec<u64> = ids.filter_map(key_of).collect();
        sort_keys(&mut runs);
        let runs = runs.into_iter().filter_map(|key| RunId::from_index(minor(key) as usize));
        let pairs: Vec<_> = runs.filter_map(|run| Some((self.label(run)?, run))).collect();
        Csr::from_pairs(n_labels, &pairs)
    }
}

/// What [`RunRows::finish`] gives.
pub(super) struct Finished {
    pub(super) runs: Runs,
    pub(super) want_runs: Csr<WantId, RunId>,
    pub(super) want_runs_since: Narrow<Seq>,
    pub(super) label_runs: Csr<LabelId, RunId>,
}

/// Wants by run, each once, with the first event that says so.
fn unique_wants(
    n_runs: usize,
    scheduled: &[(RunId, (WantId, Seq))],
    marks: &mut Marks,
) -> (Csr<RunId, WantId>, Narrow<Seq>) {
    let (all, all_since) = Csr::from_triples(n_runs, scheduled);
    let (mut wants, mut since) = (Csr::default(), Narrow::default());
    for run in (0..n_runs).filter_map(RunId::from_index) {
        marks.clear();
        let row = all.row(run).iter().zip(all_since.part(all.range(run)));
        let row = row.filter(|&(want, _)| marks.add(want));
        wants.push_row(row.map(|(want, seq)| {
            since.push(seq);
            want
        }));
    }
    (wants, since)
}

/// The other direction of links that hold since an event, by that event.
fn reversed_by_time<From: Id, To: Id>(
    n_to: usize,
    n_from: usize,
    links: &Csr<From, To>,
    since: &Narrow<Seq>,
) -> (Csr<To, From>, Narrow<Seq>) {
    let mut reversed = Vec::with_capacity(since.len());
    for from in (0..n_from).filter_map(From::from_index) {
        let row = links.row(from).iter().zip(since.part(links.range(from)));
        let from = from.index() as u32;
        reversed.extend(row.map(|(to, seq)| [seq.index() as u32, from, to.index() as u32]));
    }
    sort_triples(&mut reversed);
    let id = |row: u32| row as usize;
    let link = |[seq, from, to]: [u32; 3]| {
        let link = (From::from_index(id(from))?, Seq::from_index(id(seq))?);
        Some((To::from_index(id(to))?, link))
    };
    let links: Vec<_> = reversed.into_iter().filter_map(link).collect();
    Csr::from_triples(n_to, &links)
}
