//! A column of whole numbers that is kept as narrow as they are: of every block of values the least,
//! and of each value how much it is above that, in as many bits as the greatest of them needs. For
//! what hardly differs from its neighbors: moments, places, ids. Any value is found at once, and none
//! can be changed.
use std::fmt;
use std::marker::PhantomData;
use std::ops::Range;

use super::block::BLOCK;
use super::words::Words;
use super::{Columns, Part, PartIter, Visit, Whole};

/// Row -> value.
#[derive(Clone, PartialEq, Eq)]
pub struct Narrow<T> {
    words: Words,
    of: PhantomData<T>,
}

impl<T> Default for Narrow<T> {
    fn default() -> Self {
        Self { words: Words::default(), of: PhantomData }
    }
}

impl<T> Narrow<T> {
    /// How many values there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<T: Whole> Narrow<T> {
    /// Appends a value.
    pub fn push(&mut self, value: T) {
        self.words.push(value.to_word());
    }

    /// A list as a column.
    #[inline(never)]
    pub fn of(values: &[T]) -> Self {
        let mut column = Self::default();
        column.extend_from_slice(values);
        column
    }

    /// Appends the next of `all`, `n` of them at most, where those before them are in it already; whether there were any.
    pub fn extend_from(&mut self, all: &[T], n: usize) -> bool {
        let some = self.len()..all.len().min(self.len() + n);
        let some = all.get(some).unwrap_or_default();
        self.extend_from_slice(some);
        !some.is_empty()
    }

    /// Gives room back that is not used.
    pub fn shrink_to_fit(&mut self) {
        self.words.shrink_to_fit();
    }

    /// A block at a time.
    fn extend_from_slice(&mut self, values: &[T]) {
        let mut rest = values;
        while !rest.is_empty() {
            let (some, others) = rest.split_at(rest.len().min(self.words.n_free()));
            self.words.fill(some.iter().map(|value| value.to_word()));
            rest = others;
        }
    }

    /// The value of a row; none past the end.
    pub fn get(&self, row: usize) -> Option<T> {
        self.words.get(row).and_then(T::of_word)
    }

    /// The value of a row.
    ///
    /// # Panics
    /// Past the end, as a list does.
    pub fn at(&self, row: usize) -> T {
        let Some(value) = self.get(row) else { panic!("row {row} of {}", self.len()) };
        value
    }

    /// The value of a row and the one before it: what two of [`Self::get`] give, found at once where
    /// both are in one block.
    pub fn get_with_last(&self, row: usize) -> (Option<T>, Option<T>) {
        let (last, word) = self.words.get_with_last(row);
        (last.and_then(T::of_word), word.and_then(T::of_word))
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

    /// All values of `rows`, one after the other: a block is looked up once for all that is in it.
    pub(super) fn fold<A>(&self, rows: Range<usize>, init: A, mut f: impl FnMut(A, T) -> A) -> A {
        let (mut all, mut start, mut some) = (init, rows.start, [0; BLOCK]);
        loop {
            let n = self.words.some(start..rows.end, &mut some);
            if n == 0 {
                return all;
            }
            for &word in some.iter().take(n) {
                let Some(value) = T::of_word(word) else { return all };
                all = f(all, value);
            }
            start += n;
        }
    }
}

impl<'a, T: Whole> IntoIterator for &'a Narrow<T> {
    type Item = T;
    type IntoIter = PartIter<'a, T>;

    fn into_iter(self) -> PartIter<'a, T> {
        self.iter()
    }
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

impl<T> Columns for Narrow<T> {
    fn each(&mut self, visit: &mut Visit<'_>) {
        self.words.each(visit);
    }

    fn is_sound(&self) -> bool {
        self.words.is_sound()
    }
}
