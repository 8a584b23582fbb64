//! Statuses as chips, marks, tallies and shares. Which tone a status has is the scene's to say.
use crate::history::PartitionStatus;
use crate::scene::{Card, Status, change_word};
use crate::view::el::{El, el};
use crate::words::count;

/// A status: glyph, word and color.
pub fn chip(status: Status) -> El {
    let glyph = el("span").attr("aria-hidden", "true").child(status.tone.glyph());
    let class = format!("chip {}", status.tone.class());
    el("span").class(class).child(glyph).child(status.text())
}

/// A status as a small disk with its glyph; the word is its title.
pub fn mark(status: Status) -> El {
    el("span")
        .class(format!("mark {}", status.tone.class()))
        .attr("title", status.text())
        .child(el("span").attr("aria-hidden", "true").child(status.tone.glyph()))
        .child(el("span").class("only-read").child(format!("{} ", status.text())))
}

/// That a node is not as it was, in a word.
pub fn news(card: &Card) -> Option<El> {
    let word = change_word(card.change?);
    Some(el("span").class("news").attr("title", "since the last look").child(word))
}

/// `✓ 12 live  ✕ 1 failed`.
pub fn tally(counts: &[(Status, u64)]) -> El {
    let one = |&(status, n): &(Status, u64)| {
        let text = format!("{} {} {}", status.tone.glyph(), count(n), status.text());
        el("span").class(status.tone.class()).child(text)
    };
    el("span").class("tally number").children(counts.iter().map(one))
}

/// Partitions by status, where `n_stale` of the live ones are stale: these are not among the live ones.
pub fn with_stale(by_status: &[(PartitionStatus, u64)], n_stale: u64) -> Vec<(Status, u64)> {
    let apart = |&(status, n): &(PartitionStatus, u64)| {
        let n_apart = if status == PartitionStatus::Live { n_stale } else { 0 };
        [(Status::STALE, n_apart), (status.into(), n - n_apart.min(n))]
    };
    by_status.iter().flat_map(apart).filter(|&(_, n)| n > 0).collect()
}

/// A bar whose parts are as long as the counts. Says its counts to who cannot see it.
pub fn share(counts: &[(Status, u64)]) -> El {
    let said: Vec<String> =
        counts.iter().map(|(status, n)| format!("{} {}", count(*n), status.text())).collect();
    let said = said.join(", ");
    let part = |&(status, n): &(Status, u64)| {
        el("span").class(status.tone.class()).attr("style", format!("flex-grow:{n}"))
    };
    el("span")
        .class("share")
        .attr("role", "img")
        .attr("aria-label", said.clone())
        .attr("title", said)
        .children(counts.iter().map(part))
}
