//! The search: a box in the header, and below it what was found. A combobox: the keyboard stays in
//! the box, and the arrows walk the results.
mod results;

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent};

use crate::history::AsOf;
use crate::route::Page;
use crate::search::{Hits, Item, Query, search};
use crate::view::el::{El, el, live_all};
use crate::view::search::results::{name_of, option_id, results};
use crate::view::state::App;
use crate::web::dom;
use crate::words::counted;

/// Of each kind, at first; and each time there is to be more.
const LIMITS: [usize; 3] = [6, 60, 600];

/// The box and its results.
pub fn search_box() -> El {
    let app = App::here();
    let typed = Memo::new(move |_| app.route_with(|route| route.q.clone()));
    let query = Memo::new(move |_| Query::parse(&typed.get()));
    let level = RwSignal::new(0_usize);
    let hits = Memo::new(move |_| {
        let limit = LIMITS.get(level.get()).copied().unwrap_or(usize::MAX);
        Arc::new(query.with(|query| app.ask(|asof| search(asof, query, limit))))
    });
    // Each change of what is searched, by hand or by an address, opens the results again.
    let change = Memo::new(move |before: Option<&u32>| {
        typed.track();
        before.map_or(0, |before| before.wrapping_add(1))
    });
    let closed_at = RwSignal::new(None);
    let is_shown = Memo::new(move |_| {
        closed_at.get() != Some(change.get()) && query.with(|query| !query.is_empty())
    });
    let list = List { app, hits, active: RwSignal::new(0), closed_at };
    let input = move |event: Event| {
        closed_at.set(None);
        list.active.set(0);
        level.set(0);
        app.update_route(|route| route.with_q(event_target_value(&event)));
    };
    let field = field(list, is_shown)
        .live(".value", move || Some(typed.get()))
        .on("input", input)
        .on("focus", move |_| closed_at.set(None))
        .on("blur", move |_| closed_at.set(Some(change.get_untracked())));
    let said = move || is_shown.get().then(|| said(&hits.get()));
    el("search")
        .class("search")
        .child(field)
        .child(el("kbd").attr("aria-hidden", "true").child("/"))
        .child(el("p").class("only-read").attr("role", "status").child(live_all(said)))
        .child(live_all(move || is_shown.get().then(|| results(list, query, level))))
}

/// The box, without what is typed into it.
fn field(list: List, is_shown: Memo<bool>) -> El {
    let active_id = move || is_shown.get().then(|| option_id(list.active.get()));
    let press = move |event: Event| {
        // A browser that fills a field in by itself sends events that name no key.
        if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
            list.press(event);
        }
    };
    el("input")
        .attr("id", "search")
        .class("search-field")
        .attr("type", "search")
        .attr("role", "combobox")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("aria-label", "Search wants, partitions, job runs")
        .attr("placeholder", "Search wants, partitions, job runs…")
        .attr("aria-controls", "search-results")
        .attr("aria-autocomplete", "list")
        .live("aria-activedescendant", active_id)
        .live("aria-expanded", move || Some(is_shown.get().to_string()))
        .on("keydown", press)
}

#[derive(Clone, Copy)]
struct List {
    app: App,
    hits: Memo<Arc<Hits>>,
    active: RwSignal<usize>,
    /// The change of the search for which the reader has closed the results.
    closed_at: RwSignal<Option<u32>>,
}

impl List {
    fn press(self, event: &KeyboardEvent) {
        let n = self.hits.with_untracked(|hits| hits.listed().count());
        let at = self.active.get_untracked();
        match event.key().as_str() {
            "ArrowDown" => self.walk_to((at + 1).min(n.saturating_sub(1))),
            "ArrowUp" => self.walk_to(at.saturating_sub(1)),
            "Enter" => self.take(at),
            "Escape" => self.leave(),
            _ => return,
        }
        event.prevent_default();
    }

    fn walk_to(self, at: usize) {
        self.closed_at.set(None);
        self.active.set(at);
        dom::reveal(&option_id(at));
    }

    fn take(self, at: usize) {
        let hit = self.hits.with_untracked(|hits| hits.listed().nth(at));
        let page = hit.map(|hit| untrack(|| self.app.ask(|asof| Some(page_of(asof, hit.item)))));
        if let Some(page) = page.flatten() {
            self.app.update_route(|route| match page {
                Target::Page(page) => route.refocus(page),
                Target::Query(query) => route.with_q(query),
            });
        }
    }

    /// Lets go of the search first, then of the keyboard.
    fn leave(self) {
        let is_empty = untrack(|| self.app.route_with(|route| route.q.is_empty()));
        if is_empty {
            dom::focus("main");
        }
        self.app.update_route(|route| route.with_q(""));
    }
}

/// Where a hit leads: to a page, or for a job, which has none, to a search for its runs.
enum Target {
    Page(Page),
    Query(String),
}

fn page_of(asof: AsOf<'_>, item: Item) -> Target {
    let name = name_of(asof, item);
    match item {
        Item::Want(_) => Target::Page(Page::Want(name)),
        Item::Partition(_) => Target::Page(Page::partition(name)),
        Item::Run(_) => Target::Page(Page::JobRun(name)),
        Item::Job(_) => Target::Query(format!("kind:job-run job:{name}")),
    }
}

fn said(hits: &Hits) -> String {
    counted(hits.total(), "result", "results")
}
