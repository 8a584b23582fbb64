//! What a search has found, below its box: by kind, each a link, the one that the keyboard is at
//! marked. How it was found is not its business.
use leptos::prelude::*;

use crate::history::AsOf;
use crate::scene::Status;
use crate::search::{Group, Hit, Hits, Item, Kind, Query, split_at_match};
use crate::view::el::{El, el, live_all};
use crate::view::search::{LIMITS, List, Target, page_of};
use crate::view::status::chip;
use crate::words::count;

/// The list; `level` says how far it goes.
pub(super) fn results(list: List, query: Memo<Query>, level: RwSignal<usize>) -> El {
    let pieces = move || {
        let hits = list.hits.get();
        let mut pieces = query.with(|query| groups_of(list, query, &hits));
        if hits.groups.is_empty() {
            pieces.push(nothing());
        }
        if level.get() < LIMITS.len() && (hits.listed().count() as u64) < hits.total() {
            pieces.push(more(level));
        }
        pieces
    };
    el("div")
        .attr("id", "search-results")
        .class("search-results")
        .attr("role", "listbox")
        .attr("aria-label", "Results")
        // A press must not take the keyboard out of the box, which would close the list under it.
        .on("mousedown", |event| event.prevent_default())
        .child(live_all(pieces))
}

fn nothing() -> El {
    let code = |words: &'static str| el("code").child(words);
    el("p")
        .class("search-none")
        .child("Nothing of that name. Filters: ")
        .child(code("status:failed"))
        .child(" ")
        .child(code("kind:want"))
        .child(" ")
        .child(code("job://jobs"))
        .child(" ")
        .child(code("dataset:data"))
}

fn more(level: RwSignal<usize>) -> El {
    el("button")
        .class("button plain search-more")
        .attr("tabindex", "-1")
        .press(move || level.update(|level| *level += 1))
        .child("Show more")
}

fn groups_of(list: List, query: &Query, hits: &Hits) -> Vec<El> {
    let mut from = 0;
    let mut groups = Vec::new();
    for group in &hits.groups {
        let hits = group.hits.iter().zip(from..).map(|(hit, at)| result(list, query, *hit, at));
        groups.push(heading(group).children(hits));
        from += group.hits.len();
    }
    groups
}

/// A group with its heading, without its hits yet.
fn heading(group: &Group) -> El {
    let name = kind_name(group.kind);
    let n_of_n = format!("{} of {}", count(group.hits.len() as u64), count(group.total));
    let heading = el("h2")
        .attr("role", "presentation")
        .child(name)
        .child(el("span").class("number").child(n_of_n));
    el("div").attr("role", "group").attr("aria-label", name).child(heading)
}

fn result(list: List, query: &Query, hit: Hit, at: usize) -> El {
    let app = list.app;
    let (name, status) = app.ask(|asof| (name_of(asof, hit.item), status_of(asof, hit.item)));
    let [before, matched, after] = split_at_match(&name, query).map(str::to_owned);
    let href = match app.ask(|asof| Some(page_of(asof, hit.item))) {
        Some(Target::Page(page)) => app.href(page),
        Some(Target::Query(q)) => app.route_with(|route| route.clone().with_q(q).to_string()),
        None => String::new(),
    };
    let words = el("span")
        .class("cut")
        .attr("title", name)
        .child(before)
        .child(el("mark").child(matched))
        .child(after);
    el("a")
        .attr("id", option_id(at))
        .class("search-hit")
        .attr("role", "option")
        .attr("tabindex", "-1")
        .attr("href", href)
        .live("aria-selected", move || Some((list.active.get() == at).to_string()))
        .child(words)
        .children(status.map(chip))
}

/// The document's id of a hit.
pub(super) fn option_id(at: usize) -> String {
    format!("search-hit-{at}")
}

const fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Want => "Wants",
        Kind::Partition => "Partitions",
        Kind::Run => "Job runs",
        Kind::Job => "Jobs",
    }
}

/// What it is called.
pub(super) fn name_of(asof: AsOf<'_>, item: Item) -> String {
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
