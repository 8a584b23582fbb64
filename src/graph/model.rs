//! The graph's plain data.
use crate::events::{LabelId, PartitionId, RunId, WantId};
use crate::graph::Paths;
use crate::history::{How, InstanceId};
use crate::route::{Hops, Mode, NodeRef, Open};

/// What a node stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// A want.
    Want(WantId),
    /// One instance of a partition; external where no run of this log built it.
    Instance(InstanceId),
    /// A partition with all its versions merged, or one that nothing has built yet.
    Partition(PartitionId),
    /// A piece of work, by its newest run; in the job run view, that run alone.
    Run(RunId),
    /// All runs, ever, of one job that built what its newest such run builds: by that run.
    Job(RunId),
    /// Many alike: the row of `Graph::groups`.
    Group(u32),
}

/// Which way from a node: towards what it came from, or towards what came from it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// Towards what it was made from.
    #[default]
    Up,
    /// Towards what was made from it.
    Down,
}

/// What a graph is asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    /// What was done for this want.
    Want(WantId),
    /// Where this instance came from, and what came from it.
    Instance(InstanceId),
    /// The same over all versions of a partition; also for one that has none to show.
    Partition(PartitionId),
    /// What this run read and wrote.
    Run(RunId),
    /// By which ways one partition came from another, whichever it was.
    Path {
        /// One end.
        from: PartitionId,
        /// The other.
        to: PartitionId,
        /// Whether versions are merged.
        mode: Mode,
    },
}

/// All that a graph depends on beside the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// The middle.
    pub focus: Focus,
    /// How far upstream.
    pub up: Hops,
    /// How far downstream.
    pub down: Hops,
    /// What was opened in place.
    pub open: Vec<Open>,
    /// Members of groups to draw on their own.
    pub pins: Vec<NodeRef>,
}

/// How much a node matters to the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// It is the question.
    Focus,
    /// Part of the answer.
    Work,
    /// It was there already: a leaf, one click from its own lineage.
    Existing,
}

/// One node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it stands for.
    pub key: Key,
    /// How much it matters.
    pub role: Role,
    /// Neighbors towards its inputs that are not drawn.
    pub hidden_up: u32,
    /// Neighbors towards what was made from it that are not drawn.
    pub hidden_down: u32,
}

/// What a link means, as its mark spells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EdgeKind {
    /// Instance → the run that read it.
    Read,
    /// Run → the instance that it built.
    Wrote,
    /// Want → what it asked for.
    Requested,
    /// Run → the want that its dependency miss caused.
    Spawned,
}

impl EdgeKind {
    /// The word of the mark.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Wrote => "wrote",
            Self::Requested => "requested",
            Self::Spawned => "spawned",
        }
    }
}

/// One link, or several of one kind between the same nodes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// Row of the node it leaves.
    pub from: u32,
    /// Row of the node it enters.
    pub to: u32,
    /// What it means.
    pub kind: EdgeKind,
    /// How many links it stands for.
    pub count: u32,
    /// For a single read: how the instance is known.
    pub how: Option<How>,
    /// Whether it was inferred.
    pub inferred: bool,
    /// Where the strip of the work at one end is open: which of its attempts read, wrote or spawned.
    pub attempt: Option<u32>,
}

/// Many like neighbors of one node.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// Its identity, stable for one graph: direction, anchor, pattern and job.
    pub id: String,
    /// The dataset pattern that its members share.
    pub pattern: String,
    /// The job that they share.
    pub label: Option<LabelId>,
    /// On which side of its node it hangs.
    pub side: Side,
    /// Its members, in the order of the log.
    pub members: Vec<Key>,
}

/// A graph around a focus. Every edge's ends are rows of `nodes`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Graph {
    /// The nodes; the focus is the first.
    pub nodes: Vec<Node>,
    /// The links.
    pub edges: Vec<Edge>,
    /// The groups.
    pub groups: Vec<Group>,
    /// How many instances, wants and pieces of work are within the hops, drawn or not; none where that was left to a [`Counting`](crate::graph::Counting).
    pub total: Option<usize>,
    /// How many of them are drawn on their own.
    pub shown: usize,
    /// Whether work is read from the focus backward: reads and writes are laid out against the
    /// flow of data.
    pub backward: bool,
    /// What it is the picture of, where it is of the paths between two partitions.
    pub paths: Option<Paths>,
}
