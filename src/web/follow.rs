//! A log that is being written: after it has been read once, only what has been added is fetched, or
//! read from the file, and decoded, by a worker that stays. The last bytes that are known are fetched along, and must be the same.
use js_sys::Uint8Array;

use crate::events::{Budget, Room};
use crate::worker::{Answer, Order};

use super::handles::renewed;
use super::partial::Partial;
use super::raw::{Raw, ask_from, body_of, stream_of};
use super::source::{Opened, Origin};
use super::task::Cancel;
use super::unpack::hear_columns;
use super::worker::Worker;
use super::{Error, Input, Loaded};

/// So many of the last bytes are compared each time.
const TAIL_BYTES: usize = 1 << 10;

/// While its columns are worked out anew, the worker holds what it has read twice.
const COPIES: u64 = 2;

/// A log that is followed.
#[derive(Debug)]
pub struct Follower {
    /// A file as it was at the last look.
    origin: Origin,
    worker: Worker,
    budget: Budget,
    /// How much has been read, and the last of that.
    n_bytes: u64,
    tail: Vec<u8>,
    /// Bytes have come that the page has not been shown.
    has_more: bool,
    /// The host has sent the whole log when asked for its end.
    pub sends_whole: bool,
}

/// Why following goes no further, for now or at all.
#[derive(Clone, Debug, PartialEq)]
pub enum Stop {
    /// There was no answer, or a bad one; the next may be better.
    Failed(Error),
    /// The log is shorter than what was read, or other bytes are where the last ones were.
    Replaced,
    /// It is compressed, names other logs, or is one list of all events: their ends are written anew each time.
    NotLines,
    /// There is not the memory for it.
    OutOfMemory,
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl Follower {
    /// Reads what there is of the log.
    ///
    /// # Errors
    /// When it cannot be read, or cannot be followed.
    pub async fn begin(origin: &Origin, budget: Budget, cancel: &Cancel) -> Result<Self, Stop> {
        let origin = renewed(origin).await?;
        let mut opened = Opened::open(&origin, cancel).await?;
        if opened.is_manifest || !opened.is_plain() {
            return Err(Stop::NotLines);
        }
        let mut follower = Self {
            origin,
            worker: Worker::start()?,
            budget,
            n_bytes: 0,
            tail: Vec::new(),
            has_more: false,
            sends_whole: false,
        };
        while let Some(slice) = opened.next().await? {
            follower.read(&slice.to_vec()).await?;
        }
        Ok(follower)
    }

    /// Where the log can be read again, as far as it has been.
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    /// How much of the log has been read.
    pub fn n_bytes(&self) -> u64 {
        self.n_bytes
    }

    /// Fetches what has been added: whether there was anything.
    ///
    /// # Errors
    /// When there is no answer, or the log is not the one that was read. What had come before stays read.
    pub async fn look(&mut self, cancel: &Cancel) -> Result<bool, Stop> {
        let from = self.n_bytes - self.tail.len() as u64;
        let mut body = self.body_from(from, cancel).await?;
        let mut n_unasked = if self.sends_whole { from } else { 0 };
        let mut known = std::mem::take(&mut self.tail);
        self.tail.clone_from(&known);
        loop {
            let chunk = body.next().await.map_err(|_| Error::Interrupted(self.origin.name()))?;
            let Some(chunk) = chunk else { break };
            let chunk = chunk.to_vec();
            let n_skipped = chunk.len().min(usize::try_from(n_unasked).unwrap_or(usize::MAX));
            n_unasked -= n_skipped as u64;
            let chunk = chunk.get(n_skipped..).unwrap_or_default();
            let n_known = chunk.len().min(known.len());
            let (again, new) = chunk.split_at(n_known);
            if !known.starts_with(again) {
                return Err(Stop::Replaced);
            }
            known.drain(..n_known);
            if !new.is_empty() {
                self.read(new).await?;
            }
        }
        if n_unasked > 0 || !known.is_empty() {
            return Err(Stop::Replaced);
        }
        Ok(self.has_more)
    }

    /// What there is from byte `from` on, or all of it.
    async fn body_from(&mut self, from: u64, cancel: &Cancel) -> Result<Raw, Stop> {
        self.origin = renewed(&self.origin).await?;
        let (body, sends_whole) = match &self.origin {
            Origin::Address(address) => {
                let asked = ask_from(address, from, cancel).await;
                let answer = asked.map_err(|error| match error {
                    Error::Status { status: 416, .. } => Stop::Replaced,
                    error => Stop::Failed(error),
                })?;
                (body_of(&answer, address)?, answer.status() != 206)
            }
            Origin::File { file, path, .. } => {
                let rest = file.slice_with_f64(from as f64);
                (stream_of(&rest.map_err(|_| Error::Changed(path.clone()))?)?, false)
            }
            Origin::Skipped { .. } | Origin::Text { .. } => return Err(Stop::NotLines),
        };
        self.sends_whole = sends_whole;
        Ok(body)
    }

    /// The log as far as it has been read.
    ///
    /// # Errors
    /// When the worker fails, or there is no event.
    pub async fn so_far(&mut self) -> Result<Loaded, Stop> {
        self.worker.send(Order::SoFar);
        let first = self.worker.hear().await;
        let columns = hear_columns(first, &self.worker).await;
        let ((history, anomalies, notices), n_bytes_kept) =
            columns.map_err(|answer| match answer {
                Answer::NoLog(_) => Error::Empty(self.origin.name()).into(),
                answer => failure(answer),
            })?;
        self.has_more = false;
        let name = self.origin.name();
        Ok(Loaded {
            history,
            anomalies,
            notices,
            inputs: vec![Input { name, n_bytes: self.n_bytes, is_plain: true }],
            partial: Partial::default(),
            n_bytes_kept,
        })
    }

    async fn read(&mut self, bytes: &[u8]) -> Result<(), Stop> {
        self.worker.send(Order::Read(Uint8Array::from(bytes)));
        self.n_bytes += bytes.len() as u64;
        self.tail.extend(&bytes[bytes.len().saturating_sub(TAIL_BYTES)..]);
        self.tail.drain(..self.tail.len().saturating_sub(TAIL_BYTES));
        self.has_more = true;
        match self.worker.hear().await {
            Answer::Read(counts, _)
                if self.budget.room(counts.n_bytes_needed * COPIES) == Room::None =>
            {
                Err(Stop::OutOfMemory)
            }
            Answer::Read(counts, _) if counts.is_list => Err(Stop::NotLines),
            Answer::Read(..) => Ok(()),
            answer => Err(failure(answer)),
        }
    }
}

fn failure(answer: Answer) -> Stop {
    let why = match answer {
        Answer::Failed(reason) => reason,
        _ => "its answers are out of order".to_owned(),
    };
    Error::Worker(why).into()
}
