//! What a layout is asked for and what it answers. Knows cards and arrows only, nothing of what they stand for.

use super::geometry::{Point, Rect, Routes, Size};

/// Which way the ranks run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Orientation {
    /// Edges run to the right: a rank is a column.
    #[default]
    LeftRight,
    /// Edges run downward: a rank is a row.
    TopBottom,
}

/// Free space in scene pixels. Values that are negative or not finite count as 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gaps {
    /// Between two ranks; edges bend only here.
    pub rank: f32,
    /// Between two cards of a rank.
    pub node: f32,
    /// Between two edges side by side, and between the ends of edges at one card. An edge keeps the same
    /// distance from cards that it passes, or half the node gap if that is more.
    pub edge: f32,
}

impl Default for Gaps {
    fn default() -> Self {
        Self { rank: 72.0, node: 20.0, edge: 12.0 }
    }
}

/// An arrow between two nodes, by their index in [`LayoutRequest::sizes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LayoutEdge {
    /// The node wished on an earlier rank.
    pub from: u32,
    /// The node wished on a later rank.
    pub to: u32,
}

/// A part of the side of a card, in pixels across the ranks from the middle of the card.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Berth {
    /// Where it begins.
    pub low: f32,
    /// Where it ends.
    pub high: f32,
}

/// All that a layout depends on. Self loops, duplicates and cycles are welcome.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LayoutRequest {
    /// Node -> its card as drawn. Negative or infinite sizes and NaN count as 0.
    pub sizes: Vec<Size>,
    /// Edges with an end that is not a node are ignored and counted.
    pub edges: Vec<LayoutEdge>,
    /// Which way the ranks run.
    pub orientation: Orientation,
    /// The node whose middle is put at the origin.
    pub focus: Option<u32>,
    /// Node -> where its middle was in the picture before, if it was there. Empty if there was none.
    /// Such nodes keep their order within a rank unless that costs a tenth of the crossings, and stay near.
    pub previous: Vec<Option<Point>>,
    /// Free space between things.
    pub gaps: Gaps,
    /// Edge -> where it must leave `from`, and where it must enter `to`; none for anywhere on that side. What
    /// is beyond the card is cut. Empty, or shorter than the edges: anywhere.
    pub berths: Vec<[Option<Berth>; 2]>,
}

/// Where everything goes, in scene pixels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Layout {
    /// Node -> the middle of its card. No two cards are nearer than the node gap.
    pub centers: Vec<Point>,
    /// Node -> the size it was laid out with.
    pub sizes: Vec<Size>,
    /// Node -> its rank, counted from 0 in each connected part. Every edge that is neither a self loop
    /// nor reversed goes from a smaller to a larger rank.
    pub ranks: Vec<u32>,
    /// Edge -> its way, which touches no card but at its two ends.
    pub routes: Routes,
    /// The edges that run against the ranks because they close a cycle, ascending.
    pub reversed: Vec<u32>,
    /// Holds every card and route.
    pub bounds: Rect,
    /// Pairs of edges that cross between ranks, without those of bypassed edges.
    pub n_crossings: u64,
    /// Edges of the request that name no node.
    pub n_ignored_edges: u32,
    /// Edges too long to be woven in between the cards; they run around the outside.
    pub n_bypassed_edges: u32,
    /// Work done, in elements touched: the same on every machine.
    pub n_steps: u64,
}
