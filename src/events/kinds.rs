//! The kinds of all events, two to a byte: there are fewer than sixteen.
use std::fmt;

use crate::events::EventKind;
use crate::wire::{Columns, Visit};

/// Bits of a kind, and all of them at once: that is none.
const BITS: u32 = 4;
const NONE: u8 = 0xf;
const _: () = assert!(EventKind::ALL.len() <= NONE as usize, "a kind has four bits");

/// Row -> kind.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Kinds {
    /// Of each two the first in the low bits; of an odd number the last byte has none beside the last.
    pairs: Vec<u8>,
}

impl Kinds {
    /// How many there are.
    pub fn len(&self) -> usize {
        2 * self.pairs.len() - usize::from(self.is_odd())
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// Appends a kind.
    pub fn push(&mut self, kind: EventKind) {
        let is_odd = self.is_odd();
        match self.pairs.last_mut() {
            Some(pair) if is_odd => *pair = *pair & NONE | (kind as u8) << BITS,
            _ => self.pairs.push(NONE << BITS | kind as u8),
        }
    }

    /// The kind of a row; none past the end.
    #[inline]
    pub fn get(&self, row: usize) -> Option<EventKind> {
        let pair = *self.pairs.get(row / 2)?;
        let code = if row.is_multiple_of(2) { pair & NONE } else { pair >> BITS };
        EventKind::ALL.get(usize::from(code)).copied()
    }

    /// The kind of a row.
    ///
    /// # Panics
    /// Past the end, as a list does.
    #[inline]
    pub fn at(&self, row: usize) -> EventKind {
        let Some(kind) = self.get(row) else { panic!("row {row} of {}", self.len()) };
        kind
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = EventKind> {
        (0..self.len()).filter_map(|row| self.get(row))
    }

    fn is_odd(&self) -> bool {
        self.pairs.last().is_some_and(|pair| pair >> BITS == NONE)
    }
}

impl FromIterator<EventKind> for Kinds {
    fn from_iter<I: IntoIterator<Item = EventKind>>(kinds: I) -> Self {
        let mut column = Self::default();
        kinds.into_iter().for_each(|kind| column.push(kind));
        column
    }
}

impl fmt::Debug for Kinds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

impl Columns for Kinds {
    fn each(&mut self, visit: &mut Visit<'_>) {
        self.pairs.each(visit);
    }

    fn is_sound(&self) -> bool {
        let is_kind = |code: u8| usize::from(code) < EventKind::ALL.len();
        let is_pair = |pair: u8| is_kind(pair & NONE) && is_kind(pair >> BITS);
        self.pairs.split_last().is_none_or(|(&last, pairs)| {
            let is_last = is_pair(last) || is_kind(last & NONE) && last >> BITS == NONE;
            is_last && pairs.iter().copied().all(is_pair)
        })
    }
}
