//! A table as a file to keep: CSV (RFC 4180) or JSON, one object a line. The same cells as on screen.
use std::fmt::Write;

/// What a table is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// With a heading; lines end in CR LF.
    Csv,
    /// One JSON object a line, with the headings as keys.
    Ndjson,
}

/// The value of one cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// A count or a number of nanoseconds.
    Number(u64),
    /// Any text.
    Text(String),
}

/// A file being written, line by line.
#[derive(Clone, Debug)]
pub struct Sheet {
    head: &'static [&'static str],
    format: Format,
    text: String,
}

impl Format {
    /// What names of such files end in.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Ndjson => "ndjson",
        }
    }

    /// The media type.
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Csv => "text/csv",
            Self::Ndjson => "application/x-ndjson",
        }
    }
}

impl Sheet {
    /// A file with these headings and nothing below them.
    pub fn new(head: &'static [&'static str], format: Format) -> Self {
        let mut text = String::new();
        if format == Format::Csv {
            text.push_str(&head.join(","));
            text.push_str("\r\n");
        }
        Self { head, format, text }
    }

    /// Writes one line; cells are those of the headings, in order. Missing ones are left out.
    pub fn line(&mut self, cells: &[Field]) {
        match self.format {
            Format::Csv => self.csv_line(cells),
            Format::Ndjson => self.json_line(cells),
        }
    }

    /// The text of the file.
    pub fn finish(self) -> String {
        self.text
    }

    fn csv_line(&mut self, cells: &[Field]) {
        for at in 0..self.head.len() {
            if at > 0 {
                self.text.push(',');
            }
            match cells.get(at) {
                Some(Field::Number(number)) => self.text.push_str(&number.to_string()),
                Some(Field::Text(text)) => write_csv_text(&mut self.text, text),
                None => {}
            }
        }
        self.text.push_str("\r\n");
    }

    fn json_line(&mut self, cells: &[Field]) {
        let out = &mut self.text;
        for (at, (key, value)) in self.head.iter().zip(cells).enumerate() {
            out.push(if at > 0 { ',' } else { '{' });
            write_json_text(out, key);
            out.push(':');
            match value {
                Field::Number(number) => out.push_str(&number.to_string()),
                Field::Text(text) => write_json_text(out, text),
            }
        }
        out.push_str("}\n");
    }
}

/// A text that a spreadsheet would take for a formula is led by a quote.
fn write_csv_text(out: &mut String, text: &str) {
    let guard = if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
    if guard.is_empty() && !text.contains(['"', ',', '\n', '\r']) {
        out.push_str(text);
    } else {
        // Writing to a string does not fail.
        let _ = write!(out, "\"{guard}{}\"", text.replace('"', "\"\""));
    }
}

/// RFC 8259: quotes, backslashes and control characters are escaped.
fn write_json_text(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            // Writing to a string does not fail.
            '\0'..' ' => _ = write!(out, "\\u{:04x}", u32::from(c)),
            _ => out.push(c),
        }
    }
    out.push('"');
}
