//! `bytes`: containers, broken input, and that no cut between slices ever shows.
#![allow(clippy::needless_raw_string_hashes, reason = "expectations are written so")]
use crate::oracle::bytes::{Found, records as twin};
use expect_test::{Expect, expect};
use lineage::bytes::{Container, Kind, Limits, Reader, Summary, is_log_name, is_manifest, sniff};
use std::fmt::Write;

mod properties;

const ENOUGH: usize = 1 << 20;

fn read<'a>(slices: impl IntoIterator<Item = &'a [u8]>, limit: usize) -> (Vec<Found>, Summary) {
    let mut found = Vec::new();
    let mut sink = |record: lineage::bytes::Record<'_>| {
        found.push((record.bytes.to_vec(), record.offset, record.line, record.kind));
    };
    let mut reader = Reader::new(Limits { record_bytes: limit });
    slices.into_iter().for_each(|slice| reader.push(slice, &mut sink));
    let summary = reader.finish(&mut sink);
    (found, summary)
}

fn show(text: &[u8], limit: usize) -> String {
    let (found, summary) = read([text], limit);
    let mut out = String::new();
    for (bytes, offset, line, kind) in &found {
        let bytes = bytes.escape_ascii().to_string().replace("\\\"", "\"");
        let kind = match kind {
            Kind::Whole => String::new(),
            Kind::Unended => " (unended)".into(),
            Kind::OverLong { n_bytes } => format!(" (over-long: {n_bytes})"),
        };
        let _ = writeln!(out, "{line}@{offset} {bytes}{kind}");
    }
    let end = if summary.is_closed { "closed" } else { "open" };
    let _ = writeln!(out, "{:?}, {} lines, {end}", summary.shape, summary.n_lines);
    assert_eq!(summary.n_bytes, text.len() as u64);
    assert_eq!(summary.n_records, found.len() as u64);
    out
}

fn check(text: &str, expected: Expect) {
    expected.assert_eq(&show(text.as_bytes(), ENOUGH));
    check_cuts(text.as_bytes(), ENOUGH);
}

/// Whole, one byte at a time, and cut in two at every place.
fn check_cuts(text: &[u8], limit: usize) {
    let expected = twin(text, limit);
    assert_eq!(read([text], limit).0, expected);
    assert_eq!(read(text.chunks(1), limit).0, expected);
    for at in 0..=text.len() {
        let (head, tail) = text.split_at(at);
        assert_eq!(read([head, tail], limit).0, expected, "cut at {at}");
    }
}

