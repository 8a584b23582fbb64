//! The push reader: which state reads the next bytes, and what the end of a slice or of the input
//! means to it. The states that find out the container are in `opening`, those that go by
//! structure in `values`; those that go by lines are here.
use memchr::memchr;

use super::held::Held;
use super::stray::Stray;
use super::structure::{Spot, Structure};
use super::{Each, Kind, Limits, Record, Shape, Sink, Summary, is_blank};

/// Reads slices and gives records. Any slices of the same bytes give the same records.
///
/// Linear in the bytes: none is looked at more than twice, and twice only where the first lines were
/// taken for a value, or a broken object for one that others are part of. What is held is one
/// record, at most [`Limits::record_bytes`].
#[derive(Clone, Debug)]
pub struct Reader {
    pub(super) state: State,
    pub(super) held: Held,
    pub(super) shape: Shape,
    /// Of the first byte of the slice in hand.
    pub(super) offset: u64,
    /// That the next byte is on, from 1.
    pub(super) line: u64,
    /// Arrays that are open around the records.
    pub(super) n_arrays: u64,
    /// The object around them is open, and so many arrays were open around it.
    pub(super) envelope: Option<u64>,
    /// Up to this offset objects are split wherever one begins like the one around it.
    pub(super) broken_until: u64,
    n_records: u64,
    /// The last byte so far was a newline, or there was none.
    is_at_margin: bool,
}

#[derive(Clone, Debug)]
pub(super) enum State {
    /// Nothing but blanks so far.
    Start,
    /// So many bytes of a byte order mark.
    Mark(usize),
    /// On the line of the first `[`, and whether there was nothing but separators yet.
    Bracket(bool),
    /// Inside the first `{`.
    Trial(Structure),
    /// After the first object, still on its line.
    Tail,
    /// Lines: between two.
    Margin,
    /// Lines: inside one.
    Line,
    /// Structure: between two records.
    Between,
    /// Structure: inside an object.
    Item(Structure),
    /// Structure: inside something else.
    Stray(Stray),
    /// Structure: among the keys after `events`.
    Rest(Structure),
}

/// The slice in hand.
pub(super) struct Slice<'s> {
    pub(super) bytes: &'s [u8],
    /// The next byte to read.
    pub(super) at: usize,
    /// The first byte of the record in hand; 0 where it began in an earlier slice.
    pub(super) from: usize,
}

impl<'s> Slice<'s> {
    pub(super) fn unread(&self) -> &'s [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// The record's bytes up to the next one to read.
    fn record(&self) -> &'s [u8] {
        self.bytes.get(self.from..self.at).unwrap_or_default()
    }
}

impl Reader {
    /// A reader before the first byte.
    pub fn new(limits: Limits) -> Self {
        Self {
            state: State::Start,
            held: Held::new(limits),
            shape: Shape::Empty,
            offset: 0,
            line: 1,
            n_arrays: 0,
            envelope: None,
            broken_until: 0,
            n_records: 0,
            is_at_margin: true,
        }
    }

