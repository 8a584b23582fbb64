//! The vocabulary of payloads: every field's names and shape, and which kind of event has which.
use serde::de::{IgnoredAny, MapAccess};

use crate::events::EventKind;
use crate::events::databuild::draft::{Draft, Fault, Found, Range, Value};
use crate::events::databuild::grammar::{Expect, Key};
use crate::events::databuild::shape::Shape;

macro_rules! fields {
    ($($field:ident = $name:literal $(| $alias:literal)?: $shape:ident;)*) => {
        /// Every field of any payload.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Field { $($field,)* }

        impl Field {
            const ALL: &[Self] = &[$(Self::$field,)*];

            /// The field of a name in either spelling.
            pub(super) fn of_name(name: &str) -> Option<Self> {
                match name {
                    $($name $(| $alias)? => Some(Self::$field),)*
                    _ => None,
                }
            }

            pub(super) const fn name(self) -> &'static str {
                match self { $(Self::$field => $name,)* }
            }

            pub(super) const fn shape(self) -> Shape {
                match self { $(Self::$field => Shape::$shape,)* }
            }
        }
    };
}

fields! {
    WantId = "want_id" | "wantId": Text;
    JobRunId = "job_run_id" | "jobRunId": Text;
    TaintId = "taint_id" | "taintId": Text;
    JobLabel = "job_label" | "jobLabel": Text;
    Partitions = "partitions": Partitions;
    RootPartitions = "root_partitions" | "rootPartitions": Partitions;
    Building = "building_partitions" | "buildingPartitions": Partitions;
    Attributed = "want_attributed_partitions" | "wantAttributedPartitions": Attributions;
    ReadDeps = "read_deps" | "readDeps": Reads;
    MissingDeps = "missing_deps" | "missingDeps": Misses;
    DataTimestamp = "data_timestamp" | "dataTimestamp": Number;
    TtlSeconds = "ttl_seconds" | "ttlSeconds": Number;
    SlaSeconds = "sla_seconds" | "slaSeconds": Number;
    Source = "source": Source;
    Comment = "comment": Text;
    Reason = "reason": Text;
}

/// One payload, whatever its kind: what each field holds. Of a repeated key, the last stands.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::events) struct Fields {
    values: [Value; Field::ALL.len()],
    /// Those that are not absent, a bit each.
    given: u32,
    /// Which of the draft's unknown fields are this payload's.
    pub(super) unknown: Range,
}

impl Fields {
    pub(super) fn set(&mut self, field: Field, value: Value) {
        let bit = 1 << field as u32;
        self.given =
            if matches!(value, Value::Absent) { self.given & !bit } else { self.given | bit };
        self.values[field as usize] = value;
    }

    pub(super) fn get(&self, field: Field) -> Value {
        self.values[field as usize]
    }

    /// Whether a payload of `kind` can say this.
    ///
    /// Only what the event is about, and the label of a run, cannot be absent. Everything else
    /// can: proto3 JSON leaves out empty lists, zeros and empty texts.
    pub(super) fn check(&self, kind: EventKind) -> Result<(), Fault> {
        let (n_required, fields) = fields_of(kind);
        for (i, &field) in fields.iter().enumerate() {
            match self.get(field) {
                Value::Wrong(fault) => return Err(fault.of(field)),
                Value::Absent if i < n_required => {
                    return Err(Fault::new(field.name(), Found::Absent, field.shape()).of(field));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Names every field that a payload of `kind` has no use for, with the object that it is in.
    pub(in crate::events) fn each_unknown<'d>(
        &self,
        kind: EventKind,
        (draft, record): (&'d Draft, &'d [u8]),
        mut see: impl FnMut(&'static str, &'d str),
    ) {
        let (_, known) = fields_of(kind);
        let known = known.iter().fold(0, |known, &field| known | 1 << field as u32);
        if self.given & !known != 0 {
            for &field in Field::ALL {
                if (self.given & !known) >> field as u32 & 1 == 1 {
                    see("", field.name());
                }
            }
        }
        for &(inside, name) in draft.unknown(self.unknown) {
            see(inside, draft.text_in(record, name));
        }
    }
}

/// Reads the object of a payload, whatever its kind, into [`Draft::fields`].
pub(super) fn read<'de, A: MapAccess<'de>>(draft: &mut Draft, mut map: A) -> Result<(), A::Error> {
    let start = draft.n_unknown();
    draft.fields = Fields::default();
    while let Some(field) = map.next_key_seed(Key(|name: &str| {
        let field = Field::of_name(name);
        if field.is_none() {
            draft.keep_unknown("", name);
        }
        field
    }))? {
        let Some(field) = field else {
            map.next_value::<IgnoredAny>()?;
            continue;
        };
        let (at, shape) = (field.name(), field.shape());
        let value = map.next_value_seed(Expect { draft: &mut *draft, at, shape })?;
        draft.fields.set(field, value);
    }
    draft.fields.unknown = Range::new(start, draft.n_unknown());
    Ok(())
}

const WANT_CREATE: &[Field] = &[
    Field::WantId,
    Field::Partitions,
    Field::DataTimestamp,
    Field::TtlSeconds,
    Field::SlaSeconds,
    Field::Source,
    Field::Comment,
];

/// How many fields cannot be absent, and the fields of a kind, those first.
const fn fields_of(kind: EventKind) -> (usize, &'static [Field]) {
    use Field as F;
    match kind {
        EventKind::WantCreate => (1, WANT_CREATE),
        EventKind::WantCancel => (1, &[F::WantId, F::Source, F::Comment]),
        EventKind::JobRunBuffer => (2, &[F::JobRunId, F::JobLabel, F::Building, F::Attributed]),
        EventKind::JobRunQueue | EventKind::JobRunHeartbeat => (1, &[F::JobRunId]),
        EventKind::JobRunSuccess => (1, &[F::JobRunId, F::ReadDeps]),
        EventKind::JobRunFailure => (1, &[F::JobRunId, F::Reason]),
        EventKind::JobRunCancel => (1, &[F::JobRunId, F::Source, F::Comment]),
        EventKind::JobRunMissingDeps => (1, &[F::JobRunId, F::MissingDeps, F::ReadDeps]),
        EventKind::TaintCreate => {
            (1, &[F::TaintId, F::Partitions, F::RootPartitions, F::Source, F::Comment])
        }
        EventKind::TaintCancel => (1, &[F::TaintId, F::Source, F::Comment]),
    }
}
