//! A log as of a moment: what every page is made of.
use std::sync::{Arc, OnceLock};

use crate::events::Seq;
use crate::history::{AsOf, History, Moment, Staleness, as_of, staleness};
use crate::web::Loaded;

/// A log as of a moment: what every page is made of. Both always belong together.
#[derive(Debug)]
pub struct Snapshot {
    /// The whole log.
    pub log: Arc<Loaded>,
    /// What everything was.
    pub moment: Moment,
    /// The event that was asked for; none for the log's end.
    pub at: Option<Seq>,
    /// What was stale, once somebody has asked.
    stale: OnceLock<Arc<Staleness>>,
}

impl Snapshot {
    /// Whether it is of `log` as of the event `at`.
    pub(super) fn is_of(&self, log: &Arc<Loaded>, at: Option<u64>) -> bool {
        Arc::ptr_eq(&self.log, log) && self.at == seq_at(log, at)
    }

    /// What questions are asked of.
    pub fn asof(&self) -> AsOf<'_> {
        AsOf { stale: self.stale.get().map(Arc::as_ref), ..self.moment.of(&self.log.history) }
    }

    /// What was stale.
    pub fn stale(&self) -> &Staleness {
        self.stale.get_or_init(|| Arc::new(staleness(self.moment.of(&self.log.history))))
    }

    /// The whole history.
    pub fn history(&self) -> &History {
        &self.log.history
    }

    /// `log` as of the event `at`. What was so at the moment `before`, and what was stale, is kept where it still is.
    pub(super) fn new(log: Arc<Loaded>, at: Option<u64>, before: Option<&Arc<Self>>) -> Self {
        let at = seq_at(&log, at);
        let before = before.filter(|before| Arc::ptr_eq(&before.log, &log));
        let moved = before.and_then(|before| before.moment.moved(&log.history, at));
        let moment = moved.unwrap_or_else(|| as_of(&log.history, at));
        let snapshot = Self { log, moment, at, stale: OnceLock::new() };
        if let Some((before, stale)) = before.and_then(|it| Some((it, it.stale.get()?)))
            && stale.lasts(before.asof(), snapshot.asof())
        {
            let _ = snapshot.stale.set(Arc::clone(stale));
        }
        snapshot
    }
}

/// Before the first event there is nothing to see: the first one is the earliest moment.
fn seq_at(log: &Loaded, at: Option<u64>) -> Option<Seq> {
    let events = &log.history.log;
    at.and_then(|id| events.seq_of_event_id(id).or_else(|| events.seqs().next()))
}

pub(super) fn is_same(
    old: Option<&Option<Arc<Snapshot>>>,
    new: Option<&Option<Arc<Snapshot>>>,
) -> bool {
    match (old, new) {
        (Some(Some(old)), Some(Some(new))) => Arc::ptr_eq(old, new),
        (Some(None), Some(None)) => true,
        _ => false,
    }
}
