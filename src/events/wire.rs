//! What outlives the decoding, as columns. The index of names is no column: whoever reads a log is
//! asked for few of them by name.
use crate::events::{
    ClassNotices, EventLog, Id, Listed, NameTable, Names, Notice, NoticeClass, Notices, Place,
    Span, Tally, TimeUnit,
};
use crate::wire::{
    Cell, Column, Columns, Row, RowReader, Visit, Whole, WireError, put_text, put_word, visit_rows,
};
use crate::{columns, enum_cells};

enum_cells! { NoticeClass TimeUnit }

columns! {
    EventLog { kind, subject, nanos, event_id, place, len, unit } if is_even
    Names { wants, partitions, runs, labels, taints, texts }
    Tally { names, counts, n_rest }
    Notices {
        classes, listed, n_unlisted, unknown_kinds, unknown_fields, n_records, n_used, n_folded, n_skipped,
        unit,
    }
}

/// Whether every column is as long as the first.
fn is_even(log: &EventLog) -> bool {
    let EventLog { kind, subject, nanos, event_id, place, len, unit: _ } = log;
    let lengths = [subject.len(), nanos.len(), event_id.len(), place.len(), len.len()];
    lengths.into_iter().all(|n| n == kind.len())
}

impl Columns for ClassNotices {
    fn each(&mut self, visit: &mut Visit<'_>) {
        let Self { count, samples } = self;
        count.each(visit);
        visit_rows(samples, visit);
    }
}

impl Row for Notice {
    fn put(&self, out: &mut Vec<u8>) {
        let Self { line, span: Span { input, offset, len }, reason, excerpt } = self;
        put_word(*line, out);
        put_word(Place::new(*input, *offset).0, out);
        put_word(u64::from(*len), out);
        put_text(reason, out);
        put_text(excerpt, out);
    }

    fn take(from: &mut RowReader<'_>) -> Option<Self> {
        let (line, place) = (from.word()?, Place(from.word()?));
        let len = u32::try_from(from.word()?).ok()?;
        let span = Span { input: place.input(), offset: place.offset(), len };
        Some(Self { line, span, reason: from.text()?, excerpt: from.text()? })
    }
}

impl Cell for Place {
    const WIDTH: usize = 8;

    fn put(self, out: &mut [u8]) {
        self.0.put(out);
    }

    fn get(bytes: &[u8]) -> Self {
        Self(u64::get(bytes))
    }
}

impl Whole for Place {
    fn to_word(self) -> u64 {
        self.0
    }

    fn of_word(word: u64) -> Option<Self> {
        Some(Self(word))
    }
}

/// Four words.
impl Cell for Listed {
    const WIDTH: usize = 32;

    fn put(self, out: &mut [u8]) {
        let Self { class, line, place, len } = self;
        let words = [class as u64, line, place.0, u64::from(len)];
        for (word, out) in words.into_iter().zip(out.chunks_exact_mut(8)) {
            word.put(out);
        }
    }

    fn is_valid(bytes: &[u8]) -> bool {
        let [class, _, _, len] = words(bytes);
        class < NoticeClass::ALL.len() as u64 && u32::try_from(len).is_ok()
    }

    fn get(bytes: &[u8]) -> Self {
        let [class, line, place, len] = words(bytes);
        Self { class: NoticeClass::get(&[class as u8]), line, place: Place(place), len: len as u32 }
    }
}

fn words(bytes: &[u8]) -> [u64; 4] {
    let (words, _) = bytes.as_chunks();
    std::array::from_fn(|at| words.get(at).map_or(0, |&word| u64::from_le_bytes(word)))
}

impl<T: Id> Columns for NameTable<T> {
    fn each(&mut self, visit: &mut Visit<'_>) {
        let Self { arena, ends, rows: _, kind: _ } = self;
        ends.each(visit);
        visit(&mut Arena(arena));
    }

    fn is_sound(&self) -> bool {
        Columns::is_sound(&self.ends) && self.ends.last() as usize == self.arena.len()
    }
}

/// The names one after the other.
struct Arena<'a>(&'a mut String);

impl Column for Arena<'_> {
    fn n_bytes(&self) -> u64 {
        self.0.len() as u64
    }

    fn pack(&self, sink: &mut dyn FnMut(&[u8])) {
        sink(self.0.as_bytes());
    }

    fn make_room(&mut self, n_bytes: usize) -> Result<(), WireError> {
        self.0.try_reserve_exact(n_bytes).map_err(|_| WireError::Room)
    }

    fn unpack(&mut self, bytes: &[u8], _is_last: bool) -> Result<usize, WireError> {
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) if error.error_len().is_some() => return Err(WireError::Content),
            // A character that the next slice completes.
            Err(error) => {
                let (text, _) = bytes.split_at(error.valid_up_to());
                std::str::from_utf8(text).unwrap_or_default()
            }
        };
        self.0.push_str(text);
        Ok(text.len())
    }
}
