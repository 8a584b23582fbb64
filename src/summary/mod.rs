//! What the home page counts and lists, as of one moment: wants, datasets, jobs; and the list of
//! what could not be used. One pass over the columns each; leaves nothing out.
mod datasets;
mod jobs;
mod report;
mod wants;

pub use datasets::{Dataset, datasets};
pub use jobs::{Job, jobs};
pub use report::{Format, report};
pub use wants::{Lateness, Wants, lateness, wants};

use crate::events::{EventLog, Id, Seq};
use crate::history::AsOf;

/// When the moment is: the time of its last event, in nanoseconds since 1970 UTC; 0 for no event.
pub fn nanos_of_moment(asof: AsOf<'_>) -> u64 {
    asof.moment.at.map_or(0, |at| nanos_of(&asof.history.log, at))
}

/// When an event was; 0 for an event of another log.
fn nanos_of(log: &EventLog, seq: Seq) -> u64 {
    log.nanos.get(seq.index()).copied().unwrap_or(0)
}
