//! The parts of one OpenLineage event that the history is made of. All other facets stay in the
//! source text, where a page reads them on demand.
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};

use crate::events::EventKind;
use crate::events::openlineage::lenient::{
    Key, Lenient, List, Pairs, Text, Values, Whole, objects, otherwise,
};

objects! {
    /// `run`
    Run {
        "runId" => id: Text<'a>,
        "facets" => facets: RunFacets<'a>,
    }
    RunFacets {
        "parent" => parent: Parent<'a>,
        "nominalTime" => nominal: Nominal<'a>,
        "errorMessage" => error: ErrorMessage<'a>,
        "airflow" => airflow: Airflow<'a>,
    }
    Parent {
        "run" => run: RunName<'a>,
        "job" => job: Named<'a>,
        "root" => root: Root<'a>,
    }
    Root {
        "run" => run: RunName<'a>,
        "job" => job: Named<'a>,
    }
    RunName {
        "runId" => id: Text<'a>,
    }
    /// A namespace and a name in it: of a job, of a dataset.
    Named {
        "namespace" => namespace: Text<'a>,
        "name" => name: Text<'a>,
    }
    Nominal {
        "nominalStartTime" => start: Text<'a>,
    }
    ErrorMessage {
        "message" => message: Text<'a>,
    }
    Airflow {
        "taskInstance" => task: TaskInstance<'a>,
    }
    TaskInstance {
        "try_number" => try_number: Whole,
        "map_index" => map_index: Whole,
    }
    /// `job`
    Job {
        "namespace" => namespace: Text<'a>,
        "name" => name: Text<'a>,
        "facets" => facets: JobFacets<'a>,
    }
    JobFacets {
        "jobType" => job_type: JobType<'a>,
        "lineage" => lineage: JobLineage<'a>,
    }
    JobType {
        "processingType" => processing: Text<'a>,
    }
    JobLineage {
        "entries" => entries: List<Target<'a>>,
    }
    /// What a dataset is made from.
    Target {
        "namespace" => namespace: Text<'a>,
        "name" => name: Text<'a>,
        "type" => kind: Text<'a>,
        "inputs" => inputs: List<SourceOf<'a>>,
        "fields" => fields: Values<OfField<'a>>,
    }
    OfField {
        "inputs" => inputs: List<SourceOf<'a>>,
    }
    /// What something is made from: a dataset, or a job.
    SourceOf {
        "namespace" => namespace: Text<'a>,
        "name" => name: Text<'a>,
        "type" => kind: Text<'a>,
    }
    /// One of `inputs` or `outputs`.
    Dataset {
        "namespace" => namespace: Text<'a>,
        "name" => name: Text<'a>,
        "facets" => facets: DatasetFacets<'a>,
        "inputFacets" => read: SubsetFacets<'a>,
        "outputFacets" => write: SubsetFacets<'a>,
    }
    DatasetFacets {
        "version" => version: Version<'a>,
        "symlinks" => symlinks: Symlinks<'a>,
        "lifecycleStateChange" => lifecycle: Lifecycle<'a>,
        "columnLineage" => columns: ColumnLineage<'a>,
        "lineage" => lineage: Target<'a>,
    }
    Version {
        "datasetVersion" => text: Text<'a>,
    }
    Symlinks {
        "identifiers" => identifiers: List<Symlink<'a>>,
    }
    Symlink {
        "name" => name: Text<'a>,
        "type" => kind: Text<'a>,
    }
    Lifecycle {
        "lifecycleStateChange" => change: Text<'a>,
        "previousIdentifier" => previous: Named<'a>,
    }
    ColumnLineage {
        "fields" => fields: Values<InputFields<'a>>,
        "dataset" => dataset: List<Named<'a>>,
    }
    InputFields {
        "inputFields" => inputs: List<Named<'a>>,
    }
    SubsetFacets {
        "subset" => subset: Subset<'a>,
    }
    Subset {
        "inputCondition" => read: Condition<'a>,
        "outputCondition" => write: Condition<'a>,
    }
    Condition {
        "type" => kind: Text<'a>,
        "partitions" => partitions: List<Part<'a>>,
    }
    Part {
        "identifier" => identifier: Text<'a>,
        "dimensions" => dimensions: Pairs,
    }
}

/// One record, whatever it is.
#[derive(Clone, Debug, Default)]
pub(super) struct Record<'a> {
    pub(super) time: Text<'a>,
    pub(super) kind: Text<'a>,
    pub(super) run: Run<'a>,
    pub(super) job: Job<'a>,
    pub(super) dataset: Named<'a>,
    pub(super) inputs: List<Dataset<'a>>,
    pub(super) outputs: List<Dataset<'a>>,
    pub(super) has: Has,
    /// It is no object.
    pub(super) is_wrong: bool,
}

/// Which keys the record has, whatever they hold.
#[derive(Clone, Copy, Debug, Default)]
#[allow(clippy::struct_excessive_bools, reason = "one for each key that tells languages apart")]
pub(super) struct Has {
    time: bool,
    run: bool,
    job: bool,
    dataset: bool,
    /// One of the keys that stand for a payload in the log format of databuild.
    payload: bool,
}

impl Has {
    /// Whether the record is of this language. A record of databuild never is, so that it does not
    /// matter which language is tried first.
    pub(super) fn is_openlineage(self) -> bool {
        let Self { time, run, job, dataset, payload } = self;
        !payload && ((run && job) || (time && (run || job || dataset)))
    }

    /// Whether it is told of a job or a dataset alone.
    pub(super) fn is_description(self) -> bool {
        !self.run
    }
}

impl Lenient for Record<'_> {
    fn wrong() -> Self {
        Self { is_wrong: true, ..Self::default() }
    }
}

struct RecordVisitor;

impl<'de> Visitor<'de> for RecordVisitor {
    type Value = Record<'de>;

    otherwise!(numbers texts lists);

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Record<'de>, A::Error> {
        let mut record = Record::default();
        while let Some(Key(key)) = object.next_key()? {
            let has = &mut record.has;
            match &*key {
                "eventTime" => (has.time, record.time) = (true, object.next_value()?),
                "eventType" => record.kind = object.next_value()?,
                "run" => (has.run, record.run) = (true, object.next_value()?),
                "job" => (has.job, record.job) = (true, object.next_value()?),
                "dataset" => (has.dataset, record.dataset) = (true, object.next_value()?),
                "inputs" => record.inputs = object.next_value()?,
                "outputs" => record.outputs = object.next_value()?,
                other => {
                    let is_payload = matches!(other, "event" | "payload");
                    has.payload |= is_payload || EventKind::of_name(other).is_some();
                    object.next_value::<IgnoredAny>()?;
                }
            }
        }
        Ok(record)
    }
}

impl<'de> Deserialize<'de> for Record<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(RecordVisitor)
    }
}
