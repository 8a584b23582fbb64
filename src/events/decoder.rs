//! Records → ordered events. Each record is decoded and interned as it comes; order, repeats and
//! the unit of time are settled at the end.
use crate::bytes::{Kind, Reader, Record, Sink, Summary};
use crate::events::databuild::{self, Decoded, Draft, DraftEvent, Scanner};
use crate::events::lists::Lists;
use crate::events::names::Full;
use crate::events::notices::{Listed, excerpt};
use crate::events::openlineage::{self, At, Gathered};
use crate::events::room::Grows;
use crate::events::settle::settle;
use crate::events::{Budget, Early, Events, NO_EVENT_ID, NoticeClass, Notices, Place};

/// Takes records, gives events.
///
/// Several inputs are one log: push the records of each, then [`Decoder::end_input`].
#[derive(Clone, Debug, Default)]
pub struct Decoder {
    /// In the order of the input, timestamps in the log's own unit.
    events: Events,
    /// Beside the events: the line of each, saturating.
    lines: Vec<u32>,
    /// Names may have been left by an event that did not fit.
    has_stray_names: bool,
    notices: Notices,
    n_unusable: u64,
    /// The same, among the first [`Decoder::JUDGED`].
    n_unusable_at_first: u64,
    input: u16,
    has_unended: bool,
    first: First,
    /// Records that the scanner did not take.
    n_odd: u64,
    scanner: Scanner,
    draft: Draft,
    lists: Lists,
    /// Records of OpenLineage, which are told at the end.
    gathered: Gathered,
    /// The language that is tried first: that of the last record. Records of one are never of the
    /// other, so that it decides nothing but speed.
    expects_openlineage: bool,
    field_name: String,
}

/// How far reading has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Progress {
    /// Records so far.
    pub n_records: u64,
    /// Those that are events, repeats among them.
    pub n_events: u64,
    /// Those that cannot be used.
    pub n_unusable: u64,
}

/// Who reads records first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
enum First {
    /// The scanner, which takes ordinary ones.
    #[default]
    Scan,
    /// The general decoder, which takes all.
    General,
}

impl Decoder {
    /// So many records are looked at to see whether this is an event log at all.
    pub const JUDGED: u64 = 1_000;

    /// A decoder before the first record.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same, several times slower: no record is taken for ordinary.
    pub fn without_scan() -> Self {
        Self { first: First::General, ..Self::default() }
    }

    /// How many records were not ordinary, which costs time and nothing else.
    pub fn n_odd(&self) -> u64 {
        self.n_odd
    }

    /// How many records were read token by token, since none before was spelled alike. That costs time as well.
    pub fn n_unlike(&self) -> u64 {
        self.scanner.n_unlike()
    }

    /// Takes one record.
    pub fn push(&mut self, record: Record<'_>) {
        self.notices.n_records += 1;
        self.has_unended = record.kind == Kind::Unended;
        if let Kind::OverLong { n_bytes } = record.kind {
            let reason = || format!("the record has {n_bytes} bytes");
            return self.reject(NoticeClass::OverLong, &record, reason);
        }
        if self.scans()
            && let Some(event) = self.scanner.scan(record.bytes, &mut self.draft)
        {
            return self.take(&event, &record);
        }
        self.n_odd += 1;
        let text = match record.text() {
            Ok(text) => text,
            Err(error) => {
                return self.reject(NoticeClass::BadUtf8, &record, || error.to_string());
            }
        };
        if self.expects_openlineage && self.push_openlineage(text, &record) {
            return;
        }
        match databuild::decode_record(text, &mut self.draft) {
            Ok(Decoded::Event(event)) => {
                self.expects_openlineage = false;
                self.take(&event, &record);
            }
            Err(reject)
                if matches!(reject.class(), NoticeClass::NotJson | NoticeClass::NotAnObject) =>
            {
                self.reject(reject.class(), &record, || reject.to_string());
            }
            _ if !self.expects_openlineage && self.push_openlineage(text, &record) => {}
            Ok(Decoded::UnknownKind(name)) => {
                self.notices.n_skipped += 1;
                self.notices.unknown_kinds.add(self.draft.text(name));
            }
            Err(reject) => self.reject(reject.class(), &record, || reject.to_string()),
        }
    }

    /// Whether records are read by the scanner first.
    fn scans(&self) -> bool {
        self.first == First::Scan && !self.expects_openlineage
    }

