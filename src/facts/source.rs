//! The events that a run is made of. Long stretches of heartbeats are folded until they are asked
//! for, and what is folded is counted. A record that told several events is listed once.
use crate::events::{EventKind, RunId, Seq};
use crate::history::AsOf;

/// Fewer events than these are never folded.
const MAX_UNFOLDED: usize = 12;

/// The events of one run, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceEvents {
    /// Those to list.
    pub listed: Vec<Seq>,
    /// Heartbeats between the first and the last of an unbroken stretch of them.
    pub n_folded: usize,
    /// How many there are in all.
    pub n_all: usize,
}

/// The events of `run`, as far as the moment of `asof`; `with_all` folds nothing.
pub fn source_events(asof: AsOf<'_>, run: RunId, with_all: bool) -> SourceEvents {
    let events = records_of(asof, run);
    let n_all = events.len();
    if with_all || n_all <= MAX_UNFOLDED {
        return SourceEvents { listed: events, n_folded: 0, n_all };
    }
    let is_beat = |seq: Option<&Seq>| {
        seq.is_some_and(|&seq| asof.history.log.kind(seq) == EventKind::JobRunHeartbeat)
    };
    let is_inner = |at: usize| {
        is_beat(at.checked_sub(1).and_then(|before| events.get(before)))
            && is_beat(events.get(at))
            && is_beat(events.get(at + 1))
    };
    let listed: Vec<Seq> =
        (0..n_all).filter(|&at| !is_inner(at)).filter_map(|at| events.get(at).copied()).collect();
    SourceEvents { n_folded: n_all - listed.len(), listed, n_all }
}

/// The events of `run` by now; of several that one record told beside each other, the last.
pub(super) fn records_of(asof: AsOf<'_>, run: RunId) -> Vec<Seq> {
    let log = &asof.history.log;
    let events = asof.history.runs.events.row(run).iter();
    let mut records: Vec<Seq> = Vec::new();
    for seq in events.filter(|&seq| asof.had(seq)) {
        match records.last_mut() {
            Some(last) if log.span(*last) == log.span(seq) => *last = seq,
            _ => records.push(seq),
        }
    }
    records
}
