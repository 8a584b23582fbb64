//! One hop from a partition or an instance, through the work between, in either direction. The
//! same answers, for one instance or for all versions of a ref.

use crate::events::{Id, PartitionId, RunId};
use crate::graph::Key;
use crate::graph::ids::{newest_build, newest_of_job};
use crate::graph::sets::{Map, Set};
use crate::history::{AsOf, AttemptId, End, How, InstanceId, ReadSetId};
use crate::order::Seen;

/// One link through one piece of work: for upstream, `far` was read by `work`, which made the
/// node; for downstream, `work` read the node and made `far`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub work: Key,
    pub far: Key,
    pub how: Option<How>,
    pub inferred: bool,
    /// The reads that say so, where [`Self::told`] has yet to look at them.
    pub set: Option<ReadSetId>,
}

impl Step {
    /// A step of which no read is known.
    pub(super) const fn plain(work: Key, far: Key) -> Self {
        Self { work, far, how: None, inferred: false, set: None }
    }

    /// With how the read of `near` is known, and whether it was inferred. Most of many steps are
    /// grouped and never asked.
    pub(super) fn told(self, asof: AsOf<'_>, near: Key) -> Self {
        let Some(set) = self.set else { return self };
        let how = match near {
            Key::Instance(near) => {
                asof.read_items(set).find(|&(read, _)| read == near).map(|(_, how)| how)
            }
            _ => None,
        };
        Self { how, inferred: is_inferred(asof, set), ..self }
    }
}

/// What made a node, and from what.
#[derive(Clone, Debug, Default)]
pub(super) struct Upstream {
    /// The work that made it, even where it read nothing.
    pub works: Vec<Key>,
    /// What that read, without repeats.
    pub steps: Vec<Step>,
}

/// What `key` was made by and from; nothing for what is neither a partition nor an instance.
pub(super) fn upstream(asof: AsOf<'_>, key: Key) -> Upstream {
    let mut found = Upstream::default();
    match key {
        Key::Instance(instance) => upstream_of_instance(asof, instance, &mut found),
        Key::Partition(partition) => upstream_of_ref(asof, partition, &mut found),
        _ => {}
    }
    found
}

/// What was made from `key`, without repeats; how the reads are known is yet to be [told](Step::told).
pub(super) fn downstream(asof: AsOf<'_>, key: Key) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut pieces = Pieces::default();
    each_downstream(asof, key, &mut |made| steps.push(made.step(asof, key, &mut pieces)));
    steps
}

/// One thing that was made from a node: by whom and by which reads.
#[derive(Clone, Copy)]
pub(super) struct Made {
    pub far: Key,
    /// For an instance, a run of the piece of work that made it; for a ref, the newest of its job.
    run: RunId,
    set: ReadSetId,
}

impl Made {
    fn step(self, asof: AsOf<'_>, from: Key, pieces: &mut Pieces) -> Step {
        let Self { far, run, set } = self;
        let work = match from {
            Key::Instance(_) => pieces.of(asof, run),
            _ => Key::Job(run),
        };
        Step { set: Some(set), ..Step::plain(work, far) }
    }
}

/// What was made from `key`, one by one, without repeats.
pub(super) fn each_downstream(asof: AsOf<'_>, key: Key, see: &mut dyn FnMut(Made)) {
    match key {
        Key::Instance(instance) => each_downstream_of_instance(asof, instance, see),
        Key::Partition(partition) => each_downstream_of_ref(asof, partition, see),
        _ => {}
    }
}

/// The pieces of work that were asked for. Each is walked once, however many of its runs are met.
#[derive(Default)]
pub(super) struct Pieces {
    /// Run -> the newest of its piece.
    newest: Map<RunId>,
}

impl Pieces {
    /// The newest run of the piece of work that `run` is part of: the piece's identity.
    pub(super) fn of(&mut self, asof: AsOf<'_>, run: RunId) -> Key {
        let known = self.newest.get(run).and_then(|row| RunId::from_index(row as usize));
        Key::Run(known.unwrap_or_else(|| self.walk(asof, run)))
    }

    fn walk(&mut self, asof: AsOf<'_>, run: RunId) -> RunId {
        let runs = linked(asof, run);
        let newest = runs.last().copied().unwrap_or(run);
        for run in runs {
            self.newest.row_or(run, newest.index() as u32);
        }
        newest
    }
}

/// The runs of the piece of work that `run` is part of, the newest last; none where it is alone.
pub(super) fn linked(asof: AsOf<'_>, run: RunId) -> Vec<RunId> {
    let runs = &asof.history.runs;
    if runs.continues.row(run).is_empty() && runs.continued_by.row(run).is_empty() {
        return Vec::new();
    }
    asof.piece_of(run)
}

