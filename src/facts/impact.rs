//! What uses something, as a table: by dataset, and row by row. A row is a number until it is drawn,
//! so that a hundred thousand of them cost nothing.
use std::cmp::Reverse;

use crate::events::{Id, LabelId, Seq};
use crate::facts::rows::{instance_row, label_of, label_text, partition_of};
use crate::facts::{Row, Value};
use crate::history::{AsOf, Impact, InstanceId, Split, Standing};
use crate::order::sorted_rows;

/// One row, to be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImpactRow {
    /// The instance.
    pub instance: InstanceId,
    /// Its ref with its page and its status; at the right, when it went live.
    pub row: Row,
    /// The beginning of its uuid.
    pub short: String,
    /// Over how many reads it is reached.
    pub hop: u32,
    /// How it stands.
    pub standing: Standing,
    /// Its dataset.
    pub dataset: String,
    /// The job that built it.
    pub job: String,
    /// What it read that is one hop nearer.
    pub via: Row,
}

/// The part of an impact that is of one dataset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImpactDataset {
    /// What the refs have in common, keys and numbers as `*`.
    pub pattern: String,
    /// How its instances stand.
    pub split: Split,
    /// How many of its current ones are stale.
    pub n_stale: u64,
}

/// An impact by dataset: what the rows of its table say beside the impact itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImpactTable {
    /// The datasets: most instances first, then by pattern.
    pub datasets: Vec<ImpactDataset>,
    /// Beside [`Impact::by_hop`]: how many of the current ones are stale.
    pub stale_by_hop: Vec<u64>,
}

/// The table of `impact`; what is stale is counted where `asof` knows it. One pass over the instances.
pub fn impact_table(asof: AsOf<'_>, impact: &Impact) -> ImpactTable {
    let all = &asof.history.datasets;
    let mut splits = vec![(Split::default(), 0); all.patterns.len()];
    let mut stale_by_hop = vec![0; impact.by_hop.len()];
    let rows = impact.instances.iter().zip(&impact.hop).zip(&impact.standing);
    for ((&instance, &hop), &standing) in rows {
        let is_stale = standing == Standing::Current
            && asof.stale.is_some_and(|stale| stale.is_stale(instance));
        let dataset = partition_of(asof, instance).and_then(|it| all.dataset(it));
        if let Some((split, n_stale)) = dataset.and_then(|it| splits.get_mut(it.index())) {
            split.add(standing);
            *n_stale += u64::from(is_stale);
        }
        if let Some(n_stale) = stale_by_hop.get_mut((hop as usize).wrapping_sub(1)) {
            *n_stale += u64::from(is_stale);
        }
    }
    let touched = all.patterns.ids().zip(splits).filter(|(_, (split, _))| split.n() > 0);
    let dataset = |(id, (split, n_stale))| ImpactDataset {
        pattern: all.patterns.text(id).to_owned(),
        split,
        n_stale,
    };
    let datasets: Vec<_> = touched.map(dataset).collect();
    let rank = |row: u32| datasets.get(row as usize).map(|it| (Reverse(it.split.n()), &it.pattern));
    let rows = sorted_rows(datasets.len(), &|a, b| rank(a).cmp(&rank(b)));
    let datasets = rows.iter().filter_map(|&row| datasets.get(row as usize).cloned()).collect();
    ImpactTable { datasets, stale_by_hop }
}

impl ImpactTable {
    /// What a row of `impact` says.
    pub fn row(&self, asof: AsOf<'_>, impact: &Impact, row: u32) -> Option<ImpactRow> {
        let at = row as usize;
        let instance = *impact.instances.get(at)?;
        let built = built(asof, instance).map(|seq| asof.history.log.nanos(seq));
        let partition = partition_of(asof, instance)?;
        Some(ImpactRow {
            instance,
            row: instance_row(asof, instance, built.map_or(Value::None, Value::Time)),
            short: asof.history.uuid_of(instance).chars().take(8).collect(),
            hop: *impact.hop.get(at)?,
            standing: *impact.standing.get(at)?,
            dataset: asof.history.datasets.pattern(partition).to_owned(),
            job: label_text(asof, job_of(asof, instance)),
            via: instance_row(asof, *impact.via.get(at)?, Value::None),
        })
    }
}

pub(super) fn job_of(asof: AsOf<'_>, instance: InstanceId) -> Option<LabelId> {
    let run = asof.history.instances.run.get(instance.index()).flatten()?;
    label_of(asof, run)
}

pub(super) fn built(asof: AsOf<'_>, instance: InstanceId) -> Option<Seq> {
    asof.history.instances.live.get(instance.index()).flatten()
}
