//! What the page shows, in one small picture: what was asked for, the job run that built it, and what it
//! was built from, one of which is stale.
use crate::scene::Tone;
use crate::view::el::{El, svg_el};

/// A card: where its corner is, its tone, its name, what it is.
type Card = (&'static str, &'static str, Tone, &'static str, &'static str);

const CARDS: [Card; 5] = [
    ("0", "0", Tone::Good, "raw/orders", "a partition"),
    ("0", "84", Tone::Stale, "raw/stores", "built again since"),
    ("190", "42", Tone::Good, "JR-7", "the job run"),
    ("380", "0", Tone::Stale, "core/daily", "stale: read the old"),
    ("380", "84", Tone::Good, "W-1", "the want for it"),
];
const EDGES: &str = "M140 26C165 26 165 62 184 62M140 110C165 110 165 74 184 74M330 68C355 68 355 26 374 26M450 84V60";
const ARROWS: &str = "M182 58l8 4-8 4zM182 70l8 4-8 4zM372 22l8 4-8 4zM446 60l4-8 4 8z";
const SAID: &str = "Two partitions, raw/orders and raw/stores, were read by the job run JR-7, which built \
    core/daily for the want W-1. raw/stores was built again since, so core/daily is stale.";

/// The picture.
pub fn start_picture() -> El {
    svg_el("svg")
        .class("start-picture")
        .attr("viewBox", "-1 -1 522 138")
        .attr("role", "img")
        .attr("aria-label", SAID)
        .child(svg_el("path").class("start-edges").attr("d", EDGES))
        .child(svg_el("path").class("start-arrows").attr("d", ARROWS))
        .children(CARDS.map(card))
}

fn card((x, y, tone, name, what): Card) -> El {
    let text = |class, x, y| svg_el("text").class(class).attr("x", x).attr("y", y);
    let shape = svg_el("rect").attr("width", "140").attr("height", "52").attr("rx", "8");
    svg_el("g")
        .class(tone.class())
        .attr("transform", format!("translate({x} {y})"))
        .child(shape)
        .child(text("start-glyph", "14", "22").child(tone.glyph()))
        .child(text("start-name", "28", "22").child(name))
        .child(text("start-what", "14", "40").child(what))
}
