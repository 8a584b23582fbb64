//! Sorts ranks by barycenter (Sugiyama, Tagawa and Toda, 1981), rank after rank. Never counts crossings.

use super::csr::Csr;
use super::order::Order;
use super::p3_dummies::Layered;
use crate::order::{key, minor, sort_nearly_sorted};

/// Scratch space of the sweeps.
#[derive(Debug, Default)]
pub struct Sweeper {
    /// Barycenter (upper half) and place (lower half) of each vertex that moves.
    keys: Vec<u64>,
    /// The places that they share out among them.
    free: Vec<u32>,
    old: Vec<u32>,
}

impl Sweeper {
    /// Sorts each rank by where its neighbours in the rank just sorted are. Vertices without such neighbours
    /// keep their place, pinned ones their order. `turn_ties`: equal barycenters change their order.
    pub fn one_sided(
        &mut self,
        layered: &Layered,
        order: &mut Order,
        pinned: &[bool],
        downward: bool,
        turn_ties: bool,
    ) {
        let side = if downward { &layered.up } else { &layered.down };
        for rank in ranks_from(order, downward).skip(1) {
            let len = order.rank(rank).len() as u32;
            let other = order.rank(if downward { rank - 1 } else { rank + 1 }).len();
            let stretch = other as f32 / len as f32;
            self.start(order, rank);
            for place in 0..len {
                let vertex = self.old[place as usize];
                let (sum, n) = place_sum(side, vertex, order);
                let tie = if turn_ties { len - 1 - place } else { place };
                if pinned[vertex as usize] {
                    self.offer((place as f32 + 0.5) * stretch - 0.5, place, tie);
                } else if n > 0.0 {
                    self.offer(sum / n, place, tie);
                }
            }
            self.finish(order, rank, |tie| if turn_ties { len - 1 - tie } else { tie });
        }
    }

    /// As the textbook has it: sorts each rank by where its neighbours in the rank just sorted are; a vertex
    /// without any is sorted in by its place, and equals keep their order.
    pub fn textbook(&mut self, layered: &Layered, order: &mut Order, downward: bool) {
        let side = if downward { &layered.up } else { &layered.down };
        for rank in ranks_from(order, downward) {
            self.start(order, rank);
            for place in 0..order.rank(rank).len() as u32 {
                let (sum, n) = place_sum(side, self.old[place as usize], order);
                self.offer(if n > 0.0 { sum / n } else { place as f32 }, place, place);
            }
            self.finish(order, rank, |tie| tie);
        }
    }

    /// Sorts each rank by where its neighbours on both sides are, relative to the lengths of their ranks, so many
    /// times to and fro. Ranks are left out that would stay as they are, since nothing around them has moved.
    pub fn two_sided(
        &mut self,
        layered: &Layered,
        order: &mut Order,
        pinned: &[bool],
        n_sweeps: usize,
    ) {
        let n_ranks = order.n_ranks();
        // A pinned vertex goes by its own place as well.
        let has_pinned = pinned.contains(&true);
        let mut restless = vec![true; n_ranks];
        for sweep in 0..n_sweeps {
            for rank in ranks_from(order, sweep.is_multiple_of(2)) {
                if !std::mem::replace(&mut restless[rank], false) {
                    continue;
                }
                if self.balance(rank, layered, order, pinned) {
                    restless[rank.saturating_sub(1)..n_ranks.min(rank + 2)].fill(true);
                    restless[rank] = has_pinned;
                }
            }
            if !restless.contains(&true) {
                break;
            }
        }
    }

    /// Sorts a rank by its neighbours on both sides; whether that changed it.
    fn balance(
        &mut self,
        rank: usize,
        layered: &Layered,
        order: &mut Order,
        pinned: &[bool],
    ) -> bool {
        let scale = |rank: Option<usize>| {
            rank.filter(|&r| r < order.n_ranks()).map_or(0.0, |r| 1.0 / order.rank(r).len() as f32)
        };
        let (before, here, after) =
            (scale(rank.checked_sub(1)), scale(Some(rank)), scale(Some(rank + 1)));
        self.start(order, rank);
        for place in 0..order.rank(rank).len() as u32 {
            let vertex = self.old[place as usize];
            let (up, n_up) = place_sum(&layered.up, vertex, order);
            let (down, n_down) = place_sum(&layered.down, vertex, order);
            if pinned[vertex as usize] {
                self.offer((place as f32 + 0.5) * here, place, place);
            } else if n_up + n_down > 0.0 {
                let sum = (up + n_up / 2.0) * before + (down + n_down / 2.0) * after;
                self.offer(sum / (n_up + n_down), place, place);
            }
        }
        self.finish(order, rank, |tie| tie)
    }

    fn start(&mut self, order: &Order, rank: usize) {
        self.keys.clear();
        self.free.clear();
        self.old.clear();
        self.old.extend_from_slice(order.rank(rank));
    }

    #[inline(always)]
    fn offer(&mut self, barycenter: f32, place: u32, tie: u32) {
        // The bits of floats that are not negative sort like the floats; a pinned place may be half below 0.
        self.keys.push(key((barycenter + 1.0).to_bits(), tie));
        self.free.push(place);
    }

    /// Gives the free places to those that move, in the order of their keys; whether any moved.
    fn finish(
        &mut self,
        order: &mut Order,
        rank: usize,
        place_of_tie: impl Fn(u32) -> u32,
    ) -> bool {
        sort_nearly_sorted(&mut self.keys);
        let start = order.span(rank).start;
        let mut moved = false;
        for (&place, &key) in self.free.iter().zip(&self.keys) {
            let old_place = place_of_tie(minor(key));
            if old_place != place {
                let vertex = self.old[old_place as usize];
                order.vertices[start + place as usize] = vertex;
                order.places[vertex as usize] = place;
                moved = true;
            }
        }
        moved
    }
}

fn ranks_from(order: &Order, downward: bool) -> impl Iterator<Item = usize> + use<> {
    let n_ranks = order.n_ranks();
    (0..n_ranks).map(move |i| if downward { i } else { n_ranks - 1 - i })
}

#[inline(always)]
fn place_sum(side: &Csr, vertex: u32, order: &Order) -> (f32, f32) {
    match side.row(vertex) {
        [one] => (order.place(*one) as f32, 1.0),
        row => {
            let sum: i64 = row.iter().map(|&v| i64::from(order.place(v))).sum();
            (sum as f32, row.len() as f32)
        }
    }
}
