//! One sentence for one node: what a screen reader says and what hovering shows.
use std::fmt::Write;

use crate::route::NodeKind;
use crate::scene::{Card, change_word};

/// `partition data/beta date=2026-11-21, live, 9f31c2e0 · 2 of 3, current`
pub fn describe_node(card: &Card) -> String {
    let before = if card.kind == NodeKind::External { "external " } else { "" };
    let mut words = format!("{before}{} {}{}", card.noun, card.lead, card.name);
    let name = format!("{}{}", card.lead, card.name);
    // A partition may be shown under a name that its log gives beside the ref.
    if let Some(whole) = card.reference.as_ref().filter(|it| !it.starts_with(&name)) {
        words.push_str(", ");
        words.push_str(whole);
    }
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
    if let Some(change) = card.change {
        words.push_str(", ");
        words.push_str(change_word(change));
        words.push_str(" since the last look");
    }
    for (n, side) in [(card.hidden_up, "upstream"), (card.hidden_down, "downstream")] {
        if n > 0 {
            // Writing to a String cannot fail.
            let _ = write!(words, ", {n} more {side}");
        }
    }
    words
}
