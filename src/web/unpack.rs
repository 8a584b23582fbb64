//! The worker's buffer → columns, in slices short enough for nobody to notice.
use js_sys::{ArrayBuffer, Uint8Array};

use crate::wire::{Unpacker, WireError};

use super::rest::{self, Columns};
use super::task::Stretch;

/// A multiple of the columns' alignment, and a millisecond or two.
const SLICE_BYTES: u32 = 1 << 18;

/// Reads the buffer.
///
/// # Errors
/// When its writer was of another version than this page.
pub async fn unpack(buffer: &ArrayBuffer) -> Result<Columns, WireError> {
    let bytes = Uint8Array::new(buffer);
    let mut unpacker = Unpacker::new(u64::from(bytes.length()));
    let (mut slice, mut stretch) = (Vec::new(), Stretch::default());
    let mut at = 0;
    while at < bytes.length() {
        let end = bytes.length().min(at.saturating_add(SLICE_BYTES));
        slice.resize((end - at) as usize, 0);
        bytes.subarray(at, end).copy_to(&mut slice);
        rest::push(&mut unpacker, &slice)?;
        at = end;
        stretch.breathe().await;
    }
    rest::finish(unpacker)
}
