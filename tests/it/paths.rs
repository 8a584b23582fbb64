//! The paths between two partitions: by hand, and against the slow twin on random logs.
#![allow(clippy::needless_raw_string_hashes, reason = "expectations are written so")]
use std::collections::BTreeSet;
use std::fmt::Write;

use expect_test::{Expect, expect};
use lineage::events::{Id, Seq};
use lineage::graph::{
    Ask, Focus, Graph, Key, MAX_NODES, PathCount, Paths, build, outline, paths, resolve,
};
use lineage::history::{AsOf, History, as_of, replay};
use lineage::route::{Hops, Mode, Route};
use lineage::scene::cards;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestCaseError;

use crate::fixture::{decode, log};
use crate::oracle::history::{TestLog, Twin};
use crate::oracle::paths::{Found, Links};
use crate::random_logs::{any_log, cases};
use crate::stale::name_of;

/// Two ways from raw to the report, one of them longer; and what lies beside them.
const DIAMOND: &str = "
buffer A1 //a data/raw
success A1 -
buffer B1 //b data/clean
success B1 data/clean<-data/raw
buffer C1 //c data/sums
success C1 data/sums<-data/clean,data/rates
buffer R1 //r data/report
success R1 data/report<-data/sums,data/clean,data/calendar
buffer X1 //x data/beside
success X1 data/beside<-data/clean
buffer A2 //a data/raw
success A2 -
buffer B2 //b data/clean
success B2 data/clean<-data/raw
buffer R2 //r data/report
success R2 data/report<-data/sums,data/clean,data/calendar
";

fn name(history: &History, key: Key) -> String {
    match key {
        Key::Instance(instance) => name_of(history, instance),
        Key::Partition(partition) => history.names.partitions.text(partition).to_owned(),
        Key::Run(run) => history.names.runs.text(run).to_owned(),
        Key::Job(run) => format!("all like {}", history.names.runs.text(run)),
        Key::Want(_) | Key::Group(_) => format!("{key:?}"),
    }
}

fn names(history: &History, keys: &[Key]) -> String {
    keys.iter().map(|&key| name(history, key)).collect::<Vec<_>>().join(" ")
}

fn told(history: &History, found: &Paths) -> String {
    let mut text = String::new();
    let turned = if found.is_turned { ", turned" } else { "" };
    let _ = writeln!(text, "{:?}{turned}", found.count);
    let _ = writeln!(text, "from {}", names(history, &found.starts));
    let _ = writeln!(text, "on {}", names(history, &found.nodes));
    let _ = writeln!(text, "shortest {}", names(history, &found.shortest));
    text
}

fn check(picture: &str, address: &str, expected: Expect) {
    let history = replay(log(picture)).0;
    let route = Route::parse(address).0;
    let at = route.at.and_then(|id| history.log.seq_of_event_id(id));
    let moment = as_of(&history, at);
    let asof = moment.of(&history);
    let ask = match resolve(asof, &route) {
        Ok(ask) => ask,
        Err(why) => return expected.assert_eq(&format!("{why:?}")),
    };
    let Focus::Path { from, to, mode } = ask.focus else { panic!("a path") };
    let mut text = told(&history, &paths(asof, from, to, mode));
    let graph = build(asof, &ask);
    let _ = writeln!(text, "{} of {} drawn", graph.shown, graph.total.unwrap());
    for edge in &graph.edges {
        let (from, to) = (graph.nodes[edge.from as usize].key, graph.nodes[edge.to as usize].key);
        let many = if edge.count > 1 { format!(" ×{}", edge.count) } else { String::new() };
        let (from, to) = (name(&history, from), name(&history, to));
        let _ = writeln!(text, "{from} -{}-> {to}{many}", edge.kind.word());
    }
    expected.assert_eq(&text);
}