    /// Reads the next bytes of the input, and gives every record that ends in them.
    pub fn push(&mut self, bytes: &[u8], give: &mut impl FnMut(Record<'_>)) {
        self.push_to(bytes, &mut Each(give));
    }

    /// The same; `sink` may find the ends of lines itself.
    pub fn push_to(&mut self, bytes: &[u8], sink: &mut impl Sink) {
        let mut slice = Slice { bytes, at: 0, from: 0 };
        while let Some(&byte) = bytes.get(slice.at) {
            match self.state {
                State::Start => self.start(&mut slice, byte),
                State::Mark(n_read) => self.mark(&mut slice, byte, n_read),
                State::Bracket(is_bare) => self.bracket(&mut slice, byte, is_bare, sink),
                State::Trial(_) => self.trial(&mut slice, sink),
                State::Tail => self.tail(&mut slice, byte, sink),
                State::Margin => self.margin(&mut slice, byte, sink),
                State::Line => self.line(&mut slice, sink),
                State::Between => self.between(&mut slice, byte),
                State::Item(_) => self.item(&mut slice, sink),
                State::Stray(_) => self.stray(&mut slice, sink),
                State::Rest(_) => self.rest(&mut slice),
            }
        }
        if self.is_in_record() {
            self.held.keep(slice.record());
        }
        self.offset += bytes.len() as u64;
        self.is_at_margin = bytes.last().map_or(self.is_at_margin, |&last| last == b'\n');
    }

    /// The container, as far as it shows by now.
    pub const fn shape(&self) -> Shape {
        self.shape
    }

    /// The input has ended. Gives what it ended inside of, and says what it was.
    pub fn finish(mut self, give: &mut impl FnMut(Record<'_>)) -> Summary {
        let sink = &mut Each(give);
        self.end_opening(sink);
        self.end_item(sink);
        let is_closed = !matches!(self.state, State::Item(_) | State::Rest(_))
            && self.n_arrays == 0
            && self.envelope.is_none();
        if self.is_in_record() {
            self.n_records += self.held.give(&[], Kind::Unended, sink);
        }
        Summary {
            shape: self.shape,
            n_bytes: self.offset,
            n_lines: self.line - u64::from(self.is_at_margin),
            n_records: self.n_records,
            is_closed,
        }
    }

    /// A record begins at the next byte to read.
    pub(super) fn begin(&mut self, slice: &mut Slice<'_>, state: State) {
        slice.from = slice.at;
        self.held.begin(self.offset + slice.from as u64, self.line);
        self.state = state;
    }

    /// The record ends before the next byte to read.
    pub(super) fn give(&mut self, slice: &Slice<'_>, next: State, sink: &mut impl Sink) {
        self.n_records += self.held.give(slice.record(), Kind::Whole, sink);
        self.state = next;
    }

    /// Goes back to the record's first byte, to read it and what follows in another way.
    pub(super) fn reread(&mut self, slice: &mut Slice<'_>, state: State, sink: &mut impl Sink) {
        self.line = self.held.line;
        self.state = state;
        let earlier = self.held.take();
        if earlier.is_empty() {
            slice.at = slice.from;
            return;
        }
        self.offset = self.held.offset;
        self.push_to(&earlier, sink);
        (slice.at, slice.from) = (0, 0);
    }

    /// The record ends at a spot inside it; goes back there.
    pub(super) fn split(&mut self, slice: &mut Slice<'_>, spot: Spot, sink: &mut impl Sink) {
        self.line = self.held.line + spot.n_lines;
        let n_earlier = self.held.n_bytes();
        if let Some(n_bytes) = spot.n_bytes.checked_sub(n_earlier) {
            slice.at = slice.from + n_bytes as usize;
            return self.give(slice, State::Between, sink);
        }
        let earlier = self.held.take();
        let (head, tail) = earlier.split_at(earlier.len().min(spot.n_bytes as usize));
        self.n_records += self.held.give(head, Kind::Whole, sink);
        self.state = State::Between;
        self.offset = self.held.offset + spot.n_bytes;
        self.push_to(tail, sink);
        (slice.at, slice.from) = (0, 0);
    }

    fn is_in_record(&self) -> bool {
        !matches!(self.state, State::Start | State::Margin | State::Between | State::Rest(_))
    }

    fn margin(&mut self, slice: &mut Slice<'_>, byte: u8, sink: &mut impl Sink) {
        match byte {
            b'\n' => self.line += 1,
            byte if is_blank(byte) => {}
            _ => {
                let text = slice.unread();
                // With the newline: what is longer is over-long.
                let text = text.get(..=self.held.limit()).unwrap_or(text);
                let Some(n) = sink.line(text, self.offset + slice.at as u64, self.line) else {
                    return self.begin(slice, State::Line);
                };
                debug_assert_eq!(
                    text.iter().skip(n).find(|&&byte| !is_blank(byte)),
                    Some(&b'\n'),
                    "the record is alone on its line"
                );
                self.n_records += 1;
                slice.at += n;
                if slice.unread().first() != Some(&b'\n') {
                    return;
                }
                self.line += 1;
            }
        }
        slice.at += 1;
    }

    fn line(&mut self, slice: &mut Slice<'_>, sink: &mut impl Sink) {
        let Some(n_before) = memchr(b'\n', slice.unread()) else {
            slice.at = slice.bytes.len();
            return;
        };
        slice.at += n_before;
        self.give(slice, State::Margin, sink);
    }
}
