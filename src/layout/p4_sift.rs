//! Moves each vertex to the place of its rank where its edges cross the fewest others. Never adds a crossing.
//!
//! Sifting: Matuszewski, Schönfeld and Molitor, "Using sifting for k-layer straightline crossing
//! minimization" (1999), within a window so that wide ranks stay affordable.

use super::csr::Csr;
use super::order::Order;
use super::p3_dummies::Layered;

/// Passes over all ranks; most graphs are settled after five.
const MAX_PASSES: usize = 14;

/// In the first passes a vertex also moves where that costs nothing, so that others find a way out: two in a
/// hundred crossings fewer in the end.
const DRIFTING_PASSES: usize = 3;

/// Steps for each vertex and edge, all passes together, so that the time stays near linear.
const STEPS_PER_ELEMENT: u64 = 700;

/// No graph gets more steps than this: enough for 50,000 vertices and edges.
const MAX_STEPS: u64 = 35_000_000;

/// How far from its place a vertex looks.
const WINDOW: usize = 256;

/// A vertex looks no further in a direction once so many crossings for each of its edges would come up.
const HOPELESS: i64 = 2;

/// Scratch space of sifting.
#[derive(Debug)]
pub struct Sifter {
    /// Beside `Layered::up` and `Layered::down`: the neighbours' places, sorted for each vertex.
    up: Vec<u32>,
    down: Vec<u32>,
    queue: Vec<u32>,
    next: Next,
    /// Whether vertices also move to places that are as good as theirs.
    drifts: bool,
}

impl Sifter {
    /// Scratch space for one graph.
    pub fn new(layered: &Layered) -> Self {
        let (up, down) = (vec![0; layered.up.n_items()], vec![0; layered.down.n_items()]);
        let next = Next(vec![0; layered.n_vertices()]);
        Self { up, down, queue: Vec::new(), next, drifts: false }
    }

    /// Sifts rank by rank until nothing moves or the steps are used up; how many crossings are gone.
    /// Vertices for which `still` holds are passed by others but do not move themselves. Where `drifts`, ranks that
    /// cross as little are not kept as they are.
    pub fn sift(
        &mut self,
        layered: &Layered,
        order: &mut Order,
        still: &[bool],
        drifts: bool,
        n_steps: &mut u64,
    ) -> u64 {
        let n_ranks = order.n_ranks();
        let n_elements = layered.n_vertices() + layered.down.n_items();
        let mut budget = MAX_STEPS.min(STEPS_PER_ELEMENT * n_elements as u64);
        let full_budget = budget;
        let mut restless = vec![true; n_ranks];
        let mut n_gone = 0;
        for pass in 0..MAX_PASSES {
            self.drifts = drifts && pass < DRIFTING_PASSES;
            if drifts && pass <= DRIFTING_PASSES {
                restless.fill(true);
            }
            for i in 0..n_ranks {
                let rank = if pass % 2 == 0 { i } else { n_ranks - 1 - i };
                if !std::mem::replace(&mut restless[rank], false) {
                    continue;
                }
                let gain = self.sift_rank(rank, layered, order, still, &mut budget);
                if gain > 0 {
                    n_gone += gain;
                    restless[rank.saturating_sub(1)..n_ranks.min(rank + 2)].fill(true);
                }
            }
            if budget == 0 || !restless.contains(&true) {
                break;
            }
        }
        *n_steps += full_budget - budget;
        n_gone
    }