/// The run that built `instance`; none for an external one.
pub(super) fn builder_of(asof: AsOf<'_>, instance: InstanceId) -> Option<RunId> {
    asof.history.instances.run.get(instance.index()).flatten()
}

/// The partition that `instance` is a build of.
pub(super) fn partition_of(asof: AsOf<'_>, instance: InstanceId) -> Option<PartitionId> {
    asof.history.instances.partition.get(instance.index())
}

fn upstream_of_instance(asof: AsOf<'_>, instance: InstanceId, found: &mut Upstream) {
    let Some(run) = builder_of(asof, instance) else { return };
    let work = Pieces::default().of(asof, run);
    found.works.push(work);
    let mut seen = Seen::default();
    for set in asof.built_from(instance) {
        let inferred = is_inferred(asof, set);
        for (read, how) in asof.read_items(set) {
            if seen.insert(read.index()) {
                let far = Key::Instance(read);
                found.steps.push(Step { how: Some(how), inferred, ..Step::plain(work, far) });
            }
        }
    }
}

fn each_downstream_of_instance(asof: AsOf<'_>, from: InstanceId, see: &mut dyn FnMut(Made)) {
    let mut seen = Seen::default();
    for set in asof.history.instances.read_by.row(from) {
        let maker = maker_of_instance(asof, set);
        let Some(run) = maker.and_then(|attempt| run_of(asof, attempt)) else { continue };
        for made in asof.history.reads.impacted.row(set) {
            if seen.insert(made.index()) {
                see(Made { far: Key::Instance(made), run, set });
            }
        }
    }
}

fn upstream_of_ref(asof: AsOf<'_>, partition: PartitionId, found: &mut Upstream) {
    let mut works = Seen::default();
    // One job makes most refs.
    let mut read_by_first = Seen::default();
    let mut read_by_others = Set::default();
    for instance in asof.instances_of(partition) {
        let Some(run) = builder_of(asof, instance) else { continue };
        let newest = newest_of_job(asof, run, partition);
        let work = Key::Job(newest);
        if works.insert(newest.index()) {
            found.works.push(work);
        }
        let is_first = found.works.first() == Some(&work);
        for set in asof.built_from(instance) {
            let inferred = is_inferred(asof, set);
            for (read, _) in asof.read_items(set) {
                let Some(read) = partition_of(asof, read) else { continue };
                let is_new = if is_first {
                    read_by_first.insert(read.index())
                } else {
                    read_by_others.insert((newest, read))
                };
                if is_new {
                    found.steps.push(Step { inferred, ..Step::plain(work, Key::Partition(read)) });
                }
            }
        }
    }
}

fn each_downstream_of_ref(asof: AsOf<'_>, from: PartitionId, see: &mut dyn FnMut(Made)) {
    // A job is told by its newest build of what it made.
    let mut seen = Seen::default();
    let sets = asof.history.read_by_any(from);
    for set in sets {
        let maker = maker_of_ref(asof, set);
        let Some(run) = maker.and_then(|attempt| run_of(asof, attempt)) else { continue };
        for made in asof.history.reads.impacted.row(set) {
            let Some(partition) = partition_of(asof, made) else { continue };
            let newest = newest_build(asof, run, partition);
            if seen.insert(newest.unwrap_or(made).index()) {
                let run = newest.and_then(|build| builder_of(asof, build)).unwrap_or(run);
                see(Made { far: Key::Partition(partition), run, set });
            }
        }
    }
}

/// The attempt that read `set`, if it made something of what an instance was read for.
pub(super) fn maker_of_instance(asof: AsOf<'_>, set: ReadSetId) -> Option<AttemptId> {
    let attempt = maker_of_ref(asof, set)?;
    let end = || asof.history.attempts.end.get(attempt.index()).flatten();
    (asof.is_end() || asof.had(end())).then_some(attempt)
}

/// The same for any version of a ref.
pub(super) fn maker_of_ref(asof: AsOf<'_>, set: ReadSetId) -> Option<AttemptId> {
    let attempt = asof.history.reads.attempt.get(set.index())?;
    let ended = asof.history.attempts.ended.get(attempt.index()).flatten();
    (ended == Some(End::Succeeded) && asof.knows(set)).then_some(attempt)
}

/// The run that `attempt` is one of.
pub(super) fn run_of(asof: AsOf<'_>, attempt: AttemptId) -> Option<RunId> {
    asof.history.attempts.run.get(attempt.index())
}

/// Whether the reads of `set` were inferred, not recorded.
pub(super) fn is_inferred(asof: AsOf<'_>, set: ReadSetId) -> bool {
    asof.history.reads.inferred.get(set.index()).unwrap_or(false)
}
