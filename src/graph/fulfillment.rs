//! What was done for a want: the want, the instances it got, the work that built them, what that
//! read, and the derivative wants that its misses caused, with their work in turn. Never walks on
//! from what merely existed.
use std::collections::VecDeque;

use crate::events::{Id, RunId, WantId};
use crate::graph::builder::{Builder, Link};
use crate::graph::collapse::Likeness;
use crate::graph::neighbors::{Pieces, Step, builder_of, is_inferred, partition_of};
use crate::graph::sets::Set;
use crate::graph::{Ask, EdgeKind, Graph, Key, Role, Side};
use crate::history::{AsOf, InstanceId, ReadSetId, RunStatus};

/// The whole work for `want`.
pub(super) fn build(asof: AsOf<'_>, ask: &Ask, want: WantId) -> Graph {
    let scope = Scope::of(asof, want);
    let mut builder = Builder::new(asof, ask, Key::Want(want), true);
    let mut walk = Walk {
        scope,
        queue: VecDeque::from([Key::Want(want)]),
        taken: Set::default(),
        pieces: Pieces::default(),
    };
    while let Some(key) = walk.queue.pop_front() {
        walk.expand(&mut builder, key);
    }
    builder.finish(|_, _, _| 0)
}

/// The wants and runs that are work for one want: the runs scheduled for it, the wants that those
/// caused, the runs scheduled for these, and so on.
struct Scope {
    wants: Set<WantId>,
    runs: Set<RunId>,
    /// The same runs, as they were found.
    runs_found: Vec<RunId>,
}

impl Scope {
    fn of(asof: AsOf<'_>, want: WantId) -> Self {
        let mut scope =
            Self { wants: Set::default(), runs: Set::default(), runs_found: Vec::new() };
        let mut open = vec![want];
        scope.wants.insert(want);
        while let Some(want) = open.pop() {
            for run in scheduled(asof, want) {
                if !scope.runs.insert(run) {
                    continue;
                }
                scope.runs_found.push(run);
                for spawned in spawned_by(asof, run) {
                    if scope.wants.insert(spawned) {
                        open.push(spawned);
                    }
                }
            }
        }
        scope
    }
}

/// The runs that had been scheduled for `want`.
pub(super) fn scheduled(asof: AsOf<'_>, want: WantId) -> impl Iterator<Item = RunId> {
    asof.runs_of(want).iter()
}

/// The derivative wants that `run` had caused.
pub(super) fn spawned_by(asof: AsOf<'_>, run: RunId) -> impl Iterator<Item = WantId> {
    let created = &asof.history.wants.created;
    let made = move |want: &WantId| asof.had(created.get(want.index()).flatten());
    asof.history.runs.spawned.row(run).iter().filter(made)
}

/// How much work was done for a want and its derivatives, without what already existed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WorkCounts {
    /// Job runs.
    pub runs: usize,
    /// Attempts, restarts inside runs included.
    pub attempts: usize,
    /// Instances that went live.
    pub built: usize,
    /// Derivative wants, direct and indirect.
    pub derivative_wants: usize,
    /// Attempts that ended as dependency misses.
    pub misses: usize,
    /// Attempts that failed.
    pub failures: usize,
}

/// The work for `want`.
pub fn work_counts(asof: AsOf<'_>, want: WantId) -> WorkCounts {
    let scope = Scope::of(asof, want);
    let history = asof.history;
    let mut counts = WorkCounts {
        runs: scope.runs_found.len(),
        derivative_wants: scope.wants.len() - 1,
        ..WorkCounts::default()
    };
    for &run in &scope.runs_found {
        let live = |i: &InstanceId| asof.had(history.instances.live.get(i.index()).flatten());
        counts.built += history.runs.writes.row(run).iter().filter(live).count();
        for attempt in asof.attempts_of(run) {
            counts.attempts += 1;
            let status = asof.attempt_status(attempt);
            counts.misses += usize::from(status == Some(RunStatus::DepMiss));
            counts.failures += usize::from(status == Some(RunStatus::Failed));
        }
    }
    counts
}

struct Walk {
    scope: Scope,
    queue: VecDeque<Key>,
    /// (key, drawn)
    taken: Set<(Key, bool)>,
    pieces: Pieces,
}

impl Walk {
    fn expand(&mut self, builder: &mut Builder<'_>, key: Key) {
        let row = builder.row(key);
        if !self.taken.insert((key, row.is_some())) {
            return;
        }
        match key {
            Key::Want(want) => self.expand_want(builder, want, row),
            Key::Instance(instance) => self.expand_instance(builder, instance, row),
            Key::Run(run) => self.expand_work(builder, run, row),
            Key::Partition(_) | Key::Job(..) | Key::Group(_) => {}
        }
    }

    fn expand_want(&mut self, builder: &mut Builder<'_>, want: WantId, row: Option<u32>) {
        let targets = targets(builder.asof, want, &mut self.pieces);
        let step = |far| Step::plain(Key::Want(want), far);
        let steps = targets.into_iter().map(step).collect();
        self.follow(builder, row, steps, EdgeKind::Requested);
    }

