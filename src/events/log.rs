//! The ordered log: what every event has, as columns, and the payloads beside them.
use std::ops::Range;

use crate::events::names::Full;
use crate::events::openlineage::Reports;
use crate::events::order::{Order, order};
use crate::events::store::Store;
use crate::events::{
    EventKind, Id, Kinds, Names, OpenLineage, Payload, RunId, Seq, Subject, TaintId, WantId,
};
use crate::wire::{Cell, Narrow, Whole};

/// The events of a log, in order and without duplicates.
#[derive(Clone, Debug, Default)]
pub struct Events {
    /// All ids' texts.
    pub names: Names,
    /// What every event has.
    pub log: EventLog,
    /// What OpenLineage alone tells; empty for a log without it.
    pub openlineage: OpenLineage,
    /// What runs of OpenLineage say beside the payloads, in order of their events.
    pub reports: Reports,
    /// Invariant: as long as `log`, and of the same kinds.
    pub(super) payloads: Store,
}

/// What every event has, whatever its kind. All columns are `Seq -> …` and equally long.
#[derive(Clone, Debug, Default)]
pub struct EventLog {
    /// -> its kind.
    pub kind: Kinds,
    /// -> the want, run or taint that it is about, as its row plus one; which of them, its kind tells.
    pub subject: Narrow<u32>,
    /// -> nanoseconds since 1970 UTC, saturating (in the year 2554).
    pub nanos: Narrow<u64>,
    /// -> its `event_id`, or [`NO_EVENT_ID`].
    pub event_id: Narrow<u64>,
    /// -> in which input, and where in it, packed.
    pub place: Narrow<Place>,
    /// -> length of its record in bytes.
    pub len: Narrow<u32>,
    /// The unit that the timestamps were taken to be in.
    pub unit: TimeUnit,
}

/// All that columns tell of one event.
#[derive(Clone, Copy, Debug)]
pub(super) struct Row {
    pub(super) kind: EventKind,
    pub(super) subject: Subject,
    pub(super) nanos: u64,
    pub(super) event_id: u64,
    /// Where it is, and its length.
    pub(super) record: (Place, u32),
}

/// In the column `event_id`: the event has none.
pub const NO_EVENT_ID: u64 = u64::MAX;

/// Which input and where in it, packed into 16 and 48 bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Place(pub(super) u64);

/// Where a record lies in the (decompressed) inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Which input, from 0, in the order in which they were read.
    pub input: u16,
    /// Byte offset of its first byte.
    pub offset: u64,
    /// Length in bytes.
    pub len: u32,
}

/// The unit of `timestamp`. A finer unit is greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum TimeUnit {
    /// Below 1e11.
    Seconds,
    /// Below 1e14.
    Millis,
    /// Below 1e17.
    Micros,
    /// All others; also assumed where there is no event.
    #[default]
    Nanos,
}

impl Events {
    /// How many events there are.
    pub fn len(&self) -> usize {
        self.log.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.log.is_empty()
    }

    /// All positions, in order.
    pub fn seqs(&self) -> impl DoubleEndedIterator<Item = Seq> + use<> {
        self.log.seqs()
    }

