//! Events → history: one pass over the ordered events, each of which reads and writes what is
//! known so far and never looks ahead, so that the history of a log cut short is the same history
//! cut short. One file for each concern; this one says which event concerns what.
mod attempts;
mod finish;
mod inferred;
mod instances;
mod marks;
mod mentions;
mod reads;
mod reports;
mod runs;
mod taints;
mod versions;
mod wants;

use std::alloc::{Layout, handle_alloc_error};

use crate::events::{
    Attributions, Events, LabelId, Language, Pairs, PartitionId, PartitionRef, Payload, RunId, Seq,
    TextId, WantCreate,
};
use crate::history::incoming::Derivation;
use crate::history::{Anomalies, Anomaly, End, History, InstanceId, Instances, ReadSets};
use attempts::AttemptRows;
use instances::InstanceRows;
use marks::{Budget, Marks};
use mentions::Mentions;
use reads::{ReadRows, Reader};
use runs::RunRows;
use taints::TaintRows;
use wants::WantRows;

/// Replays `events` into a history. Total: contradictions are counted, never fatal; lack of memory is, as it is to any list.
pub fn replay(events: Events) -> (History, Anomalies) {
    let (mut history, anomalies) = work_out(events, &mut |_, _| ());
    if Derivation::default().finish(&mut history).is_err() {
        handle_alloc_error(Layout::new::<Seq>());
    }
    (history, anomalies)
}

/// The same without what follows from the history alone. Instances and what was read are shown to `ahead` before all that is
/// listed the other way round, and stay as they are.
#[inline(never)]
pub(super) fn work_out(
    events: Events,
    ahead: &mut dyn FnMut(&mut Instances, &mut ReadSets),
) -> (History, Anomalies) {
    let mut replay = Replay::new(&events);
    for seq in events.seqs() {
        replay.step(seq, events.payload(seq));
    }
    let (history, anomalies) = replay.finish(ahead);
    let (names, log, openlineage) = events.into_parts();
    (History { names, log, openlineage, ..history }, anomalies)
}

/// What is known so far.
struct Replay<'a> {
    events: &'a Events,
    anomalies: Anomalies,
    budget: Budget,
    marks: Marks,
    mentions: Mentions,
    wants: WantRows,
    runs: RunRows,
    attempts: AttemptRows,
    instances: InstanceRows,
    reads: ReadRows,
    taints: TaintRows,
    reads_recorded_from: Option<Seq>,
    /// The next of the events' reports.
    next_report: usize,
}

impl<'a> Replay<'a> {
    fn new(events: &'a Events) -> Self {
        let names = &events.names;
        Self {
            events,
            anomalies: Anomalies::default(),
            budget: Budget::default(),
            marks: Marks::default(),
            mentions: Mentions::new(names),
            wants: WantRows::new(names),
            runs: RunRows::new(names.runs.len()),
            attempts: AttemptRows::new(names.runs.len()),
            instances: InstanceRows::new(names),
            reads: ReadRows::default(),
            taints: TaintRows::new(names.taints.len()),
            reads_recorded_from: None,
            next_report: 0,
        }
    }

    /// Never part of the loop over all events: hot code is compiled anew only between two calls.
    #[inline(never)]
    fn step(&mut self, seq: Seq, payload: Payload<'_>) {
        let n_mentioned = self.mentions.note(seq, &payload);
        self.budget.earn(1 + n_mentioned);
        self.reports(seq);
        match payload {
            Payload::WantCreate(create) => self.create_want(seq, &create),
            Payload::WantCancel { want, .. } => {
                let canceled = self.wants.cancel(want, seq);
                self.count(seq, canceled);
            }
            Payload::JobRunBuffer { run, label, building, wants } => {
                self.buffer(seq, run, label, building, wants);
            }
            Payload::JobRunQueue { run } => {
                self.runs.begin(run, seq);
                if self.attempts.go_on(run, seq).is_none() {
                    self.anomalies.add(Anomaly::EventAfterEnd, seq);
                }
            }
            Payload::JobRunHeartbeat { run } => {
                self.runs.begin(run, seq);
                match self.attempts.go_on(run, seq) {
                    Some(attempt) => self.attempts.heartbeat(attempt, seq),
                    None => self.anomalies.add(Anomaly::EventAfterEnd, seq),
                }
            }
            Payload::JobRunSuccess { run, read_deps } => self.succeed(seq, run, read_deps),
            Payload::JobRunFailure { run, reason } => {
                self.end(seq, run, End::Failed, reason);
                self.root_fails(run);
            }
            Payload::JobRunCancel { run, comment, .. } => {
                self.end(seq, run, End::Canceled, comment);
                self.root_fails(run);
            }
            Payload::JobRunMissingDeps { run, missing_deps, read_deps } => {
                if let Some(reader) = self.end(seq, run, End::DepMiss, None) {
                    self.record(&reader, read_deps, missing_deps);
                }
            }
            Payload::TaintCreate { taint, partitions, source, comment } => {
                self.create_taint(seq, taint, partitions, (source, comment));
            }
            Payload::TaintCancel { taint, .. } => self.cancel_taint(seq, taint),
        }
    }

