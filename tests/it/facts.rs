//! What stands beside a picture, as text: the facts about what is inspected. Beside this file, the head and
//! the bar of a run, lists, the tree, and an event's own JSON.
#![allow(clippy::needless_raw_string_hashes, reason = "expectations are written so")]
mod json;
mod lists;
mod run;
mod tree;

use std::fmt::Write;

use expect_test::{Expect, expect};
use lineage::facts::{Facts, MAX_ROWS, Practice, Row, Section, Value, facts, practice};
use lineage::graph::{Focus, Graph, build, resolve};
use lineage::history::{AsOf, History, as_of, replay};
use lineage::route::{Page, Route};
use lineage::words::duration;

use crate::fixture::{FIRST_SECOND, decode, log};

const GAMMA: &[u8] = include_bytes!("../logs/gamma.ndjson");

fn gamma() -> History {
    replay(decode(GAMMA).0).0
}

fn history(picture: &str) -> History {
    replay(log(picture)).0
}

/// Asks about the graph of an address.
fn ask<T>(
    history: &History,
    address: &str,
    question: impl FnOnce(AsOf<'_>, &Graph, Focus) -> T,
) -> T {
    let route = Route::parse(address).0;
    let at = route.at.and_then(|id| history.log.seq_of_event_id(id));
    let moment = as_of(history, at);
    let asof = moment.of(history);
    let ask = resolve(asof, &route).unwrap();
    question(asof, &build(asof, &ask), ask.focus)
}

/// The facts about the focus.
fn check(history: &History, address: &str, expected: Expect) {
    let told = ask(history, address, |asof, graph, _| {
        text_of(&facts(asof, graph, graph.nodes[0].key, MAX_ROWS))
    });
    expected.assert_eq(&told);
}

fn text_of(facts: &Facts) -> String {
    let Facts { kind, lead, name, which, status, marks, said, page, questions, rows, sections } =
        facts;
    let status = status.map_or("-".to_owned(), |status| status.text());
    let page = page.as_ref().map_or(String::new(), |page| format!(" -> {}", address(page)));
    let mut text = format!("{kind}: {lead}|{name}|{which} [{status}]{page}\n");
    for words in marks.iter().chain(said) {
        let _ = writeln!(text, "  ({words})");
    }
    for (words, page) in questions {
        let _ = writeln!(text, "  {words}? -> {}", address(page));
    }
    rows.iter().for_each(|row| text.push_str(&line(row)));
    sections.iter().for_each(|section| text.push_str(&list(section)));
    text
}

fn list(section: &Section) -> String {
    let mut text = format!("{}\n", section.title);
    section.rows.iter().for_each(|row| text.push_str(&line(row)));
    if section.n_more > 0 {
        let _ = writeln!(text, "  and {} more", section.n_more);
    }
    text
}

fn line(row: &Row) -> String {
    let Row { lead, label, page, status, note, value, .. } = row;
    let glyph = status.map_or("", |status| status.tone.glyph());
    let page = page.as_ref().map_or(String::new(), |page| format!(" -> {}", address(page)));
    let value = match value {
        Value::None => String::new(),
        Value::Text(text) | Value::Id(text) => text.clone(),
        Value::Link(text, page) => format!("{text} -> {}", address(page)),
        Value::Count(n) => n.to_string(),
        Value::Time(nanos) => time(*nanos),
        Value::Duration(nanos) => duration(*nanos),
    };
    let text = format!("  {glyph} {lead}{label} ({note}): {value}{page}");
    text.replace(" ()", "").replace("   ", "  ") + "\n"
}

fn address(page: &Page) -> String {
    Route::new(page.clone()).to_string()
}

/// Seconds after the first event of a picture.
fn time(nanos: u64) -> String {
    let secs = i128::from(nanos / 1_000_000_000) - i128::from(FIRST_SECOND);
    format!("{secs:+} s")
}

#[test]
fn a_want_tells_its_verdicts_work_and_critical_path() {
    check(
        &gamma(),
        "#/want/W-001",
        expect![[r#"
        Want: |W-001| [successful] -> #/want/W-001
          (in 14 m 02 s)
          (within SLA)
          Asked by: ops, by hand
          Created: +0 s
          Done: +842 s
          Data time: -49750 s
          Due (SLA 1 d): +36650 s
          Expires (TTL 2 d): +123050 s
        Requested · 1
          ✓ data/gamma: built by JR-789 -> #/partition/data%2Fgamma?uuid=5267dfe1-1b14-5753-be82-0daf0b5dfc75
        Work done
          Job runs: 5
          Attempts: 5
          Partitions built: 3
          Derivative wants: 2
          Dependency misses: 2
          Failures: 0
        Critical path · 7
          … JR-788 (dep miss): 9 s -> #/job-run/JR-788
          ✓ W-002 (derivative want): 4 m 49 s -> #/want/W-002
          … JR-455 (dep miss): 7 s -> #/job-run/JR-455
          ✓ W-003 (derivative want): 2 m -> #/want/W-003
          ✓ JR-300 (succeeded): 1 m 58 s -> #/job-run/JR-300
          ✓ JR-456 (succeeded): 2 m 38 s -> #/job-run/JR-456
          ✓ JR-789 (succeeded): 9 m -> #/job-run/JR-789
          in runs: 13 m 52 s of 14 m 02 s
        Derivative wants · 1
          ✓ W-002: successful -> #/want/W-002
        Runs scheduled for it · 2
          … JR-788 (dep miss): 9 s -> #/job-run/JR-788
          ✓ JR-789 (succeeded): 9 m -> #/job-run/JR-789
    "#]],
    );
}

#[test]
fn a_want_that_is_not_done_tells_how_long_it_has_been_open() {
    check(
        &gamma(),
        "#/want/W-001?at=8",
        expect![[r#"
        Want: |W-001| [upstream building] -> #/want/W-001
          (open for 20 s)
          (SLA in 10 h 10 m)
          Asked by: ops, by hand
          Created: +0 s
          Data time: -49750 s
          Due (SLA 1 d): +36650 s
          Expires (TTL 2 d): +123050 s
        Requested · 1
          … data/gamma: waiting for W-002 -> #/partition/data%2Fgamma
        Work done
          Job runs: 2
          Attempts: 2
          Partitions built: 0
          Derivative wants: 1
          Dependency misses: 2
          Failures: 0
        Derivative wants · 1
          ○ W-002: idle -> #/want/W-002
        Runs scheduled for it · 1
          … JR-788 (dep miss): 9 s -> #/job-run/JR-788
    "#]],
    );
}

#[test]
fn an_instance_tells_its_origin_its_versions_and_its_readers() {
    let history = history(
        "want W1 data/b by ops
        buffer J1 //jobs:b data/b for W1
        heartbeat J1
        success J1 data/b<-data/a
        buffer J2 //jobs:b data/b
        success J2 data/b<-data/a
        taint T1 data/b by ops because wrong currency
        buffer J3 //jobs:c data/c
        success J3 data/c<-data/b",
    );
    check(
        &history,
        "#/partition/data%2Fb",
        expect![[r#"
            Partition instance: data/|b| [tainted] -> #/partition/data%2Fb?uuid=1135f0a9-5767-5cc7-ad96-5beeccce4842
              (current)
              What uses it? -> #/impact/data%2Fb?uuid=1135f0a9-5767-5cc7-ad96-5beeccce4842
              Compare with the version before? -> #/diff/data%2Fb?a=2ce9723f-8fc8-5f55-8ea2-ad465683d0b5&b=1135f0a9-5767-5cc7-ad96-5beeccce4842
              Instance: 1135f0a9-5767-5cc7-ad96-5beeccce4842
              Built by: J2 -> #/job-run/J2
              Job: //jobs:b -> #/job/%2F%2Fjobs:b
              Live since: +5 s
              Tainted: T1 by ops: wrong currency
            Versions · 2
              ! 1135f0a9 (tainted, current, shown): +5 s -> #/partition/data%2Fb?uuid=1135f0a9-5767-5cc7-ad96-5beeccce4842
              ✓ 2ce9723f (superseded): +3 s -> #/partition/data%2Fb?uuid=2ce9723f-8fc8-5f55-8ea2-ad465683d0b5
            Built from · 1
              ○ data/a: external -> #/partition/data%2Fa
            Read to build · 1
              ✓ data/c: live -> #/partition/data%2Fc?uuid=14db0ddb-4c1c-51c0-b960-0392c64cb117
        "#]],
    );
}

#[test]
fn a_ref_tells_all_its_builds() {
    check(
        &gamma(),
        "#/partition/data%2Fbeta?mode=refs",
        expect![[r#"
        Partition: data/|beta| [live] -> #/partition/data%2Fbeta
          Versions: 1
        Builds · 2
          … cca38199: missed -> #/partition/data%2Fbeta?uuid=cca38199-77a4-5d80-b18e-1c46abe67df5
          ✓ e2944783 (current): live -> #/partition/data%2Fbeta?uuid=e2944783-8a1c-522d-ab93-9020c12d4206
        Wants for it · 1
          ✓ W-002: successful -> #/want/W-002
        Ever built from · 1
          ✓ data/alpha:  -> #/partition/data%2Falpha?mode=refs
        Ever read to build · 1
          ✓ data/gamma:  -> #/partition/data%2Fgamma?mode=refs
    "#]],
    );
}

#[test]
fn a_run_tells_its_attempts_and_what_it_missed() {
    check(
        &gamma(),
        "#/job-run/JR-788",
        expect![[r#"
            Job run: |//jobs:gamma|JR-788 [dep miss] -> #/job-run/JR-788
              All runs of this job? -> #/job/%2F%2Fjobs:gamma
              Of this work: attempt 1 of 2
              Buffered: +2 s
              Started: +5 s
              Ended: +11 s
              Waited: 3 s
              Ran: 6 s
            Attempts · 2
              … JR-788 (dep miss, first unsuccessful, this run): 9 s -> #/job-run/JR-788
              ✓ JR-789 (succeeded): 9 m -> #/job-run/JR-789
            Scheduled for · 1
              ✓ W-001: successful -> #/want/W-001
            Read · 0
            Was to write · 1
              … data/gamma: missed -> #/partition/data%2Fgamma?uuid=9136b233-14b5-57da-aa26-c68f196d4cd7
            Missed · 1
              ✓ data/beta: now live -> #/partition/data%2Fbeta
            Derivative wants · 1
              ✓ W-002: successful -> #/want/W-002
        "#]],
    );
}

#[test]
fn what_a_later_event_said_is_not_told_before_it() {
    check(
        &gamma(),
        "#/job-run/JR-789?at=18",
        expect![[r#"
            Job run: |//jobs:gamma|JR-789 [running] -> #/job-run/JR-789
              (at this moment)
              All runs of this job? -> #/job/%2F%2Fjobs:gamma
              Of this work: attempt 2 of 2
              Buffered: +302 s
              Started: +306 s
              Last heartbeat: +306 s
              Waited: 4 s
            Attempts · 2
              … JR-788 (dep miss, first unsuccessful): 9 s -> #/job-run/JR-788
              ▸ JR-789 (running, this run):  -> #/job-run/JR-789
            Scheduled for · 1
              ▸ W-001: building -> #/want/W-001
            Read · 0
            Writes · 1
              ▸ data/gamma: building -> #/partition/data%2Fgamma?uuid=5267dfe1-1b14-5753-be82-0daf0b5dfc75
            Derivative wants · 1
              ✓ W-002 (spawned by JR-788): successful -> #/want/W-002
        "#]],
    );
}

/// The addresses that are asked for practice; each has an answer.
fn practiced(history: &History) -> Vec<String> {
    let address = |route: Route| {
        let address = route.to_string();
        ask(history, &address, |_, graph, _| assert!(!graph.nodes.is_empty()));
        address
    };
    let Practice { views, hub } = practice(history);
    assert!(
        hub.iter().all(|(_, n_times)| *n_times > 1),
        "what many read is asked for more than once"
    );
    views.into_iter().chain(hub.map(|(route, _)| route)).map(address).collect()
}

/// `n` runs read `data/hot`, and so many others read all that those build.
fn read_by(n: usize, n_far: usize) -> History {
    let mut picture = String::from("want W1 data/a by ops\n");
    for i in 0..n {
        let _ = writeln!(picture, "buffer J{i} //jobs:read data/x{i}");
    }
    picture += "buffer B //jobs:build data/hot for W1\nsuccess B -\n";
    for i in 0..n {
        let _ = writeln!(picture, "success J{i} data/x{i}<-data/hot");
    }
    let all: Vec<_> = (0..n).map(|i| format!("data/x{i}")).collect();
    for (i, all) in std::iter::repeat_n(all.join(","), n_far).enumerate() {
        let _ =
            writeln!(picture, "buffer K{i} //jobs:far data/y{i}\nsuccess K{i} data/y{i}<-{all}");
    }
    history(&picture)
}

#[test]
fn practice_is_one_page_of_each_view_that_has_little_beside_it() {
    assert_eq!(practiced(&History::default()), [""; 0]);
    let pages = practiced(&gamma());
    assert_eq!(pages[..3], ["#/want/W-003", "#/job-run/JR-789", "#/partition/data%2Falpha"]);
    // What is mentioned last is read by one run, or by too many.
    let pages = practiced(&read_by(1, 0));
    let hot = "#/partition/data%2Fhot";
    assert_eq!(pages, ["#/want/W1", "#/job-run/B", hot, &format!("{hot}?down=3")]);
    assert_eq!(practiced(&read_by(501, 0)), ["#/want/W1", "#/job-run/B"]);
}

#[test]
fn practice_is_over_many_reads_but_not_too_many() {
    let last = |history: &History| practiced(history).pop();
    assert_eq!(last(&read_by(30, 1)).as_deref(), Some("#/partition/data%2Fhot?down=3"));
    // Of those the one is left out that many read, but not what few of them read.
    assert_eq!(last(&read_by(501, 1)).as_deref(), Some("#/partition/data%2Fx500?down=3"));
    assert_eq!(last(&read_by(500, 120)).as_deref(), Some("#/partition/data%2Fy119"));
}
