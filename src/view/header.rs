//! The bar above everything: which log this is, the search, and what can be done on any page.
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::route::Page;
use crate::view::el::{Child, El, Pieces, el, live, live_all};
use crate::view::loading::{heading, progress_bar};
use crate::view::rest::{self, search_box};
use crate::view::state::{App, Dialog, Load};
use crate::web::prefs::{Prefs, Theme};
use crate::web::{Loaded, clipboard, dom};
use crate::words::{count, counted};

/// The bar, and below it what is on its way.
pub fn header() -> Pieces {
    let app = App::here();
    let has_log = Memo::new(move |_| app.log().is_some());
    let log = el("div").class("header-log").child(
        el("a")
            .class("header-brand")
            .live("href", move || Some(app.href(Page::HOME)))
            .child("Lineage"),
    );
    let of_log = move || {
        let of_log = || {
            let follow = rest::follow_button(app);
            [follow, open_button(app), save_button(app), link_button(app), clock_button(app)]
        };
        has_log.get().then(of_log).into_iter().flatten()
    };
    let actions = el("nav")
        .class("header-actions")
        .attr("aria-label", "Page")
        .child(live_all(of_log))
        .child(theme_button(app))
        .child(keys_button(app));
    let bar = el("header")
        .class("header")
        .child(log.child(live_all(move || log_name(app))))
        .child(live_all(move || has_log.get().then(search_box)))
        .child(actions);
    let followed = live_all(move || has_log.get().then(|| rest::follow_line(app)));
    Pieces::new([Child::from(bar), working(app), followed])
}

/// `events.ndjson · 1,000,000 events`, and how many notices there are.
fn log_name(app: App) -> Vec<El> {
    let Some(log) = app.log() else { return Vec::new() };
    let name = name_of(&log);
    let n_events = counted(log.history.log.len() as u64, "event", "events");
    let n_notices = n_notices(&log);
    let tone = if n_notices > 0 { "chip tone-waiting" } else { "chip tone-idle" };
    let words = format!("{name} · {n_events}");
    vec![
        el("span").class("dim cut").attr("title", name).child(words),
        el("a")
            .class(tone)
            .live("href", move || Some(app.href(Page::Notices)))
            .child(counted(n_notices, "notice", "notices")),
    ]
}

/// What is on its way while another log is shown.
fn working(app: App) -> Child {
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
    let line = move || {
        el("div")
            .class("header-working")
            .child(el("span").child(live_all(said)))
            .child(el("button").class("button").press(move || app.cancel()).child("Cancel"))
    };
    live_all(move || {
        let pieces = is_working.get().then(|| [progress_bar(progress), line()]);
        pieces.into_iter().flatten()
    })
}

fn open_button(app: App) -> El {
    plain_button().press(move || app.open_dialog(Dialog::Open)).child("Open")
}

fn save_button(app: App) -> El {
    plain_button()
        .attr("title", "Save this page with the log in it, as one file")
        .press(move || app.open_save(None))
        .child("Save")
}

fn keys_button(app: App) -> El {
    plain_button()
        .attr("aria-label", "Keys")
        .press(move || app.open_dialog(Dialog::Help))
        .child(el("kbd").child("?"))
}

fn plain_button() -> El {
    el("button").class("button plain")
}

fn link_button(app: App) -> El {
    let result = RwSignal::new(None);
    let copy = move || {
        spawn_local(async move {
            let is_copied = clipboard::copy(&dom::address()).await;
            app.say_copied("the address", is_copied, "It is in the address bar.");
            // The page may have gone on.
            let _ = result.try_set(Some(is_copied));
        });
    };
    let words = move || match result.get() {
        None => "Link",
        Some(true) => "Copied",
        Some(false) => "Copy it from the address bar",
    };
    plain_button()
        .attr("title", "Copy the address of what you see")
        .press(copy)
        .on("blur", move |_| result.set(None))
        .child(el("span").child(live(words)))
}

/// In which zone times are told.
fn clock_button(app: App) -> El {
    let turn = move || app.update_prefs(Prefs::next_clock);
    el("button")
        .class("button plain header-clock cut")
        .attr("title", "Times are told in this zone; press for the other")
        .press(turn)
        .child(live(move || app.zone()))
}

/// Goes round the themes.
fn theme_button(app: App) -> El {
    let words = move || match app.prefs().theme {
        Theme::System => "Theme: auto",
        Theme::Light => "Theme: light",
        Theme::Dark => "Theme: dark",
    };
    plain_button()
        .attr("title", "Auto follows the system")
        .press(move || app.update_prefs(Prefs::next_theme))
        .child(live(words))
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
