//! databuild's own language: one JSON record → a draft of one event. Whatever the spelling, the
//! draft is the same. Interns nothing, and keeps nothing of a record that cannot be used.
mod draft;
mod envelope;
mod fields;
mod grammar;
mod intern;
mod scan;
mod shape;

pub(super) use draft::Draft;
pub(super) use intern::intern;
pub(super) use scan::Scanner;

use std::fmt;

use serde::de::DeserializeSeed;

use crate::events::databuild::draft::{Fault, Found, Range, Value};
use crate::events::databuild::envelope::Carried;
use crate::events::databuild::grammar::Expect;
use crate::events::databuild::shape::Shape;
use crate::events::{EventKind, NoticeClass};

/// What one record holds. Texts are in the draft that it was read into.
#[derive(Debug)]
pub(super) enum Decoded {
    Event(DraftEvent),
    /// The name of a kind that nobody knows.
    UnknownKind(Range),
}

/// One event, not yet interned; its payload's fields are in the draft.
#[derive(Clone, Copy, Debug)]
pub(super) struct DraftEvent {
    pub(super) event_id: Option<u64>,
    /// In the log's own unit.
    pub(super) timestamp: u64,
    pub(super) kind: EventKind,
}

/// Why a record cannot be used.
#[derive(Debug)]
pub(super) enum Reject {
    NotJson(serde_json::Error),
    NotAnObject,
    NoKnownPayload,
    Ambiguous,
    /// Of the envelope or, with a kind, of its payload.
    Fault(Option<EventKind>, Fault),
}

/// Reads one record. What is looked at first, when several things are wrong: whether it is JSON at
/// all, an object, its payload, `timestamp`, `event_id`, then the payload's fields in the order of
/// the format.
///
/// # Errors
/// When the record is not an event; the draft's content means nothing then.
pub(super) fn decode_record(text: &str, draft: &mut Draft) -> Result<Decoded, Reject> {
    draft.clear();
    let mut json = serde_json::Deserializer::from_str(text);
    let whole = Expect { draft: &mut *draft, at: "the record", shape: Shape::Envelope };
    let value = whole.deserialize(&mut json).map_err(Reject::NotJson)?;
    json.end().map_err(Reject::NotJson)?;
    if !matches!(value, Value::Kept) {
        return Err(Reject::NotAnObject);
    }
    let carried = draft.carried();
    if let Carried::Nothing = carried {
        return Err(Reject::NoKnownPayload);
    }
    let number = |value| match value {
        Value::Number(number) => Ok(Some(number)),
        Value::Wrong(fault) => Err(Reject::Fault(None, fault)),
        _ => Ok(None),
    };
    let absent = Fault::new("timestamp", Found::Absent, Shape::Number);
    let timestamp = number(draft.envelope.timestamp)?.ok_or(Reject::Fault(None, absent))?;
    let event_id = number(draft.envelope.event_id)?;
    match carried {
        Carried::Known(kind) => {
            draft.fields.check(kind).map_err(|fault| Reject::Fault(Some(kind), fault))?;
            Ok(Decoded::Event(DraftEvent { event_id, timestamp, kind }))
        }
        Carried::Faulty(fault) => Err(Reject::Fault(None, fault)),
        Carried::UnknownKind(name) => Ok(Decoded::UnknownKind(name)),
        Carried::Ambiguous => Err(Reject::Ambiguous),
        Carried::Nothing => Err(Reject::NoKnownPayload),
    }
}

impl Draft {
    /// Names every field that means nothing in an event of `kind`, which `record` holds: what it is
    /// in, and its name.
    pub(super) fn each_unknown(
        &self,
        kind: EventKind,
        record: &[u8],
        mut see: impl FnMut([&str; 3]),
    ) {
        self.each_unknown_key(record, |inside, name| see([inside, "", name]));
        let of_draft = (self, record);
        self.fields.each_unknown(kind, of_draft, |inside, name| see([kind.name(), inside, name]));
    }
}

impl Reject {
    pub(super) fn class(&self) -> NoticeClass {
        match self {
            Self::NotJson(_) => NoticeClass::NotJson,
            Self::NotAnObject => NoticeClass::NotAnObject,
            Self::NoKnownPayload => NoticeClass::NoKnownPayload,
            Self::Fault(_, fault) if fault.is_absence() => NoticeClass::MissingField,
            Self::Ambiguous | Self::Fault(..) => NoticeClass::WrongType,
        }
    }
}

impl fmt::Display for Reject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotJson(error) => {
                // Lines of an error are counted inside of the record, which most often is one.
                let said = error.to_string();
                let what = said.split(" at line ").next().unwrap_or_default();
                match error.line() {
                    1 => write!(f, "{what} at byte {}", error.column()),
                    line => write!(f, "{what} on line {line} of the record"),
                }
            }
            Self::NotAnObject => f.write_str("the record is not an object"),
            Self::NoKnownPayload => f.write_str("no key names a payload"),
            Self::Ambiguous => f.write_str("there are two payloads"),
            Self::Fault(None, fault) => write!(f, "{fault}"),
            Self::Fault(Some(kind), fault) => write!(f, "{}.{fault}", kind.name()),
        }
    }
}
