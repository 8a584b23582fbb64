//! What uses something: every live instance that was built from it, however indirectly, with the
//! wants that those satisfied and the runs in progress that have read any of it. Never asks whether
//! that is good or bad; what would become stale is the caller's question to [`Staleness`].
use crate::events::{Id, PartitionId, RunId, WantId};
use crate::history::{AsOf, InstanceId, ReadSetId, RunStatus, Staleness};

/// How a live instance stands: exactly one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Its partition's current one, and no taint stands on it.
    Current,
    /// A newer one is live, and no taint stands on it.
    Superseded,
    /// A taint stands on it, superseded or not.
    Tainted,
}

/// How many stand how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Split {
    /// [`Standing::Current`]
    pub current: u64,
    /// [`Standing::Superseded`]
    pub superseded: u64,
    /// [`Standing::Tainted`]
    pub tainted: u64,
}

/// A requested partition of a want that an instance satisfied: see [`AsOf::verdict`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Satisfied {
    /// The want.
    pub want: WantId,
    /// Which of the partitions that it requests.
    pub k: usize,
    /// The instance that satisfied that.
    pub instance: InstanceId,
}

/// A run in progress that has read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Reading {
    /// The run: queued or running now, after an attempt that told what it read.
    pub run: RunId,
    /// What it has read: the nearest.
    pub read: InstanceId,
}

/// The impact of some instances, the *roots*, at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Impact {
    /// The roots, without repeats, as asked. They are not in their own impact.
    pub roots: Vec<InstanceId>,
    /// What was built from them: nearest first; of those as near, in the order of what they read.
    pub instances: Vec<InstanceId>,
    /// Beside `instances`: over how many reads it is reached; 1 for what read a root.
    pub hop: Vec<u32>,
    /// Beside `instances`: what it read that is one hop nearer, or a root.
    pub via: Vec<InstanceId>,
    /// Beside `instances`: how it stands.
    pub standing: Vec<Standing>,
    /// Hop less one -> how many are at that hop.
    pub by_hop: Vec<Split>,
    /// What `instances` satisfied; by want, then as requested.
    pub satisfied: Vec<Satisfied>,
    /// The runs in progress that have read a root or one of `instances`; the nearest read first.
    pub reading: Vec<Reading>,
}

/// The impact of `roots`. Linear in the reads of what is found, and in the wants.
pub fn impact(asof: AsOf<'_>, roots: &[InstanceId]) -> Impact {
    let mut walk = Walk::new(asof);
    walk.begin(roots);
    walk.spread();
    walk.finish()
}

impl AsOf<'_> {
    /// The instance that is meant where the impact of a partition is asked: the current one; where
    /// there is none, the last that was; else what was there before this log, if that had been read.
    pub fn impact_root(&self, partition: PartitionId) -> Option<InstanceId> {
        let before = || {
            let external = self.history.partitions.external.get(partition.index())??;
            let first_read = self.history.instances.created.get(external.index());
            Some(external).filter(|_| self.had(first_read))
        };
        let last = || self.versions_of(partition).last();
        self.current(partition).or_else(last).or_else(before)
    }

    /// How the instance stands; none for one that is not live.
    pub fn standing(&self, instance: InstanceId) -> Option<Standing> {
        let live = self.history.instances.live.get(instance.index()).flatten();
        if !self.had(live) {
            return None;
        }
        Some(if self.tainted(instance) {
            Standing::Tainted
        } else if self.is_current(instance) {
            Standing::Current
        } else {
            Standing::Superseded
        })
    }
}

impl Impact {
    /// How all of it stands.
    pub fn total(&self) -> Split {
        self.by_hop.iter().fold(Split::default(), |sum, split| Split {
            current: sum.current + split.current,
            superseded: sum.superseded + split.superseded,
            tainted: sum.tainted + split.tainted,
        })
    }

    /// How many wants there are of which a requested partition was satisfied by it.
    pub fn n_wants(&self) -> usize {
        self.satisfied.chunk_by(|a, b| a.want == b.want).count()
    }

    /// What would become stale if the roots were tainted now and is not stale yet: rows of
    /// `instances`, in order. `stale` is that of the same moment.
    pub fn newly_stale<'a>(&'a self, stale: &'a Staleness) -> impl Iterator<Item = u32> + 'a {
        let rows = (0..).zip(&self.instances);
        rows.filter(|&(_, &instance)| !stale.is_stale(instance)).map(|(row, _)| row)
    }
}

