//! Dialogs over the page, and the one that lists the keys. The browser's own dialog keeps the
//! keyboard inside and gives it back.
use leptos::html;
use leptos::prelude::*;

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
    ("In time", &[("t", "as of another moment")]),
];

/// The list of keys.
#[component]
pub fn Help() -> impl IntoView {
    let key = |&(key, does): &(&'static str, &'static str)| {
        let caps = key.split(' ').map(|cap| view! { <kbd>{cap}</kbd> }).collect_view();
        view! { <dt>{caps}</dt><dd>{does}</dd> }
    };
    let group = move |(name, keys): (&'static str, &'static [(&'static str, &'static str)])| {
        let keys = keys.iter().map(key).collect_view();
        view! { <section><h2>{name}</h2><dl class="keys">{keys}</dl></section> }
    };
    view! {
        <Modal dialog=Dialog::Help title="Keys">
            {KEYS.map(group).collect_view()}
            <p class="dim">"Everything that a key does can be done without one, and without a mouse."</p>
        </Modal>
    }
}

/// A dialog that is open while the state says so.
#[component]
pub fn Modal(
    /// Which one it is.
    dialog: Dialog,
    /// Its heading.
    title: &'static str,
    /// Whether it is a wide one.
    #[prop(optional)]
    is_wide: bool,
    /// What is in it; made anew each time it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let app = App::here();
    let element = NodeRef::<html::Dialog>::new();
    let is_open = Memo::new(move |_| app.dialog.get() == Some(dialog));
    Effect::new(move || {
        let Some(element) = element.get() else { return };
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
    let close = move |_| app.dialog.set(None);
    view! {
        <dialog class="dialog" class:wide=is_wide node_ref=element on:close=closed aria-label=title>
            <header>
                <h1>{title}</h1>
                <button class="button plain" on:click=close aria-label="Close">"✕"</button>
            </header>
            <div class="dialog-body">
                <Show when=move || is_open.get()>{children()}</Show>
            </div>
        </dialog>
    }
}
