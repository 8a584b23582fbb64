//! Fingers and mouse → pans and zooms. Pure: positions in, moves out.
use crate::layout::Point;

/// What a movement asks for, in pixels of the drawing area.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Move {
    /// The picture moves by this.
    pub pan: Point,
    /// And is scaled by this…
    pub factor: f32,
    /// …around this point.
    pub around: Point,
}

/// The pointers that are down. A press that stays within a few pixels is no drag.
#[derive(Clone, Debug, Default)]
pub struct Gestures {
    down: Vec<(i32, Point)>,
    start: Point,
    dragged: bool,
}

impl Gestures {
    /// A press that moves less than this is a click, in pixels.
    const SLACK: f32 = 4.0;

    /// A pointer came down.
    pub fn press(&mut self, id: i32, at: Point) {
        self.down.retain(|(other, _)| *other != id);
        if self.down.is_empty() {
            self.start = at;
            self.dragged = false;
        }
        self.down.push((id, at));
    }

    /// A pointer moved: what that asks for, if it is down and this is a drag.
    pub fn drag(&mut self, id: i32, at: Point) -> Option<Move> {
        let before = self.spread();
        let place = self.down.iter_mut().find(|(other, _)| *other == id)?;
        place.1 = at;
        self.dragged |= self.down.len() > 1 || distance(self.start, at) > Self::SLACK;
        let ((from, wide_before), (to, wide)) = (before, self.spread());
        let factor = if wide_before > 1.0 && wide > 1.0 { wide / wide_before } else { 1.0 };
        let pan = Point { x: to.x - from.x, y: to.y - from.y };
        self.dragged.then_some(Move { pan, factor, around: to })
    }

    /// A pointer went up or away.
    pub fn release(&mut self, id: i32) {
        self.down.retain(|(other, _)| *other != id);
    }

    /// Whether the press that just ended, or is going on, moved the picture.
    pub fn is_drag(&self) -> bool {
        self.dragged
    }

    /// The middle of the pointers and how far apart the first two are.
    fn spread(&self) -> (Point, f32) {
        match self.down.as_slice() {
            [] => (Point::default(), 0.0),
            [(_, only)] => (*only, 0.0),
            [(_, a), (_, b), ..] => {
                let middle = Point { x: f32::midpoint(a.x, b.x), y: f32::midpoint(a.y, b.y) };
                (middle, distance(*a, *b))
            }
        }
    }
}

fn distance(a: Point, b: Point) -> f32 {
    (a.x - b.x).hypot(a.y - b.y)
}
