//! What is going to happen, by time; what falls on the same nanosecond keeps its order of entry.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::catalog::Part;
use super::event::{Comment, Source, Terms};

/// Something that is going to happen.
pub enum Action {
    /// The data of this day is complete, and a day of work begins.
    Morning(u32),
    /// Somebody asks for partitions.
    Ask(Box<Request>),
    /// Somebody no longer wants this want.
    CancelWant(u64),
    /// A task gets its next run.
    Launch(u64),
    /// Its run is queued.
    Queue(Turn),
    /// Its run starts.
    Start(Turn),
    /// Its run is alive.
    Beat(Turn),
    /// Its run ends.
    End(Turn, Fate),
    /// Somebody distrusts a partition.
    Taint(Part),
    /// Somebody takes a taint of these partitions back.
    CancelTaint(u64, Vec<Part>),
}

/// One launch of a task; what was planned for an earlier launch is void.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Turn {
    /// The task.
    pub task: u64,
    /// From 1.
    pub launch: u32,
}

/// How a run ends.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// All is built.
    Success,
    /// It broke.
    Failure,
    /// Somebody stopped it.
    Cancel,
    /// Something that it reads was not there.
    Miss,
}

/// A want that somebody will create.
pub struct Request {
    /// What is wanted.
    pub parts: Vec<Part>,
    /// The day of data that a monthly partition is built from.
    pub day: u32,
    /// Who asks.
    pub source: Source,
    /// When it should be there.
    pub terms: Terms,
    /// A remark.
    pub comment: Comment,
    /// Build it again even if it is there.
    pub anew: bool,
}

/// A priority queue of actions.
#[derive(Default)]
pub struct Agenda {
    heap: BinaryHeap<Reverse<Entry>>,
    n_added: u64,
}

struct Entry {
    key: (u64, u64),
    action: Action,
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Entry {}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key.cmp(&other.key)
    }
}

impl Agenda {
    /// Plans `action` for the moment `nanos`.
    pub fn add(&mut self, nanos: u64, action: Action) {
        self.n_added += 1;
        self.heap.push(Reverse(Entry { key: (nanos, self.n_added), action }));
    }

    /// The next action and its moment.
    pub fn next(&mut self) -> Option<(u64, Action)> {
        self.heap.pop().map(|Reverse(entry)| (entry.key.0, entry.action))
    }
}