    /// The same id again is another event about the same want only if it says the same.
    fn create_want(&mut self, seq: Seq, create: &WantCreate<'_>) {
        if let Some(first) = self.wants.created(create.want) {
            if self.events.payload(first) != Payload::WantCreate(*create) {
                self.anomalies.add(Anomaly::CreatedTwice, seq);
            }
            return;
        }
        let (instances, taints) = (&self.instances, &self.taints);
        let sound = |partition: PartitionId| {
            instances.versions.current(partition).filter(|&current| !taints.stands_on(current))
        };
        self.wants.create(seq, create, &mut self.marks, sound);
        if self.events.openlineage.has_want(create.want) {
            self.wants.wait_for_root(create.want);
        }
    }

    fn buffer(
        &mut self,
        seq: Seq,
        run: RunId,
        label: LabelId,
        building: &[PartitionRef],
        wants: Attributions<'_>,
    ) {
        self.runs.begin(run, seq);
        let Some(attempt) = self.attempts.go_on(run, seq) else {
            return self.anomalies.add(Anomaly::EventAfterEnd, seq);
        };
        if self.attempts.buffer(attempt) {
            self.anomalies.add(Anomaly::BufferedTwice, seq);
        }
        if self.runs.buffer(run, seq, label) != label {
            self.anomalies.add(Anomaly::LabelChanged, seq);
        }
        for &named in building {
            self.build(run, named, seq);
        }
        self.continue_told(run, seq);
        for (want, _) in wants.entries() {
            self.runs.schedule(run, want, seq);
        }
    }

    /// The run's build of a partition, begun now if need be. It continues the run that began to
    /// build that partition before it, if that is the same job and has ended without success.
    fn build(&mut self, run: RunId, named: PartitionRef, seq: Seq) {
        let PartitionRef { partition, uuid } = named;
        let known = self.instances.find(run, partition);
        let before = self.instances.newest_run(partition);
        let Some(instance) = known.or_else(|| self.instances.begin(run, partition, seq)) else {
            return;
        };
        self.name(instance, uuid, seq);
        let is_told = self.events.openlineage.has_run(run);
        let Some(before) = before.filter(|_| known.is_none() && !is_told) else { return };
        let label = self.runs.label(run);
        let unsuccessful =
            self.attempts.newest_end(before).is_some_and(|end| end != End::Succeeded);
        if label.is_some() && label == self.runs.label(before) && unsuccessful {
            self.runs.link(run, before, seq);
        }
    }

    fn name(&mut self, instance: InstanceId, uuid: Option<TextId>, seq: Seq) {
        if let Some(uuid) = uuid {
            let named = self.instances.name(instance, uuid);
            self.count(seq, named);
        }
    }

    /// Ends the run's attempt; none when the run had ended, and the event means nothing.
    fn end(&mut self, seq: Seq, run: RunId, how: End, reason: Option<TextId>) -> Option<Reader> {
        self.runs.begin(run, seq);
        let ended = self.attempts.end(run, seq, how, reason);
        let attempt = ended.map_err(|anomaly| self.anomalies.add(anomaly, seq)).ok()?;
        Some(Reader { run, attempt, from: self.attempts.reads_from(attempt), end: seq })
    }

    fn succeed(&mut self, seq: Seq, run: RunId, read_deps: Option<Pairs<'_>>) {
        // Beside another language it says nothing of how that one is written.
        let told = &self.events.openlineage;
        let is_beside = told.language == Language::Mixed && told.has_run(run);
        if read_deps.is_some() && !is_beside {
            self.reads_recorded_from.get_or_insert(seq);
        }
        let Some(reader) = self.end(seq, run, End::Succeeded, None) else { return };
        match read_deps {
            Some(read_deps) => self.record(&reader, read_deps, Pairs::default()),
            None if self.reads_recorded_from.is_none() => self.infer_reads(&reader),
            None => {}
        }
        let mut next = self.instances.first_of_run(run);
        while let Some(instance) = next {
            self.instances.go_live(instance, seq);
            self.satisfy(instance, seq);
            next = self.instances.next_of_run(instance);
        }
        self.root_succeeds(run, seq);
    }

    /// Satisfies the wants that wait for a build, if it is current and untainted.
    fn satisfy(&mut self, instance: InstanceId, seq: Seq) {
        let partition = self.instances.partition(instance);
        let is_current = self.instances.versions.current(partition) == Some(instance);
        if is_current && !self.taints.stands_on(instance) {
            self.wants.satisfy(partition, instance, seq);
        }
    }

    /// Counts what contradicts.
    fn count(&mut self, seq: Seq, result: Result<(), Anomaly>) {
        if let Err(anomaly) = result {
            self.anomalies.add(anomaly, seq);
        }
    }
}
