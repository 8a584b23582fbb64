//! The log at a glance: how many events there are along an axis of time, which of them failed or
//! missed something, and where on that axis an event is. One pass over the columns, once for a log;
//! nothing here depends on a moment.
//!
//! Ids order events before clocks do, and clocks go back. The axis therefore counts an event as the
//! latest time up to it, so that what comes later in the log is never further left. Within a bucket
//! events are spread evenly: each has a place of its own, however fine the log is.
use std::fmt::Write;

use crate::events::{EventKind, EventLog, Id, Seq};
use crate::scene::Mark;
use crate::words::counted;

/// No more buckets than these: a bar is then some pixels wide on any screen.
const MAX_BUCKETS: usize = 200;
/// Where one bucket of time would hold more of the events than this, in tenths, time tells nothing:
/// the axis is of events then.
const ALL_AT_ONCE: usize = 9;

/// One bar in units of the drawing: a step of `STEP`, of which `BAR` is filled.
const STEP: usize = 5;
const BAR: usize = 4;
/// The highest bar, in units of the drawing.
const HIGH: u32 = 24;
/// The drawing's height: bars, a row of failures, a row of misses.
const HEIGHT: u32 = 34;

/// What lies on one stretch of the axis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bucket {
    /// The first event on it; where there is none, the next one after it.
    pub first: u32,
    /// How many events.
    pub n_events: u32,
    /// How many of them say that a run failed.
    pub n_failures: u32,
    /// How many of them say that a run missed what it was to read.
    pub n_misses: u32,
}

/// The axis of a log, in buckets of equal width.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Density {
    /// From left to right, without gaps; none for an empty log. The first and the last have events.
    pub buckets: Vec<Bucket>,
    /// Whether buckets are equally long in time; else they have equally many events.
    pub is_time: bool,
    n_events: u32,
}

/// The axis of `log`.
pub fn density(log: &EventLog) -> Density {
    let by_time = over_time(log);
    let n_most = by_time.iter().map(|bucket| bucket.n_events as usize).max().unwrap_or(0);
    let is_time = by_time.len() > 1 && n_most * 10 <= log.len() * ALL_AT_ONCE;
    let buckets = if is_time { by_time } else { over_events(log) };
    let n_events = u32::try_from(log.len()).unwrap_or(u32::MAX);
    Density { buckets, is_time, n_events }
}

impl Bucket {
    fn add(&mut self, kind: EventKind) {
        self.n_events += 1;
        match kind {
            EventKind::JobRunFailure => self.n_failures += 1,
            EventKind::JobRunMissingDeps => self.n_misses += 1,
            _ => {}
        }
    }
}

fn over_time(log: &EventLog) -> Vec<Bucket> {
    let Some(start) = log.nanos.first() else { return Vec::new() };
    let end = log.nanos.iter().fold(start, u64::max);
    let width = (end - start) / MAX_BUCKETS as u64 + 1;
    let mut buckets = vec![Bucket::default()];
    let (mut until, mut clock) = (width, start);
    // All of a block at once, as a loop would not.
    log.nanos.iter().enumerate().for_each(|(at, nanos)| {
        clock = clock.max(nanos);
        // Past 64 bits only the end of the last bucket can be.
        while clock - start >= until && until < u64::MAX {
            until = until.saturating_add(width);
            buckets.push(Bucket { first: at as u32, ..Bucket::default() });
        }
        if let (Some(bucket), Some(kind)) = (buckets.last_mut(), log.kind.get(at)) {
            bucket.add(kind);
        }
    });
    buckets
}

fn over_events(log: &EventLog) -> Vec<Bucket> {
    let n_buckets = log.len().min(MAX_BUCKETS);
    // Bucket -> where it begins; the product is beyond 32 bits for a very long log.
    let start =
        |bucket: usize| (bucket as u64 * log.len() as u64 / n_buckets.max(1) as u64) as usize;
    let bucket = |at: usize| {
        let mut bucket = Bucket { first: start(at) as u32, ..Bucket::default() };
        let kinds = (start(at)..start(at + 1)).filter_map(|row| log.kind.get(row));
        kinds.for_each(|kind| bucket.add(kind));
        bucket
    };
    (0..n_buckets).map(bucket).collect()
}