#[test]
fn all_ways_from_any_version_to_the_current_one() {
    check(
        DIAMOND,
        "#/path?from=data%2Fraw&to=data%2Freport",
        expect![[r#"
        Exactly(2)
        from data/raw@A1 data/raw@A2
        on data/raw@A1 data/clean@B1 data/sums@C1 data/raw@A2 data/clean@B2 data/report@R2
        shortest data/report@R2 data/clean@B2 data/raw@A2
        10 of 10 drawn
        R2 -wrote-> data/report@R2
        data/clean@B2 -read-> R2
        B2 -wrote-> data/clean@B2
        data/raw@A2 -read-> B2
        data/sums@C1 -read-> R2
        C1 -wrote-> data/sums@C1
        data/clean@B1 -read-> C1
        B1 -wrote-> data/clean@B1
        data/raw@A1 -read-> B1
    "#]],
    );
    check(
        DIAMOND,
        "#/path?from=data%2Fraw&to=data%2Freport&at=8",
        expect![[r#"
        Exactly(2)
        from data/raw@A1
        on data/raw@A1 data/clean@B1 data/sums@C1 data/report@R1
        shortest data/report@R1 data/clean@B1 data/raw@A1
        7 of 7 drawn
        R1 -wrote-> data/report@R1
        data/clean@B1 -read-> R1
        B1 -wrote-> data/clean@B1
        data/raw@A1 -read-> B1
        data/sums@C1 -read-> R1
        C1 -wrote-> data/sums@C1
        data/clean@B1 -read-> C1
    "#]],
    );
}

#[test]
fn by_ref_the_versions_are_one() {
    check(
        DIAMOND,
        "#/path?from=data%2Fraw&to=data%2Freport&mode=refs",
        expect![[r#"
        Exactly(2)
        from data/raw
        on data/raw data/clean data/sums data/report
        shortest data/report data/clean data/raw
        7 of 7 drawn
        all like R2 -wrote-> data/report
        data/clean -read-> all like R2
        all like B2 -wrote-> data/clean
        data/raw -read-> all like B2
        data/sums -read-> all like R2
        all like C1 -wrote-> data/sums
        data/clean -read-> all like C1
    "#]],
    );
}

#[test]
fn the_other_way_round_is_found_too() {
    check(
        DIAMOND,
        "#/path?from=data%2Freport&to=data%2Frates",
        expect![[r#"
        Exactly(1), turned
        from data/rates@external
        on data/sums@C1 data/rates@external data/report@R2
        shortest data/report@R2 data/sums@C1 data/rates@external
        5 of 5 drawn
        R2 -wrote-> data/report@R2
        data/sums@C1 -read-> R2
        C1 -wrote-> data/sums@C1
        data/rates@external -read-> C1
    "#]],
    );
}

#[test]
fn without_a_path_the_end_stands_alone() {
    check(
        DIAMOND,
        "#/path?from=data%2Fbeside&to=data%2Freport",
        expect![[r#"
            Exactly(0)
            from 
            on 
            shortest 
            1 of 1 drawn
        "#]],
    );
    check(
        DIAMOND,
        "#/path?from=data%2Fnone&to=data%2Freport",
        expect![[r#"Unknown(Partition, "data/none")"#]],
    );
    check(DIAMOND, "#/path?from=data%2Freport", expect!["NoGraph"]);
}

#[test]
fn a_partition_may_come_from_its_own_earlier_instances() {
    let picture = "
    buffer S1 //s data/sum
    success S1 data/sum<-data/sum
    buffer S2 //s data/sum
    success S2 data/sum<-data/sum
    ";
    check(
        picture,
        "#/path?from=data%2Fsum&to=data%2Fsum",
        expect![[r#"
        Exactly(2)
        from data/sum@S1 data/sum@external
        on data/sum@S1 data/sum@external data/sum@S2
        shortest data/sum@S2 data/sum@S1
        5 of 5 drawn
        S2 -wrote-> data/sum@S2
        data/sum@S1 -read-> S2
        S1 -wrote-> data/sum@S1
        data/sum@external -read-> S1
    "#]],
    );
    check(
        picture,
        "#/path?from=data%2Fsum&to=data%2Fsum&mode=refs",
        expect![[r#"
        Exactly(0)
        from 
        on 
        shortest 
        1 of 1 drawn
    "#]],
    );
}

#[test]
fn paths_through_a_circle_have_no_number() {
    let picture = "
    buffer A //a data/a
    success A data/a<-data/b
    buffer B //b data/b
    success B data/b<-data/a
    buffer C //c data/c
    success C data/c<-data/b
    ";
    check(
        picture,
        "#/path?from=data%2Fa&to=data%2Fc",
        expect![[r#"
        Exactly(1)
        from data/a@A
        on data/a@A data/b@B data/c@C
        shortest data/c@C data/b@B data/a@A
        5 of 5 drawn
        C -wrote-> data/c@C
        data/b@B -read-> C
        B -wrote-> data/b@B
        data/a@A -read-> B
    "#]],
    );
    check(
        picture,
        "#/path?from=data%2Fa&to=data%2Fc&mode=refs",
        expect![[r#"
        Circles
        from data/a
        on data/a data/b data/c
        shortest data/c data/b data/a
        6 of 6 drawn
        all like C -wrote-> data/c
        data/b -read-> all like C
        all like B -wrote-> data/b
        data/a -read-> all like B
        all like A -wrote-> data/a
        data/b -read-> all like A
    "#]],
    );
}

/// Layer after layer, each reading all of the one before: `width` to the power of `n_layers` paths.
fn layers(n_layers: usize, width: usize) -> String {
    let refs = |layer: usize| {
        let refs: Vec<_> = (0..width).map(|i| format!("data/l{layer}/i={i}")).collect();
        refs.join(",")
    };
    let mut text = "buffer A //a data/first\nsuccess A -\n".to_owned();
    let mut before = "data/first".to_owned();
    for layer in 0..n_layers {
        let all = refs(layer);
        let builds = all.replace(',', " ");
        let _ = write!(text, "buffer L{layer} //l {builds}\nsuccess L{layer} {all}<-{before}\n");
        before = all;
    }
    let _ = write!(text, "buffer Z //z data/last\nsuccess Z data/last<-{before}\n");
    text
}

#[test]
fn more_paths_than_can_be_walked_are_counted() {
    let count = |n_layers, width| {
        let history = replay(log(&layers(n_layers, width))).0;
        let find = |name| history.names.partitions.find(name).unwrap();
        let moment = as_of(&history, None);
        let asof = moment.of(&history);
        let found = paths(asof, find("data/first"), find("data/last"), Mode::Instances);
        assert_eq!(found.nodes.len(), n_layers * width + 2);
        assert_eq!(found.shortest.len(), n_layers + 2);
        found.count
    };
    assert_eq!(count(3, 2), PathCount::Exactly(8));
    assert_eq!(count(60, 4), PathCount::Exactly(4_u128.pow(60)));
    assert_eq!(count(64, 4), PathCount::MoreThan(u128::MAX));
}

#[test]
fn alike_ones_are_a_group_and_a_shortest_path_is_drawn_whole() {
    check(
        &layers(1, 9),
        "#/path?from=data%2Ffirst&to=data%2Flast",
        expect![[r#"
        Exactly(9)
        from data/first@A
        on data/first@A data/l0/i=0@L0 data/l0/i=1@L0 data/l0/i=2@L0 data/l0/i=3@L0 data/l0/i=4@L0 data/l0/i=5@L0 data/l0/i=6@L0 data/l0/i=7@L0 data/l0/i=8@L0 data/last@Z
        shortest data/last@Z data/l0/i=0@L0 data/first@A
        5 of 13 drawn
        Z -wrote-> data/last@Z
        data/l0/i=0@L0 -read-> Z
        L0 -wrote-> data/l0/i=0@L0
        data/first@A -read-> L0
        Group(0) -read-> Z ×8
    "#]],
    );
    let history = replay(log(&layers(80, 7))).0;
    let moment = as_of(&history, None);
    let asof = moment.of(&history);
    let route = Route::parse("#/path?from=data%2Ffirst&to=data%2Flast").0;
    let graph = build(asof, &resolve(asof, &route).unwrap());
    assert_eq!(graph.total, Some(80 * 7 + 80 + 2 + 1));
    assert!(graph.nodes.len() <= MAX_NODES);
    let is_drawn = |name: &str| {
        let partition = history.names.partitions.find(name).unwrap();
        let current = asof.current(partition).map(Key::Instance);
        graph.nodes.iter().any(|node| Some(node.key) == current)
    };
    assert!(is_drawn("data/first") && is_drawn("data/last"));
}

proptest! {
    #![proptest_config(cases(1500))]

    #[test]
    fn the_paths_are_those_that_the_twin_walks(
        log in any_log(),
        at in any::<Index>(),
        choice in any::<(Index, Index)>(),
    ) {
        compare(&log, at, choice)?;
    }
}

fn compare(log: &TestLog, at: Index, choice: (Index, Index)) -> Result<(), TestCaseError> {
    let history = replay(decode(log.lines().join("\n").as_bytes()).0).0;
    let all: Vec<_> = history.names.partitions.ids().collect();
    if all.is_empty() {
        return Ok(());
    }
    let at = at.index(log.0.len());
    let moment = as_of(&history, Seq::from_index(at));
    let asof = moment.of(&history);
    let twin = Twin::of(&log.0[..=at]);
    let (from, to) = (all[choice.0.index(all.len())], all[choice.1.index(all.len())]);
    for mode in [Mode::Instances, Mode::Refs] {
        let found = paths(asof, from, to, mode);
        let links = match mode {
            Mode::Instances => Links::by_instance(&twin),
            Mode::Refs => Links::by_ref(&twin),
        };
        let of = |from: &str, to: &str| {
            let is_start = |node: &str| match mode {
                Mode::Instances => node.split_once('@').is_some_and(|(name, _)| name == from),
                Mode::Refs => node == from,
            };
            let end = match mode {
                Mode::Instances => end_of(&twin, to),
                Mode::Refs => to.to_owned(),
            };
            links.find(&end, is_start)
        };
        let text = |partition| history.names.partitions.text(partition);
        let (asked, turned) = (of(text(from), text(to)), of(text(to), text(from)));
        let is_turned = asked.nodes.is_empty() && !turned.nodes.is_empty();
        prop_assert_eq!(is_turned, found.is_turned);
        let expected = if is_turned { turned } else { asked };
        same(&history, &found, expected)?;
        let focus = Focus::Path { from, to, mode };
        let (up, down) = (Hops::Number(1), Hops::Number(1));
        let ask = Ask { focus, up, down, open: Vec::new(), pins: Vec::new() };
        let graph = build(asof, &ask);
        holds_together(asof, &graph, &ask, &found)?;
    }
    Ok(())
}

/// The current one, else the newest, else what was there before.
fn end_of(twin: &Twin<'_>, partition: &str) -> String {
    let now = usize::MAX;
    let newest = || twin.instances_of(partition).last().copied();
    let end = twin.current(partition, now).or_else(newest);
    end.map_or_else(|| format!("{partition}@external"), |it| it.key().to_string())
}

fn same(history: &History, found: &Paths, expected: Found) -> Result<(), TestCaseError> {
    let set = |keys: &[Key]| keys.iter().map(|&key| name(history, key)).collect::<BTreeSet<_>>();
    prop_assert_eq!(&expected.starts, &set(&found.starts));
    prop_assert_eq!(&expected.nodes, &set(&found.nodes));
    let count = expected.count.map_or(PathCount::Circles, PathCount::Exactly);
    prop_assert_eq!(count, found.count);
    prop_assert_eq!(expected.least, found.shortest.len());
    prop_assert!(found.shortest.iter().all(|key| found.nodes.contains(key)));
    Ok(())
}

/// All that is drawn is on a path or the work between, and all of it is counted.
fn holds_together(
    asof: AsOf<'_>,
    graph: &Graph,
    ask: &Ask,
    found: &Paths,
) -> Result<(), TestCaseError> {
    let n = graph.nodes.len();
    let is_place = |key: &Key| matches!(key, Key::Instance(_) | Key::Partition(_));
    if !found.nodes.is_empty() {
        let drawn = graph.nodes.iter().map(|node| node.key).filter(is_place);
        let grouped = graph.groups.iter().flat_map(|group| group.members.iter().copied());
        let drawn: BTreeSet<Key> = drawn.chain(grouped).collect();
        prop_assert_eq!(drawn, found.nodes.iter().copied().collect::<BTreeSet<_>>());
        prop_assert_eq!(Some(graph.shown), graph.total);
    }
    prop_assert!(graph.edges.iter().all(|e| (e.from as usize) < n && (e.to as usize) < n));
    let listed: BTreeSet<u32> = outline(graph).iter().map(|row| row.node).collect();
    prop_assert_eq!(listed.len(), n);
    let cards = cards(asof, graph, ask, None);
    let marks: BTreeSet<_> =
        cards.iter().map(|card| (card.kind.word(), &card.id, &card.reference)).collect();
    // Nobody can tell two builds of a partition apart to which the log gives one uuid.
    let instances = graph.nodes.iter().filter_map(|node| match node.key {
        Key::Instance(instance) => Some(asof.history.uuid_of(instance)),
        _ => None,
    });
    let mut uuids = BTreeSet::new();
    if instances.into_iter().all(|uuid| uuids.insert(uuid)) {
        prop_assert_eq!(marks.len(), n);
    }
    Ok(())
}
