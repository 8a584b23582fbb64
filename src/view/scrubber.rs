//! The axis of the whole log and the thumb on it: dragged, pressed, moved by keys, or played. Whatever
//! is asked for between two frames, the moment changes once a frame; the address follows more slowly.
mod moves;

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent, PointerEvent};

use crate::commands::{Command, Place};
use crate::events::Seq;
use crate::facts::has_event_ids;
use crate::scene::mark::tenths;
use crate::summary::{Density, density, density_marks, density_words};
use crate::view::doing::{asked, by_command};
use crate::view::el::{Child, El, Handle, button, el, live, live_all};
use crate::view::moment::Here;
use crate::view::scrubber::moves::step;
use crate::view::state::{App, Snapshot};
use crate::web::dom;

/// The document's id of the thumb.
pub const THUMB: &str = "as-of-thumb";

/// What depends on the log alone.
#[derive(Debug, PartialEq)]
struct Axis {
    density: Density,
    /// Whether an address can name a moment of it.
    is_named: bool,
}

/// What is under way.
#[derive(Default)]
struct Hand {
    /// Asked for, and shown in the next frame.
    wanted: Option<Seq>,
    /// How far it has been played, and when that was.
    played: f64,
    played_at: u64,
    /// The address was changed a moment ago; and whether it is late since.
    is_told: bool,
    is_late: bool,
}

/// The axis with its thumb.
#[derive(Clone, Copy)]
pub struct Scrubber {
    app: App,
    axis: Memo<Option<Arc<Axis>>>,
    is_playing: RwSignal<bool>,
    is_dragging: RwSignal<bool>,
    strip: Handle,
    hand: StoredValue<Hand>,
}

impl Scrubber {
    /// Of whatever log is shown.
    pub fn new(app: App) -> Self {
        let axis = move |_: Option<&Option<Arc<Axis>>>| {
            let log = app.log()?;
            let events = &log.history.log;
            Some(Arc::new(Axis { density: density(events), is_named: has_event_ids(events) }))
        };
        Self {
            app,
            axis: Memo::new(axis),
            is_playing: RwSignal::new(false),
            is_dragging: RwSignal::new(false),
            strip: Handle::new_local(None),
            hand: StoredValue::new(Hand::default()),
        }
    }

    /// Whether the moment can be moved. Tracked.
    pub fn can_move(self) -> bool {
        self.axis.with(|axis| axis.as_ref().is_some_and(|axis| axis.is_named))
    }

    /// Whether the moment goes on by itself, or under a pointer that holds it. Tracked.
    pub fn is_moving(self) -> bool {
        self.is_playing.get() || self.is_dragging.get()
    }

    /// Starts and stops playing.
    pub fn play_button(self) -> El {
        let is_playing = self.is_playing;
        let words = move || if is_playing.get() { "Pause" } else { "Play the log" };
        by_command(button("button plain moment-play"), Command::Play)
            .live("aria-label", move || Some(words().to_owned()))
            .live("title", move || Some(words().to_owned()))
            .live("disabled", move || (!self.can_move()).then(String::new))
            .press(move || self.toggle())
            .child(live(move || if is_playing.get() { "❚❚" } else { "▶" }))
    }

    /// The axis.
    pub fn strip(self, here: Memo<Option<Here>>) -> El {
        let picture = move || {
            let axis = self.axis.get()?;
            Some(El::from(density_marks(&axis.density)))
        };
        let words = move || self.axis.with(|axis| Some(density_words(&axis.as_ref()?.density)));
        let strip = el("div")
            .class("scrubber-strip")
            .kept_in(self.strip)
            .on("pointerdown", move |event| self.press(&event))
            .on("pointermove", move |event| self.drag(&event))
            .on("pointerup", move |_| self.release())
            .on("pointercancel", move |_| self.release())
            .on("keydown", move |event| self.key(&event))
            .live("title", words)
            .child(live_all(picture))
            .child(live_all(move || self.thumb(here.get())));
        el("div").class("scrubber").child(strip).child(live_all(move || self.ends()))
    }

    /// To the event before or after.
    pub fn step(self, is_back: bool) {
        let Some(snapshot) = untrack(|| self.app.snapshot()) else { return };
        let at = self.asked(&snapshot);
        self.ask(at.and_then(|at| step(&snapshot.history().log, at, is_back)));
    }

