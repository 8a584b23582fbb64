//! What was read, and which instance of it: resolved at the end of the attempt that read.
use crate::events::{Basis, Id, Pairs, PartitionId, PartitionRef, RunId, Seq};
use crate::history::replay::Replay;
use crate::history::replay::marks::Marks;
use crate::history::{
    Anomaly, AttemptId, Csr, How, InstanceId, MissingSetId, MissingSets, ReadSets,
};

/// An attempt at its end, as the reader of what it read.
#[derive(Clone, Copy)]
pub(super) struct Reader {
    pub(super) run: RunId,
    pub(super) attempt: AttemptId,
    /// What was current then was read.
    pub(super) from: Seq,
    pub(super) end: Seq,
}

/// Read sets and missing sets in event order, and the one being made.
#[derive(Default)]
pub(super) struct ReadRows {
    columns: ReadSets,
    missing: MissingSets,
    missed_by: Vec<(AttemptId, MissingSetId)>,
    pub(super) impacted: Vec<InstanceId>,
    pub(super) read: Vec<(InstanceId, How)>,
    /// Of the set being made.
    pub(super) basis: Basis,
}

impl ReadRows {
    /// Adds the set being made.
    pub(super) fn push(&mut self, reader: &Reader, inferred: bool) {
        self.columns.attempt.push(reader.attempt);
        self.columns.seq.push(reader.end);
        self.columns.inferred.push(inferred);
        self.columns.basis.push(self.basis);
        self.columns.impacted.push_row(self.impacted.iter().copied());
        self.columns.read.push_row(self.read.iter().map(|&(instance, _)| instance));
        self.columns.how.extend(self.read.iter().map(|&(_, how)| how));
    }

    /// The columns, with attempts by their new ids; and `AttemptId -> missing sets`.
    #[inline(never)]
    pub(super) fn finish(
        self,
        new_ids: &[AttemptId],
    ) -> (ReadSets, MissingSets, Csr<AttemptId, MissingSetId>) {
        let mut reads = self.columns;
        reads.attempt = reads.attempt.iter().map(|old| new_ids[old.index()]).collect();
        let missed_by = self.missed_by.iter().map(|&(old, set)| (new_ids[old.index()], set));
        let missed_by: Vec<_> = missed_by.collect();
        (reads, self.missing, Csr::from_pairs(new_ids.len(), &missed_by))
    }
}

impl Replay<'_> {
    /// The end of an attempt that says what was read and what was missing.
    pub(super) fn record(&mut self, reader: &Reader, read_deps: Pairs<'_>, missing: Pairs<'_>) {
        for (impacted, _) in read_deps.entries() {
            self.build_unannounced(reader, impacted);
        }
        for (impacted, _) in missing.entries() {
            self.name_impacted(reader, impacted);
        }
        for (impacted, read) in read_deps.entries() {
            self.record_reads(reader, impacted, read);
        }
        for (impacted, missing) in missing.entries() {
            self.record_missing(reader, impacted, missing);
        }
    }

    /// One entry of `read_deps`: one read set.
    fn record_reads(&mut self, reader: &Reader, impacted: &[PartitionRef], read: &[PartitionRef]) {
        self.impact(reader, impacted);
        self.begin_reads();
        for &named in read {
            if let Some((instance, how)) = self.resolve(reader, named) {
                self.add_read(instance, how);
            }
        }
        self.reads.push(reader, false);
    }

    /// One entry of `missing_deps`: one missing set.
    fn record_missing(
        &mut self,
        reader: &Reader,
        impacted: &[PartitionRef],
        missing: &[PartitionRef],
    ) {
        if impacted.is_empty() {
            self.impact(reader, impacted);
            let all =
                self.reads.impacted.iter().map(|&instance| self.instances.partition(instance));
            self.reads.missing.impacted.push_row(all);
        } else {
            push_unique(&mut self.reads.missing.impacted, impacted, &mut self.marks);
        }
        push_unique(&mut self.reads.missing.missing, missing, &mut self.marks);
        let row = self.reads.missed_by.len();
        self.reads.missed_by.extend(MissingSetId::from_index(row).map(|set| (reader.attempt, set)));
    }

    /// Empties the list of what was read.
    pub(super) fn begin_reads(&mut self) {
        self.marks.clear();
        self.reads.read.clear();
    }

    /// Adds to that list what is not in it.
    pub(super) fn add_read(&mut self, instance: InstanceId, how: How) {
        if self.marks.add(instance) {
            self.reads.read.push((instance, how));
        }
    }

    /// The instance that was read, made where it is of no build of this log.
    pub(super) fn resolve(
        &mut self,
        reader: &Reader,
        named: PartitionRef,
    ) -> Option<(InstanceId, How)> {
        self.resolve_built(reader, named).or_else(|| {
            let outside = self.instances.outside(named, reader.end)?;
            Some((outside, if named.uuid.is_some() { How::Exact } else { How::External }))
        })
    }

    /// The instance that was read, if it is known by now: the one named; else the one current at
    /// the attempt's start; else the one current now, before the run's own builds go live.
    pub(super) fn resolve_built(
        &self,
        reader: &Reader,
        named: PartitionRef,
    ) -> Option<(InstanceId, How)> {
        let PartitionRef { partition, uuid } = named;
        if let Some(uuid) = uuid {
            return self.instances.find_uuid(partition, uuid).map(|known| (known, How::Exact));
        }
        let versions = &self.instances.versions;
        let at_start = versions.at(partition, reader.from).map(|found| (found, How::AtStart));
        at_start.or_else(|| versions.current(partition).map(|found| (found, How::ByEnd)))
    }

    /// Begins the builds that the run had not announced.
    fn build_unannounced(&mut self, reader: &Reader, impacted: &[PartitionRef]) {
        for &named in impacted {
            if self.instances.find(reader.run, named.partition).is_none() {
                self.anomalies.add(Anomaly::BuiltUnannounced, reader.end);
            }
            self.build(reader.run, named, reader.end);
        }
    }

    fn name_impacted(&mut self, reader: &Reader, impacted: &[PartitionRef]) {
        for named in impacted {
            if let Some(instance) = self.instances.find(reader.run, named.partition) {
                self.name(instance, named.uuid, reader.end);
            }
        }
    }

    /// Lists the builds that an entry's `impacted` names; all that the run builds, where it names
    /// none.
    fn impact(&mut self, reader: &Reader, impacted: &[PartitionRef]) {
        self.marks.clear();
        self.reads.impacted.clear();
        for named in impacted {
            let found = self.instances.find(reader.run, named.partition);
            self.reads.impacted.extend(found.filter(|&instance| self.marks.add(instance)));
        }
        let mut next = self.instances.first_of_run(reader.run).filter(|_| impacted.is_empty());
        while let Some(instance) = next {
            if self.budget.spend().is_none() {
                return self.anomalies.add(Anomaly::OutOfProportion, reader.end);
            }
            self.reads.impacted.push(instance);
            next = self.instances.next_of_run(instance);
        }
    }
}

/// Adds a row of the partitions, each once.
fn push_unique(
    rows: &mut Csr<MissingSetId, PartitionId>,
    named: &[PartitionRef],
    marks: &mut Marks,
) {
    marks.clear();
    rows.push_row(named.iter().map(|named| named.partition).filter(|&row| marks.add(row)));
}
