//! Routes on their way to the scene: filed by edge, turned around where the edge was, self loops added.

use super::axes::{Spot, to_scene};
use super::geometry::{Cubic, Routes};
use super::p6_routes::Ways;
use super::request::Orientation;

/// Routes in the order in which they were drawn, as pixels along and across the ranks.
#[derive(Default)]
pub struct RawRoutes {
    /// Edge -> its start.
    starts: Vec<Spot>,
    /// Edge -> its pieces: the first, and the one after the last.
    spans: Vec<(u32, u32)>,
    pieces: Vec<[Spot; 3]>,
}

impl RawRoutes {
    /// No edge has a route yet.
    pub fn new(n_edges: usize) -> Self {
        let (starts, spans) = (vec![Spot::default(); n_edges], vec![(0, 0); n_edges]);
        Self { starts, spans, pieces: Vec::new() }
    }

    /// Files the routes of a part under the ids of its edges.
    pub fn file(&mut self, edges: &[u32], ways: &Ways) {
        let n_before = self.pieces.len() as u32;
        let spans = ways.first_piece.windows(2);
        for ((&edge, &start), span) in edges.iter().zip(&ways.starts).zip(spans) {
            self.starts[edge as usize] = start;
            self.spans[edge as usize] = (n_before + span[0], n_before + span[1]);
        }
        self.pieces.extend_from_slice(&ways.pieces);
    }

    /// Makes a route run the other way.
    pub fn turn_around(&mut self, edge: u32) {
        let (first, end) = self.spans[edge as usize];
        let pieces = &mut self.pieces[first as usize..end as usize];
        let start = &mut self.starts[edge as usize];
        for piece in pieces.iter_mut() {
            std::mem::swap(&mut piece[2], start);
            piece.swap(0, 1);
        }
        pieces.reverse();
    }

    /// Draws a self loop beside a card, the `nth` there: a bulge at the far end of the side where edges leave.
    pub fn add_loop(&mut self, edge: usize, nth: u16, middle: Spot, half: Spot, rank_gap: f64) {
        let bulge = (8.0 + 5.0 * f64::from(nth)).min(0.4 * rank_gap);
        let side = middle[0] + half[0];
        let (start, end) = (middle[1] + half[1] * 0.5, middle[1] + half[1] * 0.9);
        // A cubic reaches three quarters of the way to control points side by side.
        let far = side + bulge * 4.0 / 3.0;
        let first = self.pieces.len() as u32;
        self.starts[edge] = [side, start];
        self.spans[edge] = (first, first + 1);
        self.pieces.push([[far, start], [far, end], [side, end]]);
    }

    /// Where the pieces of a route end.
    pub fn stops(&self, edge: u32) -> impl Iterator<Item = Spot> {
        let (first, end) = self.spans[edge as usize];
        self.pieces[first as usize..end as usize].iter().map(|piece| piece[2])
    }

    /// All routes in the order of the edges. Edge -> what becomes (0, 0) of its route.
    pub fn to_scene(&self, orientation: Orientation, origins: &[Spot]) -> Routes {
        let mut routes = Routes { first_piece: vec![0], ..Routes::default() };
        routes.pieces.reserve_exact(self.pieces.len());
        for ((&start, &(first, end)), &origin) in self.starts.iter().zip(&self.spans).zip(origins) {
            routes.starts.push(to_scene(orientation, start, origin));
            for piece in &self.pieces[first as usize..end as usize] {
                let [control_1, control_2, end] =
                    piece.map(|spot| to_scene(orientation, spot, origin));
                routes.pieces.push(Cubic { control_1, control_2, end });
            }
            routes.first_piece.push(routes.pieces.len() as u32);
        }
        routes
    }
}
