//! The keyboard's way through the outline: arrows walk, open and close, Enter goes to the page of a
//! row, and Space inspects it.
use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use crate::commands::{Command, Place};
use crate::facts::Tree;
use crate::route::NodeRef as NodeName;
use crate::view::doing::asked;
use crate::view::pipeline::{Answer, page_of};
use crate::view::state::App;
use crate::web::dom;

/// The document's id of a row.
pub fn item_id(at: usize) -> String {
    format!("tree-{at}")
}

/// Where the keyboard is in a tree, and what of it is closed.
#[derive(Clone, Copy)]
pub struct Walk {
    pub(super) app: App,
    /// The tree, and what it is of.
    pub(super) tree: StoredValue<(Arc<Answer>, Arc<Tree>)>,
    /// By name, so that it stays closed in another answer.
    pub(super) closed: RwSignal<BTreeSet<NodeName>>,
    /// The row that the keyboard is in.
    pub(super) active: RwSignal<usize>,
    /// Whether the keyboard asked for another tree, and goes there with it.
    pub(super) follows: StoredValue<bool>,
}

impl Walk {
    /// A key was pressed in the tree.
    pub(super) fn press(self, event: &KeyboardEvent) {
        let at = self.active.get_untracked();
        match asked(event, Place::Outline) {
            Some(Command::RowDown) => self.step(true),
            Some(Command::RowUp) => self.step(false),
            Some(Command::RowInward) => self.inward(at),
            Some(Command::RowOutward) => self.outward(at),
            Some(Command::RowFirst) => self.move_to(0),
            Some(Command::RowLast) => self.move_to(self.last()),
            Some(Command::OpenRow) => self.refocus(at),
            Some(Command::InspectRow) => self.select(at),
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
        if self.with(|answer, tree| is_closed(answer, tree, &closed, at)) {
            self.turn(at, true);
        } else {
            self.step(true);
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

    /// The rows in sight.
    pub(super) fn in_sight(self, closed: &BTreeSet<NodeName>) -> Vec<usize> {
        self.with(|answer, tree| tree.in_sight(|row| is_closed(answer, tree, closed, row)))
    }

    /// Whether what hangs from a row is shown. Tracked.
    pub(super) fn is_open(self, at: usize) -> bool {
        self.closed.with(|closed| self.with(|answer, tree| !is_closed(answer, tree, closed, at)))
    }

    /// This is a new tree: where the keyboard asked for it, it gets the keyboard once it is drawn.
    pub(super) fn follow(self) {
        if self.follows.get_value() {
            self.follows.set_value(false);
            Effect::new(move || self.move_to(self.active.get_untracked()));
        }
    }

    /// Moves the keyboard to a row.
    pub(super) fn move_to(self, at: usize) {
        self.active.set(at);
        dom::focus(&item_id(at));
    }

    /// Opens or closes a row.
    pub(super) fn turn(self, at: usize, open: bool) {
        let Some(node) = self.node(at) else { return };
        self.closed.update(|closed| {
            if open {
                closed.remove(&node);
            } else {
                closed.insert(node);
            }
        });
    }

    /// Inspects a row.
    pub(super) fn select(self, at: usize) {
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
            Some(page) => {
                self.follows.set_value(true);
                self.app.update_route(|route| route.refocus(page));
            }
            None => self.select(at),
        }
    }

    fn node(self, at: usize) -> Option<NodeName> {
        self.with(|answer, tree| node_at(answer, tree, at))
    }

    fn with<T>(self, question: impl FnOnce(&Answer, &Tree) -> T) -> T {
        self.tree.with_value(|(answer, tree)| question(answer, tree))
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
