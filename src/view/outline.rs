//! The picture as an indented tree, for the keyboard and for who cannot see it: the same nodes in
//! the same words.
use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::attr::custom::custom_attribute;
use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::prelude::*;

use crate::facts::{Tree, TreeRow};
use crate::graph::outline;
use crate::route::NodeRef as NodeName;
use crate::scene::Card;
use crate::view::pipeline::{Answer, Pipeline, page_of};
use crate::view::section::mark;
use crate::view::state::App;
use crate::view::tree_walk::{Walk, item_id};

/// The tree.
#[component]
pub fn Outline(
    /// What is shown.
    pipeline: Pipeline,
) -> impl IntoView {
    let closed = RwSignal::new(BTreeSet::new());
    move || {
        pipeline.answer.with(|answer| {
            let answer = answer.as_ref()?.as_ref().ok()?.clone();
            Some(view! { <Rows answer=answer closed=closed /> })
        })
    }
}

/// The rows of one answer. What is closed is closed by its name, and stays so in the next answer.
#[component]
fn Rows(answer: Arc<Answer>, closed: RwSignal<BTreeSet<NodeName>>) -> impl IntoView {
    let app = App::here();
    let tree = Arc::new(Tree::new(&outline(&answer.graph)));
    let selected = Memo::new(move |_| app.route_with(|route| route.sel.clone()));
    let stored = StoredValue::new((answer.clone(), tree.clone()));
    let first = selected.get_untracked().and_then(|node| {
        let row = answer.row_of(&node)?;
        tree.rows.iter().position(|it| it.row.node as usize == row && !it.row.repeated)
    });
    let walk = Walk { app, tree: stored, closed, active: RwSignal::new(first.unwrap_or(0)) };
    let seen = Memo::new(move |_| closed.with(|closed| walk.in_sight(closed)));
    let row = |(at, row): (usize, &TreeRow)| {
        let card = answer.cards.get(row.row.node as usize)?.clone();
        let place = Place { at, row: *row, has_children: tree.has_children(at) };
        Some(view! { <Item place=place card=card walk=walk seen=seen selected=selected /> })
    };
    let rows: Vec<_> = tree.rows.iter().enumerate().filter_map(row).collect();
    let press = move |event: KeyboardEvent| walk.press(&event);
    view! {
        <ul class="tree" role="tree" aria-label="Outline" on:keydown=press>
            {rows}
        </ul>
    }
}

#[derive(Clone, Copy)]
struct Place {
    at: usize,
    row: TreeRow,
    has_children: bool,
}

#[component]
fn Item(
    place: Place,
    card: Card,
    walk: Walk,
    seen: Memo<Vec<usize>>,
    selected: Memo<Option<NodeName>>,
) -> impl IntoView {
    let Place { at, row, has_children } = place;
    let level = custom_attribute("aria-level", row.row.depth + 1);
    let (kind, id, status) = (card.kind.word(), card.id.clone(), card.status.word);
    let (is_focus, is_faded) = (card.focus, card.faded);
    let me = NodeName::new(card.kind, card.id.clone());
    let named = me.clone();
    let is_open = Memo::new(move |_| walk.closed.with(|closed| !closed.contains(&named)));
    let is_selected = Memo::new(move |_| selected.get().as_ref() == Some(&me));
    let expanded = move || has_children.then(|| is_open.get().to_string());
    let is_hidden = move || seen.with(|seen| seen.binary_search(&at).is_err());
    let tab_stop = move || if walk.active.get() == at { "0" } else { "-1" };
    let twist = move |event: MouseEvent| {
        event.stop_propagation();
        walk.turn(at, !is_open.get_untracked());
    };
    let twisty = has_children.then(|| {
        let glyph = move || if is_open.get() { "▾" } else { "▸" };
        view! { <span class="tree-twist" aria-hidden="true" on:click=twist>{glyph}</span> }
    });
    let press = move |_| {
        walk.move_to(at);
        walk.select(at);
    };
    view! {
        <li
            id=item_id(at) role="treeitem" class="tree-item"
            class:is-focus=is_focus class:is-faded=is_faded
            style=format!("--level:{}", row.row.depth)
            {..level} aria-posinset=row.place aria-setsize=row.n_siblings
            aria-expanded=expanded aria-selected=move || is_selected.get().to_string()
            data-kind=kind data-id=id data-status=status
            tabindex=tab_stop hidden=is_hidden on:click=press
        >
            <span class="tree-indent">{twisty}</span>
            <ItemWords row=row card=card />
        </li>
    }
}

#[component]
fn ItemWords(row: TreeRow, card: Card) -> impl IntoView {
    let app = App::here();
    let via = row.row.via.words();
    let via = (!via.is_empty()).then(|| view! { <span class="tree-via">{via}" "</span> });
    let name =
        view! { <span class="dim">{card.lead.clone()}</span><strong>{card.name.clone()}</strong> };
    let name = match page_of(&card).filter(|_| !card.focus) {
        Some(page) => {
            view! { <a tabindex="-1" href=move || app.href(page.clone())>{name}</a> }.into_any()
        }
        None => name.into_any(),
    };
    let repeated = row.row.repeated.then(|| view! { <span class="faint">" shown above"</span> });
    let badge = Some(card.badge).filter(|badge| *badge != card.status.text() && !row.row.repeated);
    let badge = badge.map(|badge| view! { <span class="tree-badge">{badge}</span> });
    view! {
        {mark(card.status)}
        {via}
        <span class="tree-name">{name}</span>
        <span class="dim cut">{card.which.clone()}</span>
        <code class="tree-exact">{card.exact.clone()}</code>
        {repeated}
        {badge}
    }
}
