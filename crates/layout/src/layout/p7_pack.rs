//! Phase 7: puts the connected parts side by side, on shelves. Never looks inside a part.

use crate::order::sorted_rows;

/// The box of a part, in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PartBox {
    /// From left to right.
    pub width: f64,
    /// From top to bottom.
    pub height: f64,
    /// How many nodes are in it.
    pub n_nodes: u32,
}

/// Wished width of the whole, as a multiple of its height.
const ASPECT: f64 = 1.6;

/// Part -> the left top of its box. Larger parts come first; no two boxes are nearer than `gap`.
pub fn pack(boxes: &[PartBox], gap: f64) -> Vec<(f64, f64)> {
    let area: f64 = boxes.iter().map(|b| (b.width + gap) * (b.height + gap)).sum();
    let widest = boxes.iter().map(|b| b.width).fold(0.0, f64::max);
    let limit = widest.max((area * ASPECT).sqrt());
    let n_nodes = |part: u32| boxes[part as usize].n_nodes;
    let by_size = sorted_rows(boxes.len(), &|a, b| n_nodes(b).cmp(&n_nodes(a)));
    let mut corners = vec![(0.0, 0.0); boxes.len()];
    let (mut left, mut top, mut shelf_height) = (0.0, 0.0, 0.0_f64);
    for part in by_size.into_iter().map(|part| part as usize) {
        let PartBox { width, height, .. } = boxes[part];
        if left > 0.0 && left + width > limit {
            (left, top, shelf_height) = (0.0, top + shelf_height + gap, 0.0);
        }
        corners[part] = (left, top);
        left += width + gap;
        shelf_height = shelf_height.max(height);
    }
    corners
}
