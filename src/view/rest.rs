//! What is only called once there is a log, or more than the start page to show: the gates to the greater part of the page, which comes in
//! a file of its own beside the one that the first paint waits for. What nothing but these functions
//! leads to is in that file, and calling one before it is there ends the page; so there are few, each
//! follows from a log that is shown, from [`App::has_rest`] or from `web::arrival`, which has the file before.
use std::sync::Arc;

use js_sys::ArrayBuffer;
use leptos::prelude::*;

use crate::commands::{Command, Place};
use crate::history::History;
use crate::route::Page;
use crate::view::about;
use crate::view::asking;
use crate::view::dataset::dataset_page;
use crate::view::diff::diff_page;
use crate::view::doing::{self, does};
use crate::view::el::{Child, El, Pieces, live};
use crate::view::entity::entity_page;
use crate::view::follow;
use crate::view::home::home_page;
use crate::view::impact::impact_page;
use crate::view::job::job_page;
use crate::view::keyboard;
use crate::view::keys;
use crate::view::log_buttons;
use crate::view::moment;
use crate::view::news;
use crate::view::notices::notices_page;
use crate::view::palette;
use crate::view::path::path_page;
use crate::view::recent;
use crate::view::rehearsal;
use crate::view::save_page;
use crate::view::search;
use crate::view::state::{App, Snapshot};
use crate::view::term;
use crate::view::tour;
use crate::web::{Loaded, dom, messages};
use crate::words::Vocabulary;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Home,
    Notices,
    Impact,
    Job,
    Dataset,
    Diff,
    Path,
    Entity,
}

/// The page that the route asks for.
#[inline(never)]
pub fn ready_page() -> Child {
    let app = App::here();
    keyboard::follow(app);
    news::follow_pages(app);
    do_log(app);
    let kind = Memo::new(move |_| {
        let kind = app.route_with(|route| match route.page {
            Page::Home { .. } => Kind::Home,
            Page::Notices => Kind::Notices,
            Page::Impact { .. } => Kind::Impact,
            Page::Job(_) => Kind::Job,
            Page::Dataset(_) => Kind::Dataset,
            Page::Diff { .. } => Kind::Diff,
            Page::Path { .. } => Kind::Path,
            _ => Kind::Entity,
        });
        // Ids mean nothing in another log: a new one makes the page anew. Pictures and what is beside them
        // follow the snapshot, so one that has only grown leaves them, with all that is open in them.
        let log = app.log().map(|log| Arc::as_ptr(&log).addr());
        let is_left = kind == Kind::Entity;
        (kind, log.filter(|_| !is_left), app.n_logs.get_value())
    });
    live(move || match kind.get().0 {
        Kind::Home => Child::from(home_page()),
        Kind::Notices => notices_page().into(),
        Kind::Impact => impact_page().into(),
        Kind::Job => job_page().into(),
        Kind::Dataset => dataset_page().into(),
        Kind::Diff => diff_page().into(),
        Kind::Path => path_page().into(),
        Kind::Entity => entity_page().into(),
    })
}

/// What can be done wherever there is a log.
fn do_log(app: App) {
    does(app, Place::Log, can_log, move |command| match command {
        Command::Search => dom::focus("search"),
        Command::Home => app.update_route(|route| route.refocus(Page::HOME)),
        Command::Tour => tour::start(app),
        _ => app.update_route(|route| route.refocus(Page::Notices)),
    });
}

const fn can_log(command: Command) -> bool {
    matches!(command, Command::Search | Command::Home | Command::Tour | Command::Notices)
}

/// Whatever has a key does it from now on.
#[inline(never)]
pub fn listen_to_keys(app: App) {
    doing::listen_to_keys(app);
    term::listen();
}

/// The commands that can be found.
#[inline(never)]
pub fn palette() -> Vec<Child> {
    palette::palette()
}

/// The keys, for the help.
#[inline(never)]
pub fn keys_list() -> Vec<Child> {
    keys::keys_list()
}

/// What is asked for on a want's page, as the log calls it.
#[inline(never)]
pub fn want_words(app: App, id: &str) -> String {
    let word = Vocabulary::heading(app.words().want);
    let title = app.ask(|asof| {
        let want = asof.history.names.wants.find(id)?;
        Some(asof.history.title(want).to_owned())
    });
    format!("{word} {}", title.as_deref().unwrap_or(id))
}

/// The question before a log comes from another origin.
#[inline(never)]
pub fn asking_page() -> El {
    asking::asking_page()
}

/// What was agreed to.
#[inline(never)]
pub fn agreed() -> Child {
    asking::agreed()
}

/// What is kept in this browser.
#[inline(never)]
pub fn kept_here() -> Child {
    recent::kept_here()
}

/// Keeps the log that was opened, where the reader wishes that.
#[inline(never)]
pub fn keep_log(app: App) {
    app.keep_if_wished();
}

/// Practices what will be asked of a log that is shown.
#[inline(never)]
pub fn rehearse(app: App) {
    rehearsal::rehearse(app);
}

/// Practices with the columns of a log of nobody, on the start page.
#[inline(never)]
pub fn practice_on(app: App, slices: Vec<ArrayBuffer>) {
    rehearsal::practice_on(app, slices);
}

/// Which build this is.
#[inline(never)]
pub fn about() -> El {
    about::about()
}

/// Hears the pages that may hand a log over, and keeps this one for when there is no network.
#[inline(never)]
pub fn listen_to_messages(app: App) {
    messages::listen(move |handed| app.take_handed(handed));
    recent::keep_page();
}

/// What the dialog of saving the page holds.
#[inline(never)]
pub fn save_choices() -> Vec<Child> {
    save_page::save_choices()
}

/// The words of the domain, for the help.
#[inline(never)]
pub fn words_list() -> El {
    term::words_list()
}

/// The search box.
#[inline(never)]
pub fn search_box() -> El {
    search::search_box()
}

/// What can be done with a log, for the bar above everything.
#[inline(never)]
pub fn log_buttons(app: App) -> [El; 5] {
    log_buttons::log_buttons(app)
}

/// How it is with following.
#[inline(never)]
pub fn follow_line(app: App) -> El {
    follow::follow_line(app)
}

/// What is below every page: the tour, for who takes it, and the bar of the moment.
#[inline(never)]
pub fn foot() -> Pieces {
    Pieces::new([tour::tour(), moment::moment_bar().into()])
}

/// `log` as of the event `at`: `ahead`, if it is that.
#[inline(never)]
pub fn snapshot(
    log: Arc<Loaded>,
    at: Option<u64>,
    ahead: Option<Arc<Snapshot>>,
    before: Option<&Arc<Snapshot>>,
) -> Arc<Snapshot> {
    let ahead = ahead.filter(|ahead| ahead.is_of(&log, at));
    ahead.unwrap_or_else(|| Arc::new(Snapshot::new(log, at, before)))
}

/// Whether `log` is the beginning of `more`, with the same ids.
#[inline(never)]
pub fn goes_on(log: &History, more: &History) -> bool {
    log.goes_on_as(more)
}

/// Finds what is stale, for whoever asks later.
#[inline(never)]
pub fn find_stale(snapshot: &Snapshot) {
    snapshot.stale();
}
