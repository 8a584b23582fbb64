//! What makes stale, and why: the questions about one instance. Never asks what it makes stale.
use crate::events::{Id, Seq, TaintId};
use crate::history::{AsOf, End, InstanceId, ReadSetId};

/// Why an instance makes stale what was built from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// This taint stands on it, laid by that event; of several, the first.
    Tainted(TaintId, Seq),
    /// This instance of its partition went live after it, by that event.
    Superseded(InstanceId, Seq),
}

impl Why {
    /// Since which event it holds.
    pub const fn since(self) -> Seq {
        match self {
            Self::Tainted(_, since) | Self::Superseded(_, since) => since,
        }
    }
}

impl AsOf<'_> {
    /// Why the instance is a cause of staleness; none where it is not.
    pub fn why(&self, instance: InstanceId) -> Option<Why> {
        let taint = self.standing_taint(instance).map(|(taint, since)| Why::Tainted(taint, since));
        taint.or_else(|| self.superseder(instance).map(|(by, at)| Why::Superseded(by, at)))
    }

    /// The first taint that stands on the instance, and when it was laid.
    pub fn standing_taint(&self, instance: InstanceId) -> Option<(TaintId, Seq)> {
        let taints = &self.history.taints;
        let mut laid = self.history.instances.taints.row(instance).iter();
        let stands = |taint: TaintId| {
            let created =
                taints.created.get(taint.index()).flatten().filter(|&created| self.had(created))?;
            (!self.had(taints.canceled.get(taint.index()).flatten())).then_some((taint, created))
        };
        laid.find_map(stands)
    }

    /// The instance of the same partition that went live next after this one, and when. For one
    /// that is known only from reads: after the first of them.
    pub fn superseder(&self, instance: InstanceId) -> Option<(InstanceId, Seq)> {
        let instances = &self.history.instances;
        let row = instance.index();
        let is_built = instances.run.get(row)?.is_some();
        let since =
            if is_built { instances.live.get(row).flatten()? } else { instances.created.at(row) };
        let versions = self.versions_of(instances.partition.at(row));
        let live = |version: InstanceId| instances.live.get(version.index()).flatten();
        let next = versions.partition_point(|version| {
            live(version).is_some_and(|live| if is_built { live <= since } else { live < since })
        });
        let by = versions.get(next)?;
        Some((by, live(by)?))
    }

    /// Whether something live was built by what the set read, as far as is known at this moment.
    pub(in crate::history) fn is_built_from(&self, set: ReadSetId) -> bool {
        let ended = &self.history.attempts.ended;
        let attempt = self.history.reads.attempt.get(set.index());
        // The attempt ended with the event that tells of its reads.
        self.knows(set)
            && attempt.is_some_and(|it| ended.get(it.index()) == Some(Some(End::Succeeded)))
    }
}
