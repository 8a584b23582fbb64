//! Sets of rows. For looking up, never for walking.

/// Rows of one column, a bit each.
#[derive(Clone, Debug, Default)]
pub struct Bits {
    words: Vec<u64>,
}

impl Bits {
    /// Whether `row` is new.
    pub fn insert(&mut self, row: usize) -> bool {
        let (word, bit) = (row / 64, 1 << (row % 64));
        if word >= self.words.len() {
            self.words.resize(word + 1, 0);
        }
        let before = self.words[word];
        self.words[word] = before | bit;
        before & bit == 0
    }

    /// Whether `row` is there.
    pub fn contains(&self, row: usize) -> bool {
        self.words.get(row / 64).is_some_and(|word| word >> (row % 64) & 1 == 1)
    }

    /// Lets all rows go.
    pub fn clear(&mut self) {
        self.words.clear();
    }
}

/// Rows that are few most of the time.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    few: Vec<u32>,
    bits: Bits,
}

impl Seen {
    /// Up to so many are looked through.
    const FEW: usize = 16;

    /// Whether `row` is new.
    pub fn insert(&mut self, row: usize) -> bool {
        if self.few.len() > Self::FEW {
            return self.bits.insert(row);
        }
        let is_new = !self.few.contains(&(row as u32));
        if is_new {
            self.few.push(row as u32);
            if self.few.len() > Self::FEW {
                for &row in &self.few {
                    self.bits.insert(row as usize);
                }
            }
        }
        is_new
    }
}
