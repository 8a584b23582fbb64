//! Where the window looks at the scene: one scale and one offset. Pure arithmetic.
use crate::layout::{Point, Rect, Size};
use crate::scene::{Card, Detail, Scene};

/// `screen = scene × scale + offset`, in pixels of the drawing area.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Viewport {
    /// Screen pixels for one scene pixel.
    pub scale: f32,
    /// Where the scene's origin is on the screen.
    pub offset: Point,
}

impl Default for Viewport {
    fn default() -> Self {
        Self { scale: 1.0, offset: Point::default() }
    }
}

impl Viewport {
    /// The farthest and nearest that one can look from.
    const SCALES: (f32, f32) = (0.05, 4.0);
    /// Free space around a fitted scene, in screen pixels.
    const MARGIN: f32 = 16.0;

    /// The corner that is covered by the tools at either end of the lower edge, in screen pixels.
    const TOOLS: Size = Size { width: 132.0, height: 44.0 };

    /// The first look at `scene` in a window of `size`: all of it, where its names can then be read; of paths
    /// else both ends. Else as large as whole cards can be read, with the focus in sight, or where the
    /// paths start.
    pub fn first(scene: &Scene, size: Size) -> Self {
        let Some(start) = scene.start else {
            return Self::clear(scene, size, |size| Self::fitting(scene.bounds, size));
        };
        let (from, to) = (area(scene, start), area(scene, 0));
        Self::clear(scene, size, |size| {
            let of_both = Self::holding(from.union(to), size);
            let all = Self::holding(scene.bounds, size);
            let is_legible = |it: &Self| Detail::at(it.scale) != Detail::Blocks;
            [all, of_both].into_iter().find(is_legible).unwrap_or_else(|| {
                Self::within(scene.bounds, size, Detail::Whole.least_scale(), middle(from))
            })
        })
    }

    /// All of `scene`.
    pub fn whole(scene: &Scene, size: Size) -> Self {
        Self::clear(scene, size, |size| Self::holding(scene.bounds, size))
    }

    /// The `look` at `scene` in a window of `size`; above the tools, where these would cover a card.
    fn clear(scene: &Scene, size: Size, look: impl Fn(Size) -> Self) -> Self {
        let free = look(size);
        if !free.is_covered(scene, size) {
            return free;
        }
        look(Size { height: size.height - Self::TOOLS.height, ..size })
    }

    fn is_covered(self, scene: &Scene, size: Size) -> bool {
        let Size { width, height } = Self::TOOLS;
        scene.cards.iter().zip(&scene.corners).any(|(card, corner)| {
            let left = corner.x * self.scale + self.offset.x;
            let top = corner.y * self.scale + self.offset.y;
            let (right, bottom) =
                (left + card.size.width * self.scale, top + card.size.height * self.scale);
            let is_low = bottom > size.height - height && top < size.height;
            is_low && (left < width || right > size.width - width)
        })
    }

    /// Moved by that many screen pixels.
    #[must_use]
    pub fn panned(self, by: Point) -> Self {
        let offset = Point { x: self.offset.x + by.x, y: self.offset.y + by.y };
        Self { offset, ..self }
    }

    /// Nearer (`factor` over 1) or farther, with what is under `at` on the screen staying there.
    #[must_use]
    pub fn zoomed(self, at: Point, factor: f32) -> Self {
        let (least, most) = Self::SCALES;
        let scale = (self.scale * factor).clamp(least, most);
        let ratio = scale / self.scale;
        let offset = Point {
            x: at.x - (at.x - self.offset.x) * ratio,
            y: at.y - (at.y - self.offset.y) * ratio,
        };
        Self { scale, offset }
    }

    /// The first look at `bounds` in a window of `size`: all of it, never larger than life, where the
    /// names can then be read. Else as large as whole cards can be read, with the scene's origin, the
    /// focus, in sight.
    pub fn fitting(bounds: Rect, size: Size) -> Self {
        let all = Self::holding(bounds, size);
        match Detail::at(all.scale) {
            Detail::Whole | Detail::Names => all,
            Detail::Blocks => {
                Self::within(bounds, size, Detail::Whole.least_scale(), Point::default())
            }
        }
    }

