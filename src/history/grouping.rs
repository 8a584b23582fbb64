//! Pairs → lists by row, with a counting sort that can be done in steps, each of them short enough for a page.
use crate::events::{EventLog, Id, RunId, Seq};
use crate::history::Csr;
use crate::wire::{Whole, WireError};

/// So many pairs are a step: a fraction of a millisecond. And an engine that compiles anew what turns out to be hot can only do so
/// between two calls, so that a loop over all of them would never be fast.
pub(super) const STEP: usize = 1 << 12;

/// So many rows are, as most have several values.
const ROWS: usize = 1 << 8;

/// So many are, where nothing is looked up.
const LONG_STEP: usize = 1 << 16;

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

    /// Makes places for all that was counted, which `filler` holds until values come.
    pub(super) fn make_room(&mut self, filler: Option<Value>) {
        let n = to_starts(&mut self.ends, 0);
        self.values = filler.map_or(Vec::new(), |filler| vec![filler; n as usize]);
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

/// Numbers of values → where the values of each row start, given where the first do; where the last end.
fn to_starts(numbers: &mut [u32], mut start: u32) -> u32 {
    for number in numbers {
        start += std::mem::replace(number, start);
    }
    start
}

/// How far one is among pairs: the row where they come from a list of lists, and the place in the list of all.
#[derive(Clone, Copy, Default)]
pub(super) struct Cursor {
    row: usize,
    at: usize,
}

/// Pairs of rows and values. They are told twice, and are the same ones then.
pub(super) trait Pairs<Row, Value> {
    /// Counts some, from there on; where the others begin, if there are any.
    fn count(&self, from: Cursor, sort: &mut Sort<Value>) -> Option<Cursor>;

    /// Places some, from there on; where the others begin, if there are any.
    fn place(&self, from: Cursor, sort: &mut Sort<Value>) -> Option<Cursor>;
}

/// Lists by row, while they are sorted.
pub(super) struct Grouping<Row, Value> {
    sort: Sort<Value>,
    phase: Phase,
    lists: Csr<Row, Value>,
}

#[derive(Clone, Copy)]
enum Phase {
    Count(Cursor),
    /// The row in hand, and where its values start.
    Starts(usize, u32),
    /// How many places there will be.
    Room(usize),
    Place(Cursor),
    Values,
    Ends,
    Done,
}

impl<Row: Id, Value: Id + Whole> Grouping<Row, Value> {
    /// Before the first step, for rows below `n_rows`.
    ///
    /// # Errors
    /// When there is no room for so many.
    pub(super) fn new(n_rows: usize) -> Result<Self, WireError> {
        let mut sort = Sort::new(0);
        reserve(&mut sort.ends, n_rows)?;
        sort.ends.resize(n_rows, 0);
        Ok(Self { sort, phase: Phase::Count(Cursor::default()), lists: Csr::default() })
    }

    /// The lists, once there is nothing more to do.
    pub(super) fn take(&mut self) -> Csr<Row, Value> {
        std::mem::take(&mut self.lists)
    }

    /// Does a little more; whether there was anything to do.
    ///
    /// # Errors
    /// When there is no room for the values.
    pub(super) fn step(&mut self, pairs: &impl Pairs<Row, Value>) -> Result<bool, WireError> {
        let Self { sort, lists, .. } = self;
        self.phase = match self.phase {
            Phase::Count(from) => pairs.count(from, sort).map_or(Phase::Starts(0, 0), Phase::Count),
            Phase::Starts(row, start) => {
                let end = sort.ends.len().min(row + LONG_STEP);
                let start = to_starts(sort.ends.get_mut(row..end).unwrap_or_default(), start);
                if end < sort.ends.len() {
                    Phase::Starts(end, start)
                } else {
                    reserve(&mut sort.values, start as usize)?;
                    Phase::Room(start as usize)
                }
            }
            Phase::Room(n) => match Value::from_index(0).filter(|_| sort.values.len() < n) {
                Some(filler) => {
                    sort.values.resize(n.min(sort.values.len() + LONG_STEP), filler);
                    Phase::Room(n)
                }
                None => Phase::Place(Cursor::default()),
            },
            Phase::Place(from) => pairs.place(from, sort).map_or(Phase::Values, Phase::Place),
            Phase::Values if lists.values.extend_from(&sort.values, STEP) => Phase::Values,
            Phase::Values => Phase::Ends,
            Phase::Ends if lists.ends.extend_from(&sort.ends, STEP) => Phase::Ends,
            Phase::Ends => {
                *sort = Sort::new(0);
                lists.values.shrink_to_fit();
                lists.ends.shrink_to_fit();
                Phase::Done
            }
            Phase::Done => return Ok(false),
        };
        Ok(true)
    }
}

fn reserve<T>(list: &mut Vec<T>, n: usize) -> Result<(), WireError> {
    list.try_reserve_exact(n).map_err(|_| WireError::Room)
}

/// The pairs of a list of lists, the other way round.
pub(super) struct Reversed<'a, Row, Value>(pub(super) &'a Csr<Row, Value>);

impl<Row: Id, Value: Id + Whole> Pairs<Value, Row> for Reversed<'_, Row, Value> {
    fn count(&self, from: Cursor, sort: &mut Sort<Row>) -> Option<Cursor> {
        let values = &self.0.values;
        let end = from.at + STEP;
        sort.count(values.part(from.at..end).iter());
        (end < values.len()).then_some(Cursor { at: end, ..from })
    }

    fn place(&self, from: Cursor, sort: &mut Sort<Row>) -> Option<Cursor> {
        let Cursor { row, at } = from;
        let ends = self.0.ends.part(row..row + ROWS).to_vec();
        let last = *ends.last()? as usize;
        let end = last.clamp(at, at + STEP);
        let (mut n_passed, mut place) = (0, at);
        let values = self.0.values.part(at..end).iter();
        sort.place(values.filter_map(|value| {
            while *ends.get(n_passed)? as usize <= place {
                n_passed += 1;
            }
            place += 1;
            Some((value, Row::from_index(row + n_passed)?))
        }));
        let n_rows = if last <= end { ends.len() } else { n_passed };
        Some(Cursor { row: row + n_rows, at: end })
    }
}

/// The events of runs, each with its run.
impl Pairs<RunId, Seq> for EventLog {
    fn count(&self, from: Cursor, sort: &mut Sort<Seq>) -> Option<Cursor> {
        let end = from.at + STEP;
        sort.count(self.of_runs(from.at..end).map(|(run, _)| run));
        (end < self.len()).then_some(Cursor { at: end, ..from })
    }

    fn place(&self, from: Cursor, sort: &mut Sort<Seq>) -> Option<Cursor> {
        let end = from.at + STEP;
        sort.place(self.of_runs(from.at..end));
        (end < self.len()).then_some(Cursor { at: end, ..from })
    }
}
