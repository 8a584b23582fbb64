//! Runs → events, in order. A request stands before the first event of its runs; each run is
//! planned with all that it will write, at its first record; every other record is one event, and
//! the last end is the run's end.
use foldhash::fast::FixedState;
use hashbrown::{HashMap, HashSet};

use crate::events::lists::Lists;
use crate::events::names::Full;
use crate::events::openlineage::data;
use crate::events::openlineage::entries::Reads;
use crate::events::openlineage::family::Root;
use crate::events::openlineage::gather::Gathered;
use crate::events::openlineage::known::{Known, Part};
use crate::events::openlineage::names::{Lazy, Readable};
use crate::events::openlineage::rows::{Kind, Row};
use crate::events::openlineage::runs::At;
use crate::events::openlineage::{Removal, Report, columns, keys, notes};
use crate::events::{
    Attributions, Events, Id, LabelId, Notices, Pairs, PartitionId, PartitionRef, Payload, RunId,
    Seq, Source, WantCreate, WantId,
};

/// What was told so far.
pub(super) struct Teller<'g> {
    pub(super) known: &'g Known<'g>,
    pub(super) names: &'g Readable,
    pub(super) events: &'g mut Events,
    lists: Lists,
    pub(super) partitions: Lazy<'g, PartitionId>,
    pub(super) labels: Lazy<'g, LabelId>,
    pub(super) runs: Lazy<'g, RunId>,
    pub(super) wants: HashMap<u64, (WantId, Root), FixedState>,
    /// Versions that runs which have begun are known to write.
    pub(super) versions: HashSet<PartitionRef, FixedState>,
    pub(super) reports: Vec<Report>,
    reads: Reads,
}

/// Tells `gathered` behind what `events` has. Every row of `gathered` is either used or folded.
///
/// # Errors
/// When a table is full; what was told by then stands.
pub(in crate::events) fn tell(
    gathered: &Gathered,
    events: &mut Events,
    notices: &mut Notices,
) -> Result<(), Full> {
    let known = Known::new(gathered, notices);
    let names = Readable::new(gathered, &known.runs)?;
    notes::shared_ids(&known, &names, notices);
    let n_before = events.len();
    let mut teller = Teller {
        known: &known,
        names: &names,
        events,
        lists: Lists::default(),
        partitions: Lazy::new(&names.partitions),
        labels: Lazy::new(&names.labels),
        runs: Lazy::new(&names.runs),
        wants: HashMap::default(),
        versions: HashSet::default(),
        reports: Vec::new(),
        reads: Reads::new(gathered.keys.partitions.len()),
    };
    for (position, &row) in known.order.iter().enumerate() {
        let row = &gathered.rows[row as usize];
        teller.record(position as u32, row, notices)?;
    }
    let told = columns::columns(&mut teller, n_before > 0)?;
    let reports = std::mem::take(&mut teller.reports);
    events.openlineage = told;
    events.reports = reports;
    Ok(())
}

