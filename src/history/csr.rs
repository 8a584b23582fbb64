//! Compressed adjacency: a list of lists as two flat columns.
use std::marker::PhantomData;

use crate::events::Id;

/// Row → its values, in order. Invariant: `ends` is ascending and ends at `values.len()`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Csr<Row, Value> {
    pub(super) ends: Vec<u32>,
    pub(super) values: Vec<Value>,
    pub(super) row: PhantomData<Row>,
}

impl<Row, Value> Default for Csr<Row, Value> {
    fn default() -> Self {
        Self { ends: Vec::new(), values: Vec::new(), row: PhantomData }
    }
}

impl<Row: Id, Value: Copy> Csr<Row, Value> {
    /// Groups `pairs` by row with one counting sort; values of one row keep the order of `pairs`.
    /// Rows past `n_rows` are left out.
    pub fn from_pairs(n_rows: usize, pairs: &[(Row, Value)]) -> Self {
        let mut ends = vec![0_u32; n_rows];
        for &(row, _) in pairs {
            if let Some(end) = ends.get_mut(row.index()) {
                *end += 1;
            }
        }
        let mut start = 0;
        for end in &mut ends {
            let n = *end;
            *end = start;
            start += n;
        }
        let Some(&(_, filler)) = pairs.first() else { return Self::empty(n_rows) };
        let mut values = vec![filler; start as usize];
        for &(row, value) in pairs {
            if let Some(next) = ends.get_mut(row.index()) {
                values[*next as usize] = value;
                *next += 1;
            }
        }
        Self { ends, values, row: PhantomData }
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
        Self { ends: vec![0; n_rows], values: Vec::new(), row: PhantomData }
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
        let index = row.index();
        let start = index.checked_sub(1).and_then(|i| self.ends.get(i)).copied().unwrap_or(0);
        let end = self.ends.get(index).copied().unwrap_or(start);
        start as usize..end as usize
    }

    /// The other direction: value -> the rows that have it, in order, for values below `n_values`.
    pub fn reversed(&self, n_values: usize) -> Csr<Value, Row>
    where
        Value: Id,
    {
        let rows = (0..self.n_rows()).filter_map(Row::from_index);
        let pairs = rows.flat_map(|row| self.row(row).iter().map(move |&value| (value, row)));
        Csr::from_pairs(n_values, &pairs.collect::<Vec<_>>())
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
