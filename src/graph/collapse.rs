//! Which neighbors are alike: same dataset pattern, same job.

use crate::events::{Id, LabelId, PartitionId, RunId};
use crate::graph::ids::label_of;
use crate::graph::neighbors::{Step, builder_of, partition_of};
use crate::graph::sets::Map;
use crate::graph::{Key, MAX_ALIKE, Side};
use crate::history::AsOf;

/// A ref with what varies within its dataset starred: the values of `key=value` segments, and
/// runs of digits elsewhere. `data/report/region=emea/part-07` → `data/report/region=*/part-*`.
pub fn dataset_pattern(reference: &str) -> String {
    let mut pattern = String::with_capacity(reference.len());
    for (i, segment) in reference.split('/').enumerate() {
        if i > 0 {
            pattern.push('/');
        }
        match segment.split_once('=') {
            Some((key, _)) => {
                pattern.push_str(key);
                pattern.push_str("=*");
            }
            None => push_without_digits(&mut pattern, segment),
        }
    }
    pattern
}

fn push_without_digits(pattern: &mut String, segment: &str) {
    let mut in_digits = false;
    for c in segment.chars() {
        if c.is_ascii_digit() {
            if !in_digits {
                pattern.push('*');
            }
            in_digits = true;
        } else {
            pattern.push(c);
            in_digits = false;
        }
    }
}

/// What makes two neighbors alike.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Likeness {
    pub pattern: String,
    pub label: Option<LabelId>,
}

/// The likeness of the far end of `step`: its dataset pattern, and the job that made it.
pub(super) fn likeness(asof: AsOf<'_>, step: &Step, side: Side) -> Likeness {
    let label = match side {
        Side::Down => job_of(asof, step.work),
        Side::Up => job_of(asof, step.far),
    };
    let pattern = match partition_behind(asof, step.far) {
        Some(partition) => dataset_pattern(asof.history.names.partitions.text(partition)),
        None => String::new(),
    };
    Likeness { pattern, label }
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
    let mut row_of: Map<Likeness, usize> = Map::default();
    let mut groups: Vec<(Likeness, Vec<Step>)> = Vec::new();
    for step in steps {
        if alone(&step) {
            single.push(step);
            continue;
        }
        let like = likeness(asof, &step, side);
        let row = *row_of.entry(like.clone()).or_insert_with(|| {
            groups.push((like, Vec::new()));
            groups.len() - 1
        });
        groups[row].1.push(step);
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
            let cause = asof.history.wants.cause.get(want.index()).copied().flatten()?;
            label_of(asof, cause)
        }
        Key::Group(_) => None,
    }
}

fn partition_behind(asof: AsOf<'_>, key: Key) -> Option<PartitionId> {
    match key {
        Key::Instance(instance) => partition_of(asof, instance),
        Key::Partition(partition) => Some(partition),
        Key::Want(want) => asof.history.wants.requested.row(want).first().copied(),
        Key::Run(_) | Key::Job(_) | Key::Group(_) => None,
    }
}

fn newest_builder(asof: AsOf<'_>, partition: PartitionId) -> Option<RunId> {
    asof.instances_of(partition).last().and_then(|instance| builder_of(asof, instance))
}
