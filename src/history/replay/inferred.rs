//! Reads of logs that do not record them on success: inferred from what the earlier attempts of
//! the same piece of work had read or missed.
use crate::events::{PartitionRef, Payload, RunId, Seq};
use crate::history::replay::Replay;
use crate::history::replay::reads::Reader;
use crate::history::{Anomaly, How, InstanceId};

/// Which instance an entry of an earlier miss means to a later reader.
type Resolve<'a> = fn(&mut Replay<'a>, &Reader, PartitionRef) -> Option<(InstanceId, How)>;

impl<'a> Replay<'a> {
    /// One inferred read set for each entry of the earlier misses, in event order, `read_deps`
    /// before `missing_deps`, that impacts what this run builds. Of the missing partitions only
    /// those count that were live by now.
    pub(super) fn infer_reads(&mut self, reader: &Reader) {
        if self.infer_sets(reader).is_none() {
            self.anomalies.add(Anomaly::OutOfProportion, reader.end);
        }
    }

    /// `None` when they are too many.
    fn infer_sets(&mut self, reader: &Reader) -> Option<()> {
        for miss in self.earlier_misses(reader.run)? {
            let payload = self.events.payload(miss);
            let Payload::JobRunMissingDeps { run, missing_deps, read_deps } = payload else {
                continue;
            };
            for (impacted, read) in read_deps.entries() {
                self.infer_impacted(reader, (run, miss), impacted)?;
                self.infer_set(reader, read, Self::resolve)?;
            }
            for (impacted, missing) in missing_deps.entries() {
                self.infer_impacted(reader, (run, miss), impacted)?;
                self.infer_set(reader, missing, Self::resolve_live)?;
            }
        }
        Some(())
    }

    /// The misses of this run and of all that it continues, in event order.
    fn earlier_misses(&mut self, run: RunId) -> Option<Vec<Seq>> {
        let mut misses = Vec::new();
        let mut open = vec![run];
        self.marks.clear();
        self.marks.add(run);
        while let Some(run) = open.pop() {
            for miss in self.attempts.misses(run) {
                self.budget.spend()?;
                misses.push(miss);
            }
            for earlier in self.runs.continued(run) {
                self.budget.spend()?;
                if self.marks.add(earlier) {
                    open.push(earlier);
                }
            }
        }
        misses.sort_unstable();
        Some(misses)
    }

    /// Lists the reader's builds of what the miss impacts: of all that the run which missed had
    /// begun to build by then, where the entry does not say.
    fn infer_impacted(
        &mut self,
        reader: &Reader,
        (missed, by): (RunId, Seq),
        impacted: &[PartitionRef],
    ) -> Option<()> {
        self.marks.clear();
        self.reads.impacted.clear();
        self.budget.spend()?;
        for named in impacted {
            self.budget.spend()?;
            let own = self.instances.find(reader.run, named.partition);
            self.reads.impacted.extend(own.filter(|&own| self.marks.add(own)));
        }
        let mut next = self.instances.first_of_run(missed).filter(|_| impacted.is_empty());
        while let Some(instance) = next.filter(|&next| self.instances.had_begun(next, by)) {
            self.budget.spend()?;
            let own = self.instances.find(reader.run, self.instances.partition(instance));
            self.reads.impacted.extend(own.filter(|&own| self.marks.add(own)));
            next = self.instances.next_of_run(instance);
        }
        Some(())
    }

    /// The read set of those builds, if there are any, and any reads.
    fn infer_set(
        &mut self,
        reader: &Reader,
        read: &[PartitionRef],
        resolve: Resolve<'a>,
    ) -> Option<()> {
        if self.reads.impacted.is_empty() {
            return Some(());
        }
        self.begin_reads();
        for &named in read {
            self.budget.spend()?;
            if let Some((instance, how)) = resolve(self, reader, named) {
                self.add_read(instance, how);
            }
        }
        if !self.reads.read.is_empty() {
            self.reads.push(reader, true);
        }
        Some(())
    }

    fn resolve_live(&mut self, reader: &Reader, named: PartitionRef) -> Option<(InstanceId, How)> {
        self.resolve_built(reader, named).filter(|&(instance, _)| self.instances.is_live(instance))
    }
}
