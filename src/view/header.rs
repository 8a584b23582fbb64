//! The bar above everything: which log this is, the search, and what can be done on any page.
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::route::Page;
use crate::view::loading::{ProgressBar, heading};
use crate::view::search::SearchBox;
use crate::view::state::{App, Dialog, Load};
use crate::web::prefs::{Clock, Prefs, Theme};
use crate::web::{Loaded, clipboard, dom};
use crate::words::{count, counted};

/// The bar.
#[component]
pub fn Header() -> impl IntoView {
    let app = App::here();
    let has_log = Memo::new(move |_| app.log().is_some());
    view! {
        <header class="header">
            <div class="header-log">
                <a class="header-brand" href=move || app.href(Page::HOME)>"Lineage"</a>
                <LogName />
            </div>
            <Show when=move || has_log.get()><SearchBox /></Show>
            <nav class="header-actions" aria-label="Page">
                <Show when=move || has_log.get()>
                    <button class="button plain" on:click=move |_| app.open_dialog(Dialog::Open)>"Open"</button>
                    <LinkButton />
                    <ClockButton />
                </Show>
                <ThemeButton />
                <button class="button plain" aria-label="Keys" on:click=move |_| app.open_dialog(Dialog::Help)>
                    <kbd>"?"</kbd>
                </button>
            </nav>
        </header>
        <Working />
    }
}

/// `events.ndjson · 1,000,000 events`, and how many notices there are.
#[component]
fn LogName() -> impl IntoView {
    let app = App::here();
    move || {
        app.log().map(|log| {
            let name = name_of(&log);
            let n_events = counted(log.history.log.len() as u64, "event", "events");
            let n_notices = n_notices(&log);
            let tone = if n_notices > 0 { "chip tone-waiting" } else { "chip tone-idle" };
            view! {
                <span class="dim cut" title=name.clone()>{name.clone()}" · "{n_events}</span>
                <a class=tone href=move || app.href(Page::Notices)>
                    {counted(n_notices, "notice", "notices")}
                </a>
            }
        })
    }
}

/// What is on its way while another log is shown.
#[component]
fn Working() -> impl IntoView {
    let app = App::here();
    let progress = Memo::new(move |_| match app.load() {
        Load::Busy(progress) if app.log().is_some() => Some(progress),
        _ => None,
    });
    let is_working = Memo::new(move |_| progress.with(Option::is_some));
    let said = move || {
        let said =
            |progress: &_| format!("{} · {}", heading(progress), n_events(progress.n_events));
        progress.with(|progress| progress.as_ref().map(said))
    };
    view! {
        <Show when=move || is_working.get()>
            <ProgressBar progress=progress />
            <div class="header-working">
                <span>{said}</span>
                <button class="button" on:click=move |_| app.cancel()>"Cancel"</button>
            </div>
        </Show>
    }
}

#[component]
fn LinkButton() -> impl IntoView {
    let result = RwSignal::new(None);
    let copy = move |_| {
        spawn_local(async move { result.set(Some(clipboard::copy(&dom::address()).await)) });
    };
    let words = move || match result.get() {
        None => "Link",
        Some(true) => "Copied",
        Some(false) => "Copy it from the address bar",
    };
    view! {
        <button class="button plain" title="Copy the address of what you see" on:click=copy on:blur=move |_| result.set(None)>
            <span aria-live="polite">{words}</span>
        </button>
    }
}

/// In which zone times are told.
#[component]
fn ClockButton() -> impl IntoView {
    let app = App::here();
    let other = |clock| if clock == Clock::Local { Clock::Utc } else { Clock::Local };
    let turn = move |_| app.update_prefs(|prefs| prefs.clock = other(prefs.clock));
    view! {
        <button class="button plain header-clock cut" title="Times are told in this zone; press for the other" on:click=turn>
            {move || app.zone()}
        </button>
    }
}

/// Goes round the themes.
#[component]
fn ThemeButton() -> impl IntoView {
    let app = App::here();
    let next = |prefs: &mut Prefs| {
        let at = Theme::ALL.iter().position(|&theme| theme == prefs.theme).unwrap_or(0);
        prefs.theme = Theme::ALL[(at + 1) % Theme::ALL.len()];
    };
    let words = move || match app.prefs().theme {
        Theme::System => "Theme: auto",
        Theme::Light => "Theme: light",
        Theme::Dark => "Theme: dark",
    };
    view! {
        <button class="button plain" title="Auto follows the system" on:click=move |_| app.update_prefs(next)>
            {words}
        </button>
    }
}

/// The name of a log: of its one input, or of the first of several.
pub fn name_of(log: &Loaded) -> String {
    let first = log.inputs.first().map(|input| input.name.clone()).unwrap_or_default();
    match log.inputs.len() {
        0 | 1 => first,
        n => format!("{first} and {}", counted(n as u64 - 1, "more", "more")),
    }
}

/// How many records and events there is something to say about.
pub fn n_notices(log: &Loaded) -> u64 {
    log.notices.listed.len() as u64 + log.notices.n_unlisted + log.anomalies.total()
}

fn n_events(n: u64) -> String {
    format!("{} events", count(n))
}
