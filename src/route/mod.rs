//! [`Route`] ⇄ `#/…`: the whole state that a reader would share, as one value and as one address.
//!
//! ```text
//! #/partition/data%2Fbeta%2Fdate=2026-11-21?uuid=5f0c…&at=812&up=2&tab=outline&sel=job-run:j-7
//!   ───┬───── ──────────────┬────────────── ──────────────────────┬────────────────────────────
//!     page            one segment                   keys, each read alone
//! ```
//!
//! Printing is canonical: defaults are left out and keys have one order. Parsing takes any text;
//! what it cannot read it names, and reads the rest.
//! Never here: whether an id exists. A route knows names only, not the history.
mod node;
mod page;
mod parse;
mod print;
mod text;
mod words;

pub use node::{NodeKind, NodeRef, Open, Side};
pub use page::{Mode, Page};
pub use parse::{Reason, RouteFault};
pub use words::{Direction, Hops, Tab};

/// What is shown: the focus, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Route {
    /// The page and its focus.
    pub page: Page,
    /// `at=`: as of the event with this id; `None` is the log's end.
    pub at: Option<u64>,
    /// `up=`: hops upstream; `None` leaves it to the page.
    pub up: Option<Hops>,
    /// `down=`: hops downstream; `None` leaves it to the page.
    pub down: Option<Hops>,
    /// `dir=`: where the graph flows.
    pub dir: Direction,
    /// `tab=`: how the page shows it.
    pub tab: Tab,
    /// `sel=`: the inspected node.
    pub sel: Option<NodeRef>,
    /// `open=`, repeated: what was expanded in place, in the order it was.
    pub open: Vec<Open>,
    /// `pin=`, repeated: the members of groups that are drawn beside them.
    pub pin: Vec<NodeRef>,
    /// `q=`: the search; empty is none.
    pub q: String,
}

impl Route {
    /// Nothing but a page.
    pub fn new(page: Page) -> Self {
        Self { page, ..Self::default() }
    }

    /// The fulfillment of a want.
    pub fn want(id: impl Into<String>) -> Self {
        Self::new(Page::Want(id.into()))
    }

    /// The lineage of a partition's current instance.
    pub fn partition(partition: impl Into<String>) -> Self {
        Self::new(Page::partition(partition))
    }

    /// The lineage of one instance of a partition.
    pub fn instance(partition: impl Into<String>, uuid: impl Into<String>) -> Self {
        Self::new(Page::instance(partition, uuid))
    }

    /// A job run.
    pub fn job_run(id: impl Into<String>) -> Self {
        Self::new(Page::JobRun(id.into()))
    }

    /// Another page of the same reader: the moment, the direction and the tab stay; what was
    /// selected, opened, pinned, searched and how far it reached belonged to the old focus.
    #[must_use]
    pub fn refocus(&self, page: Page) -> Self {
        Self { at: self.at, dir: self.dir, tab: self.tab, ..Self::new(page) }
    }

    /// Whether going from one to the other replaces the history entry. Another focus pushes one.
    pub fn is_same_focus(&self, other: &Self) -> bool {
        match (&self.page, &other.page) {
            (Page::Home { .. }, Page::Home { .. }) => true,
            (page, other) => page == other,
        }
    }

    /// The same as of another moment; `None` is the log's end.
    #[must_use]
    pub fn with_at(self, at: Option<u64>) -> Self {
        Self { at, ..self }
    }

    /// The same, so many hops upstream.
    #[must_use]
    pub fn with_up(self, hops: Hops) -> Self {
        Self { up: Some(hops), ..self }
    }

    /// The same, so many hops downstream.
    #[must_use]
    pub fn with_down(self, hops: Hops) -> Self {
        Self { down: Some(hops), ..self }
    }

    /// The same, flowing in another direction.
    #[must_use]
    pub fn with_dir(self, dir: Direction) -> Self {
        Self { dir, ..self }
    }

    /// The same in another tab.
    #[must_use]
    pub fn with_tab(self, tab: Tab) -> Self {
        Self { tab, ..self }
    }

    /// The same with another node inspected, or none.
    #[must_use]
    pub fn with_sel(self, sel: Option<NodeRef>) -> Self {
        Self { sel, ..self }
    }

    /// The same with another search.
    #[must_use]
    pub fn with_q(self, q: impl Into<String>) -> Self {
        Self { q: q.into(), ..self }
    }

    /// The same with one thing opened, or closed if it was open.
    #[must_use]
    pub fn toggle_open(mut self, open: Open) -> Self {
        toggle(&mut self.open, open);
        self
    }

    /// The same with one node pinned, or unpinned if it was pinned.
    #[must_use]
    pub fn toggle_pin(mut self, node: NodeRef) -> Self {
        toggle(&mut self.pin, node);
        self
    }
}

fn toggle<T: PartialEq>(list: &mut Vec<T>, item: T) {
    let n_before = list.len();
    list.retain(|other| *other != item);
    if list.len() == n_before {
        list.push(item);
    }
}
