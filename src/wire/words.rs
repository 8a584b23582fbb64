//! Words in one copy of machine code for all narrow columns, whatever their words tell.
use std::ops::Range;

use super::{Cell, Columns, Visit};

/// Words of a block.
pub(super) const BLOCK: usize = 64;
/// Low bits of [`Block::place`]: the width, which is at most 64.
const WIDTH_BITS: u32 = 7;
/// In [`Block::place`]: zero is kept as zero, and the least is one below the least of the others.
const HAS_HOLES: u64 = 1 << WIDTH_BITS;
/// [`Block::place`] without its low bits.
const AT_BITS: u32 = WIDTH_BITS + 1;
/// What is wider is kept in 64 bits: the bits of a word are within eight bytes.
const WIDEST: u32 = 57;

/// Row -> word.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Words {
    blocks: Vec<Block>,
    /// What the words of all blocks are above the least of theirs, the low bits first.
    bytes: Vec<u8>,
    /// The last words, too few for a block.
    tail: Vec<u64>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Block {
    least: u64,
    /// Where its bytes begin, whether it has holes, and how many bits a value has.
    place: u64,
}

impl Block {
    /// For some words, the bytes of which begin at `at`. Zero means that there is none where words are
    /// ids: if it is far below the others, it does not make them wide.
    fn of(words: &[u64], at: usize) -> Self {
        let (mut least, mut least_but_zero, mut most) = (u64::MAX, u64::MAX, 0);
        for &word in words {
            least = word.min(least);
            least_but_zero = word.wrapping_sub(1).min(least_but_zero);
            most = word.max(most);
        }
        let at = (at as u64) << AT_BITS;
        let (width, thin) = (width_of(most - least), width_of(most.saturating_sub(least_but_zero)));
        if thin < width {
            return Self { least: least_but_zero, place: at | HAS_HOLES | u64::from(thin) };
        }
        Self { least, place: at | u64::from(width) }
    }

    const fn at(self) -> usize {
        (self.place >> AT_BITS) as usize
    }

    const fn width(self) -> usize {
        (self.place & (HAS_HOLES - 1)) as usize
    }

    const fn n_bytes(self) -> usize {
        BLOCK * self.width() / 8
    }

    const fn has_holes(self) -> bool {
        self.place & HAS_HOLES != 0
    }

    /// What is kept of a word.
    const fn code_of(self, word: u64) -> u64 {
        if self.has_holes() && word == 0 { 0 } else { word.wrapping_sub(self.least) }
    }

    /// The word of which that is kept.
    const fn word_of(self, code: u64) -> u64 {
        if self.has_holes() && code == 0 { 0 } else { code.wrapping_add(self.least) }
    }
}

/// So many bits are taken for numbers up to `most`.
const fn width_of(most: u64) -> u32 {
    let n_bits = u64::BITS - most.leading_zeros();
    if n_bits > WIDEST { u64::BITS } else { n_bits }
}

impl Words {
    #[inline(never)]
    pub(super) fn push(&mut self, word: u64) {
        self.tail.push(word);
        if self.tail.len() == BLOCK {
            self.seal();
        }
    }

    #[inline(never)]
    pub(super) fn get(&self, row: usize) -> Option<u64> {
        match self.blocks.get(row / BLOCK) {
            Some(block) => Some(self.word(*block, row % BLOCK)),
            None => self.tail.get(row - self.blocks.len() * BLOCK).copied(),
        }
    }

    /// The word of a row and the one before it: what two of [`Self::get`] give, found at once where
    /// both are in one block.
    #[inline(never)]
    pub(super) fn get_with_last(&self, row: usize) -> (Option<u64>, Option<u64>) {
        let Some(last) = row.checked_sub(1) else { return (None, self.get(row)) };
        match self.blocks.get(row / BLOCK).filter(|_| !row.is_multiple_of(BLOCK)) {
            Some(&block) => {
                (Some(self.word(block, last % BLOCK)), Some(self.word(block, row % BLOCK)))
            }
            None => (self.get(last), self.get(row)),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.blocks.len() * BLOCK + self.tail.len()
    }

    /// Puts the first words of `rows`, as far as they are of one block, to the start of `some`, and says how
    /// many they are: none past the end.
    #[inline(never)]
    pub(super) fn some(&self, rows: Range<usize>, some: &mut [u64; BLOCK]) -> usize {
        let within = rows.start % BLOCK..BLOCK.min(rows.len().saturating_add(rows.start % BLOCK));
        if let Some(&block) = self.blocks.get(rows.start / BLOCK) {
            let words = within.map(|at| self.word(block, at));
            some.iter_mut().zip(words).map(|(some, word)| *some = word).count()
        } else {
            let start = rows.start - self.blocks.len() * BLOCK;
            let words = self.tail.iter().skip(start).take(rows.len());
            some.iter_mut().zip(words).map(|(some, &word)| *some = word).count()
        }
    }

    fn word(&self, block: Block, at: usize) -> u64 {
        let width = block.width();
        let bit = at * width;
        let bytes = eight(&self.bytes, block.at().saturating_add(bit / 8));
        let mask = u64::MAX.checked_shr(u64::BITS.saturating_sub(width as u32)).unwrap_or(0);
        block.word_of(bytes >> (bit % 8) & mask)
    }

    /// Makes a block of the tail, the bits of which fill whole bytes.
    fn seal(&mut self) {
        let Self { blocks, bytes, tail } = self;
        let block = Block::of(tail, bytes.len());
        blocks.push(block);
        let (mut bits, mut n_bits) = (0, 0);
        for word in tail.drain(..) {
            bits |= block.code_of(word) << n_bits;
            n_bits += block.width();
            let n_bytes = n_bits / 8;
            bytes.extend_from_slice(bits.to_le_bytes().get(..n_bytes).unwrap_or_default());
            bits = bits.checked_shr(8 * n_bytes as u32).unwrap_or(0);
            n_bits %= 8;
        }
    }
}

/// Eight bytes as a number; zeros where they are past the end.
fn eight(bytes: &[u8], at: usize) -> u64 {
    let bytes = bytes.get(at..).unwrap_or_default();
    bytes.first_chunk().map_or_else(
        || bytes.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte)),
        |&word| u64::from_le_bytes(word),
    )
}

impl Columns for Words {
    fn each(&mut self, visit: &mut Visit<'_>) {
        let Self { blocks, bytes, tail } = self;
        blocks.each(visit);
        bytes.each(visit);
        tail.each(visit);
    }

    /// Whether the blocks lie one behind the other and fill the bytes.
    fn is_sound(&self) -> bool {
        let mut end = 0;
        let mut is_next = |block: &Block| {
            let is_next = block.at() == end && block.width() <= 64;
            end += block.n_bytes();
            is_next
        };
        self.blocks.iter().all(&mut is_next) && end == self.bytes.len() && self.tail.len() < BLOCK
    }
}

impl Cell for Block {
    const WIDTH: usize = 16;

    fn put(self, out: &mut [u8]) {
        for (word, out) in [self.least, self.place].into_iter().zip(out.chunks_exact_mut(8)) {
            word.put(out);
        }
    }

    fn get(bytes: &[u8]) -> Self {
        let (words, _) = bytes.as_chunks();
        let word = |at: usize| words.get(at).map_or(0, |&word| u64::from_le_bytes(word));
        Self { least: word(0), place: word(1) }
    }
}
