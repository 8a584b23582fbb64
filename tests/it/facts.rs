//! What stands beside a picture, as text: facts, the head and the bar of a run, the tree, the
//! table, the members of a group, and an event's own JSON.
#![allow(clippy::needless_raw_string_hashes, reason = "expectations are written so")]
use std::fmt::Write;

use expect_test::{Expect, expect};
use lineage::events::Id;
use lineage::facts::{
    self, Column, Facts, MAX_ROWS, Member, Order, Phase, Row, Section, Timeline, Tree, Value,
    asked_event, event_after, event_before, facts, is_whole_object, pretty,
};
use lineage::graph::{
    Edge, EdgeKind, Focus, Graph, Key, Node, OutlineRow, Role, build, outline, resolve,
};
use lineage::history::{AsOf, History, as_of, replay};
use lineage::route::{Page, Route};
use lineage::scene::cards;
use lineage::words::duration;
use proptest::prelude::*;
use serde_json::json;

use crate::fixture::{FIRST_SECOND, decode, log};
use crate::random_logs::plausible;

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

/// A run that fails, waits, runs again and is still at work.
const RESTARTED: &str = "buffer J1 //jobs:a data/a
    @1732283410 heartbeat J1
    @1732283470 fail J1 because out of memory
    @1732287070 queue J1
    @1732287080 heartbeat J1
    @1732287090 fail J1 because disk full
    @1732290000 heartbeat J1
    @1732290100 want W1 data/x by ops";

