//! Points, sizes and curves in scene pixels. Never decides where anything goes.

/// A place in the scene, in pixels; `x` grows to the right, `y` downward.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// Pixels to the right of the origin.
    pub x: f32,
    /// Pixels below the origin.
    pub y: f32,
}

/// Width and height of a card, in scene pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Size {
    /// Pixels from left to right.
    pub width: f32,
    /// Pixels from top to bottom.
    pub height: f32,
}

/// An upright rectangle in scene pixels, borders included.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Smallest `x`.
    pub left: f32,
    /// Smallest `y`.
    pub top: f32,
    /// Largest `x`.
    pub right: f32,
    /// Largest `y`.
    pub bottom: f32,
}

impl Rect {
    /// The rectangle of `size` whose middle is `center`.
    pub fn around(center: Point, size: Size) -> Self {
        let (half_width, half_height) = (size.width / 2.0, size.height / 2.0);
        Self {
            left: center.x - half_width,
            top: center.y - half_height,
            right: center.x + half_width,
            bottom: center.y + half_height,
        }
    }

    /// The smallest rectangle that holds both.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// Pixels from left to right.
    pub fn width(self) -> f32 {
        self.right - self.left
    }

    /// Pixels from top to bottom.
    pub fn height(self) -> f32 {
        self.bottom - self.top
    }
}

/// One cubic Bézier piece; it starts where the piece before it ends.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cubic {
    /// The control point that gives the direction at the start.
    pub control_1: Point,
    /// The control point that gives the direction at the end.
    pub control_2: Point,
    /// Where the piece ends.
    pub end: Point,
}

/// The way of one edge: from the border of its `from` card to the border of its `to` card.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Route<'a> {
    /// On the border of `from`.
    pub start: Point,
    /// Never empty; the last one ends on the border of `to`.
    pub pieces: &'a [Cubic],
}

impl Route<'_> {
    /// On the border of `to`.
    pub fn end(&self) -> Point {
        self.pieces.last().map_or(self.start, |piece| piece.end)
    }

    /// The point at `t` (0 to 1) of each piece in turn, `n_samples` to a piece, both ends included.
    pub fn samples(&self, n_samples: u32) -> impl Iterator<Item = Point> {
        let starts = std::iter::once(self.start).chain(self.pieces.iter().map(|piece| piece.end));
        starts.zip(self.pieces).flat_map(move |(start, piece)| {
            (0..=n_samples).map(move |i| bezier(start, piece, i as f32 / n_samples.max(1) as f32))
        })
    }
}

fn bezier(start: Point, piece: &Cubic, t: f32) -> Point {
    let s = 1.0 - t;
    let weights = [s * s * s, 3.0 * s * s * t, 3.0 * s * t * t, t * t * t];
    let points = [start, piece.control_1, piece.control_2, piece.end];
    let sum = |part: fn(&Point) -> f32| {
        points.iter().zip(weights).map(|(point, weight)| part(point) * weight).sum()
    };
    Point { x: sum(|point| point.x), y: sum(|point| point.y) }
}

/// The routes of all edges, flat. Edge -> its start and its run of pieces.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Routes {
    /// Edge -> where its route starts.
    pub(super) starts: Vec<Point>,
    /// Edge -> its first piece; one more at the end.
    pub(super) first_piece: Vec<u32>,
    /// All pieces, edge after edge.
    pub(super) pieces: Vec<Cubic>,
}

impl Routes {
    /// The route of an edge of the request; `None` for an edge that was ignored or does not exist.
    pub fn get(&self, edge: usize) -> Option<Route<'_>> {
        let first = *self.first_piece.get(edge)? as usize;
        let end = *self.first_piece.get(edge + 1)? as usize;
        let pieces = self.pieces.get(first..end).filter(|pieces| !pieces.is_empty())?;
        Some(Route { start: *self.starts.get(edge)?, pieces })
    }

    /// As many as the request had edges.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Whether the request had no edges.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// Every route with the edge it belongs to, in the order of the request.
    pub fn iter(&self) -> impl Iterator<Item = (usize, Route<'_>)> {
        (0..self.len()).filter_map(|edge| Some((edge, self.get(edge)?)))
    }
}
