//! The outline, its tree and the table: the same nodes as the graph, whatever that is.
use lineage::events::Id;
use lineage::facts::{self, MAX_ROWS, Tree, facts};
use lineage::graph::{Edge, EdgeKind, Graph, Key, Node, OutlineRow, Role, build, outline, resolve};
use lineage::history::{as_of, replay};
use lineage::route::Route;
use lineage::scene::cards;
use proptest::prelude::*;

use crate::fixture::decode;
use crate::random_logs::plausible;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

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
                let (how, inferred, attempt) = (None, false, None);
                graph.edges.push(Edge { from, to, kind, count: 1, how, inferred, attempt });
            }
        }
        graph
    })
}

fn node(at: usize) -> Node {
    let key = Key::Want(Id::from_index(at).unwrap());
    Node { key, role: Role::Work, hidden_up: 0, hidden_down: 0 }
}
