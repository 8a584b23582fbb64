//! What lies around nodes that are not drawn, counted and never drawn. Each read set is gone along
//! once, in each direction, so that counting a whole log is linear in its own lists. Nothing is looked
//! up by hash: what was counted is a bit for each row.
use crate::events::{Id, RunId};
use crate::graph::builder::Builder;
use crate::graph::ids::newest_of_job;
use crate::graph::neighbors::{
    builder_of, linked, maker_of_instance, maker_of_ref, partition_of, run_of,
};
use crate::graph::{Key, Side};
use crate::history::{AsOf, AttemptId, InstanceId, ReadSetId};
use crate::order::Bits;

/// What was counted.
#[derive(Default)]
pub(super) struct Reach {
    up: Counted,
    down: Counted,
    /// Runs whose piece of work was counted.
    pieces: Bits,
}

/// The same, towards one side.
#[derive(Default)]
struct Counted {
    /// Nodes from which it was gone on: of one kind in one graph, so by their rows.
    nodes: Bits,
    /// Read sets that were gone along since something was drawn last.
    sets: Bits,
}

impl Reach {
    /// Something is drawn: what was gone along leads to other nodes than it did.
    pub(super) fn start_over(&mut self) {
        self.up.sets.clear();
        self.down.sets.clear();
    }

    /// Counts what is beside `key` on one side, if it was not, and appends the far ends to `found`;
    /// with `once` those alone to which no read set led that was gone along before.
    pub(super) fn count_around(
        &mut self,
        builder: &mut Builder<'_>,
        key: Key,
        side: Side,
        once: bool,
        found: &mut Vec<Key>,
    ) {
        let (row, is_ref) = match key {
            Key::Instance(instance) => (instance.index(), false),
            Key::Partition(partition) => (partition.index(), true),
            _ => return,
        };
        let counted = if side == Side::Up { &mut self.up } else { &mut self.down };
        if !counted.nodes.insert(row) {
            return;
        }
        let mut around = Around { builder, counted, pieces: &mut self.pieces, is_ref, once, found };
        match (side, key) {
            (Side::Up, Key::Instance(instance)) => around.count_sources(instance),
            (Side::Up, Key::Partition(partition)) => {
                for instance in around.builder.asof.instances_of(partition) {
                    around.count_sources(instance);
                }
            }
            (Side::Down, Key::Instance(instance)) => {
                let sets = around.builder.asof.history.instances.read_by.row(instance);
                around.count_made(sets.iter(), maker_of_instance);
            }
            (Side::Down, Key::Partition(partition)) => {
                let sets = around.builder.asof.history.read_by_any(partition);
                around.count_made(sets.into_iter(), maker_of_ref);
            }
            _ => {}
        }
    }
}

/// One node and where to count.
struct Around<'a, 'b> {
    builder: &'a mut Builder<'b>,
    counted: &'a mut Counted,
    pieces: &'a mut Bits,
    is_ref: bool,
    once: bool,
    found: &'a mut Vec<Key>,
}

impl Around<'_, '_> {
    /// The work that made `instance`, and what it read for it.
    fn count_sources(&mut self, instance: InstanceId) {
        let asof = self.builder.asof;
        let Some(run) = builder_of(asof, instance) else { return };
        self.count_work(run, instance);
        for set in asof.built_from(instance) {
            if self.is_to_go(set) {
                for read in asof.history.reads.read.row(set) {
                    self.count_far(read);
                }
            }
        }
    }

    /// What was made from those of `sets` of which something was made, and the work.
    fn count_made(
        &mut self,
        sets: impl Iterator<Item = ReadSetId>,
        maker_of: fn(AsOf<'_>, ReadSetId) -> Option<AttemptId>,
    ) {
        let asof = self.builder.asof;
        for set in sets {
            // Whether something was made is the same from wherever a set is gone along.
            if !self.is_to_go(set) {
                continue;
            }
            let maker = maker_of(asof, set);
            let Some(run) = maker.and_then(|attempt| run_of(asof, attempt)) else { continue };
            for made in asof.history.reads.impacted.row(set) {
                self.count_work(run, made);
                self.count_far(made);
            }
        }
    }

    fn is_to_go(&mut self, set: ReadSetId) -> bool {
        self.counted.sets.insert(set.index()) || !self.once
    }

    fn count_far(&mut self, instance: InstanceId) {
        let far = match partition_of(self.builder.asof, instance) {
            Some(partition) if self.is_ref => Key::Partition(partition),
            None if self.is_ref => return,
            _ => Key::Instance(instance),
        };
        self.builder.reach(far);
        self.found.push(far);
    }

    /// The work by which `run` made `instance`.
    fn count_work(&mut self, run: RunId, instance: InstanceId) {
        let asof = self.builder.asof;
        if self.is_ref {
            if let Some(partition) = partition_of(asof, instance) {
                self.builder.reach(Key::Job(newest_of_job(asof, run, partition)));
            }
        } else if self.pieces.insert(run.index()) {
            let piece = linked(asof, run);
            for other in &piece {
                self.pieces.insert(other.index());
            }
            self.builder.reach(Key::Run(piece.last().copied().unwrap_or(run)));
        }
    }
}
