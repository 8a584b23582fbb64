//! First orders to improve from. Never counts crossings.

use super::p3_dummies::Layered;
use crate::order::{sort_rows, sorted_rows};

/// All vertices as a breadth-first search meets them, from the first rank on or from the last.
pub fn search_sequence(layered: &Layered, downward: bool) -> Vec<u32> {
    let (back, ahead) =
        if downward { (&layered.up, &layered.down) } else { (&layered.down, &layered.up) };
    let n_vertices = layered.n_vertices();
    let mut seen = vec![false; n_vertices];
    let mut sequence = Vec::with_capacity(n_vertices);
    for start in (0..n_vertices as u32).filter(|&v| back.row(v).is_empty()) {
        let mut done = sequence.len();
        sequence.push(start);
        while let Some(&vertex) = sequence.get(done) {
            done += 1;
            for &next in ahead.row(vertex) {
                if !std::mem::replace(&mut seen[next as usize], true) {
                    sequence.push(next);
                }
            }
        }
    }
    sequence
}

/// Fisher and Yates with a fixed generator (splitmix64): another order, but always the same one.
pub fn shuffle(sequence: &mut [u32], seed: u64) {
    let mut state = seed;
    for i in (1..sequence.len()).rev() {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (state ^ state >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        sequence.swap(i, ((mixed >> 32) % (i as u64 + 1)) as usize);
    }
}

/// All vertices by where they were; those that were not there between their neighbours.
pub fn seeded_sequence(layered: &Layered, seeds: &[Option<f64>]) -> Vec<u32> {
    let n_vertices = layered.n_vertices();
    let mut wish = vec![f64::INFINITY; n_vertices];
    for (slot, seed) in wish.iter_mut().zip(seeds) {
        *slot = seed.unwrap_or(f64::INFINITY);
    }
    let rank = |v: u32| layered.ranks[v as usize];
    let mut by_rank = sorted_rows(n_vertices, &|a, b| rank(a).cmp(&rank(b)));
    // Wishes spread from seeded vertices: along the ranks and back until what hangs between has settled.
    for pass in 0..8 {
        for i in 0..n_vertices {
            let vertex = by_rank[if pass % 2 == 0 { i } else { n_vertices - 1 - i }];
            if seeds.get(vertex as usize).is_some_and(Option::is_some) {
                continue;
            }
            let near = layered.up.row(vertex).iter().chain(layered.down.row(vertex));
            let known = near.map(|&w| wish[w as usize]).filter(|place| place.is_finite());
            let (sum, n) = known.fold((0.0, 0.0), |(sum, n), place| (sum + place, n + 1.0));
            if n > 0.0 {
                wish[vertex as usize] = sum / n;
            }
        }
    }
    sort_rows(&mut by_rank, &|a, b| wish[a as usize].total_cmp(&wish[b as usize]).then(a.cmp(&b)));
    by_rank
}
