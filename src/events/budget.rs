//! How much memory a log may take while it is read, and what that leaves to reading itself. Measures
//! nothing: what is held, the caller says.

/// The most memory that decoding and replaying a log may take together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    n_bytes: u64,
}

/// What is left of a budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// Enough.
    Enough,
    /// Less than a quarter.
    Little,
    /// Nothing: what is left is needed to work out what happened.
    None,
}

/// A megabyte, as sizes of files are told.
const MEGABYTE: u64 = 1_000_000;

impl Budget {
    /// What is taken where nothing is said: most of what a browser gives one page without trouble.
    pub const DEFAULT: Self = Self { n_bytes: 2_000 * MEGABYTE };

    /// So many megabytes, from 1 to the 4,000 that wasm can address; none of any other text.
    pub fn of_megabytes(text: &str) -> Option<Self> {
        let n: u64 = text.parse().ok()?;
        (1..=4_000).contains(&n).then_some(Self { n_bytes: n * MEGABYTE })
    }

    /// The whole.
    pub const fn n_bytes(self) -> u64 {
        self.n_bytes
    }

    /// Twice as much, or all that there can be; none past that.
    pub fn more(self) -> Option<Self> {
        let n_bytes = (self.n_bytes * 2).min(4_000 * MEGABYTE);
        (n_bytes > self.n_bytes).then_some(Self { n_bytes })
    }

    /// In megabytes.
    pub const fn megabytes(self) -> u64 {
        self.n_bytes / MEGABYTE
    }

    /// What it will take to work out what happened, when decoding holds `n_bytes_held` and ends here:
    /// the history beside the events, and then all slices with both, should the page take none before the last. Measured on a log
    /// of a million events: 174 MB when all is decoded, 298 MB when all is replayed, and 100 MB of slices, which
    /// is 2.3 times the first. Records that are told when all of them are there take more: 4.3 times
    /// on 80,000 events of OpenLineage.
    pub const fn needed(n_bytes_held: u64, are_told_later: bool) -> u64 {
        let halves = if are_told_later { 10 } else { 5 };
        n_bytes_held.saturating_mul(halves) / 2
    }

    /// So much may decoding hold and there is enough.
    pub const fn most_held(self) -> u64 {
        self.n_bytes / 4 * 3 * 2 / 5
    }

    /// Whether reading may go on when so much is needed.
    pub const fn room(self, n_bytes_needed: u64) -> Room {
        if n_bytes_needed >= self.n_bytes {
            Room::None
        } else if n_bytes_needed >= self.n_bytes / 4 * 3 {
            Room::Little
        } else {
            Room::Enough
        }
    }
}

impl Default for Budget {
    fn default() -> Self {
        Self::DEFAULT
    }
}
