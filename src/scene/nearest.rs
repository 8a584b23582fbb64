//! The card that an arrow key leads to.
use crate::layout::Point;
use crate::scene::Scene;

/// An arrow key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// ←
    Left,
    /// →
    Right,
    /// ↑
    Up,
    /// ↓
    Down,
}

/// The card nearest to the card `from` in that direction, if there is one: the smallest sum of
/// the way along it and twice the way across.
pub fn nearest(scene: &Scene, from: usize, direction: Direction) -> Option<usize> {
    let start = middle(scene, from)?;
    let cost = |to: usize| {
        let end = middle(scene, to)?;
        let (dx, dy) = (end.x - start.x, end.y - start.y);
        let (along, across) = match direction {
            Direction::Left => (-dx, dy.abs()),
            Direction::Right => (dx, dy.abs()),
            Direction::Up => (-dy, dx.abs()),
            Direction::Down => (dy, dx.abs()),
        };
        (along > 1.0).then_some(along + 2.0 * across)
    };
    (0..scene.cards.len())
        .filter(|&to| to != from)
        .filter_map(|to| Some((cost(to)?, to)))
        .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))
        .map(|(_, to)| to)
}

fn middle(scene: &Scene, card: usize) -> Option<Point> {
    let (corner, card) = (scene.corners.get(card)?, scene.cards.get(card)?);
    Some(Point { x: corner.x + card.size.width / 2.0, y: corner.y + card.size.height / 2.0 })
}
