//! Partitions by dataset: the refs that differ in keys and numbers alone.
use crate::events::{Id, PartitionId};
use crate::history::{AsOf, PartitionStatus};
use crate::order::sorted_rows;

/// The partitions of one dataset that had been mentioned.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Dataset {
    /// What their refs have in common, keys and numbers as `*`.
    pub pattern: String,
    /// How many there are.
    pub n_partitions: u64,
    /// Status -> how many, in the order of [`PartitionStatus::ALL`], without zeros.
    pub by_status: Vec<(PartitionStatus, u64)>,
    /// How many of the live ones are stale, where that has been found.
    pub n_stale: u64,
}

/// How many statuses a partition can have.
const N_STATUSES: usize = PartitionStatus::ALL.len();

/// All datasets, by pattern; every mentioned partition is in exactly one.
pub fn datasets(asof: AsOf<'_>) -> Vec<Dataset> {
    let datasets = &asof.history.datasets;
    let mut counts = vec![[0_u64; N_STATUSES]; datasets.patterns.len()];
    let mut stale = vec![0_u64; datasets.patterns.len()];
    for (partition, dataset) in asof.history.names.partitions.ids().zip(datasets.of.iter()) {
        let Some(status) = asof.partition_status(partition) else { continue };
        let at = PartitionStatus::ALL.iter().position(|&it| it == status);
        if let Some(count) = at.and_then(|at| counts.get_mut(dataset.index())?.get_mut(at)) {
            *count += 1;
        }
        if let Some(n) = stale.get_mut(dataset.index()).filter(|_| is_stale(asof, partition)) {
            *n += 1;
        }
    }
    let ids: Vec<_> = datasets.patterns.ids().collect();
    let name = |row: u32| ids.get(row as usize).map(|&id| datasets.patterns.text(id));
    let rows = sorted_rows(ids.len(), &|a, b| name(a).cmp(&name(b)));
    let dataset = |row: u32| {
        let counts = counts.get(row as usize)?;
        let by_status = PartitionStatus::ALL.iter().copied().zip(counts.iter().copied());
        let by_status: Vec<_> = by_status.filter(|&(_, n)| n > 0).collect();
        let n_partitions = counts.iter().sum();
        let n_stale = stale.get(row as usize).copied().unwrap_or(0);
        Some(Dataset { pattern: name(row)?.to_owned(), n_partitions, by_status, n_stale })
    };
    rows.into_iter().filter_map(dataset).filter(|dataset| dataset.n_partitions > 0).collect()
}

/// Whether a partition is live, and what is current of it stale.
pub(super) fn is_stale(asof: AsOf<'_>, partition: PartitionId) -> bool {
    let stale = asof.stale.zip(asof.current(partition));
    asof.partition_status(partition) == Some(PartitionStatus::Live)
        && stale.is_some_and(|(stale, current)| stale.is_stale(current))
}
