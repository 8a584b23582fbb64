//! What lies around one instance, ungrouped: runs, what they read and what they built, breadth first
//! along both directions of both, cut off at a number of nodes.
use std::collections::{BTreeMap, BTreeSet, VecDeque};

use lineage::events::Id;
use lineage::graph::{Edge, EdgeKind, Graph, Key, Node, Role};
use lineage::history::{AsOf, InstanceId};

/// So many balls are looked at.
const N_CENTERS: usize = 101;

/// Of the balls of `n_nodes` nodes around [`centers`], the one with the median number of edges; of
/// several such the one around the earlier. None where no ball is that large.
pub fn median_ball(asof: AsOf<'_>, n_nodes: usize) -> Option<(InstanceId, Graph)> {
    let balls = centers(asof).into_iter().map(|center| (center, ball(asof, center, n_nodes)));
    let mut balls: Vec<_> = balls.filter(|(_, ball)| ball.nodes.len() == n_nodes).collect();
    balls.sort_by_key(|(_, ball)| ball.edges.len());
    let median = balls.len() / 2;
    balls.into_iter().nth(median)
}

/// Instances that were built in the middle tenth of the log, in order and far apart.
fn centers(asof: AsOf<'_>) -> Vec<InstanceId> {
    let builders = &asof.history.instances.run;
    let (from, to) = (builders.len() * 9 / 20, builders.len() * 11 / 20);
    let is_built = |row: &usize| builders.get(*row).flatten().is_some();
    let step = ((to - from) / N_CENTERS).max(1);
    (from..to).step_by(step).filter(is_built).filter_map(InstanceId::from_index).collect()
}

/// The first `n_nodes` nodes that are found, and all links between them.
fn ball(asof: AsOf<'_>, center: InstanceId, n_nodes: usize) -> Graph {
    let mut rows = BTreeMap::from([(Key::Instance(center), 0)]);
    let mut nodes = vec![Key::Instance(center)];
    let mut queue = VecDeque::from([Key::Instance(center)]);
    while let Some(key) = queue.pop_front() {
        for (from, to, _) in links_of(asof, key) {
            let far = if from == key { to } else { from };
            if nodes.len() < n_nodes && !rows.contains_key(&far) {
                rows.insert(far, nodes.len() as u32);
                nodes.push(far);
                queue.push_back(far);
            }
        }
    }
    let links: BTreeSet<_> = nodes.iter().flat_map(|&key| links_of(asof, key)).collect();
    let edge = |(from, to, kind)| {
        let (from, to) = (*rows.get(&from)?, *rows.get(&to)?);
        Some(Edge { from, to, kind, count: 1, how: None, inferred: false, attempt: None })
    };
    let role = |row| if row == 0 { Role::Focus } else { Role::Work };
    let node = |(row, key)| Node { key, role: role(row), hidden_up: 0, hidden_down: 0 };
    Graph {
        edges: links.into_iter().filter_map(edge).collect(),
        nodes: nodes.into_iter().enumerate().map(node).collect(),
        ..Graph::default()
    }
}

/// The links that `key` is an end of, in the order of the log: from, to, and what they mean.
fn links_of(asof: AsOf<'_>, key: Key) -> Vec<(Key, Key, EdgeKind)> {
    let history = asof.history;
    let mut links = Vec::new();
    match key {
        Key::Instance(instance) => {
            if let Some(Some(run)) = history.instances.run.get(instance.index()) {
                links.push((Key::Run(run), key, EdgeKind::Wrote));
            }
            let attempts =
                asof.read_by(instance).filter_map(|set| history.reads.attempt.get(set.index()));
            let readers = attempts.filter_map(|attempt| history.attempts.run.get(attempt.index()));
            links.extend(readers.map(|run| (key, Key::Run(run), EdgeKind::Read)));
        }
        Key::Run(run) => {
            for built in asof.builds_of(run) {
                links.push((key, Key::Instance(built), EdgeKind::Wrote));
                let read = asof.built_from(built).flat_map(|set| asof.read_items(set));
                links.extend(read.map(|(read, _)| (Key::Instance(read), key, EdgeKind::Read)));
            }
        }
        _ => {}
    }
    links
}
