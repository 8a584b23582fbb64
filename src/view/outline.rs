//! The picture as an indented tree, for the keyboard and for who cannot see it: the same nodes in
//! the same words.
use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent};

use crate::facts::{Tree, TreeRow};
use crate::graph;
use crate::route::NodeRef as NodeName;
use crate::scene::{Card, change_word};
use crate::view::el::{Child, El, el, live, live_all};
use crate::view::keyboard::OUTLINE;
use crate::view::pipeline::{Answer, Pipeline, page_of};
use crate::view::reference::reference;
use crate::view::state::App;
use crate::view::status::{mark, news};
use crate::view::tree_walk::{Walk, item_id};

/// The tree of what is shown. What is closed is closed by its name, and stays so in the next
/// answer.
pub fn outline(pipeline: Pipeline) -> Child {
    let app = App::here();
    let closed = RwSignal::new(BTreeSet::new());
    let follows = StoredValue::new(false);
    let selected = Memo::new(move |_| app.route_with(|route| route.sel.clone()));
    live_all(move || {
        let answer = pipeline.answer.get()?.ok()?;
        let tree = Arc::new(Tree::new(&graph::outline(&answer.graph)));
        let first = selected.get_untracked().and_then(|node| row_of(&answer, &tree, &node));
        let active = RwSignal::new(first.unwrap_or(0));
        let stored = StoredValue::new((answer.clone(), tree.clone()));
        let walk = Walk { app, tree: stored, closed, active, follows };
        walk.follow();
        Some(rows(&answer, &tree, walk, selected))
    })
}

/// Where a node stands in full.
fn row_of(answer: &Answer, tree: &Tree, node: &NodeName) -> Option<usize> {
    let row = answer.row_of(node)?;
    tree.rows.iter().position(|it| it.row.node as usize == row && !it.row.repeated)
}

fn rows(answer: &Answer, tree: &Tree, walk: Walk, selected: Memo<Option<NodeName>>) -> El {
    let seen = Memo::new(move |_| walk.closed.with(|closed| walk.in_sight(closed)));
    let one = |(at, row): (usize, &TreeRow)| {
        let card = answer.cards.get(row.row.node as usize)?;
        Some(item(walk, seen, selected, at, tree.has_children(at), row, card))
    };
    let press = move |event: Event| {
        // A browser that fills a field in by itself sends events that name no key.
        if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
            walk.press(event);
        }
    };
    el("ul")
        .class("tree")
        .attr("id", OUTLINE)
        .attr("role", "tree")
        .attr("aria-label", "Outline")
        .on("keydown", press)
        .children(tree.rows.iter().enumerate().filter_map(one))
}

fn item(
    walk: Walk,
    seen: Memo<Vec<usize>>,
    selected: Memo<Option<NodeName>>,
    at: usize,
    has_children: bool,
    row: &TreeRow,
    card: &Card,
) -> El {
    let me = NodeName::new(card.kind, card.id.clone());
    let focus = if card.focus { " is-focus" } else { "" };
    let faded = if card.faded { " is-faded" } else { "" };
    let is_selected = move || selected.with(|selected| selected.as_ref() == Some(&me));
    let tab_stop = move || if walk.active.get() == at { "0" } else { "-1" };
    let is_hidden = move || seen.with(|seen| seen.binary_search(&at).is_err());
    let press = move || {
        walk.move_to(at);
        walk.select(at);
    };
    el("li")
        .attr("id", item_id(at))
        .attr("role", "treeitem")
        .class(format!("tree-item{focus}{faded}"))
        .attr("style", format!("--level:{}", row.row.depth))
        .attr("aria-level", (row.row.depth + 1).to_string())
        .attr("aria-posinset", row.place.to_string())
        .attr("aria-setsize", row.n_siblings.to_string())
        .live("aria-expanded", move || has_children.then(|| walk.is_open(at).to_string()))
        .live("aria-selected", move || Some(is_selected().to_string()))
        .attr("data-kind", card.kind.word())
        .attr("data-id", card.id.clone())
        .attr("data-status", card.status.word)
        .maybe("data-change", card.change.map(change_word))
        .live("tabindex", move || Some(tab_stop().to_owned()))
        .live("hidden", move || is_hidden().then(String::new))
        .press(press)
        .child(el("span").class("tree-indent").children(has_children.then(|| twisty(walk, at))))
        .children(words(row, card))
}

/// Opens and closes what is below a row; the keyboard has keys of its own for that.
fn twisty(walk: Walk, at: usize) -> El {
    let twist = move |event: Event| {
        event.stop_propagation();
        walk.turn(at, !untrack(|| walk.is_open(at)));
    };
    el("span")
        .class("tree-twist")
        .attr("aria-hidden", "true")
        .on("click", twist)
        .child(live(move || if walk.is_open(at) { "▾" } else { "▸" }))
}

fn words(row: &TreeRow, card: &Card) -> Vec<Child> {
    let via = row.row.via.words();
    let via = (!via.is_empty()).then(|| el("span").class("tree-via").child(format!("{via} ")));
    let name =
        [el("span").class("dim").child(card.lead.clone()), el("strong").child(card.name.clone())];
    let tree_name = el("span").class("tree-name");
    let name = match page_of(card).filter(|_| !card.focus) {
        Some(page) => {
            let app = App::here();
            let href = move || Some(app.href(page.clone()));
            tree_name.child(el("a").attr("tabindex", "-1").live("href", href).children(name))
        }
        None => tree_name.children(name),
    };
    let repeated = row.row.repeated.then(|| el("span").class("faint").child(" shown above"));
    let has_badge = card.badge != card.status.text() && !row.row.repeated;
    let badge = has_badge.then(|| el("span").class("tree-badge").child(card.badge.clone()));
    let which = el("span").class("dim tree-which").child(reference(card.which.clone()));
    let exact = el("code").class("tree-exact").child(card.exact.clone());
    let news = news(card).filter(|_| !row.row.repeated);
    let words =
        [Some(mark(card.status)), via, Some(name), news, Some(which), Some(exact), repeated, badge];
    words.into_iter().flatten().map(Child::from).collect()
}
