//! The head and the bar of a run, and its source events, as text.
#![allow(clippy::needless_raw_string_hashes, reason = "expectations are written so")]
use std::fmt::Write;

use expect_test::expect;
use lineage::facts::{self, MAX_ROWS, Phase, Timeline};
use lineage::graph::Focus;
use lineage::history::History;
use lineage::words::duration;

use crate::facts::{ask, gamma, history, line, list, time};

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
