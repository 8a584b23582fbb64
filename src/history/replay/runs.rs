//! What job runs are: their jobs, what they were scheduled for, and which earlier runs they
//! continue.
use crate::declare_ids;
use crate::events::{Id, LabelId, RunId, Seq, WantId};
use crate::history::csr::sorted;
use crate::history::grouping::Sort;
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
    /// `RunId ->` its first event.
    begun: Vec<Option<Seq>>,
    scheduled: Vec<(RunId, (WantId, Seq))>,
    continues: Vec<(RunId, (RunId, Seq))>,
    /// Beside `continues`: the link before it of the same later run.
    earlier_link: Vec<Option<LinkId>>,
    /// `RunId ->` its newest link.
    newest_link: Vec<Option<LinkId>>,
}

impl RunRows {
    /// `n` runs.
    pub(super) fn new(n: usize) -> Self {
        Self {
            label: vec![None; n],
            buffered: vec![None; n],
            begun: vec![None; n],
            scheduled: Vec::new(),
            continues: Vec::new(),
            earlier_link: Vec::new(),
            newest_link: vec![None; n],
        }
    }

    /// Notes an event of the run itself, the first of which begins it.
    pub(super) fn begin(&mut self, run: RunId, seq: Seq) {
        self.begun[run.index()].get_or_insert(seq);
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

    /// The columns without those of events, attempts, instances and derivative wants; `WantId -> runs`
    /// with the events that say so; and `LabelId -> runs`.
    #[inline(never)]
    pub(super) fn finish(mut self, n_wants: usize, n_labels: usize, marks: &mut Marks) -> Finished {
        let n = self.label.len();
        drop_repeats(n, &mut self.scheduled, marks);
        let (wants, wants_since) = Csr::from_triples(n, &self.scheduled);
        let of_wants: Vec<_> = self.scheduled.iter().map(turned).collect();
        let (want_runs, want_runs_since) = Csr::from_triples(n_wants, &of_wants);
        let (continues, continues_since) = self.unique_links();
        let (continued_by, continued_by_since) =
            reversed_by_time(n, n, &continues, &continues_since);
        let label_runs = self.label_runs(n_labels);
        let runs = Runs {
            label: Narrow::of(&self.label),
            buffered: Narrow::of(&self.buffered),
            wants,
            wants_since,
            continues,
            continues_since,
            continued_by,
            continued_by_since,
            ..Runs::default()
        };
        Finished { runs, want_runs, want_runs_since, label_runs, begun: self.begun }
    }

    /// Links by later run, then by the earlier run's buffer event.
    #[inline(never)]
    fn unique_links(&self) -> (Csr<RunId, RunId>, Narrow<Seq>) {
        let mut links = self.continues.clone();
        links.sort_unstable_by_key(|&(later, (earlier, seq))| {
            (later, self.buffered[earlier.index()], earlier, seq)
        });
        links.dedup_by_key(|&mut (later, (earlier, _))| (later, earlier));
        Csr::from_triples(self.label.len(), &links)
    }

    #[inline(never)]
    fn label_runs(&self, n_labels: usize) -> Csr<LabelId, RunId> {
        let begun = (0_u32..).zip(&self.begun);
        let key_of = |(run, begun): (u32, &Option<Seq>)| Some(key((*begun)?.index() as u32, run));
        let mut runs: Vec<u64> = begun.filter_map(key_of).collect();
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
    /// `RunId ->` its first event.
    pub(super) begun: Vec<Option<Seq>>,
}

/// Keeps of what was scheduled, in order of events, the first time that a want is named for a run.
#[inline(never)]
fn drop_repeats(n_runs: usize, scheduled: &mut Vec<(RunId, (WantId, Seq))>, marks: &mut Marks) {
    let places: Vec<_> = scheduled.iter().map(|&(run, _)| run).zip(0_u32..).collect();
    let Sort { ends, values: places } = sorted(n_runs, &places);
    let mut is_first = vec![true; scheduled.len()];
    let mut start = 0;
    for end in ends {
        marks.clear();
        for &at in &places[start..end as usize] {
            is_first[at as usize] = marks.add(scheduled[at as usize].1.0);
        }
        start = end as usize;
    }
    let mut is_first = is_first.into_iter();
    scheduled.retain(|_| is_first.next() == Some(true));
}

const fn turned<From: Copy, To: Copy>(
    &(from, (to, since)): &(From, (To, Seq)),
) -> (To, (From, Seq)) {
    (to, (from, since))
}

/// The other direction of links that hold since an event, by that event.
#[inline(never)]
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
