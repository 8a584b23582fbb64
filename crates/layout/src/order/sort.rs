//! The sorts.
use std::cmp::Ordering;

/// Up to so many are put in order one by one, without any space beside them.
const FEW: usize = 16;

/// Insertion is given up once keys have moved so far, each on average.
const MOVES_PER_KEY: usize = 4;

/// A key that sorts by `major`, then by `minor`.
pub const fn key(major: u32, minor: u32) -> u64 {
    (major as u64) << 32 | minor as u64
}

/// The `minor` that a [`key`] was made of.
pub const fn minor(key: u64) -> u32 {
    key as u32
}

/// The `major` that a [`key`] was made of.
pub const fn major(key: u64) -> u32 {
    (key >> 32) as u32
}

/// Sorts rows of three by the first, then the second, then the third.
pub fn sort_triples(triples: &mut [[u32; 3]]) {
    triples.sort_unstable();
}

/// Sorts keys in ascending order.
pub fn sort_keys(keys: &mut [u64]) {
    keys.sort_unstable();
}

/// Sorts keys in ascending order, by insertion where few are far from their places.
pub fn sort_nearly_sorted(keys: &mut [u64]) {
    let mut n_moves_left = MOVES_PER_KEY * keys.len();
    for sorted in 1..keys.len() {
        let key = keys[sorted];
        let mut at = sorted;
        while at > 0 && keys[at - 1] > key {
            keys[at] = keys[at - 1];
            at -= 1;
        }
        keys[at] = key;
        if sorted - at > n_moves_left {
            return sort_keys(keys);
        }
        n_moves_left -= sorted - at;
    }
}

/// Sorts numbers in ascending order; without allocating where they are few.
pub fn sort_numbers(numbers: &mut [u32]) {
    if numbers.len() > FEW {
        let mut keys: Vec<u64> = numbers.iter().map(|&number| u64::from(number)).collect();
        sort_keys(&mut keys);
        for (number, key) in numbers.iter_mut().zip(keys) {
            *number = minor(key);
        }
        return;
    }
    for sorted in 1..numbers.len() {
        let mut at = sorted;
        while at > 0 && numbers[at] < numbers[at - 1] {
            numbers.swap(at, at - 1);
            at -= 1;
        }
    }
}

/// The rows below `n` in the order of `compare`; equal ones stay in their order.
pub fn sorted_rows(n: usize, compare: &dyn Fn(u32, u32) -> Ordering) -> Vec<u32> {
    let mut rows: Vec<u32> = (0..n as u32).collect();
    sort_rows(&mut rows, compare);
    rows
}

/// Sorts `rows` by `compare`; equal ones stay in their order. A merge sort from runs that are sorted
/// by insertion: at most n log₂ n comparisons or so, and n where they are in order.
pub fn sort_rows(rows: &mut [u32], compare: &dyn Fn(u32, u32) -> Ordering) {
    for run in rows.chunks_mut(FEW) {
        insert(run, compare);
    }
    let mut left = Vec::new();
    let mut width = FEW;
    while width < rows.len() {
        for pair in rows.chunks_mut(2 * width).filter(|pair| pair.len() > width) {
            if compare(pair[width - 1], pair[width]).is_gt() {
                left.clear();
                left.extend_from_slice(&pair[..width]);
                merge(&left, pair, compare);
            }
        }
        width *= 2;
    }
}

fn insert(run: &mut [u32], compare: &dyn Fn(u32, u32) -> Ordering) {
    for sorted in 1..run.len() {
        let row = run[sorted];
        let mut at = sorted;
        while at > 0 && compare(row, run[at - 1]).is_lt() {
            run[at] = run[at - 1];
            at -= 1;
        }
        run[at] = row;
    }
}

/// Merges `left`, of which the first part of `pair` is a copy, and the rest of `pair` into `pair`.
fn merge(left: &[u32], pair: &mut [u32], compare: &dyn Fn(u32, u32) -> Ordering) {
    let (mut next, mut right) = (0, left.len());
    for at in 0..pair.len() {
        let Some(&row) = left.get(next) else { return };
        if right < pair.len() && compare(pair[right], row).is_lt() {
            pair[at] = pair[right];
            right += 1;
        } else {
            pair[at] = row;
            next += 1;
        }
    }
}
