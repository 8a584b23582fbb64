//! Moving through a log: event by event, by the events that change what is told of one thing, or by
//! those of which a log is searched for trouble. A moment is named by the id of an event; events
//! without one are moments that cannot be named, and are stepped over.
use crate::events::{EventKind, EventLog, Id, LabelId, PartitionId, RunId, Seq, TaintId, WantId};
use crate::graph::{Key, runs_of_job};
use crate::history::{AsOf, History, InstanceId};
use crate::order::sort_numbers;

/// The id of the last event before `at` that has one.
pub fn event_before(log: &EventLog, at: Seq) -> Option<u64> {
    let mut before = (0..at.index().min(log.len())).rev().filter_map(Seq::from_index);
    before.find_map(|seq| log.event_id(seq))
}

/// The id of the first event after `at` that has one.
pub fn event_after(log: &EventLog, at: Seq) -> Option<u64> {
    let mut after = (at.index() + 1..log.len()).filter_map(Seq::from_index);
    after.find_map(|seq| log.event_id(seq))
}

/// What names the moment after `at`: its id, that of the last event before it that has one, or, before
/// all of them, the first. None for the log's end, which needs no name.
pub fn name_of_moment(log: &EventLog, at: Seq) -> Option<u64> {
    if at.index() + 1 >= log.len() {
        return None;
    }
    log.event_id(at).or_else(|| event_before(log, at)).or_else(|| event_after(log, at))
}

/// Whether any moment of the log can be named.
pub fn has_event_ids(log: &EventLog) -> bool {
    log.seqs().any(|seq| log.event_id(seq).is_some())
}

/// `861204`, `861,204` or `#861,204`.
pub fn asked_event(text: &str) -> Option<u64> {
    let text = text.trim();
    let text = text.strip_prefix('#').unwrap_or(text);
    let digits: String = text.chars().filter(|c| !matches!(c, ',' | ' ' | '_' | '.')).collect();
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| is_number)
}

/// The events at which what is told of `key` changes, over the whole log, in order and without
/// repeats: for a want also those of the runs scheduled for it, for a partition those of its builds.
/// None for a group.
pub fn events_of(asof: AsOf<'_>, key: Key) -> Vec<Seq> {
    let mut events = Events { history: asof.history, rows: Vec::new() };
    match key {
        Key::Want(want) => events.add_want(want),
        Key::Instance(instance) => events.add_instance(instance),
        Key::Partition(partition) => events.add_partition(partition),
        Key::Run(run) => events.add_run(run),
        Key::Job(newest) => {
            for run in runs_of_job(asof, newest) {
                events.add_run(run);
            }
        }
        Key::Group(_) => {}
    }
    events.sorted()
}

/// The events of all runs of a job, in order.
pub fn events_of_job(history: &History, label: LabelId) -> Vec<Seq> {
    let mut events = Events { history, rows: Vec::new() };
    for run in history.label_runs.row(label) {
        events.add_run(run);
    }
    events.sorted()
}

/// The events that say that a run failed or missed what it was to read, in order.
pub fn events_of_trouble(log: &EventLog) -> Vec<Seq> {
    let is_trouble = |kind| matches!(kind, EventKind::JobRunFailure | EventKind::JobRunMissingDeps);
    log.seqs().filter(|&seq| is_trouble(log.kind(seq))).collect()
}

/// Of `events`, which are in order, the next one that can be named: before `at`, or after it.
pub fn next_of(log: &EventLog, events: &[Seq], at: Seq, is_back: bool) -> Option<Seq> {
    let has_name = |seq: &Seq| log.event_id(*seq).is_some() || seq.index() + 1 == log.len();
    let n_before = events.partition_point(|&seq| seq < at);
    let n_up_to = events.partition_point(|&seq| seq <= at);
    if is_back {
        events.get(..n_before)?.iter().copied().rfind(has_name)
    } else {
        events.get(n_up_to..)?.iter().copied().find(has_name)
    }
}

/// Events as they are found.
struct Events<'a> {
    history: &'a History,
    rows: Vec<u32>,
}

impl Events<'_> {
    fn add(&mut self, seqs: impl IntoIterator<Item = Seq>) {
        self.rows.extend(seqs.into_iter().map(|seq| seq.index() as u32));
    }

    fn add_want(&mut self, want: WantId) {
        let (wants, row) = (&self.history.wants, want.index());
        let once = [&wants.created, &wants.canceled, &wants.done];
        self.add(once.into_iter().filter_map(|column| column.get(row).flatten()));
        self.add(wants.first_seen.get(row));
        let satisfied = wants.satisfied_at.part(wants.requested.range(want));
        self.add(satisfied.iter().flatten());
        let since = wants.runs_since.part(wants.runs.range(want));
        for (run, since) in wants.runs.row(want).iter().zip(since) {
            self.add_run_since(run, since);
        }
    }

    fn add_run(&mut self, run: RunId) {
        self.add(self.history.runs.events.row(run).iter());
    }

    fn add_run_since(&mut self, run: RunId, since: Seq) {
        let events = self.history.runs.events.row(run);
        self.add(events.iter().filter(|&seq| seq >= since));
    }

    fn add_partition(&mut self, partition: PartitionId) {
        let partitions = &self.history.partitions;
        self.add(partitions.first_seen.get(partition.index()));
        for instance in partitions.instances.row(partition) {
            self.add_instance(instance);
        }
        if let Some(external) = partitions.external.get(partition.index()).flatten() {
            self.add_instance(external);
        }
    }

    fn add_instance(&mut self, instance: InstanceId) {
        let (instances, row) = (&self.history.instances, instance.index());
        let created = instances.created.get(row);
        self.add(created);
        let once = [&instances.live, &instances.superseded];
        self.add(once.into_iter().filter_map(|column| column.get(row).flatten()));
        let run = instances.run.get(row).flatten();
        if let (Some(run), Some(created)) = (run, created) {
            self.add_run_since(run, created);
        }
        for taint in instances.taints.row(instance) {
            self.add_taint(taint);
        }
    }

    fn add_taint(&mut self, taint: TaintId) {
        let (taints, row) = (&self.history.taints, taint.index());
        let once = [&taints.created, &taints.canceled];
        self.add(once.into_iter().filter_map(|column| column.get(row).flatten()));
    }

    fn sorted(mut self) -> Vec<Seq> {
        sort_numbers(&mut self.rows);
        self.rows.dedup();
        self.rows.into_iter().filter_map(|row| Seq::from_index(row as usize)).collect()
    }
}
