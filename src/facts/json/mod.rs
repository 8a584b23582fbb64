//! JSON text set for reading: line breaks and indents between its tokens, and nothing else changed,
//! so that numbers and spellings stay as they were written. Tells tokens apart and never judges them.
mod tree;

pub use tree::{Json, Kind, Node};

/// Deeper levels are not indented any further, so that no text grows without bound.
const MAX_LEVELS: usize = 32;

/// What may stand between tokens.
const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];

/// Whether `text` begins and ends as one JSON object: every bracket and every string that is opened is
/// closed, the first bracket last. Tells a record that was cut or has moved from a whole one; what
/// stands between the brackets may still be wrong.
pub fn is_whole_object(text: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(text) else { return false };
    let text = text.trim_matches(BLANKS);
    let mut open: Vec<u8> = Vec::new();
    let mut at = 0;
    while let Some(&byte) = text.as_bytes().get(at) {
        let n_bytes = if byte == b'"' { string_len(&text[at..]) } else { 1 };
        let string = text.get(at..at + n_bytes);
        match byte {
            b'{' => open.push(b'}'),
            b'[' => open.push(b']'),
            b'}' | b']' if open.pop() != Some(byte) => return false,
            b'"' if !string.is_some_and(is_closed) => return false,
            _ => {}
        }
        at += n_bytes;
        if open.is_empty() {
            return at == text.len() && byte == b'}';
        }
    }
    false
}

/// Whether a string token has its last quote.
fn is_closed(string: &str) -> bool {
    let inside = string.strip_prefix('"').and_then(|string| string.strip_suffix('"'));
    let n_slashes = |inside: &str| inside.len() - inside.trim_end_matches('\\').len();
    inside.is_some_and(|inside| n_slashes(inside).is_multiple_of(2))
}

/// `{"a":[1,2]}` with each member on a line of its own. Any text is taken; what stands in quotes
/// stays as it is.
pub fn pretty(text: &str) -> String {
    let mut printer = Printer { out: String::with_capacity(text.len() * 2), depth: 0 };
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let n_bytes = if c == '"' { string_len(rest) } else { c.len_utf8() };
        let (chunk, after) = rest.split_at(n_bytes);
        rest = after;
        match c {
            '{' | '[' => rest = printer.open(c, rest),
            '}' | ']' => printer.close(c),
            ',' => {
                printer.out.push(',');
                printer.new_line();
            }
            ':' => printer.out.push_str(": "),
            ' ' | '\t' | '\r' | '\n' => {}
            _ => printer.out.push_str(chunk),
        }
    }
    printer.out
}

struct Printer {
    out: String,
    depth: usize,
}

impl Printer {
    /// What is empty stays on its line: `{}`. The text after what was taken.
    fn open<'t>(&mut self, opener: char, rest: &'t str) -> &'t str {
        let inside = rest.trim_start_matches(BLANKS);
        let closer = if opener == '{' { '}' } else { ']' };
        self.out.push(opener);
        if let Some(after) = inside.strip_prefix(closer) {
            self.out.push(closer);
            return after;
        }
        self.depth += 1;
        self.new_line();
        inside
    }

    fn close(&mut self, closer: char) {
        self.depth = self.depth.saturating_sub(1);
        self.new_line();
        self.out.push(closer);
    }

    fn new_line(&mut self) {
        self.out.push('\n');
        let n_spaces = 2 * self.depth.min(MAX_LEVELS);
        self.out.extend(std::iter::repeat_n(' ', n_spaces));
    }
}

/// Bytes of the string that `text` begins with, quotes included; all of it where it does not end.
fn string_len(text: &str) -> usize {
    let mut is_escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(1) {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}
