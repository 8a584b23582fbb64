//! The network simplex on ranks: a spanning tree of tight edges, improved edge by edge. Knows no geometry.
//!
//! The tree lies flat in preorder, so that a subtree is a slice, and the cut value of a tree edge is the
//! surplus of edges over that slice: a pivot is a few sums and one move within an array.

use super::csr::Csr;
use super::p0_parts::Links;
use super::p2_tree::{NONE, Tree};

/// Steps allowed for each node and edge, so that the time stays near linear. Random graphs of
/// 1,000 nodes reach the optimum with 100, of 3,000 nodes with 550.
const STEPS_PER_ELEMENT: u64 = 1_000;

/// Of the tree edges that would shorten the whole, so many are compared before one is taken.
const N_CANDIDATES: u32 = 4;

/// Shortens the sum of all edges' lengths, in ranks, as far as the steps last; ranks start from 0 again.
/// The ranks must be feasible and the links connect all nodes.
pub fn shorten(ranks: &mut [u32], links: &Links, out: &Csr, into: &Csr, n_steps: &mut u64) {
    let mut signed: Vec<i64> = ranks.iter().map(|&rank| i64::from(rank)).collect();
    let mut budget = STEPS_PER_ELEMENT * (ranks.len() + links.len()) as u64;
    let full_budget = budget;
    if let Some(mut tree) = Tree::tight(&mut signed, links, out, into) {
        let mut next = 0;
        while let Some(top) = tree.worst(&mut next, links, &mut budget) {
            if !tree.pivot(top, &mut signed, links, out, into, &mut budget) {
                break;
            }
        }
    }
    *n_steps += full_budget - budget;
    let lowest = signed.iter().copied().min().unwrap_or(0);
    for (rank, value) in ranks.iter_mut().zip(signed) {
        *rank = u32::try_from(value - lowest).unwrap_or(0);
    }
}

impl Tree {
    /// Whether the subtree hangs below its parent by an edge that leaves the subtree.
    fn points_up(&self, top: u32, links: &Links) -> bool {
        links.from[self.link[top as usize] as usize] == top
    }

    /// The top of a subtree that pulls away from its tree edge the hardest, of the next few that do.
    fn worst(&self, next: &mut usize, links: &Links, budget: &mut u64) -> Option<u32> {
        let n_nodes = self.parent.len();
        let (mut best, mut n_found) = (None, 0);
        for n_seen in 0..n_nodes {
            let v = (*next + n_seen) % n_nodes;
            if self.parent[v] == NONE {
                continue;
            }
            let cut =
                if self.points_up(v as u32, links) { self.surplus[v] } else { -self.surplus[v] };
            if cut < 0 {
                best = best.min(Some((cut, v as u32))).or(Some((cut, v as u32)));
                n_found += 1;
            }
            if n_found == N_CANDIDATES || n_seen + 1 == n_nodes {
                *next = (v + 1) % n_nodes;
                *budget = budget.saturating_sub(n_seen as u64 + 1);
                break;
            }
        }
        best.filter(|_| *budget > 0).map(|(_, top)| top)
    }

