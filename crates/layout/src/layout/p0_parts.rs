//! Phase 0: splits the graph into its connected parts. Knows no geometry.

use super::csr::Csr;
use super::request::LayoutEdge;

/// Two flat columns: edge -> where it starts, edge -> where it ends.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// Edge -> the node it leaves.
    pub from: Vec<u32>,
    /// Edge -> the node it enters.
    pub to: Vec<u32>,
}

impl Links {
    /// How many edges.
    pub fn len(&self) -> usize {
        self.from.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.from.is_empty()
    }

    /// Appends an edge.
    pub fn push(&mut self, from: u32, to: u32) {
        self.from.push(from);
        self.to.push(to);
    }

    /// Every edge as `(from, to)`.
    pub fn iter(&self) -> impl Iterator<Item = (u32, u32)> + Clone {
        self.from.iter().copied().zip(self.to.iter().copied())
    }

    /// Node -> its edges, as (those that leave it, those that enter it).
    pub fn by_node(&self, n_nodes: usize) -> (Csr, Csr) {
        let leaving = self.from.iter().copied().zip(0..);
        let entering = self.to.iter().copied().zip(0..);
        (Csr::new(n_nodes, leaving), Csr::new(n_nodes, entering))
    }
}

/// The connected parts, ordered by their smallest node; nodes and edges ascend within a part.
#[derive(Clone, Debug, Default)]
pub struct Parts {
    /// Part -> its nodes.
    pub nodes: Csr,
    /// Part -> its edges, without self loops and without edges that name no node.
    pub edges: Csr,
    /// Node -> its place among the nodes of its part.
    pub local: Vec<u32>,
    /// Edges that name no node.
    pub n_ignored_edges: u32,
}

/// Splits by union–find with path halving (Tarjan and van Leeuwen, 1984).
pub fn split(n_nodes: usize, edges: &[LayoutEdge]) -> Parts {
    let exists = |edge: &LayoutEdge| (edge.from.max(edge.to) as usize) < n_nodes;
    let mut parent: Vec<u32> = (0..n_nodes as u32).collect();
    for edge in edges.iter().filter(|edge| exists(edge)) {
        let (a, b) = (find(&mut parent, edge.from), find(&mut parent, edge.to));
        // The smaller id is the root, so that parts come in the order of their smallest node.
        parent[a.max(b) as usize] = a.min(b);
    }
    let mut part = vec![0; n_nodes];
    let mut local = vec![0; n_nodes];
    let mut part_sizes: Vec<u32> = Vec::new();
    for node in 0..n_nodes as u32 {
        let root = find(&mut parent, node);
        if root == node {
            part[node as usize] = part_sizes.len() as u32;
            part_sizes.push(0);
        }
        let id = part[root as usize];
        part[node as usize] = id;
        local[node as usize] = part_sizes[id as usize];
        part_sizes[id as usize] += 1;
    }
    let drawn = (0_u32..).zip(edges).filter(|(_, edge)| exists(edge) && edge.from != edge.to);
    Parts {
        nodes: Csr::new(part_sizes.len(), part.iter().copied().zip(0..)),
        edges: Csr::new(part_sizes.len(), drawn.map(|(id, edge)| (part[edge.from as usize], id))),
        local,
        n_ignored_edges: edges.iter().filter(|edge| !exists(edge)).count() as u32,
    }
}

fn find(parent: &mut [u32], mut node: u32) -> u32 {
    while parent[node as usize] != node {
        parent[node as usize] = parent[parent[node as usize] as usize];
        node = parent[node as usize];
    }
    node
}
