//! The page while a log comes in: how much of it, how fast, and a way out.
use leptos::prelude::*;

use crate::view::state::{App, Load};
use crate::web::{Phase, Progress};
use crate::words::{bytes, count, counted, rate};

/// The page.
#[component]
pub fn LoadingPage() -> impl IntoView {
    let app = App::here();
    let progress = Memo::new(move |_| match app.load() {
        Load::Busy(progress) => Some(progress),
        _ => None,
    });
    let can_stop = Memo::new(move |_| {
        let is_some = |it: &Progress| it.phase == Phase::Reading && it.n_events > 0;
        progress.with(|progress| progress.as_ref().is_some_and(is_some))
    });
    let heading = move || match progress.get() {
        Some(progress) => heading(&progress),
        None => "Looking for a log beside the page".to_owned(),
    };
    view! {
        <div class="notice-page">
            <h1>{heading}</h1>
            <ProgressBar progress=progress />
            <dl class="loading-facts number">
                {move || progress.get().map(|progress| facts(&progress))}
            </dl>
            <div class="actions">
                <Show when=move || can_stop.get()>
                    <button class="button" on:click=move |_| app.stop_reading()>"Show what has come"</button>
                </Show>
                <button class="button" on:click=move |_| app.cancel()>"Cancel"</button>
            </div>
        </div>
    }
}

/// A bar that is as full as the log is read, or moves where that is not known.
#[component]
pub fn ProgressBar(
    /// How far it is.
    #[prop(into)]
    progress: Signal<Option<Progress>>,
) -> impl IntoView {
    let share = move || progress.with(|progress| progress.as_ref().and_then(Progress::share));
    let width = move || share().map(|share| format!("width:{:.1}%", share * 100.0));
    view! {
        <div
            class="loading-bar" role="progressbar" aria-label="Reading the log"
            aria-valuemin="0" aria-valuemax="100"
            aria-valuenow=move || share().map(|share| format!("{:.0}", share * 100.0))
        >
            <span class:unknown=move || share().is_none() style=width></span>
        </div>
    }
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

fn facts(progress: &Progress) -> impl IntoView + use<> {
    let read = match progress.n_bytes_total.filter(|total| *total >= progress.n_bytes) {
        Some(total) => format!("{} of {}", bytes(progress.n_bytes), bytes(total)),
        None => bytes(progress.n_bytes),
    };
    let speed = rate(progress.n_bytes, progress.millis);
    let bad = (progress.n_bad > 0).then(|| counted(progress.n_bad, "record", "records"));
    let is_reading = progress.phase == Phase::Reading;
    let n_events = count(progress.n_events);
    let rows = [
        ("Read", is_reading.then_some(read)),
        ("Speed", speed.filter(|_| is_reading)),
        ("Events", Some(n_events)),
        ("Not usable", bad),
    ];
    let row = |(name, value): (&'static str, Option<String>)| {
        value.map(|value| view! { <dt>{name}</dt><dd>{value}</dd> })
    };
    rows.map(row).collect_view()
}
