//! Moves each vertex to the place of its rank where its edges cross the fewest others. Never adds a crossing.
//!
//! Sifting: Matuszewski, Schönfeld and Molitor, "Using sifting for k-layer straightline crossing
//! minimization" (1999), within a window so that wide ranks stay affordable.

use super::order::Order;
use super::p3_dummies::Layered;

/// Passes over the ranks, at most: fewer where nothing is left to be looked at.
const MAX_PASSES: usize = 14;

/// In the first passes a vertex also moves where that costs nothing, so that others find a way out: three in a
/// hundred crossings fewer in the end.
const DRIFTING_PASSES: usize = 5;

/// Steps for each vertex and edge, all passes together, so that the time stays near linear.
const STEPS_PER_ELEMENT: u64 = 700;

/// No graph gets more steps than this: enough for 50,000 vertices and edges.
const MAX_STEPS: u64 = 35_000_000;

/// How far from its place a vertex looks.
const WINDOW: usize = 256;

/// A vertex looks no further in a direction once so many crossings for each of its edges would come up.
const HOPELESS: i64 = 2;

/// Scratch space of sifting: one rank, its vertices named by their places when it was filed.
#[derive(Debug, Default)]
pub struct Sifter {
    /// The places of all neighbours, name by name and ascending: those in the rank before, then those in the rank
    /// after, which are counted on behind the rank before.
    ends: Vec<u32>,
    /// End -> how many crossings one edge that ends there loses if its vertex comes after the one that looks,
    /// less those that it gains.
    pull: Vec<i32>,
    /// The vertices in their order now, and the place of each by its name.
    row: Vec<Seated>,
    seats: Vec<u32>,
    /// Name -> its vertex.
    vertices: Vec<u32>,
    /// Vertex -> whether a neighbour has moved since it was last looked at.
    restless: Vec<bool>,
    /// Whether vertices also move to places that are as good as theirs.
    drifts: bool,
}

/// A vertex in its place.
#[derive(Clone, Copy, Debug)]
struct Seated {
    name: u32,
    /// Where its ends are.
    first: u32,
    end: u32,
}

impl Seated {
    #[inline(always)]
    fn of(self, ends: &[u32]) -> &[u32] {
        &ends[self.first as usize..self.end as usize]
    }
}

