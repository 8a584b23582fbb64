//! The order of records: by time, and where that is the same, by what they say. Where they stand in
//! the input decides only between records that say the same.
//!
//! At one moment the ends of runs that began before come first, then what begins, then the ends of
//! what began just then: so that who starts when another ends reads what that one wrote, though the
//! clock shows whole seconds; and a run's end is the last that it says.
use std::cmp::Ordering;

use crate::events::openlineage::gather::Gathered;
use crate::events::openlineage::keys;
use crate::events::openlineage::rows::Row;
use crate::events::{Id, RunId};
use crate::order::sorted_rows;

/// Rows of `gathered` in order, and those that say again what the one before them said.
pub(super) struct Order {
    pub(super) rows: Vec<u32>,
    pub(super) repeats: Vec<u32>,
}

pub(super) fn order(gathered: &Gathered) -> Order {
    let rows = &gathered.rows;
    let spans = spans(gathered);
    let label = |run: RunId| keys::job(gathered.keys.runs.text(run));
    let run_text = |run: RunId| gathered.keys.runs.text(run);
    let mut indices = sorted_rows(rows.len(), &|a, b| {
        let (a, b) = (&rows[a as usize], &rows[b as usize]);
        let by_time = a.nanos.cmp(&b.nanos).then_with(|| phase(a, &spans).cmp(&phase(b, &spans)));
        let run = |row: &Row| (label(row.run), run_text(row.run));
        let by_run = || if a.run == b.run { Ordering::Equal } else { run(a).cmp(&run(b)) };
        let by_content = || by_run().then_with(|| (a.kind, a.hash).cmp(&(b.kind, b.hash)));
        by_time.then_with(by_content).then_with(|| a.at.place.cmp(&b.at.place))
    });
    let mut repeats = Vec::new();
    indices.dedup_by(|&mut this, &mut before| {
        let (a, b) = (&rows[this as usize], &rows[before as usize]);
        let key = |row: &Row| (row.nanos, row.run, row.kind, row.hash, row.at.len);
        let is_repeat = key(a) == key(b);
        if is_repeat {
            repeats.push(this);
        }
        is_repeat
    });
    Order { rows: indices, repeats }
}

/// `RunId ->` the moments of its first record and of its last end.
fn spans(gathered: &Gathered) -> Vec<(u64, Option<u64>)> {
    let mut spans = vec![(u64::MAX, None); gathered.keys.runs.len()];
    for row in &gathered.rows {
        let (began, ended) = &mut spans[row.run.index()];
        *began = row.nanos.min(*began);
        if row.kind.is_end() {
            *ended = Some(row.nanos).max(*ended);
        }
    }
    spans
}

fn phase(row: &Row, spans: &[(u64, Option<u64>)]) -> u8 {
    let (began, ended) = spans[row.run.index()];
    match (row.kind.is_end(), began < row.nanos) {
        (true, true) => 0,
        (false, true) if ended == Some(row.nanos) => 0,
        (false, _) => 1,
        (true, false) => 2,
    }
}
