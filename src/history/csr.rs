//! Compressed adjacency: a list of lists as two flat columns.
use std::marker::PhantomData;

use crate::events::Id;
use crate::wire::Narrow;

/// Row → its values, in order. Invariant: `ends` is ascending and ends at `values.len()`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Csr<Row, Value> {
    pub(super) ends: Narrow<u32>,
    pub(super) values: Vec<Value>,
    pub(super) row: PhantomData<Row>,
}

impl<Row, Value> Default for Csr<Row, Value> {
    fn default() -> Self {
        Self { ends: Narrow::default(), values: Vec::new(), row: PhantomData }
    }
}

impl<Row: Id, Value: Copy> Csr<Row, Value> {
    /// Groups `pairs` by row with one counting sort; values of one row keep the order of `pairs`.
    /// Rows past `n_rows` are left out.
    pub fn from_pairs(n_rows: usize, pairs: &[(Row, Value)]) -> Self {
        let mut ends = vec![0; n_rows];
        for some in pairs.chunks(SOME) {
            count(some.iter().map(|&(row, _)| row), &mut ends);
        }
        let n_values = starts_of(&mut ends);
        let Some(&(_, filler)) = pairs.first() else { return Self::empty(n_rows) };
        let mut values = vec![filler; n_values];
        for some in pairs.chunks(SOME) {
            place(some.iter().copied(), &mut ends, &mut values);
        }
        Self { ends: ends.into_iter().collect(), values, row: PhantomData }
    }

    /// The same for pairs of values, which become two columns that lie beside each other.
    pub(crate) fn from_triples<Beside: Copy>(
        n_rows: usize,
        triples: &[(Row, (Value, Beside))],
    ) -> (Self, Vec<Beside>) {
        let Csr { ends, values, row } = Csr::from_pairs(n_rows, triples);
        let (values, beside) = values.into_iter().unzip();
        (Self { ends, values, row }, beside)
    }

    /// `n_rows` empty rows.
    pub fn empty(n_rows: usize) -> Self {
        Self {
            ends: std::iter::repeat_n(0, n_rows).collect(),
            values: Vec::new(),
            row: PhantomData,
        }
    }

    /// Appends the next row.
    pub fn push_row(&mut self, values: impl IntoIterator<Item = Value>) {
        self.values.extend(values);
        self.ends.push(self.values.len() as u32);
    }

    /// The values of `row`; none for a row past the end.
    pub fn row(&self, row: Row) -> &[Value] {
        self.values.get(self.range(row)).unwrap_or(&[])
    }

    /// Where the values of `row` are, for columns that lie beside them.
    pub fn range(&self, row: Row) -> std::ops::Range<usize> {
        let (start, end) = self.ends.get_with_last(row.index());
        let start = start.unwrap_or(0);
        let end = end.unwrap_or(start);
        start as usize..end as usize
    }

    /// The other direction: value -> the rows that have it, in order, for values below `n_values`.
    pub fn reversed(&self, n_values: usize) -> Csr<Value, Row>
    where
        Value: Id,
    {
        let mut ends = vec![0; n_values];
        for some in self.values.chunks(SOME) {
            count(some.iter().copied(), &mut ends);
        }
        let n_rows = starts_of(&mut ends);
        let Some(filler) = Row::from_index(0) else { return Csr::empty(n_values) };
        let mut rows = vec![filler; n_rows];
        for first in (0..self.n_rows()).step_by(SOME) {
            let some = (first..self.n_rows().min(first + SOME)).filter_map(Row::from_index);
            let pairs = some.flat_map(|row| self.row(row).iter().map(move |&value| (value, row)));
            place(pairs, &mut ends, &mut rows);
        }
        Csr { ends: ends.into_iter().collect(), values: rows, row: PhantomData }
    }

    /// All values, row after row.
    pub fn values(&self) -> &[Value] {
        &self.values
    }

    /// How many rows there are.
    pub fn n_rows(&self) -> usize {
        self.ends.len()
    }
}

/// So many pairs are sorted at a time: a loop over all of them would be one call, and an engine that
/// compiles anew what turns out to be hot can only do so between two.
const SOME: usize = 1 << 12;

/// Adds to the number of each row that comes, below `n.len()`.
#[inline(never)]
fn count<Row: Id>(rows: impl Iterator<Item = Row>, n: &mut [u32]) {
    for row in rows {
        if let Some(n) = n.get_mut(row.index()) {
            *n += 1;
        }
    }
}

/// Numbers of values → where the values of each row start; how many there are in all.
fn starts_of(numbers: &mut [u32]) -> usize {
    let mut start = 0;
    for number in numbers {
        start += std::mem::replace(number, start);
    }
    start as usize
}

/// Puts each value at the next place of its row.
#[inline(never)]
fn place<Row: Id, Value>(
    pairs: impl Iterator<Item = (Row, Value)>,
    next: &mut [u32],
    values: &mut [Value],
) {
    for (row, value) in pairs {
        if let Some(next) = next.get_mut(row.index()) {
            if let Some(place) = values.get_mut(*next as usize) {
                *place = value;
            }
            *next += 1;
        }
    }
}
