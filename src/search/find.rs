//! The names of one kind, gone through once.
use std::cmp::Reverse;
use std::ops::Range;

use memchr::memchr2_iter;

use crate::events::{Id, LabelId, NameTable, PartitionId, RunId, Seq, WantId};
use crate::graph::dataset_pattern;
use crate::history::{AsOf, PartitionStatus, RunStatus, WantStatus};
use crate::search::{Item, Kind, Order, Query, Rank};

/// Everything of `kind` that matches, in no order.
pub(super) fn all(asof: AsOf<'_>, query: &Query, kind: Kind) -> Vec<Order> {
    let history = asof.history;
    let names = &history.names;
    match kind {
        Kind::Want if query.job.is_none() => {
            let seen = |id: WantId| history.wants.first_seen.get(id.index()).copied();
            let keeps = |id| {
                has_status(asof.want_status(id).map(WantStatus::word), query)
                    && asks_for(asof, id, query)
            };
            matching(asof, &names.wants, query, seen, keeps, Item::Want)
        }
        Kind::Partition if query.job.is_none() => {
            let seen = |id: PartitionId| history.partitions.first_seen.get(id.index()).copied();
            let keeps = |id| {
                has_status(asof.partition_status(id).map(PartitionStatus::word), query)
                    && is_of_dataset(asof, id, query)
            };
            matching(asof, &names.partitions, query, seen, keeps, Item::Partition)
        }
        Kind::Run => {
            let seen = |id: RunId| history.runs.first_seen.get(id.index()).copied();
            let keeps = |id| {
                has_status(asof.run_status(id).map(RunStatus::word), query)
                    && is_of_job(asof, id, query)
                    && builds(asof, id, query)
            };
            matching(asof, &names.runs, query, seen, keeps, Item::Run)
        }
        Kind::Job if query.status.is_none() && query.dataset.is_none() => {
            let keeps = |id| query.job.as_deref().is_none_or(|job| has(names.labels.text(id), job));
            matching(asof, &names.labels, query, |id| newest_run(asof, id), keeps, Item::Job)
        }
        Kind::Want | Kind::Partition | Kind::Job => Vec::new(),
    }
}

fn matching<T: Id>(
    asof: AsOf<'_>,
    names: &NameTable<T>,
    query: &Query,
    seen: impl Fn(T) -> Option<Seq>,
    keeps: impl Fn(T) -> bool,
    item: impl Fn(T) -> Item,
) -> Vec<Order> {
    let mut found = Vec::new();
    for id in names.ids() {
        let Some(rank) = rank(names.text(id), query) else { continue };
        let seen = seen(id);
        if asof.had(seen) && keeps(id) {
            found.push((rank, Reverse(seen), Reverse(item(id))));
        }
    }
    found
}

/// How well `name` matches the text of the query; none if it does not.
fn rank(name: &str, query: &Query) -> Option<Rank> {
    let text = query.text.as_str();
    let starts = name.get(..text.len()).is_some_and(|head| head.eq_ignore_ascii_case(text));
    match starts {
        true if name.len() == text.len() => Some(Rank::Exact),
        true => Some(Rank::Prefix),
        false => query.words.iter().all(|word| has(name, word)).then_some(Rank::Substring),
    }
}

/// Whether `name` has `part` in it, in any ASCII case.
fn has(name: &str, part: &str) -> bool {
    part.is_empty() || place_of(name, part).is_some()
}

/// Where `name` first has `part` in it, in any ASCII case; none for an empty part. Looks for the
/// first byte's two cases.
pub(super) fn place_of(name: &str, part: &str) -> Option<Range<usize>> {
    let (name, part) = (name.as_bytes(), part.as_bytes());
    let first = part.first()?;
    let mut starts = memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), name);
    let is_here = |at: usize| {
        name.get(at..at + part.len()).is_some_and(|here| here.eq_ignore_ascii_case(part))
    };
    starts.find(|&at| is_here(at)).map(|at| at..at + part.len())
}

fn has_status(status: Option<&str>, query: &Query) -> bool {
    let Some(asked) = query.status.as_deref() else { return true };
    status.is_some_and(|word| {
        word.get(..asked.len()).is_some_and(|head| head.eq_ignore_ascii_case(asked))
    })
}

fn is_of_dataset(asof: AsOf<'_>, partition: PartitionId, query: &Query) -> bool {
    let Some(asked) = query.dataset.as_deref() else { return true };
    let name = asof.history.names.partitions.text(partition);
    if asked.contains('*') { dataset_pattern(name) == asked } else { has(name, asked) }
}

fn asks_for(asof: AsOf<'_>, want: WantId, query: &Query) -> bool {
    let mut asked = asof.history.wants.requested.row(want).iter();
    query.dataset.is_none() || asked.any(|&partition| is_of_dataset(asof, partition, query))
}

fn builds(asof: AsOf<'_>, run: RunId, query: &Query) -> bool {
    let instances = &asof.history.instances;
    let mut built = asof.history.runs.writes.row(run).iter();
    query.dataset.is_none()
        || built.any(|instance| {
            let partition = instances.partition.get(instance.index());
            partition.is_some_and(|&partition| is_of_dataset(asof, partition, query))
        })
}

fn is_of_job(asof: AsOf<'_>, run: RunId, query: &Query) -> bool {
    let Some(asked) = query.job.as_deref() else { return true };
    let label = asof.history.runs.label.get(run.index()).copied().flatten();
    label.is_some_and(|label| has(asof.history.names.labels.text(label), asked))
}

/// The first event of the job's newest run by then.
fn newest_run(asof: AsOf<'_>, label: LabelId) -> Option<Seq> {
    let first_seen = &asof.history.runs.first_seen;
    let runs = asof.history.label_runs.row(label).iter();
    let seen = runs.filter_map(|run| first_seen.get(run.index()).copied());
    seen.filter(|&seq| asof.had(seq)).max()
}
