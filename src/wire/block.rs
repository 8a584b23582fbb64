//! A few words that lie near each other, as bits: how many each takes, and above what.

/// Words of a block.
pub(super) const BLOCK: usize = 64;
/// What is wider is kept in 64 bits: the bits of a word are within eight bytes.
const WIDEST: u32 = 57;

/// What is known of a block without a look at its bytes, from the lowest bit on: how many bits a word has, whether
/// zero is kept as zero, how many bytes the least has, and where the block begins within its group.
#[derive(Clone, Copy)]
pub(super) struct Head(pub(super) u32);

impl Head {
    const WIDTH_BITS: u32 = 7;
    const HAS_HOLES: u32 = 1 << Self::WIDTH_BITS;
    const LEAST_AT: u32 = Self::WIDTH_BITS + 1;
    const LEAST_BITS: u32 = 4;
    /// A block has 520 bytes at most, so that 15 bits tell where one begins.
    const AT: u32 = Self::LEAST_AT + Self::LEAST_BITS;

    pub(super) const fn width(self) -> u32 {
        self.0 & (Self::HAS_HOLES - 1)
    }

    pub(super) const fn has_holes(self) -> bool {
        self.0 & Self::HAS_HOLES != 0
    }

    /// Bytes of the least.
    pub(super) const fn n_least(self) -> usize {
        (self.0 >> Self::LEAST_AT) as usize & ((1 << Self::LEAST_BITS) - 1)
    }

    pub(super) const fn at(self) -> usize {
        (self.0 >> Self::AT) as usize
    }

    pub(super) const fn n_bytes(self) -> usize {
        self.n_least() + BLOCK * self.width() as usize / 8
    }
}

/// How the words of a block are kept.
#[derive(Clone, Copy)]
pub(super) struct Block {
    /// With holes it is one below the least of the words that are not zero.
    pub(super) least: u64,
    /// Bits.
    pub(super) width: u32,
    /// Zero is kept as zero.
    pub(super) has_holes: bool,
}

impl Block {
    /// For some words. Zero means that there is none where words are ids: if it is far below the others, it does
    /// not make them wide.
    pub(super) fn of(words: &[u64]) -> Self {
        let (mut least, mut least_but_zero, mut most) = (u64::MAX, u64::MAX, 0);
        for &word in words {
            least = word.min(least);
            least_but_zero = word.wrapping_sub(1).min(least_but_zero);
            most = word.max(most);
        }
        let (width, thin) = (width_of(most - least), width_of(most.saturating_sub(least_but_zero)));
        if thin < width {
            return Self { least: least_but_zero, width: thin, has_holes: true };
        }
        Self { least, width, has_holes: false }
    }

    /// Its head, where it begins so far behind the start of its group.
    pub(super) fn head(self, at: usize) -> Head {
        let n_least = (u64::BITS - self.least.leading_zeros()).div_ceil(8);
        let holes = if self.has_holes { Head::HAS_HOLES } else { 0 };
        Head(self.width | holes | n_least << Head::LEAST_AT | (at as u32) << Head::AT)
    }

    /// What is kept of a word.
    pub(super) const fn code_of(self, word: u64) -> u64 {
        if self.has_holes && word == 0 { 0 } else { word.wrapping_sub(self.least) }
    }

    /// The word of which that is kept.
    pub(super) const fn word_of(self, code: u64) -> u64 {
        if self.has_holes && code == 0 { 0 } else { code.wrapping_add(self.least) }
    }
}

/// So many bits are taken for numbers up to `most`.
const fn width_of(most: u64) -> u32 {
    let n_bits = u64::BITS - most.leading_zeros();
    if n_bits > WIDEST { u64::BITS } else { n_bits }
}

/// So many ones, the rest zeros; in two steps, as none may be of 64 bits.
#[inline]
pub(super) const fn low_bits(n: u32) -> u64 {
    !u64::MAX.wrapping_shl(n / 2).wrapping_shl(n - n / 2)
}
