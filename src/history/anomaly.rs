//! What the log says that cannot be: each kind counted, the first of each kept with its event.
use crate::events::Seq;

/// A kind of contradiction, and what was done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Anomaly {
    /// A run ended twice without a restart: the first end stands.
    SecondEnd,
}

/// Counts by kind, and where the first ones are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anomalies {
    /// By kind: how many, and the first 100 events.
    pub by_kind: Vec<(Anomaly, u64, Vec<Seq>)>,
}
