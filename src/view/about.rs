//! Which build of the page this is, and what it is made of.
use leptos::task::spawn_local;

use crate::view::el::{El, button, el};
use crate::web::{dom, licenses};

/// Lies beside the page of a folder.
const LICENSES: &str = "./licenses.txt";

/// A line.
pub fn about() -> El {
    let build = dom::meta("build").unwrap_or_else(|| env!("CARGO_PKG_VERSION").to_owned());
    let words = el("span").child(format!("Lineage {build}"));
    let words = el("p").class("about dim").child(words);
    if licenses::are_inside() {
        let save = || spawn_local(licenses::save());
        words.child(button("link-button").press(save).child("Save the licenses of its parts"))
    } else {
        words.child(el("a").attr("href", LICENSES).child("Licenses of its parts"))
    }
}
