//! Where each dataset is in a list, for one list after the other.
use crate::events::{Id, PartitionId};

/// `dataset ->` where it is in the list in hand; emptied in no time.
#[derive(Debug, Default)]
pub(super) struct Slots {
    at: Vec<(u32, u32)>,
    round: u32,
}

impl Slots {
    pub(super) fn new(n: usize) -> Self {
        Self { at: vec![(0, 0); n], round: 0 }
    }

    /// There are fewer runs than rounds.
    pub(super) fn clear(&mut self) {
        self.round = self.round.saturating_add(1);
    }

    pub(super) fn get(&self, dataset: PartitionId) -> Option<usize> {
        let (round, at) = self.at[dataset.index()];
        (round == self.round).then_some(at as usize)
    }

    pub(super) fn set(&mut self, dataset: PartitionId, at: usize) {
        self.at[dataset.index()] = (self.round, at as u32);
    }
}
