//! The graphs of the three views, as text: one line a node, one line a link.
use std::collections::BTreeSet;
use std::fmt::Write;

use expect_test::{Expect, expect};
use lineage::graph::{Ask, Focus, MAX_NODES, Role, build, outline, resolve};
use lineage::history::{History, as_of, replay};
use lineage::route::{Hops, Route};
use lineage::scene::cards;

use proptest::prelude::*;

use crate::fixture::{decode, log};
use crate::random_logs::plausible;

const GAMMA: &[u8] = include_bytes!("../logs/gamma.ndjson");

/// Every node by kind and name, every link by its ends' names, every row of the outline.
fn picture(history: &History, address: &str) -> String {
    let route = Route::parse(address).0;
    let at = route.at.and_then(|id| history.log.seq_of_event_id(id));
    let moment = as_of(history, at);
    let asof = moment.of(history);
    let ask = match resolve(asof, &route) {
        Ok(ask) => ask,
        Err(why) => return format!("{why:?}\n"),
    };
    let graph = build(asof, &ask);
    let cards = cards(asof, &graph, &ask, None);
    let name = |row: u32| {
        let card = &cards[row as usize];
        if card.reference.is_some() {
            format!("{}{} {}", card.lead, card.name, card.exact)
        } else {
            format!("{} {}", card.name, card.exact)
        }
    };
    let mut text = format!("{} of {}\n", graph.shown, graph.total.unwrap());
    for (card, node) in cards.iter().zip(&graph.nodes) {
        let role = match node.role {
            Role::Focus => "focus ",
            Role::Work => "",
            Role::Existing => "existing ",
        };
        let more = match (node.hidden_up, node.hidden_down) {
            (0, 0) => String::new(),
            (up, down) => format!(" [+{up} up, +{down} down]"),
        };
        let kind = card.kind.word();
        let which = &card.which;
        let row = graph.nodes.iter().position(|other| other == node).unwrap() as u32;
        let _ = writeln!(
            text,
            "{role}{kind} {}: {} | {which} | {}{more}",
            name(row),
            card.status.word,
            card.badge
        );
    }
    for edge in &graph.edges {
        let how = edge.how.map_or(String::new(), |how| format!(" {how:?}"));
        let many = if edge.count > 1 { format!(" ×{}", edge.count) } else { String::new() };
        let (from, to) = (name(edge.from), name(edge.to));
        let _ = writeln!(text, "{from} -{}-> {to}{how}{many}", edge.kind.word());
    }
    text.push_str("---\n");
    for row in outline(&graph) {
        let indent = "  ".repeat(row.depth as usize);
        let again = if row.repeated { " (above)" } else { "" };
        let _ = writeln!(text, "{indent}{} {}{again}", row.via.words(), name(row.node));
    }
    text
}

fn check(history: &History, address: &str, expected: Expect) {
    expected.assert_eq(&picture(history, address));
}

fn gamma() -> History {
    replay(decode(GAMMA).0).0
}

