//! The page's state: what is loaded, the route, what is preferred, and one memo of them, the
//! snapshot. Only the browser's edges write (a file, the address bar, a button); nothing here keeps
//! two values in step.
use std::ops::Deref;
use std::sync::Arc;

use leptos::prelude::*;
use web_sys::Element;

use crate::events::Span;
use crate::facts::vocabulary;
use crate::history::{AsOf, Moment};
use crate::route::{Page, Route, RouteFault};
use crate::tour::Step;
use crate::view::announcer::Announcer;
use crate::view::doing::Doer;
use crate::view::keyboard;
use crate::view::rest;
pub use crate::view::snapshot::Snapshot;
use crate::view::snapshot::is_same;
pub use crate::view::stage::{Ask, Dialog, Follow, Load, Stage};
use crate::web::dom;
use crate::web::hash::{self, Entry};
use crate::web::prefs::Prefs;
use crate::web::task::{Cancel, yield_now};
use crate::web::{Loaded, Origin};
use crate::words::Vocabulary;

/// All state, as one handle that is copied freely into whatever listens or follows. Get it with
/// [`App::here`].
#[derive(Clone, Copy)]
pub struct App(&'static State);

/// What there is one of for as long as the page lives.
pub struct State {
    /// What is loaded. It stays while another log is on its way.
    pub(super) log: RwSignal<Option<Arc<Loaded>>>,
    /// What is being loaded, or why it was not.
    pub(super) load: RwSignal<Load>,
    /// The address.
    route: RwSignal<Route>,
    /// What of the address could not be read.
    faults: RwSignal<Vec<RouteFault>>,
    /// How things are shown.
    prefs: RwSignal<Prefs>,
    /// Whether all of the page has come.
    pub(super) has_rest: RwSignal<bool>,
    /// The dialog that is open.
    pub(super) dialog: RwSignal<Option<Dialog>>,
    /// Where the reader is on the tour, if on it.
    pub(super) tour: RwSignal<Option<Step>>,
    /// What of the address stays wherever one goes.
    stays: Memo<Route>,
    /// The log as of the route's moment.
    snapshot: Memo<Option<Arc<Snapshot>>>,
    /// The snapshot that will be asked for next, taken before the log is shown.
    ahead: StoredValue<Option<Arc<Snapshot>>>,
    /// How it is with following the log that is shown.
    pub(super) follow: RwSignal<Follow>,
    /// What everything was before the last look that has brought something; ids are those of the log that
    /// is shown.
    pub(super) before: RwSignal<Option<Arc<Moment>>>,
    /// How many logs have been shown; one that has only grown is the same.
    pub(super) n_logs: StoredValue<u64>,
    /// What who sees nothing is told.
    pub(super) announcer: Announcer,
    /// Who does the commands of which place.
    pub(super) doers: StoredValue<Vec<Doer>>,
    /// What is no value: files, and the work in hand.
    pub(super) handles: StoredValue<Handles, LocalStorage>,
}

/// What lives in the browser.
#[derive(Debug, Default)]
pub(super) struct Handles {
    /// Where the log that is shown came from, in the order of its inputs.
    pub(super) origins: Vec<Origin>,
    /// Where the last one that was asked for is.
    pub(super) asked: Vec<Origin>,
    /// The reader has asked for it: it did not come with the page, from beside it, or from another page.
    pub(super) is_own: bool,
    /// What of the log is to be saved; none for all of it.
    pub(super) picked: Option<Vec<Span>>,
    /// The work in hand.
    pub(super) work: Option<Cancel>,
    /// The log that is shown is followed.
    pub(super) following: Option<Cancel>,
    /// What had the keyboard when the tour began.
    pub(super) toured_from: Option<Element>,
    /// What had the keyboard before a dialog was opened.
    pub(super) was_at: Option<Element>,
    /// Of a page that was left by a link in it, which one.
    pub(super) left_by: Vec<(Page, String)>,
}

impl Deref for App {
    type Target = State;

    fn deref(&self) -> &State {
        self.0
    }
}

impl App {
    /// State as the address and the browser have it; no log yet.
    pub(super) fn at_start() -> Self {
        let (route, faults) = Route::parse(&hash::read());
        let route = RwSignal::new(route);
        let log: RwSignal<Option<Arc<Loaded>>> = RwSignal::new(None);
        let at = Memo::new(move |_| route.with(|route| route.at));
        let ahead: StoredValue<Option<Arc<Snapshot>>> = StoredValue::new(None);
        let take = move |before: Option<&Option<Arc<Snapshot>>>| {
            let (log, at) = (log.get()?, at.get());
            let ahead = ahead.try_update_value(Option::take).flatten();
            Some(rest::snapshot(log, at, ahead, before.and_then(Option::as_ref)))
        };
        Self(Box::leak(Box::new(State {
            log,
            load: RwSignal::new(Load::Idle),
            route,
            stays: Memo::new(move |_| route.with(|route| route.refocus(Page::HOME))),
            faults: RwSignal::new(faults),
            prefs: RwSignal::new(Prefs::load()),
            has_rest: RwSignal::new(false),
            dialog: RwSignal::new(None),
            tour: RwSignal::new(None),
            snapshot: Memo::new_with_compare(take, |old, new| !is_same(old, new)),
            ahead,
            follow: RwSignal::new(Follow::Off),
            before: RwSignal::new(None),
            n_logs: StoredValue::new(0),
            announcer: Announcer::new(),
            doers: StoredValue::new(Vec::new()),
            handles: StoredValue::new_local(Handles::default()),
        })))
    }

    /// Another page, of `snapshot`, that nobody sees. What is asked there, and the commands that can be done there, stay there;
    /// nothing in it is to be pressed. Its signals go with the owner in hand; a few hundred bytes stay, as of any state.
    pub(super) fn apart(self, snapshot: Arc<Snapshot>, route: Route) -> Self {
        let route = RwSignal::new(route);
        let same = move |_: Option<&Option<Arc<Snapshot>>>| Some(snapshot.clone());
        Self(Box::leak(Box::new(State {
            route,
            stays: Memo::new(move |_| route.with(|route| route.refocus(Page::HOME))),
            load: RwSignal::new(Load::Idle),
            faults: RwSignal::new(Vec::new()),
            dialog: RwSignal::new(None),
            tour: RwSignal::new(None),
            snapshot: Memo::new_with_compare(same, |old, new| !is_same(old, new)),
            before: RwSignal::new(None),
            announcer: Announcer::new(),
            doers: StoredValue::new(Vec::new()),
            handles: StoredValue::new_local(Handles::default()),
            ..*self
        })))
    }

    /// The state of the page that asks.
    pub fn here() -> Self {
        expect_context()
    }

    /// The log as of the route's moment; none before there is a log. Tracked.
    pub fn snapshot(self) -> Option<Arc<Snapshot>> {
        self.snapshot.get()
    }

    /// Asks the snapshot; the default before there is a log. Tracked.
    pub fn ask<T: Default>(self, question: impl FnOnce(AsOf<'_>) -> T) -> T {
        self.snapshot
            .with(|snapshot| snapshot.as_ref().map(|it| question(it.asof())).unwrap_or_default())
    }

    /// All that takes long of what the page of a log will ask for first, in steps between which the browser
    /// paints and answers: what is stale, unless that is a home page, which asks for it last. The page of `is_other` log is of its end.
    pub(super) async fn look_ahead(self, log: Arc<Loaded>, is_other: bool) -> Arc<Snapshot> {
        let at = self.route.with_untracked(|route| route.at).filter(|_| !is_other);
        yield_now().await;
        let ahead = rest::snapshot(log, at, None, None);
        yield_now().await;
        let goes_home = is_other && self.log.with_untracked(Option::is_some);
        let is_home = self.route.with_untracked(|route| matches!(route.page, Page::Home { .. }));
        if !goes_home && !is_home {
            rest::find_stale(&ahead);
            yield_now().await;
        }
        ahead
    }

    /// Shows the log of a snapshot, which is taken for the first one that is asked for if it is that.
    pub(super) fn show_log(self, ahead: Arc<Snapshot>) {
        self.unfollow();
        self.n_logs.update_value(|n| *n += 1);
        self.swap_log(ahead);
    }

    /// Shows the same log, which has grown, and marks what differs from what everything was `before`. Where
    /// events came before ones that were there, ids are others, pages are made anew, and nothing is marked.
    /// Whether that was not so.
    pub(super) fn show_more(self, ahead: Arc<Snapshot>, before: Option<Moment>) -> bool {
        let goes_on = |log: &Option<Arc<Loaded>>| {
            log.as_ref().is_some_and(|log| rest::goes_on(&log.history, &ahead.log.history))
        };
        let goes_on = self.log.with_untracked(goes_on);
        if !goes_on {
            self.n_logs.update_value(|n| *n += 1);
        }
        self.before.set(before.filter(|_| goes_on).map(Arc::new));
        self.swap_log(ahead);
        goes_on
    }

    fn swap_log(self, ahead: Arc<Snapshot>) {
        let log = ahead.log.clone();
        self.ahead.set_value(Some(ahead));
        self.log.set(Some(log));
    }

    /// No longer follows the log.
    pub(super) fn unfollow(self) {
        let work = self.handles.try_update_value(|handles| handles.following.take()).flatten();
        work.iter().for_each(Cancel::cancel);
        self.follow.set(Follow::Off);
        if self.before.with_untracked(Option::is_some) {
            self.before.set(None);
        }
    }

    /// What things are called in the log. Tracked.
    pub fn words(self) -> &'static Vocabulary {
        self.log().map_or(&Vocabulary::DATABUILD, |log| vocabulary(&log.history))
    }

    /// The log, whole. Tracked.
    pub fn log(self) -> Option<Arc<Loaded>> {
        self.log.get()
    }

    /// What is being loaded. Tracked.
    pub fn load(self) -> Load {
        self.load.get()
    }

    /// Which page to show. Tracked.
    pub fn stage(self) -> Stage {
        match (self.load.get(), self.log.with(Option::is_some)) {
            (Load::Asking(_), _) => Stage::Asking,
            (Load::Looking | Load::Busy(_), _) => Stage::Loading,
            (_, true) => Stage::Ready,
            (Load::Failed(_), false) => Stage::Failed,
            (Load::Idle, false) => Stage::Start,
        }
    }

    /// The address. Tracked.
    pub fn route(self) -> Route {
        self.route.get()
    }

    /// A part of the address. Tracked; a memo of it changes only when the part does.
    pub fn route_with<T>(self, part: impl FnOnce(&Route) -> T) -> T {
        self.route.with(part)
    }

    /// What of the address could not be read. Tracked.
    pub fn faults(self) -> Vec<RouteFault> {
        self.faults.get()
    }

    /// The address of another page of the same reader, for a plain link. Tracked.
    pub fn href(self, page: Page) -> String {
        self.stays.with(|route| route.refocus(page).to_string())
    }

    /// Goes to `route`: another focus is a step that Back undoes, anything else is not.
    pub fn go(self, route: Route) {
        let is_same = self.route.with_untracked(|before| before.is_same_focus(&route));
        if !is_same {
            keyboard::leave(self);
        }
        hash::write(&route.to_string(), if is_same { Entry::Replace } else { Entry::Push });
        self.set_route(route, Vec::new());
    }

    /// Changes the address in place of going somewhere.
    pub fn update_route(self, change: impl FnOnce(Route) -> Route) {
        self.go(change(self.route.get_untracked()));
    }

    /// Leaves out of the address what cannot be read.
    pub fn mend_address(self) {
        self.update_route(|route| route);
    }

    /// Shows another moment and leaves the address behind: browsers refuse to change that more than
    /// a few times a second. [`Self::write_address`] is to follow.
    pub(super) fn show_at(self, at: Option<u64>) {
        self.set_route(self.route.get_untracked().with_at(at), Vec::new());
    }

    /// The address says again what is shown.
    pub(super) fn write_address(self) {
        hash::write(&self.route.with_untracked(Route::to_string), Entry::Replace);
    }

    /// The address bar has changed.
    pub(super) fn read_address(self) {
        let (route, faults) = Route::parse(&hash::read());
        // A link tells of itself twice; by then the page is another.
        if !self.route.with_untracked(|before| before.is_same_focus(&route)) {
            keyboard::leave(self);
        }
        self.set_route(route, faults);
    }

    /// How things are shown. Tracked.
    pub fn prefs(self) -> Prefs {
        self.prefs.get()
    }

    /// Changes how things are shown, and keeps it.
    pub fn update_prefs(self, change: impl FnOnce(&mut Prefs)) {
        self.prefs.update(change);
        self.prefs.with_untracked(|prefs| prefs.save());
    }

    /// Where the bytes of an input of the log can be read again, in the order of its inputs.
    pub fn origin(self, input: usize) -> Option<Origin> {
        self.handles.with_value(|handles| handles.origins.get(input).cloned())
    }

    /// Asks how the page is to be saved, with these records or with all.
    pub fn open_save(self, picked: Option<Vec<Span>>) {
        self.handles.update_value(|handles| handles.picked = picked);
        self.open_dialog(Dialog::Save);
    }

    /// What of the log is to be saved; none for all of it.
    pub fn picked(self) -> Option<Vec<Span>> {
        self.handles.with_value(|handles| handles.picked.clone())
    }

    /// Opens a dialog, in the place of any other.
    pub fn open_dialog(self, dialog: Dialog) {
        if self.dialog.with_untracked(Option::is_none) {
            self.handles.update_value(|handles| handles.was_at = dom::focused());
        }
        self.dialog.set(Some(dialog));
    }

    /// Shows what `route` names.
    pub(super) fn set_route(self, route: Route, faults: Vec<RouteFault>) {
        if self.faults.with_untracked(|before| *before != faults) {
            self.faults.set(faults);
        }
        if self.route.with_untracked(|before| *before != route) {
            self.route.set(route);
        }
    }
}
