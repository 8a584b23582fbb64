//! The first bytes: which container this is. It is decided by structure, while the bytes come in,
//! and what was read meanwhile is held as one record would be.
use super::reader::{Reader, Slice, State};
use super::structure::{Step, Structure};
use super::{Shape, Sink, is_blank};

const MARK: [u8; 3] = *b"\xef\xbb\xbf";

impl Reader {
    pub(super) fn start(&mut self, slice: &mut Slice<'_>, byte: u8) {
        match byte {
            b'\n' => self.line += 1,
            byte if is_blank(byte) => {}
            b'{' => self.begin(slice, State::Trial(Structure::opened(true))),
            b'[' => self.begin(slice, State::Bracket(true)),
            _ if byte == MARK[0] => return self.begin(slice, State::Mark(0)),
            _ => {
                self.shape = Shape::Lines;
                return self.begin(slice, State::Line);
            }
        }
        slice.at += 1;
    }

    pub(super) fn mark(&mut self, slice: &mut Slice<'_>, byte: u8, n_read: usize) {
        if MARK.get(n_read) != Some(&byte) {
            return self.go_by_lines();
        }
        slice.at += 1;
        let is_whole = n_read + 1 == MARK.len();
        self.state = if is_whole { State::Start } else { State::Mark(n_read + 1) };
    }

    /// `[` begins an array, or a line such as `[info] started`.
    pub(super) fn bracket(
        &mut self,
        slice: &mut Slice<'_>,
        byte: u8,
        is_bare: bool,
        sink: &mut impl Sink,
    ) {
        match byte {
            b'{' => self.take_for_array(slice, sink),
            b'\n' if is_bare => self.take_for_array(slice, sink),
            b'\n' => self.go_by_lines(),
            _ => {
                let separates = is_blank(byte) || matches!(byte, b'[' | b']' | b',');
                self.state = State::Bracket(is_bare && separates);
                slice.at += 1;
            }
        }
    }

    /// `{` begins the object around the events, a value over several lines, or the first of many
    /// lines, which may be torn.
    pub(super) fn trial(&mut self, slice: &mut Slice<'_>, sink: &mut impl Sink) {
        let State::Trial(object) = &mut self.state else { return };
        let (n_read, step) = object.scan(slice.unread(), false);
        let (is_sound, is_bare) = (!object.is_broken(), object.is_bare());
        slice.at += n_read;
        match step {
            Step::More | Step::Like => {}
            Step::Events => self.enter(),
            Step::Newline if is_sound => {
                // Every pretty-printer breaks after the first `{`, and no writer of lines does.
                if is_bare {
                    self.shape = Shape::Values;
                    self.state = State::Item(object.clone());
                }
                self.line += 1;
            }
            Step::Newline => {
                slice.at -= 1;
                self.take_for_lines(slice, sink);
            }
            Step::Closed if is_sound && self.held.line < self.line => {
                self.shape = Shape::Values;
                self.give(slice, State::Between, sink);
            }
            Step::Closed if is_sound => self.state = State::Tail,
            Step::Closed | Step::Cut => self.take_for_lines(slice, sink),
        }
    }

    pub(super) fn tail(&mut self, slice: &mut Slice<'_>, byte: u8, sink: &mut impl Sink) {
        match byte {
            b'{' | b',' => {
                self.shape = Shape::Values;
                self.give(slice, State::Between, sink);
            }
            byte if is_blank(byte) => slice.at += 1,
            _ => self.go_by_lines(),
        }
    }

    /// The input ended before the container was known.
    pub(super) fn end_opening(&mut self, sink: &mut impl Sink) {
        let nothing = &mut Slice { bytes: &[], at: 0, from: 0 };
        match self.state {
            State::Bracket(true) => self.take_for_array(nothing, sink),
            State::Trial(_) => self.take_for_lines(nothing, sink),
            State::Mark(_) | State::Bracket(false) | State::Tail => self.go_by_lines(),
            _ => {}
        }
    }

    fn take_for_array(&mut self, slice: &mut Slice<'_>, sink: &mut impl Sink) {
        self.shape = Shape::Array;
        if self.held.is_over_long(slice.at - slice.from) {
            self.n_arrays = 1;
            self.give(slice, State::Between, sink);
        } else {
            self.reread(slice, State::Between, sink);
        }
    }

    /// The first object is none: its first line is broken, and lines follow.
    fn take_for_lines(&mut self, slice: &mut Slice<'_>, sink: &mut impl Sink) {
        if self.held.line == self.line {
            self.go_by_lines();
        } else if self.held.is_over_long(slice.at - slice.from) {
            // Its lines were not kept, so they are lost as one record.
            self.shape = Shape::Values;
            self.give(slice, State::Between, sink);
        } else {
            self.shape = Shape::Lines;
            self.reread(slice, State::Margin, sink);
        }
    }

    fn go_by_lines(&mut self) {
        self.shape = Shape::Lines;
        self.state = State::Line;
    }
}
