//! Room for what is still to come, made at once. A list that grows as it is filled is copied each time, and the system has to
//! find and clear memory for all of those copies.
use crate::events::index::Index;
use crate::events::{Events, Names};
use crate::wire::{Columns, Visit};

/// A list that is filled row by row.
pub(super) trait Grows {
    /// How long it is, in bytes.
    fn n_bytes(&self) -> u64;

    /// Makes room for so many times as much again, if there is any.
    fn make_room(&mut self, n_times: u64);
}

impl<T> Grows for Vec<T> {
    fn n_bytes(&self) -> u64 {
        (self.len() * size_of::<T>()) as u64
    }

    fn make_room(&mut self, n_times: u64) {
        let n_more = times(self.len(), n_times);
        // What is not to be had now is asked for once it is needed.
        let _ = self.try_reserve_exact(n_more);
    }
}

impl Events {
    /// Makes room for `n_times` as much again as there is, unless all of it would be more than `most` bytes: whether it was not.
    pub(super) fn make_room(&mut self, n_times: u64, most: u64) -> bool {
        let mut n_bytes = 0;
        self.each_column(&mut |column| n_bytes += column.n_bytes());
        self.payloads.each(&mut |list| n_bytes += list.n_bytes());
        let n_all = n_times.saturating_add(1);
        let mut n_bytes = n_bytes.saturating_mul(n_all);
        self.each_index(&mut |rows| {
            n_bytes = n_bytes.saturating_add(Index::n_bytes_of(times(rows.len(), n_all)));
        });
        if n_bytes > most {
            return false;
        }
        self.each_index(&mut |rows| rows.foresee(times(rows.len(), n_all)));
        self.each_column(&mut |column| {
            let n_more = usize::try_from(column.n_bytes().saturating_mul(n_times));
            // What is not to be had now is asked for once it is needed; and a column of one row needs none.
            let _ = column.make_room(n_more.unwrap_or(usize::MAX));
        });
        self.payloads.each(&mut |list| list.make_room(n_times));
        true
    }

    fn each_column(&mut self, visit: &mut Visit<'_>) {
        self.names.each(visit);
        self.log.each(visit);
    }

    fn each_index(&mut self, visit: &mut dyn FnMut(&mut Index)) {
        let Names { wants, partitions, runs, labels, taints, texts } = &mut self.names;
        let all = [
            &mut wants.rows,
            &mut partitions.rows,
            &mut runs.rows,
            &mut labels.rows,
            &mut taints.rows,
            &mut texts.rows,
        ];
        all.into_iter().for_each(visit);
    }
}

fn times(n: usize, n_times: u64) -> usize {
    n.saturating_mul(usize::try_from(n_times).unwrap_or(usize::MAX))
}
