//! What stands beside a picture, as plain data: the facts about one thing, the head and the tail
//! of a job run, and the list, the tree and the table of the picture's own nodes. Moments and
//! durations are numbers, so that the page can set them on the reader's clock. Never asks what
//! time it is.
mod attempts;
mod axis;
mod because;
mod diff;
mod empty;
mod facet_source;
mod facets;
mod group;
mod impact;
mod impact_page;
mod impact_rows;
mod instance;
mod json;
mod members;
mod model;
mod moment;
mod partition;
mod practice;
mod records;
mod redact;
mod rows;
mod run;
mod run_page;
mod said;
mod source;
mod table;
mod table_sheet;
mod timeline;
mod told;
mod tree;
mod want;
mod waterfall;

pub use axis::{Axis, Piece};
pub use because::{because_rows, link_row};
pub use diff::{DiffFacts, DiffSide, OriginPath, diff_facts};
pub use empty::{Empty, Step, Why};
pub use facet_source::{FacetSource, facet_source, united};
pub use facets::{Facet, Of, facets};
pub use impact::{ImpactDataset, ImpactRow, ImpactTable, impact_table};
pub use impact_page::{
    impact_readers, impact_refs, impact_roots, impact_sheet, impact_wants, standing_word,
};
pub use impact_rows::ImpactColumn;
pub use json::{Json, Kind, Node, is_whole_object, pretty};
pub use members::{Member, Order, member, members, members_sheet};
pub use model::{Facts, Row, Section, Value};
pub use moment::{
    asked_event, event_after, event_before, events_of, events_of_job, events_of_trouble,
    has_event_ids, name_of_moment, next_of,
};
pub use practice::{Practice, practice};
pub use records::{all_records, one_line, records};
pub use redact::Redactor;
pub use run_page::{Reason, RunHead, reasons, run_head, run_sections};
pub use said::{moment_said, news_said, rows_said};
pub use source::{SourceEvents, source_events};
pub use table::{Column, TableRow, sort_table, table};
pub use table_sheet::table_sheet;
pub use timeline::{Phase, Segment, Timeline, timeline};
pub use told::{event_name, friendly, other_parts, other_runs, title, vocabulary};
pub use tree::{Tree, TreeRow};
pub use waterfall::{Bar, Mark, Share, Stretch, Waterfall, waterfall};

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
