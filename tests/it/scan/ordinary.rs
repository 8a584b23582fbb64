//! What is ordinary, and so scanned: what writers write, and one case for each thing that is not.
use lineage::bytes::{Limits, Reader, Sink};
use lineage::events::{Decoder, Id, practice_log};
use lineage::history::{End, InstanceId, as_of, replay, staleness};
use serde_json::json;

use super::{compare, lines, n_odd, n_odd_and_unlike, told_in_slices, told_one_by_one};
use crate::fixture::ndjson;

const PICTURE: &str = "
    want W1 data/a data/b by ops because everyone wants it
    want W2 data/β@u1 data 100 ttl 7 sla 5 by run J1
    buffer J1 //jobs:a data/a data/b for W1:data/a W2:data/b
    queue J1
    heartbeat J1
    miss J1 data/a<-data/β read data/a<-data/y
    success J1 data/a,data/b<-data/x,data/y data/c<-
    fail J2 because out of memory
    cancel run J1 by ops because too late
    taint T1 data/a data/b by ops
    cancel taint T1
    cancel want W1 by ops
";

#[test]
fn what_writers_write_is_ordinary() {
    assert_eq!(n_odd(ndjson(PICTURE).as_bytes()), 0);
    let logs = std::fs::read_dir("tests/logs").expect("it is part of the project");
    let logs = logs.map(|entry| entry.expect("it can be listed").path());
    for log in logs.filter(|log| {
        log.file_name().is_some_and(|name| {
            let name = name.to_string_lossy();
            name.starts_with("gamma.") && !name.contains("expected")
        })
    }) {
        assert_eq!(n_odd(&std::fs::read(&log).expect("it can be read")), 0, "{}", log.display());
    }
}

#[test]
fn what_nobody_knows_is_ordinary() {
    let news = json!({"a": [1, -2.5, "x", {"b": null}], "c": true});
    let log = json!({
        "event_id": 1, "timestamp": "7", "host": "h", "news": news,
        "want_create_v1": null,
        "job_run_buffer_v1": {
            "job_run_id": "J1", "job_label": "//a", "news": news,
            "building_partitions": [{"ref": "a", "news": news}],
        },
    });
    assert_eq!(n_odd(log.to_string().as_bytes()), 0);
}

