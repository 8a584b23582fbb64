//! Compressed adjacency: a list of lists as two flat columns.
use std::fmt;
use std::marker::PhantomData;

use crate::events::Id;
use crate::history::grouping::{STEP, Sort};
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
        let Sort { ends, values } = sorted(n_rows, pairs);
        Self::of(&ends, &values)
    }

    /// The same, given where the values of each row end.
    pub(super) fn of(ends: &[u32], values: &[Value]) -> Self {
        Self { ends: Narrow::of(ends), values: Narrow::of(values), row: PhantomData }
    }

    /// The same for pairs of values, which become two columns that lie beside each other.
    pub(crate) fn from_triples<Beside: Whole>(
        n_rows: usize,
        triples: &[(Row, (Value, Beside))],
    ) -> (Self, Narrow<Beside>) {
        let Sort { ends, values } = sorted(n_rows, triples);
        let (values, beside): (Vec<_>, Vec<_>) = values.into_iter().unzip();
        (Self::of(&ends, &values), Narrow::of(&beside))
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

    /// All values, row after row.
    pub const fn values(&self) -> &Narrow<Value> {
        &self.values
    }

    /// How many rows there are.
    pub fn n_rows(&self) -> usize {
        self.ends.len()
    }
}

/// Pairs by their row.
pub(super) fn sorted<Row: Id, Value: Copy>(n_rows: usize, pairs: &[(Row, Value)]) -> Sort<Value> {
    let mut sort = Sort::new(n_rows);
    for some in pairs.chunks(STEP) {
        sort.count(some.iter().map(|&(row, _)| row));
    }
    sort.make_room(pairs.first().map(|&(_, filler)| filler));
    for some in pairs.chunks(STEP) {
        sort.place(some.iter().copied());
    }
    sort
}
