//! The picture in its window: one transform that pointer, wheel, fingers and keys change, and the
//! cards and edges of the scene in it.
use std::sync::Arc;

use leptos::ev::{PointerEvent, WheelEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Event;

use crate::commands::{Command, Place};
use crate::layout::{Point, Rect, Size};
use crate::route::{self, NodeKind};
use crate::scene::mark::tenths;
use crate::scene::{Card, Detail, Mark, Scene, Viewport, draw, n_in_view, on_paper};
use crate::view::doing::{bears, does};
use crate::view::el::{El, Handle, Pieces, button, el, live_all, svg_el};
use crate::view::gesture::Gestures;
use crate::view::keyboard::PICTURE;
use crate::view::legend::legend_of;
use crate::view::minimap::{is_useful, minimap};
use crate::view::print::is_printed;
use crate::view::state::App;
use crate::view::window::{CanvasEvents, Held, Window, follow_focus};
use crate::web::size::observe_size;
use crate::words::count;

/// The drawing area with its zoom buttons: a picture, how much is within the hops, which of the views it is (the mark
/// `data-view`), what is inspected, and the address of a card, empty for none.
pub fn canvas(
    (scene, total): (Memo<Arc<Scene>>, Signal<Option<usize>>),
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
    follow_focus(window);
    let app = App::here();
    let can = move |command| window.can(app, command);
    does(app, Place::Graph, can, move |command| window.act(command));
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
    let is_drawn = move || size.get().0 > 0.0;
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
        .live("data-total", move || total.get().map(|total| total.to_string()))
        .live("data-drawn", move || is_drawn().then(|| "true".to_owned()))
        .live("data-ready", move || {
            (is_drawn() && total.get().is_some()).then(|| "true".to_owned())
        })
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
fn tools(window: Window) -> Pieces {
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
    let has_map = Memo::new(move |_| is_useful(in_view.get(), window.size.get()));
    let map = move || has_map.get().then(|| minimap(window));
    let row = el("div").class("canvas-row").child(live_all(told)).child(zoom_buttons(window));
    Pieces::new([live_all(map), row.into()])
}

fn zoom_buttons(window: Window) -> El {
    let one = |command: Command, title: &'static str| {
        bears(button(""), command).attr("title", title).press(move || window.act(command))
    };
    let nearer = one(Command::ZoomIn, "Zoom in (+)").attr("aria-label", "Zoom in");
    let farther = one(Command::ZoomOut, "Zoom out (-)").attr("aria-label", "Zoom out");
    let fit = one(Command::Fit, "Fit all (f)");
    el("div")
        .class("zoom")
        .attr("role", "group")
        .attr("aria-label", "Zoom")
        .child(nearer.child("+"))
        .child(farther.child("−"))
        .child(fit.child("Fit"))
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
