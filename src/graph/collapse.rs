//! Which neighbors are alike: same dataset pattern, same job.
use crate::events::{Id, LabelId, PartitionId, RunId};
use crate::graph::ids::label_of;
use crate::graph::neighbors::{Step, builder_of, partition_of};
use crate::graph::{Key, MAX_ALIKE, Side};
use crate::history::{AsOf, DatasetId};
use crate::order::{Table, key};

/// What makes two neighbors alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Likeness {
    pub dataset: Option<DatasetId>,
    pub label: Option<LabelId>,
}

impl Likeness {
    /// As a number: no two are the same.
    fn key(self) -> u64 {
        let row = |row: Option<usize>| row.map_or(0, |row| row as u32 + 1);
        key(row(self.dataset.map(Id::index)), row(self.label.map(Id::index)))
    }

    /// What the refs have in common.
    pub fn pattern(self, asof: AsOf<'_>) -> &str {
        self.dataset.map_or("", |dataset| asof.history.datasets.patterns.text(dataset))
    }
}

/// The likeness of the far end of `step`: its dataset pattern, and the job that made it.
pub(super) fn likeness(asof: AsOf<'_>, step: &Step, side: Side) -> Likeness {
    let label = match side {
        Side::Down => job_of(asof, step.work),
        Side::Up => job_of(asof, step.far),
    };
    let partition = partition_behind(asof, step.far);
    let dataset = partition.and_then(|partition| asof.history.datasets.dataset(partition));
    Likeness { dataset, label }
}

/// `steps` split into those to draw one by one and those that form groups, in order of first
/// appearance. `alone` says which are drawn on their own whatever their number.
pub(super) fn split(
    asof: AsOf<'_>,
    steps: Vec<Step>,
    side: Side,
    mut alone: impl FnMut(&Step) -> bool,
) -> (Vec<Step>, Vec<(Likeness, Vec<Step>)>) {
    if steps.len() <= MAX_ALIKE {
        return (steps, Vec::new());
    }
    let mut single = Vec::new();
    let mut row_of = Table::default();
    let mut groups: Vec<(Likeness, Vec<Step>)> = Vec::new();
    for step in steps {
        if alone(&step) {
            single.push(step);
            continue;
        }
        let like = likeness(asof, &step, side);
        let row = row_of.row_or(like.key(), groups.len() as u32) as usize;
        match groups.get_mut(row) {
            Some((_, steps)) => steps.push(step),
            None => groups.push((like, vec![step])),
        }
    }
    let (many, few): (Vec<_>, Vec<_>) = groups.into_iter().partition(|g| g.1.len() > MAX_ALIKE);
    single.extend(few.into_iter().flat_map(|(_, steps)| steps));
    (single, many)
}

fn job_of(asof: AsOf<'_>, key: Key) -> Option<LabelId> {
    match key {
        Key::Run(run) | Key::Job(run) => label_of(asof, run),
        Key::Instance(instance) => label_of(asof, builder_of(asof, instance)?),
        Key::Partition(partition) => {
            newest_builder(asof, partition).and_then(|r| label_of(asof, r))
        }
        Key::Want(want) => {
            let cause = asof.history.wants.cause.get(want.index()).flatten()?;
            label_of(asof, cause)
        }
        Key::Group(_) => None,
    }
}

fn partition_behind(asof: AsOf<'_>, key: Key) -> Option<PartitionId> {
    match key {
        Key::Instance(instance) => partition_of(asof, instance),
        Key::Partition(partition) => Some(partition),
        Key::Want(want) => asof.history.wants.requested.row(want).first(),
        Key::Run(_) | Key::Job(_) | Key::Group(_) => None,
    }
}

fn newest_builder(asof: AsOf<'_>, partition: PartitionId) -> Option<RunId> {
    asof.instances_of(partition).last().and_then(|instance| builder_of(asof, instance))
}
