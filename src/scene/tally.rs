//! The status of any node, and how many of many have which. Where it is known what is stale, what is
//! live and stale is counted apart: many are never good while one of them is stale.
use crate::graph::Key;
use crate::history::{AsOf, InstanceId, Staleness};
use crate::scene::{Status, Tone};

/// The status of whatever `key` is; unknown for a group.
pub fn status_of(asof: AsOf<'_>, key: Key) -> Status {
    let status = match key {
        Key::Instance(instance) => asof.instance_status(instance).map(Status::from),
        Key::Partition(partition) => asof.partition_status(partition).map(Status::from),
        Key::Want(want) => asof.want_status(want).map(Status::from),
        Key::Run(run) => asof.run_status(run).map(Status::from),
        Key::Job(..) | Key::Group(_) => None,
    };
    status.unwrap_or(Status::UNKNOWN)
}

/// The root cause of an instance that is stale, or of a partition whose current instance is. `stale`
/// is that of the same moment; without it nothing is.
pub fn stale_cause(asof: AsOf<'_>, key: Key, stale: Option<&Staleness>) -> Option<InstanceId> {
    let instance = match key {
        Key::Instance(instance) => instance,
        Key::Partition(partition) => asof.current(partition)?,
        _ => return None,
    };
    stale?.cause(instance)
}

/// The status as it is counted among others: [`Status::STALE`] for what is live and stale.
pub fn counted_status(asof: AsOf<'_>, key: Key, stale: Option<&Staleness>) -> Status {
    match status_of(asof, key) {
        Status { tone: Tone::Good, .. } if stale_cause(asof, key, stale).is_some() => Status::STALE,
        status => status,
    }
}

/// How many of `members` have which status, worst first. Those that are live and stale have
/// [`Status::STALE`].
pub fn tally(asof: AsOf<'_>, members: &[Key], stale: Option<&Staleness>) -> Vec<(Status, u32)> {
    let mut tally: Vec<(Status, u32)> = Vec::new();
    for &member in members {
        let status = counted_status(asof, member, stale);
        match tally.binary_search_by_key(&status, |&(seen, _)| seen) {
            Ok(at) => tally[at].1 += 1,
            Err(at) => tally.insert(at, (status, 1)),
        }
    }
    tally
}