#[test]
fn a_want_with_two_levels_of_misses() {
    check(
        &gamma(),
        "#/want/W-001",
        expect![[r#"
        9 of 9
        focus want W-001 : successful | data/gamma | 
        partition data/gamma 5267dfe1 · 1 of 1: live | built by JR-789 | current
        job-run //jobs:gamma JR-789: succeeded |  | succeeded
        partition data/beta e2944783 · 1 of 1: live | built by JR-456 | current
        partition data/alpha 3b73440c · 1 of 1: live | built by JR-300 | current
        want W-002 : successful | data/beta | derivative
        job-run //jobs:beta JR-456: succeeded |  | succeeded
        job-run //jobs:alpha JR-300: succeeded |  | succeeded
        want W-003 : successful | data/alpha | derivative
        W-001  -requested-> data/gamma 5267dfe1 · 1 of 1
        //jobs:gamma JR-789 -wrote-> data/gamma 5267dfe1 · 1 of 1
        data/beta e2944783 · 1 of 1 -read-> //jobs:gamma JR-789 AtStart
        data/alpha 3b73440c · 1 of 1 -read-> //jobs:gamma JR-789 AtStart
        //jobs:gamma JR-789 -spawned-> W-002 
        //jobs:beta JR-456 -wrote-> data/beta e2944783 · 1 of 1
        //jobs:alpha JR-300 -wrote-> data/alpha 3b73440c · 1 of 1
        W-002  -requested-> data/beta e2944783 · 1 of 1
        data/alpha 3b73440c · 1 of 1 -read-> //jobs:beta JR-456 AtStart
        //jobs:beta JR-456 -spawned-> W-003 
        W-003  -requested-> data/alpha 3b73440c · 1 of 1
        ---
         W-001 
          requested data/gamma 5267dfe1 · 1 of 1
            built by //jobs:gamma JR-789
              spawned W-002 
                requested data/beta e2944783 · 1 of 1
                  built by //jobs:beta JR-456
                    spawned W-003 
                      requested data/alpha 3b73440c · 1 of 1
                        built by //jobs:alpha JR-300
                    read data/alpha 3b73440c · 1 of 1 (above)
              read data/beta e2944783 · 1 of 1 (above)
              read data/alpha 3b73440c · 1 of 1 (above)
    "#]],
    );
}

#[test]
fn lineage_of_the_middle_partition() {
    check(
        &gamma(),
        "#/partition/data%2Fbeta",
        expect![[r#"
        5 of 5
        focus partition data/beta e2944783 · 1 of 1: live |  | current
        job-run //jobs:beta JR-456: succeeded |  | succeeded
        partition data/alpha 3b73440c · 1 of 1: live |  | current [+1 up, +0 down]
        job-run //jobs:gamma JR-789: succeeded |  | succeeded
        partition data/gamma 5267dfe1 · 1 of 1: live |  | current
        //jobs:beta JR-456 -wrote-> data/beta e2944783 · 1 of 1
        data/alpha 3b73440c · 1 of 1 -read-> //jobs:beta JR-456 AtStart
        data/beta e2944783 · 1 of 1 -read-> //jobs:gamma JR-789 AtStart
        //jobs:gamma JR-789 -wrote-> data/gamma 5267dfe1 · 1 of 1
        ---
         data/beta e2944783 · 1 of 1
          built by //jobs:beta JR-456
            read data/alpha 3b73440c · 1 of 1
          read by //jobs:gamma JR-789
            built data/gamma 5267dfe1 · 1 of 1
    "#]],
    );
}

#[test]
fn lineage_as_refs_all_the_way_up() {
    check(
        &gamma(),
        "#/partition/data%2Fgamma?mode=refs&up=all",
        expect![[r#"
        6 of 6
        focus partition data/gamma 1 version: live |  | live
        job-run //jobs:gamma 2 runs: succeeded |  | succeeded
        partition data/beta 1 version: live |  | live
        partition data/alpha 1 version: live |  | live
        job-run //jobs:beta 2 runs: succeeded |  | succeeded
        job-run //jobs:alpha 1 run: succeeded |  | succeeded
        //jobs:gamma 2 runs -wrote-> data/gamma 1 version
        data/beta 1 version -read-> //jobs:gamma 2 runs
        data/alpha 1 version -read-> //jobs:gamma 2 runs
        //jobs:beta 2 runs -wrote-> data/beta 1 version
        data/alpha 1 version -read-> //jobs:beta 2 runs
        //jobs:alpha 1 run -wrote-> data/alpha 1 version
        ---
         data/gamma 1 version
          built by //jobs:gamma 2 runs
            read data/beta 1 version
              built by //jobs:beta 2 runs
                read data/alpha 1 version
                  built by //jobs:alpha 1 run
            read data/alpha 1 version (above)
    "#]],
    );
}

#[test]
fn a_run_that_missed() {
    check(
        &gamma(),
        "#/job-run/JR-788",
        expect![[r#"
        3 of 3
        focus job-run //jobs:gamma JR-788: dep-miss |  | dep miss
        partition data/gamma 9136b233: missed |  | missed
        want W-002 : successful | data/beta | derivative
        //jobs:gamma JR-788 -wrote-> data/gamma 9136b233
        //jobs:gamma JR-788 -spawned-> W-002 
        ---
         //jobs:gamma JR-788
          spawned W-002 
          built data/gamma 9136b233
    "#]],
    );
}

#[test]
fn a_want_before_it_was_done() {
    check(
        &gamma(),
        "#/want/W-001?at=11",
        expect![[r#"
        9 of 9
        focus want W-001 : upstream-building | data/gamma | 
        partition data/gamma 9136b233: missed | waiting for W-002 | missed
        job-run //jobs:gamma JR-788: dep-miss |  | dep miss
        want W-002 : upstream-building | data/beta | derivative
        partition data/beta cca38199: missed | waiting for W-003 | missed
        job-run //jobs:beta JR-455: dep-miss |  | dep miss
        want W-003 : building | data/alpha | derivative
        partition data/alpha 3b73440c: building | building | building
        job-run //jobs:alpha JR-300: running |  | running
        W-001  -requested-> data/gamma 9136b233
        //jobs:gamma JR-788 -wrote-> data/gamma 9136b233
        //jobs:gamma JR-788 -spawned-> W-002 
        W-002  -requested-> data/beta cca38199
        //jobs:beta JR-455 -wrote-> data/beta cca38199
        //jobs:beta JR-455 -spawned-> W-003 
        W-003  -requested-> data/alpha 3b73440c
        //jobs:alpha JR-300 -wrote-> data/alpha 3b73440c
        ---
         W-001 
          requested data/gamma 9136b233
            built by //jobs:gamma JR-788
              spawned W-002 
                requested data/beta cca38199
                  built by //jobs:beta JR-455
                    spawned W-003 
                      requested data/alpha 3b73440c
                        built by //jobs:alpha JR-300
    "#]],
    );
}

/// A calendar that ten runs of one job read, and one run of another.
fn hot() -> History {
    let mut text = String::from("buffer C //cal data/cal\nheartbeat C\nsuccess C -\n");
    for i in 0..10 {
        let _ = write!(
            text,
            "buffer R{i} //report data/report/region=r{i}\nheartbeat R{i}\n\
             success R{i} data/report/region=r{i}<-data/cal\n"
        );
    }
    text.push_str("buffer X //x data/x\nheartbeat X\nsuccess X data/x<-data/cal\n");
    replay(log(&text)).0
}

#[test]
fn more_than_six_alike_are_one_group() {
    check(
        &hot(),
        "#/partition/data%2Fcal",
        expect![[r#"
        4 of 24
        focus partition data/cal 77690052 · 1 of 1: live |  | current
        job-run //cal C: succeeded |  | succeeded
        job-run //x X: succeeded |  | succeeded
        partition data/x 09800d65 · 1 of 1: live |  | current
        group report 10 partitions: live | region=* | //report
        //cal C -wrote-> data/cal 77690052 · 1 of 1
        data/cal 77690052 · 1 of 1 -read-> //x X AtStart
        //x X -wrote-> data/x 09800d65 · 1 of 1
        data/cal 77690052 · 1 of 1 -read-> report 10 partitions ×10
        ---
         data/cal 77690052 · 1 of 1
          built by //cal C
          read by //x X
            built data/x 09800d65 · 1 of 1
          read by report 10 partitions
    "#]],
    );
}

#[test]
fn a_pinned_member_leaves_its_group() {
    let history = hot();
    let partition = history.names.partitions.find("data/report/region=r3").unwrap();
    let instance = history.partitions.instances.row(partition).first().unwrap();
    let address = format!("#/partition/data%2Fcal?pin=partition:{}", history.uuid_of(instance));
    check(
        &history,
        &address,
        expect![[r#"
        6 of 24
        focus partition data/cal 77690052 · 1 of 1: live |  | current
        job-run //cal C: succeeded |  | succeeded
        job-run //report R3: succeeded |  | succeeded
        partition data/report 3a3436ba · 1 of 1: live | region=r3 | current
        job-run //x X: succeeded |  | succeeded
        partition data/x 09800d65 · 1 of 1: live |  | current
        group report 9 partitions: live | region=* | //report
        //cal C -wrote-> data/cal 77690052 · 1 of 1
        data/cal 77690052 · 1 of 1 -read-> //report R3 AtStart
        //report R3 -wrote-> data/report 3a3436ba · 1 of 1
        data/cal 77690052 · 1 of 1 -read-> //x X AtStart
        //x X -wrote-> data/x 09800d65 · 1 of 1
        data/cal 77690052 · 1 of 1 -read-> report 9 partitions ×9
        ---
         data/cal 77690052 · 1 of 1
          built by //cal C
          read by //report R3
            built data/report 3a3436ba · 1 of 1
          read by //x X
            built data/x 09800d65 · 1 of 1
          read by report 9 partitions
    "#]],
    );
}

#[test]
fn what_is_not_in_the_log_is_named() {
    check(
        &gamma(),
        "#/want/W-9",
        expect![[r#"
        Unknown(Want, "W-9")
    "#]],
    );
    check(
        &gamma(),
        "#/partition/data%2Fbeta?uuid=none",
        expect![[r#"
        UnknownInstance("data/beta", "none")
    "#]],
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn graphs_of_random_logs_hold_together(events in plausible(), up in 0..3_u32, down in 0..3_u32) {
        let history = replay(decode(events.lines().join("\n").as_bytes()).0).0;
        let moment = as_of(&history, None);
        let asof = moment.of(&history);
        for focus in every_focus(&history) {
            let (up, down) = (Hops::Number(up), Hops::Number(down));
            let ask = Ask { focus, up, down, open: Vec::new(), pins: Vec::new() };
            let graph = build(asof, &ask);
            let n = graph.nodes.len();
            prop_assert!((1..=MAX_NODES).contains(&n));
            prop_assert!(Some(graph.shown) <= graph.total);
            let ends = |e: &lineage::graph::Edge| (e.from as usize) < n && (e.to as usize) < n;
            prop_assert!(graph.edges.iter().all(ends));
            let mut in_full = vec![0; n];
            for row in outline(&graph) {
                in_full[row.node as usize] += usize::from(!row.repeated);
            }
            prop_assert!(in_full.iter().all(|&times| times == 1), "{in_full:?}");
            // A log may give one uuid to instances of two partitions: the ref tells them apart.
            let cards = cards(asof, &graph, &ask, None);
            let marks: BTreeSet<_> =
                cards.iter().map(|card| (card.kind.word(), &card.id, &card.reference)).collect();
            prop_assert_eq!(marks.len(), n, "every mark is its own");
            prop_assert_eq!(&graph, &build(asof, &ask));
        }
    }
}

pub fn every_focus(history: &History) -> Vec<Focus> {
    let names = &history.names;
    let wants = names.wants.ids().map(Focus::Want);
    let runs = names.runs.ids().map(Focus::Run);
    let partitions = names.partitions.ids().map(Focus::Partition);
    let instances = names.partitions.ids().flat_map(|partition| {
        history.partitions.instances.row(partition).iter().map(Focus::Instance)
    });
    wants.chain(runs).chain(partitions).chain(instances.collect::<Vec<_>>()).collect()
}
