//! The bar at the foot of every page: as of which event everything is told, on an axis of the whole
//! log, and what moves that moment.
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlInputElement};

use crate::commands::{Command, Place};
use crate::events::{Id, Seq};
use crate::facts::{asked_event, event_before, moment_said};
use crate::summary::nanos_of_moment;
use crate::tour::Step;
use crate::view::doing::{by_command, does};
use crate::view::el::{El, Handle, button, el, live, live_all};
use crate::view::scrubber::{Scrubber, THUMB};
use crate::view::state::{App, Snapshot};
use crate::view::tour;
use crate::web::dom;
use crate::words::{Topic, count, exact, zone};

const FIELD: &str = "as-of";

const NOT_AN_ID: &str = "not an event id";

/// The moment, and the events beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Here {
    /// The last event that counts.
    pub at: Seq,
    /// How many events count, and of how many.
    pub n_before: usize,
    /// See `n_before`.
    pub n_events: usize,
    /// None where the event has none.
    id: Option<u64>,
    nanos: u64,
    has_before: bool,
    is_end: bool,
}

impl Here {
    fn of(snapshot: &Snapshot) -> Option<Self> {
        let log = &snapshot.history().log;
        let at = snapshot.moment.at?;
        let is_end = snapshot.at.is_none();
        Some(Self {
            at,
            n_before: at.index() + 1,
            n_events: log.len(),
            id: log.event_id(at),
            nanos: log.nanos(at),
            has_before: event_before(log, at).is_some(),
            is_end,
        })
    }

    /// `As of event 861,204, 2026-11-22 14:03:51 UTC+01:00`. Tracked.
    pub fn words(&self, app: App) -> String {
        let place = if self.is_end { "End of log" } else { "As of" };
        let event = self.id.map_or_else(
            || format!("{} of {} events", count(self.n_before as u64), count(self.n_events as u64)),
            |id| format!("event {}", count(id)),
        );
        format!("{place}, {event}, {}", short(app, self.nanos))
    }
}

/// To the second, with its zone. Tracked.
fn short(app: App, nanos: u64) -> String {
    let offset = app.offset(nanos);
    format!("{} {}", exact(nanos, offset, 0), zone(offset))
}

/// The bar.
pub fn moment_bar() -> El {
    let app = App::here();
    let here = Memo::new(move |_| app.snapshot().and_then(|snapshot| Here::of(&snapshot)));
    let scrubber = Scrubber::new(app);
    let class = move || if is_end(here.get()) { "moment" } else { "moment is-past" };
    let which = move || if scrubber.can_move() { form(here) } else { unnamed() };
    announce(app, scrubber);
    let words = el("div").class("moment-words").child(live(which));
    does(app, Place::Log, |command| command == Command::Moment, |_| go_to_thumb());
    tour::seen_at(&[Step::Moment], el("section"))
        .live("class", move || Some(class().to_owned()))
        .attr("aria-label", "As of")
        .child(words.child(live(move || time(app, here.get()))))
        .child(scrubber.play_button())
        .child(scrubber.strip(here))
        .child(live(move || steps(scrubber, here.get())))
}

/// Says the moment that was gone to, once it is at rest: neither dragged nor played on.
fn announce(app: App, scrubber: Scrubber) {
    let asked = Memo::new(move |_| app.route_with(|route| route.at));
    Effect::new(move |before: Option<(Option<u64>, u64)>| {
        let (at, n_logs) = (asked.get(), app.n_logs.get_value());
        let Some(before) = before.filter(|(_, of)| *of == n_logs) else { return (at, n_logs) };
        if scrubber.is_moving() {
            app.say(Topic::Moment, "");
            return before;
        }
        if before.0 != at {
            app.say_late(Topic::Moment, move || said(app));
        }
        (at, n_logs)
    });
}

fn said(app: App) -> String {
    let page = app.route_with(|route| route.page.clone());
    let is_end = app.snapshot().is_none_or(|snapshot| snapshot.at.is_none());
    app.ask(|asof| {
        let time = app.time(nanos_of_moment(asof));
        moment_said(asof, &page, &time, is_end)
    })
}

fn is_end(here: Option<Here>) -> bool {
    here.is_none_or(|here| here.is_end)
}

fn unnamed() -> El {
    let why = "Events of this log have no ids: no address can name another moment of it.";
    el("p").child(el("strong").child("End of log.")).child(" ").child(why)
}

fn time(app: App, here: Option<Here>) -> El {
    let whole = here.map(|here| app.exact_time(here.nanos));
    let short = here.map(|here| short(app, here.nanos));
    el("time").class("number").maybe("title", whole).children(short)
}

/// To the events beside it, and back to the end.
fn steps(scrubber: Scrubber, here: Option<Here>) -> El {
    let has_before = here.is_some_and(|here| here.has_before);
    let leave = (!is_end(here)).then(|| {
        let leave = move || scrubber.leave();
        let button = by_command(button("link-button moment-leave"), Command::LeaveMoment);
        button.press(leave).child("Back to end of log")
    });
    let step = |command, title: &'static str, is_off| {
        let step = by_command(button("link-button"), command);
        step.attr("title", title).flag("disabled", is_off)
    };
    let back = step(Command::EventBack, "One event back", !has_before);
    let on = step(Command::EventOn, "One event on", is_end(here));
    el("span")
        .class("moment-steps")
        .child(back.press(move || scrubber.step(true)).child("◂ prev"))
        .child(on.press(move || scrubber.step(false)).child("next ▸"))
        .children(leave)
}

/// The id of the event.
fn form(here: Memo<Option<Here>>) -> El {
    let app = App::here();
    let handle = Handle::new_local(None);
    let is_wrong = RwSignal::new(false);
    let words = move || if is_end(here.get()) { "End of log, event" } else { "As of event" };
    let submit = move |event: Event| {
        event.prevent_default();
        let input = handle.get_untracked().and_then(|it| it.dyn_into::<HtmlInputElement>().ok());
        let typed = input.and_then(|input| asked_event(&input.value()));
        is_wrong.set(typed.is_none());
        if typed.is_none() {
            app.warn(NOT_AN_ID);
        } else {
            app.update_route(|route| route.with_at(typed));
        }
    };
    let wrong = move || is_wrong.get().then(|| el("span").class("late").child(NOT_AN_ID));
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
        .attr("title", "Type an event's id and press Enter")
        .live(".value", move || Some(id()))
        .live("aria-invalid", move || Some(is_wrong.get().to_string()))
        .on("input", move |_| is_wrong.set(false))
}

/// To the thumb, and from there to the field.
fn go_to_thumb() {
    if dom::focused().is_none_or(|element| element.id() != THUMB) {
        return dom::focus(THUMB);
    }
    dom::focus(FIELD);
    if let Some(field) = dom::focused().and_then(|it| it.dyn_into::<HtmlInputElement>().ok()) {
        field.select();
    }
}
