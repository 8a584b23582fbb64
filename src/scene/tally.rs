//! The status of any node, and how many of many have which.
use crate::graph::Key;
use crate::history::AsOf;
use crate::scene::Status;

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

/// How many of `members` have which status, worst first.
pub fn tally(asof: AsOf<'_>, members: &[Key]) -> Vec<(Status, u32)> {
    let mut tally: Vec<(Status, u32)> = Vec::new();
    for &member in members {
        let status = status_of(asof, member);
        match tally.iter_mut().find(|(seen, _)| *seen == status) {
            Some((_, n)) => *n += 1,
            None => tally.push((status, 1)),
        }
    }
    tally.sort();
    tally
}
