//! Events as JSON text, in any of the four spellings of the envelope.

use super::catalog::{Catalog, Part};
use super::dates::DAY_SECONDS;
use super::event::{Comment, Deps, Event, Payload, Source};

/// How an envelope is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Spelling {
    /// `{"event_id":1,"timestamp":"…","want_create_v1":{…}}`
    Proto,
    /// `{"eventId":"1","timestamp":"…","wantCreateV1":{…}}`, all fields in lower camel case.
    Camel,
    /// `{"event_id":1,"timestamp":…,"event":{"WantCreateV1":{…}}}`
    Nested,
    /// `{"event_id":1,"timestamp":…,"event_type":"want_create_v1","payload":{…}}`
    Row,
}

/// Writes events, one at a time.
pub struct Writer<'a> {
    catalog: &'a Catalog,
    spelling: Spelling,
    out: Vec<u8>,
}

impl<'a> Writer<'a> {
    /// A writer of refs and labels of `catalog`.
    pub fn new(catalog: &'a Catalog, spelling: Spelling) -> Self {
        Self { catalog, spelling, out: Vec::with_capacity(4096) }
    }

    /// The event as one JSON object without a line end.
    pub fn line(&mut self, event: &Event) -> &[u8] {
        self.out.clear();
        let kind = event.payload.kind();
        self.open(b'{');
        if self.spelling == Spelling::Camel {
            self.string_number("event_id", event.id);
        } else {
            self.key("event_id");
            push_number(&mut self.out, event.id);
        }
        self.number("timestamp", event.nanos);
        match self.spelling {
            Spelling::Proto | Spelling::Camel => self.key(kind),
            Spelling::Nested => {
                self.key("event");
                self.open(b'{');
                self.pascal_key(kind);
            }
            Spelling::Row => {
                self.text("event_type", kind);
                self.key("payload");
            }
        }
        self.open(b'{');
        self.payload(&event.payload);
        self.out.push(b'}');
        if self.spelling == Spelling::Nested {
            self.out.push(b'}');
        }
        self.out.push(b'}');
        &self.out
    }

    fn payload(&mut self, payload: &Payload) {
        match payload {
            Payload::WantCreate { want, parts, terms, source, comment } => {
                self.id("want_id", "W-", *want);
                self.parts("partitions", parts);
                self.number("data_timestamp", u64::from(terms.data_day) * DAY_SECONDS);
                self.number("ttl_seconds", terms.ttl_seconds);
                self.number("sla_seconds", terms.sla_seconds);
                self.source(*source, *comment);
            }
            Payload::WantCancel { want, source, comment } => {
                self.id("want_id", "W-", *want);
                self.source(*source, *comment);
            }
            Payload::RunBuffer { run, job, builds, wants } => {
                self.run(*run);
                self.text("job_label", &self.catalog.jobs[usize::from(*job)].label);
                self.parts("building_partitions", builds);
                self.list("want_attributed_partitions", wants, |writer, (want, parts)| {
                    writer.id("want_id", "W-", *want);
                    writer.parts("partitions", parts);
                });
            }
            Payload::RunQueue { run } | Payload::RunHeartbeat { run } => self.run(*run),
            Payload::RunSuccess { run, reads } => {
                self.run(*run);
                self.deps("read_deps", "read", reads);
            }
            Payload::RunFailure { run, reason } => {
                self.run(*run);
                self.text("reason", reason);
            }
            Payload::RunCancel { run, source, comment } => {
                self.run(*run);
                self.source(*source, *comment);
            }
            Payload::RunMissingDeps { run, missing, reads } => {
                self.run(*run);
                self.deps("missing_deps", "missing", missing);
                self.deps("read_deps", "read", reads);
            }
            Payload::TaintCreate { taint, parts, source, comment } => {
                self.id("taint_id", "T-", *taint);
                self.parts("partitions", parts);
                self.source(*source, *comment);
            }
            Payload::TaintCancel { taint, source, comment } => {
                self.id("taint_id", "T-", *taint);
                self.source(*source, *comment);
            }
        }
    }