impl Density {
    /// Where on the axis the log is as of `seq`: above 0 for the first event, 1 for the last. Later
    /// events are further right.
    pub fn fraction_of(&self, seq: Seq) -> f64 {
        self.fraction(seq.index() as u32)
    }

    /// The last event up to that place of the axis; the first where there is none; none for an
    /// empty log.
    pub fn seq_at(&self, fraction: f64) -> Option<Seq> {
        let (mut low, mut high) = (0, self.n_events);
        while low < high {
            let middle = low + (high - low) / 2;
            if self.fraction(middle) <= fraction {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if self.n_events == 0 { None } else { Seq::from_index(low.saturating_sub(1) as usize) }
    }

    fn fraction(&self, at: u32) -> f64 {
        let after = self.buckets.partition_point(|bucket| bucket.first <= at);
        let row = after.saturating_sub(1);
        let Some(bucket) = self.buckets.get(row) else { return 1.0 };
        let part = f64::from(at - bucket.first + 1) / f64::from(bucket.n_events.max(1));
        ((row as f64 + part) / self.buckets.len() as f64).min(1.0)
    }
}

/// The axis as a picture that is stretched to the width of its place: bars as high as the root of
/// their events, so that a burst leaves the rest to be seen, and a row each of ticks for failures
/// and for misses. Three shapes, however long the log is.
pub fn density_marks(density: &Density) -> Mark {
    let most = density.buckets.iter().map(|bucket| bucket.n_events).max().unwrap_or(0);
    // The least height that is no lower than the root: one event shows.
    let is_enough = |height: u32, n: u32| {
        u64::from(height * height) * u64::from(most) >= u64::from(HIGH * HIGH) * u64::from(n)
    };
    let height = |n: u32| (0..HIGH).find(|&height| is_enough(height, n)).unwrap_or(HIGH);
    let bars = path(density, |it| (HIGH - height(it.n_events), height(it.n_events)));
    let failures = path(density, |it| (HIGH + 1, if it.n_failures > 0 { 5 } else { 0 }));
    let misses = path(density, |it| (HIGH + 7, if it.n_misses > 0 { 3 } else { 0 }));
    let shape = |class: &str, path: String| Mark::new("path").with("class", class).with("d", path);
    Mark::new("svg")
        .with("class", "density")
        .with("viewBox", format!("0 0 {} {HEIGHT}", density.buckets.len().max(1) * STEP))
        .with("preserveAspectRatio", "none")
        .with("aria-hidden", "true")
        .child(shape("density-bars", bars))
        .child(shape("density-failures", failures))
        .child(shape("density-misses", misses))
}

/// A rectangle for each bucket of which `place` gives the top and a height above zero.
fn path(density: &Density, place: impl Fn(&Bucket) -> (u32, u32)) -> String {
    let mut path = String::new();
    for (at, bucket) in density.buckets.iter().enumerate() {
        let (top, height) = place(bucket);
        if height > 0 {
            // Writing to a string cannot fail.
            let _ = write!(path, "M{} {top}h{BAR}v{height}h-{BAR}z", at * STEP);
        }
    }
    path
}

/// What the picture says, for who cannot tell its ticks.
pub fn density_words(density: &Density) -> String {
    let sum = |of: fn(&Bucket) -> u32| density.buckets.iter().map(|it| u64::from(of(it))).sum();
    let events = counted(sum(|it| it.n_events), "event", "events");
    let failures = counted(sum(|it| it.n_failures), "failure", "failures");
    let misses = counted(sum(|it| it.n_misses), "dependency miss", "dependency misses");
    let axis = if density.is_time { "over time" } else { "in their order, not to scale in time" };
    format!("{events} {axis}: {failures} (upper ticks), {misses} (lower ticks)")
}
