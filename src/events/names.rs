//! Interned text: each distinct name once, in one arena per kind, found by a table of `u32`s.
use std::hash::{BuildHasher, Hasher};
use std::marker::PhantomData;

use foldhash::fast::FixedState;
use hashbrown::HashTable;

use crate::events::{Id, LabelId, PartitionId, RunId, TaintId, TextId, WantId};

/// Distinct names of one kind. Invariant: `ends` is ascending, and the name of row `i` is
/// `arena[ends[i - 1]..ends[i]]`.
#[derive(Clone, Debug)]
pub struct NameTable<T> {
    pub(super) arena: String,
    pub(super) ends: Vec<u32>,
    pub(super) rows: HashTable<u32>,
    pub(super) kind: PhantomData<T>,
}

/// All names of a log, by kind.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// `want_id`s.
    pub wants: NameTable<WantId>,
    /// Partition refs.
    pub partitions: NameTable<PartitionId>,
    /// `job_run_id`s.
    pub runs: NameTable<RunId>,
    /// Job labels.
    pub labels: NameTable<LabelId>,
    /// `taint_id`s.
    pub taints: NameTable<TaintId>,
    /// Users, comments, reasons, explicit uuids.
    pub texts: NameTable<TextId>,
}

/// A table holds all the names that it can: 4 GiB of text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Full;

impl<T> Default for NameTable<T> {
    fn default() -> Self {
        Self { arena: String::new(), ends: Vec::new(), rows: HashTable::new(), kind: PhantomData }
    }
}

impl<T: Id> NameTable<T> {
    /// The id of `name`, new if it was never seen. `None` when the table is full: 4 GiB of text.
    pub fn intern(&mut self, name: &str) -> Option<T> {
        let hash = hash_of(name);
        let Self { arena, ends, rows, .. } = self;
        if let Some(&row) = rows.find(hash, |&row| text_of(arena, ends, row as usize) == name) {
            return T::from_index(row as usize);
        }
        let id = T::from_index(ends.len())?;
        let end = u32::try_from(arena.len() + name.len()).ok()?;
        arena.push_str(name);
        ends.push(end);
        enter(id.index(), arena, ends, rows);
        Some(id)
    }

    /// The id of `name`, if the log has it.
    pub fn find(&self, name: &str) -> Option<T> {
        let same = |&row: &u32| text_of(&self.arena, &self.ends, row as usize) == name;
        self.rows.find(hash_of(name), same).and_then(|&row| T::from_index(row as usize))
    }

    /// The text of `id`; empty for an id of another table.
    pub fn text(&self, id: T) -> &str {
        text_of(&self.arena, &self.ends, id.index())
    }

    /// How many distinct names there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no name.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Every id, in order of first mention.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = T> + use<T> {
        (0..self.ends.len()).filter_map(T::from_index)
    }
}

/// Makes it possible to find the name of `row`, which cannot be found yet.
pub(super) fn enter(row: usize, arena: &str, ends: &[u32], rows: &mut HashTable<u32>) {
    let hash = |row| hash_of(text_of(arena, ends, row));
    rows.insert_unique(hash(row), row as u32, |&row| hash(row as usize));
}

fn hash_of(name: &str) -> u64 {
    let mut hasher = FixedState::default().build_hasher();
    hasher.write(name.as_bytes());
    hasher.finish()
}

fn text_of<'a>(arena: &'a str, ends: &[u32], row: usize) -> &'a str {
    let start = row.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
    let end = ends.get(row).copied().unwrap_or(start);
    arena.get(start as usize..end as usize).unwrap_or("")
}
