//! All that the history can say of a log, asked by name and told as lines of text: the words and
//! the order are those of the slow twin.
use lineage::events::{Id, PartitionId, RunId, Seq, TaintId, WantId};
use lineage::history::{AsOf, AttemptId, History, How, InstanceId, ReadSetId, Verdict, as_of};

use crate::oracle::history::Names;

/// The answers about `names`, as of `at`.
pub fn answers(history: &History, at: Option<Seq>, names: &Names) -> Vec<String> {
    let moment = as_of(history, at);
    let view = View { history, as_of: moment.of(history) };
    let mut lines = Vec::new();
    for name in &names.runs {
        match history.names.runs.find(name) {
            Some(run) => view.run(name, run, &mut lines),
            None => lines.push(format!("{name}: unknown")),
        }
    }
    for name in &names.partitions {
        match history.names.partitions.find(name) {
            Some(partition) => view.partition(name, partition, &mut lines),
            None => lines.push(format!("{name}: unknown")),
        }
    }
    for name in &names.wants {
        match history.names.wants.find(name) {
            Some(want) => view.want(name, want, &mut lines),
            None => lines.push(format!("{name}: unknown")),
        }
    }
    for name in &names.taints {
        match history.names.taints.find(name) {
            Some(taint) => lines.push(view.taint(name, taint)),
            None => lines.push(format!("{name}: unknown")),
        }
    }
    let pieces = view.as_of.pieces().into_iter().map(|piece| view.runs(&piece));
    lines.push(format!("pieces of work: {}", pieces.collect::<Vec<_>>().join(" | ")));
    lines.extend(view.external());
    lines
}

/// The fast code, asked by name.
struct View<'a> {
    history: &'a History,
    as_of: AsOf<'a>,
}

