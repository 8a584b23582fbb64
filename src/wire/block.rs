//! A few words that lie near each other, as bits: how many each takes, and above what.

/// Words of a block.
pub(super) const BLOCK: usize = 64;
/// What is wider is kept in 64 bits: the bits of a word are within eight bytes.
const WIDEST: u32 = 57;
/// What all words of a block may be multiples of, as times are of a log that knows no nanoseconds.
const UNITS: [u64; 4] = [1, 1_000, 1_000_000, 1_000_000_000];

/// What is known of a block without a look at its bytes, from the lowest bit on: how many bits a word has, whether
/// zero is kept as zero, how many bytes the least has, in which of the [`UNITS`] words are, and where the block begins
/// within its group.
#[derive(Clone, Copy)]
pub(super) struct Head(pub(super) u32);

impl Head {
    const WIDTH_BITS: u32 = 7;
    const HAS_HOLES: u32 = 1 << Self::WIDTH_BITS;
    const LEAST_AT: u32 = Self::WIDTH_BITS + 1;
    const LEAST_BITS: u32 = 4;
    const UNIT_AT: u32 = Self::LEAST_AT + Self::LEAST_BITS;
    const UNIT_BITS: u32 = 2;
    /// A block has 520 bytes at most, so that 15 bits tell where one begins.
    const AT: u32 = Self::UNIT_AT + Self::UNIT_BITS;

    pub(super) const fn width(self) -> u32 {
        self.0 & (Self::HAS_HOLES - 1)
    }

    pub(super) const fn has_holes(self) -> bool {
        self.0 & Self::HAS_HOLES != 0
    }

    /// Bytes of the least: one at least.
    pub(super) const fn n_least(self) -> usize {
        (self.0 >> Self::LEAST_AT) as usize & ((1 << Self::LEAST_BITS) - 1)
    }

    /// The least, of the eight bytes that begin with it.
    pub(super) const fn least_of(self, bytes: u64) -> u64 {
        bytes & u64::MAX.wrapping_shr(u64::BITS.wrapping_sub(8 * self.n_least() as u32))
    }

    pub(super) const fn unit(self) -> usize {
        (self.0 >> Self::UNIT_AT) as usize % UNITS.len()
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
    /// Which of the [`UNITS`] one of what is kept stands for.
    pub(super) unit: usize,
    /// In units. With holes it is one below the least of the words that are not zero.
    pub(super) least: u64,
    /// Bits.
    pub(super) width: u32,
    /// Zero is kept as zero.
    pub(super) has_holes: bool,
}

impl Block {
    /// For some words. Zero means that there is none where words are ids: if it is far below the others, it does
    /// not make them wide.
    pub(super) fn of(words: &[u64; BLOCK]) -> Self {
        let all = words.iter().fold(0, |all, word| all | word);
        let Bounds { mut least, mut least_but_zero, mut most } = Bounds::of(words, all);
        let at = if least == most { 0 } else { unit_of(words, all) };
        if at > 0 {
            let unit = UNITS[at];
            (least, most) = (least / unit, most / unit);
            least_but_zero = (least_but_zero.wrapping_add(1) / unit).wrapping_sub(1);
        }
        let (width, thin) = (width_of(most - least), width_of(most.saturating_sub(least_but_zero)));
        if thin < width {
            return Self { unit: at, least: least_but_zero, width: thin, has_holes: true };
        }
        Self { unit: at, least, width, has_holes: false }
    }

    /// Its head, where it begins so far behind the start of its group.
    pub(super) fn head(self, at: usize) -> Head {
        let n_least = (u64::BITS - self.least.leading_zeros()).div_ceil(8).max(1);
        let holes = if self.has_holes { Head::HAS_HOLES } else { 0 };
        let least_and_unit = n_least << Head::LEAST_AT | (self.unit as u32) << Head::UNIT_AT;
        Head(self.width | holes | least_and_unit | (at as u32) << Head::AT)
    }

    /// Words → what is kept of them. A division takes longer than all else, and most would be by one.
    pub(super) fn to_codes(self, words: &mut [u64; BLOCK]) {
        if self.unit > 0 {
            let unit = UNITS[self.unit % UNITS.len()];
            for word in &mut *words {
                *word /= unit;
            }
        }
        let least = self.least;
        if self.has_holes {
            for units in words {
                *units = if *units == 0 { 0 } else { units.wrapping_sub(least) };
            }
        } else {
            for units in words {
                *units = units.wrapping_sub(least);
            }
        }
    }

    /// The word of which that is kept.
    pub(super) const fn word_of(self, code: u64) -> u64 {
        let units = if self.has_holes && code == 0 { 0 } else { code.wrapping_add(self.least) };
        if self.unit == 0 { units } else { units.wrapping_mul(UNITS[self.unit % UNITS.len()]) }
    }
}

/// Between what some words are.
struct Bounds {
    least: u64,
    /// One below the least of those that are not zero; the greatest number where all are.
    least_but_zero: u64,
    most: u64,
}

impl Bounds {
    /// Of words that have `all` these bits. Most are ids: of those a processor looks at several at once.
    fn of(words: &[u64; BLOCK], all: u64) -> Self {
        if u32::try_from(all).is_err() {
            let (mut least, mut least_but_zero, mut most) = (u64::MAX, u64::MAX, 0);
            for &word in words {
                least = word.min(least);
                least_but_zero = word.wrapping_sub(1).min(least_but_zero);
                most = word.max(most);
            }
            return Self { least, least_but_zero, most };
        }
        let (mut least, mut least_but_zero, mut most) = (u32::MAX, u32::MAX, 0);
        for word in words.map(|word| word as u32) {
            least = word.min(least);
            least_but_zero = word.wrapping_sub(1).min(least_but_zero);
            most = word.max(most);
        }
        let least_but_zero = if all == 0 { u64::MAX } else { least_but_zero.into() };
        Self { least: least.into(), least_but_zero, most: most.into() }
    }
}

/// Which is the greatest unit that all words are multiples of, given the bits that any of them has: a multiple of a power of
/// ten is one of that power of two.
fn unit_of(words: &[u64], all: u64) -> usize {
    let may_be = |unit: u64| all.trailing_zeros() >= unit.trailing_zeros();
    let is = |unit: u64| may_be(unit) && words.iter().all(|word| word.is_multiple_of(unit));
    UNITS.into_iter().rposition(is).unwrap_or(0)
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
