//! The bar that says as of which event everything is told, and moves that moment. Small: one event
//! at a time, or the one whose id is typed.
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement, KeyboardEvent};

use crate::facts::{asked_event, event_after, event_before};
use crate::view::el::{El, Handle, button, el, live, live_all};
use crate::view::state::{App, Snapshot};
use crate::web::dom;
use crate::words::{count, exact, zone};

const FIELD: &str = "as-of";

/// The moment, and the events beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Here {
    /// None where the event has none.
    id: Option<u64>,
    nanos: u64,
    before: Option<u64>,
    /// None at the log's end.
    after: Option<u64>,
    is_end: bool,
}

impl Here {
    fn of(snapshot: &Snapshot) -> Option<Self> {
        let log = &snapshot.history().log;
        let at = snapshot.moment.at?;
        let is_end = snapshot.at.is_none();
        Some(Self {
            id: log.event_id(at),
            nanos: log.nanos(at),
            before: event_before(log, at),
            after: event_after(log, at).filter(|_| !is_end),
            is_end,
        })
    }
}

/// The bar.
pub fn moment_bar() -> El {
    let app = App::here();
    let here = Memo::new(move |_| app.snapshot().and_then(|snapshot| Here::of(&snapshot)));
    let class = move || if is_end(here.get()) { "moment" } else { "moment is-past" };
    el("section")
        .live("class", move || Some(class().to_owned()))
        .attr("aria-label", "As of")
        .child(form(here))
        .child(live_all(move || [time(app, here.get()), steps(app, here.get())]))
}

fn is_end(here: Option<Here>) -> bool {
    here.is_none_or(|here| here.is_end)
}

fn time(app: App, here: Option<Here>) -> El {
    let whole = here.map(|here| app.exact_time(here.nanos));
    let short = here.map(|Here { nanos, .. }| {
        let offset = app.offset(nanos);
        format!("{} {}", exact(nanos, offset, 0), zone(offset))
    });
    el("time").class("number").maybe("title", whole).children(short)
}

/// To the events beside it, and back to the end.
fn steps(app: App, here: Option<Here>) -> El {
    let (before, after) = here.map_or((None, None), |here| (here.before, here.after));
    let leave = (!is_end(here)).then(|| {
        let leave = move || app.update_route(|route| route.with_at(None));
        button("link-button").press(leave).child("Back to end of log")
    });
    el("span")
        .class("moment-steps")
        .child(step(app, "One event back", before).child("◂ prev"))
        .child(step(app, "One event on", after).child("next ▸"))
        .children(leave)
}

/// Goes to another event; off where there is none.
fn step(app: App, title: &'static str, to: Option<u64>) -> El {
    let step = move || {
        if to.is_some() {
            app.update_route(|route| route.with_at(to));
        }
    };
    button("link-button").attr("title", title).flag("disabled", to.is_none()).press(step)
}

/// The id of the event; `t` goes here.
fn form(here: Memo<Option<Here>>) -> El {
    let app = App::here();
    let handle = Handle::new_local(None);
    let is_wrong = RwSignal::new(false);
    let words = move || if is_end(here.get()) { "End of log, event" } else { "As of event" };
    let submit = move |event: Event| {
        event.prevent_default();
        let typed = input_in(handle).and_then(|input| asked_event(&input.value()));
        is_wrong.set(typed.is_none());
        if typed.is_some() {
            app.update_route(|route| route.with_at(typed));
        }
    };
    let wrong = move || {
        let wrong = el("span").class("late").attr("role", "alert");
        is_wrong.get().then(|| wrong.child("not an event id"))
    };
    listen_to_key(handle);
    el("form")
        .class("moment-form")
        .on("submit", submit)
        .child(el("label").attr("for", FIELD).child(live(words)))
        .child(field(here, is_wrong).kept_in(handle))
        .child(live_all(wrong))
}

fn field(here: Memo<Option<Here>>, is_wrong: RwSignal<bool>) -> El {
    let id = move || here.get().and_then(|here| here.id).map_or_else(String::new, count);
    el("input")
        .attr("id", FIELD)
        .class("field")
        .attr("inputmode", "numeric")
        .attr("autocomplete", "off")
        .attr("size", "11")
        .attr("title", "Type an event's id and press Enter (t)")
        .live(".value", move || Some(id()))
        .live("aria-invalid", move || Some(is_wrong.get().to_string()))
        .on("input", move |_| is_wrong.set(false))
}

fn input_in(handle: Handle) -> Option<HtmlInputElement> {
    handle.get_untracked()?.dyn_into().ok()
}

fn listen_to_key(field: Handle) {
    let key = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        let is_command = event.ctrl_key() || event.meta_key() || event.alt_key();
        if event.key() != "t" || is_command || dom::is_typing() || event.default_prevented() {
            return;
        }
        event.prevent_default();
        dom::focus(FIELD);
        if let Some(field) = input_in(field) {
            field.select();
        }
    });
    on_cleanup(move || key.remove());
}
