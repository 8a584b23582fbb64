//! Where an instance (or a ref, all versions merged) came from, and what came from it: breadth
//! first in both directions, as many hops as asked, further where the reader opened a node. A picture grows along what is
//! drawn on its own: what only members of groups lead to is counted, with all that is within the hops.
use std::collections::VecDeque;

use crate::graph::builder::{Builder, Link};
use crate::graph::neighbors::{Step, downstream, each_downstream, upstream};
use crate::graph::reach::Counting;
use crate::graph::sets::Set;
use crate::graph::{Ask, EdgeKind, Graph, Key, Role, Side};
use crate::history::AsOf;
use crate::route::Hops;

/// A node to go on from, towards one side.
#[derive(Clone, Copy)]
pub(super) struct Stop {
    pub key: Key,
    pub side: Side,
    pub hops: u32,
}

/// The lineage around `focus`: an instance, or a partition for all of its versions.
pub(super) fn draw(
    (asof, ask): (AsOf<'_>, &Ask),
    focus: Key,
    effort: usize,
) -> (Graph, Option<Counting>) {
    let mut builder = Builder::new(asof, ask, focus, false);
    let mut walk = Walk::default();
    for side in [Side::Up, Side::Down] {
        walk.push(focus, side, 0);
    }
    while let Some(stop) = walk.queue.pop_front() {
        let most = if stop.side == Side::Up { ask.up } else { ask.down };
        // What was in a group when it was found may be drawn by now.
        if let Some(row) = builder.row(stop.key) {
            walk.draw_around(&mut builder, stop, row, most);
        }
    }
    let Walk { taken, beside_focus, .. } = walk;
    let (graph, reached) = builder.finish_uncounted(|builder, key, side| {
        // All beside it is drawn, alone or in groups.
        let is_whole = !builder.is_full() && taken.contains((key, side));
        if is_whole { 0 } else { hidden(builder, key, side) }
    });
    let n_beside: usize = beside_focus.iter().map(|(_, _, beside)| beside.len()).sum();
    let mut counting = Counting::new(reached, focus, beside_focus);
    if n_beside > effort || counting.step(asof, effort) {
        (graph, Some(counting))
    } else {
        (Graph { total: Some(counting.n()), ..graph }, None)
    }
}

#[derive(Default)]
struct Walk {
    queue: VecDeque<Stop>,
    /// Each is gone on from once.
    taken: Set<(Key, Side)>,
    /// What was found a hop from the focus and is to be gone on from, and how far.
    beside_focus: Vec<(Side, Hops, Vec<Key>)>,
}

impl Walk {
    fn push(&mut self, key: Key, side: Side, hops: u32) {
        self.queue.push_back(Stop { key, side, hops });
    }

    fn draw_around(&mut self, builder: &mut Builder<'_>, stop: Stop, row: u32, most: Hops) {
        let Stop { key, side, hops } = stop;
        let open = builder.is_open(key, side);
        if !(allows(most, hops) || open) || !self.taken.insert((key, side)) {
            return;
        }
        let hops = hops.saturating_add(1);
        let beside = draw_neighbors(builder, key, row, side);
        for &far in &beside {
            if builder.is_drawn(far) || allows(most, hops) {
                self.push(far, side, hops);
            }
            // A node opened in place may be opened against the direction it was found in.
            for other in [Side::Up, Side::Down] {
                if other != side && builder.is_drawn(far) && builder.is_open(far, other) {
                    self.push(far, other, u32::MAX);
                }
            }
        }
        if hops == 1 && allows(most, hops) {
            self.beside_focus.push((side, most, beside));
        }
    }
}

/// Draws what is beside `key`, which is drawn: the far ends of all steps from it.
fn draw_neighbors(builder: &mut Builder<'_>, key: Key, row: u32, side: Side) -> Vec<Key> {
    let (works, steps) = match side {
        Side::Up => {
            let found = upstream(builder.asof, key);
            (found.works, found.steps)
        }
        Side::Down => (Vec::new(), downstream(builder.asof, key)),
    };
    for &work in &works {
        builder.reach(work);
    }
    for step in &steps {
        builder.reach(step.work);
        builder.reach(step.far);
    }
    let next: Vec<Key> = steps.iter().map(|step| step.far).collect();
    match side {
        Side::Up => draw_upstream(builder, row, &works, steps),
        Side::Down => draw_downstream(builder, key, row, steps),
    }
    next
}

pub(super) fn draw_upstream(builder: &mut Builder<'_>, row: u32, works: &[Key], steps: Vec<Step>) {
    for &work in works {
        if let Some((work_row, _)) = builder.draw(work, Role::Work) {
            builder.link(work_row, row, Link::of(EdgeKind::Wrote), 1);
        }
    }
    for &work in works {
        let Some(work_row) = builder.row(work) else { continue };
        let of_this = steps.iter().filter(|step| step.work == work).copied().collect();
        let (single, groups) = builder.split(of_this, Side::Up);
        for step in single {
            if let Some((far, _)) = builder.draw(step.far, Role::Work) {
                builder.link(far, work_row, Link::read(&step), 1);
            }
        }
        for (like, steps) in groups {
            builder.draw_group(work_row, Side::Up, like, steps, Link::of(EdgeKind::Read));
        }
    }
}

fn draw_downstream(builder: &mut Builder<'_>, key: Key, row: u32, steps: Vec<Step>) {
    let (single, groups) = builder.split(steps, Side::Down);
    for step in single {
        let Some((work, _)) = builder.draw(step.work, Role::Work) else { continue };
        builder.link(row, work, Link::read(&step.told(builder.asof, key)), 1);
        if let Some((far, _)) = builder.draw(step.far, Role::Work) {
            builder.link(work, far, Link::of(EdgeKind::Wrote), 1);
        }
    }
    for (like, steps) in groups {
        builder.draw_group(row, Side::Down, like, steps, Link::of(EdgeKind::Read));
    }
}

/// Whether one more hop may be taken after so many.
pub(super) fn allows(most: Hops, taken: u32) -> bool {
    match most {
        Hops::Number(most) => taken < most,
        Hops::All => taken < u32::MAX,
    }
}

/// How many neighbors of a drawn node are neither drawn nor in a group beside it.
fn hidden(builder: &Builder<'_>, key: Key, side: Side) -> u32 {
    let Some(row) = builder.row(key) else { return 0 };
    if side == Side::Down {
        let mut not_drawn = 0;
        each_downstream(builder.asof, key, &mut |made| {
            not_drawn += u32::from(!builder.is_drawn(made.far));
        });
        return not_drawn.saturating_sub(builder.n_grouped_beside(row, side));
    }
    let found = upstream(builder.asof, key);
    let mut not_drawn =
        found.steps.iter().filter(|step| !builder.is_drawn(step.far)).count() as u32;
    for &work in &found.works {
        match builder.row(work) {
            Some(work_row) => {
                not_drawn = not_drawn.saturating_sub(builder.n_grouped_beside(work_row, side));
            }
            None if found.steps.is_empty() => not_drawn += 1,
            None => {}
        }
    }
    not_drawn
}
