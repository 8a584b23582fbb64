//! Origins → history, with a word on how far it is: bytes go to a worker as they come, and its columns
//! are taken over as those come, at the end. Never holds more of a log than is in flight.
use std::collections::VecDeque;
use std::pin::pin;
use std::sync::Arc;

use js_sys::{ArrayBuffer, Uint8Array};

use crate::events::{Budget, Early, Notices, Room};
use crate::history::{Anomalies, History};
use crate::worker::{Answer, Counts, NoLog, Order};

use super::Error;
use super::arrival;
use super::inputs::{Inputs, MANIFEST_BYTES, Wanted};
use super::partial::{Partial, WhyNot};
use super::source::{Opened, Origin};
use super::stream::buffer_of;
use super::task::{Cancel, First, first, now_millis};
use super::unpack::hear_columns;
use super::worker::Worker;

/// So much is sent to the worker before it has answered.
const MAX_IN_FLIGHT_BYTES: u64 = 8 << 20;

/// The worker rehearses once so much has come, if there will be so many times as much.
const REHEARSAL_BYTES: u64 = 4 << 20;
const REHEARSAL_SHARE: u64 = 6;

/// A word on progress is sent no more often.
const REPORT_MILLIS: u64 = 60;

/// A log that was read.
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
    /// What of it is not here.
    pub partial: Partial,
    /// Length of the columns that hold the history, the anomalies and the notices.
    pub n_bytes_kept: u64,
}

/// What came of reading.
#[derive(Debug)]
pub struct Read {
    /// The log.
    pub log: Arc<Loaded>,
    /// The origin of each of its inputs.
    pub origins: Vec<Origin>,
    /// To be dropped once the log is shown.
    pub spent: Spent,
}

/// A worker that has done its work. While the browser takes its memory back, the page waits for any of its own.
#[derive(Debug)]
pub struct Spent {
    _worker: Option<Worker>,
}

/// One input of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Its name.
    pub name: String,
    /// Length of its text, decompressed.
    pub n_bytes: u64,
    /// Whether it came uncompressed.
    pub is_plain: bool,
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
    /// The memory that it will take to show what has come.
    pub n_bytes_needed: u64,
    /// How much of it there may be.
    pub budget: Budget,
    /// Whether little of that is left.
    pub is_near_budget: bool,
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

/// Reads all `origins` as one log, within `budget`. Reading that is stopped makes do with what has come.
///
/// # Errors
/// When an origin cannot be read, is no event log, or the work was called off.
pub async fn ingest(
    origins: &[Origin],
    budget: Budget,
    cancel: &Cancel,
    report: impl FnMut(Progress),
) -> Result<Read, Error> {
    let ingest = Ingest::new(budget, cancel.clone(), report);
    cancel.unless_canceled(Box::pin(ingest.load(origins))).await?
}

struct Ingest<Report> {
    /// There is none before there is something to read from.
    worker: Option<Worker>,
    sent: VecDeque<Sent>,
    /// Of all that was sent.
    n_bytes_in_flight: u64,
    /// Buffers of what the worker has read.
    spare: Vec<ArrayBuffer>,
    progress: Progress,
    report: Report,
    reported: u64,
    cancel: Cancel,
    /// Why reading is to end, and whether an input was cut short by that.
    stopped: Option<Early>,
    has_cut: bool,
}

/// What came of an input.
enum Taken {
    Log(Input),
    /// It is a list of logs; its text.
    Manifest(Vec<u8>),
}

/// What the worker has not answered yet.
struct Sent {
    len: u64,
    /// How much of the input had come with it, as transferred.
    n_bytes_read: u64,
}

/// How many times as much there is to come, where what has come is enough to practice with, and little of it all.
fn n_times_more(n_bytes: u64, opened: &Opened) -> Option<u32> {
    let (total, read) = (opened.n_bytes_total?, opened.n_bytes_read);
    let is_worth_rehearsal =
        n_bytes >= REHEARSAL_BYTES && read.saturating_mul(REHEARSAL_SHARE) <= total;
    let n_times = is_worth_rehearsal.then(|| (total - read).div_ceil(read))?;
    Some(u32::try_from(n_times).unwrap_or(u32::MAX))
}

