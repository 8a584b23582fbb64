//! How much is within the hops: against the slow twin on random logs, whatever is drawn of it.
use std::collections::BTreeSet;
use std::fmt::Write;

use lineage::events::{Id, PartitionId, RunId};
use lineage::graph::{Ask, Focus, Graph, Key, build, draw};
use lineage::history::{AsOf, History, InstanceId, as_of, replay};
use lineage::route::Hops;
use proptest::prelude::*;

use crate::fixture::{decode, log};
use crate::random_logs::plausible;

/// All nodes and pieces of work within the hops of `focus`, hop by hop.
fn within<Node: Copy + Ord, Work: Ord>(
    one_hop: impl Fn(Node, Side) -> (Vec<Work>, Vec<Node>),
    focus: Node,
    [up, down]: [Hops; 2],
) -> usize {
    let mut works = BTreeSet::new();
    let mut all = BTreeSet::from([focus]);
    for (side, hops) in [(Side::Up, up), (Side::Down, down)] {
        let mut seen = BTreeSet::from([focus]);
        let mut rim = seen.clone();
        let mut n_left = if let Hops::Number(n) = hops { n } else { u32::MAX };
        while !rim.is_empty() && n_left > 0 {
            n_left -= 1;
            let mut next = BTreeSet::new();
            for &at in &rim {
                let (made_by, beside) = one_hop(at, side);
                works.extend(made_by);
                next.extend(beside);
            }
            rim = next.difference(&seen).copied().collect();
            seen.extend(&rim);
        }
        all.extend(seen);
    }
    all.len() + works.len()
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Up,
    Down,
}

/// The pieces of work beside an instance, as their runs, and what is behind them.
type Beside = (Vec<Vec<usize>>, Vec<InstanceId>);

fn beside_instance(asof: AsOf<'_>, at: InstanceId, side: Side) -> Beside {
    let history = asof.history;
    let piece = |run| asof.piece_of(run).into_iter().map(Id::index).collect::<Vec<usize>>();
    if side == Side::Up {
        let work = history.instances.run.at(at.index()).map(piece);
        let reads = asof.built_from(at).flat_map(|set| history.reads.read.row(set));
        return (work.into_iter().collect(), reads.collect());
    }
    let (mut works, mut made) = (Vec::new(), Vec::new());
    for set in asof.read_by(at) {
        let run = history.attempts.run.at(history.reads.attempt.get(set.index()).unwrap().index());
        for instance in history.reads.impacted.row(set) {
            works.push(piece(run));
            made.push(instance);
        }
    }
    (works, made)
}

/// The jobs beside a partition, each as its newest run there, and the partitions behind them.
fn beside_partition(asof: AsOf<'_>, at: PartitionId, side: Side) -> (Vec<RunId>, Vec<PartitionId>) {
    let history = asof.history;
    let partition = |instance: InstanceId| history.instances.partition.at(instance.index());
    let builder = |instance: InstanceId| history.instances.run.at(instance.index());
    let label = |run: RunId| history.runs.label.at(run.index());
    let newest = |run: RunId, partition: PartitionId| {
        let mut all = history.partitions.instances.row(partition).iter().filter_map(builder);
        all.rfind(|&other| label(other) == label(run)).unwrap_or(run)
    };
    let (mut works, mut behind) = (Vec::new(), Vec::new());
    // What was there before the log as well.
    for instance in instances(history).filter(|&it| partition(it) == at) {
        if side == Side::Down {
            for set in asof.read_by(instance) {
                let attempt = history.reads.attempt.at(set.index());
                let run = history.attempts.run.at(attempt.index());
                for made in history.reads.impacted.row(set) {
                    works.push(newest(run, partition(made)));
                    behind.push(partition(made));
                }
            }
        } else if let Some(run) = builder(instance) {
            works.push(newest(run, at));
            let reads = asof.built_from(instance).flat_map(|set| history.reads.read.row(set));
            behind.extend(reads.map(partition));
        }
    }
    (works, behind)
}

fn ask(focus: Focus, up: Hops, down: Hops) -> Ask {
    Ask { focus, up, down, open: Vec::new(), pins: Vec::new() }
}

fn graph(asof: AsOf<'_>, focus: InstanceId, up: Hops, down: Hops) -> Graph {
    build(asof, &ask(Focus::Instance(focus), up, down))
}

