//! Where the attempts of an opened strip stand on their card: as rows where edges come from the sides,
//! as columns where they come from above and below, so that each edge ends at its attempt. Draws nothing.
use crate::layout::{Berth, Orientation, Point, Size};
use crate::scene::text::{Font, width};
use crate::scene::{Card, Chip};

/// A piece of work whose strip is closed.
pub const SIZE_CLOSED: Size = Size { width: 212.0, height: 48.0 };
/// The side of a chip.
pub const CHIP: f32 = 14.0;
/// From one row to the next.
const ROW: f32 = 20.0;
/// Of columns, above what the card says: a chip for each, where edges from above end.
const HEAD: f32 = 18.0;
/// Of columns, below what the card says: a chip for each, where edges leave, and its word.
const FOOT: f32 = 36.0;
/// At both ends of the columns: the card's corners are round.
const INSET: f32 = 14.0;
/// More columns than these stand without their words, each as narrow as its chip allows.
const MOST_WORDS: usize = 5;
const NARROW_COLUMN: f32 = 26.0;

/// How the attempts of a card are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Opened {
    /// As chips beside the id.
    #[default]
    No,
    /// Below the other lines, one below the other.
    Rows,
    /// One beside the other, above and below the other lines.
    Columns,
}

impl Opened {
    /// As edges of a picture of that orientation can reach each.
    pub const fn facing(orientation: Orientation) -> Self {
        match orientation {
            Orientation::LeftRight => Self::Rows,
            Orientation::TopBottom => Self::Columns,
        }
    }
}

/// The card's size with its strip shown so.
pub fn size_opened(strip: &[Chip], opened: Opened) -> Size {
    let Size { width, height } = SIZE_CLOSED;
    match opened {
        Opened::No => SIZE_CLOSED,
        Opened::Rows => Size { width, height: height + ROW * strip.len() as f32 + 6.0 },
        Opened::Columns => {
            let columns = strip.iter().map(|chip| column_width(chip, strip.len()));
            let all = columns.fold(0.0, f32::max) * strip.len() as f32 + 2.0 * INSET;
            Size { width: width.max(all), height: HEAD + height + FOOT }
        }
    }
}

fn column_width(chip: &Chip, n: usize) -> f32 {
    if n > MOST_WORDS { NARROW_COLUMN } else { width(&chip_words(chip), Font::Plain) + 10.0 }
}

/// What is said of the attempts of a chip.
pub fn chip_words(chip: &Chip) -> String {
    let many = if chip.count > 1 { format!(" ×{}", chip.count) } else { String::new() };
    format!("{}{many}", chip.status.text())
}

/// Whether there is room for that beside or below the chip.
pub fn has_words(card: &Card) -> bool {
    card.opened == Opened::Rows || card.strip.len() <= MOST_WORDS
}

/// How far down what the card says begins.
pub const fn head(card: &Card) -> f32 {
    match card.opened {
        Opened::Columns => HEAD,
        Opened::No | Opened::Rows => 0.0,
    }
}

/// The middle of the chip of a row, or of a column below what the card says.
pub fn chip_middle(card: &Card, at: usize) -> Point {
    if card.opened == Opened::Columns {
        let column = (card.size.width - 2.0 * INSET) / card.strip.len().max(1) as f32;
        let y = HEAD + SIZE_CLOSED.height + CHIP / 2.0;
        return Point { x: INSET + column * (at as f32 + 0.5), y };
    }
    let y = SIZE_CLOSED.height + 2.0 + ROW * at as f32 + CHIP / 2.0;
    Point { x: 20.0 + CHIP / 2.0, y }
}

/// Which chip the `attempt`th attempt is in.
pub fn chip_of(card: &Card, attempt: u32) -> Option<usize> {
    let mut n_before = 0_u32;
    card.strip.iter().position(|chip| {
        n_before = n_before.saturating_add(chip.count);
        attempt < n_before
    })
}

/// Where on the sides of `card` edges of that attempt end, across the ranks; none where the strip is
/// not open to that orientation.
pub fn berth(card: &Card, attempt: u32, orientation: Orientation) -> Option<Berth> {
    if card.opened != Opened::facing(orientation) {
        return None;
    }
    let middle = chip_middle(card, chip_of(card, attempt)?);
    let from_middle = match orientation {
        Orientation::LeftRight => middle.y - card.size.height / 2.0,
        Orientation::TopBottom => middle.x - card.size.width / 2.0,
    };
    Some(Berth { low: from_middle - CHIP / 2.0, high: from_middle + CHIP / 2.0 })
}
