//! Bad records: each is counted under one class, with its place; what nobody knows is named; and
//! nothing that is in a file does harm.
#![allow(clippy::needless_raw_string_hashes, reason = "expectations are written so")]
use std::fmt::Write;

use expect_test::{Expect, expect};
use lineage::bytes::{Kind, Limits, Reader, Record, Shape, Summary};
use lineage::events::{Decoder, Early, NoticeClass, Notices};

use crate::fixture::decode;
use crate::picture::picture;

/// Every class with its samples: `class ×count: line@offset+length reason | excerpt`.
pub fn said(notices: &Notices) -> String {
    let mut said = String::new();
    for class in NoticeClass::ALL {
        let class_notices = notices.class(class);
        if class_notices.count > 0 {
            let _ = writeln!(said, "{} ×{}", class.name(), class_notices.count);
        }
        for notice in &class_notices.samples {
            let (span, excerpt) = (notice.span, &notice.excerpt);
            let place = format!("{}:{}@{}+{}", span.input, notice.line, span.offset, span.len);
            let _ = writeln!(said, "  {place} {} | {excerpt:?}", notice.reason);
        }
    }
    for (title, tally) in
        [("unknown kinds", &notices.unknown_kinds), ("unknown fields", &notices.unknown_fields)]
    {
        if !tally.is_empty() {
            let counts: Vec<_> =
                tally.counts().iter().map(|(name, n)| format!("{name} ×{n}")).collect();
            let _ = writeln!(said, "{title}: {}", counts.join(", "));
        }
    }
    said + &format!("{} of {} used\n", notices.n_used, notices.n_records)
}

fn check(file: &[u8], expect: Expect) {
    expect.assert_eq(&said(&decode(file).1));
}

/// A heartbeat around something wrong.
fn heartbeats(records: &[&str]) -> String {
    let good = "{\"timestamp\":7,\"job_run_heartbeat_v1\":{\"job_run_id\":\"J\"}}\n";
    format!("{good}{}\n{good}", records.join("\n"))
}

fn check_records(records: &[&str], expect: Expect) {
    check(heartbeats(records).as_bytes(), expect);
}

