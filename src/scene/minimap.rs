//! All of a picture in a corner of its window: where the cards are, as blocks by status, and which part of
//! it the window shows. Pure arithmetic, and marks.
use crate::layout::{Point, Rect, Size};
use crate::scene::mark::tenths;
use crate::scene::{Caption, Mark, Scene, Tone, Viewport};

/// Where in the window a map is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Corner {
    /// Above the tools.
    #[default]
    LowerRight,
    /// Below the tools of the page.
    UpperRight,
    /// Below those, at the other side.
    UpperLeft,
    /// Above the legend.
    LowerLeft,
}

impl Corner {
    /// In the order in which they are taken.
    pub const ALL: [Self; 4] =
        [Self::LowerRight, Self::UpperRight, Self::UpperLeft, Self::LowerLeft];

    /// Its name in the style sheet.
    pub const fn word(self) -> &'static str {
        match self {
            Self::LowerRight => "lower right",
            Self::UpperRight => "upper right",
            Self::UpperLeft => "upper left",
            Self::LowerLeft => "lower left",
        }
    }
}

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
    /// No larger part of a window's width or height.
    const MOST_SHARE: f32 = 0.2;
    /// What its frame adds to each side, and how far that is from the window's edge.
    const FRAME: f32 = 6.0;
    const MARGIN: f32 = 12.0;
    /// What the tools and the legend take of the lower edge.
    const TOOLS: f32 = 50.0;
    /// In a smaller window the map would hide what it is a map of.
    const LEAST_WINDOW: Size = Size { width: 480.0, height: 280.0 };
    /// No block is smaller, in map pixels.
    const LEAST_BLOCK: f32 = 2.0;

    /// The map of what is within `bounds`, for a window of that size.
    pub fn of(bounds: Rect, window: Size) -> Self {
        let (width, height) = (bounds.width().max(1.0), bounds.height().max(1.0));
        let most = |most: f32, window: f32| most.min(window * Self::MOST_SHARE).max(1.0);
        let scale = (most(Self::MOST.width, window.width) / width)
            .min(most(Self::MOST.height, window.height) / height);
        let size = Size { width: width * scale, height: (height * scale).max(Self::LEAST_BLOCK) };
        Self { size, scale, corner: Point { x: bounds.left, y: bounds.top } }
    }

    /// Whether it helps in a window of `size` that holds `n_in_view` of `n` cards.
    pub fn is_useful(n_in_view: usize, n: usize, size: Size) -> bool {
        let least = Self::LEAST_WINDOW;
        n_in_view < n && size.width >= least.width && size.height >= least.height
    }

    /// The corner of a window that looks at `scene` from `viewport` in which the map is: the one where it is
    /// `now`, unless that covers a card or a caption and another one covers none.
    pub fn corner(self, scene: &Scene, viewport: Viewport, window: Size, now: Corner) -> Corner {
        let is_free = |&corner: &Corner| {
            let area = viewport.in_scene(self.area(corner, window));
            let is_clear = |it: Rect| {
                it.right <= area.left
                    || it.left >= area.right
                    || it.bottom <= area.top
                    || it.top >= area.bottom
            };
            let cards = scene.cards.iter().zip(&scene.corners).map(|(card, at)| Rect {
                left: at.x,
                top: at.y,
                right: at.x + card.size.width,
                bottom: at.y + card.size.height,
            });
            cards.chain(scene.captions.iter().map(Caption::area)).all(is_clear)
        };
        [now].into_iter().chain(Corner::ALL).find(is_free).unwrap_or(now)
    }

    /// What it takes there of a window, in the window's pixels.
    pub fn area(self, corner: Corner, window: Size) -> Rect {
        let (width, height) =
            (self.size.width + 2.0 * Self::FRAME, self.size.height + 2.0 * Self::FRAME);
        let left = match corner {
            Corner::UpperLeft | Corner::LowerLeft => Self::MARGIN,
            Corner::LowerRight | Corner::UpperRight => window.width - Self::MARGIN - width,
        };
        let top = match corner {
            Corner::UpperLeft | Corner::UpperRight => Self::MARGIN,
            Corner::LowerRight | Corner::LowerLeft => window.height - Self::TOOLS - height,
        };
        Rect { left, top, right: left + width, bottom: top + height }
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
