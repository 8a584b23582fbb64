//! Logs as pictures: a small language, one event a line. `picture` writes what this reads.
//!
//! ```text
//! want W1 data/a data/b by ops because month end
//! want W2 data/x by run J1
//! cancel want W1 by ops
//! buffer J1 //jobs:a data/a data/b for W1
//! buffer J2 //jobs:a data/a data/b for W1:data/a W2:data/b
//! queue J1
//! heartbeat J1
//! success J1                              (an older log: no read_deps)
//! success J1 -                            (nothing was read)
//! success J1 data/a,data/b<-data/x,data/y data/c<-
//! fail J1 because out of memory
//! cancel run J1 by ops because too late
//! miss J1 data/a<-data/x read data/a<-data/y
//! taint T1 data/a data/b by ops
//! cancel taint T1
//! ```
//!
//! - Events are numbered from 1, one second apart. `#7` before an event gives its id, `#-` none;
//!   `@1732283350` its timestamp in seconds. The next one goes on from there.
//! - `data/a@u1` is the instance of `data/a` with the uuid `u1`.
//! - `for W1` attributes to W1 all that is built. `data 100 ttl 7 sla 5` may follow a want's
//!   partitions.
//! - What follows `because` to the end of the line is the comment or reason. `# ` begins a remark.
use lineage::bytes::{Limits, Reader};
use lineage::events::{Decoder, Events, Notices};
use lineage::history::{Incoming, Read};
use lineage::wire::WireError;
use serde_json::{Map, Value, json};

/// The second of the first event.
pub const FIRST_SECOND: u64 = 1_732_283_350;

/// The events of a picture.
pub fn log(picture: &str) -> Events {
    let (events, notices) = decode(ndjson(picture).as_bytes());
    assert_eq!(notices.n_used, notices.n_records, "a fixture is used whole:\n{picture}");
    events
}

/// The events of one file.
pub fn decode(file: &[u8]) -> (Events, Notices) {
    decode_all([file])
}

/// The events of several files that are one log.
pub fn decode_all<'a>(files: impl IntoIterator<Item = &'a [u8]>) -> (Events, Notices) {
    let mut decoder = Decoder::new();
    for file in files {
        let mut reader = Reader::new(Limits::default());
        reader.push_to(file, &mut decoder);
        let summary = reader.finish(&mut |record| decoder.push(record));
        decoder.end_input(&summary);
    }
    decoder.finish()
}

/// A history that has come as these bytes, with what follows from it, and how many bytes its columns take.
pub fn taken(bytes: &[u8]) -> Result<(Read, u64), WireError> {
    let mut incoming = Incoming::default();
    incoming.push(bytes)?;
    incoming.finish()
}

/// A picture as a log in the first spelling, timestamps in nanoseconds.
pub fn ndjson(picture: &str) -> String {
    let (mut id, mut second) = (0, FIRST_SECOND - 1);
    let lines = picture.lines().map(str::trim).filter(|l| !l.is_empty() && !l.starts_with("# "));
    let lines = lines.map(|line| {
        let (said, remark) = line.split_once(" because ").unwrap_or((line, ""));
        let mut words: Vec<&str> = said.split_whitespace().collect();
        let given_id = take_prefixed(&mut words, '#');
        second = take_prefixed(&mut words, '@').map_or(second + 1, number);
        let mut event = Map::new();
        if given_id != Some("-") {
            id = given_id.map_or(id + 1, number);
            event.insert(String::from("event_id"), json!(id));
        }
        event.insert(String::from("timestamp"), json!(format!("{second}000000000")));
        let (kind, mut payload) = payload(&words);
        let remarked = if kind == "job_run_failure_v1" { "reason" } else { "comment" };
        if !remark.is_empty() {
            payload[remarked] = json!(remark);
        }
        event.insert(kind.to_owned(), payload);
        Value::Object(event).to_string() + "\n"
    });
    lines.collect()
}

fn take_prefixed<'a>(words: &mut Vec<&'a str>, prefix: char) -> Option<&'a str> {
    let word = words.first()?.strip_prefix(prefix)?;
    words.remove(0);
    Some(word)
}

fn number(word: &str) -> u64 {
    word.parse().unwrap_or_else(|_| panic!("{word} is a number"))
}

