//! Opened strips of attempts: every link at such a piece of work is told its attempt, and its curve ends at
//! that attempt's row, or at its column where the picture runs from top to bottom.
use expect_test::{Expect, expect};
use lineage::events::Id;
use lineage::graph::{Ask, Edge, EdgeKind, Graph, Key, attempts_at, build, node_ref, resolve};
use lineage::history::{AsOf, AttemptId, as_of, replay};
use lineage::layout::{Orientation, Point, Rect, layout};
use lineage::route::{Hops, Open, Route, Side};
use lineage::scene::strip::{CHIP, Opened, chip_middle};
use lineage::scene::{EdgeMark, Scene, cards, layout_request, scene};
use proptest::prelude::*;

use crate::fixture::{decode, log};
use crate::graph::every_focus;
use crate::random_logs::{cases as with_cases, plausible};

/// As a path writes its places, to a tenth.
const TOLERANCE: f32 = 0.11;

fn open_all(asof: AsOf<'_>, ask: &Ask) -> Ask {
    let nodes = build(asof, ask).nodes;
    let open = nodes.iter().filter(|node| matches!(node.key, Key::Run(_) | Key::Job(_)));
    let open = open.map(|node| Open::new(Side::Attempts, node_ref(asof, &[], node.key)));
    Ask { open: ask.open.iter().cloned().chain(open).collect(), ..ask.clone() }
}

fn drawn(asof: AsOf<'_>, graph: &Graph, ask: &Ask, orientation: Orientation) -> Scene {
    let cards = cards(asof, graph, ask, None);
    let cards: Vec<_> = cards.into_iter().map(|card| card.turned(orientation)).collect();
    let request = layout_request(graph, &cards, orientation, vec![None; cards.len()]);
    scene(graph, cards, &layout(&request), orientation)
}

/// Where a curve begins and where it ends.
fn ends(edge: &EdgeMark) -> (Point, Point) {
    let numbers = edge.path.split(['M', 'C', ' ']).filter(|word| !word.is_empty());
    let numbers: Vec<f32> = numbers.map(|word| word.parse().unwrap()).collect();
    let n = numbers.len();
    let point = |at: usize| Point { x: numbers[at], y: numbers[at + 1] };
    (point(0), point(n - 2))
}

fn is_work(graph: &Graph, row: u32) -> bool {
    matches!(graph.nodes[row as usize].key, Key::Run(_) | Key::Job(_))
}

/// Each link at the run, and the row that it ends at.
fn check(events: &str, address: &str, expected: &Expect) {
    let history = replay(log(events)).0;
    let moment = as_of(&history, None);
    let asof = moment.of(&history);
    let ask = open_all(asof, &resolve(asof, &Route::parse(address).0).unwrap());
    let graph = build(asof, &ask);
    let scene = drawn(asof, &graph, &ask, Orientation::LeftRight);
    let line = |edge: &EdgeMark| {
        let row = edge.row?;
        let (from, to) = (&scene.cards[edge.from as usize], &scene.cards[edge.to as usize]);
        let (work, far) = if is_work(&graph, edge.from) { (from, to) } else { (to, from) };
        let status = work.strip[row - 1].status.text();
        let name = format!("{}{}", far.lead, far.name);
        Some(format!("{} {} {name}: row {row}, {status}\n", work.exact, edge.kind.word()))
    };
    expected.assert_eq(&scene.edges.iter().filter_map(line).collect::<String>());
}

const RETRIED: &str = "
    want W data/out by ops
    buffer J //jobs:out data/out for W
    heartbeat J
    fail J because lost its machine
    heartbeat J
    miss J data/out<-data/in read data/out<-data/early
    want W2 data/in by run J
    buffer I //jobs:in data/in for W2
    success I -
    heartbeat J
    success J data/out<-data/in,data/calendar
";

