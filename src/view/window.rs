//! The window on a picture: where it looks and who leads it, and what a press or a key in it means. Which card
//! was meant is read from the marks.
use std::sync::Arc;

use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::commands::{Command, Place};
use crate::layout::{Point, Rect, Size};
use crate::route::{self, NodeKind, Open};
use crate::scene::{Card, Direction, Scene, Viewport, nearest};
use crate::view::doing::asked;
use crate::view::el::Handle;
use crate::view::motion::Seen;
use crate::view::pipeline::page_of;
use crate::view::state::App;

/// How much one press of a key zooms.
const ZOOM_STEP: f32 = 1.2;
/// How far one press of a key moves the picture, in screen pixels.
const PAN_STEP: f32 = 80.0;

/// What the reader does to a picture.
#[derive(Clone, Copy)]
pub struct CanvasEvents {
    /// Inspects a node, or nothing.
    pub select: Callback<Option<route::NodeRef>>,
    /// Makes this card the focus.
    pub refocus: Callback<Card>,
    /// Opens or closes one side of a node.
    pub open: Callback<Open>,
}

/// Who says where the window looks.
#[derive(Clone, Copy, Default)]
pub enum Held {
    /// The page: the first look.
    #[default]
    Look,
    /// The reader, who asked to see all.
    Fit,
    /// The reader, who moved the picture or opened a part of it.
    Reader,
}

/// All that a gesture or a key needs to know.
#[derive(Clone, Copy)]
pub struct Window {
    /// The drawing area.
    pub svg: Handle,
    /// The picture.
    pub scene: Memo<Arc<Scene>>,
    /// The node that is inspected.
    pub selected: Memo<Option<route::NodeRef>>,
    /// Where it looks.
    pub viewport: RwSignal<Viewport>,
    /// Who says so.
    pub held: StoredValue<Held>,
    /// Its width and height, in CSS pixels.
    pub size: ReadSignal<(f32, f32)>,
    /// What the reader does in it.
    pub events: CanvasEvents,
}

/// The viewport belongs to the window: it is fitted for each new focus, and anew where the window's size
/// changes, until the reader leads it. Paths are looked at from one end to the other, so a new start
/// is a new focus; a picture that is turned is a new picture.
pub fn follow_focus(window: Window) {
    let focus = Memo::new(move |_| {
        let name = |card: &Card| (card.kind, card.id.clone());
        window.scene.with(|scene| {
            let start = scene.start.and_then(|start| scene.cards.get(start));
            (scene.cards.first().map(name), start.map(name), scene.orientation)
        })
    });
    let seen = StoredValue::new(Seen::default());
    Effect::new(move |before: Option<Option<_>>| {
        let focus = focus.get();
        let scene = window.scene.get();
        let before_look = window.viewport.get_untracked();
        if window.size.get().0 <= 0.0 {
            return None;
        }
        let focus = Some(focus);
        if before.flatten() != focus {
            window.held.set_value(Held::Look);
        }
        match window.held.get_value() {
            Held::Look => window.look(),
            Held::Fit => window.fit(),
            Held::Reader => {}
        }
        if let Some(svg) = window.svg.get_untracked() {
            let next = Seen::now(scene, window.viewport.get_untracked());
            let last = seen.try_update_value(|seen| std::mem::replace(seen, next.clone()));
            last.unwrap_or_default().from(before_look).carry_to(next, svg);
        }
        focus
    });
}

impl Window {
    /// Where a mouse or a finger is, in pixels of the drawing area.
    pub fn point(&self, event: &MouseEvent) -> Point {
        let Some(svg) = self.svg.get_untracked() else { return Point::default() };
        let corner = svg.get_bounding_client_rect();
        Point {
            x: event.client_x() as f32 - corner.left() as f32,
            y: event.client_y() as f32 - corner.top() as f32,
        }
    }

    /// Keeps hearing of a drag that leaves the drawing area.
    pub fn capture(&self, pointer: i32) {
        if let Some(svg) = self.svg.get_untracked() {
            // A pointer that is gone by now needs no capture.
            let _ = svg.set_pointer_capture(pointer);
        }
    }