#[test]
fn lines() {
    check(
        "{\"a\":1}\n{\"a\":2}\n",
        expect![[r#"
        1@0 {"a":1}
        2@8 {"a":2}
        Lines, 2 lines, closed
    "#]],
    );
    check(
        "\u{feff}{\"a\":1}\r\n\r\n  \n\t{\"a\":2} \r\n",
        expect![[r#"
        1@3 {"a":1}
        4@18 {"a":2}
        Lines, 4 lines, closed
    "#]],
    );
    check(
        "{\"a\":1}",
        expect![[r#"
        1@0 {"a":1} (unended)
        Lines, 1 lines, closed
    "#]],
    );
    check(
        "{\"a\":1}\n{\"a\":",
        expect![[r#"
        1@0 {"a":1}
        2@8 {"a": (unended)
        Lines, 2 lines, closed
    "#]],
    );
    check(
        "",
        expect![[r#"
        Empty, 0 lines, closed
    "#]],
    );
    check(
        " \n\r\n",
        expect![[r#"
        Empty, 2 lines, closed
    "#]],
    );
    check(
        "\u{feff}",
        expect![[r#"
        Empty, 1 lines, closed
    "#]],
    );
}

#[test]
fn a_broken_line_costs_itself() {
    check(
        "{\"a\":1}\n{\"a\":\n}}]\"\n{\"a\":{\"b\":[2}\n{\"a\":3}\n",
        expect![[r#"
        1@0 {"a":1}
        2@8 {"a":
        3@14 }}]"
        4@19 {"a":{"b":[2}
        5@33 {"a":3}
        Lines, 5 lines, closed
    "#]],
    );
    check(
        "{\"a\":\n{\"a\":1}\n{\"a\":2}\n",
        expect![[r#"
        1@0 {"a":
        2@6 {"a":1}
        3@14 {"a":2}
        Lines, 3 lines, closed
    "#]],
    );
    check(
        "{\"a\":1,\n{\"a\":2}\n{\"a\":3}\n",
        expect![[r#"
        1@0 {"a":1,
        2@8 {"a":2}
        3@16 {"a":3}
        Lines, 3 lines, closed
    "#]],
    );
    check(
        "{\"a\":\"x\n{\"a\":2}\n",
        expect![[r#"
        1@0 {"a":"x
        2@8 {"a":2}
        Lines, 2 lines, closed
    "#]],
    );
    check(
        "{\"a\":\n{\"a\":1}",
        expect![[r#"
        1@0 {"a":
        2@6 {"a":1} (unended)
        Lines, 2 lines, closed
    "#]],
    );
    check(
        "started\n{\"a\":1}\n",
        expect![[r#"
        1@0 started
        2@8 {"a":1}
        Lines, 2 lines, closed
    "#]],
    );
    check(
        "[1, 2]\n{\"a\":\n{\"a\":1}\n",
        expect![[r#"
        1@0 [1, 2]
        2@7 {"a":
        3@13 {"a":1}
        Lines, 3 lines, closed
    "#]],
    );
    check(
        "[info] started\n{\"a\":1}\n",
        expect![[r#"
        1@0 [info] started
        2@15 {"a":1}
        Lines, 2 lines, closed
    "#]],
    );
    check(
        "{\n{\"a\":1}\n{\"a\":2}\n",
        expect![[r#"
        1@0 {
        2@2 {"a":1}
        3@10 {"a":2}
        Values, 3 lines, closed
    "#]],
    );
}

#[test]
fn arrays() {
    check(
        "[{\"a\":1},{\"a\":[2,{}]} , {\"a\":\"]},{\\\"\"}]",
        expect![[r#"
        1@1 {"a":1}
        1@9 {"a":[2,{}]}
        1@24 {"a":"]},{\\""}
        Array, 1 lines, closed
    "#]],
    );
    check(
        "[\n  {\n    \"a\": 1\n  },\n  {\n    \"a\": 2\n  }\n]\n",
        expect![[r#"
        2@4 {\n    "a": 1\n  }
        5@24 {\n    "a": 2\n  }
        Array, 8 lines, closed
    "#]],
    );
    check(
        "[]",
        expect![[r#"
        Array, 1 lines, closed
    "#]],
    );
    check(
        "[{\"a\":1}]\n[{\"a\":2}]\n",
        expect![[r#"
        1@1 {"a":1}
        2@11 {"a":2}
        Array, 2 lines, closed
    "#]],
    );
    check(
        "[{\"a\":1},\n{\"a\":2},\n{\"a\"",
        expect![[r#"
        1@1 {"a":1}
        2@10 {"a":2}
        3@19 {"a" (unended)
        Array, 3 lines, open
    "#]],
    );
    check(
        "[\n1, null, \"{\\\"a\\\":1}, x\", {\"a\":1}, [{\"a\":2}]]",
        expect![[r#"
        2@2 1
        2@5 null
        2@11 "{\\"a\\":1}, x"
        2@27 {"a":1}
        2@37 {"a":2}
        Array, 2 lines, closed
    "#]],
    );
}

#[test]
fn a_broken_item_costs_itself() {
    check(
        "[{\"a\":1},oops,{\"a\":2} {\"a\":3} junk ]",
        expect![[r#"
        1@1 {"a":1}
        1@9 oops
        1@14 {"a":2}
        1@22 {"a":3}
        1@30 junk
        Array, 1 lines, closed
    "#]],
    );
    check(
        "[\"{\"a\":1}, {\"a\":2}\", {\"a\":3}]",
        expect![[r#"
        1@1 "{"a":1}
        1@11 {"a":2}
        1@18 ", {"a":3}
        Array, 1 lines, closed
    "#]],
    );
    check(
        "[{\"a\":1,{\"a\":2},{\"a\":3}]",
        expect![[r#"
        1@1 {"a":1,
        1@8 {"a":2}
        1@16 {"a":3}
        Array, 1 lines, closed
    "#]],
    );
    check(
        "[{\"a\":[1},{\"a\":2},{\"a\":3}]",
        expect![[r#"
        1@1 {"a":[1}
        1@10 {"a":2}
        1@18 {"a":3}
        Array, 1 lines, closed
    "#]],
    );
    check(
        "[{\"a\":1]},{\"a\":2}},{\"a\":3}],{\"a\":4}]",
        expect![[r#"
        1@1 {"a":1]}
        1@10 {"a":2}
        1@17 }
        1@19 {"a":3}
        1@28 {"a":4}
        Array, 1 lines, closed
    "#]],
    );
    check(
        "[{\"a\":\"x},{\"a\":2},{\"a\":3}]",
        expect![[r#"
        1@1 {"a":"x},{"a":2}
        1@18 {"a":3}
        Array, 1 lines, closed
    "#]],
    );
    check(
        "[{\"a\":\"say \"hi\" now\"},{\"a\":2}]",
        expect![[r#"
        1@1 {"a":"say "hi" now"}
        1@22 {"a":2}
        Array, 1 lines, closed
    "#]],
    );
    check(
        "[\n{\"a\":\"x\n},{\"a\":2}]",
        expect![[r#"
        2@2 {"a":"x\n}
        3@12 {"a":2}
        Array, 3 lines, closed
    "#]],
    );
}

/// It takes the next ones for its own, which is found out at its end.
#[test]
fn an_item_torn_in_a_list_costs_itself() {
    check(
        "[{\"a\":1,\"b\":[{\"c\":1},{\"a\":2},{\"a\":[{\"a\":3}]},{\"a\":4}]",
        expect![[r#"
        1@1 {"a":1,"b":[{"c":1},
        1@21 {"a":2}
        1@29 {"a":[
        1@35 {"a":3}
        1@43 }
        1@45 {"a":4}
        Array, 1 lines, closed
    "#]],
    );
    check(
        "[{\"a\":1,\"b\":[{\"a\":2}]},{\"a\":3}]",
        expect![[r#"
        1@1 {"a":1,"b":[{"a":2}]}
        1@23 {"a":3}
        Array, 1 lines, closed
    "#]],
    );
    check(
        "[{\"a\":1,\"b\":\n{\"a\":2\n,\"c\":[",
        expect![[r#"
        1@1 {"a":1,"b":
        2@13 {"a":2\n,"c":[ (unended)
        Array, 3 lines, open
    "#]],
    );
}

#[test]
fn one_object() {
    check(
        "{\"events\":[{\"a\":1},{\"a\":2}]}",
        expect![[r#"
        1@11 {"a":1}
        1@19 {"a":2}
        Object, 1 lines, closed
    "#]],
    );
    check(
        "{\n \"n\": {\"events\": [0]},\n \"events\": [\n  {\"a\": 1},\n  {\"events\": []}\n ],\n \"next\": [\"x\", {}]\n}\n",
        expect![[r#"
            4@40 {"a": 1}
            5@52 {"events": []}
            Object, 8 lines, closed
        "#]],
    );
    check(
        "{\"v\":1, \"events\" :[]}\n{\"events\":[{\"a\":1}]}",
        expect![[r#"
        2@33 {"a":1}
        Object, 2 lines, closed
    "#]],
    );
    check(
        "{\"events\":[{\"a\":1}],{\"a\":2}],\"x\":{\"y\":[1]}}",
        expect![[r#"
        1@11 {"a":1}
        1@20 {"a":2}
        Object, 1 lines, closed
    "#]],
    );
    check(
        "{\"events\":[{\"a\":1}",
        expect![[r#"
        1@11 {"a":1}
        Object, 1 lines, open
    "#]],
    );
    check(
        "{\"events\":{\"a\":1}}\n",
        expect![[r#"
        1@0 {"events":{"a":1}}
        Lines, 1 lines, closed
    "#]],
    );
}

#[test]
fn values_over_several_lines() {
    check(
        "{\n  \"a\": 1\n}\n",
        expect![[r#"
        1@0 {\n  "a": 1\n}
        Values, 3 lines, closed
    "#]],
    );
    check(
        "{ \"a\": 1,\n  \"b\": [\n 2]}\n{\"a\": 2}\n",
        expect![[r#"
        1@0 { "a": 1,\n  "b": [\n 2]}
        4@24 {"a": 2}
        Values, 4 lines, closed
    "#]],
    );
    check(
        "{\"a\":1}{\"a\":2} {\"a\":3}\n{\"a\":4}",
        expect![[r#"
        1@0 {"a":1}
        1@7 {"a":2}
        1@15 {"a":3}
        2@23 {"a":4}
        Values, 2 lines, closed
    "#]],
    );
    check(
        "{\"a\":1},\n{\"a\":2},\n",
        expect![[r#"
        1@0 {"a":1}
        2@9 {"a":2}
        Values, 2 lines, closed
    "#]],
    );
    check(
        "{\n \"a\": {\n}\n{\n \"a\": 2\n}\n",
        expect![[r#"
        1@0 {\n "a": {\n}
        4@12 {\n "a": 2\n}
        Values, 6 lines, closed
    "#]],
    );
}

#[test]
fn over_long_records_are_counted_and_skipped() {
    let check = |text: &str, expected: Expect| {
        expected.assert_eq(&show(text.as_bytes(), 8));
        check_cuts(text.as_bytes(), 8);
    };
    check(
        "{\"a\":1}\n{\"a\":\"long\"}\n{\"a\":2}\n",
        expect![[r#"
        1@0 {"a":1}
        2@8 {"a":"long"} (over-long: 12)
        3@21 {"a":2}
        Lines, 3 lines, closed
    "#]],
    );
    check(
        "[{\"a\":1},{\"a\":\"long\"},12345678901,{\"a\":2}]",
        expect![[r#"
        1@1 {"a":1}
        1@9 {"a":"long"} (over-long: 12)
        1@22 12345678901 (over-long: 11)
        1@34 {"a":2}
        Array, 1 lines, closed
    "#]],
    );
    check(
        "{\"before\":\"long\",\"events\":[{\"a\":1}]}",
        expect![[r#"
        1@27 {"a":1}
        Object, 1 lines, closed
    "#]],
    );
    check(
        "{\"a\":1,\n\"b\":2\n{\"a\":2}",
        expect![[r#"
        1@0 {"a":1,\n"b":2 (over-long: 14)
        3@14 {"a":2}
        Values, 3 lines, closed
    "#]],
    );
    check(
        "{\"a\":\"long\"",
        expect![[r#"
        1@0 {"a":"long" (over-long: 11)
        Lines, 1 lines, closed
    "#]],
    );

    let text = format!("{{\"a\":\"{}\"}}\n{{}}\n", "x".repeat(3_000));
    let (found, _) = read(text.as_bytes().chunks(7), 1_000);
    assert_eq!(found[0].0, &text.as_bytes()[..800]);
    assert_eq!((found[0].3, found[1].2), (Kind::OverLong { n_bytes: 3_008 }, 2));
}

#[test]
fn utf8_is_told_by_the_record() {
    let mut said = Vec::new();
    let mut reader = Reader::new(Limits::default());
    reader.push(b"{\"a\":\"\xc3\xa9\"}\n{\"a\":\"\xc3\"}\n", &mut |record| {
        said.push(record.text().map_err(|error| error.valid_up_to()).map(str::len));
    });
    assert_eq!(said, [Ok(10), Err(6)]);
}

#[test]
fn compression_is_told_by_the_first_bytes() {
    assert_eq!(sniff(b"\x1f\x8b\x08\x00"), Container::Gzip);
    assert_eq!(sniff(b"\x28\xb5\x2f\xfd"), Container::Zstd);
    assert_eq!(sniff(b"\x50\x2a\x4d\x18"), Container::Zstd);
    assert_eq!(sniff(b"{\"a\""), Container::Text);
    assert_eq!(sniff(b"\x1f"), Container::Text);
    assert_eq!(sniff(b""), Container::Text);
}

#[test]
fn a_manifest_is_told_by_its_first_key() {
    for text in ["{\"logs\":[]}", "\u{feff} {\r\n  \"logs\" : [\"a.ndjson\"]}", "{\"logs\""] {
        assert!(is_manifest(text.as_bytes()), "{text}");
    }
    for text in
        ["", "{", "{\"log", "{\"events\":[]}", "[\"logs\"]", "{\"a\":1,\"logs\":[]}", "\"logs\""]
    {
        assert!(!is_manifest(text.as_bytes()), "{text}");
    }
}

#[test]
fn of_a_folder_only_what_is_named_like_a_log_is_read() {
    for name in ["a.ndjson", "a.jsonl", "a.json", "part-0.json.gz", "a.log.zst"] {
        assert!(is_log_name(name), "{name}");
    }
    for name in ["", ".ndjson", ".a.ndjson", "README.md", "a.gz", "a.ndjson.gz.bak", "json"] {
        assert!(!is_log_name(name), "{name}");
    }
}

/// Deeper than brackets are remembered: still one record, and the next one is found.
#[test]
fn depth_is_no_harm() {
    let deep = format!("{{\"a\":{}{}}}", "[".repeat(1_000), "]".repeat(1_000));
    let text = format!("[{deep},{{\"a\":2}}]");
    let found = twin(text.as_bytes(), ENOUGH);
    assert_eq!(found.len(), 2);
    assert_eq!(read([text.as_bytes()], ENOUGH).0, found);
    assert_eq!(read([b"[".repeat(100_000).as_slice()], ENOUGH).0, []);
}

/// A long line one byte at a time takes as many steps as it has bytes. (A quadratic reader would
/// make this test run for hours.)
#[test]
fn one_byte_at_a_time_is_linear() {
    let n_bytes = 10 << 20;
    let body = "\\\"{[x".repeat(n_bytes / 6);
    for (head, tail) in [("{\"a\":\"", "\"}\n"), ("[{\"a\":\"", "\"}]"), ("x", "\n")] {
        let text = [head, &body, tail].concat();
        let (found, _) = read(text.as_bytes().chunks(1), 64 << 20);
        assert_eq!(found.len(), 1);
        assert!(found[0].0.len() > n_bytes / 6 * 5);
    }
}
