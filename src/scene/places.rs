//! Where each card is, in words for who cannot see it: on which side of the focus, and the how many-th of
//! how many there, the nearest first.
use crate::graph::Graph;
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

/// Row of a node -> how many links it is from the focus, against the flow of data or with it.
fn hops_from_focus(graph: &Graph, is_up: bool) -> Vec<Option<u32>> {
    let mut hops = vec![None; graph.nodes.len()];
    let mut open = vec![0_usize];
    if let Some(focus) = hops.first_mut() {
        *focus = Some(0);
    }
    let mut n = 0;
    while !open.is_empty() {
        n += 1;
        let mut next = Vec::new();
        let mut is_open = vec![false; hops.len()];
        for &row in &open {
            if let Some(is_open) = is_open.get_mut(row) {
                *is_open = true;
            }
        }
        for edge in &graph.edges {
            let (from, to) = (edge.from as usize, edge.to as usize);
            let (near, far) = if is_up { (to, from) } else { (from, to) };
            if is_open.get(near) == Some(&true)
                && let Some(hop @ None) = hops.get_mut(far)
            {
                *hop = Some(n);
                next.push(far);
            }
        }
        open = next;
    }
    hops
}
