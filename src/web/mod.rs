//! The browser's edges: bytes in from wherever a log is, and the address bar, the clock, the clipboard
//! and what is remembered. No markup, no decisions, and no word of how anything looks.
pub mod arrival;
pub mod clipboard;
pub mod consent;
pub mod dom;
mod error;
pub mod folder;
pub mod follow;
mod gunzip;
pub mod handles;
pub mod hash;
mod ingest;
mod inputs;
pub mod licenses;
pub mod messages;
pub mod offline;
mod partial;
pub mod prefs;
pub mod raster;
mod raw;
pub mod recent;
mod reread;
mod rest;
pub mod save;
pub mod size;
mod source;
mod stream;
pub mod task;
pub mod time;
mod unpack;
mod unzstd;
mod worker;

pub use error::Error;
pub use ingest::{Input, Loaded, Phase, Progress, ingest};
pub use partial::{LeftOut, Partial, WhyNot};
pub use reread::{read_span, read_spans};
pub use source::{Origin, embedded};
