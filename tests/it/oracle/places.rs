//! Where each card is, from what the words mean: the least way to the focus, and how many come before.
use lineage::graph::Graph;
use lineage::layout::{Orientation, Point};

/// Row of a node -> its place in words.
pub fn places(graph: &Graph, corners: &[Point], orientation: Orientation) -> Vec<String> {
    let rows = 0..graph.nodes.len();
    let sides: Vec<_> = rows.clone().map(|row| side(graph, row)).collect();
    let across = |row: usize| match orientation {
        Orientation::LeftRight => corners[row].y,
        Orientation::TopBottom => corners[row].x,
    };
    let is_before = |a: usize, b: usize| {
        (sides[a].1, across(a), a).partial_cmp(&(sides[b].1, across(b), b)).unwrap().is_lt()
    };
    let place = |row: usize| {
        let alike: Vec<usize> =
            rows.clone().filter(|&other| sides[other].0 == sides[row].0).collect();
        let at = 1 + alike.iter().filter(|&&other| is_before(other, row)).count();
        match sides[row].0 {
            "" => format!("{at} of {}", alike.len()),
            "the focus" => "the focus".to_owned(),
            side => format!("{side}, {at} of {}", alike.len()),
        }
    };
    rows.clone().map(place).collect()
}

/// Which side of the focus, and how far; what is on both is upstream.
fn side(graph: &Graph, row: usize) -> (&'static str, usize) {
    let far = graph.nodes.len() + 1;
    let has_sides = !graph.backward && graph.paths.is_none();
    match (row, links(graph, row, 0), links(graph, 0, row)) {
        (0, ..) => ("the focus", 0),
        (_, up, _) if has_sides && up < far => ("upstream", up),
        (_, _, down) if has_sides && down < far => ("downstream", down),
        _ => ("", 0),
    }
}

/// The fewest links from one node to another with the flow of data: of ways of no link, one, two and so on
/// the first that gets there; one more than there are nodes where none does.
fn links(graph: &Graph, from: usize, to: usize) -> usize {
    let n = graph.nodes.len();
    let mut reached = vec![false; n];
    reached[from] = true;
    for n_links in 0..=n {
        if reached[to] {
            return n_links;
        }
        let before = reached.clone();
        for edge in graph.edges.iter().filter(|edge| before[edge.from as usize]) {
            reached[edge.to as usize] = true;
        }
    }
    n + 1
}
