//! One sentence for one node: what a screen reader says and what hovering shows.
use std::fmt::Write;

use crate::route::NodeKind;
use crate::scene::Card;

/// `partition data/beta date=2026-11-21, live, 9f31c2e0 · 2 of 3, current`
pub fn describe_node(card: &Card) -> String {
    let kind = match card.kind {
        NodeKind::Want => "want",
        NodeKind::Partition => "partition",
        NodeKind::JobRun => "job run",
        NodeKind::Group => "group",
        NodeKind::External => "external partition",
    };
    let mut words = format!("{kind} {}{}", card.lead, card.name);
    for part in [&card.which, &card.exact] {
        if !part.is_empty() {
            words.push_str(", ");
            words.push_str(part);
        }
    }
    words.push_str(", ");
    words.push_str(&card.status.text());
    if !card.badge.is_empty() && card.badge != card.status.text() {
        words.push_str(", ");
        words.push_str(&card.badge);
    }
    for (n, side) in [(card.hidden_up, "upstream"), (card.hidden_down, "downstream")] {
        if n > 0 {
            // Writing to a String cannot fail.
            let _ = write!(words, ", {n} more {side}");
        }
    }
    words
}
