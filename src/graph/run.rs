//! One job run: what it read, what it wrote, and the wants that it caused.
use crate::events::{Id, RunId};
use crate::graph::builder::{Builder, Link};
use crate::graph::fulfillment::{reads_of_run, spawned_by};
use crate::graph::neighbors::Step;
use crate::graph::{Ask, EdgeKind, Graph, Key, Role, Side};
use crate::history::AsOf;

/// The context of `run`: reads → run → writes, and what it spawned.
pub(super) fn build(asof: AsOf<'_>, ask: &Ask, run: RunId) -> Graph {
    let work = Key::Run(run);
    let mut builder = Builder::new(asof, ask, work, false);
    let created = &asof.history.instances.created;
    let begun = |i: usize| asof.had(created.get(i));
    let writes = asof.history.runs.writes.row(run).iter().filter(|i| begun(i.index()));
    let step = |far| Step::plain(work, far);
    let writes = writes.map(|instance| step(Key::Instance(instance))).collect();
    let wants = spawned_by(asof, run).map(|want| step(Key::Want(want))).collect();
    draw(&mut builder, reads_of_run(asof, run), EdgeKind::Read);
    draw(&mut builder, writes, EdgeKind::Wrote);
    draw(&mut builder, wants, EdgeKind::Spawned);
    builder.finish(|_, _, _| 0)
}

fn draw(builder: &mut Builder<'_>, steps: Vec<Step>, kind: EdgeKind) {
    const FOCUS: u32 = 0;
    for step in &steps {
        builder.reach(step.far);
    }
    let side = if kind == EdgeKind::Read { Side::Up } else { Side::Down };
    let (single, groups) = builder.split(steps, side);
    for step in single {
        let Some((far, _)) = builder.draw(step.far, Role::Work) else { continue };
        let link = Link { kind, how: step.how, inferred: step.inferred };
        let (from, to) = if side == Side::Up { (far, FOCUS) } else { (FOCUS, far) };
        builder.link(from, to, link, 1);
    }
    for (like, steps) in groups {
        builder.draw_group(FOCUS, side, like, steps, Link::of(kind));
    }
}
