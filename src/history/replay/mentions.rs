//! When each want, partition and run is first mentioned by an event, in whatever role.
use crate::events::{
    Id, Names, Pairs, PartitionId, PartitionRef, Payload, RunId, Seq, Source, WantId,
};

/// First mentions, by row.
pub(super) struct Mentions {
    pub(super) wants: Vec<Seq>,
    pub(super) partitions: Vec<Seq>,
    pub(super) runs: Vec<Seq>,
}

impl Mentions {
    pub(super) fn new(names: &Names) -> Self {
        Self {
            wants: never(names.wants.len()),
            partitions: never(names.partitions.len()),
            runs: never(names.runs.len()),
        }
    }

    /// Notes what `payload` mentions, and says how many ids that is.
    pub(super) fn note(&mut self, seq: Seq, payload: &Payload<'_>) -> usize {
        match *payload {
            Payload::WantCreate(create) => {
                self.want(seq, create.want);
                self.source(seq, create.source);
                self.refs(seq, create.partitions)
            }
            Payload::WantCancel { want, source, .. } => {
                self.want(seq, want);
                self.source(seq, source)
            }
            Payload::JobRunBuffer { run, building, wants, .. } => {
                self.run(seq, run);
                for &(want, _) in wants.wants {
                    self.want(seq, want);
                }
                wants.wants.len() + self.refs(seq, building) + self.refs(seq, wants.refs)
            }
            Payload::JobRunQueue { run }
            | Payload::JobRunHeartbeat { run }
            | Payload::JobRunFailure { run, .. } => self.run(seq, run),
            Payload::JobRunSuccess { run, read_deps } => {
                self.run(seq, run);
                self.pairs(seq, read_deps.unwrap_or_default())
            }
            Payload::JobRunCancel { run, source, .. } => {
                self.run(seq, run);
                self.source(seq, source)
            }
            Payload::JobRunMissingDeps { run, missing_deps, read_deps } => {
                self.run(seq, run);
                self.pairs(seq, missing_deps) + self.pairs(seq, read_deps)
            }
            Payload::TaintCreate { partitions, source, .. } => {
                self.source(seq, source);
                self.refs(seq, partitions)
            }
            Payload::TaintCancel { source, .. } => self.source(seq, source),
        }
    }

    /// Notes one that a report mentions.
    pub(super) fn partition(&mut self, seq: Seq, partition: PartitionId) {
        first(&mut self.partitions[partition.index()], seq);
    }

    fn want(&mut self, seq: Seq, want: WantId) {
        first(&mut self.wants[want.index()], seq);
    }

    fn run(&mut self, seq: Seq, run: RunId) -> usize {
        first(&mut self.runs[run.index()], seq);
        1
    }

    fn source(&mut self, seq: Seq, source: Source) -> usize {
        match source {
            Source::Run(run) => self.run(seq, run),
            Source::Manual(_) | Source::Unknown => 0,
        }
    }

    fn pairs(&mut self, seq: Seq, pairs: Pairs<'_>) -> usize {
        pairs.lengths.len() + self.refs(seq, pairs.refs)
    }

    fn refs(&mut self, seq: Seq, refs: &[PartitionRef]) -> usize {
        for &PartitionRef { partition, .. } in refs {
            let row: PartitionId = partition;
            first(&mut self.partitions[row.index()], seq);
        }
        refs.len()
    }
}

/// Past the end of every log: a name that only records mention which were not used.
fn never(n: usize) -> Vec<Seq> {
    Seq::from_index(u32::MAX as usize - 1).map_or_else(Vec::new, |never| vec![never; n])
}

fn first(known: &mut Seq, seq: Seq) {
    *known = seq.min(*known);
}
