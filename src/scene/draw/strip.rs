//! The attempts of a piece of work as a strip of chips, and opened, as rows or columns.
use crate::scene::mark::tenths;
use crate::scene::strip::{self, Opened, chip_words};
use crate::scene::text::{Font, width};
use crate::scene::{Card, Chip, Detail, Mark, Status};

const CHIP: f32 = 17.0;
/// More chips than these do not fit beside the id; the newest are shown, and all are in the rows.
const MAX_CHIPS: usize = 4;
/// How much larger chips beside the id are where the card is seen from afar: the second line is so high.
const FAR_CHIPS: f32 = 1.2;

/// How wide the strip of a card is, where it stands beside the id.
pub fn strip_width(card: &Card) -> f32 {
    if card.opened == Opened::Columns {
        return 0.0;
    }
    let shown = card.strip.iter().rev().take(MAX_CHIPS);
    shown.map(chip_width).sum::<f32>() + 12.0
}

/// How wide it is where the card is seen from afar.
pub fn far_strip_width(card: &Card) -> f32 {
    if card.strip.is_empty() { 0.0 } else { strip_width(card) * FAR_CHIPS }
}

fn chip_width(chip: &Chip) -> f32 {
    CHIP + if chip.count > 1 { count_width(chip.count) } else { 0.0 }
}

fn count_width(count: u32) -> f32 {
    width(&format!("×{count}"), Font::Mono) + 2.0
}

/// Attempts in order, one chip for each run of like ones; pressed, it opens into rows or columns.
pub fn strip(card: &Card, detail: Detail) -> Option<Mark> {
    if card.strip.is_empty() || detail == Detail::Blocks {
        return None;
    }
    let chips = match (card.opened, detail) {
        (Opened::Columns, _) => heads(card),
        (_, Detail::Names) => vec![far_chips(card)],
        _ => chips(card),
    };
    // Told as what it shows: it opens by a press anywhere in it, and by a key of the picture.
    let strip = Mark::group("strip")
        .with("role", "img")
        .with("aria-label", words(card))
        .with("data-open", "attempts")
        .child(Mark::new("g").with("aria-hidden", "true").children(chips));
    let n_cells = if card.opened == Opened::No { 0 } else { card.strip.len() };
    Some(Mark::new("g").child(strip).children((0..n_cells).map(|at| cell(card, at, detail))))
}

/// `4 attempts: dep miss, failed ×2, succeeded`
fn words(card: &Card) -> String {
    let n: u32 = card.strip.iter().map(|chip| chip.count).sum();
    let each: Vec<String> = card.strip.iter().map(chip_words).collect();
    format!("{n} attempts: {}", each.join(", "))
}

/// Beside the id.
fn chips(card: &Card) -> Vec<Mark> {
    let mut x = card.size.width - 10.0 - strip_width(card);
    let mut chips = Vec::new();
    for chip in card.strip.iter().skip(card.strip.len().saturating_sub(MAX_CHIPS)) {
        chips.push(chip_mark(chip.status, x, 29.0));
        if chip.count > 1 {
            chips.push(Mark::words("node-exact", x + CHIP, 40.0, format!("×{}", chip.count)));
        }
        x += chip_width(chip);
    }
    chips
}

/// Beside the id, larger, with their lower right corner where it was.
fn far_chips(card: &Card) -> Mark {
    let (right, foot) = (card.size.width - 10.0, 43.0);
    let (x, y) = (right * (1.0 - FAR_CHIPS), foot * (1.0 - FAR_CHIPS));
    let place = format!("translate({} {}) scale({FAR_CHIPS})", tenths(x), tenths(y));
    Mark::new("g").with("transform", place).children(chips(card))
}

/// At the head of each column.
fn heads(card: &Card) -> Vec<Mark> {
    let head = |(at, chip): (usize, &Chip)| {
        let x = strip::chip_middle(card, at).x - strip::CHIP / 2.0;
        chip_mark(chip.status, x, 6.0)
    };
    card.strip.iter().enumerate().map(head).collect()
}

/// One row or column: the chip of an attempt, or of several alike, and its word. Edges of it end beside it.
fn cell(card: &Card, at: usize, detail: Detail) -> Mark {
    let Some(chip) = card.strip.get(at) else { return Mark::new("g") };
    let middle = strip::chip_middle(card, at);
    let half = strip::CHIP / 2.0;
    let is_row = card.opened == Opened::Rows;
    let is_said = strip::has_words(card) && (is_row || detail == Detail::Whole);
    let words = is_said.then(|| {
        let down = if detail == Detail::Whole { 4.0 } else { 6.0 };
        let (x, y) = if is_row { (42.0, middle.y + down) } else { (middle.x, middle.y + 20.0) };
        let words = Mark::words("node-which", x, y, chip_words(chip));
        if is_row { words } else { words.with("text-anchor", "middle") }
    });
    Mark::group("attempt")
        .with("data-row", (at + 1).to_string())
        .child(Mark::new("title").text(chip_words(chip)))
        .child(chip_mark(chip.status, middle.x - half, middle.y - half))
        .children(words)
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
