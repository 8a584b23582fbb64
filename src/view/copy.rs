//! A button that copies a text, and says whether it could.
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::view::el::{El, button, el, live};
use crate::view::state::App;
use crate::web::clipboard;

/// The button for `text`, which is `what` for who cannot see it: `the id`.
pub fn copy_button(text: String, what: &'static str) -> El {
    let app = App::here();
    let result = RwSignal::new(None);
    let copy = move || {
        let text = text.clone();
        spawn_local(async move {
            let is_copied = clipboard::copy(&text).await;
            app.say_copied(what, is_copied, "Select and copy it.");
            // The page may have gone on.
            let _ = result.try_set(Some(is_copied));
        });
    };
    let words = move || match result.get() {
        None => "Copy",
        Some(true) => "Copied",
        Some(false) => "Select and copy it",
    };
    button("copy")
        .attr("title", format!("Copy {what}"))
        .press(copy)
        .on("blur", move |_| result.set(None))
        .child(el("span").child(live(words)))
        .child(el("span").class("only-read").child(format!(" {what}")))
}
