//! Whether what is stale at one moment is so at another, told from the events between them. Never
//! says so where it would not be: it may ask for a new walk where none was needed.
use crate::events::{EventKind, Id, Language, PartitionId, RunId, Seq, Subject};
use crate::history::{AsOf, Staleness};

/// Moments further apart are not compared: finding anew takes no longer.
const MAX_EVENTS: usize = 1024;

impl Staleness {
    /// Whether this, which was found at `found`, is what a walk at `asof` of the same history would find.
    ///
    /// Only a taint, the end of one, and a success change what is stale. A success does not where
    /// nothing was built before of what it builds, so that it supersedes nothing, and where all that
    /// it read is neither a cause nor stale, so that it is not stale itself.
    pub fn lasts(&self, found: AsOf<'_>, asof: AsOf<'_>) -> bool {
        let (before, after) =
            if found.moment.at <= asof.moment.at { (found, asof) } else { (asof, found) };
        let (Some(from), Some(to)) = (before.moment.at, after.moment.at) else { return false };
        let history = asof.history;
        // OpenLineage ends instances by what it reports beside any event.
        let is_told_by_events = history.openlineage.language == Language::Databuild;
        let is_recorded_since =
            history.reads_recorded_from.is_some_and(|seq| !before.had(seq) && after.had(seq));
        if !is_told_by_events || is_recorded_since || to.index() - from.index() > MAX_EVENTS {
            return false;
        }
        let between = (from.index() + 1..=to.index()).filter_map(Seq::from_index);
        for seq in between {
            let changes = match history.log.kind(seq) {
                EventKind::TaintCreate | EventKind::TaintCancel => true,
                EventKind::JobRunSuccess => match history.log.subject(seq) {
                    Subject::Run(run) => self.changes(after, run),
                    Subject::Want(_) | Subject::Taint(_) => true,
                },
                _ => false,
            };
            if changes {
                return false;
            }
        }
        true
    }

    /// Whether the success of `run` may have made something stale, or may be stale itself.
    fn changes(&self, after: AsOf<'_>, run: RunId) -> bool {
        let history = after.history;
        let instances = &history.instances;
        let is_first = |partition: PartitionId| {
            let partitions = &history.partitions;
            partitions.external.get(partition.index()).flatten().is_none()
                && partitions.foreign.row(partition).is_empty()
                && after.instances_of(partition).nth(1).is_none()
        };
        let mut partitions =
            history.runs.writes.row(run).iter().map(|made| instances.partition.at(made.index()));
        if !partitions.all(is_first) {
            return true;
        }
        let sets = after
            .attempts_of(run)
            .iter()
            .flat_map(|attempt| history.attempts.reads.row(attempt))
            .filter(|&set| after.knows(set));
        let mut read = sets.flat_map(|set| history.reads.read.row(set));
        read.any(|read| self.is_stale(read) || after.why(read).is_some())
    }
}
