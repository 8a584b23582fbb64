//! Phase 5: gives every vertex its place across the ranks. Never changes the order within a rank.
//!
//! Each rank in turn is put where its neighbours pull it: the least squares problem with the order and the gaps as
//! constraints is an isotonic regression, solved exactly by pooling adjacent violators (Ayer et al. 1955) in
//! linear time. As constraints never couple two ranks, the sweeps converge to the optimum of the whole.
//! At equal width this gives far shorter edges than aligning blocks (Brandes and Köpf 2001).

use super::order::Order;
use super::p3_dummies::Layered;
use super::p5_straighten;

/// Sweeps after the first placement; later ones hardly move anything.
const N_SWEEPS: usize = 20;

/// In the first sweeps an edge pulls the harder the longer it is, in the others only up to this many pixels and
/// then evenly (squares become absolute values, by reweighting): long edges no longer drag cards off their line.
const N_SQUARE_SWEEPS: usize = 12;
const SLACK_LENGTH: f64 = 160.0;

/// How hard a node holds on to where it was, against the pull of one edge.
const ANCHOR_WEIGHT: f64 = 12.0;

/// How hard an edge pulls, by whether its ends are dummies. Long edges bend reluctantly: the weights of Gansner et
/// al. (1993).
const STRENGTHS: [[f64; 2]; 2] = [[1.0, 2.0], [2.0, 8.0]];

/// How near vertices of one rank may be, in pixels.
#[derive(Clone, Debug, Default)]
pub struct Spacing {
    /// Node -> half its extent across the ranks. Dummies have none.
    pub half_extents: Vec<f64>,
    /// Between two nodes.
    pub node_gap: f64,
    /// Between two dummies, and between a dummy and a node if half the node gap is less.
    pub edge_gap: f64,
}

impl Spacing {
    /// From middle to middle of two neighbours in a rank.
    pub fn between(&self, a: u32, b: u32) -> f64 {
        let half = |v: u32| self.half_extents.get(v as usize).copied();
        match (half(a), half(b)) {
            (Some(a), Some(b)) => a + b + self.node_gap,
            (None, None) => self.edge_gap,
            // Two nodes with a dummy between them must not come nearer than two without.
            (a, b) => a.or(b).unwrap_or(0.0) + self.edge_gap.max(self.node_gap / 2.0),
        }
    }
}

/// Vertex -> the middle of its place across the ranks, in pixels.
///
/// `anchors`, node -> where it was, may be empty.
pub fn place(
    layered: &Layered,
    order: &Order,
    spacing: &Spacing,
    anchors: &[Option<f64>],
    n_steps: &mut u64,
) -> Vec<f64> {
    let mut relaxer = Relaxer::new(layered, order, spacing, anchors);
    relaxer.unfold();
    let n_ranks = order.n_ranks();
    for sweep in 0..N_SWEEPS {
        relaxer.slack_length = if sweep < N_SQUARE_SWEEPS { f64::INFINITY } else { SLACK_LENGTH };
        for i in 0..n_ranks {
            let rank = if sweep % 2 == 0 { i } else { n_ranks - 1 - i };
            relaxer.relax(rank, Pull::Both);
        }
    }
    let n_elements = layered.n_vertices() + layered.down.n_items();
    *n_steps += (n_elements * (N_SWEEPS + 2)) as u64;
    let mut places = relaxer.places;
    p5_straighten::straighten(layered, order, spacing, &mut places);
    places
}

/// Which neighbours pull.
#[derive(Clone, Copy, PartialEq)]
enum Pull {
    Before,
    After,
    Both,
}

/// Vertices that touch each other and move as one.
struct Pool {
    /// Where they want to be, less the room that those before them in the rank need.
    place: f64,
    weight: f64,
    n_members: u32,
}

struct Relaxer<'a> {
    layered: &'a Layered,
    order: &'a Order,
    anchors: &'a [Option<f64>],
    /// Edges longer than this pull no harder than edges of this length.
    slack_length: f64,
    /// Vertex -> its place.
    places: Vec<f64>,
    pools: Vec<Pool>,
    /// Beside `Order::vertices`: the least distance to the first of the rank.
    offsets: Vec<f64>,
}