    /// The payload of `seq`.
    ///
    /// # Panics
    /// When `seq` is of another, longer log.
    pub fn payload(&self, seq: Seq) -> Payload<'_> {
        self.payloads.get(self.log.kind(seq), seq.index())
    }

    /// Lets the payloads go.
    pub fn into_parts(self) -> (Names, EventLog, OpenLineage) {
        (self.names, self.log, self.openlineage)
    }

    /// Appends an event without an id.
    ///
    /// # Errors
    /// When a table is full; nothing is written then.
    pub(super) fn push(
        &mut self,
        payload: Payload<'_>,
        nanos: u64,
        place: Place,
        len: u32,
    ) -> Result<(), Full> {
        self.payloads.push(payload)?;
        let log = &mut self.log;
        log.push((payload.kind(), payload.subject()), (nanos, NO_EVENT_ID), (place, len));
        Ok(())
    }

    /// Puts the events into another order: position -> where the event was. Names keep their ids.
    pub(super) fn permute(&mut self, order: &[u32]) {
        let log = &mut self.log;
        log.kind = order.iter().map(|&before| log.kind.at(before as usize)).collect();
        log.subject = permuted(&log.subject, order);
        log.nanos = permuted(&log.nanos, order);
        log.event_id = permuted(&log.event_id, order);
        log.place = permuted(&log.place, order);
        log.len = permuted(&log.len, order);
        self.payloads.permute(order);
        let mut now_at = vec![0; order.len()];
        for (now, &before) in order.iter().enumerate() {
            now_at[before as usize] = now;
        }
        for report in &mut self.reports {
            let now = now_at.get(report.seq.index()).copied().and_then(Seq::from_index);
            report.seq = now.unwrap_or(report.seq);
        }
        self.reports.sort_by_key(|report| report.seq);
    }
}

/// Column of the new order.
fn permuted<T: Whole>(column: &Narrow<T>, order: &[u32]) -> Narrow<T> {
    order.iter().filter_map(|&before| column.get(before as usize)).collect()
}

impl EventLog {
    /// How many events there are.
    pub fn len(&self) -> usize {
        self.kind.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.kind.is_empty()
    }

    /// Appends an event: what it is about, when and which it is, and where.
    pub(super) fn push(
        &mut self,
        (kind, subject): (EventKind, Subject),
        (nanos, event_id): (u64, u64),
        (place, len): (Place, u32),
    ) {
        let row = match subject {
            Subject::Want(want) => want.index(),
            Subject::Run(run) => run.index(),
            Subject::Taint(taint) => taint.index(),
        };
        self.kind.push(kind);
        self.subject.push(row as u32 + 1);
        self.nanos.push(nanos);
        self.event_id.push(event_id);
        self.place.push(place);
        self.len.push(len);
    }

    /// All positions, in order.
    pub fn seqs(&self) -> impl DoubleEndedIterator<Item = Seq> + use<> {
        (0..self.len()).filter_map(Seq::from_index)
    }

    /// What kind of event it is.
    ///
    /// # Panics
    /// Accessors may panic when `seq` is of another, longer log.
    pub fn kind(&self, seq: Seq) -> EventKind {
        self.kind.at(seq.index())
    }

    /// Whom it is about.
    pub fn subject(&self, seq: Seq) -> Subject {
        subject_of(self.kind(seq), value(&self.subject, seq))
    }

    /// The events of some positions that are about a run itself, each with its run.
    pub(crate) fn of_runs(&self, rows: Range<usize>) -> impl Iterator<Item = (RunId, Seq)> {
        let start = rows.start;
        let subjects = self.subject.part(rows).iter().enumerate();
        subjects.filter_map(move |(i, subject)| {
            match subject_of(self.kind.get(start + i)?, subject) {
                Subject::Run(run) => Some((run, Seq::from_index(start + i)?)),
                Subject::Want(_) | Subject::Taint(_) => None,
            }
        })
    }

    /// When it was, in nanoseconds since 1970 UTC. Not always ascending: ids order events first.
    pub fn nanos(&self, seq: Seq) -> u64 {
        value(&self.nanos, seq)
    }

    /// Its `event_id`.
    pub fn event_id(&self, seq: Seq) -> Option<u64> {
        Some(value(&self.event_id, seq)).filter(|&id| id != NO_EVENT_ID)
    }

    /// Where its record is.
    pub fn span(&self, seq: Seq) -> Span {
        let (place, len) = (value(&self.place, seq), value(&self.len, seq));
        Span { input: place.input(), offset: place.offset(), len }
    }

    /// The order that the events should be in, if they are not.
    pub(super) fn order(&self) -> Option<Order> {
        // All of a block at once, as `is_sorted` would not.
        let (is_ascending, _) = self.event_id.iter().fold((true, None), |(is_so, last), id| {
            (is_so && last.is_none_or(|last| last < id), Some(id))
        });
        if is_ascending && self.event_id.last() != Some(NO_EVENT_ID) {
            return None;
        }
        let [ids, times] =
            [&self.event_id, &self.nanos].map(|column| column.iter().collect::<Vec<_>>());
        order(&ids, &times)
    }

