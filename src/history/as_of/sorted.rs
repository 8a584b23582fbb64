//! Ids in the order of the events that they go by.
use crate::events::{Id, Seq};
use crate::order::{key, minor, sort_keys};

/// Sorts `ids` by the event that `seq_of` gives them, those without one first; then by themselves.
pub(super) fn sort_by_seq<T: Id>(ids: &mut Vec<T>, seq_of: impl Fn(T) -> Option<Seq>) {
    let place = |id| seq_of(id).map_or(0, |seq| seq.index() as u32 + 1);
    let mut keys: Vec<u64> = ids.iter().map(|&id| key(place(id), id.index() as u32)).collect();
    sort_keys(&mut keys);
    ids.clear();
    ids.extend(keys.into_iter().filter_map(|key| T::from_index(minor(key) as usize)));
}
