//! The bar above everything: which log this is, the search, and what can be done on any page.
use leptos::prelude::*;

use crate::commands::{CANCEL, HELP, THEME};
use crate::route::Page;
use crate::view::doing::COMMAND;
use crate::view::el::{Child, El, Pieces, el, live, live_all};
use crate::view::loading::{heading, progress_bar};
use crate::view::rest::{self, search_box};
use crate::view::state::{App, Dialog, Load};
use crate::web::Loaded;
use crate::web::prefs::{Prefs, Theme};
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
    let of_log = move || has_log.get().then(|| rest::log_buttons(app)).into_iter().flatten();
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
        let cancel = el("button").class("button").attr(COMMAND, CANCEL.does);
        el("div")
            .class("header-working")
            .child(el("span").child(live_all(said)))
            .child(cancel.press(move || app.cancel()).child("Cancel"))
    };
    live_all(move || {
        let pieces = is_working.get().then(|| [progress_bar(progress), line()]);
        pieces.into_iter().flatten()
    })
}

fn keys_button(app: App) -> El {
    plain_button()
        .attr("aria-label", "Keys")
        .attr(COMMAND, HELP.does)
        .press(move || app.open_dialog(Dialog::Help))
        .child(el("kbd").child("?"))
}

/// A button of the bar.
pub fn plain_button() -> El {
    el("button").class("button plain")
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
        .attr(COMMAND, THEME.does)
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
