//! The gates on this side to the part of the page that comes in a file of its own, as `view::rest` has
//! those of the markup: taking over a log's columns.
use crate::events::Notices;
use crate::history::{Anomalies, History};
use crate::wire::{Unpacker, WireError};

/// What a log's columns are read into.
pub type Columns = (History, Anomalies, Notices);

/// Before the first slice.
#[inline(never)]
pub(super) fn begin() -> Unpacker<Columns> {
    Unpacker::default()
}

/// Takes the next slice.
#[inline(never)]
pub(super) fn push(unpacker: &mut Unpacker<Columns>, bytes: &[u8]) -> Result<(), WireError> {
    unpacker.push(bytes)
}

/// The log.
#[inline(never)]
pub(super) fn finish(unpacker: Unpacker<Columns>) -> Result<Columns, WireError> {
    unpacker.finish()
}
