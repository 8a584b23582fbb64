//! Numbers, sizes, durations and moments as people read them. Pure: what zone it is comes in.
mod duration;
mod number;
mod time;

pub use duration::duration;
pub use number::{bytes, count, counted, rate};
pub use time::{Civil, civil, date, exact, month_day_time, zone};
