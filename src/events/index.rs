//! Which row a name has: an open table of hashes and rows that are probed one after the other. It
//! keeps enough of each hash to grow without a look at the names.

/// Rows by the hash of what they hold.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    /// A power of two of them, or none: half a hash and the row plus one; zero where there is no row.
    slots: Vec<u64>,
    /// Slots of rows that were added or found last, each by its hash; none while there are few rows at all.
    recent: Vec<u64>,
    n_rows: usize,
    /// How many taken slots any row was moved past, at most.
    longest: u32,
    /// The hashes are such that nobody can choose what they are.
    is_guarded: bool,
}

/// No good hash comes near: at two of three slots taken, a million rows pass some 200.
const MAX_PASSED: u32 = 1_000;

/// So many of them: few enough to stay near the processor while a log streams by, as the table does not. What a log
/// names it soon names again.
const N_RECENT: usize = 1 << 12;

impl Index {
    /// An index for hashes that nobody can choose.
    pub(super) fn guarded(n_rows: usize) -> Self {
        let mut index = Self { is_guarded: true, ..Self::default() };
        index.reserve(n_rows);
        index
    }

    pub(super) const fn is_guarded(&self) -> bool {
        self.is_guarded
    }

    /// Whether so many rows have the same place that somebody must have chosen their hashes.
    pub(super) const fn is_crowded(&self) -> bool {
        self.longest > MAX_PASSED && !self.is_guarded
    }

    pub(super) const fn longest(&self) -> u32 {
        self.longest
    }

    pub(super) fn len(&self) -> usize {
        self.n_rows
    }

    /// The row among those of this hash that is the `same`.
    pub(super) fn find(&self, hash: u64, same: impl Fn(u32) -> bool) -> Option<u32> {
        let mask = self.slots.len().checked_sub(1)?;
        let half = hash >> 32;
        let mut at = half as usize & mask;
        loop {
            let slot = *self.slots.get(at)?;
            if slot == 0 {
                return None;
            }
            let row = slot as u32 - 1;
            if slot >> 32 == half && same(row) {
                return Some(row);
            }
            at = (at + 1) & mask;
        }
    }

    /// A row of this hash that was added or found not long ago.
    #[inline]
    pub(super) fn recent(&self, hash: u64) -> Option<u32> {
        let slot = *self.recent.get(place_of(hash, N_RECENT))?;
        row_in(slot, hash)
    }

    /// The row of this hash was found.
    #[inline]
    pub(super) fn note(&mut self, hash: u64, row: u32) {
        if let Some(recent) = self.recent.get_mut(place_of(hash, N_RECENT)) {
            *recent = slot_of(hash, row);
        }
    }

    /// The row that [`Self::find`] would look at first, if there is one of this hash.
    pub(super) fn first(&self, hash: u64) -> Option<u32> {
        let slot = *self.slots.get(place_of(hash, self.slots.len()))?;
        row_in(slot, hash)
    }

    /// Adds a row that cannot be found yet. Rows are below 2³² - 1.
    pub(super) fn add(&mut self, hash: u64, row: u32) {
        self.reserve(self.n_rows + 1);
        self.n_rows += 1;
        self.place(slot_of(hash, row));
        self.note(hash, row);
    }

    /// Makes room for so many rows in all: at most two of three slots are taken.
    pub(super) fn reserve(&mut self, n_rows: usize) {
        if n_rows * 3 <= self.slots.len() * 2 {
            return;
        }
        self.move_to(vec![0; n_slots_for(n_rows)]);
    }

    /// The same, if there is memory for it.
    pub(super) fn foresee(&mut self, n_rows: usize) {
        let n_slots = n_slots_for(n_rows);
        let mut slots = Vec::new();
        if n_slots > self.slots.len() && slots.try_reserve_exact(n_slots).is_ok() {
            slots.extend(std::iter::repeat_n(0, n_slots));
            self.move_to(slots);
        }
    }

    /// How many bytes so many rows take.
    pub(super) fn n_bytes_of(n_rows: usize) -> u64 {
        n_slots_for(n_rows) as u64 * size_of::<u64>() as u64
    }

    fn move_to(&mut self, slots: Vec<u64>) {
        if slots.len() > N_RECENT && self.recent.is_empty() {
            self.recent = vec![0; N_RECENT];
        }
        let old = std::mem::replace(&mut self.slots, slots);
        for slot in old.into_iter().filter(|&slot| slot != 0) {
            self.place(slot);
        }
    }

    fn place(&mut self, slot: u64) {
        let mask = self.slots.len() - 1;
        let mut at = (slot >> 32) as usize & mask;
        let mut n_passed = 0;
        while self.slots[at] != 0 {
            at = (at + 1) & mask;
            n_passed += 1;
        }
        self.slots[at] = slot;
        self.longest = self.longest.max(n_passed);
    }
}

/// So many that at most two of three are taken; all there can be for more rows than those.
fn n_slots_for(n_rows: usize) -> usize {
    let n_slots = (n_rows / 2).saturating_add(n_rows).saturating_add(2);
    n_slots.checked_next_power_of_two().unwrap_or(1 << (usize::BITS - 1)).max(16)
}

/// Where the slot of a hash is among so many, a power of two of them or none, or the first of those where it may be.
const fn place_of(hash: u64, n_slots: usize) -> usize {
    (hash >> 32) as usize & n_slots.wrapping_sub(1)
}

/// Half a hash and the row plus one.
fn slot_of(hash: u64, row: u32) -> u64 {
    hash & !u64::from(u32::MAX) | u64::from(row.saturating_add(1))
}

/// The row in a slot, if it is of this hash.
fn row_in(slot: u64, hash: u64) -> Option<u32> {
    (slot != 0 && slot >> 32 == hash >> 32).then(|| slot as u32 - 1)
}
