//! A databuild record without the names in it: each is replaced by a short stand-in, the same one
//! wherever it stands, so that the log opens as the same picture. Whatever is not known to be harmless
//! is replaced or left out. Does not know where records come from.
//!
//! Kept: kinds, event ids, times, durations, and of a ref what its whole dataset has in common, such as
//! `data/report/region=*/part-*`. Replaced: ids of wants, job runs and taints, job labels, the rest of
//! refs, uuids, users, comments, reasons. Left out: members that no databuild event has.
use std::fmt::Write as _;

use crate::events::{EventKind, Id, NameTable, TextId};
use crate::facts::json::{Json, Kind};

/// Gives the stand-ins of one log.
#[derive(Debug, Default)]
pub struct Redactor {
    /// What was replaced, by what it is; a stand-in tells its row.
    names: [NameTable<TextId>; Of::N],
}

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    Want,
    Run,
    Taint,
    Label,
    User,
    Words,
    Uuid,
    /// The value of a `key=value` segment of a ref.
    Value,
    /// A run of digits in any other segment.
    Digits,
    /// No name itself: it is made of the two above.
    Ref,
}

impl Of {
    const N: usize = Self::Ref as usize;
}

/// What may stand under a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Held {
    /// A number, or digits.
    Number,
    /// The kind of an event.
    Kind,
    /// Objects and lists of them.
    Parts,
    /// Texts.
    Name(Of),
}

/// What is open while a record is written.
struct Open {
    /// The first value that it does not hold.
    end: usize,
    closer: char,
    /// What the items of a list are.
    held: Held,
    is_first: bool,
}

impl Redactor {
    /// The record without its names, on one line; none of what is no databuild event.
    pub fn redact(&mut self, record: &str) -> Option<String> {
        let json = Json::read(record)?;
        let is_event = |(key, kind): (&str, &Kind<'_>)| {
            is_kind(key) || plain(key) == "event" && *kind == Kind::Object || {
                plain(key) == "eventtype" && matches!(kind, Kind::Text(text) if is_kind(text))
            }
        };
        let mut members = json.root().members().into_iter();
        members
            .any(|(key, it)| it.kind().is_some_and(|kind| is_event((key, kind))))
            .then_some(())?;
        let mut line = String::with_capacity(record.len());
        let mut open: Vec<Open> = Vec::new();
        let mut at = 0;
        while let Some((key, kind, end)) = json.entry(at) {
            close(&mut line, &mut open, at);
            let held = match open.last() {
                Some(holder) if holder.closer == '}' => held_under(key),
                Some(holder) => Some(holder.held),
                None => Some(Held::Parts),
            };
            let Some(held) = held else {
                at = end;
                continue;
            };
            if let Some(holder) = open.last_mut() {
                if !std::mem::take(&mut holder.is_first) {
                    line.push(',');
                }
                if holder.closer == '}' {
                    // A known key has neither quotes nor escapes.
                    line.push('"');
                    line.push_str(key);
                    line.push_str("\":");
                }
            }
            self.value(&mut line, held, kind);
            if let Some((opener, closer)) = brackets(kind) {
                line.push(opener);
                open.push(Open { end, closer, held, is_first: true });
            }
            at += 1;
        }
        close(&mut line, &mut open, usize::MAX);
        Some(line)
    }

    fn value(&mut self, line: &mut String, held: Held, kind: &Kind<'_>) {
        match (kind, held) {
            (Kind::Text(text), held) => {
                line.push('"');
                self.text(line, held, text);
                line.push('"');
            }
            (Kind::Number(number), Held::Number) => line.push_str(number),
            // Of the wrong type, and that it stays.
            (Kind::Number(_), _) => line.push('0'),
            (Kind::Bool(is), _) => line.push_str(if *is { "true" } else { "false" }),
            (Kind::Null, _) => line.push_str("null"),
            (Kind::List | Kind::Object, _) => {}
        }
    }

    fn text(&mut self, line: &mut String, held: Held, text: &str) {
        match held {
            _ if text.is_empty() => {}
            Held::Number if text.bytes().all(|byte| byte.is_ascii_digit()) => line.push_str(text),
            Held::Kind if is_kind(text) => line.push_str(text),
            Held::Name(Of::Ref) => self.reference(line, text),
            Held::Name(of) => self.stand_in(line, of, text),
            Held::Number | Held::Kind | Held::Parts => self.stand_in(line, Of::Words, text),
        }
    }