impl<Report: FnMut(Progress)> Ingest<Report> {
    fn new(budget: Budget, cancel: Cancel, report: Report) -> Self {
        Self {
            worker: None,
            sent: VecDeque::new(),
            n_bytes_in_flight: 0,
            spare: Vec::new(),
            progress: Progress { budget, ..Progress::default() },
            report,
            reported: 0,
            cancel,
            stopped: None,
            has_cut: false,
        }
    }

    async fn load(mut self, origins: &[Origin]) -> Result<Read, Error> {
        let mut waiting = Inputs::new(origins).await?;
        let (mut inputs, mut read) = (Vec::new(), Vec::new());
        while !self.is_stopped()
            && let Some(Wanted { origin, is_named }) = waiting.next()
        {
            self.progress = Progress {
                phase: Phase::Opening,
                input: (waiting.n_begun, waiting.n_all()),
                name: origin.name(),
                n_bytes: 0,
                n_bytes_total: None,
                millis: 0,
                ..self.progress.clone()
            };
            self.tell();
            match self.read(&origin).await {
                Ok(Taken::Log(input)) => {
                    inputs.push(input);
                    read.push(origin);
                }
                Ok(Taken::Manifest(_)) if is_named => {
                    waiting.leave_out(origin.name(), WhyNot::Nested);
                }
                Ok(Taken::Manifest(text)) => waiting.expand(&origin, &text)?,
                Err(Error::Status { .. }) if is_named => {
                    waiting.leave_out(origin.name(), WhyNot::Missing);
                }
                Err(error) => return Err(error),
            }
        }
        let n_unread = waiting.n_waiting();
        let stopped = self.stopped.filter(|_| self.has_cut || n_unread > 0);
        let partial = Partial { stopped, n_unread, left_out: waiting.left_out };
        if inputs.is_empty() {
            return Err(partial.nothing());
        }
        let ((history, anomalies, notices), n_bytes_kept) = self.finish().await?;
        let log = Loaded { history, anomalies, notices, inputs, partial, n_bytes_kept };
        let spent = Spent { _worker: self.worker };
        Ok(Read { log: Arc::new(log), origins: read, spent })
    }

    async fn read(&mut self, origin: &Origin) -> Result<Taken, Error> {
        let mut opened = Opened::ask(origin, &self.cancel).await?;
        // Its code comes while the first bytes do.
        self.worker()?;
        opened.look_ahead().await?;
        if opened.is_manifest {
            let text = opened.whole(MANIFEST_BYTES).await?;
            return text.map(Taken::Manifest).ok_or_else(|| Error::Manifest(origin.name()));
        }
        self.progress.phase = Phase::Reading;
        self.progress.n_bytes_total = opened.n_bytes_total;
        // The first answer is told at once.
        self.reported = 0;
        let began = now_millis();
        let mut n_bytes = 0;
        let mut early = None;
        let mut has_rehearsed = false;
        loop {
            let Some(slice) = self.next(&mut opened).await? else {
                early = self.stopped;
                self.has_cut = true;
                break;
            };
            let Some(slice) = slice else { break };
            n_bytes += u64::from(slice.length());
            let len = u64::from(buffer_of(&slice).byte_length());
            self.send(Order::Read(slice), Sent { len, n_bytes_read: opened.n_bytes_read })?;
            if !has_rehearsed && let Some(n_times) = n_times_more(n_bytes, &opened) {
                has_rehearsed = true;
                let most = self.progress.budget.most_held();
                self.send(
                    Order::Rehearse { n_times, most },
                    Sent { len: 1, n_bytes_read: opened.n_bytes_read },
                )?;
            }
            self.progress.millis = now_millis() - began;
            self.listen(MAX_IN_FLIGHT_BYTES).await?;
        }
        if opened.broke_off && early.is_none() {
            early = Some(Early::BrokeOff);
        }
        let end = Sent { len: 1, n_bytes_read: opened.n_bytes_read };
        self.send(Order::EndInput(early), end)?;
        self.listen(0).await?;
        self.progress.millis = now_millis() - began;
        self.tell();
        Ok(Taken::Log(Input { name: origin.name(), n_bytes, is_plain: opened.is_plain() }))
    }

