//! Why a want is not done: "waits for … because …", link by link, down to the run or the partition at
//! the bottom. Never says how long it will take.
use crate::events::{Id, PartitionId, RunId, WantId};
use crate::graph::Key;
use crate::graph::sets::Set;
use crate::history::{AsOf, RunStatus, Verdict, WantStatus};

/// What a want, a run or a partition waits for. Each link but the last is explained by the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// A want, for this partition, and so many more that it requested. The worst one is followed.
    WaitsFor(PartitionId, usize),
    /// A run that missed inputs, for this derivative want, and so many more.
    Missed(WantId, usize),
    /// A run that missed inputs: this derivative want failed or was canceled, and so many more.
    UpstreamFailed(WantId, usize),
    /// The run has not started.
    Queued,
    /// The run has not ended.
    Running,
    /// The run failed, and no other has been planned.
    Failed,
    /// The run or the want was canceled.
    Canceled,
    /// The run missed inputs. All wants for them are done, and no other run has been planned.
    UpForRetry,
    /// Nothing has tried to build the partition.
    NotStarted,
    /// The log never creates the want, or not by this moment.
    NotCreated,
    /// The want is created, and nothing that it asks for is told by this moment.
    AsksNothing,
    /// The want stands further up: they wait for each other.
    Circle,
}

/// One link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Link {
    /// A want, a run, or, at the bottom, a partition that nothing has tried to build.
    pub key: Key,
    /// What it waits for.
    pub why: Why,
}

/// What one want adds to a chain.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Step {
    /// None for a want that is done.
    pub links: [Option<Link>; 2],
    /// The want that explains the last of them.
    pub next: Option<WantId>,
}

/// The chain from `want` down; nothing for one that is done. Each want is in it once; one that comes
/// again ends it.
pub fn blocked(asof: AsOf<'_>, want: WantId) -> Vec<Link> {
    let mut chain = Vec::new();
    let mut seen = Set::default();
    let mut next = Some(want);
    while let Some(want) = next.take() {
        if seen.insert(want) {
            let step = blocked_step(asof, want);
            chain.extend(step.links.into_iter().flatten());
            next = step.next;
        } else {
            chain.push(Link { key: Key::Want(want), why: Why::Circle });
        }
    }
    chain
}

/// The beginning of the chain from `want` down, and where it goes on.
pub fn blocked_step(asof: AsOf<'_>, want: WantId) -> Step {
    let end = |why| Step { links: [Some(Link { key: Key::Want(want), why }), None], next: None };
    match asof.want_status(want) {
        Some(WantStatus::Successful) => Step::default(),
        Some(WantStatus::Canceled) => end(Why::Canceled),
        _ => worst(asof, want).map_or_else(
            || {
                let created = asof.history.wants.created.get(want.index()).flatten();
                end(if asof.had(created) { Why::AsksNothing } else { Why::NotCreated })
            },
            |(partition, n_open, verdict)| {
                let [first, _] = end(Why::WaitsFor(partition, n_open - 1)).links;
                let link = bottom(asof, partition, &verdict);
                let next = match link.why {
                    Why::Missed(want, _) | Why::UpstreamFailed(want, _) => Some(want),
                    _ => None,
                };
                Step { links: [first, Some(link)], next }
            },
        ),
    }
}

/// Of the partitions that the want still waits for the first of the worst, how many there are, and
/// the verdict on it. None where there is none.
fn worst(asof: AsOf<'_>, want: WantId) -> Option<(PartitionId, usize, Verdict)> {
    let mut n_open = 0;
    let mut worst: Option<(u8, PartitionId, Verdict)> = None;
    for (k, partition) in asof.history.wants.requested.row(want).iter().enumerate() {
        let Some(verdict) = asof.verdict(want, k) else { continue };
        let Some(rank) = rank(&verdict) else { continue };
        n_open += 1;
        if worst.as_ref().is_none_or(|(worst, ..)| rank < *worst) {
            worst = Some((rank, partition, verdict));
        }
    }
    worst.map(|(_, partition, verdict)| (partition, n_open, verdict))
}

/// The order in which a want's status looks for them; none for what is satisfied.
fn rank(verdict: &Verdict) -> Option<u8> {
    Some(match verdict {
        Verdict::Failed(_) => 0,
        Verdict::UpstreamFailed(..) => 1,
        Verdict::Canceled => 2,
        Verdict::WaitingFor(_, wants) if wants.is_empty() => 3,
        Verdict::WaitingFor(..) => 4,
        Verdict::Building(_) => 5,
        Verdict::NotStarted => 6,
        Verdict::BuiltBy(_) | Verdict::AlreadyExisted(_) | Verdict::BuiltForAnother(..) => {
            return None;
        }
    })
}

/// What became of the newest attempt to build the partition.
fn bottom(asof: AsOf<'_>, partition: PartitionId, verdict: &Verdict) -> Link {
    let first = |wants: &[WantId]| Some((*wants.first()?, wants.len() - 1));
    let (run, why) = match verdict {
        Verdict::Failed(run) => (Some(*run), Why::Failed),
        Verdict::Building(run) => (Some(*run), building(asof, *run)),
        Verdict::WaitingFor(run, wants) => {
            let why = first(wants).map_or(Why::UpForRetry, |(want, n)| Why::Missed(want, n));
            (Some(*run), why)
        }
        Verdict::UpstreamFailed(run, wants) => {
            let why = first(wants).map_or(Why::Failed, |(want, n)| Why::UpstreamFailed(want, n));
            (Some(*run), why)
        }
        Verdict::Canceled => (newest_run(asof, partition), Why::Canceled),
        _ => (None, Why::NotStarted),
    };
    Link { key: run.map_or(Key::Partition(partition), Key::Run), why }
}

fn building(asof: AsOf<'_>, run: RunId) -> Why {
    match asof.run_status(run) {
        Some(RunStatus::Running) => Why::Running,
        _ => Why::Queued,
    }
}

/// The run of the newest attempt to build the partition.
fn newest_run(asof: AsOf<'_>, partition: PartitionId) -> Option<RunId> {
    let attempt = asof.moment.partition_attempt.get(partition.index()).copied().flatten()?;
    asof.history.attempts.run.get(attempt.index())
}
