//! The slow twin of decoding: `serde_json::Value`, one look-up at a time, and one sort.
use std::collections::BTreeMap;

use lineage::events::EventKind;
use serde_json::{Map, Value};

use crate::picture::word;

type Object = Map<String, Value>;
/// The name of the class of a record that cannot be used.
type Class = &'static str;

/// All that is compared.
#[derive(Debug, Default, PartialEq)]
pub struct Twin {
    /// As `fixture::picture` has them.
    pub lines: Vec<String>,
    /// By kind of name: each name once, in order of first mention.
    pub names: BTreeMap<&'static str, Vec<String>>,
    /// How many records of each class.
    pub classes: BTreeMap<Class, u64>,
}

/// One event in words.
#[derive(Clone, Debug, Default, PartialEq)]
struct Told {
    id: Option<u64>,
    timestamp: u64,
    said: String,
    mentions: Vec<(&'static str, String)>,
}

pub fn twin<'a>(records: impl IntoIterator<Item = &'a str>) -> Twin {
    let mut twin = Twin::default();
    let mut kept: Vec<Told> = Vec::new();
    for record in records {
        let told = match tell(record) {
            Ok(Some(told)) => told,
            Ok(None) => continue,
            Err(class) => {
                *twin.classes.entry(class).or_default() += 1;
                continue;
            }
        };
        match kept.iter().find(|before| before.id == told.id && told.id.is_some()) {
            None => kept.push(told),
            Some(before) if *before == told => *twin.classes.entry("duplicate").or_default() += 1,
            Some(_) => *twin.classes.entry("same event_id, other content").or_default() += 1,
        }
    }
    let unit = unit(&kept);
    let latest =
        |id| kept.iter().filter(|e| e.id.is_some_and(|e| e <= id)).map(|e| e.timestamp).max();
    let mut keyed: Vec<_> = kept
        .iter()
        .enumerate()
        .map(|(place, event)| match event.id {
            Some(id) => ((latest(id).unwrap_or(0), false, id, place), event),
            None => ((event.timestamp, true, 0, place), event),
        })
        .collect();
    keyed.sort_by_key(|&(key, _)| key);
    for (_, event) in keyed {
        let id = event.id.map_or(String::from("#-"), |id| format!("#{id}"));
        let nanos = event.timestamp.saturating_mul(unit);
        twin.lines.push(format!("{id} @{nanos} {}", event.said));
        for (table, name) in &event.mentions {
            let names = twin.names.entry(table).or_default();
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
    }
    twin
}

/// Nanoseconds in the unit that most timestamps look like; of two such units, in the finer.
fn unit(events: &[Told]) -> u64 {
    let units = [(u64::MAX, 1), (10_u64.pow(17) - 1, 1_000), (10_u64.pow(14) - 1, 1_000_000)];
    let mut votes = BTreeMap::new();
    for event in events {
        let fits = units.iter().filter(|(most, _)| event.timestamp <= *most).map(|&(_, unit)| unit);
        let unit =
            if event.timestamp < 10_u64.pow(11) { 1_000_000_000 } else { fits.max().unwrap_or(1) };
        *votes.entry(unit).or_insert(0) += 1;
    }
    let most = votes.values().max().copied().unwrap_or(0);
    votes.into_iter().find(|&(_, n)| n == most).map_or(1, |(unit, _)| unit)
}

fn tell(record: &str) -> Result<Option<Told>, Class> {
    let value: Value = serde_json::from_str(record).map_err(|_| "not JSON")?;
    let envelope = value.as_object().ok_or("not an object")?;
    let event_type = get(envelope, "event_type").filter(|name| *name != "");
    let row = get(envelope, "payload");
    // `None` is a payload of a kind that nobody knows.
    let payload = match (&payloads(envelope)[..], event_type) {
        ([], None) if has_unknown_kind(envelope) => Ok(None),
        ([], None) => return Err("no known payload"),
        ([], Some(Value::String(name))) => match EventKind::of_name(name) {
            Some(kind) => row.map(|payload| Some((kind, payload))).ok_or("missing field"),
            None => Ok(None),
        },
        ([one], event_type) if event_type.is_none() || row.is_none() => Ok(Some(*one)),
        _ => Err("wrong type"),
    };
    let timestamp = number(envelope, "timestamp")?.ok_or("missing field")?;
    let id = number(envelope, "event_id")?;
    let Some((kind, payload)) = payload? else { return Ok(None) };
    let mut told = Told { id, timestamp, ..Told::default() };
    told.payload(kind, payload.as_object().ok_or("wrong type")?)?;
    Ok(Some(told))
}

/// Payloads under their kinds, at the top and in `event`.
fn payloads(envelope: &Object) -> Vec<(EventKind, &Value)> {
    let inner = get(envelope, "event").and_then(Value::as_object);
    let keys = envelope.iter().chain(inner.into_iter().flatten()).filter(|(_, v)| !v.is_null());
    keys.filter_map(|(key, value)| Some((EventKind::of_name(key)?, value))).collect()
}

fn has_unknown_kind(envelope: &Object) -> bool {
    let known = ["event", "event_id", "eventId", "timestamp", "payload", "event_type", "eventType"];
    let has_id = matches!(number(envelope, "event_id"), Ok(Some(_)));
    let is_versioned = |name: &str| {
        let stem = name.trim_end_matches(char::is_numeric);
        stem != name && (stem.ends_with("_v") || stem.ends_with('V'))
    };
    let inner = get(envelope, "event").and_then(Value::as_object);
    let in_event = inner.into_iter().flatten().any(|(_, v)| !v.is_null());
    let keys = envelope.iter().filter(|(key, _)| !known.contains(&key.as_str()));
    in_event
        || keys
            .filter(|(key, _)| EventKind::of_name(key).is_none())
            .any(|(key, value)| value.is_object() && (has_id || is_versioned(key)))
}

/// What stands under a name in either spelling, unless it is null.
fn get<'v>(object: &'v Object, name: &str) -> Option<&'v Value> {
    let mut words = name.split('_');
    let mut camel = words.next().unwrap_or_default().to_owned();
    for word in words {
        camel += &word[..1].to_uppercase();
        camel += &word[1..];
    }
    object.get(name).or_else(|| object.get(&camel)).filter(|value| !value.is_null())
}

