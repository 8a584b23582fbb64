//! Every way from one partition to another: what lies on any of them, and how many there are. Two
//! passes find it: up from the end, then down from the starts among what the first one reached. Each
//! goes along a read set once, so they are linear in the log's own lists. Never draws anything.
//!
//! - By instance the end is the current instance of `to` (else the newest, else what was there before
//!   this log), and the starts are all instances of `from` that it came from.
//! - By ref both are the partitions, over all versions.
//! - A path is a sequence of instances, or of refs: by which of several jobs one was made from the other
//!   makes no difference, and no ref is on a path twice in a row.
//! - Where `to` did not come from `from` but `from` from `to`, that is answered, and said.
mod count;
mod web;

use crate::events::{Id, PartitionId};
use crate::graph::Key;
use crate::history::{AsOf, InstanceId};
use crate::route::Mode;
use web::{FAR, Web};

pub use count::PathCount;

/// The answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paths {
    /// The partition at the upstream end.
    pub from: PartitionId,
    /// The partition at the downstream end.
    pub to: PartitionId,
    /// Whether it was asked the other way round.
    pub is_turned: bool,
    /// Where all paths end; none where `to` has no instance at all.
    pub end: Option<Key>,
    /// Where they start, in order of ids.
    pub starts: Vec<Key>,
    /// All that lies on any of them, both ends included, in order of ids; nothing without a path.
    pub nodes: Vec<Key>,
    /// A shortest one, from its end up: of several, along the first reads.
    pub shortest: Vec<Key>,
    /// How many there are.
    pub count: PathCount,
}

/// The paths from `from` to `to`, or else those from `to` to `from`.
pub fn paths(asof: AsOf<'_>, from: PartitionId, to: PartitionId, mode: Mode) -> Paths {
    let asked = find(asof, from, to, mode);
    if asked.nodes.is_empty() && from != to {
        let turned = find(asof, to, from, mode);
        if !turned.nodes.is_empty() {
            return Paths { is_turned: true, ..turned };
        }
    }
    asked
}

fn find(asof: AsOf<'_>, from: PartitionId, to: PartitionId, mode: Mode) -> Paths {
    let end = match mode {
        Mode::Instances => end_of(asof, to).map(Key::Instance),
        Mode::Refs => Some(Key::Partition(to)),
    };
    let none = Paths {
        from,
        to,
        is_turned: false,
        end,
        starts: Vec::new(),
        nodes: Vec::new(),
        shortest: Vec::new(),
        count: PathCount::Exactly(0),
    };
    let Some(end_row) = end.and_then(row_of) else { return none };
    let mut web = Web::new(asof, mode);
    let up = web.pass_up(end_row);
    let starts = web.starts(&up, from, end_row);
    if starts.is_empty() {
        return none;
    }
    let down = web.pass_down(&starts, &up);
    let nodes = (0..down.len() as u32).filter(|&row| down[row as usize] != FAR);
    let nodes: Vec<u32> = nodes.collect();
    Paths {
        starts: starts.iter().filter_map(|&row| web.key_of(row)).collect(),
        nodes: nodes.iter().filter_map(|&row| web.key_of(row)).collect(),
        shortest: web.shortest(end_row, &down),
        count: count::count(&web, end_row, &nodes, &starts),
        ..none
    }
}

/// The instance that is meant where a partition is named: the current one, else the newest, else what
/// was there before this log.
fn end_of(asof: AsOf<'_>, partition: PartitionId) -> Option<InstanceId> {
    let newest = || asof.instances_of(partition).last();
    let before = || {
        let external = asof.history.partitions.external.get(partition.index())??;
        asof.instance_status(external).map(|_| external)
    };
    asof.current(partition).or_else(newest).or_else(before)
}

fn row_of(key: Key) -> Option<u32> {
    match key {
        Key::Instance(instance) => Some(instance.index() as u32),
        Key::Partition(partition) => Some(partition.index() as u32),
        _ => None,
    }
}
