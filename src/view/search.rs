//! The search: a box in the header, and below it what was found, or while nothing is looked for, what
//! can be. A combobox: the keyboard stays in the box, and the arrows walk the results.
mod found;
mod recent;
mod results;

use leptos::ev::FocusEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent, MouseEvent};

use crate::commands::{Command, Place};
use crate::history::AsOf;
use crate::route::Page;
use crate::search::{Item, Query};
use crate::tour::Step;
use crate::view::doing::asked;
use crate::view::el::{El, el, live_all};
use crate::view::keyboard;
use crate::view::search::found::Found;
pub(super) use crate::view::search::found::find;
use crate::view::search::recent::{Recent, recent};
use crate::view::search::results::{option_id, results};
use crate::view::state::App;
use crate::view::tour;
use crate::web::dom;
use crate::words::{Topic, as_one, counted};

/// Of each kind, at first; and each time there is to be more.
const LIMITS: [usize; 4] = [6, 60, 600, 6_000];

/// The document's id of the box.
const BOX: &str = "search";
/// And of what is below it.
const BELOW: &str = "search-below";
/// What can be gone to below it that is no hit.
const BESIDE_HITS: &str = ".empty-list > a, .empty-list > button, .search-more";

/// The box and its results.
pub fn search_box() -> El {
    let list = List::new(App::here());
    let input = move |event: Event| {
        list.open();
        list.walked.set(None);
        list.level.set(0);
        list.is_due.set_value(true);
        list.app.update_route(|route| route.with_q(event_target_value(&event)));
    };
    let field = field(list)
        .live(".value", move || Some(list.typed.get()))
        .on("input", input)
        .on("focus", move |_| list.open());
    // What is below the box can be gone to, and is gone once the keyboard is beside both.
    let left = move |event: Event| {
        let event: &FocusEvent = event.unchecked_ref();
        let to = event.related_target().and_then(|to| to.dyn_into::<Element>().ok());
        if !to.is_some_and(|to| to.closest("search").is_ok_and(|it| it.is_some())) {
            list.close();
        }
    };
    Effect::new(move || announce(list));
    tour::seen_at(&[Step::Search], el("search").class("search"))
        .on("focusout", left)
        .child(field)
        .child(el("kbd").attr("aria-hidden", "true").child("/"))
        .child(live_all(move || list.is_shown.get().then(|| results(list))))
}

/// The box, without what is typed into it.
fn field(list: List) -> El {
    let active_id = move || list.active.get().filter(|_| list.is_shown.get()).map(option_id);
    let press = move |event: Event| {
        // A browser that fills a field in by itself sends events that name no key.
        if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
            list.press(event);
        }
    };
    el("input")
        .attr("id", BOX)
        .class("search-field")
        .attr("type", "search")
        .attr("role", "combobox")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .live("aria-label", move || Some(asks(list)))
        .live("placeholder", move || Some(format!("{}…", asks(list))))
        .attr("aria-controls", "search-results")
        .attr("aria-autocomplete", "list")
        .live("aria-activedescendant", active_id)
        .live("aria-expanded", move || Some(list.is_shown.get().to_string()))
        .on("keydown", press)
}

fn asks(list: List) -> String {
    let words = list.app.words();
    format!("Search {}, {}, job runs", words.wants, words.partitions)
}

/// What is below the box.
#[derive(Clone, Copy)]
struct List {
    app: App,
    typed: Memo<String>,
    query: Memo<Query>,
    found: Memo<Option<Found>>,
    recent: Memo<Recent>,
    /// Which of [`LIMITS`] holds.
    level: RwSignal<usize>,
    is_shown: Memo<bool>,
    /// Each change of what is searched, by hand or by an address, opens the results again.
    change: Memo<u32>,
    /// The change for which the reader has closed the results.
    closed_at: RwSignal<Option<u32>>,
    /// Whether the reader is at the box, and wants to see what can be looked for.
    is_asked: RwSignal<bool>,
    /// Whether something was typed of which nobody has said yet how much it finds.
    is_due: StoredValue<bool>,
    /// What the arrows went to last.
    walked: RwSignal<Option<Item>>,
    /// Where that is in the list. Of results the first one, if it is nowhere.
    active: Memo<Option<usize>>,
}

impl List {
    fn new(app: App) -> Self {
        let typed = Memo::new(move |_| app.route_with(|route| route.q.clone()));
        let query = Memo::new(move |_| Query::parse(&typed.get()));
        let change = Memo::new(move |before: Option<&u32>| {
            typed.track();
            before.map_or(0, |before| before.wrapping_add(1))
        });
        let (closed_at, is_asked) = (RwSignal::new(None), RwSignal::new(false));
        let is_shown = Memo::new(move |_| {
            let is_empty = query.with(Query::is_empty);
            if is_empty { is_asked.get() } else { closed_at.get() != Some(change.get()) }
        });
        let asked = move || Some(if is_shown.get() { query.get() } else { Query::default() });
        let level = RwSignal::new(0_usize);
        let limit = move || LIMITS.get(level.get()).copied().unwrap_or_default();
        let found = find(app, Signal::derive(asked), Signal::derive(limit));
        let recent = recent(app);
        let walked = RwSignal::new(None);
        let active = Memo::new(move |_| {
            let items = items(query, found, recent);
            let walked = walked.get();
            let place = items.iter().position(|&item| Some(item) == walked);
            place.or_else(|| (!items.is_empty() && !query.with(Query::is_empty)).then_some(0))
        });
        Self {
            app,
            typed,
            query,
            found,
            recent,
            level,
            is_shown,
            change,
            closed_at,
            is_asked,
            is_due: StoredValue::new(false),
            walked,
            active,
        }
    }