    /// Its width and height, in CSS pixels.
    pub fn size(&self) -> Size {
        let (width, height) = self.size.get_untracked();
        Size { width, height }
    }

    /// The first look at a new focus.
    fn look(&self) {
        let size = self.size();
        let to = self.scene.with_untracked(|it| Viewport::first(it, size));
        self.viewport.set(to);
    }

    /// Where the reader leads.
    pub fn lead(&self, to: impl FnOnce(Viewport) -> Viewport) {
        self.held.set_value(Held::Reader);
        self.viewport.update(|v| *v = to(*v));
    }

    /// What is on the screen stays there while a part of the picture is opened.
    fn open(&self, open: Open) {
        self.held.set_value(Held::Reader);
        self.events.open.run(open);
    }

    /// All of the picture.
    pub fn fit(&self) {
        self.held.set_value(Held::Fit);
        let size = self.size();
        let to = self.scene.with_untracked(|it| Viewport::whole(it, size));
        self.viewport.set(to);
    }

    /// Nearer or farther, around its middle.
    pub fn zoom(&self, factor: f32) {
        let Size { width, height } = self.size();
        let middle = Point { x: width / 2.0, y: height / 2.0 };
        self.lead(|v| v.zoomed(middle, factor));
    }

    /// The card that is inspected. Tracked.
    pub fn selected_row(&self) -> Option<usize> {
        let selected = self.selected.get()?;
        self.scene.with(|scene| {
            scene.cards.iter().position(|c| c.kind == selected.kind && c.id == selected.id)
        })
    }

    /// The card that the keyboard is at: the inspected one, else the focus. Tracked.
    pub fn active_row(&self) -> Option<usize> {
        let is_some = || self.scene.with(|scene| !scene.cards.is_empty());
        self.selected_row().or_else(|| is_some().then_some(0))
    }

    /// The card under a press, by its marks.
    fn card_at(&self, event: &MouseEvent) -> Option<Card> {
        let node = element_of(event)?.closest("g[data-id]").ok().flatten()?;
        let kind = NodeKind::from_word(&node.get_attribute("data-kind")?)?;
        let id = node.get_attribute("data-id")?;
        self.scene.with_untracked(|scene| {
            scene.cards.iter().find(|card| card.kind == kind && card.id == id).cloned()
        })
    }

    /// A press on a card inspects it, one on its sides opens it, one beside all cards lets go.
    pub fn press(&self, event: &MouseEvent) {
        let Some(card) = self.card_at(event) else {
            self.events.select.run(None);
            return;
        };
        let target = element_of(event);
        let is_link = |e: &Element| e.closest("a").ok().flatten().is_some();
        if target.as_ref().is_some_and(is_link) {
            return;
        }
        let opener = target.and_then(|e| e.closest("[data-open]").ok().flatten());
        let side = opener.and_then(|e| e.get_attribute("data-open")).and_then(|word| side(&word));
        let node = route::NodeRef::new(card.kind, card.id);
        match side {
            Some(side) => self.open(Open::new(side, node)),
            None => self.events.select.run(Some(node)),
        }
    }

    /// Makes the card the focus.
    pub fn double_press(&self, event: &MouseEvent) {
        if let Some(card) = self.card_at(event) {
            self.events.refocus.run(card);
        }
    }

    /// What a key in the picture asks for.
    pub fn key(&self, event: &KeyboardEvent) {
        // A link inside of a card takes its own keys.
        let on_link = element_of(event).and_then(|e| e.closest("a").ok().flatten()).is_some();
        if let Some(command) = asked(event, Place::Graph).filter(|_| !on_link) {
            self.act(command);
            event.prevent_default();
            event.stop_propagation();
        }
    }

