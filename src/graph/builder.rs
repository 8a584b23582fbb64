//! Grows one graph: each node once, links merged, like neighbors grouped, the rest counted.

use crate::graph::collapse::{Likeness, split};
use crate::graph::neighbors::Step;
use crate::graph::sets::{Keys, Map};
use crate::graph::{
    Ask, Edge, EdgeKind, Graph, Group, Key, MAX_NODES, Node, Role, Side, id_of, node_ref,
};
use crate::history::{AsOf, How};
use crate::route;

/// A graph in the making.
pub(super) struct Builder<'a> {
    pub asof: AsOf<'a>,
    ask: &'a Ask,
    pub(super) graph: Graph,
    /// Key -> its row, if drawn on its own.
    pub(super) rows: Map<Key>,
    /// The same keys.
    drawn: Keys,
    /// Everything within reach, drawn or not.
    reached: Keys,
    /// (from, to, kind) -> row of the edge.
    edges: Map<(u32, u32, EdgeKind)>,
    /// Row of a group -> the links that it stands for.
    pub(super) grouped: Vec<(u32, Vec<Step>)>,
    /// Whether something was not drawn for want of room.
    is_full: bool,
    /// Once all is drawn: row -> members of the groups above it and below it.
    beside: Vec<(u32, u32)>,
}

/// A link to draw.
#[derive(Clone, Copy)]
pub(super) struct Link {
    pub kind: EdgeKind,
    pub how: Option<How>,
    pub inferred: bool,
}

impl Link {
    pub(super) const fn of(kind: EdgeKind) -> Self {
        Self { kind, how: None, inferred: false }
    }

    pub(super) const fn read(step: &Step) -> Self {
        Self { kind: EdgeKind::Read, how: step.how, inferred: step.inferred }
    }
}

impl<'a> Builder<'a> {
    pub(super) fn new(asof: AsOf<'a>, ask: &'a Ask, focus: Key, backward: bool) -> Self {
        let mut builder = Self {
            asof,
            ask,
            graph: Graph { backward, ..Graph::default() },
            rows: Map::default(),
            drawn: Keys::default(),
            reached: Keys::default(),
            edges: Map::default(),
            grouped: Vec::new(),
            is_full: false,
            beside: Vec::new(),
        };
        builder.draw(focus, Role::Focus);
        builder
    }

    /// Counts `key` as within reach; whether it is new.
    pub(super) fn reach(&mut self, key: Key) -> bool {
        self.reached.insert(key)
    }

    /// Draws `key` if it is not drawn yet and there is room: its row, and whether it is new.
    pub(super) fn draw(&mut self, key: Key, role: Role) -> Option<(u32, bool)> {
        self.reached.insert(key);
        if let Some(row) = self.row(key) {
            return Some((row, false));
        }
        if self.graph.nodes.len() >= MAX_NODES {
            self.is_full = true;
            return None;
        }
        let row = self.push_node(key, role);
        self.rows.row_or(key, row);
        self.drawn.insert(key);
        Some((row, true))
    }

    pub(super) fn row(&self, key: Key) -> Option<u32> {
        if self.is_drawn(key) { self.rows.get(key) } else { None }
    }

    /// Whether something was not drawn for want of room.
    pub(super) fn is_full(&self) -> bool {
        self.is_full
    }

    pub(super) fn link(&mut self, from: u32, to: u32, link: Link, count: u32) {
        let Link { kind, how, inferred } = link;
        let next = self.graph.edges.len() as u32;
        let row = self.edges.row_or((from, to, kind), next);
        if row == next {
            let edge = Edge { from, to, kind, count, how, inferred, attempt: None };
            self.graph.edges.push(edge);
        } else if let Some(edge) = self.graph.edges.get_mut(row as usize) {
            edge.inferred &= inferred;
        }
    }

    /// Whether the reader opened this node towards `side`.
    pub(super) fn is_open(&self, key: Key, side: Side) -> bool {
        if self.ask.open.is_empty() {
            return false;
        }
        let wanted = match side {
            Side::Up => route::Side::Up,
            Side::Down => route::Side::Down,
        };
        let node = node_ref(self.asof, &self.graph.groups, key);
        self.ask.open.iter().any(|open| open.side == wanted && open.node == node)
    }

    /// Splits neighbors into single ones and groups, with pinned and drawn ones on their own.
    pub(super) fn split(
        &self,
        steps: Vec<Step>,
        side: Side,
    ) -> (Vec<Step>, Vec<(Likeness, Vec<Step>)>) {
        split(self.asof, steps, side, |step| self.is_drawn(step.far) || self.is_pinned(step.far))
    }

