//! The question before a log comes from another origin than the page's, and the list of those that the
//! reader has agreed to.
use leptos::prelude::*;
use web_sys::Event;

use crate::view::el::{Child, El, Handle, button, el, live_all};
use crate::view::state::{App, Ask, Load};
use crate::web::consent::{self, OPAQUE};
use crate::web::dom;

/// The question. The keyboard is on No.
pub fn asking_page() -> El {
    let app = App::here();
    let parts = move || match app.load() {
        Load::Asking(ask) => parts(app, ask),
        _ => Vec::new(),
    };
    el("div").class("notice-page").child(live_all(parts))
}

fn parts(app: App, ask: Ask) -> Vec<El> {
    let refuse = Handle::new_local(None);
    Effect::new(move || dom::focus_element(refuse.get().as_ref()));
    let agree = ask.clone();
    let (is_named, origin) = (ask.origin != OPAQUE, ask.origin.clone());
    let who = el("strong").class("asking-origin").child(match (is_named, ask.page.is_some()) {
        (true, _) => origin,
        (false, _) => "a page without an origin: a file, or a closed frame".to_owned(),
    });
    let (heading, told, yes) = match ask.page {
        None => (
            "Fetch a log from another host?",
            "The address of this page names a log that is not beside it. Its host is asked once you \
             agree, and not before; it learns that you have, and from where.",
            "Yes, fetch it",
        ),
        Some(_) => (
            "Open the log of another page?",
            "The page that shows this one, or has opened it, hands a log over. It stays in this \
             browser.",
            "Yes, open it",
        ),
    };
    let kept = "This browser will not ask again for this origin; the start page has the list.";
    let told = if is_named { format!("{told} {kept}") } else { told.to_owned() };
    let no = button("button").kept_in(refuse).press(move || app.answer(&ask, false)).child("No");
    let yes = button("button").press(move || app.answer(&agree, true)).child(yes);
    vec![
        el("h1").child(heading),
        el("p").child(who),
        el("p").child(told),
        el("div").class("actions").child(no).child(yes),
    ]
}

/// What was agreed to, each with a way to take that back.
pub fn agreed() -> Child {
    let origins = RwSignal::new(consent::allowed());
    let line = move |origin: String| {
        let taken = origin.clone();
        let take_back = move |_: Event| {
            consent::take_back(&taken);
            origins.set(consent::allowed());
        };
        let words = el("span").child(origin.clone());
        let label = format!("Ask again before a log comes from {origin}");
        let ask = button("button").attr("aria-label", label).on("click", take_back);
        el("li").child(words).child(ask.child("Ask again"))
    };
    live_all(move || {
        let lines = origins.get().into_iter().map(line).collect::<Vec<_>>();
        (!lines.is_empty()).then(|| {
            let heading = el("h2").child("Logs come from these without a question");
            el("section").class("agreed").child(heading).child(el("ul").children(lines))
        })
    })
}
