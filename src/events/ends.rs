//! Where the names of a table end, in two bytes a name: most are short, and so their ends are near each other.
use std::ops::Range;

use crate::columns;

/// Rows of a block.
const BLOCK: usize = 32;

/// Row -> where its name ends. Ascending.
#[derive(Clone, Debug, Default)]
pub(super) struct Ends {
    /// Block -> where its first name begins.
    starts: Vec<u32>,
    /// Row -> where its name ends, from the start of its block on.
    near: Vec<u16>,
    /// Of the rows behind those, from the start of all: it begins with the first end that is not near.
    far: Vec<u32>,
}

impl Ends {
    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.near.len() + self.far.len()
    }

    /// Appends a row that ends there, not before the last. No part of the look for a name, which is twice as long with it.
    #[inline(never)]
    pub(super) fn push(&mut self, end: u32) {
        let is_first = self.near.len().is_multiple_of(BLOCK);
        let start = if is_first { self.last() } else { self.starts.last().copied().unwrap_or(0) };
        match u16::try_from(end.wrapping_sub(start)) {
            Ok(near) if self.far.is_empty() => {
                if is_first {
                    self.starts.push(start);
                }
                self.near.push(near);
            }
            _ => self.far.push(end),
        }
    }

    /// Where the last one ends.
    pub(super) fn last(&self) -> u32 {
        self.far.last().copied().unwrap_or_else(|| self.last_near())
    }

    fn last_near(&self) -> u32 {
        let start = self.starts.last().copied().unwrap_or(0);
        start.wrapping_add(self.near.last().copied().map_or(0, u32::from))
    }

    /// Where the name of a row is; nowhere for one past the end.
    #[inline]
    pub(super) fn range(&self, row: usize) -> Range<usize> {
        let Some(&end) = self.near.get(row) else { return self.far_range(row - self.near.len()) };
        let start = self.starts.get(row / BLOCK).map_or(0, |&start| start as usize);
        let before = if row.is_multiple_of(BLOCK) { None } else { self.near.get(row - 1) };
        let from = before.map_or(0, |&before| usize::from(before));
        start.wrapping_add(from)..start.wrapping_add(usize::from(end))
    }

    fn far_range(&self, row: usize) -> Range<usize> {
        let before = row.checked_sub(1).map(|before| self.far.get(before).copied());
        let start = before.map_or_else(|| self.last_near(), Option::unwrap_or_default);
        let end = self.far.get(row).copied().unwrap_or(start);
        start as usize..end as usize
    }

    /// The first row whose name is so long, and the range of which `is_it`: a look at all of them.
    pub(super) fn find(&self, len: usize, is_it: impl Fn(Range<usize>) -> bool) -> Option<usize> {
        let near = u16::try_from(len).ok().and_then(|len| self.find_near(len, &is_it));
        let is_so_long = |row: &usize| {
            let range = self.range(*row);
            range.len() == len && is_it(range)
        };
        near.or_else(|| (self.near.len()..self.len()).find(is_so_long))
    }

    fn find_near(&self, len: u16, is_it: impl Fn(Range<usize>) -> bool) -> Option<usize> {
        for (block, ends) in self.near.chunks(BLOCK).enumerate() {
            let mut before = 0;
            for (at, &end) in ends.iter().enumerate() {
                let row = block * BLOCK + at;
                let n = end.wrapping_sub(std::mem::replace(&mut before, end));
                if n == len && is_it(self.range(row)) {
                    return Some(row);
                }
            }
        }
        None
    }
}

columns! {
    Ends { starts, near, far } if is_ascending
}

/// Whether blocks and what follows them are as [`Ends::push`] makes them.
fn is_ascending(ends: &Ends) -> bool {
    let Ends { starts, near, far } = ends;
    let mut last = 0;
    let mut follows = |(&start, ends): (&u32, &[u16])| {
        let follows = u64::from(start) == last && ends.is_sorted();
        last = u64::from(start) + ends.last().copied().map_or(0, u64::from);
        follows
    };
    starts.len() == near.len().div_ceil(BLOCK)
        && starts.iter().zip(near.chunks(BLOCK)).all(&mut follows)
        && far.is_sorted()
        && last <= far.first().copied().unwrap_or(u32::MAX).into()
}
