//! Whose part each run is: its parent, the run at the root, and the order in which every run stands
//! before its parts. No recursion: chains may be as long as the log.
use std::borrow::Cow;

use crate::events::openlineage::gather::Gathered;
use crate::events::openlineage::keys::split;
use crate::events::openlineage::runs::{At, Runs};
use crate::events::{Id, NameTable, RunId, TextId};

/// All families.
pub(super) struct Family {
    /// `At ->` the run that it is a part of.
    pub(super) parent: Vec<Option<At>>,
    /// `At ->` the run that it is done for in the end.
    pub(super) root: Vec<Root>,
    /// Every run after its parent.
    pub(super) preorder: Vec<At>,
    /// `At ->` where it stands in that order, and where its parts end.
    pub(super) span: Vec<(usize, usize)>,
    /// Runs that are said to be parts of themselves, or of their own parts.
    pub(super) cut: Vec<At>,
}

/// A root.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Root {
    Run(At),
    /// A run of which the log has no record, by its key.
    Unseen(RunId),
}

impl Family {
    pub(super) fn new(gathered: &Gathered, runs: &Runs) -> Self {
        let find = Finder::new(gathered, runs);
        let mut cut = Vec::new();
        let mut parent: Vec<Option<At>> = Vec::with_capacity(runs.all.len());
        for (at, run) in runs.all.iter().enumerate() {
            let said = run.facets.parent.and_then(|key| find.run(key));
            let root = || run.facets.root.and_then(|key| find.run(key)).filter(|&root| root != at);
            if said == Some(at) {
                cut.push(at);
            }
            parent.push(said.filter(|&parent| parent != at).or_else(root));
        }
        cut_cycles(&mut parent, &mut cut);
        cut.sort_unstable();
        let (preorder, span) = preorder(&parent);
        let mut root: Vec<Root> = (0..runs.all.len()).map(Root::Run).collect();
        for &at in &preorder {
            let facets = &runs.all[at].facets;
            let named = |key: RunId| find.run(key).map_or(Root::Unseen(key), Root::Run);
            // A parent that is the run itself, or was cut, is none.
            let unseen = facets.parent.filter(|&key| find.run(key).is_none());
            root[at] = match (facets.root, parent[at], unseen) {
                (Some(key), ..) => named(key),
                (None, Some(parent), _) => root[parent],
                (None, None, Some(key)) => Root::Unseen(key),
                (None, None, None) => Root::Run(at),
            };
        }
        Self { parent, root, preorder, span, cut }
    }
}

/// Runs by what is said of them elsewhere.
struct Finder<'g> {
    gathered: &'g Gathered,
    runs: &'g Runs,
    ids: NameTable<TextId>,
    /// Id -> the first run that has it, whatever its job.
    first: Vec<At>,
}

impl<'g> Finder<'g> {
    fn new(gathered: &'g Gathered, runs: &'g Runs) -> Self {
        let mut ids = NameTable::default();
        let mut first = Vec::new();
        for (at, run) in runs.all.iter().enumerate() {
            ids.intern(&id_of(gathered, run.key));
            if ids.len() > first.len() {
                first.push(at);
            }
        }
        Self { gathered, runs, ids, first }
    }

    /// The run of that id and job; else, as jobs go by more than one name, of that id.
    fn run(&self, key: RunId) -> Option<At> {
        let exact = self.runs.of_key.get(key.index()).copied().flatten();
        let by_id = || self.ids.find(&id_of(self.gathered, key));
        exact.or_else(|| self.first.get(by_id()?.index()).copied())
    }
}

fn id_of(gathered: &Gathered, key: RunId) -> Cow<'_, str> {
    let [id] = split(gathered.keys.runs.text(key));
    id
}

/// Takes from every circle the parent of the run that comes first.
fn cut_cycles(parent: &mut [Option<At>], cut: &mut Vec<At>) {
    // 0: not seen; else the walk that saw it.
    let mut seen_by = vec![0; parent.len()];
    for start in 0..parent.len() {
        let mut next = Some(start);
        let mut last = start;
        while let Some(at) = next.filter(|&at| seen_by[at] == 0) {
            seen_by[at] = start + 1;
            (last, next) = (at, parent[at]);
        }
        // The walk came back to itself: it stands before a member of the circle.
        if let Some(member) = next.filter(|&at| seen_by[at] == start + 1) {
            let mut first = last;
            let mut at = member;
            while at != last {
                first = first.min(at);
                let Some(up) = parent[at] else { break };
                at = up;
            }
            parent[first] = None;
            cut.push(first);
        }
    }
}

/// Every run after its parent and before its parent's next part; and where each stands in that
/// order, with the end of its parts.
fn preorder(parent: &[Option<At>]) -> (Vec<At>, Vec<(usize, usize)>) {
    let (mut first, mut next) = (vec![None; parent.len()], vec![None; parent.len()]);
    for at in (0..parent.len()).rev() {
        if let Some(parent) = parent[at] {
            next[at] = first[parent].replace(at);
        }
    }
    let mut order = Vec::with_capacity(parent.len());
    let mut span = vec![(0, 0); parent.len()];
    for root in (0..parent.len()).filter(|&at| parent[at].is_none()) {
        let mut open = Some(root);
        while let Some(at) = open {
            span[at].0 = order.len();
            order.push(at);
            open = first[at];
            let mut done = at;
            while open.is_none() {
                span[done].1 = order.len();
                if done == root {
                    break;
                }
                open = next[done];
                done = parent[done].unwrap_or(root);
            }
        }
    }
    (order, span)
}
