//! What a budget leaves to working out what happened is enough for it: the most memory that is held
//! from the first byte of a log to the last byte of its columns, beside what is reckoned from what
//! decoding alone has held. And what is held from then on is a few bytes for each event.
use std::fmt::Write;

use allocation_counter::{AllocationInfo, measure};
use lineage::bytes::{Limits, Reader};
use lineage::events::Decoder;
use lineage::history::{Incoming, replay, replay_to};
use lineage::wire::to_bytes;

/// Each work wants, builds and reads.
fn databuild(n_works: u64) -> String {
    let mut text = String::new();
    for i in 0..n_works {
        let (id, time) = (i * 4, 1_732_283_350_000 + i * 4_000);
        let refs = format!(r#"[{{"ref":"data/set/day={i}"}},{{"ref":"data/other/day={i}"}}]"#);
        let read = format!(r#"[{{"ref":"data/set/day={}"}}]"#, i / 2);
        for (n, event) in [
            format!(r#""want_create_v1":{{"want_id":"W-{i}","partitions":{refs}}}"#),
            format!(
                r#""job_run_buffer_v1":{{"job_run_id":"JR-{i}","job_label":"//jobs:build","building_partitions":{refs},"want_attributed_partitions":[{{"want_id":"W-{i}","partitions":{refs}}}]}}"#
            ),
            format!(r#""job_run_heartbeat_v1":{{"job_run_id":"JR-{i}"}}"#),
            format!(
                r#""job_run_success_v1":{{"job_run_id":"JR-{i}","read_deps":[{{"impacted":{refs},"read":{read}}}]}}"#
            ),
        ]
        .into_iter()
        .enumerate()
        {
            let (id, time) = (id + n as u64, time + n as u64 * 1000);
            let _ = writeln!(text, r#"{{"event_id":{id},"timestamp":{time},{event}}}"#);
        }
    }
    text
}

fn openlineage(n_runs: u64) -> String {
    let mut text = String::new();
    for i in 0..n_runs {
        for (kind, second) in [("START", 0), ("COMPLETE", 30)] {
            let (hour, minute) = (i / 60 % 24, i % 60);
            let _ = writeln!(
                text,
                r#"{{"eventType":"{kind}","eventTime":"2026-11-{:02}T{hour:02}:{minute:02}:{second:02}Z","run":{{"runId":"r-{i}"}},"job":{{"namespace":"shop","name":"job-{}"}},"inputs":[{{"namespace":"db","name":"set-{}"}}],"outputs":[{{"namespace":"db","name":"set-{i}"}}]}}"#,
                i / 1440 % 28 + 1,
                i % 50,
                i / 2,
            );
        }
    }
    text
}

/// Bytes held at most while decoding, what is reckoned from that, and bytes held at most until all is
/// done; all without the text. What is to come may be foreseen when a tenth has.
fn peaks(text: &str, is_foreseen: bool) -> [u64; 3] {
    let (mut decoding, mut needed) = (0, 0);
    let all = measure(|| {
        let mut decoder = Decoder::new();
        let mut reader = Reader::new(Limits::default());
        let read = measure(|| {
            for (n, slice) in text.as_bytes().chunks(text.len() / 10).enumerate() {
                reader.push_to(slice, &mut decoder);
                if is_foreseen && n == 0 {
                    decoder.foresee(9, u64::MAX);
                }
            }
        });
        decoding = read.bytes_max;
        needed = decoder.n_bytes_needed(decoding);
        decoder.end_reading(reader, None);
        let (events, notices) = decoder.finish();
        assert_eq!(notices.n_used, notices.n_records);
        let mut sent = Vec::new();
        replay_to((events, notices), &mut |part: &[u8]| sent.push(part.to_vec()));
    });
    [decoding, needed, all.bytes_max]
}

#[test]
fn what_is_left_is_enough_to_replay_and_to_pack() {
    let (databuild, openlineage) = (databuild(20_000), openlineage(40_000));
    let logs = [
        ("databuild", &databuild, false),
        ("databuild, foreseen", &databuild, true),
        ("OpenLineage", &openlineage, false),
    ];
    for (name, text, is_foreseen) in logs {
        let [decoding, needed, all] = peaks(text, is_foreseen);
        println!("{name}: {decoding} bytes to decode, {all} in all, {needed} reckoned");
        assert!(all <= needed, "{name}: {all} bytes in all, but {needed} reckoned");
    }
}

/// What is asked for while a log is decoded, of which a tenth has come when the rest is foreseen.
fn decoding(text: &str, most: Option<u64>) -> AllocationInfo {
    let (first, rest) = text.split_at(text.len() / 10);
    measure(|| {
        let (mut decoder, mut reader) = (Decoder::new(), Reader::new(Limits::default()));
        reader.push_to(first.as_bytes(), &mut decoder);
        if let Some(most) = most {
            decoder.foresee(9, most);
        }
        reader.push_to(rest.as_bytes(), &mut decoder);
        decoder.end_reading(reader, None);
    })
}

#[test]
fn what_is_foreseen_gets_its_room_once_unless_that_is_too_much() {
    let text = databuild(20_000);
    let [unforeseen, foreseen] = [None, Some(u64::MAX)].map(|most| decoding(&text, most));
    let share = foreseen.bytes_total as f64 / unforeseen.bytes_total as f64;
    println!("{share:.2} of {} bytes are asked for", unforeseen.bytes_total);
    assert!(share < 0.7, "{share:.2} of {} bytes are asked for", unforeseen.bytes_total);
    assert!(foreseen.bytes_max < unforeseen.bytes_max, "{foreseen:?} {unforeseen:?}");
    assert_eq!(
        decoding(&text, Some(1_000)),
        unforeseen,
        "a thousand bytes are too few for anything"
    );
}

/// Bytes that are held of a log once it crossed to the page, for each of its events.
fn kept(text: &str) -> f64 {
    let mut decoder = Decoder::new();
    let mut reader = Reader::new(Limits::default());
    reader.push_to(text.as_bytes(), &mut decoder);
    decoder.end_reading(reader, None);
    let (events, notices) = decoder.finish();
    let n_events = events.len();
    let (history, anomalies) = replay(events);
    let buffer = to_bytes(&mut (history, anomalies, notices));
    let mut page = None;
    let all = measure(|| {
        let mut incoming = Incoming::default();
        for slice in buffer.chunks(1 << 20) {
            assert_eq!(incoming.push(slice), Ok(()));
            while incoming.step() {}
        }
        page = incoming.finish().ok();
    });
    assert!(page.is_some(), "it was just written");
    all.bytes_current as f64 / n_events as f64
}

#[test]
fn what_is_kept_of_an_event_is_a_few_bytes() {
    let logs = [("databuild", databuild(20_000), 38.0), ("OpenLineage", openlineage(40_000), 39.5)];
    for (name, text, most) in logs {
        let n = kept(&text);
        println!("{name}: {n:.1} bytes an event");
        assert!(n <= most, "{name}: {n:.1} bytes an event");
    }
}
