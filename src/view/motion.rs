//! What carries the eye from one picture to the next: a card that stays comes from where it was on the
//! screen, one that is new fades in, and so do the lines. The browser moves them, no frame asks this program.
//! Nothing moves for a reader who wants it so, in a picture of many cards, or while pictures follow
//! each other faster than that.
use std::sync::Arc;

use leptos::prelude::*;
use web_sys::Element;

use crate::layout::Point;
use crate::route::NodeKind;
use crate::scene::mark::tenths;
use crate::scene::{Card, Scene, Viewport, draw};
use crate::web::{dom, motion, task};

/// How long all of it takes.
const MOTION_MILLIS: u64 = 180;
/// Each card that moves is an animation of its own, about 20 µs to begin; and among so many that move at
/// once no eye follows one.
const MOST_CARDS: usize = 150;

/// A picture as it was looked at, and when it came.
#[derive(Clone, Default)]
pub struct Seen {
    scene: Arc<Scene>,
    viewport: Viewport,
    came_millis: u64,
}

impl Seen {
    /// What is looked at now.
    pub fn now(scene: Arc<Scene>, viewport: Viewport) -> Self {
        Self { scene, viewport, came_millis: task::now_millis() }
    }

    /// The same picture from elsewhere.
    #[must_use]
    pub fn from(self, viewport: Viewport) -> Self {
        Self { viewport, ..self }
    }

    /// Carries the eye from this picture to `next`, once that is in the document.
    pub fn carry_to(self, next: Self, svg: Element) {
        let is_new = !Arc::ptr_eq(&self.scene, &next.scene) && !self.scene.cards.is_empty();
        let is_rapid = next.came_millis.saturating_sub(self.came_millis) < MOTION_MILLIS;
        if !is_new || is_rapid || next.scene.cards.len() > MOST_CARDS || motion::is_still() {
            return;
        }
        request_animation_frame(move || self.carry(&next, &svg));
    }

    fn carry(&self, next: &Self, svg: &Element) {
        for layer in [".edges", ".captions"] {
            if let Ok(Some(layer)) = svg.query_selector(layer) {
                fade_in(&layer);
            }
        }
        let mut places = self.places();
        places.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        for (row, card) in next.scene.cards.iter().enumerate() {
            let node = dom::document().and_then(|it| it.get_element_by_id(&format!("node-{row}")));
            let Some(node) = node else { continue };
            match places.binary_search_by(|(name, _)| name.cmp(&name_of(card))) {
                Ok(at) => {
                    let from = places.get(at).map_or_else(Point::default, |it| it.1);
                    next.move_from(row, from, &node);
                }
                Err(_) => fade_in(&node),
            }
        }
    }

    /// Card -> where its corner was on the screen.
    fn places(&self) -> Vec<((NodeKind, &str), Point)> {
        let Viewport { scale, offset } = self.viewport;
        let place = |(row, card)| {
            let Point { x, y } = draw::corner(&self.scene, row);
            (name_of(card), Point { x: x * scale + offset.x, y: y * scale + offset.y })
        };
        self.scene.cards.iter().enumerate().map(place).collect()
    }

    /// `from` is a place on the screen; the way is told in pixels of this picture.
    fn move_from(&self, row: usize, from: Point, node: &Element) {
        let Viewport { scale, offset } = self.viewport;
        let corner = draw::corner(&self.scene, row);
        let x = (from.x - offset.x) / scale - corner.x;
        let y = (from.y - offset.y) / scale - corner.y;
        if x.abs().max(y.abs()) * scale >= 1.0 {
            let from = format!("{}px {}px", tenths(x), tenths(y));
            motion::animate(node, "translate", [&from, "0px 0px"], MOTION_MILLIS);
        }
    }
}

fn name_of(card: &Card) -> (NodeKind, &str) {
    (card.kind, &card.id)
}

fn fade_in(element: &Element) {
    motion::animate(element, "opacity", ["0", "1"], MOTION_MILLIS);
}