    /// Whether reading is to end; the reader's own wish comes first.
    fn is_stopped(&mut self) -> bool {
        if self.stopped.is_none() && self.cancel.is_stopped() {
            self.stopped = Some(Early::Stopped);
        }
        self.stopped.is_some()
    }

    /// The next slice, or the end, which is none; nothing when reading is to end before. Answers are
    /// heard meanwhile.
    async fn next(&mut self, opened: &mut Opened) -> Result<Option<Option<Uint8Array>>, Error> {
        let cancel = self.cancel.clone();
        opened.reuse(&mut self.spare);
        let mut next = pin!(cancel.unless_stopped(opened.next()));
        loop {
            if self.is_stopped() {
                return Ok(None);
            }
            let answer = match first(next.as_mut(), self.worker()?.hear()).await {
                First::Left(Some(slice)) => return slice.map(Some),
                First::Left(None) => continue,
                First::Right(answer) => answer,
            };
            self.take(answer)?;
        }
    }

    async fn finish(&mut self) -> Result<((History, Anomalies, Notices), u64), Error> {
        self.progress.phase = Phase::Replaying;
        self.tell();
        let worker = self.worker()?;
        worker.send(Order::Finish);
        let first = worker.hear().await;
        if !matches!(first, Answer::Columns(_)) {
            return Err(self.failure(first));
        }
        arrival::arrived().await?;
        let columns = hear_columns(first, self.worker()?).await;
        columns.map_err(|answer| self.failure(answer))
    }

    fn worker(&mut self) -> Result<&Worker, Error> {
        match &mut self.worker {
            Some(worker) => Ok(worker),
            none => Ok(none.insert(Worker::start()?)),
        }
    }

    fn send(&mut self, order: Order, sent: Sent) -> Result<(), Error> {
        self.worker()?.send(order);
        self.n_bytes_in_flight += sent.len;
        self.sent.push_back(sent);
        Ok(())
    }

    /// Waits for answers while more is in flight than `n_bytes`.
    async fn listen(&mut self, n_bytes: u64) -> Result<(), Error> {
        while self.n_bytes_in_flight > n_bytes {
            let answer = self.worker()?.hear().await;
            self.take(answer)?;
        }
        Ok(())
    }

    fn take(&mut self, answer: Answer) -> Result<(), Error> {
        let (counts, buffer) = match answer {
            Answer::Read(counts, buffer) => (counts, buffer),
            answer => return Err(self.failure(answer)),
        };
        self.spare.extend(buffer);
        let Counts { n_events, n_bad, n_bytes_needed, .. } = counts;
        let Some(sent) = self.sent.pop_front() else { return Ok(()) };
        self.n_bytes_in_flight -= sent.len;
        self.progress.n_bytes = sent.n_bytes_read;
        (self.progress.n_events, self.progress.n_bad) = (n_events, n_bad);
        let room = self.progress.budget.room(n_bytes_needed);
        self.progress.n_bytes_needed = n_bytes_needed;
        self.progress.is_near_budget = room != Room::Enough;
        if room == Room::None && self.stopped.is_none() {
            self.stopped = Some(Early::OutOfMemory);
        }
        if now_millis() - self.reported >= REPORT_MILLIS {
            self.tell();
        }
        Ok(())
    }

    fn tell(&mut self) {
        self.reported = now_millis();
        (self.report)(self.progress.clone());
    }

    /// Why there was this answer instead of the one that was waited for.
    fn failure(&self, answer: Answer) -> Error {
        let name = self.progress.name.clone();
        match answer {
            Answer::NoLog(_) if self.stopped == Some(Early::OutOfMemory) => {
                Error::OutOfMemory(self.progress.budget.n_bytes())
            }
            Answer::NoLog(NoLog { n_records: 0, .. }) => Error::Empty(name),
            Answer::NoLog(NoLog { n_records, n_bad, reason }) => {
                Error::NotALog { name, n_records, n_bad, reason }
            }
            Answer::Failed(reason) => Error::Worker(reason),
            Answer::Ready
            | Answer::Read(..)
            | Answer::Columns(_)
            | Answer::Done
            | Answer::Practiced(_) => Error::Worker("its answers are out of order".to_owned()),
        }
    }
}
