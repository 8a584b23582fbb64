//! All that lies within the hops, drawn or not, counted in steps. Behind the first hop, which drawing has
//! counted, each read set is gone along once in each direction, so that counting a whole log is linear in its own lists. Nothing is looked up by hash: what
//! was counted is a bit for each row.
use crate::events::{Id, RunId};
use crate::graph::ids::newest_of_job;
use crate::graph::lineage::allows;
use crate::graph::neighbors::{
    builder_of, linked, maker_of_instance, maker_of_ref, partition_of, run_of,
};
use crate::graph::sets::Keys;
use crate::graph::{Key, Side};
use crate::history::{AsOf, InstanceId, ReadSetId};
use crate::order::Bits;
use crate::route::Hops;

/// How many nodes are within the hops, being counted. Every step is asked as of the same moment of the same
/// history.
#[derive(Clone, Debug)]
pub struct Counting {
    /// All that was found so far, and all that is drawn.
    reached: Keys,
    /// Runs whose piece of work was counted.
    pieces: Bits,
    focus: Key,
    /// The sides to come, how far, and what was found there in the first hop; the last is in hand.
    sides: Vec<(Side, Hops, Vec<Key>)>,
    /// What was found on the side in hand, by rows: all is of one kind.
    nodes: Bits,
    /// Read sets that were gone along on it.
    sets: Bits,
    /// So many hops away...
    hops: u32,
    /// ...are these, ...
    rim: Vec<Key>,
    /// ...of which so many were looked at; ...
    n_seen: usize,
    /// ...these are a hop farther.
    found: Vec<Key>,
    /// Reads of the one that is looked at.
    in_hand: Vec<ReadSetId>,
}

impl Counting {
    /// Before the first step. Drawing has `reached` all of the first hop; `sides` are those to be gone on from.
    pub(super) fn new(reached: Keys, focus: Key, sides: Vec<(Side, Hops, Vec<Key>)>) -> Self {
        let mut counting = Self {
            reached,
            pieces: Bits::default(),
            focus,
            sides,
            nodes: Bits::default(),
            sets: Bits::default(),
            hops: 0,
            rim: Vec::new(),
            n_seen: 0,
            found: Vec::new(),
            in_hand: Vec::new(),
        };
        counting.begin_side();
        counting
    }

    /// Counts some more: `effort` is about how many reads, one at least; all that one node was made from is done at once. Whether
    /// there is more to come.
    pub fn step(&mut self, asof: AsOf<'_>, effort: usize) -> bool {
        let mut left = effort.max(1);
        loop {
            while left > 0
                && let Some(set) = self.in_hand.pop()
            {
                left -= 1;
                self.count_made(asof, set);
            }
            if !self.in_hand.is_empty() {
                return true;
            }
            let Some((key, side)) = self.next() else { return false };
            if left == 0 {
                return true;
            }
            self.n_seen += 1;
            left = left.saturating_sub(self.look_around(asof, key, side).max(1));
        }
    }

    /// How many were found so far.
    pub fn n(&self) -> usize {
        self.reached.len()
    }

    /// The next node to look around, once all that is in hand was.
    fn next(&mut self) -> Option<(Key, Side)> {
        loop {
            let &(side, most, _) = self.sides.last()?;
            if allows(most, self.hops)
                && let Some(&key) = self.rim.get(self.n_seen)
            {
                return Some((key, side));
            }
            if allows(most, self.hops) && !self.found.is_empty() {
                self.rim.clear();
                std::mem::swap(&mut self.rim, &mut self.found);
                self.n_seen = 0;
                self.hops += 1;
            } else {
                self.sides.pop();
                self.begin_side();
            }
        }
    }

    fn begin_side(&mut self) {
        self.nodes.clear();
        self.sets.clear();
        self.found.clear();
        self.is_new(self.focus);
        let mut rim =
            self.sides.last_mut().map_or_else(Vec::new, |side| std::mem::take(&mut side.2));
        rim.retain(|&key| self.is_new(key));
        self.rim = rim;
        (self.hops, self.n_seen) = (1, 0);
    }

    fn is_new(&mut self, key: Key) -> bool {
        match key {
            Key::Instance(instance) => self.nodes.insert(instance.index()),
            Key::Partition(partition) => self.nodes.insert(partition.index()),
            _ => false,
        }
    }

    /// Up, counts what `key` was made from, and tells from how many reads. Down, takes its reads in hand.
    fn look_around(&mut self, asof: AsOf<'_>, key: Key, side: Side) -> usize {
        match (side, key) {
            (Side::Up, Key::Instance(instance)) => self.count_sources(asof, instance),
            (Side::Up, Key::Partition(partition)) => {
                asof.instances_of(partition).map(|it| self.count_sources(asof, it)).sum()
            }
            (Side::Down, Key::Instance(instance)) => {
                self.in_hand.extend(asof.history.instances.read_by.row(instance));
                0
            }
            (Side::Down, Key::Partition(partition)) => {
                self.in_hand.extend(asof.history.read_by_any(partition));
                0
            }
            _ => 0,
        }
    }

    /// The work that made `instance`, and what it read for it.
    fn count_sources(&mut self, asof: AsOf<'_>, instance: InstanceId) -> usize {
        let Some(run) = builder_of(asof, instance) else { return 0 };
        self.count_work(asof, run, instance);
        let mut n = 0;
        for set in asof.built_from(instance) {
            if self.sets.insert(set.index()) {
                for read in asof.history.reads.read.row(set) {
                    n += 1;
                    self.count_far(asof, read);
                }
            }
        }
        n
    }

    /// What was made with the reads of `set`, and the work, if something was.
    fn count_made(&mut self, asof: AsOf<'_>, set: ReadSetId) {
        // Whether something was made is the same from wherever a set is gone along.
        if !self.sets.insert(set.index()) {
            return;
        }
        let maker = if self.of_ref() { maker_of_ref } else { maker_of_instance };
        let Some(run) = maker(asof, set).and_then(|attempt| run_of(asof, attempt)) else { return };
        for made in asof.history.reads.impacted.row(set) {
            self.count_work(asof, run, made);
            self.count_far(asof, made);
        }
    }

    fn count_far(&mut self, asof: AsOf<'_>, instance: InstanceId) {
        let far = match (self.of_ref(), partition_of(asof, instance)) {
            (true, Some(partition)) => Key::Partition(partition),
            (true, None) => return,
            (false, _) => Key::Instance(instance),
        };
        if self.is_new(far) {
            self.reached.insert(far);
            self.found.push(far);
        }
    }

    /// The work by which `run` made `instance`.
    fn count_work(&mut self, asof: AsOf<'_>, run: RunId, instance: InstanceId) {
        if self.of_ref() {
            if let Some(partition) = partition_of(asof, instance) {
                self.reached.insert(Key::Job(newest_of_job(asof, run, partition)));
            }
        } else if self.pieces.insert(run.index()) {
            let piece = linked(asof, run);
            for other in &piece {
                self.pieces.insert(other.index());
            }
            self.reached.insert(Key::Run(piece.last().copied().unwrap_or(run)));
        }
    }

    /// Whether all versions of a partition are one node.
    const fn of_ref(&self) -> bool {
        matches!(self.focus, Key::Partition(_))
    }
}
