//! What stands around a payload, in any of the four spellings, and which payload is meant.
use serde::de::MapAccess;

use crate::events::EventKind;
use crate::events::databuild::draft::{Draft, Fault, Found, Range, Value};
use crate::events::databuild::fields::Fields;
use crate::events::databuild::grammar::{Expect, Key};
use crate::events::databuild::shape::Shape;

/// The keys of one record. Of a repeated key, the last stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Envelope {
    pub(super) event_id: Value,
    pub(super) timestamp: Value,
    /// The payload under a key that is its kind, at the top or in `event`.
    keyed: Option<(EventKind, Payload)>,
    /// There are two of those, of different kinds.
    is_ambiguous: bool,
    /// `event_type`
    row_kind: Value,
    /// `payload`
    row: Option<Payload>,
    /// The key that may be a kind that nobody knows.
    unknown_kind: Option<(Because, Range)>,
    /// Keys that nobody knows: the object that they are in, and their name.
    pub(super) unknown: Vec<(&'static str, Range)>,
}

/// The fields, or what stands in their place.
type Payload = Result<Fields, Fault>;

/// Why a key is taken for a kind. The better reason is greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Because {
    /// It holds an object.
    Object,
    /// And is called like a kind: `…_v1`, `…V1`.
    Versioned,
    /// It stands in `event`.
    InEvent,
}

/// Which payload a record carries.
pub(super) enum Carried {
    /// Its fields are [`Draft::fields`].
    Known(EventKind),
    /// Of a kind that nobody knows, which may be a newer one.
    UnknownKind(Range),
    /// Something stands in the payload's place.
    Faulty(Fault),
    /// Several.
    Ambiguous,
    /// None.
    Nothing,
}

/// A key of an envelope.
#[derive(Clone, Copy, Debug)]
pub(super) enum EnvelopeKey {
    EventId,
    Timestamp,
    Event,
    EventType,
    Payload,
    Kind(EventKind),
}

impl EnvelopeKey {
    pub(super) fn of_name(name: &str) -> Option<Self> {
        Some(match name {
            "event_id" | "eventId" => Self::EventId,
            "timestamp" => Self::Timestamp,
            "event" => Self::Event,
            "event_type" | "eventType" => Self::EventType,
            "payload" => Self::Payload,
            name => Self::Kind(EventKind::of_name(name)?),
        })
    }
}

/// Reads the object of a record into [`Draft::envelope`].
pub(super) fn read<'de, A: MapAccess<'de>>(draft: &mut Draft, mut map: A) -> Result<(), A::Error> {
    while let Some(key) = map.next_key_seed(Key(|name: &str| {
        EnvelopeKey::of_name(name).ok_or_else(|| draft.keep(name))
    }))? {
        let (at, shape) = match key {
            Ok(EnvelopeKey::EventId) => ("event_id", Shape::Number),
            Ok(EnvelopeKey::Timestamp) => ("timestamp", Shape::Number),
            Ok(EnvelopeKey::Event) => ("event", Shape::Event),
            Ok(EnvelopeKey::EventType) => ("event_type", Shape::Text),
            Ok(EnvelopeKey::Payload) => ("payload", Shape::Payload),
            Ok(EnvelopeKey::Kind(kind)) => (kind.name(), Shape::Payload),
            Err(_) => ("", Shape::Anything),
        };
        let value = map.next_value_seed(Expect { draft: &mut *draft, at, shape })?;
        match key {
            Ok(EnvelopeKey::EventId) => draft.envelope.event_id = value,
            Ok(EnvelopeKey::Timestamp) => draft.envelope.timestamp = value,
            Ok(EnvelopeKey::Event) if matches!(value, Value::Wrong(_)) => {
                let name = draft.keep("event");
                draft.see_unknown("", name, None);
            }
            Ok(EnvelopeKey::Event) => {}
            Ok(EnvelopeKey::EventType) => draft.envelope.row_kind = value,
            Ok(EnvelopeKey::Payload) => draft.envelope.row = draft.payload(value),
            Ok(EnvelopeKey::Kind(kind)) => draft.set_keyed(kind, value),
            Err(name) => {
                let is_object =
                    matches!(value, Value::Wrong(fault) if fault.found == Found::Object);
                let because = match is_object {
                    true if is_versioned(draft.text(name)) => Some(Because::Versioned),
                    true => Some(Because::Object),
                    false => None,
                };
                draft.see_unknown("", name, because);
            }
        }
    }
    Ok(())
}

