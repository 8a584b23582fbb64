//! Members of groups that were drawn on their own after all: they leave their groups, and groups that
//! they leave empty are taken out. Draws no node but the work between.
use crate::graph::builder::{Builder, Link};
use crate::graph::neighbors::Step;
use crate::graph::sets::Map;
use crate::graph::{Edge, EdgeKind, Key, Node, Role};

impl Builder<'_> {
    /// A member reached on its own by another path is one node, not two.
    pub(super) fn release_drawn_members(&mut self) {
        for at in 0..self.grouped.len() {
            if !self.grouped[at].1.iter().any(|step| self.is_drawn(step.far)) {
                continue;
            }
            let (row, steps) = std::mem::take(&mut self.grouped[at]);
            let (out, kept): (Vec<Step>, Vec<Step>) =
                steps.into_iter().partition(|step| self.is_drawn(step.far));
            for step in &out {
                self.relink(row, step);
            }
            self.shrink_group(row, &kept);
            self.grouped[at] = (row, kept);
        }
    }

    /// Draws the link of a member that left its group between the group's anchor and itself.
    fn relink(&mut self, group: u32, step: &Step) {
        let ends = |e: &&Edge| e.from == group || e.to == group;
        let Some(edge) = self.graph.edges.iter().find(ends).copied() else { return };
        let Some(far) = self.row(step.far) else { return };
        let near = self.graph.nodes.get(edge.from as usize).map(|node| node.key);
        let step = near.map_or(*step, |near| step.told(self.asof, near));
        let link = Link { kind: edge.kind, how: step.how, inferred: step.inferred };
        if edge.to != group {
            self.link(far, edge.to, link, 1);
        } else if edge.kind != EdgeKind::Read {
            self.link(edge.from, far, link, 1);
        } else if let Some((work, _)) = self.draw(step.work, Role::Work) {
            self.link(edge.from, work, link, 1);
            self.link(work, far, Link::of(EdgeKind::Wrote), 1);
        }
    }

    /// Takes out groups whose members are all drawn on their own.
    pub(super) fn drop_empty_groups(&mut self) {
        if self.grouped.iter().all(|(_, steps)| !steps.is_empty()) {
            return;
        }
        let mut new_row = Vec::with_capacity(self.graph.nodes.len());
        let mut nodes: Vec<Node> = Vec::with_capacity(self.graph.nodes.len());
        let mut groups = Vec::new();
        for mut node in std::mem::take(&mut self.graph.nodes) {
            if let Key::Group(index) = node.key {
                let group = std::mem::take(&mut self.graph.groups[index as usize]);
                if group.members.is_empty() {
                    new_row.push(None);
                    continue;
                }
                node.key = Key::Group(groups.len() as u32);
                groups.push(group);
            }
            new_row.push(Some(nodes.len() as u32));
            nodes.push(node);
        }
        let moved = |row: u32| new_row.get(row as usize).copied().flatten();
        self.graph.edges = std::mem::take(&mut self.graph.edges)
            .into_iter()
            .filter_map(|e| Some(Edge { from: moved(e.from)?, to: moved(e.to)?, ..e }))
            .collect();
        self.rows = Map::default();
        for (row, node) in nodes.iter().enumerate() {
            if !matches!(node.key, Key::Group(_)) {
                self.rows.row_or(node.key, row as u32);
            }
        }
        self.grouped.retain_mut(|(row, _)| moved(*row).map(|new| *row = new).is_some());
        (self.graph.nodes, self.graph.groups) = (nodes, groups);
    }

    fn shrink_group(&mut self, row: u32, kept: &[Step]) {
        let Key::Group(index) = self.graph.nodes[row as usize].key else { return };
        self.graph.groups[index as usize].members = kept.iter().map(|step| step.far).collect();
        for edge in &mut self.graph.edges {
            if edge.from == row || edge.to == row {
                edge.count = kept.len() as u32;
            }
        }
    }
}
