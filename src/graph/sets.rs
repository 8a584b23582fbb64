//! Maps and sets for looking up, never for walking. Sparse ones are one kind of table underneath: a
//! key is the word that it makes, and no two keys of a type make the same. Those that may come to hold
//! a good part of a log are a bit for each row.
use std::marker::PhantomData;

use crate::events::Id;
use crate::graph::{EdgeKind, Key, Side};
use crate::order::{Bits, Table, key};

/// Something that one word tells apart from all others of its type.
pub(super) trait Word: Copy {
    fn word(self) -> u64;
}

impl<T: Id> Word for T {
    fn word(self) -> u64 {
        self.index() as u64
    }
}

impl<A: Id, B: Id> Word for (A, B) {
    fn word(self) -> u64 {
        key(self.0.index() as u32, self.1.index() as u32)
    }
}

impl Word for Key {
    fn word(self) -> u64 {
        let (kind, row) = place(self);
        key(kind as u32, row as u32)
    }
}

impl Word for (Key, bool) {
    fn word(self) -> u64 {
        self.0.word() << 1 | u64::from(self.1)
    }
}

impl Word for (Key, Side) {
    fn word(self) -> u64 {
        self.0.word() << 1 | self.1 as u64
    }
}

/// From, to, and what the link means. Rows are far fewer than 2²⁴: no more nodes are drawn.
impl Word for (u32, u32, EdgeKind) {
    fn word(self) -> u64 {
        key(self.0, self.1 << 8 | self.2 as u32)
    }
}

/// Key -> row.
pub(super) struct Map<K> {
    table: Table,
    key: PhantomData<K>,
}

/// Keys.
pub(super) struct Set<K> {
    table: Table,
    key: PhantomData<K>,
}

impl<K> Default for Map<K> {
    fn default() -> Self {
        Self { table: Table::default(), key: PhantomData }
    }
}

impl<K> Default for Set<K> {
    fn default() -> Self {
        Self { table: Table::default(), key: PhantomData }
    }
}

impl<K: Word> Map<K> {
    /// The row of `key`, which is `row` where there was none.
    pub(super) fn row_or(&mut self, key: K, row: u32) -> u32 {
        self.table.row_or(key.word(), row)
    }

    pub(super) fn get(&self, key: K) -> Option<u32> {
        self.table.get(key.word())
    }
}

impl<K: Word> Set<K> {
    /// Whether `key` is new.
    pub(super) fn insert(&mut self, key: K) -> bool {
        self.table.insert(key.word())
    }

    pub(super) fn contains(&self, key: K) -> bool {
        self.table.get(key.word()).is_some()
    }

    pub(super) fn len(&self) -> usize {
        self.table.len()
    }
}

/// Keys, any number of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys {
    /// A column for each kind of key.
    of_kind: [Bits; 6],
    n: usize,
}

impl Keys {
    /// Whether `key` is new.
    pub(super) fn insert(&mut self, key: Key) -> bool {
        let (kind, row) = place(key);
        let is_new = self.of_kind[kind].insert(row);
        self.n += usize::from(is_new);
        is_new
    }

    pub(super) fn contains(&self, key: Key) -> bool {
        let (kind, row) = place(key);
        self.of_kind[kind].contains(row)
    }

    pub(super) fn len(&self) -> usize {
        self.n
    }
}

/// The kind of a key, below 6, and its row.
fn place(key: Key) -> (usize, usize) {
    match key {
        Key::Want(want) => (0, want.index()),
        Key::Instance(instance) => (1, instance.index()),
        Key::Partition(partition) => (2, partition.index()),
        Key::Run(run) => (3, run.index()),
        Key::Job(run) => (4, run.index()),
        Key::Group(row) => (5, row as usize),
    }
}