#[test]
fn escapes_and_faults_are_not() {
    let queue =
        |id: &str| format!("{{\"timestamp\":1,\"job_run_queue_v1\":{{\"job_run_id\":{id}}}}}");
    assert_eq!(n_odd(queue(r#""J1""#).as_bytes()), 0);
    assert_eq!(n_odd(queue(r#""J\u0031""#).as_bytes()), 1);
    assert_eq!(n_odd(queue("7").as_bytes()), 1);
    assert_eq!(n_odd(queue(r#""J1","job_run_id":"J2""#).as_bytes()), 1);
}

/// A spelling is learned once; a list of any length is like one of any other, but for an empty one.
#[test]
fn what_is_spelled_alike_is_read_at_once() {
    let success = |i: usize| {
        let reads: Vec<_> = (0..i % 5).map(|n| json!({"ref": format!("data/{i}/{n}")})).collect();
        let deps = json!([{"impacted": [{"ref": format!("out/{i}")}], "read": reads}]);
        let payload = json!({"job_run_id": format!("J{i}"), "read_deps": deps});
        json!({"event_id": i, "timestamp": "7", "job_run_success_v1": payload, "host": [i, {"rack": i}]})
    };
    let file = lines(&(1..1_000).map(|i| success(i).to_string()).collect::<Vec<_>>());
    assert_eq!(n_odd_and_unlike(&file), (0, 3));
    compare(&file).expect("both decoders say the same");
}

/// Where one literal begins with another, either is met again.
#[test]
fn an_empty_text_is_like_an_empty_text() {
    let cancel = |comment: &str| {
        format!(
            "{{\"timestamp\":1,\"want_cancel_v1\":{{\"want_id\":\"W\",\"comment\":\"{comment}\"}}}}"
        )
    };
    let comments = ["x", "", "y", "", "", "z"];
    let file = lines(&comments.map(cancel));
    assert_eq!(n_odd_and_unlike(&file), (0, 2));
    compare(&file).expect("both decoders say the same");
}

/// Blanks behind a record are no part of it, whatever ends its line; and what is spelled alike is read at once.
#[test]
fn a_line_may_end_with_blanks() {
    let queue =
        |id: u64| format!(r#"{{"timestamp":{id},"job_run_queue_v1":{{"job_run_id":"J{id}"}}}}"#);
    for blanks in ["\r", " ", " \t\r"] {
        let records: Vec<_> = (0..50).map(|id| queue(id) + blanks).collect();
        let (file, limits) = (lines(&records), Limits::default());
        assert_eq!(n_odd_and_unlike(&file), (0, 1), "{blanks:?}");
        compare(&file).expect("both decoders say the same");
        let longest = records.iter().map(String::len).max().unwrap_or(0);
        for record_bytes in longest - 4..=longest + 1 {
            let limits = Limits { record_bytes };
            assert_eq!(told_in_slices(&[vec![&file]], limits).0, told_one_by_one(&[&file], limits));
        }
        assert_eq!(told_in_slices(&[vec![&file]], limits).1, 0);
        let mut decoder = Decoder::new();
        Reader::new(limits).push_to(&file, &mut decoder);
        let taken = decoder.line((queue(99) + blanks + "\n{").as_bytes(), 0, 1);
        assert_eq!(taken, Some(queue(99).len()), "read at once");
        assert_eq!(decoder.line((queue(99) + blanks + "{\n").as_bytes(), 0, 1), None);
    }
}

/// What is learned of records over several lines goes for none of what is one line each: there such a record is broken.
#[test]
fn a_record_goes_no_further_than_its_line() {
    let run = |id: u64| json!({"job_run_id": format!("J{id}")});
    let queue = |id: u64| json!({"timestamp": id, "news": [id], "job_run_queue_v1": run(id)});
    let pretty = |id: u64| {
        let queue = json!({"timestamp": id, "job_run_queue_v1": run(id)});
        serde_json::to_string_pretty(&queue).expect("it is JSON")
    };
    let array = format!("[\n{},\n{}\n]\n", pretty(1), pretty(2));
    let whole = lines(&[1, 2, 3, 4].map(|id| queue(id).to_string()));
    let broken = |id: u64, place: &str| {
        queue(id).to_string().replacen(place, &format!("{place}\n"), 1).into_bytes()
    };
    let places = ["{", ":", "[", "7", "]", ",\"job", "queue_v1\":", "J7\"", "}"];
    // Only after a record that is like others is the next one read without a look for its end.
    let all_broken = places.map(|place| [&whole, &broken(7, place), &b"\n"[..]].concat()).concat();
    let mixed =
        [whole.clone(), all_broken, whole.clone(), (pretty(8) + "\n").into_bytes(), whole].concat();
    let limits = Limits::default();
    for files in
        [vec![&mixed[..]], vec![array.as_bytes(), &mixed], vec![&mixed, array.as_bytes(), &mixed]]
    {
        let slices: Vec<_> = files.iter().map(|file| vec![*file]).collect();
        let (told, n_odd) = told_in_slices(&slices, limits);
        assert_eq!(told, told_one_by_one(&files, limits));
        assert!(n_odd >= places.len() as u64, "{n_odd}");
    }
}

fn practiced(n_runs: usize) -> Decoder {
    let (mut decoder, mut reader) = (Decoder::new(), Reader::new(Limits::default()));
    reader.push_to(practice_log(n_runs).as_bytes(), &mut decoder);
    decoder.end_reading(reader, None);
    decoder
}

/// The log for practice is like those of writers, so that the same is called for it.
#[test]
fn what_is_read_for_practice_is_ordinary() {
    let decoder = practiced(20);
    assert_eq!((decoder.n_odd(), decoder.progress().n_unusable), (0, 0));
    assert!(decoder.n_unlike() < 20, "{}", decoder.n_unlike());
    let (events, notices) = decoder.finish();
    assert_eq!((events.len(), notices.n_used), (116, 116));
    assert!(
        notices.unknown_fields.counts().is_empty() && notices.unknown_kinds.counts().is_empty()
    );
    let (history, anomalies) = replay(events);
    assert_eq!(anomalies.total(), 0);
    assert_eq!(history.instances.live.iter().flatten().count(), 22);
}

/// What a page asks between a log's coming and its first page has something to find in it.
#[test]
fn what_is_read_for_practice_has_what_a_page_asks_for() {
    let (history, anomalies) = replay(practiced(1_000).finish().0);
    assert_eq!(anomalies.total(), 0);
    let moment = as_of(&history, None);
    let asof = moment.of(&history);
    let n_ended = |end| history.attempts.ended.iter().filter(|it| *it == Some(end)).count();
    assert_eq!((n_ended(End::Failed), n_ended(End::DepMiss)), (20, 125));
    let ids = || (0..history.instances.partition.len()).filter_map(InstanceId::from_index);
    let stale = staleness(asof);
    assert!(ids().filter(|&it| stale.is_stale(it)).count() > 400);
    let most = ids().map(|it| history.instances.read_by.row(it).len()).max();
    assert!(most.is_some_and(|most| most > 300), "{most:?}");
}

/// What a record is like that was met before says nothing of what follows it.
#[test]
fn nothing_follows_a_record() {
    let record = r#"{"timestamp":1,"job_run_queue_v1":{"job_run_id":"J"}}"#;
    for more in ["}", "x", " {}", ",", "\0", "\"}}"] {
        let file = lines(&[record, &format!("{record}{more}"), record]);
        assert_eq!(n_odd(&file), 1, "{more:?}");
        compare(&file).expect("both decoders say the same");
    }
}

/// Of several, each in a form that the record before has taught.
#[test]
fn a_partition_has_its_own_uuid_and_no_other() {
    let forms = [
        r#"{"uuid":"u","ref":"a"}"#,
        r#"{"ref":"b"}"#,
        r#"{"ref":"c","uuid":"v"}"#,
        r#"{"str":"d","ref":"e"}"#,
        r#"{"ref":"f","str":"g"}"#,
        r#"{"uuid":"","ref":"h"}"#,
        r#"{"uuid":"w","ref":"","str":"i"}"#,
        r#""j""#,
    ];
    let record = |i: usize| {
        let list: Vec<_> =
            forms.iter().cycle().skip(i).step_by(1 + i / 8).take(5).copied().collect();
        let (id, list) = (i + 1, list.join(","));
        format!(
            "{{\"event_id\":{id},\"timestamp\":1,\"want_create_v1\":{{\"want_id\":\"W{i}\",\"partitions\":[{list}]}}}}"
        )
    };
    let file = lines(&(0..64).chain(0..64).map(record).collect::<Vec<_>>());
    assert_eq!(n_odd(&file), 0);
    compare(&file).expect("both decoders say the same");
}

/// A name that is no UTF-8 is none, however often it comes.
#[test]
fn a_key_that_is_no_text_is_never_ordinary() {
    let record = b"{\"timestamp\":1,\"\xff\":2,\"job_run_queue_v1\":{\"job_run_id\":\"J\"}}";
    let file = lines(&[record, record, record]);
    assert_eq!(n_odd(&file), 3);
    compare(&file).expect("both decoders say the same");
}

/// Many items of nothing are no lesson, however long the list.
#[test]
fn a_list_of_nothing_is_read() {
    let record = |n: usize| {
        let pairs = vec!["{}"; n].join(",");
        format!(
            "{{\"timestamp\":{n},\"job_run_success_v1\":{{\"job_run_id\":\"J\",\"read_deps\":[{pairs}]}}}}"
        )
    };
    let file = lines(&[0, 1, 2, 70, 5_000, 70, 2, 1, 0].map(record));
    assert_eq!(n_odd_and_unlike(&file), (0, 6));
    compare(&file).expect("both decoders say the same");
}

/// One that spells each record in a way of its own is read as it always was.
#[test]
fn what_is_spelled_otherwise_each_time_is_read() {
    let record = |i: usize| {
        let blanks = |n: usize| " ".repeat(n % 1_500);
        let (before, after) = (blanks(i), blanks(i * 7));
        format!(
            "{{{before}\"timestamp\":{i},{after}\"job_run_queue_v1\":{{\"job_run_id\":\"J{i}\"}}}}"
        )
    };
    let file = lines(&(0..9_000).map(record).collect::<Vec<_>>());
    assert_eq!(n_odd(&file), 0);
    compare(&file).expect("both decoders say the same");
}
