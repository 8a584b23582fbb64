//! Who works for whom: wants and runs, derivative wants, and pieces of work.
use crate::events::{Id, RunId, Seq, WantId};
use crate::history::as_of::AsOf;
use crate::history::as_of::sorted::sort_by_seq;
use crate::history::as_of::things::get;
use crate::order::Table;
use crate::wire::{Part, Whole};

impl<'a> AsOf<'a> {
    /// The wants that the run was scheduled for, in order of mention.
    pub fn wants_of(&self, run: RunId) -> Part<'a, WantId> {
        let runs = &self.history.runs;
        self.since(runs.wants.row(run), runs.wants_since.part(runs.wants.range(run)))
    }

    /// The runs scheduled for the want, by the buffer events that say so.
    pub fn runs_of(&self, want: WantId) -> Part<'a, RunId> {
        let wants = &self.history.wants;
        self.since(wants.runs.row(want), wants.runs_since.part(wants.runs.range(want)))
    }

    /// Derivative wants that the run caused, by creation.
    pub fn caused_by(&self, run: RunId) -> Part<'a, WantId> {
        let caused = self.history.runs.spawned.row(run);
        let is_made = |want| self.had(get(&self.history.wants.created, want));
        caused.first_n(caused.partition_point(is_made))
    }

    /// Derivative wants of `want`: those that runs scheduled for it caused, by creation.
    pub fn derivatives(&self, want: WantId) -> Vec<WantId> {
        let runs = self.runs_of(want).iter();
        let mut wants: Vec<_> = runs.flat_map(|run| self.caused_by(run)).collect();
        sort_by_seq(&mut wants, |want| get(&self.history.wants.created, want));
        wants.dedup();
        wants
    }

    /// The piece of work that `run` is part of: all runs linked by "continues", by buffer event.
    pub fn piece_of(&self, run: RunId) -> Vec<RunId> {
        let runs = &self.history.runs;
        let mut seen = Table::default();
        seen.insert(run.index() as u64);
        let mut piece = vec![run];
        let mut next = 0;
        while let Some(&run) = piece.get(next) {
            next += 1;
            let earlier = runs.continues.row(run).iter();
            let earlier = earlier.zip(runs.continues_since.part(runs.continues.range(run)));
            let later = runs.continued_by.row(run).iter();
            let later = later.zip(runs.continued_by_since.part(runs.continued_by.range(run)));
            let linked = earlier.chain(later).filter(|&(_, since)| self.had(since));
            piece.extend(linked.map(|(run, _)| run).filter(|&run| seen.insert(run.index() as u64)));
        }
        sort_by_seq(&mut piece, |run| self.place(run));
        piece
    }

    /// Every piece of work, by its first run; each run in exactly one.
    pub fn pieces(&self) -> Vec<Vec<RunId>> {
        let runs = &self.history.runs;
        let all = self.history.names.runs.ids();
        let mut by_place: Vec<_> =
            all.filter(|run| self.had(runs.first_seen.get(run.index()))).collect();
        sort_by_seq(&mut by_place, |run| self.place(run));
        let mut trees = Trees { above: (0..runs.first_seen.len()).collect() };
        for &run in &by_place {
            let since = runs.continues_since.part(runs.continues.range(run));
            for (earlier, since) in runs.continues.row(run).iter().zip(since) {
                if self.had(since) {
                    trees.join(run.index(), earlier.index());
                }
            }
        }
        let mut piece_of_root = vec![None; runs.first_seen.len()];
        let mut pieces: Vec<Vec<RunId>> = Vec::new();
        for run in by_place {
            let piece = *piece_of_root[trees.root(run.index())].get_or_insert_with(|| {
                pieces.push(Vec::new());
                pieces.len() - 1
            });
            pieces[piece].push(run);
        }
        pieces
    }

    /// Where a run stands among others: its buffer event, else its first mention.
    pub fn place(&self, run: RunId) -> Option<Seq> {
        let runs = &self.history.runs;
        let buffered = get(&runs.buffered, run).filter(|&buffered| self.had(buffered));
        buffered.or_else(|| runs.first_seen.get(run.index()))
    }

    /// Those of `rows` whose event was by now; both are in that order.
    fn since<T: Whole>(&self, rows: Part<'a, T>, since: Part<'_, Seq>) -> Part<'a, T> {
        rows.first_n(since.partition_point(|since| self.had(since)))
    }
}

/// Disjoint sets as trees, with path halving: R. E. Tarjan and J. van Leeuwen, "Worst-case
/// analysis of set union algorithms", Journal of the ACM 31 (1984).
struct Trees {
    above: Vec<usize>,
}

impl Trees {
    fn root(&mut self, mut row: usize) -> usize {
        while self.above[row] != row {
            self.above[row] = self.above[self.above[row]];
            row = self.above[row];
        }
        row
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        // The lower row stays the root: no order of joins shows.
        self.above[a.max(b)] = a.min(b);
    }
}