impl Sifter {
    /// Sifts rank by rank until nothing moves or the steps are used up; how many crossings are gone. A vertex is
    /// looked at again once a neighbour of it has moved; at first those are that have another place than in `known`,
    /// which was sifted before or is empty. Vertices for which `still` holds are passed by others but do not move
    /// themselves. Where `drifts`, orders that cross as little are not kept as they are.
    pub fn sift(
        &mut self,
        layered: &Layered,
        order: &mut Order,
        known: &Order,
        still: &[bool],
        drifts: bool,
        n_steps: &mut u64,
    ) -> u64 {
        let n_ranks = order.n_ranks();
        let n_elements = layered.n_vertices() + layered.down.n_items();
        let mut budget = MAX_STEPS.min(STEPS_PER_ELEMENT * n_elements as u64);
        let full_budget = budget;
        self.restless.clear();
        self.restless.extend(
            order.places.iter().enumerate().map(|(v, place)| known.places.get(v) != Some(place)),
        );
        let mut n_gone = 0;
        for pass in 0..MAX_PASSES {
            self.drifts = drifts && pass < DRIFTING_PASSES;
            for i in 0..n_ranks {
                let rank = if pass % 2 == 0 { i } else { n_ranks - 1 - i };
                if order.rank(rank).iter().any(|&vertex| self.restless[vertex as usize]) {
                    n_gone += self.sift_rank(rank, layered, order, still, &mut budget);
                }
            }
            if budget == 0 || !self.restless.contains(&true) {
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
        let n_before = self.file(rank, layered, order);
        let mut n_gone = 0;
        let mut moved = false;
        for name in 0..self.vertices.len() {
            if *budget == 0 {
                break;
            }
            let vertex = self.vertices[name];
            let was_restless = std::mem::replace(&mut self.restless[vertex as usize], false);
            if !was_restless || still.get(vertex as usize).is_some_and(|&still| still) {
                continue;
            }
            let place = self.seats[name] as usize;
            let (gain, target) = self.best_place(name, n_before, budget);
            if target == place {
                continue;
            }
            n_gone += gain;
            moved = true;
            for &other in layered.up.row(vertex).iter().chain(layered.down.row(vertex)) {
                self.restless[other as usize] = true;
            }
            let passed = place.min(target)..place.max(target) + 1;
            if target < place {
                self.row[passed.clone()].rotate_right(1);
            } else {
                self.row[passed.clone()].rotate_left(1);
            }
            for at in passed {
                self.seats[self.row[at].name as usize] = at as u32;
            }
        }
        if moved {
            let span = order.span(rank);
            for ((place, slot), seated) in (0..).zip(&mut order.vertices[span]).zip(&self.row) {
                *slot = self.vertices[seated.name as usize];
                order.places[*slot as usize] = place;
            }
        }
        n_gone
    }

    /// Takes a rank in; how many vertices the rank before has. Ends ascend without a comparison: the other ranks are
    /// walked in their order.
    fn file(&mut self, rank: usize, layered: &Layered, order: &Order) -> usize {
        let before = rank.checked_sub(1).map_or(&[][..], |before| order.rank(before));
        let after = if rank + 1 < order.n_ranks() { order.rank(rank + 1) } else { &[] };
        self.vertices.clear();
        self.vertices.extend_from_slice(order.rank(rank));
        self.row.clear();
        self.seats.clear();
        let mut n_ends = 0;
        for (name, &vertex) in (0..).zip(&self.vertices) {
            let first = n_ends;
            n_ends += (layered.up.row(vertex).len() + layered.down.row(vertex).len()) as u32;
            self.row.push(Seated { name, first, end: n_ends });
            self.seats.push(first);
        }
        self.ends.resize(n_ends as usize, 0);
        let back = [(before, &layered.down), (after, &layered.up)];
        let mut end = 0;
        for (others, side) in back {
            for &other in others {
                for &vertex in side.row(other) {
                    let next = &mut self.seats[order.places[vertex as usize] as usize];
                    self.ends[*next as usize] = end;
                    *next += 1;
                }
                end += 1;
            }
        }
        self.pull.resize(end as usize + 1, 0);
        self.seats.clear();
        self.seats.extend(0..self.row.len() as u32);
        before.len()
    }

    /// How many crossings a vertex can get rid of, and where.
    fn best_place(&mut self, name: usize, n_before: usize, budget: &mut u64) -> (u64, usize) {
        let place = self.seats[name] as usize;
        let own = self.row[place].of(&self.ends);
        let n_up = own.partition_point(|&end| (end as usize) < n_before);
        // Most vertices have one edge on a side: what it saves is told without a table.
        let is_plain = n_up <= 1 && own.len() - n_up <= 1;
        let side = |edge: Option<&u32>| edge.map_or((0, 0), |&end| (i64::from(end), 1_i64));
        let (up, down) = (side(own[..n_up].first()), side(own[n_up..].first()));
        if !is_plain {
            set_pull(&mut self.pull, own, n_before);
        }
        let mut best = (0_i64, place);
        let mut n_touched = own.len() + self.pull.len() / 8;
        let hopeless = -HOPELESS * i64::from(1 + own.len() as u32);
        let n_after = self.row.len() - 1 - place;
        for (ahead, n_places) in [(false, place), (true, n_after)] {
            let mut gain = 0;
            for step in 1..=n_places.min(WINDOW) {
                let at = if ahead { place + step } else { place - step };
                let ends = self.row[at].of(&self.ends);
                let saved: i64 = if is_plain {
                    let of = |&end: &u32| {
                        let (own_end, n) = if (end as usize) < n_before { up } else { down };
                        (own_end - i64::from(end)).signum() * n
                    };
                    ends.iter().map(of).sum()
                } else {
                    ends.iter().map(|&end| i64::from(self.pull[end as usize])).sum()
                };
                gain += if ahead { saved } else { -saved };
                n_touched += 1 + ends.len();
                if gain > best.0 || (self.drifts && gain == 0 && best.0 == 0) {
                    best = (gain, at);
                } else if gain < hopeless {
                    break;
                }
            }
        }
        *budget = budget.saturating_sub(n_touched as u64);
        (best.0.unsigned_abs(), best.1)
    }
}

/// Sets what an edge of another vertex saves that comes after one with these ends, by where it ends: as many as end
/// behind it on its side, less those before it.
fn set_pull(pull: &mut [i32], ends: &[u32], n_before: usize) {
    pull.fill(0);
    let mut n_up = 0;
    for &end in ends {
        n_up += i32::from((end as usize) < n_before);
        pull[end as usize] -= 1;
        pull[end as usize + 1] -= 1;
        pull[n_before] += 1;
    }
    pull[0] += n_up;
    let mut sum = 0;
    for value in pull {
        sum += *value;
        *value = sum;
    }
}
