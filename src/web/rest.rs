//! The gates on this side to the part of the page that comes in a file of its own, as `view::rest` has
//! those of the markup: taking over a log's columns.
use crate::history::{Incoming, Read};
use crate::wire::WireError;

/// Before the first slice.
#[inline(never)]
pub(super) fn begin() -> Box<Incoming> {
    Box::default()
}

/// Takes the next slice.
#[inline(never)]
pub(super) fn push(incoming: &mut Incoming, bytes: &[u8]) -> Result<(), WireError> {
    incoming.push(bytes)
}

/// Works out a little of what follows from the columns that have come; whether there was anything to do.
#[inline(never)]
pub(super) fn step(incoming: &mut Incoming) -> bool {
    incoming.step()
}

/// The log, and the bytes of its columns.
#[inline(never)]
pub(super) fn finish(incoming: Box<Incoming>) -> Result<(Read, u64), WireError> {
    incoming.finish()
}