    /// Moves the subtree (or all the rest, if that is smaller) until the next edge is tight, and hangs it there.
    fn pivot(
        &mut self,
        top: u32,
        ranks: &mut [i64],
        links: &Links,
        out: &Csr,
        into: &Csr,
        budget: &mut u64,
    ) -> bool {
        let start = self.place[top as usize] as usize;
        let end = start + self.size[top as usize] as usize;
        // The subtree's tail pulls it down the ranks, its head up the ranks.
        let downward = self.points_up(top, links);
        let n_nodes = self.order.len();
        let inner_is_smaller = 2 * (end - start) <= n_nodes;
        let (scanned, rest) = if inner_is_smaller {
            (&self.order[start..end], &self.order[..0])
        } else {
            (&self.order[..start], &self.order[end..])
        };
        let mut entering: Option<(i64, u32)> = None;
        let by_entry = downward == inner_is_smaller;
        for &node in scanned.iter().chain(rest) {
            let ids = if by_entry { into.row(node) } else { out.row(node) };
            *budget = budget.saturating_sub(1 + ids.len() as u64);
            for &id in ids {
                let (from, to) = (links.from[id as usize], links.to[id as usize]);
                let place = self.place[(if by_entry { from } else { to }) as usize] as usize;
                if (start..end).contains(&place) == inner_is_smaller {
                    continue;
                }
                let slack = ranks[to as usize] - ranks[from as usize] - 1;
                if entering.is_none_or(|(least, _)| slack < least) {
                    entering = Some((slack, id));
                }
            }
        }
        let Some((slack, id)) = entering else { return false };
        let shift = if by_entry { -slack } else { slack };
        if slack > 0 {
            for &node in scanned.iter().chain(rest) {
                ranks[node as usize] += shift;
            }
        }
        let (from, to) = (links.from[id as usize], links.to[id as usize]);
        let (inner, outer) = if downward { (to, from) } else { (from, to) };
        self.rehang(top, inner, outer, id, budget);
        true
    }

    /// Cuts the subtree below `top` off, makes `inner` its top, and hangs it below `outer`.
    fn rehang(&mut self, top: u32, inner: u32, outer: u32, link: u32, budget: &mut u64) {
        let (start, n_moved) =
            (self.place[top as usize] as usize, self.size[top as usize] as usize);
        let (size, surplus) = (self.size[top as usize], self.surplus[top as usize]);
        for (first, is_old) in [(self.parent[top as usize], true), (outer, false)] {
            let mut above = first;
            while above != NONE {
                let v = above as usize;
                self.size[v] = if is_old { self.size[v] - size } else { self.size[v] + size };
                self.surplus[v] += if is_old { -surplus } else { surplus };
                above = self.parent[v];
                *budget = budget.saturating_sub(1);
            }
        }
        self.turn_over(top, inner, outer, link);
        self.move_slice(start, n_moved, outer, budget);
    }

    /// Reverses the tree edges from `inner` up to `top`; leaves the subtree's new preorder in `moved`.
    fn turn_over(&mut self, top: u32, inner: u32, outer: u32, link: u32) {
        let (n_all, all_surplus) = (self.size[top as usize], self.surplus[top as usize]);
        self.moved.clear();
        let (mut node, mut above, mut new_link) = (inner, outer, link);
        let (mut done, mut n_below, mut surplus_below) = (0..0, 0, 0);
        loop {
            let v = node as usize;
            let start = self.place[v] as usize;
            let slice = start..start + self.size[v] as usize;
            if done.is_empty() {
                self.moved.extend_from_slice(&self.order[slice.clone()]);
            } else {
                self.moved.extend_from_slice(&self.order[slice.start..done.start]);
                self.moved.extend_from_slice(&self.order[done.end..slice.end]);
            }
            let old_parent = self.parent[v];
            let old = (self.size[v], self.surplus[v]);
            self.size[v] = n_all - n_below;
            self.surplus[v] = all_surplus - surplus_below;
            (n_below, surplus_below) = old;
            done = slice;
            self.parent[v] = above;
            new_link = std::mem::replace(&mut self.link[v], new_link);
            if node == top {
                break;
            }
            (above, node) = (node, old_parent);
        }
    }

    /// Takes a slice out of the preorder and puts `moved` right behind `outer`.
    fn move_slice(&mut self, start: usize, n_moved: usize, outer: u32, budget: &mut u64) {
        let outer_place = self.place[outer as usize] as usize;
        let (touched, new_start) = if outer_place < start {
            self.order.copy_within(outer_place + 1..start, outer_place + 1 + n_moved);
            (outer_place + 1..start + n_moved, outer_place + 1)
        } else {
            self.order.copy_within(start + n_moved..=outer_place, start);
            (start..outer_place + 1, outer_place + 1 - n_moved)
        };
        self.order[new_start..new_start + n_moved].copy_from_slice(&self.moved);
        *budget = budget.saturating_sub(touched.len() as u64 / 4);
        for place in touched {
            self.place[self.order[place] as usize] = place as u32;
        }
    }
}
