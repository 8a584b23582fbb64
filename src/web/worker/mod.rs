//! A log is decoded and replayed in a worker, so that the page stays free for whoever reads it, and
//! need not even fetch the code. Bytes go in by transfer, the columns come out once, as one buffer
//! by transfer; then the worker is ended, which frees its memory.
mod inside;
mod message;
mod outside;
mod unpack;

pub use inside::serve;

pub(super) use message::{Answer, Counts, NoLog, Order};
pub(super) use outside::Worker;
pub(super) use unpack::unpack;
