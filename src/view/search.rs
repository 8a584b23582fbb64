//! The search: a box in the header, and below it what was found. A combobox: the keyboard stays in
//! the box, and the arrows walk the results.
use std::sync::Arc;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::history::AsOf;
use crate::route::Page;
use crate::scene::Status;
use crate::search::{Group, Hit, Hits, Item, Kind, Query, search, split_at_match};
use crate::view::state::App;
use crate::view::status::chip;
use crate::web::dom;
use crate::words::{count, counted};

/// Of each kind, at first; and each time there is to be more.
const LIMITS: [usize; 3] = [6, 60, 600];

/// The box and its results.
#[component]
pub fn SearchBox() -> impl IntoView {
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
    let active = RwSignal::new(0_usize);
    let is_shown = Memo::new(move |_| {
        closed_at.get() != Some(change.get()) && query.with(|query| !query.is_empty())
    });
    let input = move |event| {
        closed_at.set(None);
        active.set(0);
        level.set(0);
        app.update_route(|route| route.with_q(event_target_value(&event)));
    };
    let list = List { app, hits, active, closed_at };
    let active_id = move || is_shown.get().then(|| option_id(active.get()));
    view! {
        <search class="search">
            <input
                id="search" class="search-field" type="search" role="combobox" autocomplete="off" spellcheck="false"
                aria-label="Search wants, partitions, job runs" placeholder="Search wants, partitions, job runs…"
                aria-controls="search-results" aria-autocomplete="list" aria-activedescendant=active_id
                aria-expanded=move || is_shown.get().to_string()
                prop:value=typed
                on:input=input on:keydown=move |event| list.press(&event)
                on:focus=move |_| closed_at.set(None)
                on:blur=move |_| closed_at.set(Some(change.get_untracked()))
            />
            <kbd aria-hidden="true">"/"</kbd>
            <p class="only-read" role="status">{move || is_shown.get().then(|| said(&hits.get()))}</p>
            <Show when=move || is_shown.get()>
                <Results list=list query=query level=level />
            </Show>
        </search>
    }
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

#[component]
fn Results(list: List, query: Memo<Query>, level: RwSignal<usize>) -> impl IntoView {
    let groups = move || {
        let hits = list.hits.get();
        let mut first = 0;
        let each = |group: &Group| {
            let from = first;
            first += group.hits.len();
            results_of(list, &query.get(), group, from)
        };
        hits.groups.iter().map(each).collect_view()
    };
    let is_empty = move || list.hits.with(|hits| hits.groups.is_empty());
    let has_more = move || {
        let n_listed = list.hits.with(|hits| hits.listed().count() as u64);
        level.get() < LIMITS.len() && n_listed < list.hits.with(|hits| hits.total())
    };
    // A press must not take the keyboard out of the box, which would close the list under it.
    let stay = |event: leptos::ev::MouseEvent| event.prevent_default();
    view! {
        <div id="search-results" class="search-results" role="listbox" aria-label="Results" on:mousedown=stay>
            {groups}
            <Show when=is_empty>
                <p class="search-none">
                    "Nothing of that name. Filters: " <code>"status:failed"</code> " " <code>"kind:want"</code> " "
                    <code>"job://jobs"</code> " " <code>"dataset:data"</code>
                </p>
            </Show>
            <Show when=has_more>
                <button class="button plain search-more" tabindex="-1" on:click=move |_| level.update(|level| *level += 1)>
                    "Show more"
                </button>
            </Show>
        </div>
    }
}

fn results_of(list: List, query: &Query, group: &Group, from: usize) -> impl IntoView + use<> {
    let (name, n) = (kind_name(group.kind), group.hits.len() as u64);
    let n_of_n = format!("{} of {}", count(n), count(group.total));
    let hits = group.hits.iter().enumerate();
    let hits = hits.map(|(i, hit)| result(list, query, *hit, from + i)).collect_view();
    view! {
        <div role="group" aria-label=name>
            <h2 role="presentation">{name}<span class="number">{n_of_n}</span></h2>
            {hits}
        </div>
    }
}

fn result(list: List, query: &Query, hit: Hit, at: usize) -> impl IntoView + use<> {
    let app = list.app;
    let (name, status) = app.ask(|asof| (name_of(asof, hit.item), status_of(asof, hit.item)));
    let [before, matched, after] = split_at_match(&name, query).map(str::to_owned);
    let href = match app.ask(|asof| Some(page_of(asof, hit.item))) {
        Some(Target::Page(page)) => app.href(page),
        Some(Target::Query(q)) => app.route_with(|route| route.clone().with_q(q).to_string()),
        None => String::new(),
    };
    let is_active = move || (list.active.get() == at).to_string();
    view! {
        <a id=option_id(at) class="search-hit" role="option" tabindex="-1" href=href aria-selected=is_active>
            <span class="cut" title=name>{before}<mark>{matched}</mark>{after}</span>
            {status.map(chip)}
        </a>
    }
}

fn option_id(at: usize) -> String {
    format!("search-hit-{at}")
}

fn said(hits: &Hits) -> String {
    counted(hits.total(), "result", "results")
}

const fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Want => "Wants",
        Kind::Partition => "Partitions",
        Kind::Run => "Job runs",
        Kind::Job => "Jobs",
    }
}

fn name_of(asof: AsOf<'_>, item: Item) -> String {
    let names = &asof.history.names;
    let name = match item {
        Item::Want(want) => names.wants.text(want),
        Item::Partition(partition) => names.partitions.text(partition),
        Item::Run(run) => names.runs.text(run),
        Item::Job(label) => names.labels.text(label),
    };
    name.to_owned()
}

fn status_of(asof: AsOf<'_>, item: Item) -> Option<Status> {
    match item {
        Item::Want(want) => asof.want_status(want).map(Status::from),
        Item::Partition(partition) => asof.partition_status(partition).map(Status::from),
        Item::Run(run) => asof.run_status(run).map(Status::from),
        Item::Job(_) => None,
    }
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
