//! Where each card is, in words: by hand, and against the slow twin in random pictures.
use lineage::events::{Id, RunId};
use lineage::graph::{Edge, EdgeKind, Graph, Key, Node, Role};
use lineage::layout::{Orientation, Point};
use lineage::scene::places;
use proptest::prelude::*;

use crate::oracle::places as oracle;
use crate::random_logs::cases;

fn graph(n_nodes: usize, links: &[(u32, u32)], backward: bool) -> Graph {
    let node = |row: usize| Node {
        key: Key::Run(RunId::from_index(row).unwrap()),
        role: if row == 0 { Role::Focus } else { Role::Work },
        hidden_up: 0,
        hidden_down: 0,
    };
    let edge = |&(from, to): &(u32, u32)| Edge {
        from,
        to,
        kind: EdgeKind::Read,
        count: 1,
        how: None,
        inferred: false,
        attempt: None,
    };
    Graph {
        nodes: (0..n_nodes).map(node).collect(),
        edges: links.iter().map(edge).collect(),
        backward,
        ..Graph::default()
    }
}

#[test]
fn the_nearest_come_first_and_then_what_stands_higher() {
    // 4 -> 3 -> 0 <- 2, 0 -> 1; 5 is beside all of them.
    let graph = graph(6, &[(4, 3), (3, 0), (2, 0), (0, 1)], false);
    let at = |y: f32| Point { x: 0.0, y };
    let corners = [0.0, 0.0, 90.0, 10.0, -50.0, 0.0].map(at);
    assert_eq!(
        places(&graph, &corners, Orientation::LeftRight),
        [
            "the focus",
            "downstream, 1 of 1",
            "upstream, 2 of 3",
            "upstream, 1 of 3",
            "upstream, 3 of 3",
            "1 of 1",
        ]
    );
}

#[test]
fn a_picture_of_nothing_has_no_places() {
    assert_eq!(places(&Graph::default(), &[], Orientation::LeftRight), [""; 0]);
}

proptest! {
    #![proptest_config(cases(2000))]

    /// Links in circles, to themselves, and twice between the same two; cards that stand level.
    #[test]
    fn places_are_those_of_the_slow_twin(
        heights in prop::collection::vec((0_u8..6, 0_u8..6), 1..24),
        links in prop::collection::vec((0_u32..24, 0_u32..24), 0..60),
        backward in prop::bool::weighted(0.1),
        is_turned in any::<bool>(),
    ) {
        let n = heights.len() as u32;
        let links: Vec<(u32, u32)> = links.into_iter().map(|(a, b)| (a % n, b % n)).collect();
        let graph = graph(heights.len(), &links, backward);
        let corners: Vec<Point> =
            heights.iter().map(|&(x, y)| Point { x: x.into(), y: y.into() }).collect();
        let orientation = if is_turned { Orientation::TopBottom } else { Orientation::LeftRight };
        prop_assert_eq!(
            places(&graph, &corners, orientation),
            oracle::places(&graph, &corners, orientation)
        );
    }
}
