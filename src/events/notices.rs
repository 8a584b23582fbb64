//! What could not be used, and what nobody knows: counted in full, kept in part.
use crate::events::{Place, Span, Tally, TimeUnit};

/// Why a record does not stand in the history as it stands in the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum NoticeClass {
    /// It is not JSON.
    NotJson,
    /// It is JSON, but no object.
    NotAnObject,
    /// An object without a payload.
    NoKnownPayload,
    /// A payload without a field that cannot be absent.
    MissingField,
    /// A field holds something else than it should, or there are two payloads.
    WrongType,
    /// Longer than what is held of one record.
    OverLong,
    /// Not UTF-8.
    BadUtf8,
    /// An event told twice, with the same `event_id` and content: the first stands, nothing is
    /// lost.
    Duplicate,
    /// The same `event_id` with other content: the first in the input stands.
    ConflictingId,
    /// The input ends inside of the record: the log may still be being written.
    Incomplete,
    /// The compressed stream ended early; what was decoded before stands.
    Truncated,
    /// The tables are full: 4 GiB of names, or 2³² rows.
    Full,
    /// An id or a time with a placeholder in it that nobody filled in.
    Template,
    /// A time without a zone, which was taken for UTC. The record is used.
    NoZone,
    /// The first record of a run whose id a run of another job has. The record is used.
    SharedRunId,
    /// A run that is said to be a part of itself, or of its own parts. The record is used.
    OwnParent,
    /// An end of a run before its last end, which stands.
    EarlierEnd,
    /// What a run says after its end; it counts for what the run read and wrote.
    AfterEnd,
    /// Of a job or a dataset, not of a run; kept as a description.
    Description,
    /// Reading was stopped before the end of the input.
    Stopped,
}

/// One record of a class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its line in its input, from 1.
    pub line: u64,
    /// Where it is.
    pub span: Span,
    /// What is wrong with it.
    pub reason: String,
    /// Its first [`Notices::EXCERPT_CHARS`] characters. Of an event told twice, which is found
    /// when the bytes have gone by: its kind and whom it is about.
    pub excerpt: String,
}

/// A class.
#[derive(Clone, Debug, Default)]
pub struct ClassNotices {
    /// How many there are.
    pub count: u64,
    /// The first [`Notices::SAMPLES`] of them.
    pub samples: Vec<Notice>,
}

/// A record that is listed, but not as a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its class.
    pub class: NoticeClass,
    /// Its line in its input, from 1.
    pub line: u64,
    /// Where it begins.
    pub place: Place,
    /// Its length in bytes.
    pub len: u32,
}

/// All that is to be said about a log's reading.
#[derive(Clone, Debug, Default)]
pub struct Notices {
    pub(super) classes: [ClassNotices; NoticeClass::ALL.len()],
    /// The first [`Notices::LISTED`] of all classes.
    pub listed: Vec<Listed>,
    /// How many more there are than are listed.
    pub n_unlisted: u64,
    /// Kinds of payloads that nobody knows. Not an error.
    pub unknown_kinds: Tally,
    /// Fields that nobody knows, as `kind.field`, `kind.object.field` or, of an envelope, `field`.
    pub unknown_fields: Tally,
    /// How many records there were.
    pub n_records: u64,
    /// How many of them are events of the log.
    pub n_used: u64,
    /// How many are no events of their own, but lost nothing: told before, or a part of what others
    /// tell.
    pub n_folded: u64,
    /// How many could not be used, or are of a kind that nobody knows.
    ///
    /// Invariant: `n_used + n_folded + n_skipped == n_records`, once reading is finished.
    pub n_skipped: u64,
    /// The unit that timestamps were taken to be in.
    pub unit: TimeUnit,
}

impl NoticeClass {
    /// Every class; `ALL[class as usize] == class`.
    pub const ALL: [Self; 20] = [
        Self::NotJson,
        Self::NotAnObject,
        Self::NoKnownPayload,
        Self::MissingField,
        Self::WrongType,
        Self::OverLong,
        Self::BadUtf8,
        Self::Duplicate,
        Self::ConflictingId,
        Self::Incomplete,
        Self::Truncated,
        Self::Full,
        Self::Template,
        Self::NoZone,
        Self::SharedRunId,
        Self::OwnParent,
        Self::EarlierEnd,
        Self::AfterEnd,
        Self::Description,
        Self::Stopped,
    ];

    /// Its name in a sentence.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotJson => "not JSON",
            Self::NotAnObject => "not an object",
            Self::NoKnownPayload => "no known payload",
            Self::MissingField => "missing field",
            Self::WrongType => "wrong type",
            Self::OverLong => "over-long record",
            Self::BadUtf8 => "bad UTF-8",
            Self::Duplicate => "duplicate",
            Self::ConflictingId => "same event_id, other content",
            Self::Incomplete => "the last line is incomplete; the log may still be being written",
            Self::Truncated => "compressed stream ended early",
            Self::Full => "more than fits",
            Self::Template => "a placeholder instead of a value",
            Self::NoZone => "time without a zone, taken for UTC",
            Self::SharedRunId => "one run id under two jobs",
            Self::OwnParent => "a run within itself",
            Self::EarlierEnd => "an end before the last end of the run",
            Self::AfterEnd => "told after the end of the run",
            Self::Description => "of a job or a dataset, without a run",
            Self::Stopped => "reading was stopped here",
        }
    }
}

impl Notices {
    /// So many records of each class are kept with an excerpt.
    pub const SAMPLES: usize = 100;
    /// So many characters of each.
    pub const EXCERPT_CHARS: usize = 200;
    /// So many records of all classes are listed: 32 MB of memory.
    pub const LISTED: usize = 1_000_000;

    /// The records of a class.
    pub fn class(&self, class: NoticeClass) -> &ClassNotices {
        &self.classes[class as usize]
    }

    /// Counts a record; reason and excerpt are made only for a sample.
    pub(super) fn add(&mut self, listed: Listed, describe: impl FnOnce() -> (String, String)) {
        let class = &mut self.classes[listed.class as usize];
        class.count += 1;
        if class.samples.len() < Self::SAMPLES {
            let (reason, excerpt) = describe();
            let Listed { line, place, len, .. } = listed;
            let span = Span { input: place.input(), offset: place.offset(), len };
            class.samples.push(Notice { line, span, reason, excerpt });
        }
        if self.listed.len() < Self::LISTED {
            self.listed.push(listed);
        } else {
            self.n_unlisted += 1;
        }
    }
}

/// The first characters of `bytes`, with a replacement character for each bad stretch.
pub(super) fn excerpt(bytes: &[u8]) -> String {
    // A character has at most 4 bytes, and a replaced stretch at most 3.
    let head = bytes.get(..4 * Notices::EXCERPT_CHARS).unwrap_or(bytes);
    String::from_utf8_lossy(head).chars().take(Notices::EXCERPT_CHARS).collect()
}
