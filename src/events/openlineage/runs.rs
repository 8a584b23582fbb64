//! Rows in order → runs, each once: what is said of a run by any of its records is said of the run.
use crate::events::openlineage::gather::Gathered;
use crate::events::openlineage::rows::{Facets, Kind, Row};
use crate::events::{Id, RunId};

/// A run, by its place among all: in order of first records.
pub(super) type At = usize;

/// All runs.
pub(super) struct Runs {
    pub(super) all: Vec<Run>,
    /// `RunId` of the keys -> the run; none for one that is only spoken of.
    pub(super) of_key: Vec<Option<At>>,
    /// Positions in the order, by run and then by order.
    positions: Vec<u32>,
}

/// A run.
pub(super) struct Run {
    pub(super) key: RunId,
    /// From where to where in `positions`.
    range: (usize, usize),
    /// The position of the record that ends it, and how: its last end.
    pub(super) end: Option<(u32, Kind)>,
    /// The position of the first `START` before that.
    pub(super) start: Option<u32>,
    /// Of its records, united.
    pub(super) facets: Facets,
}

impl Runs {
    pub(super) fn new(gathered: &Gathered, order: &[u32]) -> Self {
        let mut of_key: Vec<Option<At>> = vec![None; gathered.keys.runs.len()];
        let mut all: Vec<Run> = Vec::new();
        let mut run_of = Vec::with_capacity(order.len());
        for &row in order {
            let key = gathered.rows[row as usize].run;
            let at = *of_key[key.index()].get_or_insert_with(|| {
                let facets = Facets::default();
                all.push(Run { key, range: (0, 0), end: None, start: None, facets });
                all.len() - 1
            });
            all[at].range.1 += 1;
            run_of.push(at);
        }
        let mut end = 0;
        for run in &mut all {
            let start = end;
            end += run.range.1;
            run.range = (start, start);
        }
        let mut positions = vec![0; order.len()];
        for (position, &at) in run_of.iter().enumerate() {
            let run = &mut all[at];
            positions[run.range.1] = position as u32;
            run.range.1 += 1;
            run.take(position as u32, &gathered.rows[order[position] as usize], gathered);
        }
        for run in &mut all {
            let is_before_end = |start: &u32| run.end.is_none_or(|(end, _)| *start < end);
            run.start = run.start.filter(is_before_end);
        }
        Self { all, of_key, positions }
    }

    /// The positions of a run's records, in order; never none.
    pub(super) fn positions(&self, at: At) -> &[u32] {
        let (start, end) = self.all[at].range;
        &self.positions[start..end]
    }

    /// The position of the record with which the run ends, or of its last.
    pub(super) fn last(&self, at: At) -> u32 {
        let end = self.all[at].end.map(|(end, _)| end);
        end.or(self.positions(at).last().copied()).unwrap_or(0)
    }
}

impl Run {
    /// Whether nothing is known of the run's start but that it was not after its first record.
    pub(super) fn start_is_unrecorded(&self) -> bool {
        self.start.is_none()
    }

    pub(super) fn was_unsuccessful(&self) -> bool {
        matches!(self.end, Some((_, Kind::Fail | Kind::Abort)))
    }

    /// What is first said of its place among runs stands; of why it failed, the last.
    fn take(&mut self, position: u32, row: &Row, gathered: &Gathered) {
        if row.kind.is_end() {
            self.end = Some((position, row.kind));
        } else if row.kind == Kind::Start {
            self.start.get_or_insert(position);
        }
        let Some(said) = row.facets.and_then(|at| gathered.facets.get(at as usize)) else { return };
        let known = &mut self.facets;
        *known = Facets {
            parent: known.parent.or(said.parent),
            root: known.root.or(said.root),
            nominal_secs: known.nominal_secs.or(said.nominal_secs),
            message: said.message.or(known.message),
            try_number: known.try_number.or(said.try_number),
            map_index: known.map_index.or(said.map_index),
            is_streaming: known.is_streaming || said.is_streaming,
        };
    }
}
