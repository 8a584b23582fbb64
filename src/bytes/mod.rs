//! Slices of a file → records: one JSON text each, with its place in the input.
//!
//! The container is told apart by structure, never by a name:
//!
//! | container | how it is known | how it is split |
//! | --- | --- | --- |
//! | lines (NDJSON) | the first line is a whole value, or no value at all | at newlines only |
//! | array | `[`, and on its line a `{` or nothing at all | by brackets and strings |
//! | object | a top-level key `events` with a list | by brackets and strings |
//! | values | one value over several lines, or `}{` on one line | by brackets and strings |
//!
//! Where a cut between two slices falls never shows. A record inside one slice is borrowed from it.
//!
//! Never here: a word of the domain, decoding, decompression. Whether a record *is* JSON the
//! decoder finds out; whether it is UTF-8, [`Record::text`] says, once.
mod held;
mod keys;
mod opening;
mod reader;
mod sniff;
mod stray;
mod structure;
mod values;

pub use reader::Reader;
pub use sniff::{Container, MANIFEST_HEAD_BYTES, SNIFF_BYTES, is_log_name, is_manifest, sniff};

use std::str::Utf8Error;

/// How many bytes of an over-long record are kept to show: 200 characters of at most 4 bytes.
pub const HEAD_BYTES: usize = 800;

/// What one input may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The longest record that is held, in bytes. What is longer is counted, not kept.
    pub record_bytes: usize,
}

impl Default for Limits {
    /// 64 MiB. The largest honest records are a want or a job run over some 100,000 partitions, at
    /// about 100 bytes each 10 MB; six times that still leaves a browser's 2 GB almost untouched,
    /// and a file of gigabytes that has no newline at all costs no more.
    fn default() -> Self {
        Self { record_bytes: 64 << 20 }
    }
}

/// One JSON text, or what stands where one should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record<'a> {
    /// The text without blanks around it; of an over-long one the first [`HEAD_BYTES`] at most.
    pub bytes: &'a [u8],
    /// Of the first byte, in bytes from the start of the uncompressed input.
    pub offset: u64,
    /// The line that the first byte is on, from 1.
    pub line: u64,
    /// What is known of it without decoding.
    pub kind: Kind,
}

impl<'a> Record<'a> {
    /// The text to decode. This is the one place where UTF-8 is checked.
    ///
    /// # Errors
    /// When the bytes are not UTF-8; the error says from which byte on.
    pub fn text(&self) -> Result<&'a str, Utf8Error> {
        std::str::from_utf8(self.bytes)
    }
}

/// Who takes records: [`Reader::push_to`].
pub trait Sink {
    /// Takes the next record.
    fn record(&mut self, record: Record<'_>);

    /// Takes the record that `text` begins with, if it can do so without being told where that ends: its length, without the
    /// blanks behind it. It is what [`Self::record`] would be given, `offset` and `line` are its place; only blanks may follow, and then
    /// a newline that is in `text` as well.
    fn line(&mut self, _text: &[u8], _offset: u64, _line: u64) -> Option<usize> {
        None
    }
}

/// Calls a function for each.
struct Each<'f, F>(&'f mut F);

impl<F: FnMut(Record<'_>)> Sink for Each<'_, F> {
    fn record(&mut self, record: Record<'_>) {
        self.0(record);
    }
}

/// What is known of a record without decoding it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It ends where its container says so. If it does not parse, it is broken.
    Whole,
    /// The input ends with it and no newline or bracket does. If it does not parse, it is
    /// incomplete: the log may still be being written.
    Unended,
    /// Longer than [`Limits::record_bytes`], and skipped.
    OverLong {
        /// Its length, counted to its end; blanks behind it may count, too.
        n_bytes: u64,
    },
}

/// The container that was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// Nothing but blanks.
    #[default]
    Empty,
    /// One value a line.
    Lines,
    /// A JSON array.
    Array,
    /// One object with a list under `events`.
    Object,
    /// Values one after the other, over several lines or on one.
    Values,
}

/// What a whole input was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary {
    /// The container.
    pub shape: Shape,
    /// Its length, uncompressed.
    pub n_bytes: u64,
    /// Its lines; the last one counts with or without a newline.
    pub n_lines: u64,
    /// The records that were given, of every [`Kind`].
    pub n_records: u64,
    /// `false`: the input ends inside a value, an array or the object around them.
    pub is_closed: bool,
}

/// Space, tab and carriage return: what may stand around a value on its line.
fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\r')
}
