//! History + focus → a small graph of plain data: what is drawn, listed and told, all from here.
//! Knows nothing of places, sizes and colors.
mod attempts;
mod back;
mod between;
mod blocked;
mod builder;
mod built;
mod collapse;
mod critical;
mod diff;
mod fulfillment;
mod ids;
mod lineage;
mod model;
mod neighbors;
mod outline;
mod paths;
mod reach;
mod release;
mod resolve;
mod run;
mod sets;
mod spent;
mod waits;

pub use attempts::{attempts_at, is_strip_open};
pub use blocked::{Link, Step, Why, blocked, blocked_step};
pub use built::{Build, build_of};
pub use critical::{CriticalPath, CriticalStep, critical_path};
pub use diff::{Diff, Inputs, Pair, Reason, diff, diff_pair};
pub use fulfillment::{WorkCounts, work_counts};
pub use ids::{id_of, kind_of, node_ref, runs_of_job};
pub use model::{Ask, Edge, EdgeKind, Focus, Graph, Group, Key, Node, Role, Side};
pub use outline::{OutlineRow, Via, outline};
pub use paths::{PathCount, Paths, paths};
pub use reach::Counting;
pub use resolve::{Unresolved, resolve};
pub use spent::{Slice, Spent, spent};
pub use waits::{Phase, Wait, WaitRow, attempt_phases, closed, created, waits};

use crate::history::AsOf;

/// At most this many nodes are drawn; the rest is counted.
pub const MAX_NODES: usize = 300;

/// More like neighbors than this become one group.
pub const MAX_ALIKE: usize = 6;

/// The graph around the focus, and how much is within the hops.
pub fn build(asof: AsOf<'_>, ask: &Ask) -> Graph {
    draw(asof, ask, usize::MAX).0
}

/// The same, but where it takes more than `effort`, in reads, to count all within the hops, that has yet to be done.
pub fn draw(asof: AsOf<'_>, ask: &Ask, effort: usize) -> (Graph, Option<Counting>) {
    let (mut graph, counting) = match ask.focus {
        Focus::Want(want) => (fulfillment::build(asof, ask, want), None),
        Focus::Instance(instance) => lineage::draw((asof, ask), Key::Instance(instance), effort),
        Focus::Partition(partition) => {
            lineage::draw((asof, ask), Key::Partition(partition), effort)
        }
        Focus::Run(run) => (run::build(asof, ask, run), None),
        Focus::Path { from, to, mode } => (between::build(asof, ask, (from, to), mode), None),
    };
    attempts::tell(asof, ask, &mut graph);
    (graph, counting)
}
