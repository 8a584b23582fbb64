//! The picture in its window: one transform that pointer, wheel, fingers and keys change, and the
//! cards and edges of the scene in it. Which card was meant is read from the marks.
use std::sync::Arc;

use leptos::ev::{KeyboardEvent, MouseEvent, PointerEvent, WheelEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

use crate::commands::{Command, Place};
use crate::layout::{Point, Rect, Size};
use crate::route::{self, NodeKind, Open};
use crate::scene::mark::tenths;
use crate::scene::{
    Card, Detail, Direction, Mark, Scene, Viewport, draw, n_in_view, nearest, on_paper,
};
use crate::view::doing::{asked, does};
use crate::view::el::{El, Handle, Pieces, button, el, live_all, svg_el};
use crate::view::gesture::Gestures;
use crate::view::keyboard::PICTURE;
use crate::view::legend::legend_of;
use crate::view::minimap::{is_useful, minimap, shown};
use crate::view::motion::Seen;
use crate::view::print::is_printed;
use crate::view::state::App;
use crate::web::size::observe_size;
use crate::words::count;

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

/// The drawing area with its zoom buttons: a picture, which of the views it is (the mark
/// `data-view`), what is inspected, and the address of a card, empty for none.
pub fn canvas(
    scene: Memo<Arc<Scene>>,
    view: Signal<&'static str>,
    selected: Memo<Option<route::NodeRef>>,
    href: Callback<Card, String>,
    events: CanvasEvents,
) -> El {
    let svg = Handle::new_local(None);
    let size = observe_size(move || svg.get());
    let viewport = RwSignal::new(Viewport::default());
    let held = StoredValue::new(Held::default());
    let window = Window { svg, scene, selected, viewport, held, size, events };
    let is_printed = is_printed();
    let paper = move || on_paper(scene.with(|scene| scene.bounds));
    let detail = Memo::new(move |_| {
        if is_printed.get() { paper().0 } else { Detail::at(viewport.with(|v| v.scale)) }
    });
    follow_focus(window, view);
    does(App::here(), Place::Graph, move |command| window.act(command));
    let view_box = move || {
        let (_, Rect { left, top, right, bottom }) = is_printed.get().then(paper)?;
        Some([left, top, right - left, bottom - top].map(tenths).join(" "))
    };
    let transform = move || {
        if is_printed.get() {
            return None;
        }
        let Viewport { scale, offset } = viewport.get();
        Some(format!(
            "translate({} {}) scale({})",
            tenths(offset.x),
            tenths(offset.y),
            scale_text(scale)
        ))
    };
    let picture = move || {
        let scene = scene.get();
        [draw::edges(&scene), draw::captions(&scene)]
    };
    let layers = svg_el("g")
        .live("transform", transform)
        .child(live_all(picture))
        .child(nodes(window, href, detail));
    let area = svg_el("svg")
        .attr("id", PICTURE)
        .live("class", move || Some(format!("canvas-svg {}", detail.get().word())))
        .attr("tabindex", "0")
        .attr("role", "application")
        .attr("aria-label", "Graph: arrow keys move between nodes, Enter opens one")
        .live("aria-activedescendant", move || window.active_row().map(dom_id))
        .live("viewBox", view_box)
        .live("data-view", move || Some(view.get().to_owned()))
        .live("data-shown", move || Some(scene.with(|scene| scene.shown.to_string())))
        .live("data-total", move || Some(scene.with(|scene| scene.total.to_string())))
        .live("data-ready", move || (size.get().0 > 0.0).then(|| "true".to_owned()))
        .kept_in(svg);
    el("div")
        .class("canvas")
        .child(heard(area, window).child(layers))
        .child(legend_of(scene))
        .child(tools(window))
}

/// Listens to pointers, the wheel and keys.
fn heard(area: El, window: Window) -> El {
    let gestures = StoredValue::new(Gestures::default());
    let down = move |event: Event| {
        let event: &PointerEvent = event.unchecked_ref();
        let at = window.point(event);
        gestures.update_value(|g| g.press(event.pointer_id(), at));
    };
    let moved = move |event: Event| {
        let event: &PointerEvent = event.unchecked_ref();
        let at = window.point(event);
        let asked = gestures.try_update_value(|g| g.drag(event.pointer_id(), at)).flatten();
        if let Some(asked) = asked {
            window.capture(event.pointer_id());
            window.lead(|v| v.panned(asked.pan).zoomed(asked.around, asked.factor));
        }
    };
    let up = move |event: Event| {
        let event: &PointerEvent = event.unchecked_ref();
        gestures.update_value(|g| g.release(event.pointer_id()));
    };
    let click = move |event: Event| {
        if gestures.with_value(Gestures::is_drag) {
            event.prevent_default();
        } else {
            window.press(event.unchecked_ref());
        }
    };
    let wheel = move |event: Event| {
        event.prevent_default();
        let event: &WheelEvent = event.unchecked_ref();
        let pixels = if event.delta_mode() == 0 { 1.0 } else { 16.0 };
        let factor = 2.0_f32.powf(-(event.delta_y() as f32) * pixels / 300.0);
        let at = window.point(event);
        window.lead(|v| v.zoomed(at, factor));
    };
    area.on("pointerdown", down)
        .on("pointermove", moved)
        .on("pointerup", up)
        .on("pointercancel", up)
        .on("click", click)
        .on("wheel", wheel)
        .on("dblclick", move |event| window.double_press(event.unchecked_ref()))
        .on("keydown", move |event| window.key(event.unchecked_ref()))
}

/// The viewport belongs to the window: it is fitted for each new focus, and anew where the window's size
/// changes, until the reader leads it. Paths are looked at from one end to the other, so a new other end
/// is a new focus; a picture that is turned is a new picture.
fn follow_focus(window: Window, view: Signal<&'static str>) {
    let is_path = Memo::new(move |_| view.get() == "path");
    let focus = Memo::new(move |_| {
        let is_path = is_path.get();
        let name = |card: &Card| (card.kind, card.id.clone());
        window.scene.with(|scene| {
            let other = scene.cards.iter().filter(|_| is_path).min_by_key(|card| name(card));
            (scene.cards.first().map(name), other.map(name), scene.orientation, is_path)
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

/// What is drawn of a card: which row, how it looks, and where.
type Look = (NodeKind, String, usize, u64, [u32; 2]);

/// The cards. One whose words, place and address stay is not drawn again; one that changes keeps its
/// element.
fn nodes(window: Window, href: Callback<Card, String>, detail: Memo<Detail>) -> El {
    // Sorted by name, so that each card finds itself.
    let looks = Memo::new(move |_| {
        window.scene.with(|scene| {
            let look = |(row, card): (usize, &Card)| -> Look {
                let Point { x, y } = draw::corner(scene, row);
                let look = card.fingerprint(&href.run(card.clone()));
                (card.kind, card.id.clone(), row, look, [x.to_bits(), y.to_bits()])
            };
            let mut looks: Vec<Look> = scene.cards.iter().enumerate().map(look).collect();
            looks.sort_unstable();
            Arc::new(looks)
        })
    });
    let names = move || {
        let name = |card: &Card| (card.kind, card.id.clone());
        window.scene.with(|scene| scene.cards.iter().map(name).collect::<Vec<_>>())
    };
    let draw = move |name: (NodeKind, String)| {
        let look = Memo::new(move |_| {
            looks.with(|looks| {
                let of = |look: &Look| (look.0, look.1.as_str()).cmp(&(name.0, name.1.as_str()));
                looks.binary_search_by(of).ok().and_then(|at| looks.get(at).cloned())
            })
        });
        let piece = move || {
            let (_, _, row, ..) = look.get()?;
            let card = window.scene.with_untracked(|scene| {
                let card = scene.cards.get(row)?;
                let address = untrack(|| href.run(card.clone()));
                Some(draw::card(card, draw::corner(scene, row), &address, detail.get()))
            });
            Some(selectable(card?, row, window))
        };
        Pieces::new([live_all(piece)])
    };
    let cards = view! { <For each=names key=|name| name.clone() children=draw /> };
    svg_el("g").class("nodes").child(cards.into_any())
}

/// A card that shows whether it is the one that is inspected.
fn selectable(card: Mark, row: usize, window: Window) -> El {
    let mut class = String::new();
    if let Some((_, plain)) = card.attributes.iter().find(|(name, _)| *name == "class") {
        class.clone_from(plain);
    }
    let is_it = move || window.selected_row() == Some(row);
    let class = move || Some(if is_it() { format!("{class} is-selected") } else { class.clone() });
    El::from(card).attr("id", dom_id(row)).live("class", class)
}

/// Over the picture's lower edge: how much of it is seen, where that is not all, and the zoom.
fn tools(window: Window) -> El {
    let in_view = Memo::new(move |_| {
        let (width, height) = window.size.get();
        let viewport = window.viewport.get();
        window
            .scene
            .with(|scene| (n_in_view(scene, viewport, Size { width, height }), scene.cards.len()))
    });
    let told = move || {
        let (n, of) = in_view.get();
        let words = || format!("{} of {} in view", count(n as u64), count(of as u64));
        (n < of && window.size.get_untracked().0 > 0.0)
            .then(|| el("p").class("in-view number").child(words()))
    };
    let shown = Memo::new(move |_| shown(window.viewport.get(), window.size.get()));
    let has_map = Memo::new(move |_| is_useful(in_view.get(), window.size.get()));
    let look_at = Callback::new(move |on: Point| window.lead(|v| v.centered(on, window.size())));
    let map = move || has_map.get().then(|| minimap(window.scene, shown, look_at));
    let row = el("div").class("canvas-row").child(live_all(told)).child(zoom_buttons(window));
    el("div").class("canvas-tools").child(live_all(map)).child(row)
}

fn zoom_buttons(window: Window) -> El {
    let nearer = button("").attr("aria-label", "Zoom in").attr("title", "Zoom in (+)");
    let farther = button("").attr("aria-label", "Zoom out").attr("title", "Zoom out (-)");
    let fit = button("").attr("title", "Fit all (f)");
    el("div")
        .class("zoom")
        .attr("role", "group")
        .attr("aria-label", "Zoom")
        .child(nearer.press(move || window.zoom(ZOOM_STEP)).child("+"))
        .child(farther.press(move || window.zoom(1.0 / ZOOM_STEP)).child("−"))
        .child(fit.press(move || window.fit()).child("Fit"))
}

/// A scale to four decimals, as a transform takes it.
fn scale_text(scale: f32) -> String {
    let parts = (scale * 10_000.0).round() as i64;
    format!("{}.{:04}", parts / 10_000, parts % 10_000)
}

/// The document's id of the card in that row.
fn dom_id(row: usize) -> String {
    format!("node-{row}")
}

/// Who says where the window looks.
#[derive(Clone, Copy, Default)]
enum Held {
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
struct Window {
    svg: Handle,
    scene: Memo<Arc<Scene>>,
    selected: Memo<Option<route::NodeRef>>,
    viewport: RwSignal<Viewport>,
    held: StoredValue<Held>,
    size: ReadSignal<(f32, f32)>,
    events: CanvasEvents,
}

impl Window {
    /// Where a mouse or a finger is, in pixels of the drawing area.
    fn point(&self, event: &MouseEvent) -> Point {
        let Some(svg) = self.svg.get_untracked() else { return Point::default() };
        let corner = svg.get_bounding_client_rect();
        Point {
            x: event.client_x() as f32 - corner.left() as f32,
            y: event.client_y() as f32 - corner.top() as f32,
        }
    }

    /// Keeps hearing of a drag that leaves the drawing area.
    fn capture(&self, pointer: i32) {
        if let Some(svg) = self.svg.get_untracked() {
            // A pointer that is gone by now needs no capture.
            let _ = svg.set_pointer_capture(pointer);
        }
    }

    fn size(&self) -> Size {
        let (width, height) = self.size.get_untracked();
        Size { width, height }
    }

    /// The first look at a new focus.
    fn look(&self) {
        let size = self.size();
        let to = self.scene.with_untracked(|it| Viewport::clear(it, size, Viewport::fitting));
        self.viewport.set(to);
    }

    /// Where the reader leads.
    fn lead(&self, to: impl FnOnce(Viewport) -> Viewport) {
        self.held.set_value(Held::Reader);
        self.viewport.update(|v| *v = to(*v));
    }

    /// What is on the screen stays there while a part of the picture is opened.
    fn open(&self, open: Open) {
        self.held.set_value(Held::Reader);
        self.events.open.run(open);
    }

    /// All of the picture.
    fn fit(&self) {
        self.held.set_value(Held::Fit);
        let size = self.size();
        let to = self.scene.with_untracked(|it| Viewport::clear(it, size, Viewport::holding));
        self.viewport.set(to);
    }

    fn zoom(&self, factor: f32) {
        let Size { width, height } = self.size();
        let middle = Point { x: width / 2.0, y: height / 2.0 };
        self.lead(|v| v.zoomed(middle, factor));
    }

    fn selected_row(&self) -> Option<usize> {
        let selected = self.selected.get()?;
        self.scene.with(|scene| {
            scene.cards.iter().position(|c| c.kind == selected.kind && c.id == selected.id)
        })
    }

    /// The card that the keyboard is at: the inspected one, else the focus. Tracked.
    fn active_row(&self) -> Option<usize> {
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

    fn press(&self, event: &MouseEvent) {
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

    fn double_press(&self, event: &MouseEvent) {
        if let Some(card) = self.card_at(event) {
            self.events.refocus.run(card);
        }
    }

    fn key(&self, event: &KeyboardEvent) {
        // A link inside of a card takes its own keys.
        let on_link = element_of(event).and_then(|e| e.closest("a").ok().flatten()).is_some();
        if !on_link && asked(event, Place::Graph).is_some_and(|command| self.act(command)) {
            event.prevent_default();
            event.stop_propagation();
        }
    }

    fn act(&self, command: Command) -> bool {
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
            _ => return false,
        }
        true
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
