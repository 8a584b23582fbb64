//! Telling words apart by hash, in one copy.
use foldhash::fast::FixedState;
use hashbrown::HashMap;

/// Words, each with a row. For looking up, never for walking: its order means nothing.
#[derive(Clone, Debug, Default)]
pub struct Table {
    rows: HashMap<u64, u32, FixedState>,
}

impl Table {
    /// The row of `word`, which is `row` where there was none.
    pub fn row_or(&mut self, word: u64, row: u32) -> u32 {
        *self.rows.entry(word).or_insert(row)
    }

    /// Enters `word` as a member of a set; whether it is new.
    pub fn insert(&mut self, word: u64) -> bool {
        let n_before = self.rows.len();
        self.row_or(word, 0);
        self.rows.len() > n_before
    }

    /// The row of `word`.
    pub fn get(&self, word: u64) -> Option<u32> {
        self.rows.get(&word).copied()
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no word.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}