    /// Whether the record is of OpenLineage, be it good or bad.
    fn push_openlineage(&mut self, text: &str, record: &Record<'_>) -> bool {
        use openlineage::Reject;
        let decoded = match openlineage::decode_record(text) {
            Ok(decoded) => decoded,
            Err(Reject::Foreign | Reject::NotJson(_)) => {
                self.expects_openlineage = false;
                return false;
            }
            Err(reject) => {
                self.reject(reject.class(), record, || reject.to_string());
                return true;
            }
        };
        self.expects_openlineage = true;
        let at = At {
            place: Place::new(self.input, record.offset),
            len: saturating(record.bytes.len() as u64),
            line: saturating(record.line),
        };
        if self.gathered.add(&decoded, (text, at), &mut self.notices.unknown_fields).is_err() {
            self.reject_full(record);
        }
        true
    }

    fn reject_full(&mut self, record: &Record<'_>) {
        let reason = || String::from("there is no room for more names or events");
        self.reject(NoticeClass::Full, record, reason);
    }

    /// The input in hand has ended: records that follow are of the next one.
    pub fn end_input(&mut self, summary: &Summary) {
        if !summary.is_closed && !self.has_unended {
            let place = Place::new(self.input, summary.n_bytes);
            let class = NoticeClass::Incomplete;
            let end = Listed { class, line: summary.n_lines, place, len: 0 };
            let reason = || String::from("the list of events is not closed");
            self.notices.add(end, || (reason(), String::new()));
        }
        self.has_unended = false;
        self.input = self.input.saturating_add(1);
    }

    /// The same for all that `reader` still holds. What a stop cut in two is no record of the log.
    pub fn end_reading(&mut self, reader: Reader, early: Option<Early>) {
        let is_stopped = early.is_some_and(Early::is_stop);
        let summary = reader.finish(&mut |record| {
            if !(is_stopped && record.kind == Kind::Unended) {
                self.push(record);
            }
        });
        if let Some(early) = early {
            self.ended_early(&summary, early);
        }
        self.end_input(&summary);
    }

    fn ended_early(&mut self, summary: &Summary, early: Early) {
        let place = Place::new(self.input, summary.n_bytes);
        let (class, reason) = early.notice();
        let end = Listed { class, line: summary.n_lines, place, len: 0 };
        self.notices.add(end, || (reason.to_owned(), String::new()));
        // Lists that are not closed need no word of their own.
        self.has_unended = true;
    }

    /// Whether more than half of the first 1,000 records cannot be used: this is no event log.
    /// Never of a shorter input.
    pub fn hopeless(&self) -> bool {
        self.n_unusable_at_first > Self::JUDGED / 2
    }

    /// There may be `n_times` as much to come again as has come of the first input: makes room for it, and for a little more,
    /// unless all would take more than `most` bytes. Other inputs are not foreseen, nor is what is told when all of it is there.
    pub fn foresee(&mut self, n_times: u32, most: u64) {
        let n_times = u64::from(n_times) + u64::from(n_times).div_ceil(16);
        let is_foreseen = self.input == 0 && self.gathered.is_empty();
        if is_foreseen && self.events.make_room(n_times, most) {
            self.lines.make_room(n_times);
        }
    }

    /// How far reading has come.
    pub fn progress(&self) -> Progress {
        let n_records = self.notices.n_records;
        let n_events = (self.events.len() + self.gathered.n_rows()) as u64;
        Progress { n_records, n_events, n_unusable: self.n_unusable }
    }

    /// How much memory it will take to go on to the history from here, given what is held: in one
    /// piece, as [`Budget::needed`] reckons.
    pub fn n_bytes_needed(&self, n_bytes_held: u64) -> u64 {
        Budget::needed(n_bytes_held, !self.gathered.is_empty())
    }

    /// What [`Self::finish`] would give if the input in hand ended here, though it goes on: `reader` has
    /// read it, and both are left as they are.
    pub fn so_far(&self, reader: &Reader) -> (Events, Notices) {
        let mut decoder = self.clone();
        decoder.end_reading(reader.clone(), None);
        decoder.finish()
    }