#[test]
fn numbers_may_be_texts_but_must_be_whole() {
    let create = |ttl: &str| {
        format!(r#"{{"timestamp":1,"want_create_v1":{{"want_id":"W","ttl_seconds":{ttl}}}}}"#)
    };
    let fine = ["0", "7", "\"7\"", "7.0", "7e2", "-0", "null", "18446744073709551614", "\"007\""];
    let fine: Vec<_> = fine.iter().map(|ttl| create(ttl)).collect();
    expect![[r#"
        #- @1000000000 want W ttl 0
        #- @1000000000 want W ttl 7
        #- @1000000000 want W ttl 7
        #- @1000000000 want W ttl 7
        #- @1000000000 want W ttl 700
        #- @1000000000 want W ttl 0
        #- @1000000000 want W
        #- @1000000000 want W ttl 18446744073709551614
        #- @1000000000 want W ttl 7
    "#]]
    .assert_eq(&picture(&decode(fine.join("\n").as_bytes()).0));
    let wrong = [
        "-1",
        "1.5",
        "\"\"",
        "\"7.0\"",
        "\"+7\"",
        "\" 7\"",
        "1e300",
        "18446744073709551615",
        "18446744073709551616",
        "\"18446744073709551616\"",
        "true",
        "[7]",
        "{}",
    ];
    let wrong: Vec<_> = wrong.iter().map(|ttl| create(ttl)).collect();
    check_records(
        &wrong.iter().map(String::as_str).collect::<Vec<_>>(),
        expect![[r#"
            wrong type ×13
              0:2@58+65 want_create_v1.ttl_seconds is negative, not a whole number of 64 bits | "{\"timestamp\":1,\"want_create_v1\":{\"want_id\":\"W\",\"ttl_seconds\":-1}}"
              0:3@124+66 want_create_v1.ttl_seconds is a fraction, not a whole number of 64 bits | "{\"timestamp\":1,\"want_create_v1\":{\"want_id\":\"W\",\"ttl_seconds\":1.5}}"
              0:4@191+65 want_create_v1.ttl_seconds is a text, not a whole number of 64 bits | "{\"timestamp\":1,\"want_create_v1\":{\"want_id\":\"W\",\"ttl_seconds\":\"\"}}"
              0:5@257+68 want_create_v1.ttl_seconds is a text, not a whole number of 64 bits | "{\"timestamp\":1,\"want_create_v1\":{\"want_id\":\"W\",\"ttl_seconds\":\"7.0\"}}"
              0:6@326+67 want_create_v1.ttl_seconds is a text, not a whole number of 64 bits | "{\"timestamp\":1,\"want_create_v1\":{\"want_id\":\"W\",\"ttl_seconds\":\"+7\"}}"
              0:7@394+67 want_create_v1.ttl_seconds is a text, not a whole number of 64 bits | "{\"timestamp\":1,\"want_create_v1\":{\"want_id\":\"W\",\"ttl_seconds\":\" 7\"}}"
              0:8@462+68 want_create_v1.ttl_seconds is too large, not a whole number of 64 bits | "{\"timestamp\":1,\"want_create_v1\":{\"want_id\":\"W\",\"ttl_seconds\":1e300}}"
              0:9@531+83 want_create_v1.ttl_seconds is too large, not a whole number of 64 bits | "{\"timestamp\":1,\"want_create_v1\":{\"want_id\":\"W\",\"ttl_seconds\":18446744073709551615}}"
              0:10@615+83 want_create_v1.ttl_seconds is too large, not a whole number of 64 bits | "{\"timestamp\":1,\"want_create_v1\":{\"want_id\":\"W\",\"ttl_seconds\":18446744073709551616}}"
              0:11@699+85 want_create_v1.ttl_seconds is too large, not a whole number of 64 bits | "{\"timestamp\":1,\"want_create_v1\":{\"want_id\":\"W\",\"ttl_seconds\":\"18446744073709551616\"}}"
              0:12@785+67 want_create_v1.ttl_seconds is a boolean, not a whole number of 64 bits | "{\"timestamp\":1,\"want_create_v1\":{\"want_id\":\"W\",\"ttl_seconds\":true}}"
              0:13@853+66 want_create_v1.ttl_seconds is a list, not a whole number of 64 bits | "{\"timestamp\":1,\"want_create_v1\":{\"want_id\":\"W\",\"ttl_seconds\":[7]}}"
              0:14@920+65 want_create_v1.ttl_seconds is an object, not a whole number of 64 bits | "{\"timestamp\":1,\"want_create_v1\":{\"want_id\":\"W\",\"ttl_seconds\":{}}}"
            2 of 15 used
        "#]],
    );
}

#[test]
fn what_is_no_event() {
    check_records(
        &[
            "not json",
            "{\"timestamp\":1",
            "{\"timestamp\":1,\"job_run_queue_v1\":{\"job_run_id\":\"J\"}} trailing",
            "[]",
            "\"text\"",
            "null",
            "{}",
            r#"{"timestamp":1}"#,
            r#"{"timestamp":1,"level":"info","context":{"a":1}}"#,
            r#"{"timestamp":1,"want_create_v1":null}"#,
            r#"{"timestamp":1,"payload":{"want_id":"W"}}"#,
            r#"{"timestamp":1,"event":"job_run_queue_v1"}"#,
        ],
        expect![[r#"
            not JSON ×3
              0:2@58+8 expected ident at byte 2 | "not json"
              0:3@67+14 EOF while parsing an object at byte 14 | "{\"timestamp\":1"
              0:4@82+62 trailing characters at byte 55 | "{\"timestamp\":1,\"job_run_queue_v1\":{\"job_run_id\":\"J\"}} trailing"
            not an object ×3
              0:5@145+2 the record is not an object | "[]"
              0:6@148+6 the record is not an object | "\"text\""
              0:7@155+4 the record is not an object | "null"
            no known payload ×6
              0:8@160+2 no key names a payload | "{}"
              0:9@163+15 no key names a payload | "{\"timestamp\":1}"
              0:10@179+48 no key names a payload | "{\"timestamp\":1,\"level\":\"info\",\"context\":{\"a\":1}}"
              0:11@228+37 no key names a payload | "{\"timestamp\":1,\"want_create_v1\":null}"
              0:12@266+41 no key names a payload | "{\"timestamp\":1,\"payload\":{\"want_id\":\"W\"}}"
              0:13@308+42 no key names a payload | "{\"timestamp\":1,\"event\":\"job_run_queue_v1\"}"
            2 of 14 used
        "#]],
    );
}

#[test]
fn what_an_event_cannot_do_without() {
    check_records(
        &[
            r#"{"job_run_queue_v1":{"job_run_id":"J"}}"#,
            r#"{"timestamp":null,"job_run_queue_v1":{"job_run_id":"J"}}"#,
            r#"{"timestamp":1,"job_run_queue_v1":{}}"#,
            r#"{"timestamp":1,"want_create_v1":{"want_id":""}}"#,
            r#"{"timestamp":1,"job_run_buffer_v1":{"job_run_id":"J"}}"#,
            r#"{"timestamp":1,"taint_cancel_v1":{"taint_id":null}}"#,
            r#"{"timestamp":1,"taint_create_v1":{"taint_id":"T","root_partitions":[{"uuid":"u"}]}}"#,
            r#"{"timestamp":1,"job_run_buffer_v1":{"job_run_id":"J","job_label":"l","want_attributed_partitions":[{"partitions":[]}]}}"#,
            r#"{"timestamp":1,"want_cancel_v1":{"want_id":"W","source":{"job_triggered":{}}}}"#,
            r#"{"timestamp":1,"event_type":"job_run_queue_v1"}"#,
        ],
        expect![[r#"
            missing field ×10
              0:2@58+39 timestamp is absent | "{\"job_run_queue_v1\":{\"job_run_id\":\"J\"}}"
              0:3@98+56 timestamp is absent | "{\"timestamp\":null,\"job_run_queue_v1\":{\"job_run_id\":\"J\"}}"
              0:4@155+37 job_run_queue_v1.job_run_id is absent | "{\"timestamp\":1,\"job_run_queue_v1\":{}}"
              0:5@193+47 want_create_v1.want_id is absent | "{\"timestamp\":1,\"want_create_v1\":{\"want_id\":\"\"}}"
              0:6@241+54 job_run_buffer_v1.job_label is absent | "{\"timestamp\":1,\"job_run_buffer_v1\":{\"job_run_id\":\"J\"}}"
              0:7@296+51 taint_cancel_v1.taint_id is absent | "{\"timestamp\":1,\"taint_cancel_v1\":{\"taint_id\":null}}"
              0:8@348+83 taint_create_v1.root_partitions: ref is absent | "{\"timestamp\":1,\"taint_create_v1\":{\"taint_id\":\"T\",\"root_partitions\":[{\"uuid\":\"u\"}]}}"
              0:9@432+119 job_run_buffer_v1.want_attributed_partitions: want_id is absent | "{\"timestamp\":1,\"job_run_buffer_v1\":{\"job_run_id\":\"J\",\"job_label\":\"l\",\"want_attributed_partitions\":[{\"partitions\":[]}]}}"
              0:10@552+78 want_cancel_v1.source: job_run_id is absent | "{\"timestamp\":1,\"want_cancel_v1\":{\"want_id\":\"W\",\"source\":{\"job_triggered\":{}}}}"
              0:11@631+47 payload is absent | "{\"timestamp\":1,\"event_type\":\"job_run_queue_v1\"}"
            2 of 12 used
        "#]],
    );
}

#[test]
fn what_holds_something_else() {
    check_records(
        &[
            r#"{"timestamp":"2024-11-22","job_run_queue_v1":{"job_run_id":"J"}}"#,
            r#"{"timestamp":1,"event_id":-1,"job_run_queue_v1":{"job_run_id":"J"}}"#,
            r#"{"timestamp":1,"job_run_queue_v1":[]}"#,
            r#"{"timestamp":1,"job_run_queue_v1":{"job_run_id":7}}"#,
            r#"{"timestamp":1,"want_create_v1":{"want_id":"W","partitions":{"ref":"a"}}}"#,
            r#"{"timestamp":1,"want_create_v1":{"want_id":"W","partitions":[null]}}"#,
            r#"{"timestamp":1,"want_create_v1":{"want_id":"W","partitions":[{"ref":["a"]}]}}"#,
            r#"{"timestamp":1,"job_run_success_v1":{"job_run_id":"J","read_deps":[{"impacted":[],"read":"a"}]}}"#,
            r#"{"timestamp":1,"want_cancel_v1":{"want_id":"W","source":{"job_triggered":{"job_run_id":"J"},"manually_triggered":{}}}}"#,
            r#"{"timestamp":1,"event_type":5,"payload":{}}"#,
            r#"{"timestamp":1,"event_type":"job_run_queue_v1","payload":"{}"}"#,
            r#"{"timestamp":1,"job_run_queue_v1":{"job_run_id":"J"},"want_cancel_v1":{"want_id":"W"}}"#,
            r#"{"timestamp":1,"job_run_queue_v1":{"job_run_id":"J"},"event_type":"job_run_queue_v1","payload":{}}"#,
        ],
        expect![[r#"
            wrong type ×13
              0:2@58+64 timestamp is a text, not a whole number of 64 bits | "{\"timestamp\":\"2024-11-22\",\"job_run_queue_v1\":{\"job_run_id\":\"J\"}}"
              0:3@123+67 event_id is negative, not a whole number of 64 bits | "{\"timestamp\":1,\"event_id\":-1,\"job_run_queue_v1\":{\"job_run_id\":\"J\"}}"
              0:4@191+37 job_run_queue_v1 is a list, not an object | "{\"timestamp\":1,\"job_run_queue_v1\":[]}"
              0:5@229+51 job_run_queue_v1.job_run_id is a number, not a text | "{\"timestamp\":1,\"job_run_queue_v1\":{\"job_run_id\":7}}"
              0:6@281+73 want_create_v1.partitions is an object, not a list of partitions | "{\"timestamp\":1,\"want_create_v1\":{\"want_id\":\"W\",\"partitions\":{\"ref\":\"a\"}}}"
              0:7@355+68 want_create_v1.partitions: an element is null, not a partition | "{\"timestamp\":1,\"want_create_v1\":{\"want_id\":\"W\",\"partitions\":[null]}}"
              0:8@424+77 want_create_v1.partitions: ref is a list, not a text | "{\"timestamp\":1,\"want_create_v1\":{\"want_id\":\"W\",\"partitions\":[{\"ref\":[\"a\"]}]}}"
              0:9@502+96 job_run_success_v1.read_deps: read is a text, not a list of partitions | "{\"timestamp\":1,\"job_run_success_v1\":{\"job_run_id\":\"J\",\"read_deps\":[{\"impacted\":[],\"read\":\"a\"}]}}"
              0:10@599+118 want_cancel_v1.source is given in several ways | "{\"timestamp\":1,\"want_cancel_v1\":{\"want_id\":\"W\",\"source\":{\"job_triggered\":{\"job_run_id\":\"J\"},\"manually_triggered\":{}}}}"
              0:11@718+43 event_type is a number, not a text | "{\"timestamp\":1,\"event_type\":5,\"payload\":{}}"
              0:12@762+62 payload is a text, not an object | "{\"timestamp\":1,\"event_type\":\"job_run_queue_v1\",\"payload\":\"{}\"}"
              0:13@825+86 there are two payloads | "{\"timestamp\":1,\"job_run_queue_v1\":{\"job_run_id\":\"J\"},\"want_cancel_v1\":{\"want_id\":\"W\"}}"
              0:14@912+98 there are two payloads | "{\"timestamp\":1,\"job_run_queue_v1\":{\"job_run_id\":\"J\"},\"event_type\":\"job_run_queue_v1\",\"payload\":{}}"
            2 of 15 used
        "#]],
    );
}

#[test]
fn what_nobody_knows_is_counted_and_named() {
    check_records(
        &[
            r#"{"timestamp":1,"want_create_v2":{"want_id":"W"}}"#,
            r#"{"timestamp":1,"wantSplitV1":{"want_id":"W"}}"#,
            r#"{"timestamp":1,"event_id":7,"partition_sealed":{"a":1},"trace":"x"}"#,
            r#"{"timestamp":1,"event":{"WantSplitV1":{"want_id":"W"}}}"#,
            r#"{"timestamp":1,"event_type":"want_split_v1","payload":{}}"#,
            r#"{"timestamp":1,"trace":"x","job_run_queue_v1":{"job_run_id":"J","reason":"known elsewhere","host":{"a":[]}}}"#,
            r#"{"timestamp":1,"payload":{},"event":5,"want_create_v1":{"want_id":"W","partitions":[{"ref":"a","size":5}],"source":{"scheduled":{}}}}"#,
            r#"{"timestamp":1,"event":{"tag":1,"JobRunSuccessV1":{"job_run_id":"J","read_deps":[{"impacted":[],"missing":[]}]}}}"#,
        ],
        expect![[r#"
            unknown kinds: WantSplitV1 ×1, partition_sealed ×1, wantSplitV1 ×1, want_create_v2 ×1, want_split_v1 ×1
            unknown fields: event ×1, event.tag ×1, job_run_queue_v1.host ×1, job_run_queue_v1.reason ×1, job_run_success_v1.read_deps.missing ×1, payload ×1, trace ×1, want_create_v1.partition.size ×1, want_create_v1.source.scheduled ×1
            5 of 10 used
        "#]],
    );
}

#[test]
fn what_is_told_twice() {
    let first = r#"{"event_id":1,"timestamp":1,"job_run_queue_v1":{"job_run_id":"J"}}"#;
    let same =
        r#"{"timestamp":"1","event":{"JobRunQueueV1":{"jobRunId":"J","host":"h"}},"eventId":"1"}"#;
    let later = first.replace("\"timestamp\":1", "\"timestamp\":2");
    let other = first.replace("queue", "heartbeat");
    let records = [first, same, &later, &other, first].join("\n");
    check(
        records.as_bytes(),
        expect![[r#"
            duplicate ×2
              0:2@67+85 event_id 1 stands first on line 1 | "job_run_queue_v1 J"
              0:5@291+66 event_id 1 stands first on line 1 | "job_run_queue_v1 J"
            same event_id, other content ×2
              0:3@153+66 event_id 1 stands first on line 1 | "job_run_queue_v1 J"
              0:4@220+70 event_id 1 stands first on line 1 | "job_run_heartbeat_v1 J"
            unknown fields: job_run_queue_v1.host ×1
            1 of 5 used
        "#]],
    );
}

#[test]
fn what_ends_early() {
    let whole = "{\"timestamp\":7,\"job_run_heartbeat_v1\":{\"job_run_id\":\"J\"}}";
    check(
        format!("{whole}\n{whole}").as_bytes(),
        expect![[r#"
        2 of 2 used
    "#]],
    );
    check(
        format!("{whole}\n{}", &whole[..40]).as_bytes(),
        expect![[r#"
            the last line is incomplete; the log may still be being written ×1
              0:2@58+40 EOF while parsing a string at byte 40 | "{\"timestamp\":7,\"job_run_heartbeat_v1\":{\""
            1 of 2 used
        "#]],
    );
    check(
        &[whole.as_bytes(), b"\n\"\xc3"].concat(),
        expect![[r#"
        the last line is incomplete; the log may still be being written ×1
          0:2@58+2 incomplete utf-8 byte sequence from index 1 | "\"�"
        1 of 2 used
    "#]],
    );
    check(
        format!("[{whole},\n{whole},").as_bytes(),
        expect![[r#"
        the last line is incomplete; the log may still be being written ×1
          0:2@118+0 the list of events is not closed | ""
        2 of 2 used
    "#]],
    );
    check(
        format!("[{whole},\n{}", &whole[..40]).as_bytes(),
        expect![[r#"
            the last line is incomplete; the log may still be being written ×1
              0:2@60+40 EOF while parsing a string at byte 40 | "{\"timestamp\":7,\"job_run_heartbeat_v1\":{\""
            1 of 2 used
        "#]],
    );
}

#[test]
fn what_is_not_text_or_too_long() {
    let mut bytes = heartbeats(&["{\"comment\":\"?\"}"]).into_bytes();
    bytes.iter_mut().filter(|byte| **byte == b'?').for_each(|byte| *byte = 0xff);
    check(
        &bytes,
        expect![[r#"
        bad UTF-8 ×1
          0:2@58+15 invalid utf-8 sequence of 1 bytes from index 12 | "{\"comment\":\"�\"}"
        2 of 3 used
    "#]],
    );
    let long = format!("{{\"timestamp\": \"{}", "é".repeat(300));
    let (_, notices) = decode(heartbeats(&[&long]).as_bytes());
    let excerpt = &notices.class(NoticeClass::NotJson).samples[0].excerpt;
    assert_eq!(excerpt.chars().count(), 200);
    assert!(long.starts_with(excerpt));
}

#[test]
fn what_the_bytes_say_themselves() {
    let mut decoder = Decoder::new();
    let kind = Kind::OverLong { n_bytes: 5_000_000_000 };
    decoder.push(Record { bytes: b"{\"timestamp\"", offset: 70, line: 2, kind });
    let (shape, n_bytes) = (Shape::Lines, 6_000_000_000);
    let summary = Summary { shape, n_bytes, n_lines: 3, n_records: 1, is_closed: true };
    decoder.end_input(&summary);
    let record = Record { bytes: b"later", offset: 0, line: 1, kind: Kind::Whole };
    decoder.push(record);
    let progress = decoder.progress();
    assert_eq!((progress.n_records, progress.n_events, progress.n_unusable), (2, 0, 2));
    expect![[r#"
        not JSON ×1
          1:1@0+5 expected value at byte 1 | "later"
        over-long record ×1
          0:2@70+4294967295 the record has 5000000000 bytes | "{\"timestamp\""
        0 of 2 used
    "#]]
    .assert_eq(&said(&decoder.finish().1));
}

/// Ends the reading of `text` before the rest of it came.
fn ended(text: &str, early: Early) -> String {
    let mut decoder = Decoder::new();
    let mut reader = Reader::new(Limits::default());
    reader.push_to(text.as_bytes(), &mut decoder);
    decoder.end_reading(reader, Some(early));
    said(&decoder.finish().1)
}

#[test]
fn what_ended_early_says_why_once() {
    let good = "{\"timestamp\":7,\"job_run_heartbeat_v1\":{\"job_run_id\":\"J\"}}";
    let lines = format!("{good}\n{}", &good[..20]);
    let list = format!("{{\"events\":[{good},{}", &good[..20]);
    expect![[r#"
        reading was stopped here ×1
          0:2@78+0 Reading was stopped here on request; what came before is shown. | ""
        1 of 1 used
    "#]]
    .assert_eq(&ended(&lines, Early::Stopped));
    expect![[r#"
        reading was stopped here ×1
          0:1@89+0 Reading was stopped here, where its memory was used up; what came before is shown. | ""
        1 of 1 used
    "#]]
    .assert_eq(&ended(&list, Early::OutOfMemory));
    expect![[r#"
        the last line is incomplete; the log may still be being written ×1
          0:2@58+20 EOF while parsing a string at byte 20 | "{\"timestamp\":7,\"job_"
        compressed stream ended early ×1
          0:2@78+0 The compressed stream ends early; what was decompressed is shown. | ""
        1 of 2 used
    "#]]
    .assert_eq(&ended(&lines, Early::BrokeOff));
}

#[test]
fn samples_are_the_first_hundred_and_the_list_goes_on() {
    let (_, notices) = decode("x\n".repeat(300).as_bytes());
    let class = notices.class(NoticeClass::NotJson);
    assert_eq!((class.count, class.samples.len(), notices.listed.len()), (300, 100, 300));
    assert_eq!(class.samples[99].line, 100);
    assert_eq!((notices.listed[299].line, notices.listed[299].place.offset()), (300, 598));
    assert_eq!(notices.n_unlisted, 0);
}

#[test]
fn a_file_of_something_else_is_hopeless_after_a_thousand_records() {
    let mut decoder = Decoder::new();
    let mut push = |bytes: &[u8]| {
        decoder.push(Record { bytes, offset: 0, line: 1, kind: Kind::Whole });
        decoder.hopeless()
    };
    let good: &[u8] = br#"{"timestamp":7,"job_run_heartbeat_v1":{"job_run_id":"J"}}"#;
    assert!((0..500).all(|_| !push(good) && !push(b"bad")), "half of them are usable");
    assert!((0..5_000).all(|_| !push(b"bad")), "later ones do not count");
    let mut decoder = Decoder::new();
    let mut push = || {
        decoder.push(Record { bytes: b"{}", offset: 0, line: 1, kind: Kind::Whole });
        decoder.hopeless()
    };
    assert!((0..500).all(|_| !push()) && push());
}

#[test]
fn a_million_kinds_and_fields_take_little_memory() {
    let kinds = (0..3_000).map(|n| format!("{{\"timestamp\":1,\"kind{n}_v1\":{{}}}}\n"));
    let field = |n| {
        format!("{{\"timestamp\":1,\"f{n}\":1,\"job_run_queue_v1\":{{\"job_run_id\":\"J\"}}}}\n")
    };
    let (_, notices) = decode(kinds.chain((0..3_000).map(field)).collect::<String>().as_bytes());
    for tally in [&notices.unknown_kinds, &notices.unknown_fields] {
        assert_eq!((tally.counts().len(), tally.n_rest()), (1_000, 2_000));
    }
}

#[test]
fn hostile_records_do_no_harm() {
    let nested = |depth| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let record = |field: &str, value: &str| {
        format!("{{\"timestamp\":1,\"want_create_v1\":{{\"want_id\":\"W\",\"{field}\":{value}}}}}")
    };
    let deep = nested(100_000);
    let long = "x".repeat(100_000);
    let records = [
        record("unknown", &deep),
        record("partitions", &deep),
        deep.clone(),
        record("partitions", &format!("[{{\"ref\":\"{long}\"}}]")),
        record("comment", "\"\\u0000\""),
        record("comment", "\"\\ud800\""),
        record("comment", "\"\u{0}\""),
        record("ttl_seconds", &"9".repeat(10_000)),
        record("ttl_seconds", "1e999999999"),
        record(&long, "{}"),
        record("want_id", "\"V\""),
    ];
    let (events, notices) = decode(records.join("\n").as_bytes());
    let reasons = NoticeClass::ALL.into_iter().flat_map(|class| {
        let samples = notices.class(class).samples.iter();
        samples.map(move |notice| format!("{} {}: {}\n", notice.line, class.name(), notice.reason))
    });
    expect![[r#"
        6 not JSON: unexpected end of hex escape at byte 65
        7 not JSON: control character (\u0000-\u001F) found while parsing a string at byte 59
        8 not JSON: number out of range at byte 10061
        9 not JSON: number out of range at byte 72
        3 not an object: the record is not an object
        2 wrong type: want_create_v1.partitions: an element is a list, not a partition
    "#]]
    .assert_eq(&reasons.collect::<String>());
    let wants: Vec<_> = events.names.wants.ids().map(|id| events.names.wants.text(id)).collect();
    assert_eq!(wants, ["W", "V"], "of a repeated key the last stands");
    let partitions = events.names.partitions.ids();
    let lengths: Vec<_> = partitions.map(|id| events.names.partitions.text(id).len()).collect();
    assert_eq!(lengths, [100_000]);
}
