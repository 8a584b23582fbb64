//! What outlives the decoding, as columns. The index of names is no column: it is made anew from the
//! names as they come.
use crate::events::index::Index;
use crate::events::names::enter_next;
use crate::events::{
    ClassNotices, EventKind, EventLog, Id, Listed, NameTable, Names, Notice, NoticeClass, Notices,
    Place, RunId, Span, Subject, TaintId, Tally, TimeUnit, WantId,
};
use crate::wire::{
    Cell, Column, Columns, Deltas, Row, RowReader, Visit, Whole, WireError, is_csr, put_text,
    put_word, visit_rows,
};
use crate::{columns, enum_cells};

enum_cells! { EventKind NoticeClass TimeUnit }

columns! {
    Names { wants, partitions, runs, labels, taints, texts }
    Tally { names, counts, n_rest }
    Notices {
        classes, listed, n_unlisted, unknown_kinds, unknown_fields, n_records, n_used, n_folded, n_skipped,
        unit,
    }
}

impl Columns for EventLog {
    fn each(&mut self, visit: &mut Visit<'_>) {
        let Self { kind, subject, nanos, event_id, place, len, unit } = self;
        kind.each(visit);
        visit(&mut Subjects { of: kind, subjects: subject });
        visit(&mut Deltas(nanos));
        visit(&mut Deltas(event_id));
        visit(&mut Deltas(place));
        visit(&mut Deltas(len));
        unit.each(visit);
    }

    fn is_sound(&self) -> bool {
        let Self { kind, subject, nanos, event_id, place, len, unit: _ } = self;
        let lengths = [subject.len(), nanos.len(), event_id.len(), place.len(), len.len()];
        lengths.into_iter().all(|n| n == kind.len())
    }
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

/// Ids alone: what an event is about, its kind tells.
struct Subjects<'a> {
    of: &'a [EventKind],
    subjects: &'a mut Vec<Subject>,
}

impl Column for Subjects<'_> {
    fn n_bytes(&self) -> u64 {
        self.subjects.len() as u64 * WantId::WIDTH as u64
    }

    fn pack(&self, sink: &mut dyn FnMut(&[u8])) {
        let mut part = Vec::new();
        for subjects in self.subjects.chunks(1 << 14) {
            part.clear();
            part.extend(subjects.iter().map(|&subject| match subject {
                Subject::Want(want) => want.index() as u32 + 1,
                Subject::Run(run) => run.index() as u32 + 1,
                Subject::Taint(taint) => taint.index() as u32 + 1,
            }));
            part.pack(sink);
        }
    }

    fn make_room(&mut self, n_bytes: usize) -> Result<(), WireError> {
        if !n_bytes.is_multiple_of(WantId::WIDTH) {
            return Err(WireError::Length);
        }
        self.subjects.reserve_exact(n_bytes / WantId::WIDTH);
        Ok(())
    }

    fn unpack(&mut self, bytes: &[u8], _is_last: bool) -> Result<usize, WireError> {
        let kinds = self.of.get(self.subjects.len()..).unwrap_or_default();
        let ids = bytes.chunks_exact(WantId::WIDTH);
        if ids.len() > kinds.len() || !ids.clone().all(WantId::is_valid) {
            return Err(WireError::Content);
        }
        let n_left = ids.remainder().len();
        self.subjects.extend(kinds.iter().zip(ids).map(|(kind, id)| match kind {
            EventKind::WantCreate | EventKind::WantCancel => Subject::Want(WantId::get(id)),
            EventKind::TaintCreate | EventKind::TaintCancel => Subject::Taint(TaintId::get(id)),
            _ => Subject::Run(RunId::get(id)),
        }));
        Ok(bytes.len() - n_left)
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
        let Self { arena, ends, rows, kind: _ } = self;
        visit(&mut Deltas(ends));
        visit(&mut Arena { text: arena, ends, rows });
    }

    fn is_sound(&self) -> bool {
        let Self { arena, ends, rows, kind: _ } = self;
        is_csr(ends, arena.len()) && rows.len() == ends.len()
    }
}

/// The names one after the other, and the index of those that have come.
struct Arena<'a> {
    text: &'a mut String,
    ends: &'a [u32],
    rows: &'a mut Index,
}

impl Arena<'_> {
    fn index(&mut self) {
        let Self { text, ends, rows } = self;
        while ends.get(rows.len()).is_some_and(|&end| end as usize <= text.len()) {
            enter_next(text, ends, rows);
        }
    }
}

impl Column for Arena<'_> {
    fn n_bytes(&self) -> u64 {
        self.text.len() as u64
    }

    fn pack(&self, sink: &mut dyn FnMut(&[u8])) {
        sink(self.text.as_bytes());
    }

    fn make_room(&mut self, n_bytes: usize) -> Result<(), WireError> {
        self.text.reserve_exact(n_bytes);
        Ok(())
    }

    fn unpack(&mut self, bytes: &[u8], _is_last: bool) -> Result<usize, WireError> {
        self.rows.reserve(self.ends.len());
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) if error.error_len().is_some() => return Err(WireError::Content),
            // A character that the next slice completes.
            Err(error) => {
                let (text, _) = bytes.split_at(error.valid_up_to());
                std::str::from_utf8(text).unwrap_or_default()
            }
        };
        self.text.push_str(text);
        self.index();
        Ok(text.len())
    }
}
