//! OpenLineage: one JSON record → what it says of a run, and at the end all that was said of each
//! run → the events of the history. A run's inputs, outputs and facets are spread over its events,
//! and who asked for it stands at the top of its parents; so nothing can be told of a run before
//! everything was read. Records are therefore gathered, interned and small, and folded at the end,
//! in an order that follows from what they say and not from where they stand.
//!
//! | step | file |
//! | --- | --- |
//! | a record's parts, whatever their types | `lenient`, `record`, `time` |
//! | parts → rows | `gather`, `datasets`, `sources`, `rows`, `keys` |
//! | rows in order, each once | `order`, `notes` |
//! | rows → runs, each once | `runs`, `family`, `names` |
//! | runs → what each read and wrote, and what was asked for | `data`, `twice`, `attempts` |
//! | runs → events, and what stands beside them | `known`, `tell`, `entries`, `report`, `columns`, `told` |
//!
//! Never a run for an event that has none: what is told of jobs and datasets alone is kept as a
//! description.
mod attempts;
mod columns;
mod data;
mod datasets;
mod entries;
mod family;
mod gather;
mod keys;
mod known;
mod lenient;
mod names;
mod notes;
mod order;
mod record;
mod report;
mod rows;
mod runs;
mod slots;
mod sources;
mod tell;
mod time;
mod told;
mod twice;

pub(super) use gather::Gathered;
pub(super) use notes::described;
pub(super) use report::Reports;
pub use report::{Basis, Entry, Removal, Report};
pub(super) use rows::At;
pub(super) use tell::tell;
pub use told::{Language, OpenLineage};

use std::fmt;

use crate::events::NoticeClass;
use lenient::Object;
use record::Record;
use time::Time;

/// A record of this language.
#[derive(Debug)]
pub(super) struct Decoded<'a> {
    record: Record<'a>,
    time: Time,
}

/// Why a record is not used.
#[derive(Debug)]
pub(super) enum Reject {
    NotJson(serde_json::Error),
    /// It is of another language.
    Foreign,
    /// The text of a field holds a placeholder that nobody filled in.
    Template(&'static str),
    Absent(&'static str),
    Wrong(&'static str, &'static str),
}

/// Reads one record.
///
/// # Errors
/// When it is no JSON, of another language, or misses what a run cannot be without: its id, its
/// job's name, and a time.
pub(super) fn decode_record(text: &str) -> Result<Decoded<'_>, Reject> {
    let record: Record<'_> = serde_json::from_str(text).map_err(Reject::NotJson)?;
    if record.is_wrong || !record.has.is_openlineage() {
        return Err(Reject::Foreign);
    }
    let time = record.time.get();
    for (field, text) in [("run.runId", record.run.id.get()), ("eventTime", time)] {
        if text.is_some_and(is_template) {
            return Err(Reject::Template(field));
        }
    }
    if !record.has.is_description() {
        required("run.runId", &record.run.id)?;
        required("job.name", &record.job.name)?;
    } else if !record.dataset.is_there() {
        required("job.name", &record.job.name)?;
    } else if !record.job.is_there() {
        required("dataset.name", &record.dataset.name)?;
    }
    required("eventTime", &record.time)?;
    let time = time.and_then(time::parse).ok_or(Reject::Wrong("eventTime", "a time"))?;
    Ok(Decoded { record, time })
}

fn is_template(text: &str) -> bool {
    text.contains("{{") || text.contains("${")
}

fn required(field: &'static str, text: &lenient::Text<'_>) -> Result<(), Reject> {
    match text {
        lenient::Text::Is(_) => Ok(()),
        lenient::Text::Absent => Err(Reject::Absent(field)),
        lenient::Text::Wrong => Err(Reject::Wrong(field, "a text")),
    }
}

impl Reject {
    pub(super) fn class(&self) -> NoticeClass {
        match self {
            Self::NotJson(_) => NoticeClass::NotJson,
            Self::Foreign => NoticeClass::NoKnownPayload,
            Self::Template(_) => NoticeClass::Template,
            Self::Absent(_) => NoticeClass::MissingField,
            Self::Wrong(..) => NoticeClass::WrongType,
        }
    }
}

impl fmt::Display for Reject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson(error) => error.fmt(f),
            Self::Foreign => f.write_str("neither run and job nor a payload"),
            Self::Template(field) => write!(f, "{field} holds a placeholder, not its value"),
            Self::Absent(field) => write!(f, "{field} is absent"),
            Self::Wrong(field, what) => write!(f, "{field} is not {what}"),
        }
    }
}
