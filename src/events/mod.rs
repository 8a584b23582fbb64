//! Records → events. All decoding is in here, and private: what leaves is interned and columnar,
//! the same for every spelling, container and language of the log. Never knows what an event means.
mod event;
mod ids;
mod names;

pub use event::{Attributions, EventKind, Pairs, PartitionRef, Payload, Source, WantCreate};
pub use ids::{Id, LabelId, PartitionId, RunId, Seq, TaintId, TextId, WantId};
pub use names::{NameTable, Names};
