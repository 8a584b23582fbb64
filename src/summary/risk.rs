//! The open wants that somebody should look at: late, at risk of being late, and held up by something
//! that will not go on by itself.
//!
//! A want is *at risk* when it has an SLA that has not passed, and what is still to be run for it
//! usually takes longer than is left: for each run that missed inputs on the chain of what it waits
//! for, the median of what the runs of that job that succeeded took; for the run at the bottom the same,
//! less what it has taken. A job that never succeeded counts as nothing, so this errs to the calm side.
use crate::events::{Id, LabelId, RunId, WantId};
use crate::graph::{Key, Link, Why, blocked};
use crate::history::{AsOf, WantStatus};
use crate::order::sorted_rows;
use crate::summary::{Lateness, job_runs, lateness, nanos_of, nanos_of_moment};

/// Open wants by what is wrong. One may be in several lists; each is in order of ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Troubles {
    /// Past their SLA by so many nanoseconds.
    pub late: Vec<(WantId, u64)>,
    /// Not yet late.
    pub at_risk: Vec<AtRisk>,
    /// What holds up how many: that of the most first.
    pub blocked: Vec<BlockedBy>,
}

/// A want that will probably be late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AtRisk {
    /// The want.
    pub want: WantId,
    /// What its SLA leaves, in nanoseconds.
    pub left_nanos: u64,
    /// What is still to be run for it usually takes so long.
    pub needed_nanos: u64,
}

/// Something that will not go on by itself: it failed, was canceled, or waits for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockedBy {
    /// The bottom of the chains.
    pub by: Link,
    /// The wants that it holds up, in order of ids.
    pub wants: Vec<WantId>,
}

/// `LabelId ->` how long its runs usually take, in nanoseconds: the median of those that succeeded.
pub type Usual = Vec<Option<u64>>;

/// How long runs usually take, for all jobs.
pub fn usual(asof: AsOf<'_>) -> Usual {
    asof.history.names.labels.ids().map(|label| job_runs(asof, label).median_nanos).collect()
}

/// All open wants that are in trouble.
pub fn troubles(asof: AsOf<'_>) -> Troubles {
    let usual = usual(asof);
    let mut troubles = Troubles::default();
    let mut stuck: Vec<(Link, WantId)> = Vec::new();
    for want in asof.history.names.wants.ids() {
        let status = asof.want_status(want);
        if matches!(status, None | Some(WantStatus::Successful | WantStatus::Canceled)) {
            continue;
        }
        let chain = blocked(asof, want);
        match lateness(asof, want) {
            Some(Lateness::LateBy(nanos)) => troubles.late.push((want, nanos)),
            Some(Lateness::Left(left_nanos)) => {
                let needed_nanos = needed(asof, &usual, &chain);
                if needed_nanos > left_nanos {
                    troubles.at_risk.push(AtRisk { want, left_nanos, needed_nanos });
                }
            }
            _ => {}
        }
        stuck.extend(chain.last().filter(|link| is_stuck(link.why)).map(|&link| (link, want)));
    }
    troubles.blocked = group(&stuck);
    troubles
}

/// Whether nothing goes on until somebody does something.
pub const fn is_stuck(why: Why) -> bool {
    matches!(why, Why::Failed | Why::Canceled | Why::Circle)
}

/// How long what is still to be run along `chain` usually takes, in nanoseconds.
pub fn needed(asof: AsOf<'_>, usual: &[Option<u64>], chain: &[Link]) -> u64 {
    let of = |link: &Link| {
        let Key::Run(run) = link.key else { return 0 };
        let label: Option<LabelId> = asof.history.runs.label.get(run.index()).copied().flatten();
        let whole = label.and_then(|label| usual.get(label.index()).copied().flatten());
        let whole = whole.unwrap_or(0);
        match link.why {
            Why::Queued | Why::Running => whole.saturating_sub(taken(asof, run)),
            _ => whole,
        }
    };
    chain.iter().map(of).fold(0, u64::saturating_add)
}

/// How long the run has taken, in nanoseconds.
fn taken(asof: AsOf<'_>, run: RunId) -> u64 {
    let first = asof.attempts_of(run).first();
    let start = first.and_then(|first| asof.history.attempts.start.get(first.index()).copied());
    let start = start.map_or(u64::MAX, |start| nanos_of(&asof.history.log, start));
    nanos_of_moment(asof).saturating_sub(start)
}

/// By the link that holds them up.
fn group(stuck: &[(Link, WantId)]) -> Vec<BlockedBy> {
    let at = |row: u32| stuck.get(row as usize).map(|&(link, want)| (link.key, link.why, want));
    let mut groups: Vec<BlockedBy> = Vec::new();
    for row in sorted_rows(stuck.len(), &|a, b| at(a).cmp(&at(b))) {
        let Some(&(by, want)) = stuck.get(row as usize) else { continue };
        match groups.last_mut() {
            Some(last) if last.by == by => last.wants.push(want),
            _ => groups.push(BlockedBy { by, wants: vec![want] }),
        }
    }
    let n = |row: u32| groups.get(row as usize).map(|group| group.wants.len());
    let rows = sorted_rows(groups.len(), &|a, b| n(b).cmp(&n(a)));
    rows.into_iter().filter_map(|row| groups.get(row as usize).cloned()).collect()
}
