//! A button with a list of things to do below it. Arrows, Home and End walk the list; Escape gives the
//! keyboard back to the button, and whoever goes elsewhere leaves it closed.
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent};

use crate::commands::{Command, Place};
use crate::view::doing::asked;
use crate::view::el::{El, Handle, button, el, live_all};
use crate::web::dom;

const ITEM: &str = "[role=menuitem]";

/// A menu under a button that says `name`; `items` are made anew each time it opens.
pub fn menu(name: &'static str, items: impl Fn() -> Vec<El> + Send + 'static) -> El {
    let menu = Menu { root: Handle::new_local(None), is_open: RwSignal::new(false) };
    let list = move || {
        menu.is_open.get().then(|| {
            el("div")
                .class("menu-list")
                .attr("role", "menu")
                .attr("aria-label", name)
                .on("click", move |_| menu.close())
                .children(items())
        })
    };
    let press = move |event: Event| {
        if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
            menu.press(event);
        }
    };
    let turn = button("menu-button")
        .attr("aria-haspopup", "menu")
        .live("aria-expanded", move || Some(menu.is_open.get().to_string()))
        .press(move || if menu.is_open.get_untracked() { menu.close() } else { menu.open(0) })
        .child(name)
        .child(el("span").attr("aria-hidden", "true").child(" ▾"));
    el("div")
        .class("choices menu")
        .kept_in(menu.root)
        .on("keydown", press)
        .on("focusout", move |_| request_animation_frame(move || menu.leave()))
        .child(turn)
        .child(live_all(list))
}

/// One thing to do: its name, and what comes of it.
pub fn item(name: &'static str, means: &'static str, act: impl Fn() + Send + Sync + 'static) -> El {
    button("menu-item")
        .attr("role", "menuitem")
        .attr("tabindex", "-1")
        .press(act)
        .child(el("strong").child(name))
        .child(el("span").class("dim").child(format!(" {means}")))
}

#[derive(Clone, Copy)]
struct Menu {
    root: Handle,
    is_open: RwSignal<bool>,
}

impl Menu {
    /// With the keyboard on an item, once it is there; beyond the last is the last.
    fn open(self, at: usize) {
        self.is_open.set(true);
        request_animation_frame(move || self.go(at));
    }

    fn close(self) {
        self.is_open.set(false);
        let root = self.root.get_untracked();
        dom::focus_element(root.and_then(|root| root.first_element_child()).as_ref());
    }

    /// The keyboard, or the page, may have gone on.
    fn leave(self) {
        let Some(root) = self.root.try_get_untracked().flatten() else { return };
        if !root.contains(dom::focused().as_deref()) {
            self.is_open.set(false);
        }
    }

    fn press(self, event: &KeyboardEvent) {
        let (items, is_open) = (self.items(), self.is_open.get_untracked());
        let has_keyboard = |item: &Element| dom::focused().as_ref() == Some(item);
        let here = items.iter().position(has_keyboard).unwrap_or(0);
        match asked(event, Place::Open) {
            Some(Command::ItemDown) if is_open => self.go(here + 1),
            Some(Command::ItemDown | Command::ItemFirst) => self.open(0),
            Some(Command::ItemUp) if is_open => self.go(here.saturating_sub(1)),
            Some(Command::ItemUp | Command::ItemLast) => self.open(usize::MAX),
            Some(Command::Close) if is_open => self.close(),
            _ => return,
        }
        event.prevent_default();
    }

    fn go(self, to: usize) {
        let items = self.items();
        dom::focus_element(items.get(to).or(items.last()));
    }

    fn items(self) -> Vec<Element> {
        let root = self.root.try_get_untracked().flatten();
        let Some(found) = root.and_then(|root| root.query_selector_all(ITEM).ok()) else {
            return Vec::new();
        };
        (0..found.length()).filter_map(|at| found.get(at)?.dyn_into().ok()).collect()
    }
}
