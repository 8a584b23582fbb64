//! Cards, edges and captions → marks, in scene pixels. What a card says comes whole; what does not
//! fit is shortened here, and only here. Shape means kind.
mod card;
mod edge;
mod strip;

use crate::layout::Point;
use crate::scene::{Mark, Scene};

pub use card::{badge_at, card, count_width};

use edge::{caption, edge};

/// The curves of a picture, under the cards.
pub fn edges(scene: &Scene) -> Mark {
    let id = |row: u32| scene.cards.get(row as usize).map(|card| card.id.as_str());
    let marks = scene.edges.iter().filter_map(|mark| edge(mark, id(mark.from)?, id(mark.to)?));
    Mark::group("edges").children(marks)
}

/// The words over its parts.
pub fn captions(scene: &Scene) -> Mark {
    Mark::group("captions").with("aria-hidden", "true").children(scene.captions.iter().map(caption))
}

/// Where the card in a row stands: its upper left corner.
pub fn corner(scene: &Scene, row: usize) -> Point {
    scene.corners.get(row).copied().unwrap_or_default()
}
