//! The walk that finds everything stale: breadth first from all causes at once. Linear: a read is
//! gone along once, or twice where what was read is both a cause and stale; and what was built from
//! it once for its whole read set.
use crate::events::{Id, PartitionId, Seq};
use crate::history::{AsOf, InstanceId, Narrow, Staleness};
use crate::order::{self, Table};

/// The causes are taken in the order of their ranks, and what they make stale in that in which it is
/// found, so that whatever comes to an instance first is the nearest cause, and the first of those.
pub(super) struct Walk<'a> {
    asof: AsOf<'a>,
    /// `InstanceId ->` its root cause, as in [`Staleness`].
    cause: Vec<Option<InstanceId>>,
    n_steps: usize,
    /// The causes by rank, then what is stale by (hops, rank of the cause).
    queue: Vec<InstanceId>,
    n_causes: usize,
    /// Hops, from 1 -> where in the queue begins what is stale over so many.
    levels: Vec<usize>,
    /// `InstanceId ->` what more is known.
    marks: Vec<u8>,
    /// `ReadSetId ->` how far it was followed.
    followed: Vec<Followed>,
    /// `ReadSetId ->` the row of what was left out where it was not followed whole.
    left_out: Table,
}

/// A taint stands on it: a cause along every read.
const TAINTED: u8 = 1;
/// A superseded one.
const SUPERSEDED: u8 = 2;
/// One of its own partition read it, and did not become stale by that.
const READ_BY_OWN: u8 = 4;

/// How far a read set was followed. All that was built from it becomes stale by whichever of its
/// reads is come to first; but for the build of that read's own partition. A run builds a partition
/// once, so that this is at most one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Followed {
    Not,
    AllButOne,
    Whole,
}

impl<'a> Walk<'a> {
    pub(super) fn new(asof: AsOf<'a>) -> Self {
        let n = asof.history.instances.partition.len();
        let n_sets = asof.history.reads.seq.len();
        Self {
            asof,
            cause: vec![None; n],
            n_steps: 0,
            // Hardly more will be in it; a list that grows is there twice for a while.
            queue: Vec::with_capacity(n),
            n_causes: 0,
            levels: Vec::new(),
            marks: vec![0; n],
            followed: vec![Followed::Not; n_sets],
            left_out: Table::default(),
        }
    }

    /// Everything that is stale.
    pub(super) fn find(mut self) -> Staleness {
        self.begin();
        self.spread();
        let Self { cause, n_steps, queue, levels, marks, followed, left_out, .. } = self;
        // What is made now is to take their room: together they are the most that a start page ever holds.
        drop((marks, followed, left_out));
        let n = cause.len();
        let cause = cause.into_iter().collect();
        Staleness { cause, hops: hops_of(n, &queue, &levels), n_steps }
    }

    /// Puts the causes in their order.
    fn begin(&mut self) {
        let mut ranks = Vec::new();
        self.find_tainted(&mut ranks);
        self.find_superseded(&mut ranks);
        order::sort_keys(&mut ranks);
        let causes = ranks.into_iter().map(|rank| order::minor(rank) as usize);
        self.queue.extend(causes.filter_map(InstanceId::from_index));
        self.n_causes = self.queue.len();
    }

    fn find_tainted(&mut self, ranks: &mut Vec<u64>) {
        let (asof, taints) = (self.asof, &self.asof.history.taints);
        for taint in asof.history.names.taints.ids() {
            if !asof.had(taints.created.get(taint.index()).flatten())
                || asof.had(taints.canceled.get(taint.index()).flatten())
            {
                continue;
            }
            for instance in taints.instances.row(taint) {
                let mark = &mut self.marks[instance.index()];
                let Some((_, since)) = asof.standing_taint(instance) else { continue };
                if *mark == 0 {
                    *mark = TAINTED;
                    ranks.push(rank(since, instance));
                }
            }
        }
    }

