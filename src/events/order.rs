//! The order of events, and which of them are told twice.
//!
//! - Events with an id go by it; of one id told several times the first in the input stands.
//! - Events without one go by timestamp, then by place in the input.
//! - The two are merged by time, where an event with an id counts as the latest timestamp up to
//!   it in the order of ids: ids are the better witness, and clocks go back. Of two at the same
//!   time the one with an id comes first. In other words: an event without an id comes before the
//!   first one with an id that is later than it.
//!
//! So the order depends on the place in the input only where nothing else tells two events apart.
use crate::events::NO_EVENT_ID;
use crate::order::{key, major, minor, sort_keys};

/// The order of events, given their ids and timestamps in the order of the input.
#[derive(Debug)]
pub(super) struct Order {
    /// Position -> index in the input.
    pub(super) indices: Vec<u32>,
    /// Events that repeat the id of an earlier one, as (that one, this one), by this one.
    pub(super) repeats: Vec<(u32, u32)>,
}

/// The order, or `None` when the events are in order and none is told twice, which is found
/// without any memory when all have an id or none has.
pub(super) fn order(ids: &[u64], timestamps: &[u64]) -> Option<Order> {
    let is_ascending = ids.is_sorted_by(|a, b| a < b) && ids.last() != Some(&NO_EVENT_ID);
    let has_no_ids = || ids.iter().all(|&id| id == NO_EVENT_ID);
    if is_ascending || (has_no_ids() && timestamps.is_sorted()) {
        return None;
    }
    let (mut with_id, mut without): (Vec<u32>, Vec<u32>) =
        (0..ids.len() as u32).partition(|&i| ids[i as usize] != NO_EVENT_ID);
    sort_by(&mut with_id, ids);
    sort_by(&mut without, timestamps);
    let repeats = take_repeats(&mut with_id, ids);
    let indices = merge(&with_id, &without, timestamps);
    let is_in_order = repeats.is_empty() && indices.is_sorted();
    (!is_in_order).then_some(Order { indices, repeats })
}

/// One copy for both: sorting is kilobytes of machine code wherever it is used.
fn sort_by(indices: &mut [u32], column: &[u64]) {
    indices.sort_by_key(|&i| column[i as usize]);
}

/// Leaves the first of each id.
fn take_repeats(with_id: &mut Vec<u32>, ids: &[u64]) -> Vec<(u32, u32)> {
    let mut repeats: Vec<u64> = Vec::new();
    with_id.dedup_by(|&mut this, &mut first| {
        let is_repeat = ids[this as usize] == ids[first as usize];
        if is_repeat {
            repeats.push(key(this, first));
        }
        is_repeat
    });
    sort_keys(&mut repeats);
    repeats.into_iter().map(|repeat| (minor(repeat), major(repeat))).collect()
}

fn merge(with_id: &[u32], without: &[u32], timestamps: &[u64]) -> Vec<u32> {
    let mut merged = Vec::with_capacity(with_id.len() + without.len());
    let mut without = without.iter().copied().peekable();
    for &with_id in with_id {
        let time = timestamps[with_id as usize];
        while let Some(earlier) = without.next_if(|&i| timestamps[i as usize] < time) {
            merged.push(earlier);
        }
        merged.push(with_id);
    }
    merged.extend(without);
    merged
}