    /// All of `bounds`, however small.
    pub fn holding(bounds: Rect, size: Size) -> Self {
        Self::within(bounds, size, Self::SCALES.0, Point::default())
    }

    /// As much of `bounds` as can be seen at no less than that scale, with `on` as near to the middle as keeps
    /// the edges of `bounds` at the window's.
    fn within(bounds: Rect, size: Size, least: f32, on: Point) -> Self {
        let room = |length: f32| (length - 2.0 * Self::MARGIN).max(1.0);
        let across = room(size.width) / bounds.width().max(1.0);
        let down = room(size.height) / bounds.height().max(1.0);
        let scale = across.min(down).clamp(least, 1.0);
        let place = |low: f32, high: f32, length: f32, on: f32| {
            let fits = (high - low) * scale <= room(length) + 1.0;
            if fits {
                length / 2.0 - f32::midpoint(low, high) * scale
            } else {
                (length / 2.0 - on * scale)
                    .min(Self::MARGIN - low * scale)
                    .max(length - Self::MARGIN - high * scale)
            }
        };
        let offset = Point {
            x: place(bounds.left, bounds.right, size.width, on.x),
            y: place(bounds.top, bounds.bottom, size.height, on.y),
        };
        Self { scale, offset }
    }

    /// With that point of the scene in the middle of a window of `size`.
    #[must_use]
    pub fn centered(self, on: Point, size: Size) -> Self {
        let offset = Point {
            x: size.width / 2.0 - on.x * self.scale,
            y: size.height / 2.0 - on.y * self.scale,
        };
        Self { offset, ..self }
    }

    /// The least move that brings `card` wholly into a window of `size`.
    #[must_use]
    pub fn revealing(self, card: Rect, size: Size) -> Self {
        let shift = |low: f32, high: f32, length: f32| {
            if low < Self::MARGIN {
                Self::MARGIN - low
            } else if high > length - Self::MARGIN {
                (length - Self::MARGIN - high).max(Self::MARGIN - low)
            } else {
                0.0
            }
        };
        let on_screen = |scene: f32, offset: f32| scene * self.scale + offset;
        let (x, y) = (self.offset.x, self.offset.y);
        let by = Point {
            x: shift(on_screen(card.left, x), on_screen(card.right, x), size.width),
            y: shift(on_screen(card.top, y), on_screen(card.bottom, y), size.height),
        };
        self.panned(by)
    }

    /// The part of the scene that a window of `size` shows.
    pub fn shown(self, size: Size) -> Rect {
        self.in_scene(Rect { left: 0.0, top: 0.0, right: size.width, bottom: size.height })
    }

    /// Where a part of the window is in the scene.
    pub fn in_scene(self, area: Rect) -> Rect {
        let scene = |screen: f32, offset: f32| (screen - offset) / self.scale;
        Rect {
            left: scene(area.left, self.offset.x),
            top: scene(area.top, self.offset.y),
            right: scene(area.right, self.offset.x),
            bottom: scene(area.bottom, self.offset.y),
        }
    }
}

/// Where the card of that row is.
fn area(scene: &Scene, row: usize) -> Rect {
    let Point { x, y } = scene.corners.get(row).copied().unwrap_or_default();
    let Size { width, height } = scene.cards.get(row).map(|card| card.size).unwrap_or_default();
    Rect { left: x, top: y, right: x + width, bottom: y + height }
}

fn middle(of: Rect) -> Point {
    Point { x: f32::midpoint(of.left, of.right), y: f32::midpoint(of.top, of.bottom) }
}

/// How many cards of `scene` are seen whole in a window of `size`.
pub fn n_in_view(scene: &Scene, viewport: Viewport, size: Size) -> usize {
    let shown = viewport.shown(size);
    let is_in = |(card, corner): &(&Card, &Point)| {
        let Size { width, height } = card.size;
        corner.x >= shown.left
            && corner.y >= shown.top
            && corner.x + width <= shown.right
            && corner.y + height <= shown.bottom
    };
    scene.cards.iter().zip(&scene.corners).filter(is_in).count()
}