impl View<'_> {
    fn run(&self, name: &str, run: RunId, lines: &mut Vec<String>) {
        let attempts = self.as_of.attempts_of(run);
        let word = |attempt| self.as_of.attempt_status(attempt).map_or("nothing", |s| s.word());
        let statuses: Vec<_> = attempts.iter().map(word).collect();
        let status = self.as_of.run_status(run).map_or("nothing", |status| status.word());
        lines.push(format!("{name}: {status}; attempts: {}", statuses.join(" ")));
        if self.as_of.had(self.history.runs.first_seen.get(run.index())) {
            let piece = self.runs(&self.as_of.piece_of(run));
            lines.push(format!("{name}: piece of work: {piece}"));
        }
        let wants = self.wants(&self.as_of.wants_of(run).to_vec());
        lines.push(format!("{name}: scheduled for: {wants}"));
        lines.push(format!("{name}: caused: {}", self.wants(&self.as_of.caused_by(run).to_vec())));
        lines.push(format!("{name}: builds: {}", self.keys(&self.as_of.builds_of(run).to_vec())));
        for (number, attempt) in (1..).zip(attempts) {
            lines.push(format!("{name}: attempt {number}: {}", self.moments(attempt)));
            let sets = self.history.attempts.reads.row(attempt).iter();
            let known = sets.filter(|&set| self.as_of.knows(set));
            lines.extend(known.map(|set| format!("{name}: attempt {number}: {}", self.set(set))));
            let end = self.history.attempts.end.at(attempt.index());
            for set in self.history.attempts.missing.row(attempt) {
                if self.as_of.had(end) {
                    let impacted =
                        self.partitions(&self.history.missing.impacted.row(set).to_vec());
                    let missing = self.partitions(&self.history.missing.missing.row(set).to_vec());
                    lines.push(format!("{name}: attempt {number}: {impacted} missed {missing}"));
                }
            }
        }
    }

    fn partition(&self, name: &str, partition: PartitionId, lines: &mut Vec<String>) {
        let status = self.as_of.partition_status(partition).map_or("nothing", |s| s.word());
        let rebuilding = if self.as_of.is_rebuilding(partition) { " rebuilding" } else { "" };
        lines.push(format!("{name}: {status}{rebuilding}"));
        let current = self.as_of.current(partition).map(|instance| self.key(instance));
        lines.push(format!("{name}: current: {}", current.unwrap_or_default()));
        let versions = self.keys(&self.as_of.versions_of(partition).to_vec());
        lines.push(format!("{name}: versions: {versions}"));
        let consumers = self.partitions(&self.as_of.consumers(partition));
        lines.push(format!("{name}: consumers: {consumers}"));
        let producers = self.partitions(&self.as_of.producers(partition));
        lines.push(format!("{name}: producers: {producers}"));
        let wants: Vec<_> = self.history.partitions.wants.row(partition).to_vec();
        let wanted = |&want: &WantId| self.as_of.had(self.history.wants.created.at(want.index()));
        let wants: Vec<_> = wants.into_iter().filter(wanted).collect();
        lines.push(format!("{name}: wanted by: {}", self.wants(&wants)));
        let attempts = self.as_of.attempts_on(partition).into_iter();
        let attempts: Vec<_> = attempts.map(|attempt| self.numbered(attempt)).collect();
        lines.push(format!("{name}: attempts: {}", attempts.join(" ")));
        let built = |&i: &InstanceId| self.history.instances.run.at(i.index()).is_some();
        for instance in self.as_of.instances_of(partition).filter(built) {
            self.instance(instance, lines);
        }
    }

    fn instance(&self, instance: InstanceId, lines: &mut Vec<String>) {
        let key = self.key(instance);
        let status = self.as_of.instance_status(instance).map_or("nothing", |s| s.word());
        let current = if self.as_of.is_current(instance) { " current" } else { "" };
        let superseded = if self.as_of.is_superseded(instance) { " superseded" } else { "" };
        lines.push(format!("{key}: {status}{current}{superseded}"));
        let built_from = self.as_of.built_from(instance);
        lines.extend(built_from.map(|set| format!("{key}: built from: {}", self.set(set))));
        let read_by = self.as_of.read_by(instance);
        lines.extend(read_by.map(|set| format!("{key}: read by: {}", self.set(set))));
    }

    fn want(&self, name: &str, want: WantId, lines: &mut Vec<String>) {
        let status = self.as_of.want_status(want).map_or("nothing", |status| status.word());
        lines.push(format!("{name}: {status}"));
        let (wants, row) = (&self.history.wants, want.index());
        let is_created = self.as_of.had(wants.created.at(row));
        let moments = [wants.created.at(row), wants.done.at(row), wants.canceled.at(row)];
        let moments = moments.map(|seq| self.event_id(seq)).join(" ");
        lines.push(format!("{name}: created, done, canceled: {moments}"));
        let cause = wants.cause.at(row).filter(|_| is_created).map(|run| self.runs(&[run]));
        let attempt = wants.cause_attempt.at(row).filter(|&attempt| {
            is_created && self.as_of.had(self.history.attempts.start.at(attempt.index()))
        });
        let attempt = attempt.map(|attempt| self.numbered(attempt)).unwrap_or_default();
        lines.push(format!("{name}: cause: {} {attempt}", cause.unwrap_or_default()));
        lines.push(format!("{name}: runs: {}", self.runs(&self.as_of.runs_of(want).to_vec())));
        lines.push(format!("{name}: derivatives: {}", self.wants(&self.as_of.derivatives(want))));
        for (k, partition) in self.history.wants.requested.row(want).iter().enumerate() {
            if let Some(verdict) = self.as_of.verdict(want, k) {
                let partition = self.partitions(&[partition]);
                lines.push(format!("{name}: {partition}: {}", self.verdict(&verdict)));
            }
        }
    }

    fn verdict(&self, verdict: &Verdict) -> String {
        let run = |&run: &RunId| self.runs(&[run]);
        match verdict {
            Verdict::BuiltBy(x) => format!("built by {}", run(x)),
            Verdict::AlreadyExisted(instance) => format!("already existed {}", self.key(*instance)),
            Verdict::BuiltForAnother(x, want) => {
                let want = want.map_or("nobody".to_owned(), |want| self.wants(&[want]));
                format!("built by {} for {want}", run(x))
            }
            Verdict::Building(x) => format!("building {}", run(x)),
            Verdict::WaitingFor(x, wants) => format!("{} waits for: {}", run(x), self.wants(wants)),
            Verdict::Failed(x) => format!("failed {}", run(x)),
            Verdict::UpstreamFailed(x, wants) => {
                format!("upstream failed {}: {}", run(x), self.wants(wants))
            }
            Verdict::Canceled => "canceled".to_owned(),
            Verdict::NotStarted => "not started".to_owned(),
        }
    }

    fn taint(&self, name: &str, taint: TaintId) -> String {
        let taints = &self.history.taints;
        let created = taints.created.at(taint.index());
        let moments = [created, taints.canceled.at(taint.index())].map(|seq| self.event_id(seq));
        let laid_on = taints.instances.row(taint).to_vec();
        let laid_on = if self.as_of.had(created) { &laid_on[..] } else { &[] };
        let moments = moments.join(" ");
        format!("{name}: created, canceled: {moments}; on {}", self.keys(laid_on))
    }

    fn external(&self) -> Vec<String> {
        let instances = &self.history.instances;
        let ids = (0..instances.run.len()).filter_map(InstanceId::from_index);
        let mut lines = Vec::new();
        for instance in ids.filter(|&i| instances.run.at(i.index()).is_none()) {
            let status = self.as_of.instance_status(instance).map_or("nothing", |s| s.word());
            for set in self.as_of.read_by(instance) {
                let (key, set) = (self.key(instance), self.set(set));
                lines.push(format!("{key}: {status}, read by: {set}"));
            }
        }
        lines.sort();
        lines
    }

    fn moments(&self, attempt: AttemptId) -> String {
        let (attempts, row) = (&self.history.attempts, attempt.index());
        let start = self.event_id(Some(attempts.start.at(row)));
        let heartbeat = self.event_id(attempts.running.at(row));
        let end = self.event_id(attempts.end.at(row));
        format!("from {start}, running from {heartbeat}, ended at {end}")
    }

    /// Nothing where the event is still to come.
    fn event_id(&self, seq: Option<Seq>) -> String {
        let by_now = seq.filter(|&seq| self.as_of.had(seq));
        by_now.map_or("-".to_owned(), |seq| (seq.index() + 1).to_string())
    }

    fn numbered(&self, attempt: AttemptId) -> String {
        let run = self.history.attempts.run.at(attempt.index());
        let earlier = self.as_of.attempts_of(run).iter().position(|other| other == attempt);
        let number = earlier.map_or(0, |earlier| earlier + 1);
        format!("{}#{number}", self.runs(&[run]))
    }

    fn set(&self, set: ReadSetId) -> String {
        let reads = &self.history.reads;
        let inferred = if reads.inferred.get(set.index()).unwrap() { " inferred" } else { "" };
        let impacted: Vec<_> = reads.impacted.row(set).iter().map(|i| self.key(i)).collect();
        let items = self.as_of.read_items(set);
        let read: Vec<_> =
            items.map(|(instance, how)| format!("{} {}", self.key(instance), word(how))).collect();
        let event = reads.seq.get(set.index()).unwrap().index() + 1;
        format!("event {event}{inferred}: {} from [{}]", impacted.join(" "), read.join(", "))
    }

    /// An instance by what it is and whose: never by its id.
    fn key(&self, instance: InstanceId) -> String {
        let instances = &self.history.instances;
        let partition = self.partitions(&[instances.partition.at(instance.index())]);
        let uuid = instances.uuid.get(instance.index()).flatten();
        match (instances.run.at(instance.index()), uuid) {
            (Some(run), _) => format!("{partition}@{}", self.runs(&[run])),
            (None, Some(uuid)) => format!("{partition}@{}", self.history.names.texts.text(uuid)),
            (None, None) => format!("{partition}@external"),
        }
    }

    fn keys(&self, instances: &[InstanceId]) -> String {
        instances.iter().map(|&i| self.key(i)).collect::<Vec<_>>().join(" ")
    }

    fn runs(&self, runs: &[RunId]) -> String {
        let names = runs.iter().map(|&run| self.history.names.runs.text(run));
        names.collect::<Vec<_>>().join(" ")
    }

    fn partitions(&self, partitions: &[PartitionId]) -> String {
        let names = partitions.iter().map(|&p| self.history.names.partitions.text(p));
        names.collect::<Vec<_>>().join(" ")
    }

    fn wants(&self, wants: &[WantId]) -> String {
        let names = wants.iter().map(|&want| self.history.names.wants.text(want));
        names.collect::<Vec<_>>().join(" ")
    }
}

fn word(how: How) -> &'static str {
    match how {
        How::Exact => "exact",
        How::AtStart => "at-start",
        How::ByEnd => "by-end",
        How::External => "external",
    }
}