    /// The event at a position; none past the end.
    pub(super) fn row(&self, at: usize) -> Option<Row> {
        let seq = Seq::from_index(at).filter(|_| at < self.len())?;
        Some(Row {
            kind: self.kind(seq),
            subject: self.subject(seq),
            nanos: self.nanos(seq),
            event_id: value(&self.event_id, seq),
            record: (value(&self.place, seq), value(&self.len, seq)),
        })
    }

    /// The last event whose `event_id` is at most `event_id`, by binary search: O(log n), and the
    /// stretches of events without an id, which lie between those with one, are walked over.
    pub fn seq_of_event_id(&self, event_id: u64) -> Option<Seq> {
        let id = |at: &usize| self.event_id.get(*at).filter(|&id| id != NO_EVENT_ID);
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            match (middle..high).find_map(|at| id(&at).map(|id| (at, id))) {
                Some((at, id)) if id <= event_id => low = at + 1,
                _ => high = middle,
            }
        }
        low.checked_sub(1).and_then(Seq::from_index)
    }
}

/// Whom an event of that kind is about, given its row plus one.
fn subject_of(kind: EventKind, subject: u32) -> Subject {
    let id = subject.to_le_bytes();
    match kind {
        EventKind::WantCreate | EventKind::WantCancel => Subject::Want(WantId::get(&id)),
        EventKind::TaintCreate | EventKind::TaintCancel => Subject::Taint(TaintId::get(&id)),
        _ => Subject::Run(RunId::get(&id)),
    }
}

fn value<T: Whole + Default>(column: &Narrow<T>, seq: Seq) -> T {
    column.get(seq.index()).unwrap_or_default()
}

impl Place {
    const OFFSET_BITS: u32 = 48;

    /// Packs. Offsets past 2⁴⁸ (280 TB) saturate.
    pub(super) fn new(input: u16, offset: u64) -> Self {
        let offset = offset.min((1 << Self::OFFSET_BITS) - 1);
        Self(u64::from(input) << Self::OFFSET_BITS | offset)
    }

    /// Which input, from 0.
    pub const fn input(self) -> u16 {
        (self.0 >> Self::OFFSET_BITS) as u16
    }

    /// Byte offset in it.
    pub const fn offset(self) -> u64 {
        self.0 & ((1 << Self::OFFSET_BITS) - 1)
    }
}

impl TimeUnit {
    /// Every unit; `ALL[unit as usize] == unit`.
    pub const ALL: [Self; 4] = [Self::Seconds, Self::Millis, Self::Micros, Self::Nanos];

    /// The unit in which `timestamp` would be a moment of our times.
    pub const fn of_magnitude(timestamp: u64) -> Self {
        match timestamp {
            0..100_000_000_000 => Self::Seconds,
            100_000_000_000..100_000_000_000_000 => Self::Millis,
            100_000_000_000_000..100_000_000_000_000_000 => Self::Micros,
            _ => Self::Nanos,
        }
    }

    /// Nanoseconds in one.
    pub const fn nanos(self) -> u64 {
        match self {
            Self::Seconds => 1_000_000_000,
            Self::Millis => 1_000_000,
            Self::Micros => 1_000,
            Self::Nanos => 1,
        }
    }

    /// The unit of a whole log: the one that most timestamps look like; of two, the finer. Does
    /// not depend on their order.
    pub(super) fn of_all(timestamps: impl Iterator<Item = u64>) -> Self {
        let mut votes = [0_usize; 4];
        timestamps.for_each(|timestamp| votes[Self::of_magnitude(timestamp) as usize] += 1);
        let winner = Self::ALL.into_iter().max_by_key(|&unit| votes[unit as usize]);
        winner.unwrap_or_default()
    }
}
