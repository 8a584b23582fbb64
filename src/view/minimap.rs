//! The whole picture in a corner of its window, where it is not all in view: a press or a drag moves the
//! window. It steps aside, into another corner, from a card that it would cover. Keys and the outline do all
//! that it does, so that it says nothing to who sees nothing.
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, PointerEvent};

use crate::layout::{Point, Size};
use crate::scene::mark::tenths;
use crate::scene::{Corner, Minimap};
use crate::view::el::{El, Handle, live_all, svg_el};
use crate::view::window::Window;

/// The map of a window.
pub fn minimap(window: Window) -> El {
    let Window { scene, viewport, .. } = window;
    let size = move || {
        let (width, height) = window.size.get();
        Size { width, height }
    };
    let map = Memo::new(move |_| Minimap::of(scene.with(|scene| scene.bounds), size()));
    let blocks = move || [scene.with(|scene| map.get().blocks(scene))];
    let number = |value: f32| Some(tenths(value));
    let place = Memo::new(move |_| map.get().place(viewport.get().shown(size())));
    // While it leads it stays under the pointer.
    let leads = RwSignal::new(false);
    let corner = Memo::new(move |before: Option<&Corner>| {
        let now = before.copied().unwrap_or_default();
        if leads.get() {
            return now;
        }
        scene.with(|scene| map.get().corner(scene, viewport.get(), size(), now))
    });
    let look_at = move |on: Point| window.lead(|v| v.centered(on, window.size()));
    let seen = svg_el("rect")
        .class("map-window")
        .live("x", move || number(place.get().left))
        .live("y", move || number(place.get().top))
        .live("width", move || number(place.get().width()))
        .live("height", move || number(place.get().height()));
    let svg = Handle::new_local(None);
    let go = move |event: &PointerEvent| {
        let Some(svg) = svg.get_untracked() else { return };
        let corner = svg.get_bounding_client_rect();
        let x = event.client_x() as f32 - corner.left() as f32;
        let y = event.client_y() as f32 - corner.top() as f32;
        look_at(map.get_untracked().scene_point(Point { x, y }));
    };
    let down = move |event: Event| {
        let event: &PointerEvent = event.unchecked_ref();
        if let Some(svg) = svg.get_untracked() {
            // A pointer that is gone by now needs no capture.
            let _ = svg.set_pointer_capture(event.pointer_id());
        }
        leads.set(true);
        go(event);
    };
    let moved = move |event: Event| {
        let event: &PointerEvent = event.unchecked_ref();
        if event.buttons() != 0 {
            go(event);
        }
    };
    svg_el("svg")
        .class("minimap")
        .live("data-corner", move || Some(corner.get().word().to_owned()))
        .attr("aria-hidden", "true")
        .live("width", move || number(map.get().size.width))
        .live("height", move || number(map.get().size.height))
        .on("pointerdown", down)
        .on("pointermove", moved)
        .on("lostpointercapture", move |_| leads.set(false))
        .kept_in(svg)
        .child(live_all(blocks))
        .child(seen)
}

/// Whether there is to be one.
pub fn is_useful((n, of): (usize, usize), size: (f32, f32)) -> bool {
    Minimap::is_useful(n, of, Size { width: size.0, height: size.1 })
}
