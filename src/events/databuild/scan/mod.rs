//! Ordinary records, read in one pass over their bytes: no tree, nothing allocated, texts left where
//! they stand. Takes a record only if it understands all of it, and then makes just the draft that
//! the general decoder would make; that one reads all others, so it alone decides what is wrong with
//! a record, and says so.
mod cursor;
mod envelope;
mod learned;
mod payload;

pub(super) use learned::Learned;

use crate::events::databuild::DraftEvent;
use crate::events::databuild::draft::Draft;
use cursor::Cursor;

/// Reads a record that may not even be UTF-8; none if it is not ordinary. The texts of the draft
/// are the record's then.
pub(in crate::events) fn scan_record(record: &[u8], draft: &mut Draft) -> Option<DraftEvent> {
    draft.clear();
    draft.is_of_record = true;
    let mut scan = Scan { cursor: Cursor::new(record), draft };
    let event = scan.record().filter(|_| scan.cursor.is_at_end())?;
    let is_text = scan.cursor.is_ascii() || std::str::from_utf8(record).is_ok();
    is_text.then_some(event)
}

/// A record that is being read. Whatever returns `None` leaves the record to the general decoder.
struct Scan<'r, 'd> {
    cursor: Cursor<'r>,
    draft: &'d mut Draft,
}
