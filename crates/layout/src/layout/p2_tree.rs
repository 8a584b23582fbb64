//! The first spanning tree of the network simplex, and how it lies in memory. Knows no geometry.

use super::csr::Csr;
use super::p0_parts::Links;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// No node, or no link.
pub const NONE: u32 = u32::MAX;

/// A spanning tree whose edges all have length 1.
pub struct Tree {
    /// Node -> the node above it; `NONE` for the root.
    pub parent: Vec<u32>,
    /// Node -> the link to its parent.
    pub link: Vec<u32>,
    /// The nodes in preorder: a subtree is a slice.
    pub order: Vec<u32>,
    /// Node -> its place in `order`.
    pub place: Vec<u32>,
    /// Node -> how many nodes its subtree has.
    pub size: Vec<u32>,
    /// Node -> edges out of its subtree minus edges into it.
    pub surplus: Vec<i64>,
    /// Scratch space: the preorder of the subtree being moved.
    pub moved: Vec<u32>,
}

impl Tree {
    /// Grows a tree from node 0 along the shortest edge at each step, and shifts it to make that edge tight.
    pub fn tight(ranks: &mut [i64], links: &Links, out: &Csr, into: &Csr) -> Option<Self> {
        let n_nodes = ranks.len();
        let (mut parent, mut link) = (vec![NONE; n_nodes], vec![NONE; n_nodes]);
        let mut in_tree = vec![false; n_nodes];
        // Ranks of tree nodes are kept as if the tree had not been shifted since.
        let mut shift = 0_i64;
        let (mut ahead, mut behind) = (BinaryHeap::new(), BinaryHeap::new());
        let mut newest = Some(0_u32).filter(|_| n_nodes > 0);
        let mut grown = Vec::with_capacity(n_nodes);
        while let Some(node) = newest {
            in_tree[node as usize] = true;
            ranks[node as usize] -= shift;
            grown.push(node);
            for &id in out.row(node) {
                let to = links.to[id as usize] as usize;
                if !in_tree[to] {
                    ahead.push(Reverse((ranks[to] - ranks[node as usize] - 1, id)));
                }
            }
            for &id in into.row(node) {
                let from = links.from[id as usize] as usize;
                if !in_tree[from] {
                    behind.push(Reverse((ranks[node as usize] - ranks[from] - 1, id)));
                }
            }
            while ahead
                .peek()
                .is_some_and(|Reverse((_, id))| in_tree[links.to[*id as usize] as usize])
            {
                ahead.pop();
            }
            while behind
                .peek()
                .is_some_and(|Reverse((_, id))| in_tree[links.from[*id as usize] as usize])
            {
                behind.pop();
            }
            let slack_ahead = ahead.peek().map(|Reverse((key, id))| (key - shift, *id));
            let slack_behind = behind.peek().map(|Reverse((key, id))| (key + shift, *id));
            newest = match (slack_ahead, slack_behind) {
                (Some((slack, id)), other) if other.is_none_or(|(least, _)| slack <= least) => {
                    shift += slack;
                    let to = links.to[id as usize];
                    (parent[to as usize], link[to as usize]) = (links.from[id as usize], id);
                    Some(to)
                }
                (_, Some((slack, id))) => {
                    shift -= slack;
                    let from = links.from[id as usize];
                    (parent[from as usize], link[from as usize]) = (links.to[id as usize], id);
                    Some(from)
                }
                (_, None) => None,
            };
        }
        for rank in ranks.iter_mut() {
            *rank += shift;
        }
        (grown.len() == n_nodes).then(|| Self::laid_flat(parent, link, &grown, out, into))
    }

    fn laid_flat(parent: Vec<u32>, link: Vec<u32>, grown: &[u32], out: &Csr, into: &Csr) -> Self {
        let n_nodes = grown.len();
        let degree = |side: &Csr, v: u32| i64::from(side.row(v).len() as u32);
        let surplus_of = |v: u32| degree(out, v) - degree(into, v);
        let mut surplus: Vec<i64> = (0..n_nodes as u32).map(surplus_of).collect();
        let mut size = vec![1_u32; n_nodes];
        for &node in grown.iter().skip(1).rev() {
            let above = parent[node as usize] as usize;
            size[above] += size[node as usize];
            surplus[above] += surplus[node as usize];
        }
        // A node grown later comes after its parent: places can be dealt out in that order.
        let mut place = vec![0_u32; n_nodes];
        let mut next_free = vec![1_u32; n_nodes];
        let mut order = vec![0; n_nodes];
        for &node in grown {
            let above = parent[node as usize];
            if above != NONE {
                place[node as usize] = next_free[above as usize];
                next_free[above as usize] += size[node as usize];
                next_free[node as usize] = place[node as usize] + 1;
            }
            order[place[node as usize] as usize] = node;
        }
        Self { parent, link, order, place, size, surplus, moved: Vec::new() }
    }
}
