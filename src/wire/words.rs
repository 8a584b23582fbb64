//! Words in one copy of machine code for all narrow columns, whatever their words tell.
use std::ops::Range;

use super::{Cell, Columns, Visit};

/// Words of a block.
pub(super) const BLOCK: usize = 64;
/// Low bits of [`Block::place`]: the width, which is at most 8.
const WIDTH_BITS: u32 = 4;

/// Row -> word.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Words {
    blocks: Vec<Block>,
    /// What the words of all blocks are above the least of theirs, little-endian.
    bytes: Vec<u8>,
    /// The last words, too few for a block.
    tail: Vec<u64>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Block {
    least: u64,
    /// Where its bytes begin, and how many of them a value has.
    place: u64,
}

impl Block {
    const fn new(least: u64, at: usize, width: usize) -> Self {
        Self { least, place: (at as u64) << WIDTH_BITS | width as u64 }
    }

    const fn at(self) -> usize {
        (self.place >> WIDTH_BITS) as usize
    }

    const fn width(self) -> usize {
        (self.place & ((1 << WIDTH_BITS) - 1)) as usize
    }
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
        let at = block.at().saturating_add(at * width);
        block.least.wrapping_add(above(&self.bytes, at, width))
    }

    fn seal(&mut self) {
        let Self { blocks, bytes, tail } = self;
        let (least, most) = tail.iter().fold((u64::MAX, 0), |(a, b), &it| (it.min(a), it.max(b)));
        let width = (u64::BITS - (most - least).leading_zeros()).div_ceil(8) as usize;
        blocks.push(Block::new(least, bytes.len(), width));
        for word in tail.drain(..) {
            bytes.extend_from_slice((word - least).to_le_bytes().get(..width).unwrap_or_default());
        }
    }
}

/// The number in so many bytes from `at`; eight of them are read at once where there are as many.
fn above(bytes: &[u8], at: usize, width: usize) -> u64 {
    let bytes = bytes.get(at..).unwrap_or_default();
    let word = bytes.first_chunk().map_or_else(
        || bytes.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte)),
        |&word| u64::from_le_bytes(word),
    );
    word & u64::MAX.checked_shr(u64::BITS.saturating_sub(8 * width as u32)).unwrap_or(0)
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
            let is_next = block.at() == end && block.width() <= 8;
            end += BLOCK * block.width();
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
