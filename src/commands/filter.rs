//! Which commands a few typed letters mean.
use crate::commands::{Entry, TABLE};

/// The commands that the palette offers in `is_here`'s places and that have the letters of `typed` in
/// this order, whatever stands between; those first that begin with them, then those in which a word
/// does, then those that have them together. Those that begin with them are in the table's order; of the
/// others the shortest come first, of which the letters are the most.
pub fn filter(typed: &str, is_here: impl Fn(&Entry) -> bool) -> Vec<&'static Entry> {
    let typed = typed.trim().to_lowercase();
    let offered = TABLE.iter().filter(|entry| entry.is_offered && is_here(entry));
    let ranked = |entry: &'static Entry| {
        let rank = rank(entry.does, &typed)?;
        Some((rank, if rank == 0 { 0 } else { entry.does.len() }, entry))
    };
    let mut found: Vec<(u8, usize, &'static Entry)> = offered.filter_map(ranked).collect();
    // Stable: the order of the table stays within a rank.
    found.sort_by_key(|&(rank, length, _)| (rank, length));
    found.into_iter().map(|(.., entry)| entry).collect()
}

fn rank(does: &str, typed: &str) -> Option<u8> {
    let does = does.to_lowercase();
    let begins_word = || does.match_indices(typed).any(|(at, _)| is_word_start(&does, at));
    if does.starts_with(typed) {
        Some(0)
    } else if begins_word() {
        Some(1)
    } else if does.contains(typed) {
        Some(2)
    } else {
        has_in_order(&does, typed).then_some(3)
    }
}

fn is_word_start(text: &str, at: usize) -> bool {
    text.get(..at)
        .and_then(|before| before.chars().next_back())
        .is_none_or(|c| !c.is_alphanumeric())
}

/// Blanks that were typed may stand for anything.
fn has_in_order(text: &str, letters: &str) -> bool {
    let mut rest = text.chars();
    letters.chars().filter(|c| !c.is_whitespace()).all(|letter| rest.any(|c| c == letter))
}
