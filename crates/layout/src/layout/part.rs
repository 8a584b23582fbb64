//! Lays out one connected part: runs the phases 1 to 6 in turn. Knows neither orientation nor other parts.

use super::berths::Berths;
use super::p0_parts::Links;
use super::p1_cycles;
use super::p2_ranks;
use super::p3_dummies;
use super::p4_order;
use super::p5_coordinates::{self, Spacing};
use super::p6_routes::{self, Placed, Ways};

/// A connected part, its nodes and links numbered from 0.
pub struct Part {
    pub links: Links,
    /// Sizes across the ranks, and gaps.
    pub spacing: Spacing,
    /// Node -> half its extent along the ranks.
    pub half_depths: Vec<f64>,
    pub rank_gap: f64,
    /// Node -> where it was across the ranks. Empty if there was nothing before.
    pub anchors: Vec<Option<f64>>,
    /// Link -> which parts of its nodes' sides it ends at.
    pub berths: Berths,
}

/// A part with everything in its place, in pixels along and across the ranks.
#[derive(Default)]
pub struct DrawnPart {
    /// Node -> its rank.
    pub ranks: Vec<u32>,
    /// Node -> its middle, along and across.
    pub centers: Vec<[f64; 2]>,
    /// The routes, forward even for reversed links.
    pub ways: Ways,
    /// The links drawn against their direction, ascending.
    pub reversed: Vec<u32>,
    pub n_crossings: u64,
    pub n_bypassed: u32,
}

/// Runs the phases.
pub fn draw(mut part: Part, n_steps: &mut u64) -> DrawnPart {
    let n_nodes = part.half_depths.len();
    let reversed = p1_cycles::break_cycles(n_nodes, &mut part.links, n_steps);
    for &link in &reversed {
        part.berths.turn_around(link);
    }
    let ranks = p2_ranks::assign(n_nodes, &part.links, n_steps);
    let layered = p3_dummies::split(ranks, &part.links, n_steps);
    let (order, n_crossings) = p4_order::arrange(&layered, &part.anchors, n_steps);
    let places = p5_coordinates::place(&layered, &order, &part.spacing, &part.anchors, n_steps);
    let columns = columns(&layered.ranks[..n_nodes], &part.half_depths, part.rank_gap);
    let ways = p6_routes::draw(&Placed {
        layered: &layered,
        links: &part.links,
        places: &places,
        spacing: &part.spacing,
        columns: &columns,
        half_depths: &part.half_depths,
        berths: &part.berths,
    });
    *n_steps += ways.pieces.len() as u64;
    let along = |rank: u32| f64::midpoint(columns[rank as usize].0, columns[rank as usize].1);
    DrawnPart {
        centers: (0..n_nodes).map(|v| [along(layered.ranks[v]), places[v]]).collect(),
        ranks: layered.ranks[..n_nodes].to_vec(),
        ways,
        reversed,
        n_crossings,
        n_bypassed: layered.bypassed.iter().filter(|&&bypassed| bypassed).count() as u32,
    }
}

/// Rank -> where it starts and ends along the ranks: as deep as its deepest node.
fn columns(ranks: &[u32], half_depths: &[f64], gap: f64) -> Vec<(f64, f64)> {
    let n_ranks = ranks.iter().max().map_or(0, |&last| last as usize + 1);
    let mut columns = vec![(0.0, 0.0); n_ranks];
    for (&rank, &half) in ranks.iter().zip(half_depths) {
        let depth: &mut f64 = &mut columns[rank as usize].1;
        *depth = depth.max(2.0 * half);
    }
    let mut start = 0.0;
    for column in &mut columns {
        *column = (start, start + column.1);
        start = column.1 + gap;
    }
    columns
}
