//! The graph as an indented list, depth first from the focus: every node, each once in full.
use crate::graph::{Edge, EdgeKind, Graph};
use crate::order::sorted_rows;

/// Why a row stands under its parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Via {
    /// It is the question.
    Focus,
    /// The want above asked for it.
    Requested,
    /// It built the instance above.
    BuiltBy,
    /// The run above read it.
    Read,
    /// The run above built it.
    Built,
    /// It read the instance above.
    ReadBy,
    /// The miss of the run above caused it.
    Spawned,
    /// It caused the want above.
    SpawnedBy,
    /// It asked for the instance above.
    RequestedBy,
}

impl Via {
    /// The words before the row's name.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Focus => "",
            Self::Requested => "requested",
            Self::BuiltBy => "built by",
            Self::Read => "read",
            Self::Built => "built",
            Self::ReadBy => "read by",
            Self::Spawned => "spawned",
            Self::SpawnedBy => "spawned by",
            Self::RequestedBy => "requested by",
        }
    }
}

/// One row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutlineRow {
    /// Row of the node in the graph.
    pub node: u32,
    /// Indentation: 0 for the focus.
    pub depth: u32,
    /// Why it is here.
    pub via: Via,
    /// Whether it stands in full further up, and its children with it.
    pub repeated: bool,
}

/// All nodes of `graph` as a tree, depth first: in a want's picture what each thing needed; else
/// first what the focus came from, then what came from it. A node that several paths reach is
/// repeated as a leaf. What only a turn against that sense reaches, as after opening a node in
/// place, stands under the node that it was opened from.
pub fn outline(graph: &Graph) -> Vec<OutlineRow> {
    let beside = links_beside(graph);
    let forward_only = walk(graph, &beside, |_| false);
    let mut reached = vec![false; graph.nodes.len()];
    for row in &forward_only {
        reached[row.node as usize] = true;
    }
    if reached.iter().all(|&reached| reached) {
        return forward_only;
    }
    walk(graph, &beside, |node| !reached[node as usize])
}

/// One link seen from one of its ends.
#[derive(Clone, Copy)]
struct Beside {
    other: u32,
    via: Via,
}

fn links_beside(graph: &Graph) -> Vec<Vec<Beside>> {
    let mut beside = vec![Vec::new(); graph.nodes.len()];
    let n = graph.nodes.len() as u32;
    for &Edge { from, to, kind, .. } in graph.edges.iter().filter(|e| e.from < n && e.to < n) {
        let (of_from, of_to) = match kind {
            EdgeKind::Read => (Via::ReadBy, Via::Read),
            EdgeKind::Wrote => (Via::Built, Via::BuiltBy),
            EdgeKind::Requested => (Via::Requested, Via::RequestedBy),
            EdgeKind::Spawned => (Via::Spawned, Via::SpawnedBy),
        };
        beside[from as usize].push(Beside { other: to, via: of_from });
        beside[to as usize].push(Beside { other: from, via: of_to });
    }
    for links in &mut beside {
        // Stable: otherwise the order of the links.
        let place = |row: u32| place(links[row as usize].via);
        let rows = sorted_rows(links.len(), &|a, b| place(a).cmp(&place(b)));
        *links = rows.into_iter().map(|row| links[row as usize]).collect();
    }
    beside
}

/// Misses come before the reads of the attempt that made it; upstream before downstream.
const fn place(via: Via) -> u8 {
    match via {
        Via::Focus | Via::Requested | Via::BuiltBy => 0,
        Via::Spawned => 1,
        Via::Read => 2,
        Via::SpawnedBy | Via::RequestedBy => 3,
        Via::ReadBy | Via::Built => 4,
    }
}

/// Depth first from the focus; links against the sense of the walk only where `turn` allows.
fn walk(graph: &Graph, beside: &[Vec<Beside>], turn: impl Fn(u32) -> bool) -> Vec<OutlineRow> {
    let mut placed = vec![false; graph.nodes.len()];
    let mut rows = Vec::with_capacity(graph.nodes.len());
    // (node, depth, via): a stack whose top is the next row.
    let mut open = Vec::new();
    if !graph.nodes.is_empty() {
        open.push((0, 0, Via::Focus));
    }
    while let Some((node, depth, via)) = open.pop() {
        let repeated = std::mem::replace(&mut placed[node as usize], true);
        rows.push(OutlineRow { node, depth, via, repeated });
        if repeated {
            continue;
        }
        for link in beside[node as usize].iter().rev() {
            let onward = follows(graph, via, link.via);
            if onward || (turn(link.other) && !placed[link.other as usize]) {
                open.push((link.other, depth + 1, link.via));
            }
        }
    }
    rows
}

/// Whether a link goes on in the sense in which its node was entered.
fn follows(graph: &Graph, entered: Via, link: Via) -> bool {
    if graph.backward {
        return matches!(link, Via::Requested | Via::BuiltBy | Via::Read | Via::Spawned);
    }
    let upward = |via| matches!(via, Via::BuiltBy | Via::Read | Via::SpawnedBy | Via::RequestedBy);
    entered == Via::Focus || upward(entered) == upward(link)
}
