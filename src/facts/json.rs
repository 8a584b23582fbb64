//! JSON text set for reading: line breaks and indents between its tokens, and nothing else changed,
//! so that numbers and spellings stay as they were written.
use serde::de::IgnoredAny;

/// Deeper levels are not indented any further, so that no text grows without bound.
const MAX_LEVELS: usize = 32;

/// Whether `text` is one JSON value.
pub fn is_json(text: &[u8]) -> bool {
    serde_json::from_slice::<IgnoredAny>(text).is_ok()
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
        let inside = rest.trim_start_matches([' ', '\t', '\r', '\n']);
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
