//! What is listed below the search box: by kind, each a link, the one that the keyboard is at marked;
//! and what there is to say of it. How it was found is not its business.
use std::ops::Range;

use crate::facts::Empty;
use crate::history::AsOf;
use crate::scene::Status;
use crate::search::{Group, Item, Kind, Problem, Query, marks};
use crate::view::el::{Child, El, button, el, live_all};
use crate::view::empty::empty_or;
use crate::view::reference::reference_of;
use crate::view::search::found::Found;
use crate::view::search::{BELOW, BOX, LIMITS, List, page_of};
use crate::view::state::App;
use crate::view::status::chip;
use crate::web::dom;
use crate::words::{Vocabulary, count, counted};
use leptos::prelude::*;

/// What may be typed besides names, and what it asks for.
const FILTERS: [(&str, &str); 6] = [
    ("status:failed", "a status, or how it begins"),
    ("kind:want", "or partition, job-run, job"),
    ("job://jobs", "a part of a job's label"),
    ("dataset:data", "a part of a ref, or a pattern with *"),
    ("since:2h", "begun in the last 2h, 30m, 3d, or from 2026-11-21 on"),
    ("stale:yes", "out of date; or no"),
];

/// The list, and what is above and below it.
pub(super) fn results(list: List) -> El {
    let pieces = move || {
        if list.query.with(Query::is_empty) {
            return hint(list);
        }
        let pieces = |found: &Option<Found>| found.as_ref().map(|found| found_pieces(list, found));
        list.found.with(pieces).unwrap_or_default()
    };
    el("div")
        .attr("id", BELOW)
        .class("search-results")
        // It scrolls with the hit that the arrows are at, and is gone once the keyboard leaves the box.
        .attr("tabindex", "-1")
        // A press must not take the keyboard out of the box, which would close the list under it.
        .on("mousedown", |event| event.prevent_default())
        .on("keydown", move |event| list.press_below(&event))
        .child(live_all(pieces))
}

/// While nothing is looked for: what can be, and what was visited lately.
fn hint(list: List) -> Vec<El> {
    let items = list.recent.with(|recent| recent.items().to_vec());
    let rows = items.into_iter().zip(0..);
    let rows: Vec<El> = rows.map(|(item, at)| result(list, &Query::default(), item, at)).collect();
    let group = (!rows.is_empty()).then(|| group("Lately".to_owned(), None).children(rows));
    vec![listbox(list).children(group), filters()]
}

fn filters() -> El {
    let filter = |(filter, asks)| [el("dt").child(el("code").child(filter)), el("dd").child(asks)];
    let list = el("dl").class("search-filters").children(FILTERS.into_iter().flat_map(filter));
    el("section").child(el("h2").child("Filters, beside names")).child(list)
}

fn found_pieces(list: List, found: &Found) -> Vec<El> {
    let Some(hits) = found.hits() else { return Vec::new() };
    let query = found.query();
    let problems = query.problems.iter().map(problem);
    let mut pieces: Vec<El> = problems.collect();
    if pieces.is_empty() {
        let (mut at, is_done) = (0, found.under_way().is_none());
        let groups = hits.groups.iter().map(|of_kind| {
            let rows = of_kind.hits.iter().zip(at..);
            at += of_kind.hits.len();
            let rows = rows.map(|(hit, at)| result(list, query, hit.item, at));
            group(kind_name(list.app, of_kind.kind), Some(n_of_n(of_kind, is_done))).children(rows)
        });
        pieces.push(listbox(list).children(groups));
        if hits.groups.is_empty() && is_done {
            pieces.push(nothing(list, query));
            pieces.push(filters());
        }
        pieces.extend(((at as u64) < hits.total()).then(|| more(list)));
        pieces.push(extent(found, hits.total()));
    }
    pieces
}

/// What may be in the way of a hit.
fn nothing(list: List, query: &Query) -> El {
    let is_filtered = [&query.status, &query.job, &query.dataset].into_iter().any(Option::is_some)
        || query.kind.is_some()
        || query.since.is_some()
        || query.stale.is_some();
    let why = list.app.ask(|asof| Empty::NothingFound { is_filtered }.why(asof));
    let text = query.text.clone();
    // What is pressed asks for other results, and goes: the keyboard is in the box for these.
    let less = move || {
        dom::focus(BOX);
        list.app.update_route(|route| route.with_q(text.clone()));
    };
    el("div").class("search-note").child(empty_or(why, less)).press(|| dom::focus(BOX))
}