impl<'a> Relaxer<'a> {
    fn new(
        layered: &'a Layered,
        order: &'a Order,
        spacing: &'a Spacing,
        anchors: &'a [Option<f64>],
    ) -> Self {
        let places = vec![0.0; layered.n_vertices()];
        let offsets = offsets(order, spacing);
        Self {
            layered,
            order,
            anchors,
            slack_length: f64::INFINITY,
            places,
            pools: Vec::new(),
            offsets,
        }
    }

    /// Packs the widest rank and unfolds the others from there on, so that narrow ranks spread over it.
    fn unfold(&mut self) {
        let n_ranks = self.order.n_ranks();
        let width =
            |rank: usize| self.offsets[self.order.span(rank)].last().copied().unwrap_or(0.0);
        let widest = (0..n_ranks).max_by(|&a, &b| width(a).total_cmp(&width(b)).then(b.cmp(&a)));
        let Some(widest) = widest else { return };
        let half = width(widest) / 2.0;
        let offsets = &self.offsets[self.order.span(widest)];
        for (&vertex, offset) in self.order.rank(widest).iter().zip(offsets) {
            self.places[vertex as usize] = offset - half;
        }
        for rank in (0..widest).rev() {
            self.relax(rank, Pull::After);
        }
        for rank in widest + 1..n_ranks {
            self.relax(rank, Pull::Before);
        }
    }

    /// Puts the vertices of a rank where the squares of their distances to their neighbours are least in sum.
    fn relax(&mut self, rank: usize, pull: Pull) {
        let (row, offsets) = (self.order.rank(rank), &self.offsets[self.order.span(rank)]);
        self.pools.clear();
        for (&vertex, offset) in row.iter().zip(offsets) {
            let (wish, weight) = self.wish(vertex, pull);
            let mut pool = Pool { place: wish - offset, weight, n_members: 1 };
            while let Some(last) = self.pools.pop_if(|last| last.place >= pool.place) {
                let weight = last.weight + pool.weight;
                let place = (last.place * last.weight + pool.place * pool.weight) / weight;
                pool = Pool { place, weight, n_members: last.n_members + pool.n_members };
            }
            self.pools.push(pool);
        }
        let mut row = row.iter().zip(offsets);
        for pool in &self.pools {
            for (&vertex, offset) in row.by_ref().take(pool.n_members as usize) {
                self.places[vertex as usize] = pool.place + offset;
            }
        }
    }

    /// Where the neighbours of a vertex pull it, and how hard.
    fn wish(&self, vertex: u32, pull: Pull) -> (f64, f64) {
        let (mut sum, mut weight) = (0.0, 0.0);
        // A vertex without neighbours on the side that pulls stays with those of the other side.
        let before = (&self.layered.up, pull != Pull::After);
        let after = (&self.layered.down, pull != Pull::Before);
        let strengths = STRENGTHS[usize::from(self.layered.is_dummy(vertex))];
        let here = self.places[vertex as usize];
        for (side, pulls) in [before, after] {
            for &other in if pulls { side.row(vertex) } else { &[] } {
                let there = self.places[other as usize];
                let length = (here - there).abs();
                let mut strength = strengths[usize::from(self.layered.is_dummy(other))];
                if length > self.slack_length {
                    strength = strength * self.slack_length / length;
                }
                sum += there * strength;
                weight += strength;
            }
        }
        if let Some(Some(anchor)) = self.anchors.get(vertex as usize) {
            sum += anchor * ANCHOR_WEIGHT;
            weight += ANCHOR_WEIGHT;
        }
        if weight > 0.0 { (sum / weight, weight) } else { (here, 1e-3) }
    }
}

fn offsets(order: &Order, spacing: &Spacing) -> Vec<f64> {
    let mut offsets = Vec::with_capacity(order.vertices.len());
    for rank in 0..order.n_ranks() {
        let (mut offset, mut before) = (0.0, None);
        for &vertex in order.rank(rank) {
            offset += before.map_or(0.0, |before| spacing.between(before, vertex));
            offsets.push(offset);
            before = Some(vertex);
        }
    }
    offsets
}
