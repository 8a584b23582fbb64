//! A column of whole numbers that is kept as narrow as they are: of every block of values the least,
//! and of each value how much it is above that, in as many bytes as the greatest of them needs. For
//! what hardly differs from its neighbors: moments, places, ends of rows. Any value is found at once,
//! and none can be changed.
use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

use super::{Cell, Columns, Part, PartIter, Visit, Whole};

/// Values of a block.
const BLOCK: usize = 64;
/// Low bits of [`Block::place`]: the width, which is at most 8.
const WIDTH_BITS: u32 = 4;

/// Row -> value.
#[derive(Clone, PartialEq, Eq)]
pub struct Narrow<T> {
    blocks: Vec<Block>,
    /// What the values of all blocks are above the least of theirs, little-endian.
    bytes: Vec<u8>,
    /// The last values, too few for a block.
    tail: Vec<u64>,
    of: PhantomData<T>,
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

impl<T> Default for Narrow<T> {
    fn default() -> Self {
        Self { blocks: Vec::new(), bytes: Vec::new(), tail: Vec::new(), of: PhantomData }
    }
}

impl<T: Whole> Narrow<T> {
    /// Appends a value.
    pub fn push(&mut self, value: T) {
        self.tail.push(value.to_word());
        if self.tail.len() == BLOCK {
            self.seal();
        }
    }

    /// The value of a row; none past the end.
    pub fn get(&self, row: usize) -> Option<T> {
        let word = match self.blocks.get(row / BLOCK) {
            Some(block) => {
                let at = block.at().saturating_add(row % BLOCK * block.width());
                block.least.wrapping_add(above(&self.bytes, at, block.width()))
            }
            None => *self.tail.get(row - self.blocks.len() * BLOCK)?,
        };
        T::of_word(word)
    }

    /// The value of a row and the one before it: what two of [`Self::get`] give, found at once where
    /// both are in one block.
    pub fn get_with_last(&self, row: usize) -> (Option<T>, Option<T>) {
        let Some(last) = row.checked_sub(1) else { return (None, self.get(row)) };
        let Some(block) = self.blocks.get(row / BLOCK).filter(|_| !row.is_multiple_of(BLOCK))
        else {
            return (self.get(last), self.get(row));
        };
        let width = block.width();
        let at = block.at().saturating_add(last % BLOCK * width);
        let value = |at| T::of_word(block.least.wrapping_add(above(&self.bytes, at, width)));
        (value(at), value(at.saturating_add(width)))
    }

    /// How many values there are.
    pub fn len(&self) -> usize {
        self.blocks.len() * BLOCK + self.tail.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The first value.
    pub fn first(&self) -> Option<T> {
        self.get(0)
    }

    /// The last value.
    pub fn last(&self) -> Option<T> {
        self.len().checked_sub(1).and_then(|row| self.get(row))
    }

    /// The values of some rows; those past the end are left out.
    pub fn part(&self, rows: Range<usize>) -> Part<'_, T> {
        Part::new(self, rows)
    }

    /// All values, in order.
    pub fn iter(&self) -> PartIter<'_, T> {
        self.part(0..self.len()).iter()
    }

    /// All values of `rows`, which are no more than there are, one after the other: a block is looked up
    /// once for all that is in it.
    pub(super) fn fold<A>(&self, rows: Range<usize>, init: A, mut f: impl FnMut(A, T) -> A) -> A {
        let (mut all, mut row) = (init, rows.start);
        while row < rows.end {
            let end = rows.end.min((row / BLOCK + 1) * BLOCK);
            let Some(block) = self.blocks.get(row / BLOCK) else { break };
            let width = block.width();
            for at in row..end {
                let at = block.at().saturating_add(at % BLOCK * width);
                let word = block.least.wrapping_add(above(&self.bytes, at, width));
                let Some(value) = T::of_word(word) else { return all };
                all = f(all, value);
            }
            row = end;
        }
        let sealed = self.blocks.len() * BLOCK;
        let tail = self.tail.get(row.saturating_sub(sealed)..rows.end.saturating_sub(sealed));
        let tail = tail.unwrap_or_default().iter();
        tail.map_while(|&word| T::of_word(word)).fold(all, f)
    }

    fn seal(&mut self) {
        let Self { blocks, bytes, tail, .. } = self;
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

impl<T: Whole> Extend<T> for Narrow<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, values: I) {
        values.into_iter().for_each(|value| self.push(value));
    }
}

impl<T: Whole> FromIterator<T> for Narrow<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        let mut column = Self::default();
        column.extend(values);
        column
    }
}

impl<T: Whole + fmt::Debug> fmt::Debug for Narrow<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl<T: Whole> Columns for Narrow<T> {
    fn each(&mut self, visit: &mut Visit<'_>) {
        let Self { blocks, bytes, tail, of: PhantomData } = self;
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
