//! Adjacency in two flat arrays (compressed sparse rows). Knows no geometry.

/// Row -> its items, in the order in which they were given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Csr {
    /// Row -> its first item; one more at the end.
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Csr {
    /// Groups `(row, item)` pairs by row; every row is below `n_rows`. Walks the pairs twice.
    pub fn new(n_rows: usize, pairs: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let mut starts = vec![0_u32; n_rows + 1];
        for (row, _) in pairs.clone() {
            starts[row as usize + 1] += 1;
        }
        for row in 0..n_rows {
            starts[row + 1] += starts[row];
        }
        let mut items = vec![0; starts[n_rows] as usize];
        let mut next = starts.clone();
        for (row, item) in pairs {
            items[next[row as usize] as usize] = item;
            next[row as usize] += 1;
        }
        Self { starts, items }
    }

    /// How many rows.
    pub fn n_rows(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// How many items in all rows.
    pub fn n_items(&self) -> usize {
        self.items.len()
    }

    /// The items of a row.
    #[inline(always)]
    pub fn row(&self, row: u32) -> &[u32] {
        &self.items[self.span(row)]
    }

    /// The item at a place among all items.
    pub fn at(&self, place: usize) -> u32 {
        self.items[place]
    }

    /// Where the first item of a row lies among all items.
    pub fn start(&self, row: u32) -> u32 {
        self.starts[row as usize]
    }

    /// Where the items of a row lie among all items, for arrays kept beside this one.
    #[inline(always)]
    pub fn span(&self, row: u32) -> std::ops::Range<usize> {
        self.starts[row as usize] as usize..self.starts[row as usize + 1] as usize
    }
}
