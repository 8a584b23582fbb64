//! The outline as a tree that one walks with the keyboard: what is above, below and beside each
//! row, and which rows are in sight while some are closed. No recursion; rows are depth first.
use crate::graph::OutlineRow;

/// One row, and its place among the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TreeRow {
    /// What it is.
    pub row: OutlineRow,
    /// Its place among its siblings, from 1.
    pub place: u32,
    /// How many siblings there are, itself included.
    pub n_siblings: u32,
    /// The row that it hangs from.
    pub parent: Option<u32>,
    /// The first row that is not below it.
    pub end: u32,
}

/// All rows, depth first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    /// The rows.
    pub rows: Vec<TreeRow>,
}

impl Tree {
    /// The places of `rows`. Each is at most one level deeper than the one before.
    pub fn new(rows: &[OutlineRow]) -> Self {
        let mut tree = Self { rows: Vec::with_capacity(rows.len()) };
        // Rows on the path to the last one, from the top.
        let mut path: Vec<usize> = Vec::new();
        let mut n_children: Vec<u32> = vec![0; rows.len()];
        let mut n_tops = 0;
        for (at, &row) in rows.iter().enumerate() {
            while path.len() > row.depth as usize {
                tree.close(path.pop(), at);
            }
            let parent = path.last().copied();
            let n_before = match parent {
                Some(parent) => &mut n_children[parent],
                None => &mut n_tops,
            };
            *n_before += 1;
            let (place, parent) = (*n_before, parent.map(|parent| parent as u32));
            tree.rows.push(TreeRow { row, place, n_siblings: 0, parent, end: at as u32 + 1 });
            path.push(at);
        }
        while !path.is_empty() {
            tree.close(path.pop(), rows.len());
        }
        for row in &mut tree.rows {
            row.n_siblings = row.parent.map_or(n_tops, |parent| n_children[parent as usize]);
        }
        tree
    }

    fn close(&mut self, row: Option<usize>, end: usize) {
        if let Some(row) = row.and_then(|row| self.rows.get_mut(row)) {
            row.end = end as u32;
        }
    }

    /// Whether anything hangs from the row.
    pub fn has_children(&self, at: usize) -> bool {
        self.rows.get(at).is_some_and(|row| row.end as usize > at + 1)
    }

    /// The rows in sight while those that `is_closed` names show nothing below them.
    pub fn in_sight(&self, is_closed: impl Fn(usize) -> bool) -> Vec<usize> {
        let mut seen = Vec::with_capacity(self.rows.len());
        let mut at = 0;
        while let Some(row) = self.rows.get(at) {
            seen.push(at);
            at = if is_closed(at) { (row.end as usize).max(at + 1) } else { at + 1 };
        }
        seen
    }

    /// The row in sight after `at`, or before it.
    pub fn beside(
        &self,
        at: usize,
        down: bool,
        is_closed: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        let seen = self.in_sight(is_closed);
        let (place, is_there) = match seen.binary_search(&at) {
            Ok(place) => (place, true),
            Err(place) => (place, false),
        };
        let next = if down { Some(place + usize::from(is_there)) } else { place.checked_sub(1) };
        next.and_then(|place| seen.get(place)).copied()
    }
}
