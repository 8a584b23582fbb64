//! The slow, obvious twin of the history: the rules of the log in plain words. It knows nothing of
//! columns, ids or time travel: it is given the log cut after the asked event, and for each
//! question walks all of it again.
mod anomalies;
mod answers;
mod event;
mod gamma;
mod instances;
mod partitions;
mod pieces;
mod reads;
mod runs;
mod stale;
mod wants;

use std::collections::BTreeSet;

pub use answers::Names;
pub use event::{Attribution, End, MissingDep, ReadDep, Ref, Source, TestEvent, TestLog};
pub use instances::{Instance, Key};
pub use reads::ReadSet;
pub use runs::Attempt;
pub use stale::Why;

use instances::Taint;

/// Everything about one cut log. A moment is the index of an event: "by `when`" includes it.
pub struct Twin<'a> {
    log: &'a [TestEvent],
    /// Beside `log`: false where an event of a run comes after its end, and so means nothing.
    counts: Vec<bool>,
    attempts: Vec<Attempt>,
    instances: Vec<Instance>,
    taints: Vec<Taint>,
    read_sets: Vec<ReadSet>,
    /// Wants that are canceled, failed, or failed upstream.
    bad_wants: BTreeSet<String>,
}

impl<'a> Twin<'a> {
    pub fn of(log: &'a [TestEvent]) -> Self {
        let (attempts, counts) = runs::attempts(log);
        let instances = instances::instances(log, &counts);
        let taints = instances::taints(log, &instances);
        let (read_sets, bad_wants) = (Vec::new(), BTreeSet::new());
        let mut twin = Self { log, counts, attempts, instances, taints, read_sets, bad_wants };
        twin.read_sets = twin.find_read_sets();
        twin.bad_wants = twin.find_bad_wants();
        twin
    }

    /// Every event that counts, with its place.
    fn events(&self) -> impl Iterator<Item = (usize, &'a TestEvent)> {
        let counts = |&(seq, _): &(usize, _)| self.counts[seq];
        self.log.iter().enumerate().filter(counts)
    }

    /// The moment that is asked about: the last event.
    fn now(&self) -> usize {
        self.log.len().saturating_sub(1)
    }
}

/// Adds `item` unless it is there.
fn push_new<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}
