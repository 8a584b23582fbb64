//! The structure of one JSON object, byte by byte: strings, brackets, and what may follow what.
//! Decodes nothing and holds nothing.
//!
//! Valid JSON is followed exactly. Broken JSON should cost the object that is broken and no other:
//!
//! - An opening bracket where JSON allows none begins something new: the object is cut before it.
//! - A closing bracket closes all up to its own kind; one that closes nothing is passed over.
//! - A string ends at a newline at the latest.
//! - A string that is followed by neither `:` nor `,` nor a closing bracket never ended: its last
//!   quote opened another, and so the next quote closes one again.
//! - An object inside that begins with the same key may be the next one, which a torn one took in.
//!   Where is remembered; what to make of it is decided by whoever finds the object broken.
use super::keys::{Keys, Role};
use memchr::memchr3;

/// Why [`Structure::scan`] stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The slice ended.
    More,
    /// After a newline.
    Newline,
    /// After the bracket that closes the object.
    Closed,
    /// Before a bracket that cannot belong to the object.
    Cut,
    /// After the bracket that opens the list under `events`.
    Events,
    /// After the first key of an object inside that begins like this one; only if asked to stop.
    Like,
}

/// A place inside the object, from its first byte.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) n_bytes: u64,
    pub(super) n_lines: u64,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Structure {
    /// How many brackets are open, the object's own included.
    depth: u32,
    /// Bit i: the bracket at depth i is `{`, else `[`. At 128 and deeper any closing bracket
    /// closes one: no decoder goes that deep.
    objects: u128,
    place: Place,
    quoting: Quoting,
    /// Something was seen that cannot be JSON.
    is_broken: bool,
    asks_for_events: bool,
    keys: Keys,
    /// The next byte.
    here: Spot,
    /// The last `{`.
    opened: Spot,
    /// The first object inside that begins like this one.
    like: Option<Spot>,
}

/// Whether the next byte is inside a string.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Quoting {
    #[default]
    Outside,
    Inside,
    /// After a backslash.
    Escaped,
}

/// What the last token was.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Place {
    #[default]
    Open,
    Comma,
    Colon,
    /// A string, on this line.
    Text,
    /// Any other value, or a bracket that closed one.
    Value,
}

impl Structure {
    /// After the object's `{`.
    pub(super) fn opened(asks_for_events: bool) -> Self {
        let here = Spot { n_bytes: 1, n_lines: 0 };
        Self { depth: 1, objects: 1, asks_for_events, here, ..Self::default() }
    }

    /// After one of the object's values.
    pub(super) fn after_value() -> Self {
        Self { place: Place::Value, ..Self::opened(true) }
    }

    /// Whether there was nothing yet but the `{`.
    pub(super) fn is_bare(&self) -> bool {
        self.depth == 1 && self.place == Place::Open && !self.is_broken
    }

    /// Whether something was seen that cannot be JSON. Brackets, strings and separators are looked
    /// at, and no more.
    pub(super) fn is_broken(&self) -> bool {
        self.is_broken
    }

    /// Where an object like this one first begins inside it.
    pub(super) fn like(&self) -> Option<Spot> {
        self.like
    }

    /// Reads on. Returns how many bytes were read, and why it stopped.
    pub(super) fn scan(&mut self, bytes: &[u8], stops_at_like: bool) -> (usize, Step) {
        let start = self.here.n_bytes;
        let (mut at, mut step) = (0, Step::More);
        while let (Step::More, Some(&byte)) = (step, bytes.get(at)) {
            self.here.n_bytes = start + at as u64;
            if self.quoting == Quoting::Outside {
                step = self.token(byte);
                // A byte that shows the string before it to be open is read again, as part of it.
                let is_reread = self.quoting == Quoting::Inside && byte != b'"';
                at += usize::from(step != Step::Cut && !is_reread);
            } else {
                let is_known = self.like.is_some();
                at += self.string(&bytes[at..]);
                if stops_at_like && !is_known && self.like.is_some() {
                    step = Step::Like;
                }
            }
        }
        self.here.n_bytes = start + at as u64;
        (at, step)
    }

