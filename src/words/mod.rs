//! Numbers, sizes, durations and moments as people read them, letters as they type them, log text as it is shown, and what is said of a change. Pure: what zone it is comes in.
mod duration;
mod fixed;
mod glossary;
mod letters;
mod number;
mod signs;
mod speech;
mod time;
mod vocabulary;

pub use duration::{duration, nanos_of_stretch};
pub use fixed::{fixed, push_fixed};
pub use glossary::{GLOSSARY, Term, Tongue, glossary, meaning};
pub use letters::{LONG, has, place_of, places_of_long};
pub use number::{bytes, count, counted, rate};
pub use signs::{n_letters, shown, shown_lines};
pub use speech::{Speech, Topic, as_one};
pub use time::{Civil, civil, date, exact, month_day_time, nanos_of_date, zone};
pub use vocabulary::Vocabulary;
