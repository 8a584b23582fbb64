//! Columns whose values differ little from the ones before them: moments, places, ends of rows. Of
//! each value the difference alone is kept, in as many bytes as it needs.
use super::{Column, WireError};

/// So many values are packed at a time.
const PART_VALUES: usize = 1 << 13;
/// Bits of a word in each byte, the lowest first; the highest bit says that there are more.
const BITS: u32 = 7;
const MORE: u8 = 1 << BITS;

/// What can be told by one word.
pub trait Whole: Copy {
    /// The word.
    fn to_word(self) -> u64;
    /// The value that a word tells, if any.
    fn of_word(word: u64) -> Option<Self>;
}

impl Whole for u64 {
    fn to_word(self) -> u64 {
        self
    }

    fn of_word(word: u64) -> Option<Self> {
        Some(word)
    }
}

impl Whole for u32 {
    fn to_word(self) -> u64 {
        u64::from(self)
    }

    fn of_word(word: u64) -> Option<Self> {
        Self::try_from(word).ok()
    }
}

impl Whole for bool {
    fn to_word(self) -> u64 {
        u64::from(self)
    }

    fn of_word(word: u64) -> Option<Self> {
        u8::try_from(word).ok().filter(|&word| word <= 1).map(|word| word == 1)
    }
}

/// Zero is none. The greatest word of all is taken for the one below it.
impl Whole for Option<u64> {
    fn to_word(self) -> u64 {
        self.map_or(0, |word| word.saturating_add(1))
    }

    fn of_word(word: u64) -> Option<Self> {
        Some(word.checked_sub(1))
    }
}

/// A column as differences.
#[derive(Debug)]
pub struct Deltas<'a, T>(pub &'a mut Vec<T>);

impl<T: Whole> Deltas<'_, T> {
    /// Each value's difference from the one before it; small where that is small either way.
    fn differences(&self) -> impl Iterator<Item = u64> {
        let mut before = 0;
        self.0.iter().map(move |value| {
            let word = value.to_word();
            let difference = word.wrapping_sub(std::mem::replace(&mut before, word)).cast_signed();
            (difference << 1 ^ difference >> 63).cast_unsigned()
        })
    }
}

impl<T: Whole> Column for Deltas<'_, T> {
    fn n_bytes(&self) -> u64 {
        let n_bits = |word: u64| u64::BITS - (word | 1).leading_zeros();
        self.differences().map(|word| u64::from(n_bits(word).div_ceil(BITS))).sum()
    }

    fn pack(&self, sink: &mut dyn FnMut(&[u8])) {
        let (mut part, mut differences) = (Vec::new(), self.differences());
        loop {
            part.clear();
            differences.by_ref().take(PART_VALUES).for_each(|word| put(word, &mut part));
            if part.is_empty() {
                return;
            }
            sink(&part);
        }
    }

    fn make_room(&mut self, _n_bytes: usize) -> Result<(), WireError> {
        Ok(())
    }

    fn unpack(&mut self, bytes: &[u8], is_last: bool) -> Result<usize, WireError> {
        let mut before = self.0.last().map_or(0, |value| value.to_word());
        let mut rest = bytes;
        while let Some((word, after)) = take(rest)? {
            let difference = (word >> 1) ^ (word & 1).wrapping_neg();
            before = before.wrapping_add(difference);
            self.0.push(T::of_word(before).ok_or(WireError::Content)?);
            rest = after;
        }
        if is_last {
            self.0.shrink_to_fit();
        }
        Ok(bytes.len() - rest.len())
    }
}

fn put(mut word: u64, out: &mut Vec<u8>) {
    while word >> BITS != 0 {
        out.push(word as u8 | MORE);
        word >>= BITS;
    }
    out.push(word as u8);
}

/// The first word and what follows it; none when `bytes` end inside it.
fn take(bytes: &[u8]) -> Result<Option<(u64, &[u8])>, WireError> {
    let (mut word, mut shift) = (0, 0);
    for (at, &byte) in bytes.iter().enumerate() {
        let bits = u64::from(byte & !MORE);
        if shift >= u64::BITS || bits << shift >> shift != bits {
            return Err(WireError::Content);
        }
        word |= bits << shift;
        if byte & MORE == 0 {
            return Ok(bytes.get(at + 1..).map(|rest| (word, rest)));
        }
        shift += BITS;
    }
    Ok(None)
}