    /// The events in order, and what is to be said about the rest.
    pub fn finish(self) -> (Events, Notices) {
        let Self { events, lines, has_stray_names, mut notices, lists, gathered, .. } = self;
        let mut events = settle(events, &lines, has_stray_names, lists, &mut notices);
        notices.n_used = events.len() as u64;
        notices.n_folded = notices.class(NoticeClass::Duplicate).count;
        notices.n_skipped += notices.class(NoticeClass::ConflictingId).count;
        notices.unit = events.log.unit;
        if !gathered.is_empty() {
            add_openlineage(&gathered, &mut events, &mut notices);
        }
        (events, notices)
    }

    fn take(&mut self, event: &DraftEvent, record: &Record<'_>) {
        if self.add(event, record).is_err() {
            self.has_stray_names = true;
            self.reject_full(record);
        }
    }

    fn add(&mut self, event: &DraftEvent, record: &Record<'_>) -> Result<(), Full> {
        let Self { events, draft, lists, .. } = self;
        let said = (event.kind, record.bytes);
        let payload = databuild::intern(said, draft, &mut events.names, lists)?;
        events.payloads.push(payload)?;
        let log = &mut events.log;
        log.push(
            (payload.kind(), payload.subject()),
            (event.timestamp, event.event_id.unwrap_or(NO_EVENT_ID)),
            (Place::new(self.input, record.offset), saturating(record.bytes.len() as u64)),
        );
        self.lines.push(saturating(record.line));
        self.draft.each_unknown(event.kind, record.bytes, |path| {
            self.field_name.clear();
            for name in path.into_iter().filter(|name| !name.is_empty()) {
                if !self.field_name.is_empty() {
                    self.field_name.push('.');
                }
                self.field_name.push_str(name);
            }
            self.notices.unknown_fields.add(&self.field_name);
        });
        Ok(())
    }

    fn reject(&mut self, class: NoticeClass, record: &Record<'_>, reason: impl FnOnce() -> String) {
        self.n_unusable += 1;
        self.notices.n_skipped += 1;
        if self.notices.n_records <= Self::JUDGED {
            self.n_unusable_at_first += 1;
        }
        let is_broken = matches!(class, NoticeClass::NotJson | NoticeClass::BadUtf8);
        let is_incomplete = is_broken && record.kind == Kind::Unended;
        let n_bytes = match record.kind {
            Kind::OverLong { n_bytes } => n_bytes,
            Kind::Whole | Kind::Unended => record.bytes.len() as u64,
        };
        let listed = Listed {
            class: if is_incomplete { NoticeClass::Incomplete } else { class },
            line: record.line,
            place: Place::new(self.input, record.offset),
            len: saturating(n_bytes),
        };
        self.notices.add(listed, || (reason(), excerpt(record.bytes)));
    }
}

impl Sink for Decoder {
    fn record(&mut self, record: Record<'_>) {
        self.push(record);
    }

    fn line(&mut self, text: &[u8], offset: u64, line: u64) -> Option<usize> {
        if !self.scans() {
            return None;
        }
        let (event, n) = self.scanner.scan_line(text, &mut self.draft)?;
        let record = Record { bytes: text.get(..n)?, offset, line, kind: Kind::Whole };
        self.notices.n_records += 1;
        self.has_unended = false;
        self.take(&event, &record);
        Some(n)
    }
}

/// Tells what was gathered among the events of the other language. Where there is none, events are
/// numbered from 1 in their order, for addresses to have something to name a moment by.
///
/// Never part of what every log needs: an engine compiles a function anew as a whole.
#[inline(never)]
fn add_openlineage(gathered: &Gathered, events: &mut Events, notices: &mut Notices) {
    let (n_before, n_done) = (events.len(), notices.n_used + notices.n_folded);
    let told = openlineage::tell(gathered, events, notices);
    if told.is_err() {
        let n_told = notices.n_used + notices.n_folded - n_done;
        let n_lost = gathered.n_rows() as u64 - n_told;
        notices.n_skipped += n_lost;
        let at = Listed { class: NoticeClass::Full, line: 0, place: Place::default(), len: 0 };
        let reason = format!("there is no room for more names or events: {n_lost} were left out");
        notices.add(at, || (reason, String::new()));
    }
    openlineage::described(gathered, notices);
    if n_before == 0 {
        events.log.event_id = (1..=events.len() as u64).collect();
    } else if let Some(order) = events.log.order() {
        events.permute(&order.indices);
    }
}

fn saturating(n: u64) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
