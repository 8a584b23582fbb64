//! What a page may ask of a log for practice, before anybody asks it.
use crate::events::{Id, PartitionId};
use crate::history::{History, InstanceId};
use crate::order::{key, major, minor};
use crate::route::{Hops, Page, Route};

/// What has more beside it is no practice: asking for it would take as long as it does for who wants to know.
const MANY: usize = 500;

/// Nor is a run that has more events: its page looks at each.
const MANY_EVENTS: usize = 10_000;

/// Nor what many read, if more reads than this are within its [`HOPS`].
const MANY_READS: usize = 50_000;

const HOPS: u32 = 3;

/// Among so many instances one is looked for that many read.
const LOOKED_AT: usize = 2_000;

/// So often that one is asked for: an engine compiles anew what is called much.
const OFTEN: usize = 8;

/// What a page may ask for practice.
#[derive(Debug, Default)]
pub struct Practice {
    /// One page of each view: of the newest want, run and partition.
    pub views: Vec<Route>,
    /// The page of a partition that many read, over a few hops, for which the history is asked most; and how often.
    pub hub: Option<(Route, usize)>,
}

/// Pages of the log, but none with much beside it.
pub fn practice(history: &History) -> Practice {
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
        .filter(|&run| runs.writes.row(run).len() + runs.spawned.row(run).len() <= MANY)
        .filter(|&run| runs.events.row(run).len() <= MANY_EVENTS);
    let partition = names.partitions.ids().next_back();
    let partition = partition.filter(|&it| history.read_by_any(it).len() <= MANY);
    let page_of = |partition| Page::partition(names.partitions.text(partition));
    let want = want.map(|want| Page::Want(names.wants.text(want).to_owned()));
    let run = run.map(|run| Page::JobRun(names.runs.text(run).to_owned()));
    let views = [want, run, partition.map(page_of)].into_iter().flatten().map(Route::new);
    let over_hops = |page| Route { down: Some(Hops::Number(HOPS)), ..Route::new(page) };
    let hub = hub(history).map(|hub| (over_hops(page_of(hub)), OFTEN));
    Practice { views: views.collect(), hub }
}

/// A partition that is read by many, but not too many, as far as that is found among some.
fn hub(history: &History) -> Option<PartitionId> {
    let instances = &history.instances;
    let n = instances.partition.len();
    let some = (0..n).step_by(n / LOOKED_AT + 1).filter_map(InstanceId::from_index);
    let read = some.map(|it| key(instances.read_by.row(it).len() as u32, it.index() as u32));
    let most = read.filter(|&it| (1..=MANY).contains(&(major(it) as usize))).max()?;
    let instance = InstanceId::from_index(minor(most) as usize)?;
    let partition = instances.partition.get(instance.index())?;
    let is_few = history.read_by_any(partition).len() <= MANY && has_few_reads(history, instance);
    is_few.then_some(partition)
}

/// Whether few reads are within the hops downstream.
fn has_few_reads(history: &History, from: InstanceId) -> bool {
    let (mut level, mut n_reads) = (vec![from], 0);
    for _ in 0..HOPS {
        let mut next = Vec::new();
        for instance in level {
            let sets = history.instances.read_by.row(instance);
            n_reads += sets.len();
            if n_reads > MANY_READS {
                return false;
            }
            for made in sets.iter().map(|set| history.reads.impacted.row(set)) {
                next.extend(made);
            }
        }
        next.sort_unstable();
        next.dedup();
        level = next;
    }
    true
}
