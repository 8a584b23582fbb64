//! The worker's slices → columns, in stretches short enough for nobody to notice.
use std::pin::pin;

use js_sys::{ArrayBuffer, Uint8Array};

use crate::history::{Incoming, Read};
use crate::wire::{ALIGN, WireError};
use crate::worker::Answer;

use super::rest;
use super::task::{First, Stretch, first};
use super::worker::Worker;

/// A millisecond or two.
const PART_BYTES: u32 = 1 << 18;
const _: () = assert!((PART_BYTES as usize).is_multiple_of(ALIGN), "no cell is in two parts");

/// Takes a log's columns over, a slice after the other.
struct Unpacking {
    incoming: Box<Incoming>,
    part: Vec<u8>,
    stretch: Stretch,
}

impl Unpacking {
    fn new() -> Self {
        let (part, stretch) = (Vec::new(), Stretch::default());
        Self { incoming: rest::begin(), part, stretch }
    }

    async fn take(&mut self, slice: &ArrayBuffer) -> Result<(), WireError> {
        let bytes = Uint8Array::new(slice);
        let mut at = 0;
        while at < bytes.length() {
            let end = bytes.length().min(at.saturating_add(PART_BYTES));
            self.part.resize((end - at) as usize, 0);
            bytes.subarray(at, end).copy_to(&mut self.part);
            rest::push(&mut self.incoming, &self.part)?;
            at = end;
            self.stretch.breathe().await;
        }
        Ok(())
    }

    /// Works out what follows from what has come.
    async fn work_out(&mut self) {
        while rest::step(&mut self.incoming) {
            self.stretch.breathe().await;
        }
    }

    /// The next answer; what follows is worked out until it is there.
    async fn hear(&mut self, worker: &Worker) -> Answer {
        let mut next = pin!(worker.hear());
        match first(next.as_mut(), self.work_out()).await {
            First::Left(answer) => answer,
            First::Right(()) => next.await,
        }
    }

    async fn finish(mut self) -> Result<(Read, u64), WireError> {
        self.work_out().await;
        rest::finish(self.incoming)
    }
}

/// What the worker hands over, from its `first` answer on and as it comes, with what follows from that; and how many bytes its
/// columns take.
///
/// # Errors
/// The answer that was something else; [`Answer::Failed`] where columns cannot be read, or there is no room for them.
pub(super) async fn hear_columns(first: Answer, worker: &Worker) -> Result<(Read, u64), Answer> {
    let failed = |error: WireError| Answer::Failed(error.to_string());
    let (mut unpacking, mut answer) = (Unpacking::new(), first);
    loop {
        match answer {
            Answer::Columns(slice) => unpacking.take(&slice).await.map_err(failed)?,
            Answer::Done => return unpacking.finish().await.map_err(failed),
            answer => return Err(answer),
        }
        answer = unpacking.hear(worker).await;
    }
}

/// The columns in `slices`, all of them.
///
/// # Errors
/// When they cannot be read, or there is no room for them.
pub async fn unpack(slices: &[ArrayBuffer]) -> Result<Read, WireError> {
    let mut unpacking = Unpacking::new();
    for slice in slices {
        unpacking.take(slice).await?;
    }
    unpacking.finish().await.map(|(read, _)| read)
}
