//! Reads of logs that do not record them on success: inferred from what the earlier attempts of
//! the same piece of work had read or missed.
use crate::events::{PartitionId, PartitionRef, Payload, RunId, Seq};
use crate::history::replay::Replay;
use crate::history::replay::reads::Reader;
use crate::history::{Anomaly, How, InstanceId};

impl Replay<'_> {
    /// One inferred read set for each entry of the earlier misses, in event order, `read_deps`
    /// before `missing_deps`, that impacts what this run builds. Of the missing partitions only
    /// those count that were live by now.
    pub(super) fn infer_reads(&mut self, reader: &Reader) {
        for miss in self.earlier_misses(reader) {
            let payload = self.events.payload(miss);
            let Payload::JobRunMissingDeps { run, missing_deps, read_deps } = payload else {
                continue;
            };
            for (impacted, read) in read_deps.entries() {
                self.infer_set(reader, (run, miss), impacted, read, Self::resolve);
            }
            for (impacted, missing) in missing_deps.entries() {
                self.infer_set(reader, (run, miss), impacted, missing, |replay, reader, named| {
                    replay
                        .resolve_built(reader, named)
                        .filter(|&(instance, _)| replay.instances.is_live(instance))
                });
            }
        }
    }

    /// The misses of this run and of all that it continues, in event order.
    fn earlier_misses(&mut self, reader: &Reader) -> Vec<Seq> {
        let mut misses = Vec::new();
        let mut open = vec![reader.run];
        self.marks.clear();
        self.marks.add(reader.run);
        while let Some(run) = open.pop() {
            misses.extend(self.attempts.misses(run));
            for earlier in self.runs.continued(run) {
                if !self.budget.spend() {
                    self.anomalies.add(Anomaly::OutOfProportion, reader.end);
                    return Vec::new();
                }
                if self.marks.add(earlier) {
                    open.push(earlier);
                }
            }
        }
        misses.sort_unstable();
        misses
    }

    /// One entry of a miss, as far as the reader builds what it impacts.
    fn infer_set(
        &mut self,
        reader: &Reader,
        miss: (RunId, Seq),
        impacted: &[PartitionRef],
        read: &[PartitionRef],
        resolve: impl Fn(&mut Self, &Reader, PartitionRef) -> Option<(InstanceId, How)>,
    ) {
        self.infer_impacted(reader, miss, impacted);
        if self.reads.impacted.is_empty() {
            return;
        }
        self.begin_reads();
        for &named in read {
            if !self.afford(reader) {
                return;
            }
            if let Some((instance, how)) = resolve(self, reader, named) {
                self.add_read(instance, how);
            }
        }
        if !self.reads.read.is_empty() {
            self.reads.push(reader, true);
        }
    }

    /// Lists the reader's builds of what the miss impacts: of all that the run which missed had
    /// begun to build by then, where the entry does not say.
    fn infer_impacted(&mut self, reader: &Reader, miss: (RunId, Seq), impacted: &[PartitionRef]) {
        let (missed, by) = miss;
        self.marks.clear();
        self.reads.impacted.clear();
        for named in impacted {
            if !self.infer_build(reader, named.partition) {
                return;
            }
        }
        let mut next = self.instances.first_of_run(missed).filter(|_| impacted.is_empty());
        while let Some(instance) = next.filter(|&next| self.instances.had_begun(next, by)) {
            if !self.infer_build(reader, self.instances.partition(instance)) {
                return;
            }
            next = self.instances.next_of_run(instance);
        }
    }

    /// Adds the reader's build of `partition`, if any; false when there are too many.
    fn infer_build(&mut self, reader: &Reader, partition: PartitionId) -> bool {
        let own = self.instances.find(reader.run, partition);
        self.reads.impacted.extend(own.filter(|&own| self.marks.add(own)));
        self.afford(reader)
    }
}
