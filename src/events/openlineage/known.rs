//! All that is known of a log before the first of its events is told: every step before, in order.
use foldhash::fast::FixedState;
use hashbrown::HashMap;

use crate::events::names::Full;
use crate::events::openlineage::data::{self, Data};
use crate::events::openlineage::family::Family;
use crate::events::openlineage::gather::Gathered;
use crate::events::openlineage::rows::{Kind, Row};
use crate::events::openlineage::runs::{At, Runs};
use crate::events::openlineage::twice::{self, Also};
use crate::events::openlineage::{attempts, keys, notes, order};
use crate::events::{Id, Notices, PartitionId};

/// All that is known before the first event is told.
pub(super) struct Known<'g> {
    pub(super) gathered: &'g Gathered,
    /// Rows in order.
    pub(super) order: Vec<u32>,
    pub(super) runs: Runs,
    pub(super) family: Family,
    pub(super) data: Vec<Data>,
    pub(super) also: Vec<Also>,
    pub(super) finals: HashMap<u64, Vec<PartitionId>, FixedState>,
    pub(super) retry_of: Vec<Option<At>>,
    pub(super) failed_in: Vec<Option<At>>,
}

/// What a record is to its run.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Beat,
    /// Before the start.
    Waits,
    End,
    /// An end before the last one.
    EarlierEnd,
    AfterEnd,
}

impl<'g> Known<'g> {
    pub(super) fn new(gathered: &'g Gathered, notices: &mut Notices) -> Self {
        let order::Order { rows: order, repeats } = order::order(gathered);
        notes::repeats(gathered, &repeats, notices);
        let runs = Runs::new(gathered, &order);
        let family = Family::new(gathered, &runs);
        notes::cut_parents(gathered, &order, &runs, &family, notices);
        let mut data = data::data(gathered, &order, &runs);
        let also = twice::take_told_twice(&mut data, &family);
        let finals = data::final_outputs(&data, &family);
        let retry_of = attempts::retries(gathered, &runs, &family);
        let failed_in = attempts::failed_in(&runs, &family);
        Self { gathered, order, runs, family, data, also, finals, retry_of, failed_in }
    }

    pub(super) fn part(&self, at: At, position: u32, kind: Kind) -> Part {
        let run = &self.runs.all[at];
        match run.end {
            Some((end, _)) if end == position => Part::End,
            Some((end, _)) if end < position => Part::AfterEnd,
            _ if kind.is_end() => Part::EarlierEnd,
            _ if run.start.is_some_and(|start| position < start) && kind == Kind::Other => {
                Part::Waits
            }
            _ => Part::Beat,
        }
    }
}

impl Known<'_> {
    /// The row of its job among the keys.
    pub(super) fn label_row(&self, row: &Row) -> Result<usize, Full> {
        let names = &self.gathered.keys;
        names.labels.find(keys::job(names.runs.text(row.run))).map(Id::index).ok_or(Full)
    }
}
