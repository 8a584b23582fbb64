//! The axis of a log, event by event.
use lineage::events::{EventKind, EventLog};
use lineage::summary::Bucket;

/// The buckets of time, `width` nanoseconds each: every event is in that of the latest time up to it.
pub fn over_time(log: &EventLog, n_most: u64) -> Vec<Bucket> {
    let Some(start) = log.nanos.first() else { return vec![] };
    let clock = |at: usize| log.nanos.iter().take(at + 1).max().unwrap();
    let width = u128::from(clock(log.len() - 1) - start) / u128::from(n_most) + 1;
    let place = |at: usize| (u128::from(clock(at) - start) / width) as usize;
    (0..=place(log.len() - 1))
        .map(|row| {
            let inside: Vec<usize> = (0..log.len()).filter(|&at| place(at) == row).collect();
            let first = (0..log.len()).find(|&at| place(at) >= row).unwrap();
            bucket(log, first, &inside)
        })
        .collect()
}

/// The events in their order, shared out.
pub fn over_events(log: &EventLog, n_most: usize) -> Vec<Bucket> {
    let n = log.len().min(n_most);
    (0..n)
        .map(|row| {
            let inside: Vec<usize> = (0..log.len())
                .filter(|at| (row * log.len() / n..(row + 1) * log.len() / n).contains(at))
                .collect();
            bucket(log, inside[0], &inside)
        })
        .collect()
}

fn bucket(log: &EventLog, first: usize, inside: &[usize]) -> Bucket {
    let n = |kind| inside.iter().filter(|&&at| log.kind.at(at) == kind).count() as u32;
    Bucket {
        first: first as u32,
        n_events: inside.len() as u32,
        n_failures: n(EventKind::JobRunFailure),
        n_misses: n(EventKind::JobRunMissingDeps),
    }
}
