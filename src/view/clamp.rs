//! A name of any length over a page: two lines of it, so that what it is about stays in sight; all of it at a press, and in
//! its title.
use leptos::prelude::*;

use crate::view::el::{Child, El, Handle, button, live, live_all};
use crate::web::size::{Measured, observe_size};

/// `heading`, whose text is `whole`, and the button that shows all of it, where it is cut.
pub fn clamped(heading: El, whole: String) -> [Child; 2] {
    let handle = Handle::new_local(None);
    let is_open = RwSignal::new(false);
    let size = observe_size(move || handle.get());
    let is_over = move || {
        let is_taller = |it: &web_sys::Element| it.scroll_height() > it.client_height() + 1;
        handle.with_untracked(|it| it.as_ref().is_some_and(is_taller))
    };
    // Asked only once it is laid out: to ask before would have the browser lay out the page in the midst of the work.
    let is_cut = Memo::new(move |_| {
        let is_laid_out = size.get() != Measured::default();
        is_open.get() || (is_laid_out && is_over())
    });
    let class = move || (!is_open.get()).then(|| "clamped".to_owned());
    let words = move || if is_open.get() { "Two lines of it" } else { "Whole name" };
    let turn = move || {
        button("link-button clamp-turn")
            .live("aria-expanded", move || Some(is_open.get().to_string()))
            .press(move || is_open.update(|is_open| *is_open = !*is_open))
            .child(live(words))
    };
    let heading = heading.live("class", class).attr("title", whole).kept_in(handle);
    [heading.into(), live_all(move || is_cut.get().then(turn))]
}
