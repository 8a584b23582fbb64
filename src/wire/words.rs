//! Words in one copy of machine code for all narrow columns, whatever their words tell.
use std::ops::Range;

use super::block::{BLOCK, Block, Head, low_bits};
use super::{Columns, Visit};

/// Blocks of a group.
const GROUP: usize = 64;
/// Bytes behind the last block.
const PAD: usize = 8;

/// Row -> word.
#[derive(Clone, Default, PartialEq, Eq)]
pub(super) struct Words {
    /// Block -> its [`Head`].
    heads: Vec<u32>,
    /// Group -> where the bytes of its first block begin.
    starts: Vec<u64>,
    /// Of each block the least, without the high bytes of it that are zero, and behind it what all words are above
    /// that, the low bits first. Behind the last block are [`PAD`] zeros: eight bytes are read at once.
    bytes: Vec<u8>,
    /// The last words, too few for a block.
    tail: Vec<u64>,
}

/// A block, its bytes and what follows them, and where in them what is kept of its words begins.
#[derive(Clone, Copy)]
struct Placed<'a> {
    block: Block,
    bytes: &'a [u8],
    at: usize,
}

impl Placed<'_> {
    #[inline]
    fn word(self, row: usize) -> u64 {
        let Self { block, bytes, at } = self;
        let bit = row * block.width as usize;
        block.word_of(eight(bytes, at + bit / 8) >> (bit % 8) & low_bits(block.width))
    }
}

impl Words {
    pub(super) fn push(&mut self, word: u64) {
        self.tail.push(word);
        if self.tail.len() == BLOCK {
            self.seal();
        }
    }

    /// How many words make the block in hand full.
    pub(super) const fn n_free(&self) -> usize {
        BLOCK - self.tail.len()
    }

    /// Gives room back that is not used.
    pub(super) fn shrink_to_fit(&mut self) {
        self.heads.shrink_to_fit();
        self.starts.shrink_to_fit();
        self.bytes.shrink_to_fit();
    }

    /// Appends words, at most [`Self::n_free`].
    pub(super) fn fill(&mut self, words: impl Iterator<Item = u64>) {
        self.tail.extend(words);
        if self.tail.len() >= BLOCK {
            self.seal();
        }
    }

    #[inline(never)]
    pub(super) fn get(&self, row: usize) -> Option<u64> {
        match self.block(row / BLOCK) {
            Some(block) => Some(block.word(row % BLOCK)),
            None => self.tail.get(row - self.heads.len() * BLOCK).copied(),
        }
    }

    /// The word of a row and the one before it: what two of [`Self::get`] give, found at once where
    /// both are in one block.
    #[inline(never)]
    pub(super) fn get_with_last(&self, row: usize) -> (Option<u64>, Option<u64>) {
        let Some(last) = row.checked_sub(1) else { return (None, self.get(row)) };
        match self.block(row / BLOCK).filter(|_| !row.is_multiple_of(BLOCK)) {
            Some(block) => (Some(block.word(last % BLOCK)), Some(block.word(row % BLOCK))),
            None => (self.get(last), self.get(row)),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.heads.len() * BLOCK + self.tail.len()
    }

    /// Puts the first words of `rows`, as far as they are of one block, to the start of `some`, and says how
    /// many they are: none past the end.
    #[inline(never)]
    pub(super) fn some(&self, rows: Range<usize>, some: &mut [u64; BLOCK]) -> usize {
        let Some(Placed { block, bytes, at }) = self.block(rows.start / BLOCK) else {
            let start = rows.start - self.heads.len() * BLOCK;
            let words = self.tail.iter().skip(start).take(rows.len());
            return some.iter_mut().zip(words).map(|(some, &word)| *some = word).count();
        };
        let (row, width) = (rows.start % BLOCK, block.width as usize);
        let n = rows.len().min(BLOCK - row);
        let some = some.iter_mut().take(n);
        if width == 0 {
            some.for_each(|some| *some = block.word_of(0));
            return n;
        }
        let (ones, mut bit) = (low_bits(block.width), 8 * at + row * width);
        for some in some {
            *some = block.word_of(eight(bytes, bit / 8) >> (bit % 8) & ones);
            bit += width;
        }
        n
    }

    #[inline]
    fn block(&self, index: usize) -> Option<Placed<'_>> {
        let head = Head(*self.heads.get(index)?);
        let start = *self.starts.get(index / GROUP)? as usize;
        let bytes = self.bytes.get(start.wrapping_add(head.at())..)?;
        let least = head.least_of(eight(bytes, 0));
        let (unit, width, has_holes) = (head.unit(), head.width(), head.has_holes());
        let block = Block { unit, least, width, has_holes };
        Some(Placed { block, bytes, at: head.n_least() })
    }

    /// Makes a block of the tail, once that is long enough.
    #[inline(never)]
    fn seal(&mut self) {
        let Self { heads, starts, bytes, tail } = self;
        let Some(words) = tail.first_chunk_mut() else { return };
        bytes.truncate(bytes.len().saturating_sub(PAD));
        if heads.len().is_multiple_of(GROUP) {
            starts.push(bytes.len() as u64);
        }
        let at = bytes.len();
        let block = Block::of(words);
        let head = block.head(starts.last().map_or(0, |&start| at - start as usize));
        heads.push(head.0);
        bytes.resize(at + head.n_bytes() + PAD, 0);
        let (least, codes) = bytes[at..].split_at_mut(head.n_least());
        for (byte, least) in least.iter_mut().zip(block.least.to_le_bytes()) {
            *byte = least;
        }
        block.to_codes(words);
        pack(words, block.width, codes);
        tail.clear();
    }
}

/// Puts so many low bits of each word to `room`, the first ones first. All of a block fill whole words.
fn pack(words: &[u64; BLOCK], width: u32, room: &mut [u8]) {
    let (mut bits, mut n_bits) = (0, 0);
    let mut full = room.as_chunks_mut().0.iter_mut();
    for &word in words {
        bits |= word << n_bits;
        n_bits += width;
        if n_bits >= u64::BITS {
            full.next().into_iter().for_each(|full| *full = bits.to_le_bytes());
            n_bits -= u64::BITS;
            // In two steps, as all bits of the word may be there.
            bits = word >> 1 >> (width - n_bits - 1);
        }
    }
}

/// Eight bytes as a number.
#[inline]
fn eight(bytes: &[u8], at: usize) -> u64 {
    let bytes = bytes.get(at..).and_then(<[u8]>::first_chunk);
    bytes.map_or(0, |&word| u64::from_le_bytes(word))
}

impl Columns for Words {
    fn each(&mut self, visit: &mut Visit<'_>) {
        let Self { heads, starts, bytes, tail } = self;
        heads.each(visit);
        starts.each(visit);
        bytes.each(visit);
        tail.each(visit);
    }

    /// Whether the blocks lie one behind the other and fill the bytes.
    fn is_sound(&self) -> bool {
        let (mut end, mut starts) = (0, self.starts.iter());
        for group in self.heads.chunks(GROUP) {
            let start = end;
            if starts.next() != Some(&(start as u64)) {
                return false;
            }
            for &head in group {
                let head = Head(head);
                if head.width() > u64::BITS
                    || !(1..=8).contains(&head.n_least())
                    || head.at() != end - start
                {
                    return false;
                }
                end += head.n_bytes();
            }
        }
        let pad = if self.heads.is_empty() { 0 } else { PAD };
        starts.next().is_none() && end + pad == self.bytes.len() && self.tail.len() < BLOCK
    }
}