fn number(object: &Object, name: &str) -> Result<Option<u64>, Class> {
    let Some(value) = get(object, name) else { return Ok(None) };
    let number = match value {
        Value::Number(number) => number.as_u64().or_else(|| {
            let exact = 0.0..=9_007_199_254_740_992.0;
            let whole = number.as_f64().filter(|f| f.fract() == 0.0 && exact.contains(f))?;
            format!("{whole:.0}").trim_start_matches('-').parse().ok()
        }),
        Value::String(digits) if digits.bytes().all(|b| b.is_ascii_digit()) => digits.parse().ok(),
        _ => None,
    };
    number.filter(|&number| number < u64::MAX).map(Some).ok_or("wrong type")
}

fn text<'v>(object: &'v Object, name: &str) -> Result<Option<&'v str>, Class> {
    let Some(value) = get(object, name) else { return Ok(None) };
    Ok(Some(value.as_str().ok_or("wrong type")?).filter(|text| !text.is_empty()))
}

fn list<'v>(object: &'v Object, name: &str) -> Result<&'v [Value], Class> {
    get(object, name).map_or(Ok(&[]), |value| Ok(value.as_array().ok_or("wrong type")?.as_slice()))
}

impl Told {
    fn payload(&mut self, kind: EventKind, fields: &Object) -> Result<(), Class> {
        match kind {
            EventKind::WantCreate => {
                self.subject("want ", "wants", fields, "want_id")?;
                self.partitions(" ", list(fields, "partitions")?)?;
                for name in ["data", "ttl", "sla"] {
                    let key =
                        if name == "data" { "data_timestamp" } else { &format!("{name}_seconds") };
                    if let Some(secs) = number(fields, key)? {
                        self.said += &[" ", name, " ", &secs.to_string()].concat();
                    }
                }
                self.source_and_comment(fields)
            }
            EventKind::WantCancel => {
                self.subject("cancel want ", "wants", fields, "want_id")?;
                self.source_and_comment(fields)
            }
            EventKind::JobRunBuffer => {
                self.subject("buffer ", "runs", fields, "job_run_id")?;
                self.subject(" ", "labels", fields, "job_label")?;
                self.partitions(" ", list(fields, "building_partitions")?)?;
                self.attributions(list(fields, "want_attributed_partitions")?)
            }
            EventKind::JobRunQueue => self.subject("queue ", "runs", fields, "job_run_id"),
            EventKind::JobRunHeartbeat => self.subject("heartbeat ", "runs", fields, "job_run_id"),
            EventKind::JobRunSuccess => {
                self.subject("success ", "runs", fields, "job_run_id")?;
                let reads = list(fields, "read_deps")?;
                if get(fields, "read_deps").is_some() && reads.is_empty() {
                    self.said += " -";
                }
                self.entries(reads, "read")
            }
            EventKind::JobRunFailure => {
                self.subject("fail ", "runs", fields, "job_run_id")?;
                self.remark(text(fields, "reason")?);
                Ok(())
            }
            EventKind::JobRunCancel => {
                self.subject("cancel run ", "runs", fields, "job_run_id")?;
                self.source_and_comment(fields)
            }
            EventKind::JobRunMissingDeps => {
                self.subject("miss ", "runs", fields, "job_run_id")?;
                self.entries(list(fields, "missing_deps")?, "missing")?;
                let reads = list(fields, "read_deps")?;
                if !reads.is_empty() {
                    self.said += " read";
                }
                self.entries(reads, "read")
            }
            EventKind::TaintCreate => {
                self.subject("taint ", "taints", fields, "taint_id")?;
                self.partitions(" ", list(fields, "partitions")?)?;
                self.partitions(" ", list(fields, "root_partitions")?)?;
                self.source_and_comment(fields)
            }
            EventKind::TaintCancel => {
                self.subject("cancel taint ", "taints", fields, "taint_id")?;
                self.source_and_comment(fields)
            }
        }
    }

