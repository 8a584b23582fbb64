//! Phase 6: draws every edge as a smooth curve that touches no card but its own two.
//!
//! A route runs straight along its rank wherever there are cards beside it, at a place kept free by the phases
//! before, and bends only in the gaps between ranks, where there is no card. A Bézier curve never leaves the hull of
//! its control points, so this holds for every point of it.

use super::axes::Spot;
use super::berths::{Berths, Stretch, middle};
use super::csr::Csr;
use super::p0_parts::Links;
use super::p3_dummies::Layered;
use super::p5_coordinates::Spacing;
use crate::order::sort_rows;

/// Bends of less than so many pixels are not drawn.
const FLAT: f64 = 0.05;

/// Bypassed edges share so many lanes on each side.
const N_LANES: usize = 24;

/// A connected part with everything placed.
pub struct Placed<'a> {
    /// The part cut into ranks.
    pub layered: &'a Layered,
    /// Its edges, all forward.
    pub links: &'a Links,
    /// Vertex -> its middle across the ranks.
    pub places: &'a [f64],
    /// Sizes across the ranks, and gaps.
    pub spacing: &'a Spacing,
    /// Rank -> where it starts and ends, along the ranks.
    pub columns: &'a [(f64, f64)],
    /// Node -> half its extent along the ranks.
    pub half_depths: &'a [f64],
    /// Link -> which parts of its nodes' sides it ends at.
    pub berths: &'a Berths,
}

/// The routes of a part's links, flat and all forward.
#[derive(Debug, Default)]
pub struct Ways {
    /// Link -> its start.
    pub starts: Vec<Spot>,
    /// Link -> its first piece; one more at the end.
    pub first_piece: Vec<u32>,
    /// Both control points and the end of each piece.
    pub pieces: Vec<[Spot; 3]>,
}

/// Draws all links of a part.
pub fn draw(placed: &Placed) -> Ways {
    let lanes = lanes(placed);
    let (leaving, entering) = placed.links.by_node(placed.layered.n_nodes);
    let first_stop = |link: u32| match placed.layered.dummies(link as usize) {
        _ if placed.layered.bypassed[link as usize] => lanes[link as usize],
        dummies if dummies.is_empty() => placed.places[placed.links.to[link as usize] as usize],
        dummies => placed.places[dummies.start as usize],
    };
    let last_stop = |link: u32| match placed.layered.dummies(link as usize) {
        _ if placed.layered.bypassed[link as usize] => lanes[link as usize],
        dummies if dummies.is_empty() => placed.places[placed.links.from[link as usize] as usize],
        dummies => placed.places[dummies.end as usize - 1],
    };
    let exits = ports(placed, &leaving, &placed.berths.leaving, first_stop);
    let entries = ports(placed, &entering, &placed.berths.entering, last_stop);
    let mut ways = Ways { first_piece: vec![0], ..Ways::default() };
    for link in 0..placed.links.len() {
        ways.draw_link(placed, link, exits[link], entries[link], lanes[link]);
    }
    ways
}

/// Link -> where it leaves (or enters) its node across the ranks: spread over the side, or over its berth there,
/// in the order of `stop`.
fn ports(
    placed: &Placed,
    side: &Csr,
    berths: &[Option<Stretch>],
    stop: impl Fn(u32) -> f64,
) -> Vec<f64> {
    let mut ports = vec![0.0; placed.links.len()];
    let stops: Vec<f64> = (0..placed.links.len() as u32).map(stop).collect();
    let stop = |link: u32| stops[link as usize];
    let berth = |link: u32| berths.get(link as usize).copied().flatten();
    let berth_middle = |link: u32| berth(link).map_or(0.0, middle);
    let by_berth = |a: u32, b: u32| berth_middle(a).total_cmp(&berth_middle(b));
    let by_stop = |a: u32, b: u32| stop(a).total_cmp(&stop(b)).then(a.cmp(&b));
    let mut sorted: Vec<u32> = Vec::new();
    for node in 0..side.n_rows() as u32 {
        sorted.clear();
        sorted.extend_from_slice(side.row(node));
        sort_rows(&mut sorted, &|a, b| by_berth(a, b).then_with(|| by_stop(a, b)));
        let half = placed.spacing.half_extents[node as usize];
        let free = half - (half / 4.0).min(8.0);
        for shared in sorted.chunk_by(|&a, &b| berth(a) == berth(b)) {
            let [low, high] = berth(shared[0]).unwrap_or([-free, free]);
            let n_gaps = shared.len().saturating_sub(1);
            let gap = placed.spacing.edge_gap.min((high - low) / n_gaps.max(1) as f64);
            let place = placed.places[node as usize] + middle([low, high]);
            let first = place - gap * n_gaps as f64 / 2.0;
            for (i, &link) in shared.iter().enumerate() {
                ports[link as usize] = first + gap * i as f64;
            }
        }
    }
    ports
}

