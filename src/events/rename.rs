//! Payload → the same payload under new ids, which are given in order of first mention. What is
//! never mentioned falls out of the tables.
use crate::events::lists::Lists;
use crate::events::names::Full;
use crate::events::{
    Attributions, Id, LabelId, NameTable, Names, Pairs, PartitionId, PartitionRef, Payload, RunId,
    Source, TaintId, TextId, WantCreate, WantId,
};

/// All old names, and those that have been mentioned so far.
pub(super) struct Renaming<'o> {
    wants: Table<'o, WantId>,
    partitions: Table<'o, PartitionId>,
    runs: Table<'o, RunId>,
    labels: Table<'o, LabelId>,
    taints: Table<'o, TaintId>,
    texts: Table<'o, TextId>,
}

struct Table<'o, T> {
    old: &'o NameTable<T>,
    new: NameTable<T>,
    /// Old id -> new id.
    ids: Vec<Option<T>>,
}

impl<'o, T: Id> Table<'o, T> {
    fn new(old: &'o NameTable<T>) -> Self {
        Self { old, new: NameTable::default(), ids: vec![None; old.len()] }
    }

    fn rename(&mut self, id: T) -> Result<T, Full> {
        let known = &mut self.ids[id.index()];
        if known.is_none() {
            *known = Some(self.new.intern(self.old.text(id)).ok_or(Full)?);
        }
        known.ok_or(Full)
    }
}

impl<'o> Renaming<'o> {
    pub(super) fn new(old: &'o Names) -> Self {
        Self {
            wants: Table::new(&old.wants),
            partitions: Table::new(&old.partitions),
            runs: Table::new(&old.runs),
            labels: Table::new(&old.labels),
            taints: Table::new(&old.taints),
            texts: Table::new(&old.texts),
        }
    }

    pub(super) fn into_names(self) -> Names {
        Names {
            wants: self.wants.new,
            partitions: self.partitions.new,
            runs: self.runs.new,
            labels: self.labels.new,
            taints: self.taints.new,
            texts: self.texts.new,
        }
    }

    /// The payload under new ids, its lists in `lists`. Mentions are in the order in which
    /// payloads declare their fields.
    ///
    /// # Errors
    /// When a table is full, which cannot be while the old tables were not.
    pub(super) fn payload<'l>(
        &mut self,
        payload: Payload<'_>,
        lists: &'l mut Lists,
    ) -> Result<Payload<'l>, Full> {
        lists.clear();
        Ok(match payload {
            Payload::WantCreate(create) => {
                let want = self.wants.rename(create.want)?;
                self.refs(create.partitions, lists)?;
                Payload::WantCreate(WantCreate {
                    want,
                    partitions: &lists.refs,
                    data_time_secs: create.data_time_secs,
                    ttl_secs: create.ttl_secs,
                    sla_secs: create.sla_secs,
                    source: self.source(create.source)?,
                    comment: self.text(create.comment)?,
                })
            }
            Payload::WantCancel { want, source, comment } => Payload::WantCancel {
                want: self.wants.rename(want)?,
                source: self.source(source)?,
                comment: self.text(comment)?,
            },
            Payload::JobRunBuffer { run, label, building, wants } => {
                let (run, label) = (self.runs.rename(run)?, self.labels.rename(label)?);
                self.refs(building, lists)?;
                let cut = lists.cut();
                self.attributions(wants, lists)?;
                let (building, wants) = lists.building_and_wants(cut);
                Payload::JobRunBuffer { run, label, building, wants }
            }
            Payload::JobRunQueue { run } => Payload::JobRunQueue { run: self.runs.rename(run)? },
            Payload::JobRunHeartbeat { run } => {
                Payload::JobRunHeartbeat { run: self.runs.rename(run)? }
            }
            Payload::JobRunSuccess { run, read_deps } => {
                let run = self.runs.rename(run)?;
                self.pairs(read_deps.unwrap_or_default(), lists)?;
                Payload::JobRunSuccess { run, read_deps: read_deps.map(|_| lists.pairs()) }
            }
            Payload::JobRunFailure { run, reason } => {
                Payload::JobRunFailure { run: self.runs.rename(run)?, reason: self.text(reason)? }
            }
            Payload::JobRunCancel { run, source, comment } => Payload::JobRunCancel {
                run: self.runs.rename(run)?,
                source: self.source(source)?,
                comment: self.text(comment)?,
            },
            Payload::JobRunMissingDeps { run, missing_deps, read_deps } => {
                let run = self.runs.rename(run)?;
                self.pairs(missing_deps, lists)?;
                let cut = lists.cut();
                self.pairs(read_deps, lists)?;
                let [missing_deps, read_deps] = lists.two_pairs(cut);
                Payload::JobRunMissingDeps { run, missing_deps, read_deps }
            }
            Payload::TaintCreate { taint, partitions, source, comment } => {
                let taint = self.taints.rename(taint)?;
                self.refs(partitions, lists)?;
                let (source, comment) = (self.source(source)?, self.text(comment)?);
                Payload::TaintCreate { taint, partitions: &lists.refs, source, comment }
            }
            Payload::TaintCancel { taint, source, comment } => Payload::TaintCancel {
                taint: self.taints.rename(taint)?,
                source: self.source(source)?,
                comment: self.text(comment)?,
            },
        })
    }

    fn text(&mut self, text: Option<TextId>) -> Result<Option<TextId>, Full> {
        text.map(|text| self.texts.rename(text)).transpose()
    }

    fn source(&mut self, source: Source) -> Result<Source, Full> {
        Ok(match source {
            Source::Unknown => Source::Unknown,
            Source::Manual(user) => Source::Manual(self.text(user)?),
            Source::Run(run) => Source::Run(self.runs.rename(run)?),
        })
    }

    fn refs(&mut self, refs: &[PartitionRef], lists: &mut Lists) -> Result<(), Full> {
        for old in refs {
            let partition = self.partitions.rename(old.partition)?;
            let uuid = self.text(old.uuid)?;
            lists.refs.push(PartitionRef { partition, uuid });
        }
        Ok(())
    }

    fn pairs(&mut self, pairs: Pairs<'_>, lists: &mut Lists) -> Result<(), Full> {
        lists.lengths.extend_from_slice(pairs.lengths);
        self.refs(pairs.refs, lists)
    }

    fn attributions(&mut self, wants: Attributions<'_>, lists: &mut Lists) -> Result<(), Full> {
        for &(want, n_partitions) in wants.wants {
            lists.wants.push((self.wants.rename(want)?, n_partitions));
        }
        self.refs(wants.refs, lists)
    }
}