impl Split {
    /// How many there are in all.
    pub const fn n(self) -> u64 {
        self.current + self.superseded + self.tainted
    }

    /// Counts one more.
    pub fn add(&mut self, standing: Standing) {
        match standing {
            Standing::Current => self.current += 1,
            Standing::Superseded => self.superseded += 1,
            Standing::Tainted => self.tainted += 1,
        }
    }
}

/// A breadth-first walk along the reads; each read set is followed once.
struct Walk<'a> {
    asof: AsOf<'a>,
    impact: Impact,
    /// `InstanceId ->` whether it is in the impact, or a root.
    reached: Vec<bool>,
    /// `ReadSetId ->` whether it was followed.
    followed: Vec<bool>,
    /// Read sets of attempts by which nothing was built, with what they read; nearest first.
    unsuccessful: Vec<(ReadSetId, InstanceId)>,
}

impl<'a> Walk<'a> {
    fn new(asof: AsOf<'a>) -> Self {
        Self {
            asof,
            impact: Impact::default(),
            reached: vec![false; asof.history.instances.partition.len()],
            followed: vec![false; asof.history.reads.seq.len()],
            unsuccessful: Vec::new(),
        }
    }

    fn begin(&mut self, roots: &[InstanceId]) {
        for &root in roots {
            if let Some(reached @ false) = self.reached.get_mut(root.index()) {
                *reached = true;
                self.impact.roots.push(root);
            }
        }
    }

    fn spread(&mut self) {
        for row in 0..self.impact.roots.len() {
            self.follow(self.impact.roots[row], 1);
        }
        let mut next = 0;
        while let Some(&from) = self.impact.instances.get(next) {
            self.follow(from, self.impact.hop[next] + 1);
            next += 1;
        }
    }

    fn follow(&mut self, from: InstanceId, hop: u32) {
        let history = self.asof.history;
        for set in history.instances.read_by.row(from) {
            if std::mem::replace(&mut self.followed[set.index()], true) {
                continue;
            }
            if self.asof.is_built_from(set) {
                for made in history.reads.impacted.row(set) {
                    self.reach(made, from, hop);
                }
            } else if self.asof.knows(set) {
                self.unsuccessful.push((set, from));
            }
        }
    }

    fn reach(&mut self, made: InstanceId, via: InstanceId, hop: u32) {
        if std::mem::replace(&mut self.reached[made.index()], true) {
            return;
        }
        let Some(standing) = self.asof.standing(made) else { return };
        self.impact.instances.push(made);
        self.impact.hop.push(hop);
        self.impact.via.push(via);
        self.impact.standing.push(standing);
        if self.impact.by_hop.len() < hop as usize {
            self.impact.by_hop.push(Split::default());
        }
        if let Some(split) = self.impact.by_hop.last_mut() {
            split.add(standing);
        }
    }

    fn finish(mut self) -> Impact {
        for &root in &self.impact.roots {
            self.reached[root.index()] = false;
        }
        self.impact.satisfied = satisfied(self.asof, &self.reached);
        self.find_reading();
        self.impact
    }

    fn find_reading(&mut self) {
        let (reads, attempts) = (&self.asof.history.reads, &self.asof.history.attempts);
        let mut seen = vec![false; self.asof.history.runs.first_seen.len()];
        for &(set, read) in &self.unsuccessful {
            let run =
                reads.attempt.get(set.index()).map(|attempt| attempts.run.at(attempt.index()));
            let Some(run) = run else { continue };
            let status = self.asof.run_status(run);
            let in_progress = status.is_some_and(RunStatus::is_under_way);
            if in_progress && !std::mem::replace(&mut seen[run.index()], true) {
                self.impact.reading.push(Reading { run, read });
            }
        }
    }
}

/// What the instances in `of` satisfied by now.
fn satisfied(asof: AsOf<'_>, of: &[bool]) -> Vec<Satisfied> {
    let wants = &asof.history.wants;
    let mut found = Vec::new();
    for want in asof.history.names.wants.ids() {
        for (k, beside) in wants.requested.range(want).enumerate() {
            let Some(instance) = wants.satisfied_by.get(beside).flatten() else { continue };
            if of[instance.index()] && asof.had(wants.satisfied_at.get(beside).flatten()) {
                found.push(Satisfied { want, k, instance });
            }
        }
    }
    found
}
