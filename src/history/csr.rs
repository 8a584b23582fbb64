//! Compressed adjacency: a list of lists as two flat columns.
use std::fmt;
use std::marker::PhantomData;

use crate::events::Id;
use crate::wire::{Narrow, Part, Whole};

/// Row → its values, in order. Invariant: `ends` is ascending and ends at `values.len()`.
#[derive(Clone, PartialEq, Eq)]
pub struct Csr<Row, Value> {
    pub(super) ends: Narrow<u32>,
    pub(super) values: Narrow<Value>,
    pub(super) row: PhantomData<Row>,
}

impl<Row, Value> Default for Csr<Row, Value> {
    fn default() -> Self {
        Self { ends: Narrow::default(), values: Narrow::default(), row: PhantomData }
    }
}

impl<Row: Id, Value: Whole + fmt::Debug> fmt::Debug for Csr<Row, Value> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = (0..self.n_rows()).filter_map(Row::from_index);
        f.debug_list().entries(rows.map(|row| self.row(row))).finish()
    }
}

impl<Row: Id, Value: Whole> Csr<Row, Value> {
    /// Groups `pairs` by row with one counting sort; values of one row keep the order of `pairs`.
    /// Rows past `n_rows` are left out.
    pub fn from_pairs(n_rows: usize, pairs: &[(Row, Value)]) -> Self {
        let (ends, values) = grouped(n_rows, pairs);
        Self { ends, values: narrow(&values, |&value| value), row: PhantomData }
    }

    /// The same for pairs of values, which become two columns that lie beside each other.
    pub(crate) fn from_triples<Beside: Whole>(
        n_rows: usize,
        triples: &[(Row, (Value, Beside))],
    ) -> (Self, Narrow<Beside>) {
        let (ends, values) = grouped(n_rows, triples);
        let beside = narrow(&values, |&(_, beside)| beside);
        (Self { ends, values: narrow(&values, |&(value, _)| value), row: PhantomData }, beside)
    }

    /// `n_rows` empty rows.
    pub fn empty(n_rows: usize) -> Self {
        let ends = std::iter::repeat_n(0, n_rows).collect();
        Self { ends, values: Narrow::default(), row: PhantomData }
    }

    /// Appends the next row.
    pub fn push_row(&mut self, values: impl IntoIterator<Item = Value>) {
        self.values.extend(values);
        self.ends.push(self.values.len() as u32);
    }

    /// The values of `row`; none for a row past the end.
    pub fn row(&self, row: Row) -> Part<'_, Value> {
        self.values.part(self.range(row))
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
        for some in (0..self.values.len()).step_by(SOME) {
            count(self.values.part(some..some + SOME).iter(), &mut ends);
        }
        let n_placed = starts_of(&mut ends);
        let Some(filler) = Row::from_index(0) else { return Csr::empty(n_values) };
        let mut rows = vec![filler; n_placed];
        let mut start = 0;
        for first in (0..self.n_rows()).step_by(SOME) {
            let ends_of_some = self.ends.part(first..first + SOME).to_vec();
            let end = ends_of_some.last().map_or(start, |&end| end as usize);
            let mut row = RowAt { ends: &ends_of_some, n_passed: 0, at: start as u32 };
            let values = self.values.part(start..end).iter();
            let pairs = values.map(|value| (value, row.next().map(|row| first + row)));
            let pairs = pairs.filter_map(|(value, row)| Some((value, Row::from_index(row?)?)));
            place(pairs, &mut ends, &mut rows);
            start = end;
        }
        Csr { ends: narrow(&ends, |&end| end), values: narrow(&rows, |&row| row), row: PhantomData }
    }

    /// All values, row after row.
    pub const fn values(&self) -> &Narrow<Value> {
        &self.values
    }

    /// How many rows there are.
    pub fn n_rows(&self) -> usize {
        self.ends.len()
    }
}

/// Goes through the values of some rows, which end there.
struct RowAt<'a> {
    ends: &'a [u32],
    n_passed: usize,
    at: u32,
}

impl Iterator for RowAt<'_> {
    type Item = usize;

    /// The row of the next value.
    fn next(&mut self) -> Option<usize> {
        while *self.ends.get(self.n_passed)? <= self.at {
            self.n_passed += 1;
        }
        self.at += 1;
        Some(self.n_passed)
    }
}

/// So many pairs are sorted at a time: a loop over all of them would be one call, and an engine that
/// compiles anew what turns out to be hot can only do so between two.
const SOME: usize = 1 << 12;

/// Pairs by their row, with one counting sort: where each row ends, and the values.
fn grouped<Row: Id, Value: Copy>(
    n_rows: usize,
    pairs: &[(Row, Value)],
) -> (Narrow<u32>, Vec<Value>) {
    let mut ends = vec![0; n_rows];
    for some in pairs.chunks(SOME) {
        count(some.iter().map(|&(row, _)| row), &mut ends);
    }
    let n_values = starts_of(&mut ends);
    let mut values = pairs.first().map_or(Vec::new(), |&(_, filler)| vec![filler; n_values]);
    for some in pairs.chunks(SOME) {
        place(some.iter().copied(), &mut ends, &mut values);
    }
    (narrow(&ends, |&end| end), values)
}

/// A list as a narrow column.
pub(super) fn narrow<T, V: Whole>(list: &[T], value: impl Fn(&T) -> V) -> Narrow<V> {
    let mut column = Narrow::default();
    for some in list.chunks(SOME) {
        extend(&mut column, some.iter().map(&value));
    }
    column
}

#[inline(never)]
fn extend<V: Whole>(column: &mut Narrow<V>, values: impl Iterator<Item = V>) {
    column.extend(values);
}

/// Adds to the number of each row that comes, below `n.len()`.
#[inline(never)]
fn count<Row: Id>(rows: impl Iterator<Item = Row>, n: &mut [u32]) {
    rows.for_each(|row| {
        if let Some(n) = n.get_mut(row.index()) {
            *n += 1;
        }
    });
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
    pairs.for_each(|(row, value)| {
        if let Some(next) = next.get_mut(row.index()) {
            if let Some(place) = values.get_mut(*next as usize) {
                *place = value;
            }
            *next += 1;
        }
    });
}
