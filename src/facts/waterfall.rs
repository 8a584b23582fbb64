//! When a want's work was done, as bars on one axis of time, and why it took so long: where its time
//! went, and what it waits for while it is open. Never asks what time it is.
use crate::events::{Id, WantId};
use crate::facts::axis::Axis;
use crate::facts::because::because_rows;
use crate::facts::rows::want_row;
use crate::facts::told::work_row;
use crate::facts::{Row, Section, Value};
use crate::graph::{Key, Phase, Slice, Spent, Wait, WaitRow, closed, spent, waits};
use crate::history::{AsOf, WantStatus};
use crate::scene::Status;

const NANOS: u64 = 1_000_000_000;

/// The whole picture.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Waterfall {
    /// The want, its runs, the wants that these caused, and so on, as an indented list.
    pub bars: Vec<Bar>,
    /// How many more bars there are.
    pub n_more: usize,
    /// The axis that all bars share.
    pub axis: Axis,
    /// Moments to mark on it, by place.
    pub marks: Vec<Mark>,
    /// How much of the want's time went to what, and the part of the whole.
    pub totals: Vec<Share>,
    /// The same slice by slice, in order of time.
    pub slices: Vec<Share>,
    /// How many more slices there are.
    pub n_more_slices: usize,
    /// For one that is not done: what it waits for, down to the bottom.
    pub waits_for: Option<Section>,
}

/// A want or a run, and when it was at what.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bar {
    /// Its name, page and status.
    pub row: Row,
    /// Indentation: 0 for the want itself.
    pub depth: u32,
    /// Whether it is on the chain of waits that set the want's end, or holds it up.
    pub is_critical: bool,
    /// In order of time.
    pub stretches: Vec<Stretch>,
}

/// A stretch of a bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    /// What goes on.
    pub wait: Wait,
    /// When it began, nanoseconds since 1970 UTC.
    pub from_nanos: u64,
    /// How long it took.
    pub nanos: u64,
    /// How the attempt ended whose last stretch this is.
    pub ended: Option<Status>,
    /// Where it begins on the axis, 0 to 1.
    pub left: f64,
    /// How wide it is there.
    pub width: f64,
}

/// A moment on the axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    /// `SLA`, `TTL`, `done`, `canceled`, or `now` for the moment that is asked about.
    pub label: &'static str,
    /// When, nanoseconds since 1970 UTC.
    pub nanos: u64,
    /// Where on the axis, 0 to 1.
    pub place: f64,
    /// Whether it lies before the axis, and so at its beginning.
    pub is_before: bool,
}

/// A part of the want's time.
#[derive(Clone, Debug, PartialEq)]
pub struct Share {
    /// What it went to.
    pub wait: Wait,
    /// What that was, with the duration as value.
    pub row: Row,
    /// Which part of the whole, 0 to 1.
    pub share: f64,
}

/// The waterfall of `want`; lists of at most `most` rows. Nothing before it was made.
pub fn waterfall(asof: AsOf<'_>, want: WantId, most: usize) -> Waterfall {
    let Some(spent) = spent(asof, want) else {
        let waits_for = because_rows(asof, want, most);
        return Waterfall { waits_for, ..Waterfall::default() };
    };
    let rows = waits(asof, want);
    let limits = limits(asof, want);
    let until = spent.from_nanos.saturating_add(spent.nanos);
    let axis = axis(asof, &rows, &limits, (spent.from_nanos, until));
    let critical = &spent.runs;
    let bars = rows.iter().take(most).map(|row| {
        let is_critical = matches!(row.key, Key::Run(run) if critical.contains(&run));
        bar(asof, &axis, row, is_critical)
    });
    Waterfall {
        bars: bars.collect(),
        n_more: rows.len().saturating_sub(most),
        marks: marks(&axis, &limits, spent.from_nanos),
        axis,
        totals: totals(&spent),
        slices: spent.slices.iter().take(most).map(|it| share(asof, &spent, it)).collect(),
        n_more_slices: spent.slices.len().saturating_sub(most),
        waits_for: because_rows(asof, want, most),
    }
}

