//! All of a picture in the corner of its window: where the cards are, as blocks by status, and which part of
//! it the window shows. Pure arithmetic, and marks.
use crate::layout::{Point, Rect, Size};
use crate::scene::mark::tenths;
use crate::scene::{Mark, Scene, Tone};

/// A map of a picture, in map pixels: `map = (scene - corner) × scale`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Minimap {
    /// How large it is.
    pub size: Size,
    scale: f32,
    corner: Point,
}

impl Minimap {
    /// The largest map, in pixels of the window.
    const MOST: Size = Size { width: 168.0, height: 108.0 };
    /// In a smaller window the map would hide what it is a map of.
    const LEAST_WINDOW: Size = Size { width: 480.0, height: 280.0 };
    /// No block is smaller, in map pixels.
    const LEAST_BLOCK: f32 = 2.0;

    /// The map of what is within `bounds`.
    pub fn of(bounds: Rect) -> Self {
        let (width, height) = (bounds.width().max(1.0), bounds.height().max(1.0));
        let scale = (Self::MOST.width / width).min(Self::MOST.height / height);
        let size = Size { width: width * scale, height: (height * scale).max(Self::LEAST_BLOCK) };
        Self { size, scale, corner: Point { x: bounds.left, y: bounds.top } }
    }

    /// Whether it helps in a window of `size` that holds `n_in_view` of `n` cards.
    pub fn is_useful(n_in_view: usize, n: usize, size: Size) -> bool {
        let least = Self::LEAST_WINDOW;
        n_in_view < n && size.width >= least.width && size.height >= least.height
    }

    /// Where a part of the scene is on the map, cut at its edges.
    pub fn place(self, area: Rect) -> Rect {
        let x = |x: f32| ((x - self.corner.x) * self.scale).clamp(0.0, self.size.width);
        let y = |y: f32| ((y - self.corner.y) * self.scale).clamp(0.0, self.size.height);
        Rect { left: x(area.left), top: y(area.top), right: x(area.right), bottom: y(area.bottom) }
    }

    /// The point of the scene that is at `at` of the map.
    pub fn scene_point(self, at: Point) -> Point {
        Point { x: at.x / self.scale + self.corner.x, y: at.y / self.scale + self.corner.y }
    }

    /// The cards, one path for all of a status.
    pub fn blocks(self, scene: &Scene) -> Mark {
        let mut paths: Vec<(Tone, String)> = Vec::new();
        for (card, corner) in scene.cards.iter().zip(&scene.corners) {
            let tone = card.status.tone;
            let at = paths.binary_search_by_key(&tone, |it| it.0).unwrap_or_else(|at| {
                paths.insert(at, (tone, String::new()));
                at
            });
            let (right, bottom) = (corner.x + card.size.width, corner.y + card.size.height);
            let area = self.place(Rect { left: corner.x, top: corner.y, right, bottom });
            let least = Self::LEAST_BLOCK;
            let (width, height) = (area.width().max(least), area.height().max(least));
            let [x, y, w, h] = [area.left, area.top, width, height].map(tenths);
            let block = format!("M{x} {y}h{w}v{h}h-{w}z");
            if let Some((_, path)) = paths.get_mut(at) {
                path.push_str(&block);
            }
        }
        let path = |(tone, d): (Tone, String)| {
            let class = format!("map-block {}", tone.class());
            Mark::new("path").with("class", class).with("d", d)
        };
        Mark::new("g").children(paths.into_iter().map(path))
    }
}