    fn expand_instance(&mut self, builder: &mut Builder<'_>, id: InstanceId, row: Option<u32>) {
        let Some(run) = builder_of(builder.asof, id) else { return };
        if !self.scope.runs.contains(run) {
            return;
        }
        let work = self.pieces.of(builder.asof, run);
        builder.reach(work);
        if let Some(row) = row
            && let Some((work_row, _)) = builder.draw(work, Role::Work)
        {
            builder.link(work_row, row, Link::of(EdgeKind::Wrote), 1);
        }
        self.queue.push_back(work);
    }

    fn expand_work(&mut self, builder: &mut Builder<'_>, run: RunId, row: Option<u32>) {
        let runs = builder.asof.piece_of(run);
        let reads = reads_of(builder.asof, &runs, Key::Run(run));
        self.follow(builder, row, reads, EdgeKind::Read);
        let asof = builder.asof;
        let wants = runs.iter().flat_map(|&run| spawned_by(asof, run));
        let step = |want| Step::plain(Key::Run(run), Key::Want(want));
        let steps = wants.map(step).collect();
        self.follow(builder, row, steps, EdgeKind::Spawned);
    }

    /// Draws the links of `kind` from the node at `row` to the far ends, and goes on from them.
    fn follow(
        &mut self,
        builder: &mut Builder<'_>,
        row: Option<u32>,
        steps: Vec<Step>,
        kind: EdgeKind,
    ) {
        for step in &steps {
            builder.reach(step.far);
            self.queue.push_back(step.far);
        }
        let Some(row) = row else { return };
        let side = if kind == EdgeKind::Read { Side::Up } else { Side::Down };
        let (single, groups): (Vec<Step>, Vec<(Likeness, Vec<Step>)>) = builder.split(steps, side);
        for step in single {
            let role = self.role(builder.asof, step.far);
            let Some((far, _)) = builder.draw(step.far, role) else { continue };
            let link = Link { kind, how: step.how, inferred: step.inferred };
            match kind {
                EdgeKind::Read => builder.link(far, row, link, 1),
                _ => builder.link(row, far, link, 1),
            }
        }
        for (like, steps) in groups {
            builder.draw_group(row, side, like, steps, Link::of(kind));
        }
    }

    fn role(&self, asof: AsOf<'_>, key: Key) -> Role {
        match key {
            Key::Instance(instance) => match builder_of(asof, instance) {
                Some(run) if self.scope.runs.contains(run) => Role::Work,
                _ => Role::Existing,
            },
            _ => Role::Work,
        }
    }
}

/// What `want` got, or what is being done to get it: one for each requested partition, then what
/// else was tried for it.
fn targets(asof: AsOf<'_>, want: WantId, pieces: &mut Pieces) -> Vec<Key> {
    let wants = &asof.history.wants;
    let is_created = asof.had(wants.created.get(want.index()).flatten());
    let partitions = wants.requested.row(want).first_n(if is_created { usize::MAX } else { 0 });
    let mut targets = Vec::with_capacity(partitions.len());
    let mut met = Set::default();
    let mut asked = Set::default();
    for (at, partition) in wants.requested.range(want).zip(partitions) {
        asked.insert(partition);
        let satisfied = asof.had(wants.satisfied_at.get(at).flatten());
        let by = wants.satisfied_by.get(at).flatten().filter(|_| satisfied);
        let newest = || asof.instances_of(partition).last();
        let Some(instance) = by.or_else(newest) else {
            targets.push(Key::Partition(partition));
            continue;
        };
        if let Some(run) = builder_of(asof, instance) {
            met.insert(pieces.of(asof, run));
        }
        targets.push(Key::Instance(instance));
    }
    for run in scheduled(asof, want) {
        if met.insert(pieces.of(asof, run)) {
            let tried = asof.builds_of(run).iter();
            let is_asked =
                |i: &InstanceId| partition_of(asof, *i).is_some_and(|p| asked.contains(p));
            let first = tried.clone().find(is_asked).or_else(|| tried.clone().next());
            targets.extend(first.map(Key::Instance));
        }
    }
    targets
}

/// What a piece of work read: its successful attempts; without one, its newest that read at all.
fn reads_of(asof: AsOf<'_>, runs: &[RunId], work: Key) -> Vec<Step> {
    let history = asof.history;
    let attempts = runs.iter().flat_map(|&run| asof.attempts_of(run).iter());
    let sets_of = |attempt| {
        let sets = history.attempts.reads.row(attempt).iter();
        sets.filter(|&set| asof.knows(set)).collect::<Vec<ReadSetId>>()
    };
    let mut sets: Vec<ReadSetId> = Vec::new();
    let mut succeeded = false;
    for attempt in attempts {
        let success = asof.attempt_status(attempt) == Some(RunStatus::Succeeded);
        let of_this = sets_of(attempt);
        if success && !succeeded {
            succeeded = true;
            sets = of_this;
        } else if success {
            sets.extend(of_this);
        } else if !succeeded && !of_this.is_empty() {
            sets = of_this;
        }
    }
    let mut seen = Set::default();
    let mut steps = Vec::new();
    for set in sets {
        let inferred = is_inferred(asof, set);
        for (read, how) in asof.read_items(set) {
            if seen.insert(read) {
                let far = Key::Instance(read);
                steps.push(Step { how: Some(how), inferred, ..Step::plain(work, far) });
            }
        }
    }
    steps
}

/// The same for one run alone.
pub(super) fn reads_of_run(asof: AsOf<'_>, run: RunId) -> Vec<Step> {
    reads_of(asof, &[run], Key::Run(run))
}