    fn stand_in(&mut self, line: &mut String, of: Of, text: &str) {
        let names = &mut self.names[of as usize % Of::N];
        let lower = text.to_ascii_lowercase();
        let id = names.intern(if of == Of::Uuid { &lower } else { text });
        let n = id.map_or(0, |id| id.index() + 1);
        // Writing to a text does not fail.
        let _ = match of {
            Of::Want => write!(line, "want-{n}"),
            Of::Run => write!(line, "run-{n}"),
            Of::Taint => write!(line, "taint-{n}"),
            Of::Label => write!(line, "job-{n}"),
            Of::User => write!(line, "user-{n}"),
            Of::Words => write!(line, "text-{n}"),
            Of::Uuid => write!(line, "00000000-0000-8000-8000-{n:012}"),
            Of::Value => write!(line, "v{n}"),
            Of::Digits | Of::Ref => write!(line, "{n}"),
        };
    }

    /// As `history::dataset_pattern` stars it.
    fn reference(&mut self, line: &mut String, reference: &str) {
        for (i, segment) in reference.split('/').enumerate() {
            if i > 0 {
                line.push('/');
            }
            if let Some((key, value)) = segment.split_once('=') {
                push_escaped(line, key);
                line.push('=');
                self.stand_in(line, Of::Value, value);
                continue;
            }
            let mut rest = segment;
            while !rest.is_empty() {
                let n_plain = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
                let (before, after) = rest.split_at(n_plain);
                push_escaped(line, before);
                let n_digits = after.find(|c: char| !c.is_ascii_digit()).unwrap_or(after.len());
                let (digits, after) = after.split_at(n_digits);
                if !digits.is_empty() {
                    self.stand_in(line, Of::Digits, digits);
                }
                rest = after;
            }
        }
    }
}

/// Closes what does not hold the value at `at`.
fn close(line: &mut String, open: &mut Vec<Open>, at: usize) {
    while let Some(closed) = open.pop_if(|holder| holder.end <= at) {
        line.push(closed.closer);
    }
}

fn brackets(kind: &Kind<'_>) -> Option<(char, char)> {
    match kind {
        Kind::List => Some(('[', ']')),
        Kind::Object => Some(('{', '}')),
        _ => None,
    }
}

/// One spelling for all: `wantCreateV1`, `WantCreateV1` and `want_create_v1`.
fn plain(key: &str) -> String {
    key.chars().filter(|&c| c != '_').map(|c| c.to_ascii_lowercase()).collect()
}

fn is_kind(text: &str) -> bool {
    let text = plain(text);
    EventKind::ALL.iter().any(|kind| plain(kind.name()) == text)
}

/// Nothing of a key that is not known.
fn held_under(key: &str) -> Option<Held> {
    Some(match plain(key).as_str() {
        "eventid" | "timestamp" | "datatimestamp" | "ttlseconds" | "slaseconds" => Held::Number,
        "eventtype" => Held::Kind,
        "event"
        | "payload"
        | "source"
        | "manuallytriggered"
        | "jobtriggered"
        | "wantattributedpartitions"
        | "readdeps"
        | "missingdeps" => Held::Parts,
        "partitions" | "rootpartitions" | "buildingpartitions" | "impacted" | "read"
        | "missing" | "ref" | "str" => Held::Name(Of::Ref),
        "wantid" => Held::Name(Of::Want),
        "jobrunid" => Held::Name(Of::Run),
        "taintid" => Held::Name(Of::Taint),
        "joblabel" => Held::Name(Of::Label),
        "user" => Held::Name(Of::User),
        "comment" | "reason" => Held::Name(Of::Words),
        "uuid" => Held::Name(Of::Uuid),
        _ if is_kind(key) => Held::Parts,
        _ => return None,
    })
}

/// As it stands in a string of JSON.
fn push_escaped(line: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '"' | '\\' => line.extend(['\\', c]),
            // Writing to a text does not fail.
            '\0'..='\u{1f}' => drop(write!(line, "\\u{:04x}", c as u32)),
            _ => line.push(c),
        }
    }
}
