//! Ordinary records, read in one pass over their bytes: no tree, nothing allocated, texts left where
//! they stand. Takes a record only if it understands all of it, and then makes just the draft that
//! the general decoder would make; that one reads all others, so it alone decides what is wrong with
//! a record, and says so.
//!
//! Writers spell keys the same way every time, and give them in the same order: two records of a log
//! differ in their texts and numbers and hardly anywhere else. So the scanner teaches a transducer
//! what it has met, which from then on takes what is alike, by literals, and leaves it the rest.
mod cursor;
mod envelope;
mod lesson;
mod ops;
mod payload;
mod transducer;

use crate::events::databuild::DraftEvent;
use crate::events::databuild::draft::{Draft, Range};
use cursor::Cursor;
use lesson::Lesson;
use ops::{Behind, Op, Registers};
use transducer::{Hole, Transducer};

/// Reads ordinary records, and learns what they are like.
#[derive(Clone, Debug, Default)]
pub(in crate::events) struct Scanner {
    transducer: Transducer,
    n_unlike: u64,
    /// The last record was like others.
    was_alike: bool,
}

impl Scanner {
    /// How many records were like none before.
    pub(in crate::events) fn n_unlike(&self) -> u64 {
        self.n_unlike
    }

    /// Reads the line that `text` begins with, if it is like lines that were met before; and says how long it is.
    pub(in crate::events) fn scan_line(
        &mut self,
        text: &[u8],
        draft: &mut Draft,
    ) -> Option<(DraftEvent, usize)> {
        // Where few are alike, each would be read once more.
        if !std::mem::take(&mut self.was_alike) {
            return None;
        }
        draft.clear();
        draft.is_of_record = true;
        let taken = self.transducer.take_line(text, draft);
        self.was_alike = taken.is_some();
        taken
    }

    /// Reads a record that may not even be UTF-8; none if it is not ordinary. The texts of the draft
    /// are the record's then.
    pub(in crate::events) fn scan(
        &mut self,
        record: &[u8],
        draft: &mut Draft,
    ) -> Option<DraftEvent> {
        draft.clear();
        draft.is_of_record = true;
        if let Some(event) = self.transducer.take(record, draft) {
            self.was_alike = true;
            return Some(event);
        }
        self.was_alike = false;
        self.n_unlike += 1;
        draft.clear();
        draft.is_of_record = true;
        let lesson = Lesson::new(&mut self.transducer);
        Scan { cursor: Cursor::new(record), draft, registers: Registers::default(), lesson }
            .record()
    }
}

/// A record that is being read. Whatever returns `None` leaves the record to the general decoder.
struct Scan<'r, 'd> {
    cursor: Cursor<'r>,
    draft: &'d mut Draft,
    registers: Registers,
    lesson: Lesson<'d>,
}

impl Scan<'_, '_> {
    fn run(&mut self, op: Op) {
        self.registers.run(op, self.draft);
        self.lesson.op(op);
    }

    /// Takes a text. Whether it says anything.
    fn text(&mut self) -> Option<bool> {
        let text = self.cursor.text()?;
        if text.is_empty() {
            return Some(false);
        }
        self.registers.text = text;
        self.lesson.hole(self.cursor.bytes(), Hole::Text, text);
        Some(true)
    }

    /// Takes a whole number or a decimal text of one.
    fn number(&mut self) -> Option<()> {
        let is_text = self.cursor.peek()? == b'"';
        let (number, digits) =
            if is_text { self.cursor.number_in_text()? } else { self.cursor.number()? };
        self.registers.number = number;
        let hole = if is_text { Hole::Digits } else { Hole::Number };
        self.lesson.hole(self.cursor.bytes(), hole, digits);
        Some(())
    }

    /// Takes a key, and the colon after it: what `of_name` makes of it, or its name.
    fn key<M>(&mut self, of_name: impl Fn(&str) -> Option<M>) -> Option<Result<M, Range>> {
        let name = self.cursor.text()?;
        self.cursor.take(b':')?;
        Some(of_name(self.cursor.str_of(name)).ok_or(name))
    }

    /// Passes what stands under a key that nobody knows; `op` takes note of it.
    fn pass(
        &mut self,
        (inside, name): (&'static str, Range),
        op: fn(&'static str, Behind) -> Op,
    ) -> Option<()> {
        self.cursor.peek()?;
        let start = self.cursor.at();
        self.registers.place = start;
        self.run(op(inside, Behind::new(name, start)?));
        self.cursor.anything()?;
        let place = Range::new(start, self.cursor.at());
        self.lesson.hole(self.cursor.bytes(), Hole::Anything, place);
        Some(())
    }
}