    /// Reads inside a string, up to its end, a newline (left for [`Self::token`]) or an escape.
    fn string(&mut self, bytes: &[u8]) -> usize {
        let is_escaped = self.quoting == Quoting::Escaped && bytes.first() != Some(&b'\n');
        self.quoting = Quoting::Inside;
        if is_escaped {
            return 1;
        }
        let end = memchr3(b'"', b'\\', b'\n', bytes).unwrap_or(bytes.len());
        self.keys.part(&bytes[..end]);
        match bytes.get(end) {
            None => return end,
            Some(b'\\') => {
                self.quoting = Quoting::Escaped;
                self.keys.begin(Role::Other);
            }
            Some(b'"') => {
                self.quoting = Quoting::Outside;
                self.place = Place::Text;
                if self.keys.end() {
                    self.like = self.like.or(Some(self.opened));
                }
            }
            Some(_) => {
                self.quoting = Quoting::Outside;
                self.punctuate(Place::Value, false);
                self.keys.begin(Role::Other);
                return end;
            }
        }
        end + 1
    }

    fn token(&mut self, byte: u8) -> Step {
        let after_value = matches!(self.place, Place::Text | Place::Value);
        match byte {
            b'"' => self.quote(),
            b'{' | b'[' => return self.open(byte == b'{'),
            b'}' | b']' => return self.close(byte == b'}'),
            b':' => self.punctuate(Place::Colon, after_value && self.is_in_object() != Some(false)),
            b',' => self.punctuate(Place::Comma, after_value),
            b'\n' => {
                if self.place == Place::Text {
                    self.place = Place::Value;
                }
                self.here.n_lines += 1;
                return Step::Newline;
            }
            b' ' | b'\t' | b'\r' => {}
            _ if self.place == Place::Text => self.reopen(),
            _ => self.punctuate(Place::Value, self.place == Place::Value || self.takes_value()),
        }
        Step::More
    }

    fn quote(&mut self) {
        if self.place == Place::Text {
            self.is_broken = true;
            self.keys.begin(Role::Other);
            return;
        }
        self.is_broken |= self.place == Place::Value;
        self.keys.begin(match (self.depth, self.place) {
            (1, Place::Open) => Role::First,
            (1, Place::Comma) => Role::Own,
            (_, Place::Open) if self.is_in_object() == Some(true) => Role::FirstInside,
            _ => Role::Other,
        });
        self.quoting = Quoting::Inside;
    }

    fn reopen(&mut self) {
        self.quoting = Quoting::Inside;
        self.is_broken = true;
        self.keys.begin(Role::Other);
    }

    fn punctuate(&mut self, place: Place, is_sound: bool) {
        self.is_broken |= !is_sound;
        self.place = place;
    }

    fn open(&mut self, is_object: bool) -> Step {
        if !self.takes_value() {
            return Step::Cut;
        }
        if !is_object && self.asks_for_events && self.depth == 1 && self.keys.is_events() {
            return Step::Events;
        }
        if is_object {
            self.opened = self.here;
        }
        if let Some(bit) = 1_u128.checked_shl(self.depth) {
            self.objects = if is_object { self.objects | bit } else { self.objects & !bit };
        }
        self.depth = self.depth.saturating_add(1);
        self.place = Place::Open;
        Step::More
    }

    fn close(&mut self, is_object: bool) -> Step {
        let after_value = !matches!(self.place, Place::Colon | Place::Comma);
        self.punctuate(Place::Value, after_value);
        let Some(known) = 1_u128.checked_shl(self.depth) else {
            self.depth -= 1;
            return Step::More;
        };
        let same_kind = if is_object { self.objects } else { !self.objects };
        let Some(level) = (same_kind & (known - 1)).checked_ilog2() else {
            self.is_broken = true;
            return Step::More;
        };
        self.is_broken |= level + 1 != self.depth;
        self.depth = level;
        if level == 0 { Step::Closed } else { Step::More }
    }

    /// Whether a value may begin here.
    fn takes_value(&self) -> bool {
        match self.place {
            Place::Colon => self.is_in_object() != Some(false),
            Place::Open | Place::Comma => self.is_in_object() != Some(true),
            Place::Text | Place::Value => false,
        }
    }

    /// Whether the innermost bracket is `{`; `None` where that is not remembered.
    fn is_in_object(&self) -> Option<bool> {
        let bits = self.objects.checked_shr(self.depth.saturating_sub(1))?;
        Some(bits & 1 == 1)
    }
}
