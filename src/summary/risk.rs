//! The open wants that somebody should look at: late, at risk of being late, and held up by something
//! that will not go on by itself.
//!
//! A want is *at risk* when it has an SLA that has not passed, and what is still to be run for it
//! usually takes longer than is left: for each run that missed inputs on the chain of what it waits
//! for, the median of what the runs of that job that succeeded took; for the run at the bottom the same,
//! less what it has taken. A job that never succeeded counts as nothing, so this errs to the calm side.
use crate::events::{Id, LabelId, RunId, WantId};
use crate::graph::{Key, Link, Why, blocked_step};
use crate::history::{AsOf, WantStatus};
use crate::order::{Table, sorted_rows};
use crate::summary::{Lateness, lateness, nanos_of, nanos_of_moment};

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

impl Troubles {
    /// The late ones, that which is latest first.
    pub fn latest_first(&self) -> Vec<(WantId, u64)> {
        let nanos = |row: u32| self.late.get(row as usize).map(|(_, nanos)| *nanos);
        let rows = sorted_rows(self.late.len(), &|a, b| nanos(b).cmp(&nanos(a)));
        rows.into_iter().filter_map(|row| self.late.get(row as usize).copied()).collect()
    }

    /// Those at risk, that which needs most beyond what is left first.
    pub fn surest_first(&self) -> Vec<AtRisk> {
        let over = |row: u32| {
            let it = self.at_risk.get(row as usize)?;
            Some(it.needed_nanos.saturating_sub(it.left_nanos))
        };
        let rows = sorted_rows(self.at_risk.len(), &|a, b| over(b).cmp(&over(a)));
        rows.into_iter().filter_map(|row| self.at_risk.get(row as usize).copied()).collect()
    }
}

/// `LabelId ->` how long its runs usually take, in nanoseconds: the median of those that succeeded.
pub type Usual = Vec<Option<u64>>;

/// All open wants that are in trouble, looked at some at a time, for who must not wait long at once. Empty
/// before the first want.
#[derive(Debug, Default)]
pub struct Troubling {
    chains: Chains,
    troubles: Troubles,
    /// Which want is held up by what.
    stuck: Vec<(Link, WantId)>,
    next: usize,
}

impl Troubling {
    /// Looks at `n` more wants; whether there are others after them.
    pub fn step(&mut self, asof: AsOf<'_>, usual: &[Option<u64>], n: usize) -> bool {
        let n_wants = asof.history.names.wants.len();
        let end = self.next.saturating_add(n).min(n_wants);
        for want in (self.next..end).filter_map(WantId::from_index) {
            self.look(asof, usual, want);
        }
        self.next = end;
        end < n_wants
    }

    fn look(&mut self, asof: AsOf<'_>, usual: &[Option<u64>], want: WantId) {
        let status = asof.want_status(want);
        if matches!(status, None | Some(WantStatus::Successful | WantStatus::Canceled)) {
            return;
        }
        let (end, needed_nanos) = self.chains.follow(asof, usual, want);
        match lateness(asof, want) {
            Some(Lateness::LateBy(nanos)) => self.troubles.late.push((want, nanos)),
            Some(Lateness::Left(left_nanos)) if needed_nanos > left_nanos => {
                self.troubles.at_risk.push(AtRisk { want, left_nanos, needed_nanos });
            }
            _ => {}
        }
        self.stuck.extend(end.filter(|link| is_stuck(link.why)).map(|link| (link, want)));
    }

    /// What was found.
    pub fn told(mut self) -> Troubles {
        self.troubles.blocked = group(&self.stuck);
        self.troubles
    }
}

/// Where the chains of all wants end. They join, so that each want is looked at once.
#[derive(Debug, Default)]
struct Chains {
    /// Want -> the row of what is known of its chain.
    rows: Table,
    known: Vec<Known>,
}

#[derive(Clone, Copy, Debug)]
enum Known {
    /// On the way that is being followed, at this place.
    OnTheWay(usize),
    Yes(End),
}

/// The last link of a chain, and how long what is still to be run along it usually takes.
type End = (Option<Link>, u64);

impl Chains {
    /// The end of the chain from `want` down.
    fn follow(&mut self, asof: AsOf<'_>, usual: &[Option<u64>], want: WantId) -> End {
        let mut way: Vec<(WantId, End)> = Vec::new();
        let mut end = (None, 0);
        let mut next = Some(want);
        while let Some(want) = next.take() {
            match self.known_of(want) {
                Some(Known::Yes(known)) => end = known,
                Some(Known::OnTheWay(place)) => end = self.close(way.split_off(place), want),
                None => {
                    let step = blocked_step(asof, want);
                    let links: Vec<Link> = step.links.into_iter().flatten().collect();
                    self.set(want, Known::OnTheWay(way.len()));
                    way.push((want, (links.last().copied(), needed(asof, usual, &links))));
                    next = step.next;
                }
            }
        }
        for (want, (last, nanos)) in way.into_iter().rev() {
            end = (end.0.or(last), end.1.saturating_add(nanos));
            self.set(want, Known::Yes(end));
        }
        end
    }

    /// All that is on a circle ends at itself, whoever comes to it at the want where he entered.
    fn close(&mut self, circle: Vec<(WantId, End)>, entry: WantId) -> End {
        let nanos = circle.iter().fold(0_u64, |sum, (_, (_, nanos))| sum.saturating_add(*nanos));
        let end = |want| (Some(Link { key: Key::Want(want), why: Why::Circle }), nanos);
        for (want, _) in circle {
            self.set(want, Known::Yes(end(want)));
        }
        end(entry)
    }

    fn known_of(&self, want: WantId) -> Option<Known> {
        let row = self.rows.get(want.index() as u64)?;
        self.known.get(row as usize).copied()
    }

    fn set(&mut self, want: WantId, known: Known) {
        let row = self.rows.row_or(want.index() as u64, self.known.len() as u32);
        match self.known.get_mut(row as usize) {
            Some(place) => *place = known,
            None => self.known.push(known),
        }
    }
}

/// Whether nothing goes on until somebody does something.
pub const fn is_stuck(why: Why) -> bool {
    matches!(why, Why::Failed | Why::Canceled | Why::Circle)
}

/// How long what is still to be run along `chain` usually takes, in nanoseconds.
pub fn needed(asof: AsOf<'_>, usual: &[Option<u64>], chain: &[Link]) -> u64 {
    let of = |link: &Link| {
        let Key::Run(run) = link.key else { return 0 };
        let label: Option<LabelId> = asof.history.runs.label.get(run.index()).flatten();
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
    let start = first.and_then(|first| asof.history.attempts.start.get(first.index()));
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
