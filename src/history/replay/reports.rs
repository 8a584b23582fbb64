//! What only OpenLineage tells: what a run read though it did not succeed, what it dropped, which
//! run it tries again, and requests that name nothing.
use crate::events::{Basis, Entry, Id, RunId, Seq, WantId};
use crate::history::replay::Replay;
use crate::history::replay::reads::Reader;

impl Replay<'_> {
    /// What runs say at `seq`, before what its payload means.
    pub(super) fn reports(&mut self, seq: Seq) {
        let events = self.events;
        while let Some(report) = events.reports.get(self.next_report).filter(|it| it.seq <= seq) {
            self.next_report += 1;
            let Some(attempt) = self.attempts.go_on(report.run, seq) else { continue };
            let from = self.attempts.reads_from(attempt);
            let reader = Reader { run: report.run, attempt, from, end: seq };
            for entry in &report.entries {
                self.record_entry(&reader, entry);
            }
            for &(partition, how) in &report.removed {
                self.mentions.partition(seq, partition);
                self.instances.remove(partition, seq, how);
            }
        }
    }

    /// One read set, of exactly those builds that the entry names.
    fn record_entry(&mut self, reader: &Reader, entry: &Entry) {
        self.budget.earn(1 + entry.impacted.len() + entry.read.len());
        self.marks.clear();
        self.reads.impacted.clear();
        for &partition in &entry.impacted {
            let found = self.instances.find(reader.run, partition);
            self.reads.impacted.extend(found.filter(|&instance| self.marks.add(instance)));
        }
        self.begin_reads();
        for &named in &entry.read {
            self.mentions.partition(reader.end, named.partition);
            if let Some((instance, how)) = self.resolve(reader, named) {
                self.add_read(instance, how);
            }
        }
        self.reads.basis = entry.basis;
        self.reads.push(reader, false);
        self.reads.basis = Basis::default();
    }

    /// Links a run to the one that it is said to try again.
    pub(super) fn continue_told(&mut self, run: RunId, seq: Seq) {
        let retry_of = &self.events.openlineage.retry_of;
        if let Some(earlier) = retry_of.get(run.index()).copied().flatten() {
            self.runs.link(run, earlier, seq);
        }
    }

    /// Requests that name no partition are done with the run at their root.
    pub(super) fn root_succeeds(&mut self, run: RunId, seq: Seq) {
        if let Some(want) = self.request_of(run) {
            self.wants.root_succeeds(want, seq);
        }
    }

    /// A request ends with the run at its root, done or not.
    pub(super) fn root_fails(&mut self, run: RunId) {
        if let Some(want) = self.request_of(run) {
            self.wants.root_fails(want);
        }
    }

    /// The request that the run is the root of, by whose name it goes.
    fn request_of(&self, run: RunId) -> Option<WantId> {
        let (names, told) = (&self.events.names, &self.events.openlineage);
        if !told.has_run(run) {
            return None;
        }
        let want = names.wants.find(names.runs.text(run));
        want.filter(|&want| told.root_of(want) == Some(run))
    }
}
