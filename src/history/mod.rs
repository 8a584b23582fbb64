//! Events → what happened, as columns, with both directions of every link; and what all of it was
//! at any moment. Knows nothing of pictures.
mod anomaly;
mod as_of;
mod columns;
mod csr;
mod datasets;
mod grouping;
mod identity;
mod impact;
mod incoming;
mod readers;
mod replay;
mod stale;
mod status;
mod wire;

pub use crate::wire::{Narrow, Part};
pub use anomaly::{Anomalies, Anomaly};
pub use as_of::{
    AsOf, Change, Changes, Counts, Mentioned, Moment, Summary, Verdict, as_of, changes,
    instance_change, partition_change, run_change, want_change,
};
pub use columns::{
    AttemptId, Attempts, DatasetId, End, History, How, InstanceId, Instances, MissingSetId,
    MissingSets, Partitions, ReadSetId, ReadSets, Removals, Runs, Taints, Wants,
};
pub use csr::Csr;
pub use datasets::{Datasets, dataset_pattern};
pub use identity::INSTANCE_NAMESPACE_NAME;
pub use impact::{Impact, Reading, Satisfied, Split, Standing, impact};
pub use incoming::{Incoming, Read};
pub use replay::replay;
pub use stale::{Staleness, Why, staleness};
pub use status::{InstanceStatus, PartitionStatus, RunStatus, WantStatus};
pub use wire::replay_to;
