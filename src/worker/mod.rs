//! A log is decoded and replayed in a worker, so that the page stays free for whoever reads it, and
//! need not even fetch the code. Bytes go in by transfer, the columns come out once, in slices
//! by transfer; then the worker is ended, which frees its memory. While a log is followed the worker stays,
//! and its columns come out each time that the log has grown. The page's side is in `web`.
mod inside;
mod message;
mod unzstd;

pub use inside::serve;
pub use message::{Answer, Counts, Heard, NoLog, Order};
pub use unzstd::serve_unzstd;
