//! What stands beside a picture, as plain data: the facts about one thing, the head and the tail
//! of a job run, and the list, the tree and the table of the picture's own nodes. Moments and
//! durations are numbers, so that the page can set them on the reader's clock. Never asks what
//! time it is.
mod attempts;
mod group;
mod instance;
mod json;
mod members;
mod model;
mod moment;
mod partition;
mod rows;
mod run;
mod run_page;
mod source;
mod table;
mod timeline;
mod tree;
mod want;

pub use json::{is_json, pretty};
pub use members::{Member, Order, member, members};
pub use model::{Facts, Row, Section, Value};
pub use moment::{asked_event, event_after, event_before};
pub use run_page::{Reason, RunHead, reasons, run_head, run_sections};
pub use source::{SourceEvents, source_events};
pub use table::{Column, TableRow, sort_table, table};
pub use timeline::{Phase, Segment, Timeline, timeline};
pub use tree::{Tree, TreeRow};

use crate::graph::{Graph, Key};
use crate::history::AsOf;

/// A list beside a picture shows this many rows, and counts the rest, until it is asked for all.
pub const MAX_ROWS: usize = 50;

/// The facts about `key` as a node of `graph`; lists of at most `most` rows.
pub fn facts(asof: AsOf<'_>, graph: &Graph, key: Key, most: usize) -> Facts {
    match key {
        Key::Want(want) => want::facts(asof, want, most),
        Key::Instance(instance) => instance::facts(asof, instance, most),
        Key::Partition(partition) => partition::facts(asof, partition, most),
        Key::Run(run) => run::facts(asof, run, most),
        Key::Job(newest) => run::job_facts(asof, newest, most),
        Key::Group(row) => {
            let group = graph.groups.get(row as usize);
            group.map(|group| group::facts(asof, group)).unwrap_or_default()
        }
    }
}
