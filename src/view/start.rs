//! The ways to open a log: as the page before any, and as a dialog over the one that is shown.
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, HtmlTextAreaElement};

use crate::commands::OPEN_SAMPLE;
use crate::view::doing::COMMAND;
use crate::view::drop;
use crate::view::el::{Child, El, Handle, el, live_all};
use crate::view::help::modal;
use crate::view::rest;
use crate::view::shapes::shapes;
use crate::view::start_picture::start_picture;
use crate::view::state::{App, Dialog};
use crate::web::expect_choice;
use crate::web::handles::{self, Picked};

/// On a field whose browser refuses to show its other picker.
const PLAIN: &str = "data-plain";

/// The page before any log.
pub fn start_page() -> El {
    let lead = "Lineage opens the event log of databuild, or OpenLineage events, and draws who asked for what, which job run built it, and from what. The log stays in this browser.";
    let head = el("div")
        .class("start-head")
        .child(el("h1").child("See what was built, from what, and for whom"))
        .child(el("p").class("lead").child(lead))
        .child(start_picture())
        .children(sample());
    let examples = el("details")
        .child(el("summary").class("dim").child("What a log looks like"))
        .children(shapes());
    let app = App::here();
    let about = live_all(move || app.has_rest.get().then(rest::about));
    el("div").class("start").child(head).children(ways()).child(examples).child(about)
}

/// The way for who has no log at hand.
fn sample() -> Option<El> {
    let app = App::here();
    let open = el("button").class("button").attr(COMMAND, OPEN_SAMPLE.does);
    let open = open.press(move || app.open_sample());
    let words = "A week of an invented warehouse; what failed, and why, comes first.";
    let sample = el("p").class("start-sample").child(open.child("Open the sample"));
    App::has_sample().then(|| sample.child(el("span").class("dim").child(words)))
}

/// The same, over a log that is shown.
pub fn open_dialog() -> El {
    modal(Dialog::Open, "Open a log", true, || {
        ways().into_iter().chain(sample().map(Child::from)).collect()
    })
}

fn ways() -> Vec<Child> {
    let app = App::here();
    let kinds = "NDJSON or JSON, also compressed by gzip or zstd; several files, or a folder, are shards of one log";
    let file = el("section")
        .class("start-drop")
        .attr("aria-label", "A file")
        .child(el("strong").child("Drop a log here"))
        .child(el("p").class("dim").child(kinds))
        .child(el("div").class("actions").child(file_picker()).child(folder_picker()));
    let way = |form: El| el("section").class("card start-way").child(form);
    let others = el("div").class("start-ways").child(way(address_form())).child(way(paste_form()));
    let mut ways = vec![file.into(), others.into()];
    ways.push(live_all(move || app.has_rest.get().then(rest::kept_here)));
    ways.push(live_all(move || app.has_rest.get().then(rest::agreed)));
    ways
}

/// A button that opens the browser's file picker.
pub fn file_picker() -> El {
    picker("button primary file-picker", "Choose files…", "multiple")
}

/// The same for a folder with all that lies in it.
fn folder_picker() -> El {
    picker("button file-picker", "Choose a folder…", "webkitdirectory")
}

fn picker(class: &'static str, words: &'static str, flag: &'static str) -> El {
    let app = App::here();
    let picked = move |event: Event| {
        let input = event_target::<HtmlInputElement>(&event);
        if let Some(origins) = input.files().and_then(drop::files) {
            app.open_other(origins);
        }
        // The same file again is a change, too.
        input.set_value("");
    };
    let input =
        el("input").attr("type", "file").flag(flag, true).class("only-read").on("change", picked);
    let input = input.on("focus", |_| expect_choice()).on("click", move |event| {
        // Not every browser gives the keyboard to what is pressed.
        expect_choice();
        if flag == "multiple" {
            pick_handles(app, event);
        }
    });
    el("label").class(class).child(words).child(input)
}

/// Where the browser has a picker of files that can be read again as they grow, it is shown instead.
fn pick_handles(app: App, event: Event) {
    let Some(picker) = handles::picker() else { return };
    let input = event_target::<HtmlInputElement>(&event);
    // Refused once, the press is made again for the plain one.
    if input.has_attribute(PLAIN) {
        return;
    }
    event.prevent_default();
    let asked = handles::pick(&picker);
    spawn_local(async move {
        match asked.await {
            Picked::Files(origins) => app.open_other(origins),
            Picked::Nothing => {}
            Picked::Refused => {
                // Only a malformed name is refused.
                let _ = input.set_attribute(PLAIN, "");
                input.click();
            }
        }
    });
}

fn address_form() -> El {
    let app = App::here();
    let handle = Handle::new_local(None);
    let field = el("input")
        .kept_in(handle)
        .attr("type", "text")
        .attr("inputmode", "url")
        .attr("placeholder", "https://…/events.ndjson");
    form("address", "From an address", field, "Fetch", move || {
        let field = handle.get_untracked().map(JsCast::unchecked_into::<HtmlInputElement>);
        let address = field.map(|field| field.value()).unwrap_or_default();
        if !address.trim().is_empty() {
            app.open_typed(address.trim());
        }
    })
}

fn paste_form() -> El {
    let app = App::here();
    let handle = Handle::new_local(None);
    let field = el("textarea").kept_in(handle).attr("placeholder", "One event a line");
    form("paste", "Pasted", field, "Read", move || {
        let field = handle.get_untracked().map(JsCast::unchecked_into::<HtmlTextAreaElement>);
        let text = field.map(|field| field.value()).unwrap_or_default();
        if let Some(origins) = drop::text(text) {
            app.open_other(origins);
        }
    })
}

/// A field under a label, which `id` ties to it, and the button that submits it.
fn form(
    id: &'static str,
    label: &'static str,
    field: El,
    words: &'static str,
    submit: impl Fn() + Send + Sync + 'static,
) -> El {
    let field = field
        .attr("id", id)
        .class("field")
        .on("focus", |_| expect_choice())
        .flag("required", true)
        .attr("autocomplete", "off")
        .attr("spellcheck", "false");
    let submitted = move |event: Event| {
        event.prevent_default();
        submit();
    };
    el("form")
        .on("submit", submitted)
        .child(el("label").attr("for", id).child(label))
        .child(field)
        .child(el("button").class("button").child(words))
}
