//! A part of a [`Narrow`] column, as a slice is of a list; its values are given by value.
use std::fmt;
use std::ops::Range;

use super::{Narrow, Whole};

/// Some values of a column, in order.
pub struct Part<'a, T> {
    column: &'a Narrow<T>,
    start: usize,
    end: usize,
}

impl<T> Copy for Part<'_, T> {}

impl<T> Clone for Part<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<'a, T: Whole> Part<'a, T> {
    /// The values of `rows`; those past the end of the column are left out.
    pub(super) fn new(column: &'a Narrow<T>, rows: Range<usize>) -> Self {
        let end = rows.end.min(column.len());
        Self { column, start: rows.start.min(end), end }
    }

    /// How many values there are.
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether there is none.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The value at a place; none past the end.
    pub fn get(self, at: usize) -> Option<T> {
        if at < self.len() { self.column.get(self.start + at) } else { None }
    }

    /// The first value.
    pub fn first(self) -> Option<T> {
        self.get(0)
    }

    /// The last value.
    pub fn last(self) -> Option<T> {
        self.len().checked_sub(1).and_then(|at| self.get(at))
    }

    /// The first `n` of them, or all.
    #[must_use]
    pub fn first_n(self, n: usize) -> Self {
        Self { end: self.start + n.min(self.len()), ..self }
    }

    /// All but the first `n` of them.
    #[must_use]
    pub fn after_n(self, n: usize) -> Self {
        Self { start: self.start + n.min(self.len()), ..self }
    }

    /// How many values `is_before` holds for, which is for none after one that it does not hold for: by
    /// binary search.
    pub fn partition_point(self, is_before: impl Fn(T) -> bool) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if self.get(middle).is_some_and(&is_before) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// The values, in order.
    pub const fn iter(self) -> PartIter<'a, T> {
        PartIter(self)
    }

    /// The values as a list.
    pub fn to_vec(self) -> Vec<T> {
        let mut list = Vec::with_capacity(self.len());
        // All of a block at once, as `collect` would not.
        self.iter().for_each(|value| list.push(value));
        list
    }
}

impl<T: Whole + PartialEq> Part<'_, T> {
    /// Whether one of the values is this one: a look at all of them.
    pub fn contains(self, value: T) -> bool {
        self.iter().any(|it| it == value)
    }
}

impl<'a, T: Whole> IntoIterator for Part<'a, T> {
    type Item = T;
    type IntoIter = PartIter<'a, T>;

    fn into_iter(self) -> PartIter<'a, T> {
        self.iter()
    }
}

impl<T: Whole + fmt::Debug> fmt::Debug for Part<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}

/// What is left of a [`Part`].
pub struct PartIter<'a, T>(Part<'a, T>);

impl<T> Clone for PartIter<'_, T> {
    fn clone(&self) -> Self {
        Self(self.0)
    }
}

impl<T: Whole + fmt::Debug> fmt::Debug for PartIter<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: Whole> Iterator for PartIter<'_, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        let value = self.0.first()?;
        self.0.start += 1;
        Some(value)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.0.len(), Some(self.0.len()))
    }

    fn nth(&mut self, n: usize) -> Option<T> {
        self.0.start += n.min(self.0.len());
        self.next()
    }

    fn fold<A, F: FnMut(A, T) -> A>(self, init: A, f: F) -> A {
        let Part { column, start, end } = self.0;
        column.fold(start..end, init, f)
    }
}

impl<T: Whole> DoubleEndedIterator for PartIter<'_, T> {
    fn next_back(&mut self) -> Option<T> {
        let value = self.0.last()?;
        self.0.end -= 1;
        Some(value)
    }
}

impl<T: Whole> ExactSizeIterator for PartIter<'_, T> {}
