//! Partitions by dataset: the refs that differ in keys and numbers alone.
use std::collections::BTreeMap;

use crate::graph::dataset_pattern;
use crate::history::{AsOf, PartitionStatus};

/// The partitions of one dataset that had been mentioned.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Dataset {
    /// What their refs have in common, keys and numbers as `*`.
    pub pattern: String,
    /// How many there are.
    pub n_partitions: u64,
    /// Status -> how many, in the order of [`PartitionStatus::ALL`], without zeros.
    pub by_status: Vec<(PartitionStatus, u64)>,
}

/// All datasets, by pattern; every mentioned partition is in exactly one.
pub fn datasets(asof: AsOf<'_>) -> Vec<Dataset> {
    let names = &asof.history.names.partitions;
    let mut counts: BTreeMap<String, BTreeMap<PartitionStatus, u64>> = BTreeMap::new();
    for partition in names.ids() {
        let Some(status) = asof.partition_status(partition) else { continue };
        let by_status = counts.entry(dataset_pattern(names.text(partition))).or_default();
        *by_status.entry(status).or_default() += 1;
    }
    let dataset = |(pattern, by_status): (String, BTreeMap<_, u64>)| Dataset {
        pattern,
        n_partitions: by_status.values().sum(),
        by_status: by_status.into_iter().collect(),
    };
    counts.into_iter().map(dataset).collect()
}
