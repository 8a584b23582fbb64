//! Between scene pixels (x, y) and pixels (along, across) the ranks.

use super::geometry::Point;
use super::request::Orientation;

/// A point, or an extent, as pixels (along, across) the ranks.
pub type Spot = [f64; 2];

/// From (x, y) to (along, across), and back: the same swap.
pub fn turn<T>(orientation: Orientation, [a, b]: [T; 2]) -> [T; 2] {
    match orientation {
        Orientation::LeftRight => [a, b],
        Orientation::TopBottom => [b, a],
    }
}

/// A spot as seen from `origin`, in scene pixels.
pub fn to_scene(orientation: Orientation, spot: Spot, origin: Spot) -> Point {
    let [x, y] = turn(orientation, [spot[0] - origin[0], spot[1] - origin[1]]);
    Point { x: x as f32, y: y as f32 }
}
