//! Where an instance (or a ref, all versions merged) came from, and what came from it: breadth
//! first in both directions, as many hops as asked, further where the reader opened a node.
use std::collections::VecDeque;

use crate::graph::builder::{Builder, Link};
use crate::graph::neighbors::{Step, downstream, upstream};
use crate::graph::sets::Set;
use crate::graph::{Ask, EdgeKind, Graph, Key, Role, Side};
use crate::history::AsOf;
use crate::route::Hops;

/// A node to go on from, towards one side.
#[derive(Clone, Copy)]
struct Stop {
    key: Key,
    side: Side,
    hops: u32,
}

/// The lineage around `focus`: an instance, or a partition for all of its versions.
pub(super) fn build(asof: AsOf<'_>, ask: &Ask, focus: Key) -> Graph {
    let mut builder = Builder::new(asof, ask, focus, false);
    let mut walk = Walk { queue: VecDeque::new(), taken: Set::default() };
    for side in [Side::Up, Side::Down] {
        walk.queue.push_back(Stop { key: focus, side, hops: 0 });
    }
    while let Some(stop) = walk.queue.pop_front() {
        let most = if stop.side == Side::Up { ask.up } else { ask.down };
        walk.expand(&mut builder, stop, most);
    }
    builder.finish(hidden)
}

struct Walk {
    queue: VecDeque<Stop>,
    /// (key, side, drawn): each is expanded once as drawn and once as merely counted.
    taken: Set<(Key, Side, bool)>,
}

impl Walk {
    fn expand(&mut self, builder: &mut Builder<'_>, stop: Stop, most: Hops) {
        let Stop { key, side, hops } = stop;
        let row = builder.row(key);
        let open = row.is_some() && builder.is_open(key, side);
        if !(allows(most, hops) || open) || !self.taken.insert((key, side, row.is_some())) {
            return;
        }
        let next = neighbors(builder, key, row, side);
        for far in next {
            self.queue.push_back(Stop { key: far, side, hops: hops.saturating_add(1) });
            // A node opened in place may be opened against the direction it was found in.
            for other in [Side::Up, Side::Down] {
                if other != side && builder.row(far).is_some() && builder.is_open(far, other) {
                    self.queue.push_back(Stop { key: far, side: other, hops: u32::MAX });
                }
            }
        }
    }
}

/// The far ends of all steps from `key`; drawn beside it where it is drawn itself.
fn neighbors(builder: &mut Builder<'_>, key: Key, row: Option<u32>, side: Side) -> Vec<Key> {
    let (works, steps) = match side {
        Side::Up => {
            let found = upstream(builder.asof, key);
            (found.works, found.steps)
        }
        Side::Down => (Vec::new(), downstream(builder.asof, key)),
    };
    for &work in works.iter().chain(steps.iter().map(|step| &step.work)) {
        builder.reach(work);
    }
    let next: Vec<Key> = steps.iter().map(|step| step.far).collect();
    for &far in &next {
        builder.reach(far);
    }
    if let Some(row) = row {
        match side {
            Side::Up => draw_upstream(builder, row, &works, steps),
            Side::Down => draw_downstream(builder, row, steps),
        }
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

fn draw_downstream(builder: &mut Builder<'_>, row: u32, steps: Vec<Step>) {
    let (single, groups) = builder.split(steps, Side::Down);
    for step in single {
        let Some((work, _)) = builder.draw(step.work, Role::Work) else { continue };
        builder.link(row, work, Link::read(&step), 1);
        if let Some((far, _)) = builder.draw(step.far, Role::Work) {
            builder.link(work, far, Link::of(EdgeKind::Wrote), 1);
        }
    }
    for (like, steps) in groups {
        builder.draw_group(row, Side::Down, like, steps, Link::of(EdgeKind::Read));
    }
}

/// Whether one more hop may be taken after so many.
fn allows(most: Hops, taken: u32) -> bool {
    match most {
        Hops::Number(most) => taken < most,
        Hops::All => taken < u32::MAX,
    }
}

/// How many neighbors of a drawn node are neither drawn nor in a group beside it.
fn hidden(builder: &Builder<'_>, key: Key, side: Side) -> u32 {
    let Some(row) = builder.row(key) else { return 0 };
    if side == Side::Down {
        let steps = downstream(builder.asof, key);
        let not_drawn = steps.iter().filter(|step| !builder.is_drawn(step.far)).count() as u32;
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
