//! Pairs → lists by row, with a counting sort that can be done in steps, each of them short enough for a page.
use std::ops::Range;

use crate::events::{EventLog, Id, RunId, Seq};
use crate::history::Csr;
use crate::history::csr::SOME;
use crate::wire::{Narrow, Whole};

/// A counting sort by row: first all rows are counted, then every value is put into its row.
pub(super) struct Sort<Value> {
    /// Row -> how many values it has; then where the next of them belongs, and so at last where they end.
    pub(super) ends: Vec<u32>,
    pub(super) values: Vec<Value>,
}

impl<Value: Copy> Sort<Value> {
    pub(super) fn new(n_rows: usize) -> Self {
        Self { ends: vec![0; n_rows], values: Vec::new() }
    }

    /// Adds to the number of each row that comes; those past the end are left out.
    #[inline(never)]
    pub(super) fn count<Row: Id>(&mut self, rows: impl Iterator<Item = Row>) {
        rows.for_each(|row| {
            if let Some(n) = self.ends.get_mut(row.index()) {
                *n += 1;
            }
        });
    }

    /// All are counted. What is put where values belong first is one of them, if there is any.
    pub(super) fn make_room(&mut self, filler: Option<Value>) {
        let mut start = 0;
        for number in &mut self.ends {
            start += std::mem::replace(number, start);
        }
        self.values = filler.map_or(Vec::new(), |filler| vec![filler; start as usize]);
    }

    /// Puts each value at the next place of its row.
    #[inline(never)]
    pub(super) fn place<Row: Id>(&mut self, pairs: impl Iterator<Item = (Row, Value)>) {
        pairs.for_each(|(row, value)| {
            if let Some(next) = self.ends.get_mut(row.index()) {
                if let Some(place) = self.values.get_mut(*next as usize) {
                    *place = value;
                }
                *next += 1;
            }
        });
    }
}

/// Pairs of rows and values as something tells them, the same ones each time.
pub(super) trait Pairs<Row, Value> {
    /// At how many places it tells them, each of which has one or none.
    fn n_places(&self) -> usize;

    /// The rows of those at some places.
    fn rows(&self, places: Range<usize>) -> impl Iterator<Item = Row>;

    /// Those at some places.
    fn pairs(&self, places: Range<usize>) -> impl Iterator<Item = (Row, Value)>;
}

/// Lists by row, while they are sorted.
pub(super) struct Grouping<Row, Value> {
    sort: Sort<Value>,
    phase: Phase,
    /// How much of the phase is done.
    n_done: usize,
    lists: Csr<Row, Value>,
}

#[derive(Clone, Copy)]
enum Phase {
    Count,
    Place,
    Values,
    Ends,
    Done,
}

impl<Row: Id, Value: Id + Whole> Grouping<Row, Value> {
    /// Before the first step, for rows below `n_rows`.
    pub(super) fn new(n_rows: usize) -> Self {
        let (sort, lists) = (Sort::new(n_rows), Csr::default());
        Self { sort, phase: Phase::Count, n_done: 0, lists }
    }

    /// The lists, once there is nothing more to do.
    pub(super) fn take(&mut self) -> Csr<Row, Value> {
        std::mem::take(&mut self.lists)
    }

    /// Does a little more; whether there was anything to do.
    pub(super) fn step(&mut self, pairs: &impl Pairs<Row, Value>) -> bool {
        let Self { sort, phase, n_done, lists } = self;
        let n = match phase {
            Phase::Count | Phase::Place => pairs.n_places(),
            Phase::Values => sort.values.len(),
            Phase::Ends => sort.ends.len(),
            Phase::Done => return false,
        };
        let some = *n_done..n.min(*n_done + SOME);
        *n_done = some.end;
        match phase {
            Phase::Count => sort.count(pairs.rows(some)),
            Phase::Place => sort.place(pairs.pairs(some)),
            Phase::Values => lists.values.extend_from_slice(part(&sort.values, some)),
            Phase::Ends => lists.ends.extend_from_slice(part(&sort.ends, some)),
            Phase::Done => {}
        }
        if *n_done == n {
            self.go_on();
        }
        true
    }

    /// Begins the next phase.
    fn go_on(&mut self) {
        self.n_done = 0;
        self.phase = match self.phase {
            Phase::Count => {
                self.sort.make_room(Value::from_index(0));
                Phase::Place
            }
            Phase::Place => Phase::Values,
            Phase::Values => Phase::Ends,
            Phase::Ends | Phase::Done => {
                self.sort = Sort::new(0);
                Phase::Done
            }
        }
    }
}

fn part<T>(list: &[T], some: Range<usize>) -> &[T] {
    list.get(some).unwrap_or_default()
}

/// The pairs of a list of lists, the other way round.
pub(super) struct Reversed<'a, Row, Value>(pub(super) &'a Csr<Row, Value>);

impl<Row: Id, Value: Id + Whole> Pairs<Value, Row> for Reversed<'_, Row, Value> {
    fn n_places(&self) -> usize {
        self.0.values.len()
    }

    fn rows(&self, places: Range<usize>) -> impl Iterator<Item = Value> {
        self.0.values.part(places).iter()
    }

    fn pairs(&self, places: Range<usize>) -> impl Iterator<Item = (Value, Row)> {
        let mut row = RowAt::new(&self.0.ends, &places);
        let values = self.0.values.part(places).iter();
        values.filter_map(move |value| Some((value, Row::from_index(row.next()?)?)))
    }
}

/// Goes through the rows of values that lie one after the other.
struct RowAt {
    /// Where the rows end, from the first of those on.
    ends: Vec<u32>,
    first: usize,
    n_passed: usize,
    at: u32,
}

impl RowAt {
    fn new(ends: &Narrow<u32>, places: &Range<usize>) -> Self {
        let all = ends.part(0..ends.len());
        let first = all.partition_point(|end| end as usize <= places.start);
        let last = all.partition_point(|end| (end as usize) < places.end);
        let ends = ends.part(first..last + 1).to_vec();
        Self { ends, first, n_passed: 0, at: places.start as u32 }
    }

    /// The row of the next value.
    #[inline]
    fn next(&mut self) -> Option<usize> {
        while *self.ends.get(self.n_passed)? <= self.at {
            self.n_passed += 1;
        }
        self.at += 1;
        Some(self.first + self.n_passed)
    }
}

/// The events of runs, each with its run.
impl Pairs<RunId, Seq> for EventLog {
    fn n_places(&self) -> usize {
        self.len()
    }

    fn rows(&self, places: Range<usize>) -> impl Iterator<Item = RunId> {
        self.of_runs(places).map(|(run, _)| run)
    }

    fn pairs(&self, places: Range<usize>) -> impl Iterator<Item = (RunId, Seq)> {
        self.of_runs(places)
    }
}