#[test]
fn links_are_of_the_attempt_that_read_wrote_or_spawned() {
    check(
        RETRIED,
        "#/want/W",
        &expect![[r"
            J wrote data/out: row 3, succeeded
            J read data/in: row 3, succeeded
            J read data/calendar: row 3, succeeded
            J spawned W2: row 2, dep miss
        "]],
    );
}

#[test]
fn without_a_success_reads_are_of_the_newest_attempt_that_read() {
    let (until_miss, _) = RETRIED.split_once("buffer I").unwrap();
    check(
        &format!("{until_miss}\n heartbeat J\n"),
        "#/want/W",
        &expect![[r"
            J wrote data/out: row 3, running
            J read data/early: row 2, dep miss
            J spawned W2: row 2, dep miss
        "]],
    );
}

#[test]
fn over_all_versions_a_link_is_of_the_newest_success_that_read() {
    let events = "
        buffer J //jobs:out data/out
        success J data/out<-data/old,data/both
        buffer K //jobs:out data/out
        fail K
        buffer L //jobs:out data/out
        success L data/out<-data/both
        buffer M //jobs:out data/out
        heartbeat M
    ";
    check(
        events,
        "#/partition/data%2Fout?mode=refs",
        &expect![[r"
            4 runs wrote data/out: row 3, succeeded
            4 runs read data/old: row 1, succeeded
            4 runs read data/both: row 3, succeeded
        "]],
    );
}

proptest! {
    #![proptest_config(with_cases(120))]

    /// Opening strips adds no link and takes none away; each is told an attempt that did what it stands
    /// for; and its curve ends on the border of the card, at that attempt, in both orientations.
    #[test]
    fn curves_end_at_their_attempts(
        events in plausible(),
        hops in 0..3_u32,
    ) {
        let history = replay(decode(events.lines().join("\n").as_bytes()).0).0;
        let moment = as_of(&history, None);
        let asof = moment.of(&history);
        for focus in every_focus(&history) {
            let (up, down) = (Hops::Number(hops), Hops::Number(hops));
            let closed = Ask { focus, up, down, open: Vec::new(), pins: Vec::new() };
            let opened = open_all(asof, &closed);
            let mut graph = build(asof, &opened);
            for edge in &graph.edges {
                check_attempt(asof, &graph, edge)?;
            }
            for orientation in [Orientation::LeftRight, Orientation::TopBottom] {
                let scene = drawn(asof, &graph, &opened, orientation);
                for edge in &scene.edges {
                    check_ends(&scene, edge, orientation)?;
                }
            }
            for edge in &mut graph.edges {
                edge.attempt = None;
            }
            prop_assert_eq!(&graph, &build(asof, &closed));
        }
    }
}

/// By looking at everything that the attempt did.
fn check_attempt(asof: AsOf<'_>, graph: &Graph, edge: &Edge) -> Result<(), TestCaseError> {
    let work = [edge.from, edge.to].into_iter().find(|&end| is_work(graph, end));
    let Some(work) = work else {
        prop_assert_eq!(edge.attempt, None);
        return Ok(());
    };
    let far = if work == edge.from { edge.to } else { edge.from };
    let far = match graph.nodes[far as usize].key {
        Key::Group(row) => graph.groups[row as usize].members.clone(),
        key => vec![key],
    };
    let attempts = attempts_at(asof, graph.nodes[work as usize].key);
    let did = |attempt: AttemptId| far.iter().any(|&far| did(asof, attempt, edge.kind, far));
    match edge.attempt {
        Some(at) => prop_assert!(did(attempts[at as usize]), "{:?} of {:?}", edge, attempts),
        None => prop_assert!(!attempts.into_iter().any(did), "{:?} is of no attempt", edge),
    }
    Ok(())
}

fn did(asof: AsOf<'_>, attempt: AttemptId, kind: EdgeKind, far: Key) -> bool {
    let history = asof.history;
    let run = history.attempts.run.at(attempt.index());
    let partition_of =
        |it: lineage::history::InstanceId| history.instances.partition.at(it.index());
    match (kind, far) {
        (EdgeKind::Read, _) => {
            let sets = history.attempts.reads.row(attempt).iter().filter(|&set| asof.knows(set));
            sets.flat_map(|set| asof.read_items(set)).any(|(read, _)| {
                far == Key::Instance(read) || far == Key::Partition(partition_of(read))
            })
        }
        (EdgeKind::Wrote, _) => asof
            .builds_of(run)
            .iter()
            .any(|build| far == Key::Instance(build) || far == Key::Partition(partition_of(build))),
        (EdgeKind::Spawned, Key::Want(want)) => {
            history.wants.cause_attempt.at(want.index()) == Some(attempt)
        }
        _ => false,
    }
}

fn check_ends(
    scene: &Scene,
    edge: &EdgeMark,
    orientation: Orientation,
) -> Result<(), TestCaseError> {
    let (start, end) = ends(edge);
    for (row, point) in [(edge.from, start), (edge.to, end)] {
        let (card, corner) = (&scene.cards[row as usize], scene.corners[row as usize]);
        if card.opened == Opened::No {
            continue;
        }
        let Some(cell) = edge.row else {
            return Err(TestCaseError::fail(format!("{edge:?} ends at no row")));
        };
        let rect = Rect {
            left: corner.x,
            top: corner.y,
            right: corner.x + card.size.width,
            bottom: corner.y + card.size.height,
        };
        let middle = chip_middle(card, cell - 1);
        let (from_cell, from_border) = match orientation {
            Orientation::LeftRight => (
                point.y - corner.y - middle.y,
                (point.x - rect.left).abs().min((point.x - rect.right).abs()),
            ),
            Orientation::TopBottom => (
                point.x - corner.x - middle.x,
                (point.y - rect.top).abs().min((point.y - rect.bottom).abs()),
            ),
        };
        prop_assert!(from_cell.abs() <= CHIP / 2.0 + TOLERANCE, "{edge:?} is beside its attempt");
        prop_assert!(from_border <= TOLERANCE, "{edge:?} does not reach its card");
    }
    Ok(())
}
