//! The members of a group, the table beside a picture, and the events that are stepped through, as text.
#![allow(clippy::needless_raw_string_hashes, reason = "expectations are written so")]
use std::fmt::Write;

use expect_test::expect;
use lineage::facts::{
    self, Column, MAX_ROWS, Member, Order, asked_event, event_after, event_before,
};
use lineage::graph::{Focus, build, resolve};
use lineage::history::as_of;
use lineage::route::Route;
use lineage::scene::cards;

use crate::facts::{ask, gamma, history};

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