    fn mention(&mut self, before: &str, table: &'static str, name: &str) {
        self.said += before;
        self.said += &word(name);
        self.mentions.push((table, name.to_owned()));
    }

    fn subject(
        &mut self,
        before: &str,
        table: &'static str,
        fields: &Object,
        key: &str,
    ) -> Result<(), Class> {
        let name = text(fields, key)?.ok_or("missing field")?;
        self.mention(before, table, name);
        Ok(())
    }

    /// Each after `between`, but for the first after nothing where that is a comma.
    fn partitions(&mut self, between: &str, refs: &[Value]) -> Result<(), Class> {
        for (i, partition) in refs.iter().enumerate() {
            let between = if i == 0 && between == "," { "" } else { between };
            if let Some(name) = partition.as_str() {
                let name = Some(name).filter(|name| !name.is_empty()).ok_or("missing field")?;
                self.mention(between, "partitions", name);
                continue;
            }
            let partition = partition.as_object().ok_or("wrong type")?;
            let names = [text(partition, "ref")?, text(partition, "str")?];
            let uuid = text(partition, "uuid")?;
            let name = names.into_iter().flatten().next().ok_or("missing field")?;
            self.mention(between, "partitions", name);
            if let Some(uuid) = uuid {
                self.mention("@", "texts", uuid);
            }
        }
        Ok(())
    }

    fn entries(&mut self, entries: &[Value], others: &str) -> Result<(), Class> {
        for entry in entries {
            let entry = entry.as_object().ok_or("wrong type")?;
            self.said += " ";
            self.partitions(",", list(entry, "impacted")?)?;
            self.said += "<-";
            self.partitions(",", list(entry, others)?)?;
        }
        Ok(())
    }

    fn attributions(&mut self, entries: &[Value]) -> Result<(), Class> {
        if !entries.is_empty() {
            self.said += " for";
        }
        for entry in entries {
            let entry = entry.as_object().ok_or("wrong type")?;
            let want = text(entry, "want_id")?;
            let partitions = list(entry, "partitions")?;
            Self::default().partitions(",", partitions)?;
            self.mention(" ", "wants", want.ok_or("missing field")?);
            self.said += ":";
            self.partitions(",", partitions)?;
        }
        Ok(())
    }

    fn source_and_comment(&mut self, fields: &Object) -> Result<(), Class> {
        if let Some(source) = get(fields, "source") {
            self.source(source.as_object().ok_or("wrong type")?)?;
        }
        self.remark(text(fields, "comment")?);
        Ok(())
    }

    fn source(&mut self, source: &Object) -> Result<(), Class> {
        let manual = get(source, "manually_triggered").or_else(|| get(source, "ManuallyTriggered"));
        let job = get(source, "job_triggered").or_else(|| get(source, "JobTriggered"));
        let object = |value: &'_ Value| value.as_object().cloned().ok_or("wrong type");
        let manual = manual.map(object).transpose()?;
        let user = manual.as_ref().map(|manual| text(manual, "user")).transpose()?;
        let job = job.map(object).transpose()?;
        let run = job.as_ref().map(|job| text(job, "job_run_id")?.ok_or("missing field"));
        match (user, run.transpose()?) {
            (None, None) => {}
            (Some(None), None) => self.said += " by hand",
            (Some(Some(user)), None) => self.mention(" by ", "texts", user),
            (None, Some(run)) => self.mention(" by run ", "runs", run),
            (Some(_), Some(_)) => return Err("wrong type"),
        }
        Ok(())
    }

    fn remark(&mut self, text: Option<&str>) {
        if let Some(text) = text {
            let words: Vec<String> = text.split(' ').map(word).collect();
            self.said += &[" because ", &words.join(" ")].concat();
            self.mentions.push(("texts", text.to_owned()));
        }
    }
}
