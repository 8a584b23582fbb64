//! Origins → history, with a word on how far it is: bytes go to a worker as they come, and its columns
//! are taken over at the end. Never holds more of a log than is in flight.
use std::collections::VecDeque;
use std::pin::pin;

use js_sys::Uint8Array;

use crate::events::Notices;
use crate::history::{Anomalies, History};
use crate::worker::{Answer, Counts, NoLog, Order};

use super::Error;
use super::arrival;
use super::source::{Opened, Origin};
use super::task::{Cancel, First, first, now_millis};
use super::unpack::unpack;
use super::worker::Worker;

/// So much is sent to the worker before it has answered.
const MAX_IN_FLIGHT_BYTES: u64 = 8 << 20;

/// A word on progress is sent no more often.
const REPORT_MILLIS: u64 = 60;

/// What a log says of itself that was not read to its end.
const STOPPED: &str = "Reading was stopped here; what came before is shown.";

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
    /// Length of the buffer that held the history, the anomalies and the notices.
    pub n_bytes_kept: u64,
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

/// Reads all `origins` as one log. Reading that is stopped makes do with what has come.
///
/// # Errors
/// When an origin cannot be read, is no event log, or the work was called off.
pub async fn ingest(
    origins: &[Origin],
    cancel: &Cancel,
    report: impl FnMut(Progress),
) -> Result<Loaded, Error> {
    cancel.unless_canceled(Ingest::new(report).load(origins, cancel)).await?
}

struct Ingest<Report> {
    /// There is none before there is something to read.
    worker: Option<Worker>,
    sent: VecDeque<Sent>,
    /// Of all that was sent.
    n_bytes_in_flight: u64,
    progress: Progress,
    report: Report,
    reported: u64,
}

/// What the worker has not answered yet.
struct Sent {
    len: u64,
    /// How much of the input had come with it, as transferred.
    n_bytes_read: u64,
}

impl<Report: FnMut(Progress)> Ingest<Report> {
    fn new(report: Report) -> Self {
        let progress = Progress::default();
        let sent = VecDeque::new();
        Self { worker: None, sent, n_bytes_in_flight: 0, progress, report, reported: 0 }
    }

    async fn load(mut self, origins: &[Origin], cancel: &Cancel) -> Result<Loaded, Error> {
        let mut inputs = Vec::new();
        for (i, origin) in origins.iter().enumerate() {
            self.progress = Progress {
                input: (i + 1, origins.len()),
                name: origin.name(),
                n_events: self.progress.n_events,
                n_bad: self.progress.n_bad,
                ..Progress::default()
            };
            self.tell();
            inputs.push(self.read(origin, cancel).await?);
            if cancel.is_stopped() {
                break;
            }
        }
        let (buffer, n_bytes_kept) = self.finish().await?;
        let (history, anomalies, notices) = buffer;
        Ok(Loaded { history, anomalies, notices, inputs, n_bytes_kept })
    }

    async fn read(&mut self, origin: &Origin, cancel: &Cancel) -> Result<Input, Error> {
        let mut opened = Opened::open(origin, cancel).await?;
        self.progress.phase = Phase::Reading;
        self.progress.n_bytes_total = opened.n_bytes_total;
        // The first answer is told at once.
        self.reported = 0;
        let began = now_millis();
        let mut n_bytes = 0;
        while let Some(slice) = self.next(&mut opened, cancel).await? {
            let len = u64::from(slice.length());
            n_bytes += len;
            self.send(Order::Read(slice), Sent { len, n_bytes_read: opened.n_bytes_read })?;
            self.progress.millis = now_millis() - began;
            self.listen(MAX_IN_FLIGHT_BYTES).await?;
        }
        if opened.broke_off.is_some() && n_bytes == 0 {
            return Err(Error::Gzip(origin.name()));
        }
        let broke_off = if cancel.is_stopped() { Some(STOPPED) } else { opened.broke_off };
        let end = Sent { len: 1, n_bytes_read: opened.n_bytes_read };
        self.send(Order::EndInput(broke_off), end)?;
        self.listen(0).await?;
        self.progress.millis = now_millis() - began;
        self.tell();
        Ok(Input { name: origin.name(), n_bytes })
    }

    /// The next slice; none at the end, or when reading is to end. Answers are heard meanwhile.
    async fn next(
        &mut self,
        opened: &mut Opened,
        cancel: &Cancel,
    ) -> Result<Option<Uint8Array>, Error> {
        let mut next = pin!(cancel.unless_stopped(opened.next()));
        loop {
            let answer = match first(next.as_mut(), self.worker()?.hear()).await {
                First::Left(slice) => return Ok(slice.transpose()?.flatten()),
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
        let answer = worker.hear().await;
        let Answer::Done(buffer) = answer else { return Err(self.failure(answer)) };
        // Its memory is free before the page needs as much.
        self.worker = None;
        arrival::arrived().await?;
        let unpacked = unpack(&buffer).await;
        let n_bytes = u64::from(buffer.byte_length());
        unpacked.map(|it| (it, n_bytes)).map_err(|error| Error::Worker(error.to_string()))
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
        let Answer::Read(Counts { n_events, n_bad }) = answer else {
            return Err(self.failure(answer));
        };
        let Some(sent) = self.sent.pop_front() else { return Ok(()) };
        self.n_bytes_in_flight -= sent.len;
        self.progress.n_bytes = sent.n_bytes_read;
        (self.progress.n_events, self.progress.n_bad) = (n_events, n_bad);
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
            Answer::NoLog(NoLog { n_records: 0, .. }) => Error::Empty(name),
            Answer::NoLog(NoLog { n_records, n_bad, reason }) => {
                Error::NotALog { name, n_records, n_bad, reason }
            }
            Answer::Failed(reason) => Error::Worker(reason),
            Answer::Ready | Answer::Read(_) | Answer::Done(_) => {
                Error::Worker("its answers are out of order".to_owned())
            }
        }
    }
}
