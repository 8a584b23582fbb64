//! Two small helps: a set that is emptied in O(1), and a bound on what little input may imply.
use crate::events::Id;

/// A set of rows that many lists in turn use to drop their repeats.
#[derive(Default)]
pub(super) struct Marks {
    /// Row -> the round in which it was last seen.
    round: Vec<u32>,
    now: u32,
}

impl Marks {
    /// Empties the set.
    pub(super) fn clear(&mut self) {
        self.now = self.now.checked_add(1).unwrap_or_else(|| {
            self.round.clear();
            1
        });
    }

    /// Adds `row`; whether it is new.
    pub(super) fn add(&mut self, row: impl Id) -> bool {
        let index = row.index();
        if self.round.len() <= index {
            self.round.resize(index + 1, 0);
        }
        std::mem::replace(&mut self.round[index], self.now) != self.now
    }
}

/// Keeps what is implied in proportion to what was said: an entry without `impacted` stands for
/// all that its run builds, and an inferred read stands for misses far back, so that a small
/// hostile log could mean billions of links. Depends on the events so far alone.
#[derive(Default)]
pub(super) struct Budget {
    said: u64,
    implied: u64,
}

impl Budget {
    const FLOOR: u64 = 1 << 22;
    const IMPLIED_PER_SAID: u64 = 16;

    /// Counts what an event says.
    pub(super) fn earn(&mut self, n: usize) {
        self.said += n as u64;
    }

    /// Counts one more implied link; `None` when that is out of proportion.
    pub(super) fn spend(&mut self) -> Option<()> {
        let allowed = Self::FLOOR + Self::IMPLIED_PER_SAID * self.said;
        (self.implied < allowed).then(|| self.implied += 1)
    }
}
