//! Paths between two partitions: every one of them walked.
use std::collections::BTreeSet;

use crate::oracle::diff::reads_of;
use crate::oracle::history::{Instance, Key, Twin};

/// What was made from what, by name; nothing from itself.
pub struct Links {
    links: BTreeSet<(String, String)>,
}

/// All paths from some starts to one end.
#[derive(Debug, Default, PartialEq)]
pub struct Found {
    pub starts: BTreeSet<String>,
    pub nodes: BTreeSet<String>,
    /// None where something was made from itself by way of others.
    pub count: Option<u128>,
    /// Nodes on a shortest one.
    pub least: usize,
}

impl Links {
    pub fn by_instance(twin: &Twin<'_>) -> Self {
        Self::named(twin, Key::to_string)
    }

    pub fn by_ref(twin: &Twin<'_>) -> Self {
        Self::named(twin, |key| key.partition().to_owned())
    }

    fn named(twin: &Twin<'_>, name: impl Fn(&Key) -> String) -> Self {
        let all = twin.partitions().into_iter().flat_map(|partition| twin.instances_of(partition));
        let mut links = BTreeSet::new();
        for key in all.map(Instance::key) {
            for read in reads_of(twin, &key) {
                links.insert((name(&read), name(&key)));
            }
        }
        links.retain(|(read, made)| read != made);
        Self { links }
    }

    fn made_from<'a>(&'a self, node: &'a str) -> impl Iterator<Item = &'a str> {
        self.links.iter().filter(move |(read, _)| read == node).map(|(_, made)| made.as_str())
    }

    /// All that was made from `node`, over at least one link.
    fn after(&self, node: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut open = vec![node.to_owned()];
        while let Some(node) = open.pop() {
            for made in self.made_from(&node) {
                if found.insert(made.to_owned()) {
                    open.push(made.to_owned());
                }
            }
        }
        found
    }

    /// The paths from all that `is_start` names to `end`.
    pub fn find(&self, end: &str, is_start: impl Fn(&str) -> bool) -> Found {
        let mut all: BTreeSet<String> = self.links.iter().map(|link| link.0.clone()).collect();
        all.extend(self.links.iter().map(|link| link.1.clone()));
        let leads = |node: &str| node == end || self.after(node).contains(end);
        let starts: BTreeSet<String> = all
            .iter()
            .filter(|node| *node != end && is_start(node) && leads(node))
            .cloned()
            .collect();
        let comes = |node: &str| {
            starts.iter().any(|start| start == node || self.after(start).contains(node))
        };
        let nodes: BTreeSet<String> =
            all.iter().filter(|node| leads(node) && comes(node)).cloned().collect();
        let in_circle = nodes.iter().any(|node| self.after(node).contains(node));
        let count =
            (!in_circle).then(|| starts.iter().map(|start| self.walk(start, end, &nodes)).sum());
        let least = starts.iter().filter_map(|start| self.least(start, end)).min();
        Found { least: least.unwrap_or_default(), starts, nodes, count }
    }

    /// Ways from `node` to `end` through `nodes`, which have no circle.
    fn walk(&self, node: &str, end: &str, nodes: &BTreeSet<String>) -> u128 {
        let on_the_way = self.made_from(node).filter(|made| nodes.contains(*made));
        let rest: u128 = on_the_way.map(|made| self.walk(made, end, nodes)).sum();
        rest + u128::from(node == end)
    }

    /// Nodes on a shortest path.
    fn least(&self, start: &str, end: &str) -> Option<usize> {
        let mut front = BTreeSet::from([start.to_owned()]);
        for n in 1..100 {
            if front.contains(end) {
                return Some(n);
            }
            front = front.iter().flat_map(|node| self.made_from(node)).map(str::to_owned).collect();
        }
        None
    }
}
