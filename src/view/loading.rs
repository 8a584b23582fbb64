//! The page while a log comes in: how much of it, how fast, and a way out.
use leptos::prelude::*;

use crate::commands::{CANCEL, STOP_READING};
use crate::view::doing::COMMAND;
use crate::view::el::{El, el, live, live_all};
use crate::view::state::{App, Load};
use crate::web::{Phase, Progress};
use crate::words::{bytes, count, counted, rate};

/// The page.
pub fn loading_page() -> El {
    let app = App::here();
    let progress = Memo::new(move |_| match app.load() {
        Load::Busy(progress) => Some(progress),
        _ => None,
    });
    let heading = move || match progress.get() {
        Some(progress) => heading(&progress),
        None => "Looking for a log beside the page".to_owned(),
    };
    let facts = move || progress.get().map(|progress| facts(&progress)).unwrap_or_default();
    let has_some =
        Memo::new(move |_| progress.with(|progress| progress.as_ref().is_some_and(can_stop)));
    let stop = move || {
        let stop = el("button").class("button").attr(COMMAND, STOP_READING.does);
        let stop = stop.press(move || app.stop_reading());
        has_some.get().then(|| stop.child("Show what has come"))
    };
    let cancel = el("button").class("button").attr(COMMAND, CANCEL.does);
    let cancel = cancel.press(move || app.cancel()).child("Cancel");
    el("div")
        .class("notice-page")
        .child(el("h1").child(live(heading)))
        .child(progress_bar(progress))
        .child(el("dl").class("loading-facts number").child(live_all(facts)))
        .child(el("div").class("actions").child(live_all(stop)).child(cancel))
}

/// Whether there is something to show of what has come.
pub fn can_stop(progress: &Progress) -> bool {
    progress.phase == Phase::Reading && progress.n_events > 0
}

/// A bar that is as full as the log is read, or moves where that is not known.
pub fn progress_bar(progress: Memo<Option<Progress>>) -> El {
    let permille = move || {
        let share = progress.with(|progress| progress.as_ref().and_then(Progress::share));
        share.map(|share| (share * 1000.0).round() as i64)
    };
    let bar = move || {
        let permille = permille();
        let width = permille.map(|it| format!("width:{}.{}%", it / 10, it % 10));
        let class = permille.is_none().then_some("unknown");
        el("span").maybe("class", class).maybe("style", width)
    };
    el("div")
        .class("loading-bar")
        .attr("role", "progressbar")
        .attr("aria-label", "Reading the log")
        .attr("aria-valuemin", "0")
        .attr("aria-valuemax", "100")
        .live("aria-valuenow", move || permille().map(|it| ((it + 5) / 10).to_string()))
        .child(live(bar))
}

/// `Reading events.ndjson`, and which of several it is.
pub fn heading(progress: &Progress) -> String {
    let which = match progress.input {
        (_, 0 | 1) => String::new(),
        (i, n) => format!(" ({i} of {n})"),
    };
    match progress.phase {
        Phase::Opening => format!("Opening {}{which}", progress.name),
        Phase::Reading => format!("Reading {}{which}", progress.name),
        Phase::Replaying => "Working out what happened".to_owned(),
    }
}

fn facts(progress: &Progress) -> Vec<El> {
    let read = match progress.n_bytes_total.filter(|total| *total >= progress.n_bytes) {
        Some(total) => format!("{} of {}", bytes(progress.n_bytes), bytes(total)),
        None => bytes(progress.n_bytes),
    };
    let speed = rate(progress.n_bytes, progress.millis);
    let bad = (progress.n_bad > 0).then(|| counted(progress.n_bad, "record", "records"));
    let memory = memory(progress);
    let is_reading = progress.phase == Phase::Reading;
    let n_events = count(progress.n_events);
    let rows = [
        ("Read", is_reading.then_some(read)),
        ("Speed", speed.filter(|_| is_reading)),
        ("Events", Some(n_events)),
        ("Not usable", bad),
        ("Memory", (progress.n_bytes_needed > 0).then_some(memory)),
    ];
    let row = |(name, value): (&'static str, Option<String>)| {
        value.map(|value| [el("dt").child(name), el("dd").child(value)])
    };
    rows.into_iter().filter_map(row).flatten().collect()
}

/// What it takes to show what has come, of what it may take.
fn memory(progress: &Progress) -> String {
    let Progress { n_bytes_needed, budget, is_near_budget, .. } = progress;
    let is_near =
        if *is_near_budget { ": little is left, and reading will stop there" } else { "" };
    format!("{} of {}{is_near}", bytes(*n_bytes_needed), bytes(budget.n_bytes()))
}
