//! The twin of `bytes`: the same rules over a whole text in memory, with lookahead instead of
//! states, and positions instead of counts.
use lineage::bytes::{HEAD_BYTES, Kind};

/// Bytes, offset, line, kind.
pub type Found = (Vec<u8>, u64, u64, Kind);

pub fn records(text: &[u8], limit: usize) -> Vec<Found> {
    let mut twin = Twin { text, limit, found: Vec::new() };
    twin.read();
    twin.found
}

struct Twin<'a> {
    text: &'a [u8],
    limit: usize,
    found: Vec<Found>,
}

/// How an object ends that begins before a position.
enum End {
    Closed(usize),
    Cut(usize),
    Events(usize),
    Open,
}

struct Object {
    end: End,
    /// The first place that cannot be JSON.
    unsound: Option<usize>,
    /// The first object inside that begins with the same key, and the end of that key.
    like: Option<(usize, usize)>,
}

#[derive(Clone, Copy, PartialEq)]
enum Last {
    Open,
    Comma,
    Colon,
    Text,
    Value,
}

impl Twin<'_> {
    fn read(&mut self) {
        let mut start = self.skip(0, b" \t\r\n");
        while self.text[start..].starts_with(b"\xef\xbb\xbf") {
            start = self.skip(start + 3, b" \t\r\n");
        }
        match self.text.get(start) {
            Some(b'[') => self.bracket(start),
            Some(b'{') => self.opening(start),
            _ => self.lines(start),
        }
    }

    fn bracket(&mut self, start: usize) {
        let rest = &self.text[start..];
        let known = rest.iter().position(|byte| b"{\n".contains(byte)).unwrap_or(rest.len());
        let is_bare = self.skip(start, b" \t\r[],") >= start + known;
        if is_bare || rest.get(known) == Some(&b'{') {
            if known > self.limit {
                self.give(start, start + known, Kind::Whole);
                return self.values(start + known);
            }
            self.values(start);
        } else {
            self.lines(start);
        }
    }

    fn opening(&mut self, start: usize) {
        let line_end = self.find(start, b'\n');
        if line_end.is_some_and(|end| self.skip(start + 1, b" \t\r") == end) {
            return self.values(start);
        }
        let Object { end, unsound, .. } = self.object(start + 1, Last::Open, true);
        let at = match end {
            End::Closed(at) | End::Cut(at) | End::Events(at) => at,
            End::Open => self.text.len(),
        };
        if let Some(newline) = unsound.and_then(|place| self.find(place, b'\n'))
            && newline < at
        {
            return self.broken_opening(start, newline);
        }
        match end {
            End::Events(_) => self.values(start),
            End::Closed(_) if unsound.is_none() => {
                let next = self.skip(at, b" \t\r");
                if self.text[start..at].contains(&b'\n') {
                    self.give(start, at, Kind::Whole);
                    self.values(at);
                } else if matches!(self.text.get(next), Some(b'{' | b',')) {
                    self.give(start, next, Kind::Whole);
                    self.values(next);
                } else {
                    self.lines(start);
                }
            }
            _ => self.broken_opening(start, at),
        }
    }

    fn broken_opening(&mut self, start: usize, at: usize) {
        if self.text[start..at].contains(&b'\n') && at - start > self.limit {
            self.give(start, at, Kind::Whole);
            return self.values(at);
        }
        self.lines(start);
    }

    fn lines(&mut self, start: usize) {
        let mut from = start;
        while let Some(end) = self.find(from, b'\n') {
            self.give(self.skip(from, b" \t\r").min(end), end, Kind::Whole);
            from = end + 1;
        }
        self.give(self.skip(from, b" \t\r"), self.text.len(), Kind::Unended);
    }

    fn values(&mut self, start: usize) {
        let (mut at, mut n_arrays, mut envelope) = (start, 0_usize, None);
        let mut broken_until = 0;
        while let Some(&byte) = self.text.get(at) {
            match byte {
                b'{' => {
                    let object = self.object(at + 1, Last::Open, envelope.is_none());
                    let (end, is_whole) = match object.end {
                        End::Closed(end) => (end, object.unsound.is_none()),
                        End::Events(end) => (end, true),
                        End::Cut(end) => (end, false),
                        End::Open => (self.text.len(), false),
                    };
                    let end = end.min(at.saturating_add(self.limit + 1));
                    let is_broken = !is_whole || end - at > self.limit;
                    if let Some((like, key_end)) = object.like
                        && key_end <= end
                        && (is_broken || at < broken_until)
                    {
                        broken_until = if at < broken_until { broken_until } else { end };
                        self.give(at, like, Kind::Whole);
                        at = like;
                        continue;
                    }
                    match object.end {
                        End::Closed(end) | End::Cut(end) => {
                            self.give(at, end, Kind::Whole);
                            at = end;
                        }
                        End::Events(end) => {
                            envelope = Some(n_arrays);
                            n_arrays += 1;
                            at = end;
                        }
                        End::Open => return self.give(at, self.text.len(), Kind::Unended),
                    }
                }
                b']' => {
                    at += 1;
                    n_arrays = n_arrays.saturating_sub(1);
                    if envelope == Some(n_arrays) {
                        match self.object(at, Last::Value, true).end {
                            End::Closed(end) => (at, envelope) = (end, None),
                            End::Cut(end) | End::Events(end) => {
                                at = end;
                                n_arrays += 1;
                            }
                            End::Open => return,
                        }
                    }
                }
                b'[' | b',' | b' ' | b'\t' | b'\r' | b'\n' => {
                    n_arrays += usize::from(byte == b'[');
                    at += 1;
                }
                _ => {
                    let Some(end) = self.stray(at) else {
                        return self.give(at, self.text.len(), Kind::Unended);
                    };
                    self.give(at, end, Kind::Whole);
                    at = end;
                }
            }
        }
    }

    fn stray(&self, from: usize) -> Option<usize> {
        let mut at = from;
        if self.text[from] == b'"' {
            at = self.string_end(from + 1)?;
            at += usize::from(self.text[at] == b'"');
        }
        let n_before = self.text[at..].iter().position(|byte| b"\n,]{".contains(byte))?;
        Some(at + n_before)
    }

    /// From inside an object.
    fn object(&self, from: usize, last: Last, asks: bool) -> Object {
        let (mut at, mut last) = (from, last);
        let mut stack = vec![b'{'];
        let (mut key, mut first): (&[u8], &[u8]) = (b"", b"");
        let (mut unsound, mut like, mut opened) = (None, None, 0);
        while let Some(&byte) = self.text.get(at) {
            let in_object = stack.last() == Some(&b'{');
            let after_value = matches!(last, Last::Text | Last::Value);
            let takes_value = match last {
                Last::Open | Last::Comma => !in_object,
                Last::Colon => in_object,
                Last::Text | Last::Value => false,
            };
            let opens_key = stack.len() == 1 && matches!(last, Last::Open | Last::Comma);
            let (is_sound, next, n_read) = match byte {
                b' ' | b'\t' | b'\r' => (true, last, 1),
                b'\n' => (true, if last == Last::Text { Last::Value } else { last }, 1),
                b'"' if last == Last::Text => {
                    key = b"";
                    (false, last, 1)
                }
                b'[' if takes_value && asks && stack.len() == 1 && key == b"events" => {
                    return Object { end: End::Events(at + 1), unsound, like };
                }
                b'{' | b'[' if takes_value => {
                    stack.push(byte);
                    opened = if byte == b'{' { at } else { opened };
                    (true, Last::Open, 1)
                }
                b'{' | b'[' => return Object { end: End::Cut(at), unsound, like },
                b'}' | b']' => {
                    let other = if byte == b'}' { b'{' } else { b'[' };
                    let level = stack.iter().rposition(|&open| open == other);
                    let is_top = level == Some(stack.len() - 1);
                    stack.truncate(level.unwrap_or(stack.len()));
                    let is_sound = is_top && !matches!(last, Last::Colon | Last::Comma);
                    (is_sound, Last::Value, 1)
                }
                b':' => (after_value && in_object, Last::Colon, 1),
                b',' => (after_value, Last::Comma, 1),
                _ if byte == b'"' || last == Last::Text => {
                    let inside = at + usize::from(byte == b'"');
                    let Some(end) = self.string_end(inside) else {
                        return Object { end: End::Open, unsound, like };
                    };
                    let is_key = opens_key && self.text[end] == b'"';
                    key = if is_key { &self.text[inside..end] } else { b"" };
                    let is_first = byte == b'"' && last == Last::Open && self.text[end] == b'"';
                    let text = &self.text[inside..end];
                    let is_plain = (1..=32).contains(&text.len()) && !text.contains(&b'\\');
                    if is_first && is_plain && stack.len() == 1 {
                        first = text;
                    } else if is_first && in_object && text == first && is_plain {
                        like = like.or(Some((opened, end + 1)));
                    }
                    if self.text[end] == b'"' {
                        (byte == b'"' && last != Last::Value, Last::Text, end + 1 - at)
                    } else {
                        (false, Last::Value, end - at)
                    }
                }
                _ => (last == Last::Value || takes_value, Last::Value, 1),
            };
            if !is_sound {
                unsound = unsound.or(Some(at));
            }
            (last, at) = (next, at + n_read);
            if stack.is_empty() {
                return Object { end: End::Closed(at), unsound, like };
            }
        }
        Object { end: End::Open, unsound, like }
    }

    /// Of the quote that ends a string, or of the newline that does.
    fn string_end(&self, from: usize) -> Option<usize> {
        let mut at = from;
        loop {
            match self.text.get(at)? {
                b'"' | b'\n' => return Some(at),
                b'\\' if self.text.get(at + 1).is_some_and(|&next| next != b'\n') => at += 2,
                _ => at += 1,
            }
        }
    }

    fn give(&mut self, from: usize, to: usize, kind: Kind) {
        let is_long = to - from > self.limit;
        let shown = if is_long { (to - from).min(HEAD_BYTES) } else { to - from };
        let (mut start, mut end) = (from, from + shown);
        if self.text[start..end].starts_with(b"\xef\xbb\xbf") {
            start = self.skip(start + 3, b" \t\r").min(end);
        }
        while end > start && b" \t\r\n".contains(&self.text[end - 1]) {
            end -= 1;
        }
        if start < end || is_long {
            let kind = if is_long { Kind::OverLong { n_bytes: (to - from) as u64 } } else { kind };
            let line = self.text[..from].split(|&byte| byte == b'\n').count();
            self.found.push((self.text[start..end].to_vec(), start as u64, line as u64, kind));
        }
    }

    fn skip(&self, from: usize, blanks: &[u8]) -> usize {
        let n_blanks = self.text[from..].iter().take_while(|byte| blanks.contains(byte)).count();
        from + n_blanks
    }

    fn find(&self, from: usize, byte: u8) -> Option<usize> {
        self.text[from..].iter().position(|&other| other == byte).map(|n_before| from + n_before)
    }
}
