//! Phase 3: cuts edges that pass ranks into pieces with a dummy on each rank passed. Knows no geometry.
//!
//! The number of dummies is bounded: the longest edges beyond the bound are bypassed, that is left out here
//! and led around the outside when routes are drawn.

use super::csr::Csr;
use super::p0_parts::Links;
use crate::order::sorted_rows;

/// Dummies allowed for each node and edge. Random graphs need 1 to 3; the bound is for hostile ones.
const DUMMIES_PER_ELEMENT: usize = 6;

/// Small graphs may always have so many.
const FEW_DUMMIES: usize = 4_096;

/// A graph whose edges all go from one rank to the next. Vertices are the nodes, then the dummies.
#[derive(Clone, Debug, Default)]
pub struct Layered {
    /// Vertices below this are nodes, the rest are dummies.
    pub n_nodes: usize,
    /// Vertex -> its rank.
    pub ranks: Vec<u32>,
    /// Vertex -> the vertices it touches one rank before.
    pub up: Csr,
    /// Vertex -> the vertices it touches one rank after.
    pub down: Csr,
    /// Link -> its first dummy; one more at the end. A link's dummies follow each other, rank by rank.
    pub first_dummy: Vec<u32>,
    /// Link -> whether it is left out here.
    pub bypassed: Vec<bool>,
}

impl Layered {
    /// Nodes and dummies.
    pub fn n_vertices(&self) -> usize {
        self.ranks.len()
    }

    /// How many ranks there are.
    pub fn n_ranks(&self) -> usize {
        self.ranks.iter().max().map_or(0, |&last| last as usize + 1)
    }

    /// Whether a vertex is a piece of an edge.
    pub fn is_dummy(&self, vertex: u32) -> bool {
        vertex as usize >= self.n_nodes
    }

    /// The dummies of a link, rank by rank.
    pub fn dummies(&self, link: usize) -> std::ops::Range<u32> {
        self.first_dummy[link]..self.first_dummy[link + 1]
    }
}

/// Splits the links of a ranked graph. Every link goes from a smaller to a larger rank.
pub fn split(ranks: Vec<u32>, links: &Links, n_steps: &mut u64) -> Layered {
    let n_nodes = ranks.len();
    let span = |(from, to): (u32, u32)| (ranks[to as usize] - ranks[from as usize]) as usize - 1;
    let spans: Vec<usize> = links.iter().map(span).collect();
    let bypassed = too_long(&spans, FEW_DUMMIES + DUMMIES_PER_ELEMENT * (n_nodes + links.len()));
    let mut first_dummy = vec![n_nodes as u32];
    let mut all_ranks = ranks;
    for (link, (from, _)) in links.iter().enumerate() {
        let first = all_ranks[from as usize] + 1;
        let n_dummies = if bypassed[link] { 0 } else { spans[link] as u32 };
        all_ranks.extend(first..first + n_dummies);
        first_dummy.push(all_ranks.len() as u32);
    }
    *n_steps += (all_ranks.len() + links.len()) as u64;
    let segments: Vec<(u32, u32)> = (0..links.len())
        .filter(|&link| !bypassed[link])
        .flat_map(|link| {
            let dummies = first_dummy[link]..first_dummy[link + 1];
            let starts = std::iter::once(links.from[link]).chain(dummies.clone());
            starts.zip(dummies.chain(std::iter::once(links.to[link])))
        })
        .collect();
    let down = Csr::new(all_ranks.len(), segments.iter().copied());
    let up = Csr::new(all_ranks.len(), segments.iter().map(|&(above, below)| (below, above)));
    Layered { n_nodes, ranks: all_ranks, up, down, first_dummy, bypassed }
}

/// Link -> whether it is among the longest, which do not fit into so many dummies.
fn too_long(spans: &[usize], n_allowed: usize) -> Vec<bool> {
    if spans.iter().sum::<usize>() <= n_allowed {
        return vec![false; spans.len()];
    }
    let span = |link: u32| spans[link as usize];
    let by_length = sorted_rows(spans.len(), &|a, b| span(a).cmp(&span(b)));
    let mut bypassed = vec![false; spans.len()];
    let mut n_dummies = 0_usize;
    for link in by_length {
        n_dummies = n_dummies.saturating_add(span(link));
        bypassed[link as usize] = n_dummies > n_allowed;
    }
    bypassed
}