    fn open(self) {
        self.is_asked.set(true);
        self.closed_at.set(None);
    }

    fn close(self) {
        self.is_asked.set(false);
        self.closed_at.set(Some(self.change.get_untracked()));
    }

    fn press(self, event: &KeyboardEvent) {
        match asked(event, Place::Search) {
            Some(Command::HitDown) => self.walk(1),
            Some(Command::HitUp) => self.walk(-1),
            Some(Command::TakeHit) => self.take(),
            Some(Command::LeaveSearch) => self.leave(),
            _ => return,
        }
        event.prevent_default();
    }

    /// Below the box, where a link or a button has the keyboard.
    fn press_below(self, event: &Event) {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        match asked(event, Place::Search) {
            Some(Command::HitUp) => dom::focus(BOX),
            Some(Command::LeaveSearch) => {
                dom::focus(BOX);
                self.leave();
            }
            _ => return,
        }
        event.prevent_default();
    }

    /// A hit was pressed. With Control or the like, or by its middle, it opens beside this page.
    fn followed(self, event: &Event) {
        let event: &MouseEvent = event.unchecked_ref();
        if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
            self.went();
        }
    }

    fn walk(self, by: isize) {
        self.open();
        let items = self.items();
        let last = items.len().checked_sub(1);
        if by > 0 && self.active.get_untracked() == last && dom::focus_in(BELOW, Some(BESIDE_HITS))
        {
            return;
        }
        let to = self.active.get_untracked().map_or(0, |at| at.saturating_add_signed(by));
        let to = to.min(items.len().saturating_sub(1));
        self.walked.set(items.get(to).copied());
        dom::reveal(&option_id(to));
    }

    fn take(self) {
        let items = self.items();
        let item = self.active.get_untracked().and_then(|at| items.get(at).copied());
        let Some(item) = item else { return };
        if let Some(page) = untrack(|| self.app.ask(|asof| Some(page_of(asof, item)))) {
            self.app.update_route(|route| route.refocus(page));
            self.went();
        }
        self.walked.set(None);
    }

    /// What was chosen leaves the box empty, and nothing more to be told: the keyboard goes along.
    fn went(self) {
        self.is_asked.set(false);
        request_animation_frame(keyboard::to_content);
    }

    /// Lets go of the search first, then of the keyboard.
    fn leave(self) {
        let is_empty = untrack(|| self.app.route_with(|route| route.q.is_empty()));
        if is_empty {
            dom::focus("main");
        }
        self.app.update_route(|route| route.with_q(""));
    }

    /// All that is listed, in order.
    fn items(self) -> Vec<Item> {
        untrack(|| items(self.query, self.found, self.recent))
    }
}

fn items(query: Memo<Query>, found: Memo<Option<Found>>, recent: Memo<Recent>) -> Vec<Item> {
    if query.with(Query::is_empty) {
        return recent.with(|recent| recent.items().to_vec());
    }
    found.with(|found| {
        let hits = found.as_ref().and_then(Found::hits).into_iter();
        hits.flat_map(|hits| hits.listed().map(|hit| hit.item)).collect()
    })
}

/// Where a hit leads.
fn page_of(asof: AsOf<'_>, item: Item) -> Page {
    let name = item.name(asof.history).to_owned();
    match item {
        Item::Want(_) => Page::Want(name),
        Item::Partition(_) => Page::partition(name),
        Item::Run(_) => Page::JobRun(name),
        Item::Job(_) => Page::Job(name),
    }
}

/// Says how much of what was typed has been found, once all has.
fn announce(list: List) {
    let said = list.found.with(|found| found.as_ref().map_or(Some(String::new()), said));
    if let Some(said) = said.filter(|_| list.is_due.get_value()) {
        list.is_due.set_value(false);
        list.app.say(Topic::Amount, said);
    }
}

/// None while there may be more.
fn said(found: &Found) -> Option<String> {
    let query = found.query();
    if query.is_empty() {
        return Some(String::new());
    }
    if !query.problems.is_empty() {
        let told = query.problems.iter().map(|it| [&it.filter, it.says].join(": "));
        return Some(as_one(told));
    }
    let hits = found.hits().filter(|_| found.under_way().is_none())?;
    Some(counted(hits.total(), "result", "results"))
}
