//! Records → events. All decoding is in here, and private: what leaves is interned and columnar,
//! the same for every spelling, container and language of the log. Never knows what an event means.
mod budget;
mod databuild;
mod decoder;
mod early;
mod ends;
mod event;
mod ids;
mod index;
mod kind;
mod kinds;
mod lists;
mod log;
mod names;
mod notices;
mod openlineage;
mod order;
mod practice;
mod rename;
mod room;
mod settle;
mod store;
mod tally;
mod wire;

pub use budget::{Budget, Room};
pub use decoder::{Decoder, Progress};
pub use early::Early;
pub use event::{Attributions, Pairs, PartitionRef, Payload, Source, Subject, WantCreate};
pub use ids::{Id, LabelId, PartitionId, RunId, Seq, TaintId, TextId, WantId};
pub use kind::EventKind;
pub use kinds::Kinds;
pub use log::{EventLog, Events, NO_EVENT_ID, Place, Span, TimeUnit};
pub use names::{NameTable, Names};
pub use notices::{ClassNotices, Listed, Notice, NoticeClass, Notices};
pub use openlineage::{Basis, Entry, Language, OpenLineage, Removal, Report};
pub use practice::practice_log;
pub use tally::Tally;
