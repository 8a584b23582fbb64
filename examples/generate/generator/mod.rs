//! A generator of event logs that a real warehouse could have written: same options, same bytes.
//!
//! ```text
//! jobs → catalog → simulation (agenda, shelf; days, wants, runs, ends, taints) → event → json → lines
//! ```
//!
//! The history is consistent: a run reads what is live when it starts, or what is external; what it
//! misses is wanted, built, and then the run comes again. It uses nothing but the standard library.

mod agenda;
mod catalog;
mod dates;
mod days;
mod ends;
mod event;
mod jobs;
mod json;
mod lines;
mod random;
mod runs;
mod shelf;
mod simulation;
mod taints;
mod wants;

use std::io::{self, Write};

use catalog::Catalog;
pub use json::Spelling;
use json::Writer;
pub use lines::Layout;
use lines::Lines;
use simulation::Simulation;

/// 2026-11-21, about the last day of data of every log.
const LAST_DAY: u32 = 20_778;

/// What to generate.
#[derive(Clone, Copy)]
pub struct Options {
    /// Number of events.
    pub n_events: u64,
    /// Any number.
    pub seed: u64,
    /// Of the envelope.
    pub spelling: Spelling,
    /// Of the records.
    pub layout: Layout,
}

/// Writes a log of exactly `n_events` events.
///
/// A larger log is of a larger warehouse and of more days: 5,000 events are 9 days of 3 regions, a
/// million about a year of 27. What is kept in memory does not grow with the days.
///
/// # Errors
/// Those of `out`.
pub fn generate(options: Options, out: impl Write) -> io::Result<()> {
    let (n_regions, events_a_day) = scale(options.n_events);
    let catalog = Catalog::new(n_regions);
    let n_days = u32::try_from(options.n_events / events_a_day).unwrap_or(u32::MAX);
    let first_day = LAST_DAY.saturating_sub(n_days).max(shelf::KEPT_DAYS + 1);
    let mut writer = Writer::new(&catalog, options.spelling);
    let mut lines = Lines::new(out, options.layout, options.seed);
    let simulation = Simulation::new(&catalog, options.seed, first_day);
    for event in simulation.take(usize::try_from(options.n_events).unwrap_or(usize::MAX)) {
        lines.add(writer.line(&event))?;
    }
    lines.finish()
}

/// The number of regions for a log of `n_events`, and about how many events such a day has.
fn scale(n_events: u64) -> (u16, u64) {
    match n_events {
        0..=20_000 => (3, 530),
        20_001..=60_000 => (5, 700),
        60_001..=200_000 => (10, 1_200),
        200_001..=600_000 => (18, 2_000),
        600_001..=2_000_000 => (27, 2_850),
        _ => (40, 4_000),
    }
}
