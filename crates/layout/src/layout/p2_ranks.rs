//! Phase 2: gives every node a rank so that edges run forward and are short in sum. Knows no geometry.
//!
//! Longest path, then nodes slide to where they pull least, then the network simplex takes the rest
//! (Gansner, Koutsofios, North and Vo, "A technique for drawing directed graphs", 1993).

use super::csr::Csr;
use super::p0_parts::Links;
use super::p2_simplex;

/// How often nodes slide before the simplex; most of the gain is in the first two.
const N_SLIDES: u32 = 4;

/// Node -> its rank, from 0. The links are free of cycles and self loops and connect all nodes.
pub fn assign(n_nodes: usize, links: &Links, n_steps: &mut u64) -> Vec<u32> {
    let (out, into) = links.by_node(n_nodes);
    let (mut ranks, sorted) = longest_path(n_nodes, links, &out, &into);
    *n_steps += (n_nodes + links.len()) as u64;
    for _ in 0..N_SLIDES {
        *n_steps += (n_nodes + links.len()) as u64;
        if !slide(&mut ranks, &sorted, links, &out, &into) {
            break;
        }
    }
    if links.iter().any(|(from, to)| ranks[to as usize] - ranks[from as usize] > 1) {
        p2_simplex::shorten(&mut ranks, links, &out, &into, n_steps);
    }
    even_out(&mut ranks, &sorted, links, &out, &into);
    close_gaps(&mut ranks);
    ranks
}

/// The smallest rank each node can have, and the nodes in an order in which edges run forward.
pub fn longest_path(n_nodes: usize, links: &Links, out: &Csr, into: &Csr) -> (Vec<u32>, Vec<u32>) {
    let mut ranks = vec![0_u32; n_nodes];
    let mut n_missing: Vec<u32> = (0..n_nodes as u32).map(|v| into.row(v).len() as u32).collect();
    let mut sorted: Vec<u32> = Vec::with_capacity(n_nodes);
    sorted.extend((0..n_nodes as u32).filter(|&v| n_missing[v as usize] == 0));
    let mut done = 0;
    while let Some(&node) = sorted.get(done) {
        done += 1;
        for &link in out.row(node) {
            let to = links.to[link as usize];
            ranks[to as usize] = ranks[to as usize].max(ranks[node as usize] + 1);
            n_missing[to as usize] -= 1;
            if n_missing[to as usize] == 0 {
                sorted.push(to);
            }
        }
    }
    (ranks, sorted)
}

/// Moves each node, last to first, as far toward its heavier side as its edges let it. Whether any moved.
fn slide(ranks: &mut [u32], sorted: &[u32], links: &Links, out: &Csr, into: &Csr) -> bool {
    let mut moved = false;
    for &node in sorted.iter().rev() {
        let (n_out, n_in) = (out.row(node).len(), into.row(node).len());
        let (low, high) = room(node, ranks, links, out, into);
        let goal = if n_out > n_in { high } else { low };
        if n_out != n_in && goal != ranks[node as usize] && goal != u32::MAX {
            ranks[node as usize] = goal;
            moved = true;
        }
    }
    moved
}

/// Nodes that may sit on several ranks at the same cost go to the one with the fewest nodes.
fn even_out(ranks: &mut [u32], sorted: &[u32], links: &Links, out: &Csr, into: &Csr) {
    let n_ranks = ranks.iter().max().map_or(0, |&last| last as usize + 1);
    let mut filled = vec![0_u32; n_ranks];
    for &rank in ranks.iter() {
        filled[rank as usize] += 1;
    }
    for &node in sorted {
        if out.row(node).len() != into.row(node).len() {
            continue;
        }
        let (low, high) = room(node, ranks, links, out, into);
        let here = ranks[node as usize];
        // A long way to look would make this quadratic on hostile graphs.
        let near = low.max(here.saturating_sub(32))..=high.min(here + 32).min(n_ranks as u32 - 1);
        let best = near.min_by_key(|&rank| (filled[rank as usize], rank.abs_diff(here), rank));
        if let Some(best) = best.filter(|&best| filled[best as usize] + 1 < filled[here as usize]) {
            filled[here as usize] -= 1;
            filled[best as usize] += 1;
            ranks[node as usize] = best;
        }
    }
}

/// Renumbers the ranks so that each has a node.
fn close_gaps(ranks: &mut [u32]) {
    let n_ranks = ranks.iter().max().map_or(0, |&last| last as usize + 1);
    let mut number = vec![0_u32; n_ranks];
    for &rank in ranks.iter() {
        number[rank as usize] = 1;
    }
    let mut n_before = 0;
    for slot in &mut number {
        n_before += std::mem::replace(slot, n_before);
    }
    for rank in ranks {
        *rank = number[*rank as usize];
    }
}

/// The smallest and the largest rank that a node's edges allow it.
fn room(node: u32, ranks: &[u32], links: &Links, out: &Csr, into: &Csr) -> (u32, u32) {
    let before = into.row(node).iter().map(|&link| ranks[links.from[link as usize] as usize] + 1);
    let after = out.row(node).iter().map(|&link| ranks[links.to[link as usize] as usize] - 1);
    (before.max().unwrap_or(0), after.min().unwrap_or(u32::MAX))
}
