//! All wants: newest first, counted by status, and those that need somebody's attention.
use crate::events::{Id, Seq, WantId};
use crate::history::{AsOf, WantStatus};
use crate::order::{key, minor, sort_keys};
use crate::summary::{nanos_of, nanos_of_moment};

const SECOND: u64 = 1_000_000_000;

/// The wants that had been mentioned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wants {
    /// Newest first.
    pub all: Vec<WantId>,
    /// The failing ones, and the late ones that are not done; newest first.
    pub attention: Vec<WantId>,
    /// Status -> how many, in the order of [`WantStatus::ALL`].
    pub by_status: Vec<(WantStatus, u64)>,
    /// How many are not done after the time that their SLA leaves.
    pub n_late: u64,
}

impl Wants {
    /// How many have this status.
    pub fn count(&self, status: WantStatus) -> u64 {
        self.by_status.iter().find(|(other, _)| *other == status).map_or(0, |(_, n)| *n)
    }
}

/// How a want stands against its SLA.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lateness {
    /// Done, or canceled, by then.
    InTime,
    /// Not done, and there are so many nanoseconds left.
    Left(u64),
    /// Not done, and so many nanoseconds past it.
    LateBy(u64),
    /// Done so many nanoseconds past it.
    DoneLateBy(u64),
}

/// Lists and counts, in one pass and a sort.
pub fn wants(asof: AsOf<'_>) -> Wants {
    let mut by_status: Vec<_> = WantStatus::ALL.iter().map(|&status| (status, 0)).collect();
    let names = &asof.history.names.wants;
    let mut dated: Vec<u64> = Vec::with_capacity(names.len());
    for want in names.ids() {
        let Some(status) = asof.want_status(want) else { continue };
        if let Some((_, n)) = by_status.iter_mut().find(|(other, _)| *other == status) {
            *n += 1;
        }
        if let Some(began) = began(asof, want) {
            dated.push(key(began.index() as u32, want.index() as u32));
        }
    }
    sort_keys(&mut dated);
    let mut all = Vec::with_capacity(dated.len());
    all.extend(dated.iter().rev().filter_map(|&key| WantId::from_index(minor(key) as usize)));
    drop(dated);
    let (mut attention, mut n_late) = (Vec::new(), 0);
    for &want in &all {
        n_late += u64::from(is_late(asof, want));
        if needs_attention(asof, want) {
            attention.push(want);
        }
    }
    Wants { all, attention, by_status, n_late }
}

/// What the home page names first: the newest of those that need attention, else the newest of all.
pub fn first_want(asof: AsOf<'_>) -> Option<WantId> {
    let ranked = asof.history.names.wants.ids().filter_map(|want| {
        asof.want_status(want)?;
        Some((needs_attention(asof, want), began(asof, want)?, want))
    });
    ranked.max().map(|(.., want)| want)
}

/// How the want stands against its SLA; none where it has none, or was not created by then. The SLA
/// counts from the moment that the data is about.
pub fn lateness(asof: AsOf<'_>, want: WantId) -> Option<Lateness> {
    let wants = &asof.history.wants;
    let row = want.index();
    let created = wants.created.get(want.index()).flatten();
    let sla_secs = wants.sla_secs.get(row).flatten()?;
    let due_secs = wants.data_time_secs.get(row).flatten()?.saturating_add(sla_secs);
    let due = due_secs.saturating_mul(SECOND);
    if !asof.had(created) {
        return None;
    }
    let ended = match asof.want_status(want)? {
        WantStatus::Successful => wants.done.get(want.index()).flatten(),
        WantStatus::Canceled => return Some(Lateness::InTime),
        _ => None,
    };
    let at = ended.map_or_else(|| nanos_of_moment(asof), |seq| nanos_of(&asof.history.log, seq));
    Some(match (ended.is_some(), at.checked_sub(due)) {
        (true, None | Some(0)) => Lateness::InTime,
        (true, Some(late)) => Lateness::DoneLateBy(late),
        (false, None | Some(0)) => Lateness::Left(due - at),
        (false, Some(late)) => Lateness::LateBy(late),
    })
}

fn needs_attention(asof: AsOf<'_>, want: WantId) -> bool {
    let failing = [Some(WantStatus::Failed), Some(WantStatus::UpstreamFailed)];
    failing.contains(&asof.want_status(want)) || is_late(asof, want)
}

fn is_late(asof: AsOf<'_>, want: WantId) -> bool {
    matches!(lateness(asof, want), Some(Lateness::LateBy(_)))
}

/// Its creation; where that is not in the log, the first event that mentions it.
fn began(asof: AsOf<'_>, want: WantId) -> Option<Seq> {
    let wants = &asof.history.wants;
    let created = wants.created.get(want.index()).flatten();
    created.filter(|&seq| asof.had(seq)).or_else(|| wants.first_seen.get(want.index()))
}
