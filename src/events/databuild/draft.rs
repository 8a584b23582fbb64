//! One record as read, before anything of it is interned: a record that turns out bad leaves no
//! trace in the tables. Buffers are reused from record to record.
use std::fmt;

use crate::events::databuild::envelope::Envelope;
use crate::events::databuild::fields::{Field, Fields};
use crate::events::databuild::shape::Shape;

/// What one record says. Texts are named by range: of the record itself where it was scanned, else
/// copied here unescaped.
#[derive(Clone, Debug, Default)]
pub(in crate::events) struct Draft {
    text: String,
    pub(super) is_of_record: bool,
    pub(super) envelope: Envelope,
    /// Of the payload read last.
    pub(super) fields: Fields,
    /// Partitions and their uuids.
    pub(super) refs: Vec<(Range, Option<Range>)>,
    /// Entries of `read_deps` or `missing_deps`: ranges of `refs`, `impacted` first.
    pub(super) pairs: Vec<[Range; 2]>,
    /// Entries of `want_attributed_partitions`: the want, and a range of `refs`.
    pub(super) wants: Vec<(Range, Range)>,
    /// Fields of payloads that nobody knows: the object that they are in, and their name.
    pub(super) unknown: Vec<(&'static str, Range)>,
}

/// A range of one of the draft's buffers. They are shorter than the record, which is shorter than
/// 4 GiB.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::events) struct Range {
    start: u32,
    end: u32,
}

/// What a key holds. Reading never stops at a wrong type: what is wrong is a value, too, so that
/// a syntax error later in the record is found all the same.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Value {
    /// Absent, null, or an empty text.
    #[default]
    Absent,
    Text(Range),
    Number(u64),
    /// A range of `refs`, `pairs` or `wants`, by the shape of the field.
    List(Range),
    /// By hand; the user.
    Manual(Option<Range>),
    /// By a job run.
    Run(Range),
    /// Something that went into the draft.
    Kept,
    Wrong(Fault),
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug)]
pub(in crate::events) struct Fault {
    field: Option<Field>,
    at: &'static str,
    expected: Shape,
    pub(super) found: Found,
}

/// What stands where something else was expected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    Absent,
    Null,
    Boolean,
    Number,
    Negative,
    Fraction,
    TooLarge,
    Text,
    List,
    Object,
    Several,
}

impl Range {
    pub(super) fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end as u32 }
    }

    pub(super) const fn start(self) -> usize {
        self.start as usize
    }

    pub(super) const fn end(self) -> usize {
        self.end as usize
    }

    pub(super) const fn len(self) -> usize {
        self.end as usize - self.start as usize
    }

    pub(super) const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The part of `buffer`.
    pub(super) fn of<T>(self, buffer: &[T]) -> &[T] {
        buffer.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

impl Draft {
    /// Ready for the next record.
    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.is_of_record = false;
        self.fields = Fields::default();
        self.envelope.clear();
        self.refs.clear();
        self.pairs.clear();
        self.wants.clear();
        self.unknown.clear();
    }

    pub(super) fn keep(&mut self, text: &str) -> Range {
        let start = self.text.len();
        self.text.push_str(text);
        Range::new(start, self.text.len())
    }

    pub(in crate::events) fn text(&self, range: Range) -> &str {
        self.text.get(range.start as usize..range.end as usize).unwrap_or_default()
    }

    /// What ranges of texts are of, given the record that this is the draft of.
    pub(super) fn texts<'t>(&'t self, record: &'t [u8]) -> &'t [u8] {
        if self.is_of_record { record } else { self.text.as_bytes() }
    }

    /// One of them.
    pub(super) fn text_in<'t>(&'t self, record: &'t [u8], range: Range) -> &'t str {
        std::str::from_utf8(range.of(self.texts(record))).unwrap_or_default()
    }

    pub(super) fn keep_unknown(&mut self, inside: &'static str, name: &str) {
        let name = self.keep(name);
        self.unknown.push((inside, name));
    }

    pub(super) fn n_unknown(&self) -> usize {
        self.unknown.len()
    }

    pub(super) fn unknown(&self, range: Range) -> &[(&'static str, Range)] {
        range.of(&self.unknown)
    }
}

impl Fault {
    pub(super) const fn new(at: &'static str, found: Found, expected: Shape) -> Self {
        Self { field: None, at, expected, found }
    }

    /// The same, in `field`.
    pub(super) const fn of(self, field: Field) -> Self {
        Self { field: Some(field), ..self }
    }

    pub(super) const fn is_absence(self) -> bool {
        matches!(self.found, Found::Absent)
    }
}

impl fmt::Display for Fault {
    /// `read_deps: impacted is a number, not a list of partitions`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(field) = self.field.filter(|field| field.name() != self.at) {
            write!(f, "{}: ", field.name())?;
        }
        let found = match self.found {
            Found::Absent => return write!(f, "{} is absent", self.at),
            Found::Several => return write!(f, "{} is given in several ways", self.at),
            Found::Null => "null",
            Found::Boolean => "a boolean",
            Found::Number => "a number",
            Found::Negative => "negative",
            Found::Fraction => "a fraction",
            Found::TooLarge => "too large",
            Found::Text => "a text",
            Found::List => "a list",
            Found::Object => "an object",
        };
        write!(f, "{} is {found}, not {}", self.at, self.expected.name())
    }
}
