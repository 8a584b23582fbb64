//! Where each card is, in words for who cannot see it: on which side of the focus, and the how many-th of
//! how many there, the nearest first.
use std::collections::VecDeque;

use crate::graph::Graph;
use crate::layout::csr::Csr;
use crate::layout::{Orientation, Point};
use crate::words::count;

/// On which side of the focus a card is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Way {
    Focus,
    Up,
    Down,
    /// Neither; or the picture has no sides.
    Around,
}

/// Row of a node -> `the focus`, `upstream, 2 of 14`, `3 of 7`.
pub fn places(graph: &Graph, corners: &[Point], orientation: Orientation) -> Vec<String> {
    let has_sides = !graph.backward && graph.paths.is_none();
    let up = hops_from_focus(graph, true);
    let down = hops_from_focus(graph, false);
    let hops = |of: &[Option<u32>], row: usize| of.get(row).copied().flatten();
    let way = |row: usize| match (row, hops(&up, row), hops(&down, row)) {
        (0, ..) => (Way::Focus, 0),
        (_, Some(n), _) if has_sides => (Way::Up, n),
        (_, _, Some(n)) if has_sides => (Way::Down, n),
        _ => (Way::Around, 0),
    };
    let across = |row: usize| {
        let corner = corners.get(row).copied().unwrap_or_default();
        if orientation == Orientation::LeftRight { corner.y } else { corner.x }
    };
    let mut rows: Vec<usize> = (0..graph.nodes.len()).collect();
    rows.sort_by(|&a, &b| {
        way(a).cmp(&way(b)).then(across(a).total_cmp(&across(b))).then(a.cmp(&b))
    });
    let mut places = vec![String::new(); rows.len()];
    for of_way in rows.chunk_by(|&a, &b| way(a).0 == way(b).0) {
        for (&row, at) in of_way.iter().zip(1_u64..) {
            if let Some(place) = places.get_mut(row) {
                *place = words(way(row).0, at, of_way.len() as u64);
            }
        }
    }
    places
}

fn words(way: Way, at: u64, n: u64) -> String {
    let n_of_n = format!("{} of {}", count(at), count(n));
    match way {
        Way::Focus => "the focus".to_owned(),
        Way::Up => format!("upstream, {n_of_n}"),
        Way::Down => format!("downstream, {n_of_n}"),
        Way::Around => n_of_n,
    }
}

/// Row of a node -> how many links it is from the focus, against the flow of data or with it. Each link is
/// looked at once.
fn hops_from_focus(graph: &Graph, is_up: bool) -> Vec<Option<u32>> {
    let n = graph.nodes.len();
    let ends = graph.edges.iter().map(|it| if is_up { (it.to, it.from) } else { (it.from, it.to) });
    let is_drawn = move |&(near, far): &(u32, u32)| near.max(far) < n as u32;
    let beyond = Csr::new(n, ends.filter(is_drawn));
    let mut hops = vec![None; n];
    let Some(focus) = hops.first_mut() else { return hops };
    *focus = Some(0);
    let mut open = VecDeque::from([0_u32]);
    while let Some(near) = open.pop_front() {
        let next = hops.get(near as usize).copied().flatten().map(|n| n + 1);
        for &far in beyond.row(near) {
            if let Some(hop @ None) = hops.get_mut(far as usize) {
                *hop = next;
                open.push_back(far);
            }
        }
    }
    hops
}
