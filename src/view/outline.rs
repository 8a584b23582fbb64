//! The picture as an indented tree, for the keyboard and for who cannot see it: the same nodes in
//! the same words.
use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;

use crate::facts::{Tree, TreeRow};
use crate::graph::outline;
use crate::route::NodeRef as NodeName;
use crate::scene::Card;
use crate::view::pipeline::{Answer, Pipeline, page_of};
use crate::view::section::mark;
use crate::view::state::App;
use crate::web::dom;

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
    let walker = StoredValue::new((answer.clone(), tree.clone()));
    let first = selected.get_untracked().and_then(|node| {
        let row = answer.row_of(&node)?;
        tree.rows.iter().position(|it| it.row.node as usize == row && !it.row.repeated)
    });
    let walk = Walk { app, walker, closed, active: RwSignal::new(first.unwrap_or(0)) };
    let seen = Memo::new(move |_| closed.with(|closed| walk.in_sight(closed)));
    let row = |(at, row): (usize, &TreeRow)| {
        let card = answer.cards.get(row.row.node as usize)?.clone();
        let has_children = tree.has_children(at);
        Some(
            view! { <Item at=at row=*row card=card has_children=has_children walk=walk seen=seen selected=selected /> },
        )
    };
    let rows: Vec<_> = tree.rows.iter().enumerate().filter_map(row).collect();
    view! {
        <ul class="tree" role="tree" aria-label="Outline" on:keydown=move |event| walk.press(&event)>
            {rows}
        </ul>
    }
}

#[component]
fn Item(
    at: usize,
    row: TreeRow,
    card: Card,
    has_children: bool,
    walk: Walk,
    seen: Memo<Vec<usize>>,
    selected: Memo<Option<NodeName>>,
) -> impl IntoView {
    let (kind, id, status) = (card.kind.word(), card.id.clone(), card.status.word);
    let (is_focus, is_faded) = (card.focus, card.faded);
    let me = NodeName::new(card.kind, card.id.clone());
    let named = me.clone();
    let is_open = Memo::new(move |_| walk.closed.with(|closed| !closed.contains(&named)));
    let is_selected = Memo::new(move |_| selected.get().as_ref() == Some(&me));
    let expanded = move || has_children.then(|| is_open.get().to_string());
    let is_hidden = move || seen.with(|seen| seen.binary_search(&at).is_err());
    let tab_stop = move || if walk.active.get() == at { "0" } else { "-1" };
    let twist = move |event: leptos::ev::MouseEvent| {
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
            id=item_id(at) role="treeitem" class="tree-item" class:is-focus=is_focus class:is-faded=is_faded
            style=format!("--level:{}", row.row.depth)
            {..leptos::attr::custom::custom_attribute("aria-level", row.row.depth + 1)} aria-posinset=row.place aria-setsize=row.n_siblings
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

fn item_id(at: usize) -> String {
    format!("tree-{at}")
}

/// The keyboard's way through the tree.
#[derive(Clone, Copy)]
struct Walk {
    app: App,
    walker: StoredValue<(Arc<Answer>, Arc<Tree>)>,
    closed: RwSignal<BTreeSet<NodeName>>,
    active: RwSignal<usize>,
}

impl Walk {
    fn press(self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        let at = self.active.get_untracked();
        match event.key().as_str() {
            "ArrowDown" => self.step(true),
            "ArrowUp" => self.step(false),
            "ArrowRight" => self.inward(at),
            "ArrowLeft" => self.outward(at),
            "Home" => self.move_to(0),
            "End" => self.move_to(self.last()),
            "Enter" => self.refocus(at),
            " " => self.select(at),
            _ => return,
        }
        event.prevent_default();
    }

    fn step(self, down: bool) {
        let at = self.active.get_untracked();
        let closed = self.closed.get_untracked();
        let next = self.with(|answer, tree| {
            tree.beside(at, down, |row| is_closed(answer, tree, &closed, row))
        });
        if let Some(next) = next {
            self.move_to(next);
        }
    }

    fn inward(self, at: usize) {
        let has_children = self.with(|_, tree| tree.has_children(at));
        if !has_children {
            return;
        }
        let closed = self.closed.get_untracked();
        match self.with(|answer, tree| is_closed(answer, tree, &closed, at)) {
            true => self.turn(at, true),
            false => self.step(true),
        }
    }

    fn outward(self, at: usize) {
        let closed = self.closed.get_untracked();
        let is_open = self
            .with(|answer, tree| tree.has_children(at) && !is_closed(answer, tree, &closed, at));
        let parent = self.with(|_, tree| tree.rows.get(at).and_then(|row| row.parent));
        match parent {
            _ if is_open => self.turn(at, false),
            Some(parent) => self.move_to(parent as usize),
            None => {}
        }
    }

    fn last(self) -> usize {
        let closed = self.closed.get_untracked();
        self.in_sight(&closed).last().copied().unwrap_or(0)
    }

    fn in_sight(self, closed: &BTreeSet<NodeName>) -> Vec<usize> {
        self.with(|answer, tree| tree.in_sight(|row| is_closed(answer, tree, closed, row)))
    }

    fn move_to(self, at: usize) {
        self.active.set(at);
        dom::focus(&item_id(at));
    }

    fn turn(self, at: usize, open: bool) {
        let Some(node) = self.node(at) else { return };
        self.closed.update(|closed| {
            if open {
                closed.remove(&node);
            } else {
                closed.insert(node);
            }
        });
    }

    fn select(self, at: usize) {
        let node = self.node(at);
        self.app.update_route(|route| route.with_sel(node));
    }

    /// A group has no page: it opens in the panel.
    fn refocus(self, at: usize) {
        let page = self.with(|answer, tree| {
            let card = answer.cards.get(tree.rows.get(at)?.row.node as usize)?;
            page_of(card).filter(|_| !card.focus)
        });
        match page {
            Some(page) => self.app.update_route(|route| route.refocus(page)),
            None => self.select(at),
        }
    }

    fn node(self, at: usize) -> Option<NodeName> {
        self.with(|answer, tree| node_at(answer, tree, at))
    }

    fn with<T>(self, question: impl FnOnce(&Answer, &Tree) -> T) -> T {
        self.walker.with_value(|(answer, tree)| question(answer, tree))
    }
}

fn node_at(answer: &Answer, tree: &Tree, at: usize) -> Option<NodeName> {
    let card = answer.cards.get(tree.rows.get(at)?.row.node as usize)?;
    Some(NodeName::new(card.kind, card.id.clone()))
}

fn is_closed(answer: &Answer, tree: &Tree, closed: &BTreeSet<NodeName>, at: usize) -> bool {
    let is_named = || node_at(answer, tree, at).is_some_and(|node| closed.contains(&node));
    !closed.is_empty() && tree.has_children(at) && is_named()
}
