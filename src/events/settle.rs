//! The end of reading: order, repeats, ids in order of first mention, and the unit of time.
use crate::events::lists::Lists;
use crate::events::notices::Listed;
use crate::events::rename::Renaming;
use crate::events::{Events, Names, NoticeClass, Notices, Subject, TimeUnit};

/// Settles `events`, which are in the order of the input with timestamps in the log's own unit.
/// Costs no copy when they are in order, told once, and there are no stray names.
pub(super) fn settle(
    mut events: Events,
    lines: &[u32],
    has_stray_names: bool,
    lists: Lists,
    notices: &mut Notices,
) -> Events {
    let order = events.log.order();
    if let Some(order) = &order {
        for &(first, this) in &order.repeats {
            note_repeat(&events, lines, first as usize, this as usize, notices);
        }
    }
    let as_it_was = || has_stray_names.then(|| (0..events.len() as u32).collect());
    if let Some(indices) = order.map(|order| order.indices).or_else(as_it_was) {
        events = reordered(&events, &indices, lists);
    }
    let log = &mut events.log;
    log.unit = TimeUnit::of_all(log.nanos.iter());
    let nanos_in_unit = log.unit.nanos();
    if nanos_in_unit > 1 {
        log.nanos = log.nanos.iter().map(|time| time.saturating_mul(nanos_in_unit)).collect();
    }
    events
}

/// The events at `indices` alone, in that order, with ids in order of first mention.
///
/// Never part of what every log needs: an engine compiles a function anew as a whole.
#[inline(never)]
fn reordered(old: &Events, indices: &[u32], mut lists: Lists) -> Events {
    let mut new = Events::default();
    let mut renaming = Renaming::new(&old.names);
    for &index in indices {
        let i = index as usize;
        let payload = old.payloads.get(old.log.kind.at(i), i);
        // Neither can fail: what is mentioned is never more than what there was.
        let Ok(payload) = renaming.payload(payload, &mut lists) else { continue };
        let Ok(()) = new.payloads.push(payload) else { continue };
        let Some(what) = old.log.row(i) else { continue };
        new.log.push((payload.kind(), payload.subject()), (what.nanos, what.event_id), what.record);
    }
    new.names = renaming.into_names();
    new
}

#[inline(never)]
fn note_repeat(events: &Events, lines: &[u32], first: usize, this: usize, notices: &mut Notices) {
    let log = &events.log;
    let payload = |i: usize| events.payloads.get(log.kind.at(i), i);
    let is_same = log.kind.at(first) == log.kind.at(this)
        && log.nanos.get(first) == log.nanos.get(this)
        && payload(first) == payload(this);
    let class = if is_same { NoticeClass::Duplicate } else { NoticeClass::ConflictingId };
    let line = u64::from(lines[this]);
    let (Some(first_row), Some(row)) = (log.row(first), log.row(this)) else { return };
    let (id, (place, len)) = (row.event_id, row.record);
    notices.add(Listed { class, line, place, len }, || {
        let input = first_row.record.0.input();
        let of_input =
            if input == place.input() { "" } else { &format!(" of input {}", input + 1) };
        let reason = format!("event_id {id} stands first on line {}{of_input}", lines[first]);
        (reason, format!("{} {}", row.kind.name(), text_of(&events.names, row.subject)))
    });
}

fn text_of(names: &Names, subject: Subject) -> &str {
    match subject {
        Subject::Want(want) => names.wants.text(want),
        Subject::Run(run) => names.runs.text(run),
        Subject::Taint(taint) => names.taints.text(taint),
    }
}
