//! What a page may ask of a log for practice, before anybody asks it.
use crate::history::History;
use crate::route::Page;

/// What has more beside it is no practice: asking for it would take as long as it does for who wants to know.
const MANY: usize = 500;

/// One page of each view: of the newest want, run and partition, but for those with much beside them.
pub fn practice(history: &History) -> Vec<Page> {
    let History { names, wants, runs, .. } = history;
    let want = names
        .wants
        .ids()
        .next_back()
        .filter(|&want| wants.requested.row(want).len() + wants.runs.row(want).len() <= MANY);
    let run = names
        .runs
        .ids()
        .next_back()
        .filter(|&run| runs.writes.row(run).len() + runs.spawned.row(run).len() <= MANY);
    let partition = names.partitions.ids().next_back();
    let partition = partition.filter(|&it| history.read_by_any(it).len() <= MANY);
    let want = want.map(|want| Page::Want(names.wants.text(want).to_owned()));
    let run = run.map(|run| Page::JobRun(names.runs.text(run).to_owned()));
    let partition = partition.map(|it| Page::partition(names.partitions.text(it)));
    [want, run, partition].into_iter().flatten().collect()
}
