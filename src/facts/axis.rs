//! An axis of time on which long stretches without any work are folded to marks of one width. Knows
//! stretches and places, not what they are of.
use crate::order::sorted_rows;

/// A stretch without work is folded when it is longer than this part of all that is worked.
const LONG: u64 = 6;
/// The width of a fold, where there are not too many.
const FOLD: f64 = 0.02;
/// All folds together are no wider.
const FOLDS: f64 = 0.3;

/// A stretch of the axis. Places and widths are parts of the whole axis, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piece {
    /// When it begins, nanoseconds since 1970 UTC.
    pub from_nanos: u64,
    /// How long it is.
    pub nanos: u64,
    /// Where it begins.
    pub left: f64,
    /// How wide it is.
    pub width: f64,
    /// Whether it is a mark, not to scale.
    pub is_folded: bool,
}

/// The axis. Its pieces follow each other without gaps.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Axis {
    /// In order.
    pub pieces: Vec<Piece>,
}

impl Axis {
    /// From `from` to `until`, with what lies outside of all stretches in `busy` folded where it is
    /// long. Stretches are `(from, until)`, in any order; so are single moments that should show.
    pub fn new(from: u64, until: u64, busy: &[(u64, u64)]) -> Self {
        let until = until.max(from);
        let mut cuts: Vec<(u64, u64, bool)> = Vec::new();
        let mut at = from;
        let by_start = |a: u32, b: u32| busy[a as usize].cmp(&busy[b as usize]);
        for row in sorted_rows(busy.len(), &by_start) {
            let (start, end) = busy[row as usize];
            let (start, end) = (start.clamp(from, until), end.clamp(from, until));
            if start > at {
                cuts.push((at, start, false));
                at = start;
            }
            if end > at {
                cuts.push((at, end, true));
                at = end;
            }
        }
        if until > at {
            cuts.push((at, until, false));
        }
        Self { pieces: place(&cuts) }
    }

    /// Where a moment is, 0 to 1; what lies outside is at the ends.
    pub fn place(&self, nanos: u64) -> f64 {
        let after = self.pieces.partition_point(|piece| piece.from_nanos <= nanos);
        let Some(piece) = after.checked_sub(1).and_then(|at| self.pieces.get(at)) else {
            return 0.0;
        };
        let inside = (nanos - piece.from_nanos).min(piece.nanos);
        piece.left + piece.width * inside as f64 / piece.nanos.max(1) as f64
    }

    /// How much is folded, in nanoseconds.
    pub fn folded_nanos(&self) -> u64 {
        self.pieces.iter().filter(|piece| piece.is_folded).map(|piece| piece.nanos).sum()
    }
}

/// Stretches with whether anything was worked in them, in order, with their places.
fn place(cuts: &[(u64, u64, bool)]) -> Vec<Piece> {
    let busy: u64 = cuts.iter().filter(|cut| cut.2).map(|cut| cut.1 - cut.0).sum();
    let is_long = |cut: &(u64, u64, bool)| !cut.2 && busy > 0 && cut.1 - cut.0 > busy / LONG;
    let n_folds = cuts.iter().filter(|cut| is_long(cut)).count();
    let fold = FOLD.min(FOLDS / n_folds.max(1) as f64);
    let to_scale: u64 = cuts.iter().filter(|cut| !is_long(cut)).map(|cut| cut.1 - cut.0).sum();
    let scale = (1.0 - fold * n_folds as f64) / to_scale.max(1) as f64;
    let mut left = 0.0;
    let piece = |cut: &(u64, u64, bool)| {
        let (nanos, is_folded) = (cut.1 - cut.0, is_long(cut));
        let width = if is_folded { fold } else { nanos as f64 * scale };
        let piece = Piece { from_nanos: cut.0, nanos, left, width, is_folded };
        left += width;
        piece
    };
    cuts.iter().map(piece).collect()
}
