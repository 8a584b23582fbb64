//! Which cards are not as they were at an earlier moment of the same history.
use crate::graph::{Graph, Key, runs_of_job};
use crate::history::{AsOf, Change, instance_change, partition_change, run_change, want_change};
use crate::scene::Card;

/// The word for it.
pub const fn change_word(change: Change) -> &'static str {
    match change {
        Change::New => "new",
        Change::Changed => "changed",
    }
}

/// Marks each card whose thing, or any of whose things, is not as it was `before`.
pub fn mark_changed(cards: &mut [Card], graph: &Graph, before: AsOf<'_>, after: AsOf<'_>) {
    for card in cards {
        card.change = change_of(card.key, graph, before, after);
    }
}

fn change_of(key: Key, graph: &Graph, before: AsOf<'_>, after: AsOf<'_>) -> Option<Change> {
    match key {
        Key::Want(want) => want_change(before, after, want),
        Key::Instance(instance) => instance_change(before, after, instance),
        Key::Partition(partition) => partition_change(before, after, partition),
        Key::Run(run) => run_change(before, after, run),
        Key::Job(newest) => {
            let runs = runs_of_job(after, newest).into_iter();
            together(runs.map(|run| run_change(before, after, run)))
        }
        Key::Group(row) => {
            let members = graph.groups.get(row as usize).map(|group| &*group.members);
            // No group is a member of one.
            let single = |key: &Key| match *key {
                Key::Group(_) => None,
                key => change_of(key, graph, before, after),
            };
            together(members.unwrap_or_default().iter().map(single))
        }
    }
}

/// Of several: new if all are, changed if any is either.
fn together(changes: impl Iterator<Item = Option<Change>>) -> Option<Change> {
    let (mut n, mut n_new, mut n_changed) = (0, 0, 0);
    for change in changes {
        n += 1;
        n_new += usize::from(change == Some(Change::New));
        n_changed += usize::from(change.is_some());
    }
    match n_changed {
        0 => None,
        _ if n_new == n => Some(Change::New),
        _ => Some(Change::Changed),
    }
}