fn axis(
    asof: AsOf<'_>,
    rows: &[WaitRow],
    limits: &[(&'static str, u64)],
    (from, until): (u64, u64),
) -> Axis {
    let log = &asof.history.log;
    let works = |phase: &&Phase| matches!(phase.wait, Wait::Queued | Wait::Running);
    let phases = rows.iter().flat_map(|row| &row.phases).filter(works);
    let mut busy: Vec<(u64, u64)> =
        phases.map(|phase| (log.nanos(phase.from), log.nanos(phase.to))).collect();
    busy.extend(limits.iter().map(|&(_, nanos)| (nanos, nanos)));
    let last = limits.iter().map(|&(_, nanos)| nanos).max().unwrap_or(until);
    Axis::new(from, until.max(last), &busy)
}

fn bar(asof: AsOf<'_>, axis: &Axis, row: &WaitRow, is_critical: bool) -> Bar {
    let stretch = |phase: &Phase| {
        let from_nanos = asof.history.log.nanos(phase.from);
        let nanos = phase.nanos(asof);
        let left = axis.place(from_nanos);
        let width = (axis.place(from_nanos.saturating_add(nanos)) - left).max(0.0);
        let ended = phase.ended.map(Status::from);
        Stretch { wait: phase.wait, from_nanos, nanos, ended, left, width }
    };
    let about = match row.key {
        Key::Want(want) => want_row(asof, want),
        Key::Run(run) => work_row(asof, run),
        _ => Row::default(),
    };
    let stretches = row.phases.iter().map(stretch).collect();
    Bar { row: about, depth: row.depth, is_critical, stretches }
}

/// The want's limits and ends, in order of time. A limit counts from the moment of the data.
fn limits(asof: AsOf<'_>, want: WantId) -> Vec<(&'static str, u64)> {
    let (wants, log) = (&asof.history.wants, &asof.history.log);
    let row = want.index();
    let about = wants.data_time_secs.get(row).flatten();
    let limit = |label, secs: Option<u64>| {
        let at = about?.saturating_add(secs.filter(|&secs| secs > 0)?);
        Some((label, at.saturating_mul(NANOS)))
    };
    let [sla, ttl] = [&wants.sla_secs, &wants.ttl_secs].map(|column| column.get(row).flatten());
    let word = match asof.want_status(want) {
        Some(WantStatus::Successful) => "done",
        Some(WantStatus::Failed) => "failed",
        _ => "canceled",
    };
    let end = match (closed(asof, want), asof.moment.at) {
        (Some(end), _) => Some((word, log.nanos(end))),
        (None, now) => now.map(|now| ("now", log.nanos(now))),
    };
    let mut limits: Vec<(&'static str, u64)> =
        [limit("SLA", sla), limit("TTL", ttl), end].into_iter().flatten().collect();
    // Three at most.
    for sorted in 1..limits.len() {
        let mut at = sorted;
        while at > 0 && limits[at].1 < limits[at - 1].1 {
            limits.swap(at, at - 1);
            at -= 1;
        }
    }
    limits
}

fn marks(axis: &Axis, limits: &[(&'static str, u64)], from: u64) -> Vec<Mark> {
    let mark = |&(label, nanos): &(&'static str, u64)| Mark {
        label,
        nanos,
        place: axis.place(nanos),
        is_before: nanos < from,
    };
    limits.iter().map(mark).collect()
}

fn totals(spent: &Spent) -> Vec<Share> {
    let all = [
        (Wait::Running, "Running"),
        (Wait::Queued, "Queued"),
        (Wait::Waiting, "Missed, and no run for it planned"),
        (Wait::Idle, "No run planned"),
    ];
    let total = |(wait, label)| {
        let nanos = spent.on(wait);
        Share { wait, row: Row::of(label, Value::Duration(nanos)), share: spent.share(nanos) }
    };
    all.into_iter().map(total).filter(|total| total.share > 0.0).collect()
}

fn share(asof: AsOf<'_>, spent: &Spent, slice: &Slice) -> Share {
    let words = match slice.wait {
        Wait::Queued => "queued",
        Wait::Running => "running",
        Wait::Waiting => "missed, until the next run was planned",
        Wait::Idle => "until this run was planned",
    };
    let value = Value::Duration(slice.nanos);
    let row = match slice.run {
        Some(run) => Row { note: words.to_owned(), value, ..work_row(asof, run) },
        None => Row::of("until its end, without a run", value),
    };
    Share { wait: slice.wait, row, share: spent.share(slice.nanos) }
}