    fn sift_rank(
        &mut self,
        rank: usize,
        layered: &Layered,
        order: &mut Order,
        still: &[bool],
        budget: &mut u64,
    ) -> u64 {
        self.queue.clear();
        self.queue.extend_from_slice(order.rank(rank));
        if let Some(before) = rank.checked_sub(1) {
            self.next.file(&mut self.up, [&layered.up, &layered.down], [rank, before], order);
        }
        if rank + 1 < order.n_ranks() {
            self.next.file(&mut self.down, [&layered.down, &layered.up], [rank, rank + 1], order);
        }
        let span = order.span(rank);
        let mut n_gone = 0;
        for i in 0..self.queue.len() {
            if *budget == 0 {
                break;
            }
            let vertex = self.queue[i];
            if still.get(vertex as usize).is_some_and(|&still| still) {
                continue;
            }
            let place = order.places[vertex as usize] as usize;
            let row = &mut order.vertices[span.clone()];
            let (gain, target) = self.best_place(vertex, place, row, layered, budget);
            if target == place {
                continue;
            }
            n_gone += gain;
            let moved = place.min(target)..place.max(target) + 1;
            if target < place {
                row[moved.clone()].rotate_right(1);
            } else {
                row[moved.clone()].rotate_left(1);
            }
            for at in moved {
                order.places[row[at] as usize] = at as u32;
            }
        }
        n_gone
    }

    /// How many crossings a vertex can get rid of, and where.
    fn best_place(
        &self,
        vertex: u32,
        place: usize,
        row: &[u32],
        layered: &Layered,
        budget: &mut u64,
    ) -> (u64, usize) {
        let (up, down) = (&self.up[layered.up.span(vertex)], &self.down[layered.down.span(vertex)]);
        let mut best = (0_i64, place);
        let mut n_touched = 0;
        let hopeless = -HOPELESS * i64::from((1 + up.len() + down.len()) as u32);
        let mut look = |places: &mut dyn Iterator<Item = usize>, sign: i64| {
            let mut gain = 0;
            for at in places {
                let other_up = &self.up[layered.up.span(row[at])];
                let other_down = &self.down[layered.down.span(row[at])];
                gain += sign * (crossings_saved(up, other_up) + crossings_saved(down, other_down));
                n_touched += 1 + up.len() + down.len() + other_up.len() + other_down.len();
                if gain > best.0 || (self.drifts && gain == 0 && best.0 == 0) {
                    best = (gain, at);
                } else if gain < hopeless {
                    break;
                }
            }
        };
        look(&mut (place.saturating_sub(WINDOW)..place).rev(), -1);
        look(&mut (place + 1..row.len().min(place + 1 + WINDOW)), 1);
        *budget = budget.saturating_sub(n_touched as u64);
        (best.0.unsigned_abs(), best.1)
    }
}

/// Vertex -> where among all items the next place of a neighbour goes.
#[derive(Debug)]
struct Next(Vec<u32>);

impl Next {
    /// Sets the places of each vertex's neighbours in the other rank, ascending, without a comparison: the other
    /// rank is walked in its order. `there` is the side back from the other rank.
    fn file(
        &mut self,
        to: &mut [u32],
        [side, there]: [&Csr; 2],
        [rank, other]: [usize; 2],
        order: &Order,
    ) {
        for &vertex in order.rank(rank) {
            self.0[vertex as usize] = side.start(vertex);
        }
        for (place, &neighbour) in (0..).zip(order.rank(other)) {
            for &vertex in there.row(neighbour) {
                let next = &mut self.0[vertex as usize];
                to[*next as usize] = place;
                *next += 1;
            }
        }
    }
}

/// Crossings between the edges of `a` and `b` when `a` comes first, minus those when `b` does; ends sorted.
#[inline(always)]
fn crossings_saved(a: &[u32], b: &[u32]) -> i64 {
    match (a, b) {
        ([], _) | (_, []) => 0,
        ([x], [y]) => i64::from(x > y) - i64::from(x < y),
        _ => merged_crossings_saved(a, b),
    }
}

/// The same of any two, as two lists are merged.
fn merged_crossings_saved(a: &[u32], b: &[u32]) -> i64 {
    let (mut n_less, mut n_not_more, mut sum) = (0, 0, 0);
    for &x in a {
        while n_less < b.len() && b[n_less] < x {
            n_less += 1;
        }
        while n_not_more < b.len() && b[n_not_more] <= x {
            n_not_more += 1;
        }
        sum += i64::from(n_less as u32) - i64::from((b.len() - n_not_more) as u32);
    }
    sum
}