impl Teller<'_> {
    fn record(&mut self, position: u32, row: &Row, notices: &mut Notices) -> Result<(), Full> {
        let known = self.known;
        let Some(at) = known.runs.of_key[row.run.index()] else { return Ok(()) };
        let part = known.part(at, position, row.kind);
        if row.is_without_zone {
            notes::no_zone(known.gathered, row, notices);
        }
        let is_first = known.runs.positions(at).first() == Some(&position);
        if is_first {
            let want = self.want(at, row)?;
            self.plan(at, want, row)?;
        }
        let run = self.runs.id(at, &mut self.events.names.runs)?;
        // A run that begins with its end has begun by then.
        if part == Part::Beat || (is_first && part != Part::Waits) {
            self.push(Payload::JobRunHeartbeat { run }, row)?;
        }
        match part {
            Part::Waits => self.push(Payload::JobRunQueue { run }, row)?,
            Part::End => self.end(at, run, row)?,
            Part::EarlierEnd | Part::AfterEnd => {
                notes::folded(known.gathered, row, part == Part::EarlierEnd, notices);
                // Its first record is the one that it was planned by.
                notices.n_used += u64::from(is_first);
                notices.n_folded += u64::from(!is_first);
            }
            Part::Beat => {}
        }
        if matches!(part, Part::Beat | Part::Waits | Part::End) {
            notices.n_used += 1;
        }
        if known.runs.last(at) == position {
            let is_complete = part == Part::End && row.kind == Kind::Complete;
            self.report(at, run, is_complete, notices)?;
        }
        Ok(())
    }

    /// The request that the run is done for, made now if need be.
    fn want(&mut self, at: At, row: &Row) -> Result<WantId, Full> {
        let known = self.known;
        let root = known.family.root[at];
        let key = data::root_key(root);
        if let Some(&(want, _)) = self.wants.get(&key) {
            return Ok(want);
        }
        let names = &mut self.events.names;
        let (want, about) = match root {
            Root::Run(root) => {
                let about = known.runs.all[root].facets.nominal_secs;
                (names.wants.intern(&self.names.runs[root]), about)
            }
            Root::Unseen(key) => {
                let [id] = keys::split(known.gathered.keys.runs.text(key));
                (names.wants.intern(&id), None)
            }
        };
        let want = want.ok_or(Full)?;
        self.wants.insert(key, (want, root));
        self.lists.clear();
        for dataset in known.finals.get(&key).into_iter().flatten() {
            let partition = self.partitions.id(dataset.index(), &mut names.partitions)?;
            self.lists.refs.push(PartitionRef { partition, uuid: None });
        }
        let lists = std::mem::take(&mut self.lists);
        let create = WantCreate {
            want,
            partitions: &lists.refs,
            data_time_secs: about,
            ttl_secs: None,
            sla_secs: None,
            source: Source::Unknown,
            comment: None,
        };
        self.push(Payload::WantCreate(create), row)?;
        self.lists = lists;
        Ok(want)
    }

    /// Plans the run: all that it writes, for the request.
    fn plan(&mut self, at: At, want: WantId, row: &Row) -> Result<(), Full> {
        let known = self.known;
        let names = &mut self.events.names;
        let run = self.runs.id(at, &mut names.runs)?;
        let label = self.labels.id(known.label_row(row)?, &mut names.labels)?;
        self.lists.clear();
        for output in known.data[at].outputs.iter().filter(|output| output.is_build()) {
            let partition = self.partitions.id(output.dataset.index(), &mut names.partitions)?;
            let version = output.version.map(|text| known.gathered.keys.texts.text(text));
            let uuid = version.map(|text| names.texts.intern(text).ok_or(Full)).transpose()?;
            let build = PartitionRef { partition, uuid };
            self.lists.refs.push(build);
            if uuid.is_some() {
                self.versions.insert(build);
            }
        }
        let lists = std::mem::take(&mut self.lists);
        let building = &lists.refs;
        let wants = [(want, building.len() as u32)];
        let wants = Attributions { wants: &wants, refs: building };
        self.push(Payload::JobRunBuffer { run, label, building, wants }, row)?;
        self.lists = lists;
        Ok(())
    }

    /// The end. Why a run failed is said once, of the deepest part of it that did.
    fn end(&mut self, at: At, run: RunId, row: &Row) -> Result<(), Full> {
        let known = self.known;
        let message = known.runs.all[at].facets.message.filter(|_| known.failed_in[at].is_none());
        let message = message.map(|text| known.gathered.keys.texts.text(text));
        let texts = &mut self.events.names.texts;
        let reason = message.map(|text| texts.intern(text).ok_or(Full)).transpose()?;
        let payload = match row.kind {
            Kind::Fail => Payload::JobRunFailure { run, reason },
            Kind::Abort => Payload::JobRunCancel { run, source: Source::Unknown, comment: reason },
            _ => Payload::JobRunSuccess { run, read_deps: Some(Pairs::default()) },
        };
        self.push(payload, row)
    }

    /// What the run read and ended, at its last event.
    fn report(
        &mut self,
        at: At,
        run: RunId,
        is_complete: bool,
        notices: &mut Notices,
    ) -> Result<(), Full> {
        let known = self.known;
        let mut reads = std::mem::take(&mut self.reads);
        let entries = reads.entries(self, at, notices)?;
        self.reads = reads;
        let mut removed = Vec::new();
        for output in known.data[at].outputs.iter().filter(|_| is_complete) {
            let Some(how) = output.change else { continue };
            let gone = match how {
                Removal::Renamed => output.previous,
                Removal::Dropped | Removal::Truncated => Some(output.dataset),
            };
            if let Some(gone) = gone {
                removed.push((self.partition(gone)?, how));
            }
        }
        if !entries.is_empty() || !removed.is_empty() {
            let seq = Seq::from_index(self.events.len().saturating_sub(1)).ok_or(Full)?;
            self.reports.push(Report { seq, run, entries, removed });
        }
        Ok(())
    }

    pub(super) fn partition(&mut self, dataset: PartitionId) -> Result<PartitionId, Full> {
        self.partitions.id(dataset.index(), &mut self.events.names.partitions)
    }

    fn push(&mut self, payload: Payload<'_>, row: &Row) -> Result<(), Full> {
        self.events.push(payload, row.nanos, row.at.place, row.at.len)
    }
}
