//! What the marks of the picture mean: those that occur in it, one press away. It remembers nothing, and
//! costs nothing while it is closed.
use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement};

use crate::commands::Command;
use crate::scene::{SIGN, Scene, Sign, legend, sign_mark};
use crate::view::doing::by_command;
use crate::view::el::{El, el, live_all, svg_el};

/// The legend of `scene`.
pub fn legend_of(scene: Memo<Arc<Scene>>) -> El {
    let is_open = RwSignal::new(false);
    let toggled = move |event: Event| {
        let element = event.target().and_then(|it| it.dyn_into::<HtmlElement>().ok());
        is_open.set(element.is_some_and(|it| it.has_attribute("open")));
    };
    let list = move || {
        let rows = || scene.with(|scene| legend(scene)).into_iter().map(row);
        is_open.get().then(|| el("ul").children(rows()))
    };
    el("details")
        .class("legend")
        .on("toggle", toggled)
        .child(by_command(el("summary"), Command::Legend).child("Legend"))
        .child(live_all(list))
}

fn row((sign, words): (Sign, &'static str)) -> El {
    let (width, height) = SIGN;
    let picture = svg_el("svg")
        .attr("aria-hidden", "true")
        .attr("width", width.to_string())
        .attr("height", height.to_string())
        .child(sign_mark(sign));
    el("li").child(picture).child(words)
}