fn payload(words: &[&str]) -> (&'static str, Value) {
    let by = words.iter().position(|&word| word == "by").unwrap_or(words.len());
    let (said, by) = words.split_at(by);
    let source = match by {
        [] => Value::Null,
        [_, user] => json!({"manually_triggered": {"user": user}}),
        [_, "run", run] => json!({"job_triggered": {"job_run_id": run}}),
        _ => panic!("`by ops` or `by run J1`, not {by:?}"),
    };
    let (kind, mut payload) = match said {
        ["want", want, rest @ ..] => ("want_create_v1", want_create(want, rest)),
        ["cancel", "want", want] => ("want_cancel_v1", json!({"want_id": want})),
        ["buffer", run, label, rest @ ..] => ("job_run_buffer_v1", buffer(run, label, rest)),
        ["queue", run] => ("job_run_queue_v1", json!({"job_run_id": run})),
        ["heartbeat", run] => ("job_run_heartbeat_v1", json!({"job_run_id": run})),
        ["success", run] => ("job_run_success_v1", json!({"job_run_id": run})),
        ["success", run, reads @ ..] => {
            let payload = json!({"job_run_id": run, "read_deps": pairs(reads, "read")});
            ("job_run_success_v1", payload)
        }
        ["fail", run] => ("job_run_failure_v1", json!({"job_run_id": run})),
        ["cancel", "run", run] => ("job_run_cancel_v1", json!({"job_run_id": run})),
        ["miss", run, rest @ ..] => {
            let (missing, reads) = split(rest, "read");
            let (missing, reads) = (pairs(missing, "missing"), pairs(reads, "read"));
            let payload = json!({"job_run_id": run, "missing_deps": missing, "read_deps": reads});
            ("job_run_missing_deps_v1", payload)
        }
        ["taint", taint, rest @ ..] => {
            ("taint_create_v1", json!({"taint_id": taint, "partitions": refs(rest)}))
        }
        ["cancel", "taint", taint] => ("taint_cancel_v1", json!({"taint_id": taint})),
        _ => panic!("an event, not {words:?}"),
    };
    if !source.is_null() {
        payload["source"] = source;
    }
    (kind, payload)
}

/// What stands before and after `word`.
fn split<'w, 'a>(words: &'w [&'a str], word: &str) -> (&'w [&'a str], &'w [&'a str]) {
    let at = words.iter().position(|&w| w == word).unwrap_or(words.len());
    (&words[..at], words.get(at + 1..).unwrap_or_default())
}

fn want_create(want: &str, rest: &[&str]) -> Value {
    let is_time = |word: &&str| ["data", "ttl", "sla"].contains(word);
    let (partitions, times) = rest.split_at(rest.iter().position(is_time).unwrap_or(rest.len()));
    let mut payload = json!({"want_id": want, "partitions": refs(partitions)});
    for time in times.chunks(2) {
        match time {
            ["data", secs] => payload["data_timestamp"] = json!(number(secs)),
            ["ttl", secs] => payload["ttl_seconds"] = json!(number(secs)),
            ["sla", secs] => payload["sla_seconds"] = json!(number(secs)),
            _ => panic!("`data 100 ttl 7 sla 5`, not {time:?}"),
        }
    }
    payload
}

fn buffer(run: &str, label: &str, rest: &[&str]) -> Value {
    let (building, wants) = split(rest, "for");
    let attribution = |word: &&str| match word.split_once(':') {
        Some((want, partitions)) => {
            let partitions: Vec<&str> = partitions.split(',').collect();
            json!({"want_id": want, "partitions": refs(&partitions)})
        }
        None => json!({"want_id": word, "partitions": refs(building)}),
    };
    let wants: Vec<Value> = wants.iter().map(attribution).collect();
    json!({
        "job_run_id": run,
        "job_label": label,
        "building_partitions": refs(building),
        "want_attributed_partitions": wants,
    })
}

fn pairs(words: &[&str], others: &str) -> Vec<Value> {
    let entries = words.iter().filter(|&&word| word != "-").map(|word| {
        let (impacted, read) = word.split_once("<-").unwrap_or_else(|| panic!("a<-b: {word}"));
        let list =
            |text: &str| refs(&text.split(',').filter(|t| !t.is_empty()).collect::<Vec<_>>());
        json!({"impacted": list(impacted), others: list(read)})
    });
    entries.collect()
}

fn refs(words: &[&str]) -> Value {
    let partition = |word: &&str| match word.split_once('@') {
        Some((name, uuid)) => json!({"ref": name, "uuid": uuid}),
        None => json!({"ref": word}),
    };
    words.iter().map(partition).collect()
}
