//! What a history says at a moment, in a few lines.
use expect_test::Expect;
use lineage::events::{Id, PartitionId, RunId, Seq, WantId};
use lineage::history::{AsOf, InstanceId, ReadSetId, as_of, replay};

use crate::fixture::log;

/// Tells what the picture's log means after each of the events `at`, numbered from 1.
pub fn check(picture: &str, at: &[usize], expected: Expect) {
    let (history, _) = replay(log(picture));
    let mut lines = Vec::new();
    for &event in at {
        let moment = as_of(&history, event.checked_sub(1).and_then(Seq::from_index));
        lines.push(event.to_string());
        lines.extend(Teller(moment.of(&history)).all().map(|line| format!("  {line}")));
    }
    expected.assert_eq(&(lines.join("\n") + "\n"));
}

/// Tells the read sets that are known after the event `at`.
pub fn check_reads(picture: &str, at: usize, expected: Expect) {
    let (history, _) = replay(log(picture));
    let moment = as_of(&history, Seq::from_index(at - 1));
    let sets: Vec<_> = Teller(moment.of(&history)).reads().collect();
    expected.assert_eq(&(sets.join("\n") + "\n"));
}

struct Teller<'a>(AsOf<'a>);

impl Teller<'_> {
    fn all(&self) -> impl Iterator<Item = String> {
        let names = &self.0.history.names;
        let runs = names.runs.ids().filter_map(|run| self.run(run));
        let wants = names.wants.ids().filter_map(|want| self.want(want));
        let partitions = names.partitions.ids().filter_map(|partition| self.partition(partition));
        let work = self.0.pieces().into_iter().filter(|piece| piece.len() > 1);
        wants.chain(runs).chain(partitions).chain(work.map(|piece| self.work(&piece)))
    }

    fn run(&self, run: RunId) -> Option<String> {
        let name = self.0.history.names.runs.text(run);
        let status = self.0.run_status(run)?.word();
        Some(match self.0.attempts_of(run).len() {
            1 => format!("{name} {status}"),
            n => format!("{name} {status}, attempt {n}"),
        })
    }

    fn want(&self, want: WantId) -> Option<String> {
        let history = self.0.history;
        let text = |want| history.names.wants.text(want);
        let mut parts = vec![format!("{} {}", text(want), self.0.want_status(want)?.word())];
        for (k, partition) in history.wants.requested.row(want).iter().enumerate() {
            if let Some(verdict) = self.0.verdict(want, k) {
                let partition = history.names.partitions.text(partition);
                parts.push(format!("{partition} {}", verdict.words(history)));
            }
        }
        let derivatives = self.0.derivatives(want).into_iter();
        parts.extend(derivatives.map(|want| format!("caused {}", text(want))));
        Some(parts.join("; "))
    }

    fn partition(&self, partition: PartitionId) -> Option<String> {
        let name = self.0.history.names.partitions.text(partition);
        let status = self.0.partition_status(partition)?.word();
        let rebuilding = if self.0.is_rebuilding(partition) { ", rebuilding" } else { "" };
        let mut parts = vec![format!("{name} {status}{rebuilding}")];
        parts.extend(self.0.instances_of(partition).map(|instance| self.instance(instance)));
        Some(parts.join("; "))
    }

    fn instance(&self, instance: InstanceId) -> String {
        let status = self.0.instance_status(instance).map_or("nothing", |status| status.word());
        let superseded = if self.0.is_superseded(instance) { " superseded" } else { "" };
        format!("{} {status}{superseded}", self.builder(instance))
    }

    fn work(&self, piece: &[RunId]) -> String {
        let runs = piece.iter().map(|&run| self.0.history.names.runs.text(run));
        format!("work: {}", runs.collect::<Vec<_>>().join(" "))
    }

    fn reads(&self) -> impl Iterator<Item = String> {
        let sets = (0..self.0.history.reads.seq.len()).filter_map(ReadSetId::from_index);
        sets.filter(|&set| self.0.knows(set)).map(|set| self.set(set))
    }

    fn set(&self, set: ReadSetId) -> String {
        let reads = &self.0.history.reads;
        let event = reads.seq.get(set.index()).unwrap().index() + 1;
        let inferred = if reads.inferred.get(set.index()).unwrap() { " inferred" } else { "" };
        let impacted = reads.impacted.row(set).iter();
        let impacted: Vec<_> = impacted.map(|instance| self.name(instance)).collect();
        let read = self.0.read_items(set);
        let read: Vec<_> =
            read.map(|(instance, how)| format!("{} {how:?}", self.name(instance))).collect();
        let read = if read.is_empty() { "nothing".to_owned() } else { read.join(", ") };
        format!("{event}{inferred}: {} <- {read}", impacted.join(" "))
    }

    fn name(&self, instance: InstanceId) -> String {
        let partition = self.0.history.instances.partition.at(instance.index());
        format!("{}@{}", self.0.history.names.partitions.text(partition), self.builder(instance))
    }

    /// The run; of an external instance, its uuid.
    fn builder(&self, instance: InstanceId) -> &str {
        let history = self.0.history;
        match (
            history.instances.run.at(instance.index()),
            history.instances.uuid.get(instance.index()).flatten(),
        ) {
            (Some(run), _) => history.names.runs.text(run),
            (None, Some(uuid)) => history.names.texts.text(uuid),
            (None, None) => "external",
        }
    }
}
