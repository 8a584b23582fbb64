//! Records as rows: interned, small, in the order of the input. Nothing is decided here.
use std::hash::{BuildHasher, Hasher};

use foldhash::fast::FixedState;

use crate::events::names::Full;
use crate::events::openlineage::datasets::name_of;
use crate::events::openlineage::lenient::{Object, Text};
use crate::events::openlineage::record::{Parent, Record};
use crate::events::openlineage::rows::{At, Datum, Described, Facets, Kind, Role, Row};
use crate::events::openlineage::sources;
use crate::events::openlineage::{Decoded, keys};
use crate::events::{NameTable, Names, PartitionId, RunId, Tally, TextId};

/// All that was read. Ids are of [`Gathered::keys`], whose texts are keys of several parts: a run's
/// id, namespace and job name; a job's namespace and name; a dataset's namespace, name and subset.
#[derive(Clone, Debug, Default)]
pub(in crate::events) struct Gathered {
    pub(super) keys: Names,
    pub(super) rows: Vec<Row>,
    pub(super) facets: Vec<Facets>,
    pub(super) data: Vec<Datum>,
    pub(super) sources: Vec<PartitionId>,
    pub(super) described: Vec<(Described, At)>,
    pub(super) key: String,
}

impl Gathered {
    pub(in crate::events) fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.described.is_empty()
    }

    /// How many records of runs there are.
    pub(in crate::events) fn n_rows(&self) -> usize {
        self.rows.len()
    }

    /// Takes a record. Whether it is of a run; else it is a description.
    ///
    /// # Errors
    /// When a table is full.
    pub(in crate::events) fn add(
        &mut self,
        decoded: &Decoded<'_>,
        (text, at): (&str, At),
        unknown: &mut Tally,
    ) -> Result<bool, Full> {
        let Decoded { record, time } = decoded;
        note_unreadable(record, unknown);
        if record.has.is_description() {
            self.describe(record, at)?;
            return Ok(false);
        }
        let (run_id, job) = (record.run.id.get().unwrap_or_default(), &record.job);
        let run = self.run(run_id, &job.namespace, &job.name)?;
        let facets = self.facets(record)?;
        let start = index(self.data.len())?;
        for entry in &job.facets.lineage.entries.items {
            if let Some(name) = name_of(&entry.namespace, &entry.name) {
                let mut from = Vec::new();
                sources::collect(&entry.inputs, &entry.fields, &mut from);
                let datum = self.target(name, &from)?;
                self.data.push(datum);
            }
        }
        self.datasets(&record.inputs, Role::Input, unknown)?;
        self.datasets(&record.outputs, Role::Output, unknown)?;
        let data = (start, index(self.data.len())?);
        let mut hasher = FixedState::default().build_hasher();
        hasher.write(text.as_bytes());
        self.rows.push(Row {
            nanos: time.nanos,
            run,
            kind: kind(&record.kind, unknown),
            at,
            hash: hasher.finish(),
            facets,
            data,
            is_without_zone: time.is_without_zone,
        });
        Ok(true)
    }

    fn describe(&mut self, record: &Record<'_>, at: At) -> Result<(), Full> {
        let (job, dataset) = (&record.job, &record.dataset);
        if let Some((namespace, name)) = name_of(&job.namespace, &job.name) {
            keys::join(&[namespace, name], &mut self.key);
            let job = self.keys.labels.intern(&self.key).ok_or(Full)?;
            self.described.push((Described::Job(job), at));
        } else if let Some(name) = name_of(&dataset.namespace, &dataset.name) {
            let dataset = self.dataset(name, "")?;
            self.described.push((Described::Dataset(dataset), at));
        }
        Ok(())
    }

    /// A run by its id and its job: an id that is a UUID in whatever case is the same one.
    fn run(&mut self, id: &str, namespace: &Text<'_>, name: &Text<'_>) -> Result<RunId, Full> {
        let lower = is_uuid(id).then(|| id.to_ascii_lowercase());
        let id = lower.as_deref().unwrap_or(id);
        let job = [namespace.get().unwrap_or_default(), name.get().unwrap_or_default()];
        keys::join(&job, &mut self.key);
        self.keys.labels.intern(&self.key).ok_or(Full)?;
        keys::join(&[id, job[0], job[1]], &mut self.key);
        self.keys.runs.intern(&self.key).ok_or(Full)
    }

    fn facets(&mut self, record: &Record<'_>) -> Result<Option<u32>, Full> {
        let facets = &record.run.facets;
        let Parent { run, job, root, .. } = &facets.parent;
        let mut link = |id: &Text<'_>, namespace, name| {
            id.get().map(|id| self.run(id, namespace, name)).transpose()
        };
        let parent = link(&run.id, &job.namespace, &job.name)?;
        let root = link(&root.run.id, &root.job.namespace, &root.job.name)?;
        let nominal = facets.nominal.start.get().and_then(super::time::parse);
        let processing = record.job.facets.job_type.processing.get();
        let found = Facets {
            parent,
            root,
            nominal_secs: nominal.map(|time| time.nanos / 1_000_000_000),
            message: self.text(&facets.error.message)?,
            try_number: facets.airflow.task.try_number.0,
            map_index: facets.airflow.task.map_index.0,
            is_streaming: processing.is_some_and(|it| it.eq_ignore_ascii_case("STREAMING")),
        };
        if found == Facets::default() {
            return Ok(None);
        }
        self.facets.push(found);
        index(self.facets.len() - 1).map(Some)
    }

    pub(super) fn text(&mut self, text: &Text<'_>) -> Result<Option<TextId>, Full> {
        intern(&mut self.keys.texts, text.get())
    }
}

fn intern(texts: &mut NameTable<TextId>, text: Option<&str>) -> Result<Option<TextId>, Full> {
    text.map(|text| texts.intern(text).ok_or(Full)).transpose()
}

pub(super) fn index(n: usize) -> Result<u32, Full> {
    u32::try_from(n).map_err(|_| Full)
}

fn kind(text: &Text<'_>, unknown: &mut Tally) -> Kind {
    let Some(text) = text.get() else { return Kind::Other };
    let found = Kind::ALL.into_iter().find(|kind| kind.name().eq_ignore_ascii_case(text));
    found.unwrap_or_else(|| {
        unknown.add(&format!("eventType {text}"));
        Kind::Other
    })
}

/// Counts what stands where a list or an object was expected, and is therefore left out.
fn note_unreadable(record: &Record<'_>, unknown: &mut Tally) {
    let facets = &record.run.facets;
    let parts = [
        ("inputs: not a list", record.inputs.is_wrong),
        ("outputs: not a list", record.outputs.is_wrong),
        ("run: not an object", record.run.is_wrong()),
        ("run.facets: not an object", facets.is_wrong()),
        ("run.facets.parent: not an object", facets.parent.is_wrong()),
        ("job.facets: not an object", record.job.facets.is_wrong()),
    ];
    for (what, _) in parts.into_iter().filter(|&(_, is_wrong)| is_wrong) {
        unknown.add(what);
    }
}

/// `4d3b8069-69b6-4708-ade0-3275112c9f04`, in either case.
fn is_uuid(id: &str) -> bool {
    id.len() == 36
        && id.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}