/// Link -> the lane beside all cards that it takes if it is bypassed, on the nearer side.
fn lanes(placed: &Placed) -> Vec<f64> {
    let mut lanes = vec![0.0; placed.links.len()];
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for (v, &place) in placed.places.iter().enumerate() {
        let half = placed.spacing.half_extents.get(v).copied().unwrap_or(0.0);
        (low, high) = (low.min(place - half), high.max(place + half));
    }
    let mut n_taken = [0_usize; 2];
    for (link, (from, to)) in placed.links.iter().enumerate() {
        if placed.layered.bypassed[link] {
            let middle = f64::midpoint(placed.places[from as usize], placed.places[to as usize]);
            let side = usize::from(middle > f64::midpoint(low, high));
            let distance = placed.spacing.edge_gap * (1 + n_taken[side] % N_LANES) as f64;
            lanes[link] = if side == 0 { low - distance } else { high + distance };
            n_taken[side] += 1;
        }
    }
    lanes
}

impl Ways {
    fn draw_link(&mut self, placed: &Placed, link: usize, exit: f64, entry: f64, lane: f64) {
        let (from, to) = (placed.links.from[link] as usize, placed.links.to[link] as usize);
        let (first, last) =
            (placed.layered.ranks[from] as usize, placed.layered.ranks[to] as usize);
        let middle = |rank: usize| f64::midpoint(placed.columns[rank].0, placed.columns[rank].1);
        let start = [middle(first) + placed.half_depths[from], exit];
        let end = [middle(last) - placed.half_depths[to], entry];
        self.starts.push(start);
        let mut pen = start;
        if placed.layered.bypassed[link] {
            self.bend(&mut pen, placed.columns[first].1, placed.columns[first + 1].0, lane);
        } else {
            for (rank, dummy) in (first..).zip(placed.layered.dummies(link)) {
                let place = placed.places[dummy as usize];
                self.bend(&mut pen, placed.columns[rank].1, placed.columns[rank + 1].0, place);
            }
        }
        self.bend(&mut pen, placed.columns[last - 1].1, placed.columns[last].0, entry);
        if pen[0] < end[0] || self.pieces.len() == self.first_piece[link] as usize {
            self.line(&mut pen, end);
        }
        self.first_piece.push(self.pieces.len() as u32);
    }

    /// Goes straight on to the gap between two ranks and bends within it; not at all if there is nothing to bend.
    fn bend(&mut self, pen: &mut Spot, gap_start: f64, gap_end: f64, across: f64) {
        if (pen[1] - across).abs() < FLAT {
            return;
        }
        if gap_start > pen[0] {
            let gap = [gap_start, pen[1]];
            self.line(pen, gap);
        }
        let middle = f64::midpoint(gap_start, gap_end);
        let end = [gap_end, across];
        self.pieces.push([[middle, pen[1]], [middle, across], end]);
        *pen = end;
    }

    fn line(&mut self, pen: &mut Spot, end: Spot) {
        let at = |t: f64| [pen[0] + (end[0] - pen[0]) * t, pen[1] + (end[1] - pen[1]) * t];
        self.pieces.push([at(1.0 / 3.0), at(2.0 / 3.0), end]);
        *pen = end;
    }
}
