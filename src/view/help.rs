//! Dialogs over the page, and the one that lists the keys. The browser's own dialog keeps the
//! keyboard inside and gives it back.
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

use crate::view::el::{Child, El, Handle, el, live_all};
use crate::view::rest;
use crate::view::state::{App, Dialog};

/// Keys and what they do, in groups.
const KEYS: [(&str, &[(&str, &str)]); 3] = [
    ("Everywhere", &[("/", "search"), ("?", "these keys"), ("Esc", "close what is open")]),
    (
        "In a graph",
        &[
            ("← ↑ → ↓", "to the nearest node in that direction"),
            ("Enter", "make it the focus"),
            ("[ ]", "previous and next version"),
            ("f", "fit the graph into its window"),
            ("o", "turn it: left to right, or top to bottom"),
            ("+ −", "zoom"),
        ],
    ),
    (
        "In time",
        &[
            ("t", "to the bar of the moment; once more, to type an event's id"),
            ("← →", "one event back or on"),
            ("Shift ← →", "to the event before or after that changed what is inspected"),
            ("PageUp PageDown", "a hundredth of the log on or back"),
            ("Home End", "the log's first event, and its end"),
            ("Space", "play, and stop"),
        ],
    ),
];

/// The list of keys.
pub fn help() -> El {
    modal(Dialog::Help, "Keys and words", false, || {
        let all = "Everything that a key does can be done without one, and without a mouse.";
        let groups = KEYS.iter().map(|(name, keys)| group(name, keys).into());
        let app = App::here();
        let words = live_all(move || app.has_rest.get().then(rest::words_list));
        let about = live_all(move || app.has_rest.get().then(rest::about));
        groups.chain([el("p").class("dim").child(all).into(), words, about]).collect()
    })
}

fn group(name: &'static str, keys: &[(&'static str, &'static str)]) -> El {
    let line = |&(key, does): &(&'static str, &'static str)| {
        let caps = key.split(' ').map(|cap| el("kbd").child(cap));
        [el("dt").children(caps), el("dd").child(does)]
    };
    let keys = el("dl").class("keys").children(keys.iter().flat_map(line));
    el("section").child(el("h2").child(name)).child(keys)
}

/// A dialog that is open while the state says so. `children` is made anew each time it opens.
pub fn modal(
    dialog: Dialog,
    title: &'static str,
    is_wide: bool,
    children: impl Fn() -> Vec<Child> + Send + 'static,
) -> El {
    let app = App::here();
    let element = Handle::new_local(None);
    let is_open = Memo::new(move |_| app.dialog.get() == Some(dialog));
    Effect::new(move || {
        let Some(element) = element.get() else { return };
        let element: HtmlDialogElement = element.unchecked_into();
        if is_open.get() {
            // Refused only where it is open already.
            let _ = element.show_modal();
        } else {
            element.close();
        }
    });
    let closed = move |_| {
        if is_open.get_untracked() {
            app.dialog.set(None);
        }
    };
    let close = el("button")
        .class("button plain")
        .press(move || app.dialog.set(None))
        .attr("aria-label", "Close")
        .child("✕");
    let body = move || if is_open.get() { children() } else { Vec::new() };
    el("dialog")
        .class(if is_wide { "dialog wide" } else { "dialog" })
        .attr("aria-label", title)
        .kept_in(element)
        .on("close", closed)
        .child(el("header").child(el("h1").child(title)).child(close))
        .child(el("div").class("dialog-body").child(live_all(body)))
}