    /// Whether a command would do something to the picture, or the card that the keyboard is at.
    pub fn can(&self, app: App, command: Command) -> bool {
        let is_card = |is_it: fn(&Card) -> bool| self.active_card().is_some_and(|it| is_it(&it));
        // What was drawn on request can be hidden again.
        let is_open = |side| {
            let card = self.active_card();
            let open = card.map(|it| Open::new(side, route::NodeRef::new(it.kind, it.id)));
            open.is_some_and(|open| app.route_with(|route| route.open.contains(&open)))
        };
        match command {
            Command::OpenNode => is_card(|card| !card.focus && page_of(card).is_some()),
            Command::ExpandUp => is_card(|card| card.hidden_up > 0) || is_open(route::Side::Up),
            Command::ExpandDown => {
                is_card(|card| card.hidden_down > 0) || is_open(route::Side::Down)
            }
            Command::ExpandAttempts => is_card(|card| !card.strip.is_empty()),
            // The panel does it, while there is something to let go of.
            Command::LetGo => false,
            _ => true,
        }
    }

    /// Does a command of the picture.
    pub fn act(&self, command: Command) {
        let pan = |x: f32, y: f32| {
            self.lead(|v| v.panned(Point { x: x * PAN_STEP, y: y * PAN_STEP }));
        };
        match command {
            Command::PanLeft => pan(1.0, 0.0),
            Command::PanRight => pan(-1.0, 0.0),
            Command::PanUp => pan(0.0, 1.0),
            Command::PanDown => pan(0.0, -1.0),
            Command::NodeLeft => self.step(Direction::Left),
            Command::NodeRight => self.step(Direction::Right),
            Command::NodeUp => self.step(Direction::Up),
            Command::NodeDown => self.step(Direction::Down),
            Command::ZoomIn => self.zoom(ZOOM_STEP),
            Command::ZoomOut => self.zoom(1.0 / ZOOM_STEP),
            Command::Fit => self.fit(),
            Command::OpenNode => self.enter(),
            Command::LetGo => self.events.select.run(None),
            Command::ExpandUp => self.expand(route::Side::Up),
            Command::ExpandDown => self.expand(route::Side::Down),
            Command::ExpandAttempts => self.expand(route::Side::Attempts),
            _ => {}
        }
    }

    fn step(&self, direction: Direction) {
        let from = untrack(|| self.selected_row());
        let to = self.scene.with_untracked(|scene| match from {
            Some(from) => nearest(scene, from, direction),
            None => (!scene.cards.is_empty()).then_some(0),
        });
        let Some(to) = to else { return };
        let card = self.scene.with_untracked(|scene| scene.cards.get(to).cloned());
        let corner = self.scene.with_untracked(|scene| scene.corners.get(to).copied());
        let (Some(card), Some(corner)) = (card, corner) else { return };
        let area = Rect {
            left: corner.x,
            top: corner.y,
            right: corner.x + card.size.width,
            bottom: corner.y + card.size.height,
        };
        let size = self.size();
        if self.viewport.with_untracked(|v| v.revealing(area, size) != *v) {
            self.lead(|v| v.revealing(area, size));
        }
        self.events.select.run(Some(route::NodeRef::new(card.kind, card.id)));
    }

    fn active_card(&self) -> Option<Card> {
        let row = untrack(|| self.active_row())?;
        self.scene.with_untracked(|scene| scene.cards.get(row).cloned())
    }

    fn enter(&self) {
        if let Some(card) = self.active_card() {
            self.events.refocus.run(card);
        }
    }

    fn expand(&self, side: route::Side) {
        if let Some(card) = self.active_card() {
            self.open(Open::new(side, route::NodeRef::new(card.kind, card.id)));
        }
    }
}

/// What a press or a key was meant for.
fn element_of(event: &web_sys::Event) -> Option<Element> {
    event.target().and_then(|target| target.dyn_into::<Element>().ok())
}

fn side(word: &str) -> Option<route::Side> {
    match word {
        "up" => Some(route::Side::Up),
        "down" => Some(route::Side::Down),
        "attempts" => Some(route::Side::Attempts),
        _ => None,
    }
}
