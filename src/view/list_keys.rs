//! The keyboard in a long list, of which only the rows in sight exist: arrows walk its rows, and where rows come
//! and go under the keyboard it stays at its row, or else at the list.
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent};

use crate::commands::{Command, Place};
use crate::view::doing::asked;
use crate::view::el::Handle;
use crate::view::virtual_list::InSight;
use crate::web::dom;

/// On each row: its place, from 0.
pub const ROW: &str = "data-row";

/// So many frames a row has to be there once it is scrolled to.
const MAX_FRAMES: u32 = 20;

/// Where the keyboard is: a row, and of its links and buttons the how many-th.
#[derive(Clone, Copy)]
struct At {
    row: usize,
    nth: u32,
}

/// Rows are about to come and go; the list may be gone with its page.
pub fn keep(list: Handle) {
    if let Some(at) = list.try_get_untracked().flatten().and_then(|list| here(&list)) {
        request_animation_frame(move || {
            if dom::has_lost_focus() && !focus(list, at) {
                // A page may be gone with its lists.
                dom::focus_element(list.try_get_untracked().flatten().as_ref());
            }
        });
    }
}

/// A key was pressed in the list.
pub fn press(window: InSight, event: &Event) {
    let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
    let Some(element) = window.list.get_untracked() else { return };
    let last = window.n_rows.get_untracked().saturating_sub(1);
    let at = here(&element);
    let row = at.map(|at| at.row);
    let first_in_sight =
        || (f64::from(element.scroll_top()) / window.row_height.get_untracked()).ceil();
    let row = match asked(event, Place::List) {
        Some(Command::ListDown) => row.map_or_else(|| whole(first_in_sight()), |row| row + 1),
        Some(Command::ListUp) => row.unwrap_or(last).saturating_sub(1),
        Some(Command::ListFirst) => 0,
        Some(Command::ListLast) => last,
        _ => return,
    };
    event.prevent_default();
    event.stop_propagation();
    let at = At { row: row.min(last), nth: at.map_or(0, |at| at.nth) };
    reveal(&element, at.row, window.row_height.get_untracked());
    seek(window.list, at, MAX_FRAMES);
}

/// Scrolls as little as it takes.
fn reveal(list: &Element, row: usize, row_height: f64) {
    let head = list.query_selector("thead").ok().flatten().map_or(0, |head| head.client_height());
    let (top, height) = (f64::from(list.scroll_top()), f64::from(list.client_height() - head));
    let row_top = row as f64 * row_height;
    let to = top.clamp((row_top + row_height - height).min(row_top), row_top);
    list.set_scroll_top(whole(to.ceil()).try_into().unwrap_or(i32::MAX));
}

fn seek(list: Handle, at: At, n_frames: u32) {
    if !focus(list, at) && n_frames > 0 {
        request_animation_frame(move || seek(list, at, n_frames - 1));
    }
}

/// Where the keyboard is in the list, if it is at a row.
fn here(list: &Element) -> Option<At> {
    let focused = dom::focused().filter(|it| list.contains(Some(it)))?;
    let row = focused.closest("[data-row]").ok()??;
    let stops = stops(&row)?;
    let nth = (0..stops.length())
        .find(|&nth| stops.get(nth).is_some_and(|it| it.is_same_node(Some(&focused))));
    Some(At { row: row.get_attribute(ROW)?.parse().ok()?, nth: nth.unwrap_or_default() })
}

/// Whether there is such a row.
fn focus(list: Handle, at: At) -> bool {
    let list = list.try_get_untracked().flatten();
    let row =
        list.and_then(|list| list.query_selector(&format!("[data-row=\"{}\"]", at.row)).ok()?);
    let Some(stops) = row.and_then(|row| stops(&row)) else { return false };
    let stop = stops.get(at.nth.min(stops.length().saturating_sub(1)));
    dom::focus_element(stop.and_then(|it| it.dyn_into::<Element>().ok()).as_ref());
    true
}

fn stops(row: &Element) -> Option<web_sys::NodeList> {
    row.query_selector_all("a[href],button:not([disabled])").ok()
}

#[expect(clippy::cast_sign_loss, reason = "a list that is pulled beyond its top begins there")]
fn whole(rows: f64) -> usize {
    rows.max(0.0) as usize
}
