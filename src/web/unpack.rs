//! The worker's slices → columns, in stretches short enough for nobody to notice.
use js_sys::{ArrayBuffer, Uint8Array};

use crate::wire::{ALIGN, Unpacker, WireError};
use crate::worker::Answer;

use super::rest::{self, Columns};
use super::task::Stretch;
use super::worker::Worker;

/// A millisecond or two.
const PART_BYTES: u32 = 1 << 18;
const _: () = assert!((PART_BYTES as usize).is_multiple_of(ALIGN), "no cell is in two parts");

/// Takes a log's columns over, a slice after the other.
struct Unpacking {
    unpacker: Unpacker<Columns>,
    part: Vec<u8>,
    stretch: Stretch,
}

impl Unpacking {
    fn new() -> Self {
        let (part, stretch) = (Vec::new(), Stretch::default());
        Self { unpacker: rest::begin(), part, stretch }
    }

    async fn take(&mut self, slice: &ArrayBuffer) -> Result<(), WireError> {
        let bytes = Uint8Array::new(slice);
        let mut at = 0;
        while at < bytes.length() {
            let end = bytes.length().min(at.saturating_add(PART_BYTES));
            self.part.resize((end - at) as usize, 0);
            bytes.subarray(at, end).copy_to(&mut self.part);
            rest::push(&mut self.unpacker, &self.part)?;
            at = end;
            self.stretch.breathe().await;
        }
        Ok(())
    }

    fn finish(self) -> Result<(Columns, u64), WireError> {
        let n_bytes = self.unpacker.n_bytes();
        Ok((rest::finish(self.unpacker)?, n_bytes))
    }
}

/// What the worker hands over, from its `first` answer on and as it comes: the columns, and how many bytes they take.
///
/// # Errors
/// The answer that was something else; [`Answer::Failed`] where columns cannot be read, or there is no room for them.
pub(super) async fn hear_columns(first: Answer, worker: &Worker) -> Result<(Columns, u64), Answer> {
    let failed = |error: WireError| Answer::Failed(error.to_string());
    let (mut unpacking, mut answer) = (Unpacking::new(), first);
    loop {
        match answer {
            Answer::Columns(slice) => unpacking.take(&slice).await.map_err(failed)?,
            Answer::Done => return unpacking.finish().map_err(failed),
            answer => return Err(answer),
        }
        answer = worker.hear().await;
    }
}

/// The columns in `slices`, all of them.
///
/// # Errors
/// When they cannot be read, or there is no room for them.
pub async fn unpack(slices: &[ArrayBuffer]) -> Result<Columns, WireError> {
    let mut unpacking = Unpacking::new();
    for slice in slices {
        unpacking.take(slice).await?;
    }
    unpacking.finish().map(|(columns, _)| columns)
}
