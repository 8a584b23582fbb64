//! Which records tell the facets of one thing, and what they tell when they are read together.
use std::collections::BTreeSet;

use crate::events::{Id, PartitionId, Place, RunId, Span};
use crate::facts::rows::partition_of;
use crate::facts::source::records_of;
use crate::facts::{Facet, Of};
use crate::graph::Key;
use crate::history::{AsOf, InstanceId};

/// Records are hundreds of kilobytes at times: so many are read, the last ones and the first.
const MAX_READ: usize = 6;

/// A dataset's namespace and name.
type Dataset = (String, String);

/// Where the facets of one thing stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FacetSource {
    /// The records to read; what a later one tells stands before what an earlier one does.
    pub spans: Vec<Span>,
    /// The dataset whose facets they are; none for those of a run.
    pub dataset: Option<Dataset>,
    /// How many records there are.
    pub n_all: usize,
}

/// Where the facets of `key` stand; none for what has none.
pub fn facet_source(asof: AsOf<'_>, key: Key) -> Option<FacetSource> {
    let (run, partition) = match key {
        Key::Run(run) => (Some(run), None),
        Key::Instance(it) => (teller(asof, it), Some(partition_of(asof, it)?)),
        Key::Partition(partition) => {
            let build = asof.current(partition).or_else(|| asof.instances_of(partition).last());
            (build.and_then(|it| teller(asof, it)), Some(partition))
        }
        Key::Want(_) | Key::Job(_) | Key::Group(_) => return None,
    };
    let told = &asof.history.openlineage;
    let run = run.filter(|&run| told.has_run(run));
    let mut spans = partition.map(|it| descriptions(asof, it)).unwrap_or_default();
    let records = run.map(|run| records_of(asof, run)).unwrap_or_default();
    spans.extend(records.into_iter().map(|seq| asof.history.log.span(seq)));
    let n_all = spans.len();
    if n_all > MAX_READ {
        spans.drain(1..=n_all - MAX_READ);
    }
    let dataset = partition.map(|partition| {
        let text = |column: &[Option<_>]| {
            let text = column.get(partition.index()).copied().flatten();
            text.map_or("", |text| asof.history.names.texts.text(text)).to_owned()
        };
        (text(&told.namespace), text(&told.name))
    });
    (n_all > 0).then_some(FacetSource { spans, dataset, n_all })
}

/// The run that told of an instance: that built it, else the first that read it.
fn teller(asof: AsOf<'_>, instance: InstanceId) -> Option<RunId> {
    let built_by = asof.history.instances.run.get(instance.index()).flatten();
    built_by.or_else(|| {
        let read = asof.read_by(instance).next()?;
        let attempt = asof.history.reads.attempt.get(read.index())?;
        asof.history.attempts.run.get(attempt.index())
    })
}

/// The records that describe a dataset without any run.
fn descriptions(asof: AsOf<'_>, partition: PartitionId) -> Vec<Span> {
    let told = &asof.history.openlineage;
    let places = told.described_dataset_at.iter().zip(&told.described_dataset_len);
    let all = told.described_dataset.iter().zip(places);
    let of_it = all.filter(|&(&dataset, _)| dataset == partition);
    of_it.map(|(_, (place, &len))| span(*place, len)).collect()
}

const fn span(place: Place, len: u32) -> Span {
    Span { input: place.input(), offset: place.offset(), len }
}

/// What several records tell, in their order: each facet once, as the last of them has it; of one
/// dataset alone where there is one.
pub fn united(records: Vec<Vec<Facet>>, dataset: Option<&Dataset>) -> Vec<Facet> {
    let (mut all, mut seen) = (Vec::new(), BTreeSet::new());
    for facet in records.into_iter().rev().flatten() {
        let is_asked = match (&facet.of, dataset) {
            (_, None) => true,
            (
                Of::Input(namespace, name)
                | Of::Output(namespace, name)
                | Of::Dataset(namespace, name),
                Some(asked),
            ) => (namespace, name) == (&asked.0, &asked.1),
            _ => false,
        };
        let of = if dataset.is_some() { Of::Run } else { facet.of.clone() };
        if is_asked && seen.insert((of, facet.section.title.clone())) {
            all.push(facet);
        }
    }
    all.sort_by(|a: &Facet, b| a.of.cmp(&b.of));
    all
}
