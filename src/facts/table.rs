//! The nodes of a picture as rows of a table, and their orders. The same nodes, in the same words.
use std::cmp::Ordering;

use crate::graph::Graph;
use crate::order::sorted_rows;
use crate::scene::Card;

/// One row: what the card says, and its links.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableRow {
    /// Row of the node in the graph, and of its card.
    pub node: u32,
    /// Attempts that its strip stands for; 0 where there is no strip.
    pub n_attempts: u32,
    /// Links that enter it, those that a group stands for included.
    pub n_in: u32,
    /// Links that leave it.
    pub n_out: u32,
}

/// A column by which a table can be sorted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// What it is.
    Kind,
    /// Its name and key.
    Name,
    /// Which exactly.
    Exact,
    /// Its status, what needs care first.
    Status,
    /// Its badge.
    Badge,
    /// How many attempts.
    Attempts,
    /// Links that enter it.
    In,
    /// Links that leave it.
    Out,
}

impl Column {
    /// All of them, in order.
    pub const ALL: [Self; 8] = [
        Self::Name,
        Self::Kind,
        Self::Exact,
        Self::Status,
        Self::Badge,
        Self::Attempts,
        Self::In,
        Self::Out,
    ];

    /// The heading.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Kind => "Kind",
            Self::Name => "Name",
            Self::Exact => "Which exactly",
            Self::Status => "Status",
            Self::Badge => "In this picture",
            Self::Attempts => "Attempts",
            Self::In => "In",
            Self::Out => "Out",
        }
    }

    /// Whether it holds numbers.
    pub const fn is_number(self) -> bool {
        matches!(self, Self::Attempts | Self::In | Self::Out)
    }
}

/// A row for each node of `graph`, in its order; `cards` are those of its nodes.
pub fn table(graph: &Graph, cards: &[Card]) -> Vec<TableRow> {
    let blank = |(node, card): (usize, &Card)| TableRow {
        node: node as u32,
        n_attempts: card.strip.iter().map(|chip| chip.count).sum(),
        n_in: 0,
        n_out: 0,
    };
    let mut rows: Vec<TableRow> = cards.iter().enumerate().map(blank).collect();
    for edge in &graph.edges {
        if let Some(row) = rows.get_mut(edge.from as usize) {
            row.n_out += edge.count;
        }
        if let Some(row) = rows.get_mut(edge.to as usize) {
            row.n_in += edge.count;
        }
    }
    rows
}

/// Sorts by `column`; ties stay in the order of the graph, whichever way.
pub fn sort_table(rows: &mut [TableRow], cards: &[Card], column: Column, is_descending: bool) {
    let before = rows.to_vec();
    let order = sorted_rows(before.len(), &|a, b| {
        let (a, b) = (&before[a as usize], &before[b as usize]);
        let order = compare(a, b, cards, column);
        let order = if is_descending { order.reverse() } else { order };
        order.then(a.node.cmp(&b.node))
    });
    for (row, from) in rows.iter_mut().zip(order) {
        *row = before[from as usize];
    }
}

fn compare(a: &TableRow, b: &TableRow, cards: &[Card], column: Column) -> Ordering {
    let (Some(left), Some(right)) = (cards.get(a.node as usize), cards.get(b.node as usize)) else {
        return Ordering::Equal;
    };
    match column {
        Column::Kind => left.kind.cmp(&right.kind),
        Column::Name => {
            let key = left.name.cmp(&right.name).then_with(|| left.which.cmp(&right.which));
            left.lead.cmp(&right.lead).then(key)
        }
        Column::Exact => left.exact.cmp(&right.exact),
        Column::Status => left.status.cmp(&right.status),
        Column::Badge => left.badge.cmp(&right.badge),
        Column::Attempts => a.n_attempts.cmp(&b.n_attempts),
        Column::In => a.n_in.cmp(&b.n_in),
        Column::Out => a.n_out.cmp(&b.n_out),
    }
}
