//! The attempts of a piece of work as a strip of chips, and opened, as rows.
use crate::scene::text::{Font, width};
use crate::scene::{Card, Chip, Mark, Status};

const CHIP: f32 = 17.0;
/// More chips than these do not fit beside the id; the newest are shown, and all are in the rows.
const MAX_CHIPS: usize = 4;

/// How wide the strip of a card is.
pub fn strip_width(card: &Card) -> f32 {
    let shown = card.strip.iter().rev().take(MAX_CHIPS);
    shown.map(chip_width).sum::<f32>() + 12.0
}

fn chip_width(chip: &Chip) -> f32 {
    CHIP + if chip.count > 1 { count_width(chip.count) } else { 0.0 }
}

fn count_width(count: u32) -> f32 {
    width(&format!("×{count}"), Font::Mono) + 2.0
}

/// Attempts in order, one chip for each run of like ones; pressed, it opens into rows.
pub fn strip(card: &Card) -> Option<Mark> {
    if card.strip.is_empty() {
        return None;
    }
    let mut x = card.size.width - 10.0 - strip_width(card);
    let mut chips = Vec::new();
    for chip in card.strip.iter().skip(card.strip.len().saturating_sub(MAX_CHIPS)) {
        chips.push(chip_mark(chip.status, x, 29.0));
        if chip.count > 1 {
            chips.push(Mark::words("node-exact", x + CHIP, 40.0, format!("×{}", chip.count)));
        }
        x += chip_width(chip);
    }
    // Told as what it shows: it opens by a press anywhere in it, and by a key of the picture.
    let strip = Mark::group("strip")
        .with("role", "img")
        .with("aria-label", words(card))
        .with("data-open", "attempts")
        .child(Mark::new("g").with("aria-hidden", "true").children(chips));
    let n_rows = if card.opened { card.strip.len() } else { 0 };
    let rows = card.strip.iter().take(n_rows).enumerate().map(|(at, chip)| row(at, chip));
    Some(Mark::new("g").child(strip).children(rows))
}

/// `4 attempts: dep miss, failed ×2, succeeded`
fn words(card: &Card) -> String {
    let n: u32 = card.strip.iter().map(|chip| chip.count).sum();
    let each: Vec<String> = card.strip.iter().map(chip_words).collect();
    format!("{n} attempts: {}", each.join(", "))
}

fn chip_words(chip: &Chip) -> String {
    let many = if chip.count > 1 { format!(" ×{}", chip.count) } else { String::new() };
    format!("{}{many}", chip.status.text())
}

fn row(at: usize, chip: &Chip) -> Mark {
    let y = 50.0 + 20.0 * at as f32;
    let text = chip_words(chip);
    Mark::new("g").child(chip_mark(chip.status, 20.0, y)).child(Mark::words(
        "node-which",
        42.0,
        y + 11.0,
        text,
    ))
}

fn chip_mark(status: Status, x: f32, y: f32) -> Mark {
    let square = Mark::new("rect")
        .number("x", x)
        .number("y", y)
        .with("width", "14")
        .with("height", "14")
        .with("rx", "3");
    let glyph = Mark::words("badge-glyph", x + 7.0, y + 10.5, status.tone.glyph());
    Mark::group(format!("badge {}", status.tone.class()))
        .child(square)
        .child(glyph.with("text-anchor", "middle"))
}
