//! What is out of date: every live instance that was built, however indirectly, from something that
//! has been superseded or is tainted; and the nearest such thing, its *root cause*. For all
//! instances at once, in one walk from the causes along the reads. Never says what anybody should
//! do about it.
//!
//! What exactly is meant:
//! - An instance that was read is a *cause* while a taint stands on it, or once a newer instance of
//!   its partition is live. Where both hold, the taint is what is told.
//! - An instance known only from reads bears no taint: taints are laid on what this log built. It
//!   was there when it was first read, so it is superseded by the first build of its partition that
//!   goes live with that event or after it.
//! - A read of the reader's own partition: that the instance has been superseded is no cause along
//!   this read, for whoever reads such a partition would be out of date for ever. A taint on it is
//!   one; and so is what lies upstream of it, as of any other read. A loop through another
//!   partition is no such read.
//! - The nearest cause is the one over the fewest reads. Of several as near it is the one that was
//!   tainted or superseded first; by one event, the one that began first.
//! - Only reads count by which something live was built.
mod cause;
mod lasts;
mod walk;

use crate::events::Id;
use crate::history::{AsOf, InstanceId, Narrow};
use walk::Walk;

pub use cause::Why;

/// What is stale at one moment. Of another moment or history every answer is that nothing is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Staleness {
    /// `InstanceId ->` its root cause; none for one that is not stale.
    cause: Narrow<Option<InstanceId>>,
    /// `InstanceId ->` over how many reads that is reached; 0 for one that is not stale.
    hops: Narrow<u32>,
    /// Links that the walk went along: reads, and what was built from read sets.
    n_steps: usize,
}

/// Finds what is stale. Linear in the reads of causes and of what is stale, and in the instances.
pub fn staleness(asof: AsOf<'_>) -> Staleness {
    Walk::new(asof).find()
}

impl Staleness {
    /// Whether a live instance is stale.
    pub fn is_stale(&self, instance: InstanceId) -> bool {
        self.cause(instance).is_some()
    }

    /// The root cause of a stale instance.
    pub fn cause(&self, instance: InstanceId) -> Option<InstanceId> {
        self.cause.get(instance.index()).flatten()
    }

    /// Over how many reads the root cause is reached: 1 where the instance read it itself, 0 for
    /// one that is not stale.
    pub fn hops(&self, instance: InstanceId) -> u32 {
        self.hops.get(instance.index()).unwrap_or(0)
    }

    /// What a stale instance read that leads to its root cause: the first such read. Asked of the
    /// moment of this staleness.
    pub fn next(&self, asof: AsOf<'_>, instance: InstanceId) -> Option<InstanceId> {
        let (cause, hops) = (self.cause(instance)?, self.hops(instance));
        let leads = |read: &InstanceId| match hops {
            1 => *read == cause,
            _ => self.cause(*read) == Some(cause) && self.hops(*read) + 1 == hops,
        };
        let sets = asof.built_from(instance);
        sets.flat_map(|set| asof.history.reads.read.row(set)).find(leads)
    }

    /// From a stale instance to its root cause, both ends included; nothing for one that is not
    /// stale.
    pub fn path(&self, asof: AsOf<'_>, instance: InstanceId) -> Vec<InstanceId> {
        let mut path = Vec::new();
        let mut at = Some(instance).filter(|&instance| self.is_stale(instance));
        for _ in 0..self.hops(instance) {
            path.extend(at);
            at = at.and_then(|at| self.next(asof, at));
        }
        path.extend(at);
        path
    }

    /// Links that were gone along to find this: at most twice all reads, and once all that was built
    /// from them.
    pub const fn n_steps(&self) -> usize {
        self.n_steps
    }
}
