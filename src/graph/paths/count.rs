//! How many paths there are over what lies on any of them.
use crate::graph::paths::web::{FAR, Web};

/// At most about so many reads are looked at.
const MAX_LINKS: usize = 1 << 23;

/// How many paths there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PathCount {
    /// Exactly so many.
    Exactly(u128),
    /// More than fit into the number.
    MoreThan(u128),
    /// Some of what lies on them was made from itself by way of others, so they have no number.
    Circles,
    /// There are too many links to count them in time.
    TooManyLinks,
}

/// Counts the paths over `nodes`, depth first from the end without recursion: what comes to a row
/// is the sum of what comes to those that it was made from, and one more for a start.
pub(super) fn count(web: &Web<'_>, end: u32, nodes: &[u32], starts: &[u32]) -> PathCount {
    let mut place = vec![FAR; web.n_rows];
    for (at, &row) in (0..).zip(nodes) {
        place[row as usize] = at;
    }
    let mut counts = vec![Counted::No; nodes.len()];
    let mut is_start = vec![false; nodes.len()];
    for &start in starts {
        is_start[place[start as usize] as usize] = true;
    }
    let mut links = Links { place, stamps: vec![FAR; nodes.len()], n_seen: 0 };
    // A place, the places that it was made from, and how many of them were gone into.
    let mut open: Vec<(usize, Vec<u32>, usize)> = Vec::new();
    let mut enter = Some(links.place[end as usize]);
    loop {
        if let Some(at) = enter.take() {
            let Some(&row) = nodes.get(at as usize) else { break };
            let reads = links.of(web, row, at);
            if links.n_seen > MAX_LINKS {
                return PathCount::TooManyLinks;
            }
            counts[at as usize] = Counted::Open;
            open.push((at as usize, reads, 0));
        }
        let Some((at, reads, next)) = open.last_mut() else { break };
        if let Some(&read) = reads.get(*next) {
            *next += 1;
            match counts[read as usize] {
                Counted::No => enter = Some(read),
                Counted::Open => return PathCount::Circles,
                Counted::Yes(_) => {}
            }
            continue;
        }
        let own = u128::from(is_start[*at]);
        let sum = reads.iter().try_fold(own, |sum, &read| match counts[read as usize] {
            Counted::Yes(count) => sum.checked_add(count?),
            _ => Some(sum),
        });
        counts[*at] = Counted::Yes(sum);
        open.pop();
    }
    match counts.get(links.place[end as usize] as usize) {
        Some(Counted::Yes(Some(count))) => PathCount::Exactly(*count),
        _ => PathCount::MoreThan(u128::MAX),
    }
}

/// Which of those that lie on a path each was made from.
struct Links {
    /// Row -> its place among those.
    place: Vec<u32>,
    /// Place -> for which other it was seen last.
    stamps: Vec<u32>,
    /// How many reads were looked at.
    n_seen: usize,
}

impl Links {
    /// The places that `row`, which is at `at`, was made from, without itself and without repeats.
    fn of(&mut self, web: &Web<'_>, row: u32, at: u32) -> Vec<u32> {
        let mut links = Vec::new();
        for set in web.sets_into(row) {
            for read in web.reads(set) {
                self.n_seen += 1;
                let read = self.place[read as usize];
                let Some(stamp) = self.stamps.get_mut(read as usize) else { continue };
                if std::mem::replace(stamp, at) != at && read != at {
                    links.push(read);
                }
            }
        }
        links
    }
}

/// How many paths come to a row: not known, being counted, or known; none where too many.
#[derive(Clone, Copy)]
enum Counted {
    No,
    Open,
    Yes(Option<u128>),
}
