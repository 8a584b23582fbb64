//! What the home page counts and lists, as of one moment: wants, datasets, jobs; and the list of
//! what could not be used. One pass over the columns each; leaves nothing out.
mod dataset;
mod datasets;
mod density;
mod job_plot;
mod jobs;
mod label;
mod lists;
mod report;
mod risk;
mod sheet;
mod stale;
mod story;
mod story_plot;
mod wants;

pub use dataset::{Cell, DatasetGrid, Day, dataset_grid};
pub use datasets::{Dataset, datasets};
pub use density::{Bucket, Density, density, density_marks, density_words};
pub use job_plot::{Dot, JobPlot, job_marks, job_plot};
pub use jobs::{Job, jobs};
pub use label::{JobRun, JobRuns, job_runs};
pub use lists::{dataset_sheet, job_sheet, stale_sheet, wants_sheet};
pub use report::report;
pub use risk::{AtRisk, BlockedBy, Troubles, Troubling, Usual, is_stuck, needed};
pub use sheet::{Field, Format, Sheet};
pub use stale::{Part, StaleCause, StaleGroup, because, stale, stale_causes, text_of};
pub use story::{Bar, Read, Retried, Slow, Story, Telling, Top};
pub use story_plot::{bar_words, measure_marks, story_marks};
pub use wants::{Lateness, Wants, first_want, lateness, wants};

use crate::events::{EventLog, Id, Seq};
use crate::history::AsOf;

/// When the moment is: the time of its last event, in nanoseconds since 1970 UTC; 0 for no event.
pub fn nanos_of_moment(asof: AsOf<'_>) -> u64 {
    asof.moment.at.map_or(0, |at| nanos_of(&asof.history.log, at))
}

/// When an event was; 0 for an event of another log.
fn nanos_of(log: &EventLog, seq: Seq) -> u64 {
    log.nanos.get(seq.index()).unwrap_or(0)
}