/// How many are counted in steps of that effort, and in how many steps, the first of which is drawing.
fn in_steps(asof: AsOf<'_>, ask: &Ask, effort: usize) -> (usize, usize) {
    let whole = build(asof, ask);
    let (graph, counting) = draw(asof, ask, effort);
    assert_eq!((&graph.nodes, &graph.edges), (&whole.nodes, &whole.edges));
    let Some(mut counting) = counting else { return (graph.total.unwrap(), 1) };
    assert_eq!(graph.total, None);
    let mut n_steps = 2;
    while counting.step(asof, effort) {
        n_steps += 1;
    }
    (counting.n(), n_steps)
}

fn instances(history: &History) -> impl Iterator<Item = InstanceId> {
    (0..history.instances.partition.len()).filter_map(InstanceId::from_index)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn all_within_the_hops_is_counted(events in plausible(), up in 0..4_u32, down in 0..4_u32, effort in 0..6_usize) {
        let hops = |n: u32| if n == 3 { Hops::All } else { Hops::Number(n) };
        let (up, down) = (hops(up), hops(down));
        let history = replay(decode(events.lines().join("\n").as_bytes()).0).0;
        let moment = as_of(&history, None);
        let asof = moment.of(&history);
        for focus in instances(&history) {
            let ask = ask(Focus::Instance(focus), up, down);
            let n = within(|at, side| beside_instance(asof, at, side), focus, [up, down]);
            prop_assert_eq!(build(asof, &ask).total, Some(n));
            prop_assert_eq!(in_steps(asof, &ask, effort).0, n);
        }
        for focus in history.names.partitions.ids() {
            let ask = ask(Focus::Partition(focus), up, down);
            let n = within(|at, side| beside_partition(asof, at, side), focus, [up, down]);
            prop_assert_eq!(build(asof, &ask).total, Some(n));
            prop_assert_eq!(in_steps(asof, &ask, effort).0, n);
        }
    }
}

/// `n` reports of one calendar, a summary of each, and a page of all summaries.
fn fan(n: usize) -> History {
    let mut text = String::from("buffer C //cal data/cal\nsuccess C -\n");
    let mut all = Vec::new();
    for i in 0..n {
        let _ = write!(
            text,
            "buffer R{i} //report data/report/r=r{i}\n\
             success R{i} data/report/r=r{i}<-data/cal\n\
             buffer S{i} //summary data/summary/r=r{i}\n\
             success S{i} data/summary/r=r{i}<-data/report/r=r{i},data/cal\n"
        );
        all.push(format!("data/summary/r=r{i}"));
    }
    let _ = write!(text, "buffer P //page data/page\nsuccess P data/page<-{}\n", all.join(","));
    replay(log(&text)).0
}

#[test]
fn what_is_in_groups_is_counted_and_gone_on_from() {
    let history = fan(500);
    let moment = as_of(&history, None);
    let asof = moment.of(&history);
    let cal = history.names.partitions.find("data/cal").unwrap();
    let focus = history.partitions.instances.row(cal).first().unwrap();
    let total = |down| graph(asof, focus, Hops::Number(1), Hops::Number(down)).total.unwrap();
    // The calendar and its run; each report and each summary with its own.
    assert_eq!(total(1), 2 + 4 * 500);
    assert_eq!(total(2), 2 + 4 * 500 + 2);
    let all = ask(Focus::Instance(focus), Hops::All, Hops::All);
    // One hop is counted by drawing it.
    assert_eq!(
        in_steps(asof, &ask(Focus::Instance(focus), Hops::Number(1), Hops::Number(1)), 1),
        (2 + 4 * 500, 1)
    );
    // The calendar is read 1,000 times, which is known from drawing; each report and each summary once.
    assert_eq!(in_steps(asof, &all, 10_000), (2 + 4 * 500 + 2, 1));
    for effort in [1, 7, 999, 1_000, 1_001] {
        let (n, n_steps) = in_steps(asof, &all, effort);
        assert_eq!(n, 2 + 4 * 500 + 2, "{effort} at once");
        assert!(n_steps > 1_500 / effort, "{n_steps} steps, {effort} at once");
    }
    let graph = graph(asof, focus, Hops::All, Hops::All);
    assert_eq!(graph.total, Some(2 + 4 * 500 + 2));
    let grouped: usize = graph.groups.iter().map(|group| group.members.len()).sum();
    assert_eq!((graph.shown, grouped), (2, 1000), "one hop is drawn, the page is only counted");
    let middle = &graph.nodes[0];
    assert_eq!((middle.key, middle.hidden_down), (Key::Instance(focus), 0));
}
