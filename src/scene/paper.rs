//! A picture on a sheet of paper: how much its cards say there, and which part of the scene the sheet holds.
//! Pure arithmetic.
use crate::layout::Rect;
use crate::scene::Detail;

/// Of a sheet between its margins, in CSS pixels.
const WIDTH: f32 = 720.0;
/// Around a picture, in its own pixels: outlines are wider than what they are around.
const MARGIN: f32 = 4.0;

/// All of a picture with these `bounds`, as wide as the sheet, but no larger than it is.
pub fn on_paper(bounds: Rect) -> (Detail, Rect) {
    let width = (bounds.right - bounds.left).max(1.0);
    let spare = (WIDTH - width).max(0.0) / 2.0 + MARGIN;
    let sheet = Rect {
        left: bounds.left - spare,
        top: bounds.top - MARGIN,
        right: bounds.right + spare,
        bottom: bounds.bottom + MARGIN,
    };
    (Detail::on_paper((WIDTH / width).min(1.0)), sheet)
}