    fn find_superseded(&mut self, ranks: &mut Vec<u64>) {
        let (asof, instances) = (self.asof, &self.asof.history.instances);
        for (row, (superseded, run)) in instances.superseded.iter().zip(&instances.run).enumerate()
        {
            let Some(instance) = InstanceId::from_index(row) else { continue };
            let superseded = match run {
                Some(_) => superseded.filter(|&seq| asof.had(seq)),
                None => asof.superseder(instance).map(|(_, seq)| seq),
            };
            let Some(since) = superseded else { continue };
            if self.marks[row] == 0 {
                self.marks[row] = SUPERSEDED;
                ranks.push(rank(since, instance));
            }
        }
    }

    fn spread(&mut self) {
        let mut next = 0;
        // All that one level leads to comes before what the next one does.
        let mut until = self.n_causes;
        self.levels.push(until);
        while let Some(&from) = self.queue.get(next) {
            if next == until {
                until = self.queue.len();
                self.levels.push(until);
            }
            let mark = self.marks[from.index()];
            if next < self.n_causes {
                let own = self.asof.history.instances.partition.at(from.index());
                let own = Some(own).filter(|_| mark != TAINTED);
                self.follow(from, from, own);
            } else if mark == 0 || mark & READ_BY_OWN != 0 {
                // A cause that is stale itself matters only to those whom it is no cause of.
                let cause = self.cause[from.index()].unwrap_or(from);
                self.follow(from, cause, None);
            }
            next += 1;
        }
    }

    /// Everything built from `from` is stale by `cause`, but for what is of the partition `own`.
    fn follow(&mut self, from: InstanceId, cause: InstanceId, own: Option<PartitionId>) {
        let sets = self.asof.history.instances.read_by.row(from);
        self.n_steps += sets.len();
        for set in sets {
            let followed = self.followed[set.index()];
            if followed == Followed::Whole {
                continue;
            }
            self.followed[set.index()] = Followed::Whole;
            let left = if followed == Followed::AllButOne {
                let left = self.left_out.get(set.index() as u64);
                let left = left.and_then(|row| InstanceId::from_index(row as usize));
                self.reach_all(left, cause, own)
            } else if self.asof.is_built_from(set) {
                let made = self.asof.history.reads.impacted.row(set);
                self.n_steps += made.len();
                self.reach_all(made, cause, own)
            } else {
                None
            };
            if let Some(left) = left {
                self.followed[set.index()] = Followed::AllButOne;
                self.left_out.row_or(set.index() as u64, left.index() as u32);
                self.marks[from.index()] |= READ_BY_OWN;
            }
        }
    }

    /// All of `made` is stale by `cause` but for what is of the partition `own`, which is returned.
    fn reach_all(
        &mut self,
        made: impl IntoIterator<Item = InstanceId>,
        cause: InstanceId,
        own: Option<PartitionId>,
    ) -> Option<InstanceId> {
        let partition = &self.asof.history.instances.partition;
        let mut left = None;
        for made in made {
            if own.is_some_and(|own| partition.at(made.index()) == own) {
                left = Some(made);
            } else {
                self.reach(made, cause);
            }
        }
        left
    }

    fn reach(&mut self, made: InstanceId, cause: InstanceId) {
        let known = &mut self.cause[made.index()];
        if known.is_none() {
            *known = Some(cause);
            self.queue.push(made);
        }
    }
}

/// `InstanceId ->` over how many reads its cause is reached, of `n`.
fn hops_of(n: usize, queue: &[InstanceId], levels: &[usize]) -> Narrow<u32> {
    let mut hops = vec![0; n];
    for (level, &start) in levels.iter().enumerate() {
        let end = levels.get(level + 1).copied().unwrap_or(queue.len());
        for stale in queue.get(start..end).unwrap_or_default() {
            hops[stale.index()] = level as u32 + 1;
        }
    }
    hops.into_iter().collect()
}

fn rank(since: Seq, instance: InstanceId) -> u64 {
    order::key(since.index() as u32, instance.index() as u32)
}