/// Reads the object under `event` into [`Draft::envelope`].
pub(super) fn read_event<'de, A>(draft: &mut Draft, mut map: A) -> Result<(), A::Error>
where
    A: MapAccess<'de>,
{
    while let Some((kind, name)) =
        map.next_key_seed(Key(|name: &str| match EventKind::of_name(name) {
            Some(kind) => (Some(kind), Range::default()),
            None => (None, draft.keep(name)),
        }))?
    {
        let (at, shape) = kind.map_or(("", Shape::Anything), |kind| (kind.name(), Shape::Payload));
        let value = map.next_value_seed(Expect { draft: &mut *draft, at, shape })?;
        if let Some(kind) = kind {
            draft.set_keyed(kind, value);
        } else {
            let is_null = matches!(value, Value::Absent);
            draft.see_unknown("event", name, (!is_null).then_some(Because::InEvent));
        }
    }
    Ok(())
}

/// Whether a name ends in a version, as those of all kinds do: `_v1`, `V1`.
fn is_versioned(name: &str) -> bool {
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
    stem.len() < name.len() && (stem.ends_with("_v") || stem.ends_with('V'))
}

impl Envelope {
    pub(super) fn clear(&mut self) {
        let mut unknown = std::mem::take(&mut self.unknown);
        unknown.clear();
        *self = Self { unknown, ..Self::default() };
    }
}

impl Draft {
    fn payload(&self, value: Value) -> Option<Payload> {
        match value {
            Value::Absent => None,
            Value::Wrong(fault) => Some(Err(fault)),
            _ => Some(Ok(self.fields)),
        }
    }

    /// Of one kind given twice, the last stands, also when it is null.
    fn set_keyed(&mut self, kind: EventKind, value: Value) {
        let payload = self.payload(value);
        let Envelope { keyed, is_ambiguous, .. } = &mut self.envelope;
        let before = keyed.as_ref().map(|&(kind, _)| kind);
        match payload {
            Some(_) if before.is_some_and(|before| before != kind) => *is_ambiguous = true,
            Some(payload) => *keyed = Some((kind, payload)),
            None if before == Some(kind) => *keyed = None,
            None => {}
        }
    }

    fn see_unknown(&mut self, inside: &'static str, name: Range, because: Option<Because>) {
        let envelope = &mut self.envelope;
        envelope.unknown.push((inside, name));
        if because > envelope.unknown_kind.map(|(because, _)| because) {
            envelope.unknown_kind = because.map(|because| (because, name));
        }
    }

    /// Names every key of the envelope that means nothing: the object that it is in, and its name.
    pub(super) fn each_unknown_key<'d>(
        &'d self,
        record: &'d [u8],
        mut see: impl FnMut(&'static str, &'d str),
    ) {
        let Envelope { row, row_kind, unknown, .. } = &self.envelope;
        for &(inside, name) in unknown {
            see(inside, self.text_in(record, name));
        }
        if row.is_some() && matches!(row_kind, Value::Absent) {
            see("", "payload");
        }
    }

    /// Which payload is meant. `event_type` beside a payload under its kind is no contradiction.
    pub(super) fn carried(&mut self) -> Carried {
        let Envelope { keyed, row, row_kind, is_ambiguous, .. } = self.envelope;
        let is_row = row.is_some() && !matches!(row_kind, Value::Absent);
        match (keyed, row_kind) {
            (Some(_), _) if is_ambiguous || is_row => Carried::Ambiguous,
            (Some((kind, payload)), _) => self.known(kind, &payload),
            (None, Value::Wrong(fault)) => Carried::Faulty(fault),
            (None, Value::Text(name)) => match EventKind::of_name(self.text(name)) {
                Some(kind) => {
                    let absent = Fault::new("payload", Found::Absent, Shape::Payload);
                    self.known(kind, &row.unwrap_or(Err(absent)))
                }
                None => Carried::UnknownKind(name),
            },
            (None, _) => self.carries_unknown(),
        }
    }

    fn known(&mut self, kind: EventKind, payload: &Payload) -> Carried {
        match payload {
            Ok(fields) => {
                self.fields = *fields;
                Carried::Known(kind)
            }
            Err(fault) => Carried::Faulty(*fault),
        }
    }

    fn carries_unknown(&self) -> Carried {
        let has_id = matches!(self.envelope.event_id, Value::Number(_));
        match self.envelope.unknown_kind {
            Some((because, _)) if because == Because::Object && !has_id => Carried::Nothing,
            Some((_, name)) => Carried::UnknownKind(name),
            None => Carried::Nothing,
        }
    }
}