#[test]
fn the_head_of_a_run_places_it_among_its_attempts() {
    let head = |history: &History, address| {
        ask(history, address, |asof, _, focus| {
            let Focus::Run(run) = focus else { panic!("a run") };
            let head = facts::run_head(asof, run, MAX_ROWS);
            let mut text = format!("{} {} {:?}\n", head.label, head.id, head.place);
            for row in [&head.previous, &head.next].into_iter().flatten() {
                text.push_str(&line(row));
            }
            head.attempts.iter().for_each(|section| text.push_str(&list(section)));
            text.push_str(&list(&head.wants));
            for reason in facts::reasons(asof, run) {
                let _ =
                    writeln!(text, "{:?} {}: {}", reason.attempt, reason.status.word, reason.text);
            }
            text
        })
    };
    expect![[r#"
        //jobs:gamma JR-789 Some("attempt 2 of 2")
          … JR-788 (dep miss): 9 s -> #/job-run/JR-788
        Attempts · 2
          … JR-788 (dep miss, first unsuccessful): 9 s -> #/job-run/JR-788
          ✓ JR-789 (succeeded, this run): 9 m -> #/job-run/JR-789
        Scheduled for · 1
          ✓ W-001 (data/gamma): successful -> #/want/W-001
    "#]]
    .assert_eq(&head(&gamma(), "#/job-run/JR-789"));
    expect![[r#"
        //jobs:a J1 Some("attempts 1 to 3 of 3")
        Attempts · 3
          ✕ J1 (failed, first unsuccessful): 2 m -> #/job-run/J1
          ✕ J1 (failed): 20 s -> #/job-run/J1
          ▸ J1 (running):  -> #/job-run/J1
        Scheduled for · 0
        Some(1) failed: out of memory
        Some(2) failed: disk full
    "#]]
    .assert_eq(&head(&history(RESTARTED), "#/job-run/J1"));
}

fn bar(history: &History, address: &str) -> String {
    let timeline = ask(history, address, |asof, _, focus| {
        let Focus::Run(run) = focus else { panic!("a run") };
        facts::timeline(asof, run)
    });
    let mut text = String::new();
    for segment in &timeline.segments {
        let ended = segment.ended.map_or("", |status| status.word);
        let share = timeline.share(segment) * 100.0;
        let (phase, took) = (segment.phase, duration(segment.nanos));
        let from = time(segment.from_nanos);
        let _ = writeln!(text, "{phase:?} from {from}, {took}, {share:.0} % {ended}");
    }
    let Timeline { end_nanos, open, .. } = timeline;
    let _ = writeln!(text, "end {:?}, open {open:?}", end_nanos.map(time));
    text
}

#[test]
fn the_bar_of_a_run_folds_idle_time() {
    expect![[r#"
        Queued from +0 s, 1 m, 25 % 
        Running from +60 s, 1 m, 25 % failed
        Idle from +120 s, 1 h, 0 % 
        Queued from +3720 s, 10 s, 4 % 
        Running from +3730 s, 10 s, 4 % failed
        Idle from +3740 s, 48 m 30 s, 0 % 
        Running from +6650 s, 1 m 40 s, 42 % 
        end None, open Some("when the log ends")
    "#]]
    .assert_eq(&bar(&history(RESTARTED), "#/job-run/J1"));
    expect![[r#"
        Queued from +302 s, 4 s, 1 % 
        Running from +306 s, 8 m 56 s, 99 % succeeded
        end Some("+842 s"), open None
    "#]]
    .assert_eq(&bar(&gamma(), "#/job-run/JR-789"));
}

#[test]
fn the_bar_of_a_run_that_is_only_planned_is_one_wait() {
    expect![[r#"
        Queued from +0 s, 0 s, 100 % 
        end None, open Some("at this moment")
    "#]]
    .assert_eq(&bar(&history(RESTARTED), "#/job-run/J1?at=1"));
}

#[test]
fn the_bar_counts_the_attempts_that_it_leaves_out() {
    let mut picture = "buffer J1 //jobs:a data/a\nfail J1\n".to_owned();
    for _ in 0..19 {
        picture.push_str("queue J1\nfail J1\n");
    }
    let history = history(&picture);
    let segments = ask(&history, "#/job-run/J1", |asof, _, focus| {
        let Focus::Run(run) = focus else { panic!("a run") };
        facts::timeline(asof, run).segments
    });
    let skipped = segments.iter().filter_map(|segment| match segment.phase {
        Phase::Skipped(n) => Some(n),
        _ => None,
    });
    let n_shown = segments.iter().filter(|segment| segment.ended.is_some()).count();
    assert_eq!((skipped.collect::<Vec<_>>(), n_shown), (vec![12], 8));
}

#[test]
fn heartbeats_between_heartbeats_are_folded_and_counted() {
    let beats = "heartbeat J1\n".repeat(50);
    let history =
        history(&format!("buffer J1 //jobs:a data/a\n{beats}fail J1\nqueue J1\nheartbeat J1"));
    let events = |with_all| {
        ask(&history, "#/job-run/J1", |asof, _, focus| {
            let Focus::Run(run) = focus else { panic!("a run") };
            let events = facts::source_events(asof, run, with_all);
            let ids = events.listed.iter().filter_map(|&seq| asof.history.log.event_id(seq));
            (ids.collect::<Vec<_>>(), events.n_folded, events.n_all)
        })
    };
    assert_eq!(events(false), (vec![1, 2, 51, 52, 53, 54], 48, 54));
    assert_eq!(events(true), ((1..=54).collect(), 0, 54));
}

#[test]
fn members_are_searched_and_sorted() {
    let mut picture = "buffer J0 //jobs:hub data/hub\nsuccess J0 -\n".to_owned();
    for (run, store) in [8, 3, 5, 1, 9, 2, 7, 4, 12].into_iter().enumerate() {
        let _ = writeln!(picture, "buffer J{} //jobs:report report/store={store}", run + 1);
        let _ = writeln!(picture, "success J{} report/store={store}<-data/hub", run + 1);
    }
    picture.push_str("taint T1 report/store=5 by ops");
    let history = history(&picture);
    let found = |text, order| {
        ask(&history, "#/partition/data%2Fhub", |asof, graph, _| {
            let keys = facts::members(asof, &graph.groups[0], text, order);
            let rows = keys.into_iter().map(|key| facts::member(asof, key));
            let note = |Member { row, .. }| row.note.trim_start_matches("store=").to_owned();
            rows.map(note).collect::<Vec<_>>().join(" ")
        })
    };
    expect!["8 3 5 1 9 2 7 4 12"].assert_eq(&found("", Order::Log));
    expect!["1 12 2 3 4 5 7 8 9"].assert_eq(&found("", Order::Name));
    expect!["5 8 3 1 9 2 7 4 12"].assert_eq(&found("", Order::Status));
    expect!["12 4 7 2 9 1 5 3 8"].assert_eq(&found("", Order::Newest));
    expect!["1 12"].assert_eq(&found(" STORE=1", Order::Log));
    expect![""].assert_eq(&found("nothing", Order::Log));
}

#[test]
fn long_lists_are_counted_not_cut() {
    let reads: Vec<String> = (0..60).map(|n| format!("data/in{n}")).collect();
    let picture = format!("buffer J1 //jobs:a data/a\nsuccess J1 data/a<-{}", reads.join(","));
    let history = history(&picture);
    let read = |most| {
        ask(&history, "#/job-run/J1", |asof, _, focus| {
            let Focus::Run(run) = focus else { panic!("a run") };
            let read = facts::run_sections(asof, run, most).swap_remove(0);
            (read.title, read.rows.len(), read.n_more)
        })
    };
    assert_eq!(read(MAX_ROWS), ("Read · 60".to_owned(), 50, 10));
    assert_eq!(read(usize::MAX), ("Read · 60".to_owned(), 60, 0));
}

#[test]
fn the_table_counts_links_and_sorts_both_ways() {
    let history = gamma();
    let route = Route::parse("#/want/W-001").0;
    let moment = as_of(&history, None);
    let asof = moment.of(&history);
    let question = resolve(asof, &route).unwrap();
    let graph = build(asof, &question);
    let cards = cards(asof, &graph, &question, None);
    let mut rows = facts::table(&graph, &cards);
    let told = |rows: &[facts::TableRow]| {
        let told = rows.iter().map(|row| {
            let name = &cards[row.node as usize].name;
            format!("{name} {} in {} out {}", row.n_attempts, row.n_in, row.n_out)
        });
        told.collect::<Vec<_>>().join("\n")
    };
    expect![[r#"
        W-001 0 in 0 out 1
        gamma 0 in 2 out 0
        //jobs:gamma 2 in 2 out 2
        beta 0 in 2 out 1
        alpha 0 in 2 out 2
        W-002 0 in 1 out 1
        //jobs:beta 2 in 1 out 2
        //jobs:alpha 0 in 0 out 1
        W-003 0 in 1 out 1"#]]
    .assert_eq(&told(&rows));
    facts::sort_table(&mut rows, &cards, Column::Attempts, true);
    expect![[r#"
        //jobs:gamma 2 in 2 out 2
        //jobs:beta 2 in 1 out 2
        W-001 0 in 0 out 1
        gamma 0 in 2 out 0
        beta 0 in 2 out 1
        alpha 0 in 2 out 2
        W-002 0 in 1 out 1
        //jobs:alpha 0 in 0 out 1
        W-003 0 in 1 out 1"#]]
    .assert_eq(&told(&rows));
    facts::sort_table(&mut rows, &cards, Column::Name, false);
    expect![[r#"
        //jobs:alpha 0 in 0 out 1
        //jobs:beta 2 in 1 out 2
        //jobs:gamma 2 in 2 out 2
        W-001 0 in 0 out 1
        W-002 0 in 1 out 1
        W-003 0 in 1 out 1
        alpha 0 in 2 out 2
        beta 0 in 2 out 1
        gamma 0 in 2 out 0"#]]
    .assert_eq(&told(&rows));
}

#[test]
fn events_are_stepped_by_their_ids() {
    let history = history("#5 want W1 data/a by ops\n#7 queue J1\n#- queue J2\n#9 queue J3");
    let log = &history.log;
    let steps = |id| {
        let at = log.seq_of_event_id(id).unwrap();
        (event_before(log, at), event_after(log, at))
    };
    assert_eq!(steps(5), (None, Some(7)));
    assert_eq!(steps(7).0, Some(5));
    assert_eq!(steps(9), (Some(7), None));
    for (text, id) in [("861,204", Some(861_204)), (" #7 ", Some(7)), ("", None), ("x7", None)] {
        assert_eq!(asked_event(text), id, "{text:?}");
    }
    assert_eq!(asked_event("99999999999999999999"), None);
}

#[test]
fn json_is_set_for_reading_and_else_left_alone() {
    let check = |text: &str, expected: Expect| expected.assert_eq(&pretty(text));
    check(
        r#"{"a":[1,2.50],"b":{},"c":[ ],"d":"{,}\"\\"}"#,
        expect![[r#"
        {
          "a": [
            1,
            2.50
          ],
          "b": {},
          "c": [],
          "d": "{,}\"\\"
        }"#]],
    );
    assert_eq!(pretty("[1,"), "[\n  1,\n  ");
    check(r#""never ends \"#, expect![[r#""never ends \"#]]);
    assert!(is_whole_object(b" {\"a\":[\"}\\\\\", {}]} "));
    for cut in [
        "", " ", "1", "[1]", "{\"a\":1", "\"a\":1}", "{\"}", "{]", "{[}]", "{\"\\\"}", "{}{}",
        "{},",
    ] {
        assert!(!is_whole_object(cut.as_bytes()), "{cut}");
    }
    assert!(!is_whole_object(b"{\"\xff\"}"));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pretty_json_is_what_a_serializer_writes(value in a_value()) {
        let expected = serde_json::to_string_pretty(&value).unwrap();
        prop_assert_eq!(&pretty(&value.to_string()), &expected);
        prop_assert_eq!(pretty(&expected), expected);
    }

    #[test]
    fn setting_any_text_loses_nothing_but_spaces(text in "[\\[\\]{}:,\" a1é\\\\\n]{0,60}") {
        let dense = |text: &str| text.split_ascii_whitespace().collect::<String>();
        prop_assert_eq!(dense(&pretty(&text)), dense(&text));
    }

    #[test]
    fn every_page_of_a_log_has_the_same_nodes_in_graph_outline_and_table(log in plausible()) {
        let history = replay(decode(log.lines().join("\n").as_bytes()).0).0;
        let moment = as_of(&history, None);
        let asof = moment.of(&history);
        let names = &history.names;
        let wants = names.wants.ids().map(|id| Route::want(names.wants.text(id)));
        let runs = names.runs.ids().map(|id| Route::job_run(names.runs.text(id)));
        let refs = names.partitions.ids().map(|id| Route::partition(names.partitions.text(id)));
        for route in wants.chain(runs).chain(refs) {
            let Ok(question) = resolve(asof, &route) else { continue };
            let graph = build(asof, &question);
            let all: Vec<u32> = (0..graph.nodes.len() as u32).collect();
            let in_full = outline(&graph).into_iter().filter(|row| !row.repeated);
            let mut in_full: Vec<u32> = in_full.map(|row| row.node).collect();
            in_full.sort_unstable();
            prop_assert_eq!(&in_full, &all, "{} in\n{}", route, log.lines().join("\n"));
            let table = facts::table(&graph, &cards(asof, &graph, &question, None));
            prop_assert_eq!(table.iter().map(|row| row.node).collect::<Vec<_>>(), all);
            for node in &graph.nodes {
                let told = facts(asof, &graph, node.key, MAX_ROWS);
                prop_assert!(!told.kind.is_empty() && !told.name.is_empty());
            }
        }
    }

    #[test]
    fn the_outline_and_its_tree_have_the_nodes_of_the_graph(graph in a_graph()) {
        let rows = outline(&graph);
        let in_full = rows.iter().filter(|row| !row.repeated);
        let mut in_full: Vec<u32> = in_full.map(|row| row.node).collect();
        in_full.sort_unstable();
        prop_assert_eq!(in_full, (0..graph.nodes.len() as u32).collect::<Vec<_>>());

        let tree = Tree::new(&rows);
        prop_assert_eq!(tree.rows.len(), rows.len());
        prop_assert_eq!(tree.in_sight(|_| false), (0..rows.len()).collect::<Vec<_>>());
        for (at, row) in tree.rows.iter().enumerate() {
            // The slow and obvious way: siblings are the rows with the same parent.
            let above = rows[..at].iter().rposition(|other| other.depth < row.row.depth);
            prop_assert_eq!(row.parent.map(|parent| parent as usize), above);
            let siblings: Vec<usize> =
                (0..rows.len()).filter(|&other| tree.rows[other].parent == row.parent).collect();
            prop_assert_eq!(row.n_siblings as usize, siblings.len());
            let place = siblings.iter().position(|&other| other == at);
            prop_assert_eq!(place, Some(row.place as usize - 1));
            let is_below = |other: &&OutlineRow| other.depth > row.row.depth;
            let below = rows[at + 1..].iter().take_while(is_below).count();
            prop_assert_eq!(row.end as usize, at + 1 + below);
            let seen = tree.in_sight(|closed| closed == at);
            prop_assert_eq!(seen.len(), rows.len() - below);
            let next = Some(at + 1 + below).filter(|&next| next < rows.len());
            prop_assert_eq!(tree.beside(at, true, |closed| closed == at), next);
        }
    }
}

fn a_value() -> impl Strategy<Value = serde_json::Value> {
    let text = "[a-c\"\\\\{}\\[\\],: é\n]{0,8}";
    let leaf = prop_oneof![
        Just(json!(null)),
        any::<i64>().prop_map(|n| json!(n)),
        text.prop_map(|text| json!(text))
    ];
    leaf.prop_recursive(5, 40, 4, move |inner| {
        let list = prop::collection::vec(inner.clone(), 0..4).prop_map(serde_json::Value::from);
        let object = prop::collection::btree_map(text, inner, 0..4);
        prop_oneof![list, object.prop_map(|members| json!(members))]
    })
}

/// Nodes that all hang together, with links of any kind and direction.
fn a_graph() -> impl Strategy<Value = Graph> {
    let kind = prop_oneof![
        Just(EdgeKind::Read),
        Just(EdgeKind::Wrote),
        Just(EdgeKind::Requested),
        Just(EdgeKind::Spawned)
    ];
    let link = (any::<prop::sample::Index>(), any::<bool>(), kind);
    let links = prop::collection::vec((link.clone(), prop::option::of(link)), 0..24);
    (links, any::<bool>()).prop_map(|(links, backward)| {
        let mut graph = Graph { backward, ..Graph::default() };
        graph.nodes = (0..=links.len()).map(node).collect();
        for (at, (link, other)) in links.into_iter().enumerate() {
            for (index, is_in, kind) in [Some(link), other].into_iter().flatten() {
                let (near, far) = (at as u32 + 1, index.index(at + 1) as u32);
                let (from, to) = if is_in { (far, near) } else { (near, far) };
                graph.edges.push(Edge { from, to, kind, count: 1, how: None, inferred: false });
            }
        }
        graph
    })
}

fn node(at: usize) -> Node {
    let key = Key::Want(Id::from_index(at).unwrap());
    Node { key, role: Role::Work, hidden_up: 0, hidden_down: 0 }
}
