//! The vertices of a layered graph rank by rank, in order. Decides nothing.

use super::p3_dummies::Layered;

/// The vertices rank by rank.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// Rank -> its first place in `vertices`; one more at the end.
    starts: Vec<u32>,
    /// All vertices, rank after rank, each rank in its order.
    pub(super) vertices: Vec<u32>,
    /// Vertex -> its place within its rank.
    pub(super) places: Vec<u32>,
}

impl Order {
    /// Puts each vertex behind those of its rank that came before it in the sequence of all vertices.
    pub fn new(layered: &Layered, sequence: &[u32]) -> Self {
        let mut starts = vec![0_u32; layered.n_ranks() + 1];
        for &rank in &layered.ranks {
            starts[rank as usize + 1] += 1;
        }
        for rank in 1..starts.len() {
            starts[rank] += starts[rank - 1];
        }
        let mut next = starts.clone();
        let mut vertices = vec![0; sequence.len()];
        let mut places = vec![0; sequence.len()];
        for &vertex in sequence {
            let rank = layered.ranks[vertex as usize] as usize;
            vertices[next[rank] as usize] = vertex;
            places[vertex as usize] = next[rank] - starts[rank];
            next[rank] += 1;
        }
        Self { starts, vertices, places }
    }

    /// How many ranks there are.
    pub fn n_ranks(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The vertices of a rank in their order.
    pub fn rank(&self, rank: usize) -> &[u32] {
        &self.vertices[self.span(rank)]
    }

    /// The place of a vertex within its rank.
    #[inline(always)]
    pub fn place(&self, vertex: u32) -> u32 {
        self.places[vertex as usize]
    }

    pub(super) fn span(&self, rank: usize) -> std::ops::Range<usize> {
        self.starts[rank] as usize..self.starts[rank + 1] as usize
    }
}
