//! Counts how many edges cross. Never moves anything.
//!
//! Barth, Jünger and Mutzel, "Simple and efficient bilayer cross counting" (2002): O(E log V).

use super::order::Order;
use super::p3_dummies::Layered;
use crate::order::sort_numbers;

/// The ends of more edges than this are looked up before they are entered, rather than sorted.
const FEW: usize = 16;

/// Counts crossings rank by rank; keeps its scratch space between calls.
#[derive(Debug, Default)]
pub struct CrossCounter {
    /// A complete binary tree: how many edges seen so far end below each of its nodes.
    tree: Vec<u32>,
    ends: Vec<u32>,
}

impl CrossCounter {
    /// Crossings between all ranks.
    pub fn count(&mut self, layered: &Layered, order: &Order) -> u64 {
        (1..order.n_ranks()).map(|rank| self.count_above(rank, layered, order)).sum()
    }

    /// Crossings between a rank and the one before.
    pub fn count_above(&mut self, rank: usize, layered: &Layered, order: &Order) -> u64 {
        let n_leaves = order.rank(rank).len().next_power_of_two();
        self.tree.clear();
        self.tree.resize(2 * n_leaves, 0);
        let mut n_crossings = 0;
        for &vertex in order.rank(rank - 1) {
            let below = layered.down.row(vertex);
            if let [one] = below {
                n_crossings += self.add(n_leaves, order.places[*one as usize]);
                continue;
            }
            if below.len() > FEW {
                n_crossings += self.add_all(n_leaves, below, order);
                continue;
            }
            self.ends.clear();
            self.ends.extend(below.iter().map(|&v| order.places[v as usize]));
            sort_numbers(&mut self.ends);
            for i in 0..self.ends.len() {
                n_crossings += self.add(n_leaves, self.ends[i]);
            }
        }
        n_crossings
    }

    /// Enters the ends of a vertex's edges, in any order; how many edges seen before end to their right.
    fn add_all(&mut self, n_leaves: usize, below: &[u32], order: &Order) -> u64 {
        let mut n_right = 0;
        for &vertex in below {
            let mut at = n_leaves + order.places[vertex as usize] as usize;
            while at > 1 {
                if at & 1 == 0 {
                    n_right += u64::from(self.tree[at + 1]);
                }
                at >>= 1;
            }
        }
        for &vertex in below {
            self.add(n_leaves, order.places[vertex as usize]);
        }
        n_right
    }

    /// Enters the end of an edge; how many edges seen before end to its right.
    fn add(&mut self, n_leaves: usize, place: u32) -> u64 {
        let mut at = n_leaves + place as usize;
        let mut n_right = 0;
        self.tree[at] += 1;
        while at > 1 {
            // Only a left child has a sibling to its right; a mask is faster than a branch that nobody can foretell.
            n_right += u64::from(self.tree[at ^ 1] & (at as u32 & 1).wrapping_sub(1));
            at >>= 1;
            self.tree[at] += 1;
        }
        n_right
    }
}
