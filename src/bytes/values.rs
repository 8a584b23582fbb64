//! Records by structure. Between them `[`, `]` and commas only separate: so arrays may follow one
//! another or be nested, and a bracket too many or too few costs no more than its own record.
use super::reader::{Reader, Slice, State};
use super::stray::Stray;
use super::structure::{Spot, Step, Structure};
use super::{Shape, Sink, is_blank};

impl Reader {
    pub(super) fn between(&mut self, slice: &mut Slice<'_>, byte: u8) {
        match byte {
            b'{' => {
                let asks_for_events = self.envelope.is_none();
                self.begin(slice, State::Item(Structure::opened(asks_for_events)));
            }
            b'[' => self.n_arrays += 1,
            b']' => self.close_array(),
            b'\n' => self.line += 1,
            byte if byte == b',' || is_blank(byte) => {}
            _ => return self.begin(slice, State::Stray(Stray::Begun)),
        }
        slice.at += 1;
    }

    /// An object. One that is broken, and holds another that begins like it, took that in where it
    /// was torn: it is split there, and so is what it took in as far as it was read.
    pub(super) fn item(&mut self, slice: &mut Slice<'_>, sink: &mut impl Sink) {
        let is_in_broken = self.held.offset < self.broken_until;
        let n_more = self.held.n_until_over_long(slice.at - slice.from);
        let State::Item(object) = &mut self.state else { return };
        // Up to the byte that makes it over-long: so far it can be gone back to.
        let unread = slice.unread();
        let part = n_more.and_then(|n_more| unread.get(..n_more)).unwrap_or(unread);
        let (n_read, step) = object.scan(part, is_in_broken && n_more.is_some());
        let like = object.like().filter(|_| n_more.is_some());
        let is_broken = step == Step::Cut || object.is_broken();
        slice.at += n_read;
        self.line += u64::from(step == Step::Newline);
        let is_over_long = self.held.is_over_long(slice.at - slice.from);
        match (step, like) {
            (Step::Like, Some(spot)) => self.split(slice, spot, sink),
            (_, Some(spot)) if is_over_long => self.split_all(slice, spot, sink),
            (Step::Closed | Step::Cut, Some(spot)) if is_broken => {
                self.split_all(slice, spot, sink);
            }
            (Step::Closed | Step::Cut, _) => self.give(slice, State::Between, sink),
            (Step::Events, _) => self.enter(),
            (Step::More | Step::Newline | Step::Like, _) => {}
        }
    }

    /// The input ended inside an object.
    pub(super) fn end_item(&mut self, sink: &mut impl Sink) {
        let State::Item(object) = &self.state else { return };
        if let Some(spot) = object.like()
            && !self.held.is_over_long(0)
        {
            self.split_all(&mut Slice { bytes: &[], at: 0, from: 0 }, spot, sink);
        }
    }

    fn split_all(&mut self, slice: &mut Slice<'_>, spot: Spot, sink: &mut impl Sink) {
        self.broken_until = self.offset + slice.at as u64;
        self.split(slice, spot, sink);
    }

    pub(super) fn stray(&mut self, slice: &mut Slice<'_>, sink: &mut impl Sink) {
        let State::Stray(run) = &mut self.state else { return };
        let end = run.scan(slice.unread());
        slice.at += end.unwrap_or(slice.unread().len());
        if end.is_some() {
            self.give(slice, State::Between, sink);
        }
    }

    pub(super) fn rest(&mut self, slice: &mut Slice<'_>) {
        let State::Rest(object) = &mut self.state else { return };
        let (n_read, step) = object.scan(slice.unread(), false);
        slice.at += n_read;
        match step {
            Step::More | Step::Like => {}
            Step::Newline => self.line += 1,
            Step::Closed => {
                self.envelope = None;
                self.state = State::Between;
            }
            // The list had not ended (`]` was one too many), or there is a second one.
            Step::Cut | Step::Events => {
                self.n_arrays += 1;
                self.state = State::Between;
            }
        }
    }

    /// The object in hand is no record: it holds the records, under `events`.
    pub(super) fn enter(&mut self) {
        if matches!(self.state, State::Trial(_)) || self.shape == Shape::Values {
            self.shape = Shape::Object;
        }
        self.envelope = Some(self.n_arrays);
        self.n_arrays += 1;
        self.state = State::Between;
    }

    fn close_array(&mut self) {
        self.n_arrays = self.n_arrays.saturating_sub(1);
        if self.envelope == Some(self.n_arrays) {
            self.state = State::Rest(Structure::after_value());
        }
    }
}
