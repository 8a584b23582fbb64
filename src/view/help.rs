//! Dialogs over the page, and the one that lists the keys. The browser's own dialog keeps the
//! keyboard inside and gives it back.
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

use crate::view::announcer::go_along;
use crate::view::el::{Child, El, Handle, el, live_all};
use crate::view::rest;
use crate::view::state::{App, Dialog};

/// The list of keys, and of words.
pub fn help() -> El {
    modal(Dialog::Help, "Keys and words", false, || {
        let all = "Everything that a key does can be done without one, and without a mouse.";
        let app = App::here();
        let keys = live_all(move || app.has_rest.get().then(rest::keys_list).into_iter().flatten());
        let words = live_all(move || app.has_rest.get().then(rest::words_list));
        let about = live_all(move || app.has_rest.get().then(rest::about));
        vec![el("p").class("dim").child(all).into(), keys, words, about]
    })
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
        let is_open = is_open.get();
        let dialog: &HtmlDialogElement = element.unchecked_ref();
        if is_open {
            // Refused only where it is open already.
            let _ = dialog.show_modal();
        } else {
            dialog.close();
        }
        go_along(&element, is_open);
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