    /// Draws one group beside the node at `anchor`, with one merged link. Its members count as
    /// within reach. Without room they are only counted.
    pub(super) fn draw_group(
        &mut self,
        anchor: u32,
        side: Side,
        like: Likeness,
        steps: Vec<Step>,
        link: Link,
    ) {
        for step in &steps {
            self.reached.insert(step.far);
        }
        if self.graph.nodes.len() >= MAX_NODES {
            self.is_full = true;
            return;
        }
        let index = self.graph.groups.len() as u32;
        let row = self.push_node(Key::Group(index), Role::Work);
        let id = self.group_id(anchor, side, like);
        let members = steps.iter().map(|step| step.far).collect();
        let (pattern, label) = (like.pattern(self.asof).to_owned(), like.label);
        self.graph.groups.push(Group { id, pattern, label, side, members });
        let count = steps.len() as u32;
        self.grouped.push((row, steps));
        match link.kind {
            EdgeKind::Read if side == Side::Up => self.link(row, anchor, link, count),
            _ => self.link(anchor, row, link, count),
        }
    }

    /// The finished graph. Members of groups that were drawn on their own after all leave their
    /// groups, and `hidden` is asked for what each drawn node does not show.
    pub(super) fn finish(self, hidden: impl Fn(&Self, Key, Side) -> u32) -> Graph {
        let (graph, reached) = self.finish_uncounted(hidden);
        Graph { total: Some(reached.len()), ..graph }
    }

    /// The same, and all that was reached by then.
    pub(super) fn finish_uncounted(
        mut self,
        hidden: impl Fn(&Self, Key, Side) -> u32,
    ) -> (Graph, Keys) {
        self.release_drawn_members();
        self.drop_empty_groups();
        self.beside = self.count_beside();
        for row in 0..self.graph.nodes.len() {
            let key = self.graph.nodes[row].key;
            let (up, down) = (hidden(&self, key, Side::Up), hidden(&self, key, Side::Down));
            self.graph.nodes[row].hidden_up = up;
            self.graph.nodes[row].hidden_down = down;
        }
        self.graph.shown = self.graph.nodes.len() - self.graph.groups.len();
        (self.graph, self.reached)
    }

    /// Whether `key` is drawn, alone or in a group beside the drawn nodes.
    pub(super) fn is_drawn(&self, key: Key) -> bool {
        self.drawn.contains(key)
    }

    /// Members of the groups linked with the node at `row`.
    pub(super) fn n_grouped_beside(&self, row: u32, side: Side) -> u32 {
        let beside = self.beside.get(row as usize).copied().unwrap_or_default();
        if side == Side::Up { beside.0 } else { beside.1 }
    }

    /// Row -> members of the groups linked with that node, above it and below it.
    fn count_beside(&self) -> Vec<(u32, u32)> {
        let mut beside = vec![(0, 0); self.graph.nodes.len()];
        let members = |row: u32| match self.graph.nodes.get(row as usize)?.key {
            Key::Group(index) => Some(self.graph.groups.get(index as usize)?.members.len() as u32),
            _ => None,
        };
        for edge in &self.graph.edges {
            if let (Some(n), Some(below)) = (members(edge.from), beside.get_mut(edge.to as usize)) {
                below.0 += n;
            }
            if let (Some(n), Some(above)) = (members(edge.to), beside.get_mut(edge.from as usize)) {
                above.1 += n;
            }
        }
        beside
    }

    fn push_node(&mut self, key: Key, role: Role) -> u32 {
        self.graph.nodes.push(Node { key, role, hidden_up: 0, hidden_down: 0 });
        self.graph.nodes.len() as u32 - 1
    }

    fn is_pinned(&self, key: Key) -> bool {
        if self.ask.pins.is_empty() {
            return false;
        }
        let node = node_ref(self.asof, &[], key);
        self.ask.pins.contains(&node)
    }

    fn group_id(&self, anchor: u32, side: Side, like: Likeness) -> String {
        let key = self.graph.nodes[anchor as usize].key;
        let anchor = id_of(self.asof, &self.graph.groups, key);
        let job = like.label.map_or("", |label| self.asof.history.names.labels.text(label));
        let side = if side == Side::Up { "up" } else { "down" };
        format!("{side}|{anchor}|{}|{job}", like.pattern(self.asof))
    }
}
