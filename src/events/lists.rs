//! The lists of one payload while it is being made. Reused from event to event.
use crate::events::names::Look;
use crate::events::{Attributions, Pairs, PartitionRef, WantId};

#[derive(Clone, Debug, Default)]
pub(super) struct Lists {
    pub(super) refs: Vec<PartitionRef>,
    pub(super) lengths: Vec<[u32; 2]>,
    pub(super) wants: Vec<(WantId, u32)>,
    /// A first look for each of the refs to come.
    pub(super) looks: Vec<Look>,
}

/// Where the second of two lists of one payload begins.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cut {
    refs: usize,
    lengths: usize,
}

impl Lists {
    pub(super) fn clear(&mut self) {
        self.refs.clear();
        self.lengths.clear();
        self.wants.clear();
    }

    /// What follows belongs to the second list.
    pub(super) fn cut(&self) -> Cut {
        Cut { refs: self.refs.len(), lengths: self.lengths.len() }
    }

    pub(super) fn pairs(&self) -> Pairs<'_> {
        Pairs { lengths: &self.lengths, refs: &self.refs }
    }

    pub(super) fn two_pairs(&self, cut: Cut) -> [Pairs<'_>; 2] {
        let (first_refs, refs) = self.refs.split_at(cut.refs);
        let (first_lengths, lengths) = self.lengths.split_at(cut.lengths);
        [Pairs { lengths: first_lengths, refs: first_refs }, Pairs { lengths, refs }]
    }

    pub(super) fn building_and_wants(&self, cut: Cut) -> (&[PartitionRef], Attributions<'_>) {
        let (building, refs) = self.refs.split_at(cut.refs);
        (building, Attributions { wants: &self.wants, refs })
    }
}
