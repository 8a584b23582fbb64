//! Where what is written beside an edge stands: on the edge, over no card, no caption and no other such word.
use crate::layout::{Point, Rect, Route};
use crate::scene::text::{Font, width};

/// Points that are tried of each piece of an edge.
const SAMPLES: u32 = 16;

/// What is taken already.
#[derive(Clone, Debug, Default)]
pub struct Taken(Vec<Rect>);

impl Taken {
    /// By what is drawn before any word.
    pub fn by(areas: impl IntoIterator<Item = Rect>) -> Self {
        Self(areas.into_iter().collect())
    }

    /// Where `label` can stand beside `route`, as near to the middle of its first piece as can be, which is
    /// taken then. None where there is no room.
    pub fn place(&mut self, label: &str, route: &Route<'_>) -> Option<Point> {
        if label.is_empty() {
            return None;
        }
        let points: Vec<Point> = route.samples(SAMPLES).collect();
        let middle = SAMPLES as usize / 2;
        let mut order: Vec<usize> = (0..points.len()).collect();
        order.sort_by_key(|at| at.abs_diff(middle));
        let free = |at: usize| {
            let point = *points.get(at)?;
            let area = area_of(label, point);
            let is_free = self.0.iter().all(|other| !overlap(*other, area));
            is_free.then_some((point, area))
        };
        let (point, area) = order.into_iter().find_map(free)?;
        self.0.push(area);
        Some(point)
    }
}

/// What a label takes whose middle is over `at`: letters of 11 pixels, a little above the line.
pub fn area_of(label: &str, at: Point) -> Rect {
    let half = width(label, Font::Plain) * 11.0 / 12.0 / 2.0;
    Rect { left: at.x - half, top: at.y - 15.0, right: at.x + half, bottom: at.y - 2.0 }
}

/// Whether two areas have more than a border in common.
pub fn overlap(a: Rect, b: Rect) -> bool {
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}
