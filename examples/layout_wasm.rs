//! The layout alone, for the benches in a browser: numbers in, numbers out. No part of the page.
use js_sys::{Float32Array, Uint32Array};
use lineage::layout::{Gaps, Layout, LayoutEdge, LayoutRequest, Orientation, Size, layout};
use wasm_bindgen::prelude::*;

/// Points on each curve that are given away, both ends included.
const N_SAMPLES: u32 = 8;

/// Lays out from top to bottom.
///
/// `sizes` holds width and height of each node, `edges` both ends of each edge, as rows of `sizes`.
#[wasm_bindgen]
pub fn lay_out(sizes: &[f32], edges: &[u32], rank_gap: f32, node_gap: f32) -> Drawn {
    let size = |pair: &[f32]| Size { width: pair[0], height: pair[1] };
    let edge = |pair: &[u32]| LayoutEdge { from: pair[0], to: pair[1] };
    let request = LayoutRequest {
        sizes: sizes.chunks_exact(2).map(size).collect(),
        edges: edges.chunks_exact(2).map(edge).collect(),
        orientation: Orientation::TopBottom,
        gaps: Gaps { rank: rank_gap, node: node_gap, ..Gaps::default() },
        ..LayoutRequest::default()
    };
    Drawn { layout: layout(&request) }
}

/// A layout, to be read when the clock has stopped.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Drawn {
    layout: Layout,
}

#[wasm_bindgen]
impl Drawn {
    /// The middle of each node: x, y.
    pub fn centers(&self) -> Float32Array {
        let numbers: Vec<f32> = self.layout.centers.iter().flat_map(|c| [c.x, c.y]).collect();
        Float32Array::from(&*numbers)
    }

    /// Of each edge, how many points of its route are in [`Drawn::points`].
    pub fn n_points(&self) -> Uint32Array {
        let routes = &self.layout.routes;
        let n_points = |edge| routes.get(edge).map_or(0, |r| r.samples(N_SAMPLES).count() as u32);
        let numbers: Vec<u32> = (0..routes.len()).map(n_points).collect();
        Uint32Array::from(&*numbers)
    }

    /// Points on the routes: x, y.
    pub fn points(&self) -> Float32Array {
        let mut numbers = Vec::new();
        for (_, route) in self.layout.routes.iter() {
            numbers.extend(route.samples(N_SAMPLES).flat_map(|point| [point.x, point.y]));
        }
        Float32Array::from(&*numbers)
    }
}