    fn run(&mut self, run: u64) {
        self.id("job_run_id", "JR-", run);
    }

    fn source(&mut self, source: Source, comment: Comment) {
        self.key("source");
        self.open(b'{');
        match source {
            Source::User(user) => {
                self.key("manually_triggered");
                self.open(b'{');
                self.text("user", user);
            }
            Source::Run(run) => {
                self.key("job_triggered");
                self.open(b'{');
                self.run(run);
            }
        }
        self.out.extend(b"}}");
        if let Some(comment) = comment {
            self.text("comment", comment);
        }
    }

    fn parts(&mut self, key: &str, parts: &[Part]) {
        self.list(key, parts, |writer, part| {
            writer.out.extend(b"\"ref\":\"");
            writer.catalog.push_ref(&mut writer.out, *part);
            writer.out.push(b'"');
        });
    }

    fn deps(&mut self, key: &str, inputs: &str, deps: &[Deps]) {
        self.list(key, deps, |writer, deps| {
            writer.parts("impacted", &deps.impacted);
            writer.parts(inputs, &deps.inputs);
        });
    }

    /// `"key":[{…},{…}]`
    fn list<T>(&mut self, key: &str, items: &[T], mut each: impl FnMut(&mut Self, &T)) {
        self.key(key);
        self.open(b'[');
        for item in items {
            self.comma();
            self.open(b'{');
            each(self, item);
            self.out.push(b'}');
        }
        self.out.push(b']');
    }

    /// `"key":"W-000012"`
    fn id(&mut self, key: &str, prefix: &str, id: u64) {
        self.key(key);
        self.out.push(b'"');
        self.out.extend(prefix.as_bytes());
        for _ in id.max(1).ilog10()..5 {
            self.out.push(b'0');
        }
        push_number(&mut self.out, id);
        self.out.push(b'"');
    }

    /// A 64-bit number: a string in the two protobuf spellings.
    fn number(&mut self, key: &str, n: u64) {
        match self.spelling {
            Spelling::Proto | Spelling::Camel => self.string_number(key, n),
            Spelling::Nested | Spelling::Row => {
                self.key(key);
                push_number(&mut self.out, n);
            }
        }
    }

    fn string_number(&mut self, key: &str, n: u64) {
        self.key(key);
        self.out.push(b'"');
        push_number(&mut self.out, n);
        self.out.push(b'"');
    }

    fn text(&mut self, key: &str, text: &str) {
        self.key(key);
        self.out.push(b'"');
        for byte in text.bytes() {
            match byte {
                b'"' | b'\\' => self.out.extend([b'\\', byte]),
                b'\n' => self.out.extend(b"\\n"),
                _ => self.out.push(byte),
            }
        }
        self.out.push(b'"');
    }

    fn open(&mut self, bracket: u8) {
        self.out.push(bracket);
    }

    fn comma(&mut self) {
        if !matches!(self.out.last(), None | Some(b'{' | b'[')) {
            self.out.push(b',');
        }
    }

    /// `"key":`, after a comma unless it is the first.
    fn key(&mut self, snake: &str) {
        self.comma();
        self.out.push(b'"');
        match self.spelling {
            Spelling::Camel => push_joined(&mut self.out, snake, false),
            _ => self.out.extend(snake.as_bytes()),
        }
        self.out.extend(b"\":");
    }

    fn pascal_key(&mut self, snake: &str) {
        self.out.push(b'"');
        push_joined(&mut self.out, snake, true);
        self.out.extend(b"\":");
    }
}

/// `want_create_v1` as `wantCreateV1` or `WantCreateV1`.
fn push_joined(out: &mut Vec<u8>, snake: &str, mut upper: bool) {
    for byte in snake.bytes() {
        if byte != b'_' {
            out.push(if upper { byte.to_ascii_uppercase() } else { byte });
        }
        upper = byte == b'_';
    }
}

fn push_number(out: &mut Vec<u8>, mut n: u64) {
    let start = out.len();
    loop {
        out.push(b'0' + (n % 10) as u8);
        n /= 10;
        if n == 0 {
            break;
        }
    }
    out[start..].reverse();
}