/// A filter that makes no sense, and what would.
fn problem(problem: &Problem) -> El {
    el("p")
        .class("search-note is-problem")
        .child(el("code").child(problem.filter.clone()))
        .child(" ")
        .child(problem.says)
}

fn listbox(list: List) -> El {
    el("div")
        .attr("id", "search-results")
        .attr("role", "listbox")
        .attr("aria-label", "Results")
        .on("click", move |event| list.followed(&event))
}

/// A group with its heading, without its rows yet.
fn group(name: String, n_of_n: Option<String>) -> El {
    let heading = el("h2")
        .attr("role", "presentation")
        .child(name.clone())
        .children(n_of_n.map(|n_of_n| el("span").class("number").child(n_of_n)));
    el("div").attr("role", "group").attr("aria-label", name).child(heading)
}

/// `6 of 1,024`; with a plus where there may be more.
fn n_of_n(group: &Group, is_done: bool) -> String {
    let plus = if is_done { "" } else { "+" };
    format!("{} of {}{plus}", count(group.hits.len() as u64), count(group.total))
}

/// How far it has come; in the end, how many of how many there are.
fn extent(found: &Found, n_hits: u64) -> El {
    let words = match found.under_way() {
        Some(progress) => {
            let (n_done, n_names) = (count(progress.n_done), count(progress.n_names));
            format!("looking through {n_done} of {n_names} names")
        }
        None => {
            format!("{} of {}", count(n_hits), counted(found.n_names(), "name", "names"))
        }
    };
    el("p").class("search-note is-extent number").child(words)
}

fn more(list: List) -> El {
    let level = list.level;
    if level.get() + 1 == LIMITS.len() {
        return el("p").class("search-note").child("Type more to see the rest.");
    }
    let more = move || {
        dom::focus(BOX);
        level.update(|level| *level += 1);
    };
    button("button plain search-more").press(more).child("Show more")
}

fn result(list: List, query: &Query, item: Item, at: usize) -> El {
    let app = list.app;
    let told = |asof: AsOf<'_>| {
        let also = item.other_name(asof.history).map(str::to_owned);
        let name = item.name(asof.history).to_owned();
        (name, also, (status_of(asof, item), Some(page_of(asof, item))))
    };
    let (name, also, (status, page)) = app.ask(told);
    let href = page.map(|page| app.href(page)).unwrap_or_default();
    let status_words = status.map(Status::text);
    let said = [Some(&name), also.as_ref(), status_words.as_ref()].into_iter().flatten();
    let said = said.map(String::as_str).collect::<Vec<_>>().join(" ");
    let dim = |also: String| {
        let places = marks(&also, query);
        el("span").class("dim cut").children(marked(&also, &places, 0..also.len()))
    };
    let places = marks(&name, query);
    let words = reference_of(&name, |part| marked(&name, &places, part));
    el("a")
        .attr("id", option_id(at))
        .class("search-hit")
        .attr("role", "option")
        .attr("tabindex", "-1")
        .attr("href", href)
        .attr("aria-label", said)
        .live("aria-selected", move || Some((list.active.get() == Some(at)).to_string()))
        .child(words.children(also.map(dim)))
        .children(status.map(chip))
}

/// A part of a name with all that was typed in it marked. `places` are in order and do not overlap.
fn marked(name: &str, places: &[Range<usize>], part: Range<usize>) -> Vec<Child> {
    let text = |place: Range<usize>| name.get(place).unwrap_or_default().to_owned();
    let mut pieces = Vec::new();
    let mut end = part.start;
    for place in places {
        let place = place.start.max(end)..place.end.min(part.end);
        if !place.is_empty() {
            pieces.push(text(end..place.start).into());
            end = place.end;
            pieces.push(el("mark").child(text(place)).into());
        }
    }
    pieces.push(text(end..part.end).into());
    pieces
}

/// The document's id of a result.
pub(super) fn option_id(at: usize) -> String {
    format!("search-hit-{at}")
}

fn kind_name(app: App, kind: Kind) -> String {
    let words = app.words();
    Vocabulary::heading(match kind {
        Kind::Want => words.wants,
        Kind::Partition => words.partitions,
        Kind::Run => "job runs",
        Kind::Job => "jobs",
    })
}

fn status_of(asof: AsOf<'_>, item: Item) -> Option<Status> {
    match item {
        Item::Want(want) => asof.want_status(want).map(Status::from),
        Item::Partition(partition) => asof.partition_status(partition).map(Status::from),
        Item::Run(run) => asof.run_status(run).map(Status::from),
        Item::Job(_) => None,
    }
}
