//! Origins → history: slices in, records, events, columns out, with a word on how far it is. The
//! loop runs on the page's thread in short stretches, and asks nothing of a page: a worker may run it.
use crate::bytes::{Limits, Reader};
use crate::events::{Decoder, NoticeClass, Notices};
use crate::history::{Anomalies, History, replay};

use super::source::{Opened, Origin};
use super::task::{Cancel, Stretch, now_millis};
use super::{Error, task};

/// A slice is decoded in parts of this size: a few milliseconds each.
const PART_BYTES: usize = 1 << 16;

/// A word on progress is sent no more often.
const REPORT_MILLIS: u64 = 60;

/// A log that was read to its end.
#[derive(Debug)]
pub struct Loaded {
    /// What happened.
    pub history: History,
    /// What it says that cannot be.
    pub anomalies: Anomalies,
    /// What could not be used of it.
    pub notices: Notices,
    /// Where it came from, in the order in which it was read.
    pub inputs: Vec<Input>,
}

/// One input of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Its name.
    pub name: String,
    /// Length of its text, decompressed.
    pub n_bytes: u64,
}

/// How far loading is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    /// What is being done.
    pub phase: Phase,
    /// The input in hand.
    pub name: String,
    /// Which of how many it is, from 1.
    pub input: (usize, usize),
    /// Bytes of it that have come, as transferred.
    pub n_bytes: u64,
    /// How many there will be, if that is known.
    pub n_bytes_total: Option<u64>,
    /// Since its first byte, in milliseconds.
    pub millis: u64,
    /// Events so far, of all inputs.
    pub n_events: u64,
    /// Records that cannot be used, of all inputs.
    pub n_bad: u64,
}

/// What is being done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Phase {
    /// Waiting for the first byte.
    #[default]
    Opening,
    /// Bytes come in.
    Reading,
    /// All is read: what happened is being worked out.
    Replaying,
}

impl Progress {
    /// The share that is read; none where the length is not known, or is that of the compressed
    /// form of a text which the browser has already decompressed.
    pub fn share(&self) -> Option<f64> {
        let total = self.n_bytes_total.filter(|&total| total > 0 && self.n_bytes <= total)?;
        Some(self.n_bytes as f64 / total as f64)
    }
}

/// Reads all `origins` as one log.
///
/// # Errors
/// When an origin cannot be read, is no event log, or the work was called off.
pub async fn ingest(
    origins: &[Origin],
    cancel: &Cancel,
    mut report: impl FnMut(Progress),
) -> Result<Loaded, Error> {
    let mut decoder = Decoder::new();
    let mut inputs = Vec::new();
    for (i, origin) in origins.iter().enumerate() {
        let progress = Progress { input: (i + 1, origins.len()), ..Progress::default() };
        inputs.push(read(origin, progress, &mut decoder, cancel, &mut report).await?);
    }
    let counts = decoder.progress();
    let name = inputs.first().map(|input| input.name.clone()).unwrap_or_default();
    if counts.n_events == 0 {
        return Err(no_events(name, decoder));
    }
    let (n_events, n_bad) = (counts.n_events, counts.n_unusable);
    report(Progress { phase: Phase::Replaying, name, n_events, n_bad, ..Progress::default() });
    // Once for the word to be set, once for it to be painted.
    task::yield_now().await;
    task::next_frame().await;
    let (events, notices) = decoder.finish();
    task::yield_now().await;
    let (history, anomalies) = replay(events);
    if cancel.is_canceled() {
        return Err(Error::Canceled);
    }
    Ok(Loaded { history, anomalies, notices, inputs })
}

async fn read(
    origin: &Origin,
    mut progress: Progress,
    decoder: &mut Decoder,
    cancel: &Cancel,
    report: &mut impl FnMut(Progress),
) -> Result<Input, Error> {
    progress.name = origin.name();
    report(progress.clone());
    let mut opened = Opened::open(origin, cancel).await?;
    progress.phase = Phase::Reading;
    let (began, mut reported) = (now_millis(), 0);
    let mut stretch = Stretch::default();
    let mut reader = Reader::new(Limits::default());
    while let Some(slice) = opened.next().await.map_err(|error| cancel.or(error))? {
        for part in slice.chunks(PART_BYTES) {
            reader.push(part, &mut |record| decoder.push(record));
            if decoder.hopeless() {
                return Err(not_a_log(origin.name(), decoder));
            }
            if now_millis() - reported >= REPORT_MILLIS {
                reported = now_millis();
                report(told(&progress, &opened, decoder, reported - began));
            }
            stretch.breathe().await;
            if cancel.is_canceled() {
                return Err(Error::Canceled);
            }
        }
    }
    let summary = reader.finish(&mut |record| decoder.push(record));
    if let Some(reason) = opened.broke_off {
        if summary.n_bytes == 0 {
            return Err(Error::Gzip(origin.name()));
        }
        decoder.truncated(&summary, reason);
    }
    decoder.end_input(&summary);
    report(told(&progress, &opened, decoder, now_millis() - began));
    Ok(Input { name: origin.name(), n_bytes: summary.n_bytes })
}

fn told(progress: &Progress, opened: &Opened, decoder: &Decoder, millis: u64) -> Progress {
    let counts = decoder.progress();
    Progress {
        n_bytes: opened.n_bytes_read,
        n_bytes_total: opened.n_bytes_total,
        millis,
        n_events: counts.n_events,
        n_bad: counts.n_unusable,
        ..progress.clone()
    }
}

fn no_events(name: String, decoder: Decoder) -> Error {
    match decoder.progress().n_records {
        0 => Error::Empty(name),
        _ => not_a_log_of(name, &decoder.finish().1),
    }
}

fn not_a_log(name: String, decoder: &mut Decoder) -> Error {
    not_a_log_of(name, &std::mem::take(decoder).finish().1)
}

fn not_a_log_of(name: String, notices: &Notices) -> Error {
    let classes = NoticeClass::ALL.into_iter().map(|class| notices.class(class));
    let first = classes.clone().filter_map(|class| class.samples.first());
    let first = first.min_by_key(|notice| (notice.span.input, notice.span.offset));
    Error::NotALog {
        name,
        n_records: notices.n_records,
        n_bad: classes.map(|class| class.count).sum(),
        reason: first.map(|notice| format!("line {}: {}", notice.line, notice.reason)),
    }
}
