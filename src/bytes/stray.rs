//! What stands where an object should: a number, a string, words. Holds nothing.

/// A run of such bytes on one line: a string and what sticks to it, or anything without strings.
#[derive(Clone, Copy, Debug)]
pub(super) enum Stray {
    Begun,
    /// Inside the string that the run began with.
    Quoted,
    Escaped,
    /// Quotes mean nothing any more: one that nobody closes must not swallow what follows.
    Plain,
}

impl Stray {
    /// Reads on. Returns where the run ends: before a comma, a `]`, a `{` or a newline.
    pub(super) fn scan(&mut self, bytes: &[u8]) -> Option<usize> {
        bytes.iter().position(|&byte| self.ends_before(byte))
    }

    fn ends_before(&mut self, byte: u8) -> bool {
        let (ends, next) = match (*self, byte) {
            (_, b'\n') | (Self::Plain, b',' | b']' | b'{') => (true, Self::Plain),
            (Self::Begun, b'"') | (Self::Escaped, _) => (false, Self::Quoted),
            (Self::Quoted, b'\\') => (false, Self::Escaped),
            (Self::Quoted, byte) if byte != b'"' => (false, Self::Quoted),
            _ => (false, Self::Plain),
        };
        *self = next;
        ends
    }
}
