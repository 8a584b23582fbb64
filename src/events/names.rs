//! Interned text: each distinct name once, in one arena per kind, found by a table of `u32`s.
use std::hash::{DefaultHasher, Hasher};
use std::marker::PhantomData;
use std::ops::Range;

use crate::events::ends::Ends;
use crate::events::index::Index;
use crate::events::{Id, LabelId, PartitionId, RunId, TaintId, TextId, WantId};

/// Distinct names of one kind. Invariant: the name of row `i` is `arena[ends.range(i)]`.
#[derive(Clone, Debug)]
pub struct NameTable<T> {
    pub(super) arena: String,
    pub(super) ends: Ends,
    /// Of a table that came from elsewhere there is none.
    pub(super) rows: Index,
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

/// What a first look for a name found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    hash: u64,
    /// A row that may be the name's.
    row: Option<u32>,
}

/// A table holds all the names that it can: 4 GiB of text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Full;

impl<T> Default for NameTable<T> {
    fn default() -> Self {
        Self {
            arena: String::new(),
            ends: Ends::default(),
            rows: Index::default(),
            kind: PhantomData,
        }
    }
}

impl<T: Id> NameTable<T> {
    /// The id of `name`, new if it was never seen. `None` when the table is full: 4 GiB of text.
    pub fn intern(&mut self, name: &str) -> Option<T> {
        self.intern_bytes(name.as_bytes())
    }

    /// The same for the bytes of a text. Only those of a new name are checked, which is no text if
    /// they are none.
    pub(crate) fn intern_bytes(&mut self, name: &[u8]) -> Option<T> {
        self.intern_hashed(name, hash_in(&self.rows, name))
    }

    /// A first look for the name, which changes nothing: many of them wait for memory together.
    pub(super) fn look(&self, name: &[u8]) -> Look {
        let hash = hash_in(&self.rows, name);
        Look { hash, row: self.rows.first(hash) }
    }

    /// The same as [`Self::intern_bytes`] after a look.
    pub(super) fn intern_looked(&mut self, name: &[u8], look: Look) -> Option<T> {
        match look.row {
            Some(row) if is_same(bytes_of(&self.arena, &self.ends, row), name) => {
                T::from_index(row as usize)
            }
            // The index may have become another one since the look.
            _ if self.rows.is_guarded() => self.intern_bytes(name),
            _ => self.intern_hashed(name, look.hash),
        }
    }

    fn intern_hashed(&mut self, name: &[u8], hash: u64) -> Option<T> {
        let Self { arena, ends, rows, .. } = self;
        let is_it = |row| is_same(bytes_of(arena, ends, row), name);
        if let Some(row) = rows.recent(hash).filter(|&row| is_it(row)) {
            return T::from_index(row as usize);
        }
        if let Some(row) = rows.find(hash, is_it) {
            rows.note(hash, row);
            return T::from_index(row as usize);
        }
        let id = T::from_index(ends.len())?;
        let end = u32::try_from(arena.len() + name.len()).ok()?;
        arena.push_str(std::str::from_utf8(name).ok()?);
        ends.push(end);
        add(arena, ends, rows, hash);
        Some(id)
    }

    /// The id of `name`, if the log has it.
    pub fn find(&self, name: &str) -> Option<T> {
        let name = name.as_bytes();
        let same = |row| is_same(bytes_of(&self.arena, &self.ends, row), name);
        let row = if self.rows.len() == self.ends.len() {
            self.rows.find(hash_in(&self.rows, name), same)
        } else {
            self.find_without_index(name)
        };
        row.and_then(|row| T::from_index(row as usize))
    }

    /// Looks at the lengths of all names, one after the other, and at the last bytes of those that are as long: the names
    /// of a log begin alike, and seldom end so.
    fn find_without_index(&self, name: &[u8]) -> Option<u32> {
        let is_it = |text: Range<usize>| {
            let text = self.arena.as_bytes().get(text).unwrap_or_default();
            text.last_chunk::<8>() == name.last_chunk() && is_same(text, name)
        };
        self.ends.find(name.len(), is_it).map(|row| row as u32)
    }

    /// The text of `id`; empty for an id of another table.
    pub fn text(&self, id: T) -> &str {
        self.arena.get(self.ends.range(id.index())).unwrap_or("")
    }

    /// How many distinct names there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no name.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many other names a look for one may pass, at most: few, whatever the names.
    pub const fn longest_look(&self) -> u32 {
        self.rows.longest()
    }

    /// Every id, in order of first mention.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = T> + use<T> {
        (0..self.ends.len()).filter_map(T::from_index)
    }
}

/// Adds the next row. Names that were chosen to collide are told apart by another hash from then on.
fn add(arena: &str, ends: &Ends, rows: &mut Index, hash: u64) {
    rows.add(hash, rows.len() as u32);
    if rows.is_crowded() {
        let n_rows = rows.len();
        *rows = Index::guarded(n_rows);
        for row in 0..n_rows as u32 {
            rows.add(guarded_hash_of(bytes_of(arena, ends, row)), row);
        }
    }
}

fn hash_in(rows: &Index, name: &[u8]) -> u64 {
    if rows.is_guarded() { guarded_hash_of(name) } else { hash_of(name) }
}

/// `SipHash`, slower by far: to find many names that collide takes too long for anybody.
pub(super) fn guarded_hash_of(name: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(name);
    hasher.finish()
}

/// A product of eight bytes after the other; the upper half is the better one.
fn hash_of(name: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let step = |hash: u64, word: u64| (hash.rotate_left(23) ^ word).wrapping_mul(FACTOR);
    let (words, rest) = name.as_chunks();
    let mut hash =
        words.iter().fold(name.len() as u64, |hash, &word| step(hash, u64::from_le_bytes(word)));
    // The last eight bytes once more, where there are as many.
    let last = name.last_chunk().map_or_else(
        || rest.iter().fold(0, |word, &byte| word << 8 | u64::from(byte)),
        |&last| u64::from_le_bytes(last),
    );
    hash = step(hash, last);
    (hash ^ hash >> 32).wrapping_mul(FACTOR)
}

/// Eight bytes at a time: names are too short for a call to pay.
#[inline]
pub(super) fn is_same(a: &[u8], b: &[u8]) -> bool {
    let ((a_words, _), (b_words, _)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    a.len() == b.len()
        && a_words
            .iter()
            .zip(b_words)
            .all(|(a, b)| u64::from_le_bytes(*a) == u64::from_le_bytes(*b))
        && match (a.last_chunk::<8>(), b.last_chunk::<8>()) {
            (Some(a), Some(b)) => u64::from_le_bytes(*a) == u64::from_le_bytes(*b),
            _ => a.iter().eq(b),
        }
}

fn bytes_of<'a>(arena: &'a str, ends: &Ends, row: u32) -> &'a [u8] {
    arena.as_bytes().get(ends.range(row as usize)).unwrap_or_default()
}
