//! How often each name was seen, in bounded memory.
use crate::events::{Id, NameTable, TextId};

/// Counts by name. The first [`Tally::MAX_NAMES`] names are kept, the rest is one count.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    pub(super) names: NameTable<TextId>,
    pub(super) counts: Vec<u64>,
    pub(super) n_rest: u64,
}

impl Tally {
    /// So many different names are told apart.
    pub const MAX_NAMES: usize = 1_000;
    /// So many characters of a name.
    pub const MAX_CHARS: usize = 200;

    /// Counts one more of `name`.
    pub(super) fn add(&mut self, name: &str) {
        let end = name.char_indices().nth(Self::MAX_CHARS).map_or(name.len(), |(at, _)| at);
        let name = name.get(..end).unwrap_or_default();
        let is_full = self.names.len() >= Self::MAX_NAMES;
        let id = if is_full { self.names.find(name) } else { self.names.intern(name) };
        let Some(id) = id else {
            self.n_rest += 1;
            return;
        };
        if id.index() == self.counts.len() {
            self.counts.push(0);
        }
        self.counts[id.index()] += 1;
    }

    /// Each name that is told apart and how often it was seen, by name.
    pub fn counts(&self) -> Vec<(&str, u64)> {
        let names = self.names.ids().map(|id| self.names.text(id));
        let mut counts: Vec<_> = names.zip(self.counts.iter().copied()).collect();
        counts.sort_unstable();
        counts
    }

    /// How often one of all other names was seen.
    pub fn n_rest(&self) -> u64 {
        self.n_rest
    }

    /// Whether nothing was counted.
    pub fn is_empty(&self) -> bool {
        self.counts.is_empty() && self.n_rest == 0
    }
}