    /// To the log's end.
    pub fn leave(self) {
        let log = self.app.log.get_untracked();
        self.ask(log.and_then(|log| log.history.log.seqs().next_back()));
    }

    /// The moment that is shown, or will be in the next frame.
    fn asked(self, snapshot: &Snapshot) -> Option<Seq> {
        self.hand.with_value(|hand| hand.wanted).or(snapshot.moment.at)
    }

    /// The moment on the axis, and a veil over what comes after it.
    fn thumb(self, here: Option<Here>) -> Vec<Child> {
        let (Some(here), Some(axis)) = (here, self.axis.get()) else { return Vec::new() };
        let left = format!("left:{}%", tenths(axis.density.fraction_of(here.at) as f32 * 100.0));
        let thumb = el("div")
            .attr("id", THUMB)
            .class("scrubber-thumb")
            .attr("role", "slider")
            .attr("tabindex", "0")
            .attr("aria-label", "As of")
            .attr("aria-valuemin", "1")
            .attr("aria-valuemax", here.n_events.to_string())
            .attr("aria-valuenow", here.n_before.to_string())
            .attr("aria-valuetext", here.words(self.app))
            .maybe("aria-disabled", (!axis.is_named).then_some("true"))
            .attr("style", left.clone());
        let future = el("div").class("scrubber-future").attr("style", left);
        vec![future.into(), thumb.into()]
    }

    /// When the log begins and ends.
    fn ends(self) -> Option<El> {
        let log = self.app.log()?;
        let nanos = &log.history.log.nanos;
        let (first, last) = (nanos.first()?, nanos.last()?);
        let time = |nanos: u64| el("span").child(self.app.time(nanos));
        let ends = el("div").class("scrubber-ends number").attr("aria-hidden", "true");
        Some(ends.child(time(first)).child(time(last)))
    }

    fn press(self, event: &Event) {
        let event: &PointerEvent = event.unchecked_ref();
        if event.button() != 0 || !untrack(|| self.can_move()) {
            return;
        }
        // No text is selected on the way, and the keys that follow are the thumb's.
        event.prevent_default();
        dom::focus(THUMB);
        if let Some(strip) = self.strip.get_untracked() {
            // A pointer that is gone by now needs no capture.
            let _ = strip.set_pointer_capture(event.pointer_id());
        }
        self.is_dragging.set(true);
        self.ask_pointed(event);
    }

    fn drag(self, event: &Event) {
        if self.is_dragging.get_untracked() {
            self.ask_pointed(event.unchecked_ref());
        }
    }

    fn release(self) {
        self.is_dragging.set(false);
    }

    fn ask_pointed(self, event: &PointerEvent) {
        let Some(strip) = self.strip.get_untracked() else { return };
        let place = strip.get_bounding_client_rect();
        let fraction = (f64::from(event.client_x()) - place.left()) / place.width().max(1.0);
        self.ask(self.seq_at(fraction));
    }

    fn seq_at(self, fraction: f64) -> Option<Seq> {
        self.axis.with_untracked(|axis| axis.as_ref()?.density.seq_at(fraction))
    }

    fn key(self, event: &Event) {
        let event: &KeyboardEvent = event.unchecked_ref();
        let Some(command) = asked(event, Place::Moment) else { return };
        if untrack(|| self.can_move()) {
            event.prevent_default();
            self.act(command);
        }
    }

    fn act(self, command: Command) {
        if command == Command::Play {
            return self.toggle();
        }
        let Some(snapshot) = untrack(|| self.app.snapshot()) else { return };
        let Some(at) = self.asked(&snapshot) else { return };
        let log = &snapshot.history().log;
        self.ask(match command {
            Command::EventBack => step(log, at, true),
            Command::EventOn => step(log, at, false),
            Command::OwnEventBack => self.own_step(&snapshot, at, true),
            Command::OwnEventOn => self.own_step(&snapshot, at, false),
            Command::PageBack => self.page(log, at, true),
            Command::PageOn => self.page(log, at, false),
            Command::FirstEvent => log.seqs().next(),
            Command::LastEvent => log.seqs().next_back(),
            _ => None,
        });
    }
}
