//! The record in hand: where it began, and its bytes from earlier slices. Copies only what a cut
//! between slices makes it copy, and never holds more than the limit.
use super::{HEAD_BYTES, Kind, Limits, Record, Sink, is_blank};

/// A buffer that one long record has grown beyond this is given back afterwards.
const SPARE_BYTES: usize = 1 << 20;

const BOM: &[u8] = b"\xef\xbb\xbf";

#[derive(Clone, Debug)]
pub(super) struct Held {
    limit: usize,
    /// Place of the record's first byte.
    pub(super) offset: u64,
    pub(super) line: u64,
    /// Its length so far, without the slice in hand.
    n_bytes: u64,
    /// Those bytes; their head alone once the record is over-long.
    earlier: Vec<u8>,
}

impl Held {
    pub(super) fn new(limits: Limits) -> Self {
        Self { limit: limits.record_bytes, offset: 0, line: 0, n_bytes: 0, earlier: Vec::new() }
    }

    /// The longest record that is held, in bytes.
    pub(super) fn limit(&self) -> usize {
        self.limit
    }

    /// A record begins here; whatever was held is dropped.
    pub(super) fn begin(&mut self, offset: u64, line: u64) {
        (self.offset, self.line) = (offset, line);
        self.clear();
    }

    /// The slice in hand ends inside the record.
    pub(super) fn keep(&mut self, part: &[u8]) {
        self.n_bytes += part.len() as u64;
        if self.is_over_long(0) {
            self.earlier.truncate(HEAD_BYTES);
            let n_missing = (HEAD_BYTES - self.earlier.len()).min(part.len());
            self.earlier.extend_from_slice(&part[..n_missing]);
            self.earlier.shrink_to(SPARE_BYTES);
        } else {
            self.earlier.extend_from_slice(part);
        }
    }

    /// Whether the record is over-long with `n_more` bytes of the slice in hand.
    pub(super) fn is_over_long(&self, n_more: usize) -> bool {
        self.n_bytes + n_more as u64 > self.limit as u64
    }

    /// How many more bytes make it over-long, with `n_more` of the slice in hand; `None` if it is.
    pub(super) fn n_until_over_long(&self, n_more: usize) -> Option<usize> {
        let n_left = (self.limit as u64).checked_sub(self.n_bytes + n_more as u64)?;
        usize::try_from(n_left).ok()?.checked_add(1)
    }

    /// Its length without the slice in hand.
    pub(super) fn n_bytes(&self) -> u64 {
        self.n_bytes
    }

    /// Takes the bytes of earlier slices, to be read once more.
    pub(super) fn take(&mut self) -> Vec<u8> {
        self.n_bytes = 0;
        std::mem::take(&mut self.earlier)
    }

    /// The record ends with `last`. Returns how many records were given: none for blanks.
    pub(super) fn give(&mut self, last: &[u8], kind: Kind, sink: &mut impl Sink) -> u64 {
        let is_over_long = self.is_over_long(last.len());
        let n_bytes = self.n_bytes + last.len() as u64;
        if self.n_bytes > 0 {
            self.keep(last);
        }
        let all = if self.n_bytes > 0 { self.earlier.as_slice() } else { last };
        let shown = if is_over_long { &all[..all.len().min(HEAD_BYTES)] } else { all };
        let (n_before, bytes) = trim(shown);
        let kind = if is_over_long { Kind::OverLong { n_bytes } } else { kind };
        let n_given = u64::from(is_over_long || !bytes.is_empty());
        if n_given > 0 {
            sink.record(Record {
                bytes,
                offset: self.offset + n_before as u64,
                line: self.line,
                kind,
            });
        }
        self.clear();
        n_given
    }

    fn clear(&mut self) {
        self.n_bytes = 0;
        self.earlier.clear();
        self.earlier.shrink_to(SPARE_BYTES);
    }
}

/// Without a byte order mark in front (files are concatenated with theirs) and blanks around.
/// Returns how many bytes were taken off the front. Newlines stand behind only.
fn trim(bytes: &[u8]) -> (usize, &[u8]) {
    let text = bytes.strip_prefix(BOM).unwrap_or(bytes);
    let n_blanks = text.iter().take_while(|&&byte| is_blank(byte)).count();
    let text = &text[n_blanks..];
    let is_text = |&byte: &u8| !is_blank(byte) && byte != b'\n';
    let end = text.iter().rposition(is_text).map_or(0, |last| last + 1);
    (bytes.len() - text.len(), &text[..end])
}
