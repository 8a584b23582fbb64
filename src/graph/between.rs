//! The picture of all paths between two partitions: a shortest one whole, then from the end up what
//! else lies on any, as far as there is room. All that lies on a path is counted.
use std::collections::VecDeque;

use crate::events::PartitionId;
use crate::graph::builder::{Builder, Link};
use crate::graph::lineage::draw_upstream;
use crate::graph::neighbors::{Upstream, upstream};
use crate::graph::paths::{Paths, paths};
use crate::graph::sets::Set;
use crate::graph::{Ask, EdgeKind, Graph, Key, Role};
use crate::history::AsOf;
use crate::route::Mode;

/// The paths from `from` to `to`, or the other way where there are only such. Without any, the
/// end stands alone: what is drawn hangs together.
pub(super) fn build(
    asof: AsOf<'_>,
    ask: &Ask,
    (from, to): (PartitionId, PartitionId),
    mode: Mode,
) -> Graph {
    let found = paths(asof, from, to, mode);
    let mut builder = Builder::new(asof, ask, found.end.unwrap_or(Key::Partition(to)), false);
    if found.nodes.is_empty() {
        return Graph { paths: Some(found), ..builder.finish(|_, _, _| 0) };
    }
    let mut on_path = Set::default();
    for &key in &found.nodes {
        on_path.insert(key);
    }
    for &key in &found.nodes {
        builder.reach(key);
        for work in on_path_into(asof, &on_path, key).works {
            builder.reach(work);
        }
    }
    draw_shortest(&mut builder, &found);
    draw_all(&mut builder, &found, &on_path);
    Graph { paths: Some(found), ..builder.finish(|_, _, _| 0) }
}

/// What `key` was made by and from, as far as it lies on a path.
fn on_path_into(asof: AsOf<'_>, on_path: &Set<Key>, key: Key) -> Upstream {
    let mut found = upstream(asof, key);
    found.steps.retain(|step| step.far != key && on_path.contains(step.far));
    let mut used = Set::default();
    for step in &found.steps {
        used.insert(step.work);
    }
    found.works.retain(|&work| used.contains(work));
    found
}

fn draw_shortest(builder: &mut Builder<'_>, found: &Paths) {
    for pair in found.shortest.windows(2) {
        let &[key, read] = pair else { continue };
        let steps = upstream(builder.asof, key).steps;
        let Some(step) = steps.iter().find(|step| step.far == read) else { continue };
        let Some((row, _)) = builder.draw(key, Role::Work) else { return };
        let Some((work, _)) = builder.draw(step.work, Role::Work) else { return };
        builder.link(work, row, Link::of(EdgeKind::Wrote), 1);
        let Some((far, _)) = builder.draw(read, Role::Work) else { return };
        builder.link(far, work, Link::read(step), 1);
    }
}

/// Breadth first from the end, through what is drawn.
fn draw_all(builder: &mut Builder<'_>, found: &Paths, on_path: &Set<Key>) {
    let mut queue: VecDeque<Key> = found.end.into_iter().collect();
    let mut taken = Set::default();
    while let Some(key) = queue.pop_front() {
        let Some(row) = builder.row(key) else { continue };
        if !taken.insert(key) {
            continue;
        }
        let Upstream { works, steps } = on_path_into(builder.asof, on_path, key);
        let next: Vec<Key> = steps.iter().map(|step| step.far).collect();
        draw_upstream(builder, row, &works, steps);
        queue.extend(next.into_iter().filter(|&key| builder.is_drawn(key)));
    }
}
