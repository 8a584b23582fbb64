//! Spells one event in one of the many ways that the format allows: envelope, names, numbers,
//! partitions, order of keys, escapes, blanks, and keys that nobody knows. All of it is chosen by a
//! list of numbers, so that a property can shrink to the plainest spelling, which is all zeros.
use std::fmt::Write;

use serde_json::{Map, Value, json};

/// The choices, taken in turn; after the last one, all are plain.
pub struct Speller<'c> {
    choices: std::slice::Iter<'c, u8>,
    /// Whether blanks may be newlines: not where a record is a line.
    pub has_newlines: bool,
}

impl<'c> Speller<'c> {
    pub fn new(choices: &'c [u8]) -> Self {
        Self { choices: choices.iter(), has_newlines: false }
    }

    /// One of `n`; 0 is the plain one.
    fn choose(&mut self, n: u8) -> u8 {
        self.choices.next().map_or(0, |choice| choice % n)
    }

    /// An event in the first spelling, in some other.
    pub fn record(&mut self, event: &Value) -> String {
        let mut envelope = event.as_object().cloned().unwrap_or_default();
        let kind = envelope.keys().find(|key| key.ends_with("_v1")).cloned();
        if let Some(kind) = kind {
            let payload = envelope.remove(&kind).unwrap_or_default();
            let kind = match self.choose(3) {
                0 => kind,
                1 => camel(&kind),
                _ => pascal(&kind),
            };
            match self.choose(3) {
                0 => _ = envelope.insert(kind, payload),
                1 => _ = envelope.insert(String::from("event"), json!({kind: payload})),
                _ => {
                    envelope.insert(String::from("event_type"), json!(kind));
                    envelope.insert(String::from("payload"), payload);
                }
            }
        }
        let mut out = String::new();
        self.write("", &Value::Object(envelope), &mut out);
        out
    }

    fn write(&mut self, key: &str, value: &Value, out: &mut String) {
        match value {
            Value::Number(number) if is_number(key) => *out += &self.number(&number.to_string()),
            Value::String(number) if is_number(key) => *out += &self.number(number),
            Value::String(text) => self.text(text, out),
            Value::Array(list) => self.list(list, out),
            Value::Object(object) if object.contains_key("ref") => self.partition(object, out),
            Value::Object(object) => self.object(object, out),
            other => *out += &other.to_string(),
        }
        self.blank(out);
    }

    /// What is no number is left as the text that it is.
    fn number(&mut self, number: &str) -> String {
        let value: Option<u64> = number.parse().ok();
        match (self.choose(3), value) {
            (0, Some(_)) => number.to_owned(),
            (1, Some(value)) if value < 1 << 53 => format!("{number}.0"),
            _ => json!(number).to_string(),
        }
    }

    fn text(&mut self, text: &str, out: &mut String) {
        if self.choose(4) < 3 {
            *out += &json!(text).to_string();
            return;
        }
        out.push('"');
        for unit in text.encode_utf16() {
            let _ = write!(out, "\\u{unit:04x}");
        }
        out.push('"');
    }

    fn list(&mut self, list: &[Value], out: &mut String) {
        out.push('[');
        for (i, value) in list.iter().enumerate() {
            if i > 0 {
                out.push(',');
            }
            self.blank(out);
            self.write("", value, out);
        }
        out.push(']');
    }

    fn partition(&mut self, partition: &Map<String, Value>, out: &mut String) {
        let name = &partition["ref"];
        match self.choose(4) {
            1 if partition.len() == 1 => self.write("", name, out),
            2 => {
                let mut old = partition.clone();
                old.remove("ref");
                old.insert(String::from("str"), name.clone());
                self.object(&old, out);
            }
            _ => self.object(partition, out),
        }
    }

    fn object(&mut self, object: &Map<String, Value>, out: &mut String) {
        let mut entries: Vec<(String, Value)> = object.clone().into_iter().collect();
        if self.choose(6) == 5 {
            entries.push((String::from("unheard_of"), self.noise()));
        }
        if self.choose(6) == 5 && !object.contains_key("comment") {
            entries.push((String::from("comment"), Value::Null));
        }
        let rotation = self.choose(4) as usize % entries.len().max(1);
        entries.rotate_left(rotation);
        if self.choose(2) == 1 {
            entries.reverse();
        }
        let is_camel = self.choose(2) == 1;
        out.push('{');
        for (i, (key, value)) in entries.iter().enumerate() {
            if i > 0 {
                out.push(',');
            }
            self.blank(out);
            let spelled = if is_camel && !key.ends_with("_v1") { camel(key) } else { key.clone() };
            self.text(&spelled, out);
            self.blank(out);
            out.push(':');
            self.blank(out);
            self.write(key, value, out);
        }
        out.push('}');
    }

    fn noise(&mut self) -> Value {
        match self.choose(5) {
            0 => json!(1),
            1 => json!({"want_id": "X", "deep": [[[{}]]]}),
            2 => json!(["X", {"ref": "X"}, null]),
            3 => Value::Null,
            _ => json!("]}\"\\"),
        }
    }

    fn blank(&mut self, out: &mut String) {
        *out += match self.choose(16) {
            14 => " ",
            15 if self.has_newlines => "\r\n\t",
            15 => "\t ",
            _ => "",
        };
    }
}

fn is_number(key: &str) -> bool {
    ["event_id", "timestamp", "data_timestamp", "ttl_seconds", "sla_seconds"].contains(&key)
}

fn camel(name: &str) -> String {
    let mut camel = pascal(name);
    camel.replace_range(..1, &name[..1]);
    camel
}

fn pascal(name: &str) -> String {
    name.split('_').map(|word| word[..1].to_uppercase() + &word[1..]).collect()
}
