//! Slow and obvious twins of the layout: every answer by trying everything.

use std::cmp::Ordering;

use lineage::layout::order::Order;
use lineage::layout::p0_parts::Links;
use lineage::layout::p3_dummies::Layered;

/// Crossings by comparing every pair of edges between the same two ranks.
pub fn count_crossings(layered: &Layered, order: &Order) -> u64 {
    let mut ends = Vec::new();
    for vertex in 0..layered.n_vertices() as u32 {
        for &below in layered.down.row(vertex) {
            let rank = layered.ranks[vertex as usize];
            ends.push((rank, order.place(vertex), order.place(below)));
        }
    }
    let crosses = |(i, a): (usize, &(u32, u32, u32))| {
        let others = ends[i + 1..].iter().filter(|b| b.0 == a.0);
        others.filter(|b| (a.1 < b.1 && a.2 > b.2) || (a.1 > b.1 && a.2 < b.2)).count() as u64
    };
    ends.iter().enumerate().map(crosses).sum()
}

/// The least sum of edge lengths over all rankings of a handful of nodes.
pub fn shortest_sum(n_nodes: usize, links: &Links) -> u64 {
    let mut best = u64::MAX;
    let mut ranks = vec![0_u32; n_nodes];
    loop {
        if links.iter().all(|(from, to)| ranks[from as usize] < ranks[to as usize]) {
            best = best.min(sum_of_lengths(&ranks, links));
        }
        let Some(digit) = ranks.iter().position(|&rank| (rank as usize) + 1 < n_nodes) else {
            return best;
        };
        ranks[..digit].fill(0);
        ranks[digit] += 1;
    }
}

/// The sum of all edges' lengths, in ranks.
pub fn sum_of_lengths(ranks: &[u32], links: &Links) -> u64 {
    links.iter().map(|(from, to)| u64::from(ranks[to as usize] - ranks[from as usize])).sum()
}

/// The textbook: 24 sweeps by barycenter, to and fro, the best order kept.
pub fn barycenter(layered: &Layered) -> u64 {
    let by_id: Vec<u32> = (0..layered.n_vertices() as u32).collect();
    let mut sequence = by_id.clone();
    let mut best = count_crossings(layered, &Order::new(layered, &sequence));
    for sweep in 0..24 {
        let n_ranks = layered.n_ranks();
        for i in 0..n_ranks {
            let (rank, side) =
                if sweep % 2 == 0 { (i, &layered.up) } else { (n_ranks - 1 - i, &layered.down) };
            let order = Order::new(layered, &sequence);
            let barycenter = |v: u32| {
                let row = side.row(v);
                let sum: u32 = row.iter().map(|&w| order.place(w)).sum();
                if row.is_empty() {
                    f64::from(order.place(v))
                } else {
                    f64::from(sum) / row.len() as f64
                }
            };
            let mut row = order.rank(rank).to_vec();
            row.sort_by(|&a, &b| barycenter(a).total_cmp(&barycenter(b)));
            sequence.retain(|&v| layered.ranks[v as usize] as usize != rank);
            sequence.extend(row);
        }
        best = best.min(count_crossings(layered, &Order::new(layered, &sequence)));
    }
    best
}

/// Sweeps by barycenters of both sides: every rank, every time. Pinned vertices are where they are.
pub fn balance(layered: &Layered, order: Order, pinned: &[bool], n_sweeps: usize) -> Order {
    let mut order = order;
    for sweep in 0..n_sweeps {
        let n_ranks = order.n_ranks();
        for i in 0..n_ranks {
            let rank = if sweep % 2 == 0 { i } else { n_ranks - 1 - i };
            let row = order.rank(rank).to_vec();
            let wish = |v: u32| wish(v, rank, layered, &order, pinned);
            let mut movers: Vec<u32> = row.iter().copied().filter(|&v| wish(v).is_some()).collect();
            movers.sort_by(|&a, &b| wish(a).partial_cmp(&wish(b)).unwrap_or(Ordering::Equal));
            let mut movers = movers.into_iter();
            let sorted: Vec<u32> = row
                .iter()
                .map(|&v| if wish(v).is_some() { movers.next().unwrap_or(v) } else { v })
                .collect();
            let ranks = (0..n_ranks).filter(|&other| other != rank);
            let others = ranks.flat_map(|other| order.rank(other).to_vec());
            order = Order::new(layered, &others.chain(sorted).collect::<Vec<_>>());
        }
    }
    order
}

/// Where a vertex wants to be in its rank, from 0 to 1; nowhere without edges.
fn wish(v: u32, rank: usize, layered: &Layered, order: &Order, pinned: &[bool]) -> Option<f32> {
    if pinned[v as usize] {
        return Some((order.place(v) as f32 + 0.5) * (1.0 / order.rank(rank).len() as f32) + 1.0);
    }
    let side = |row: &[u32], other: usize| {
        let sum: u32 = row.iter().map(|&w| order.place(w)).sum();
        let scale = 1.0 / order.rank(other).len() as f32;
        (sum as f32 + row.len() as f32 / 2.0) * scale
    };
    let (up, down) = (layered.up.row(v), layered.down.row(v));
    let before = if up.is_empty() { 0.0 } else { side(up, rank - 1) };
    let after = if down.is_empty() { 0.0 } else { side(down, rank + 1) };
    let n = (up.len() + down.len()) as f32;
    // As coarse as the keys are: they are sorted by a number that is one larger.
    (n > 0.0).then(|| (before + after) / n).map(|wish| wish + 1.0)
}
