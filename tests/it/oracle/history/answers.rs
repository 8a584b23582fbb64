//! All that the twin can say of a log, as lines of text, to be held against the same lines from
//! the fast code.
use crate::oracle::history::{Attempt, Instance, Key, ReadSet, TestEvent, Twin, push_new};

/// Whom to ask about: names that a log mentions, or will mention after the cut.
#[derive(Clone, Debug, Default)]
pub struct Names {
    pub wants: Vec<String>,
    pub partitions: Vec<String>,
    pub runs: Vec<String>,
    pub taints: Vec<String>,
}

impl Twin<'_> {
    pub fn names(&self) -> Names {
        let owned = |names: Vec<&str>| names.into_iter().map(str::to_owned).collect();
        let (wants, partitions, runs) = (self.wants(), self.partitions(), self.runs());
        let mut taints = Vec::new();
        for taint in self.log.iter().filter_map(TestEvent::taint) {
            push_new(&mut taints, taint.to_owned());
        }
        Names { wants: owned(wants), partitions: owned(partitions), runs: owned(runs), taints }
    }

    /// One line for each thing and question.
    pub fn answers(&self, names: &Names) -> Vec<String> {
        let mut lines = Vec::new();
        for run in &names.runs {
            self.answer_run(run, &mut lines);
        }
        for partition in &names.partitions {
            self.answer_partition(partition, &mut lines);
        }
        for want in &names.wants {
            self.answer_want(want, &mut lines);
        }
        for taint in &names.taints {
            lines.push(self.answer_taint(taint));
        }
        let pieces = self.pieces().into_iter().map(|piece| piece.join(" "));
        lines.push(format!("pieces of work: {}", pieces.collect::<Vec<_>>().join(" | ")));
        lines.extend(self.answer_external());
        lines
    }

    fn answer_run(&self, run: &str, lines: &mut Vec<String>) {
        let attempts = self.attempts_of(run);
        let statuses: Vec<_> = attempts.iter().map(|attempt| attempt.status()).collect();
        let status = self.run_status(run).unwrap_or("nothing");
        lines.push(format!("{run}: {status}; attempts: {}", statuses.join(" ")));
        if self.runs().contains(&run) {
            lines.push(format!("{run}: piece of work: {}", self.piece_of(run).join(" ")));
        }
        lines.push(format!("{run}: scheduled for: {}", self.scheduled_for(run).join(" ")));
        lines.push(format!("{run}: caused: {}", self.caused_by(run).join(" ")));
        lines.push(format!("{run}: builds: {}", keys(&self.built_by(run, self.now()))));
        for attempt in attempts {
            lines.push(format!("{run}: attempt {}: {}", attempt.number, moments(attempt)));
            let sets = self.reads_of(attempt).into_iter();
            lines.extend(sets.map(|set| format!("{run}: attempt {}: {set}", attempt.number)));
            for (impacted, missing) in self.missing_of(attempt) {
                let (impacted, missing) = (impacted.join(" "), missing.join(" "));
                lines.push(format!(
                    "{run}: attempt {}: {impacted} missed {missing}",
                    attempt.number
                ));
            }
        }
    }

    fn answer_partition(&self, partition: &str, lines: &mut Vec<String>) {
        let status = self.partition_status(partition).unwrap_or("nothing");
        let rebuilding = if self.is_rebuilding(partition) { " rebuilding" } else { "" };
        lines.push(format!("{partition}: {status}{rebuilding}"));
        let current = self.current(partition, self.now()).map(|i| i.key().to_string());
        lines.push(format!("{partition}: current: {}", current.unwrap_or_default()));
        lines.push(format!("{partition}: versions: {}", keys(&self.versions_of(partition))));
        lines.push(format!("{partition}: consumers: {}", self.consumers(partition).join(" ")));
        lines.push(format!("{partition}: producers: {}", self.producers(partition).join(" ")));
        let mut wants = self.wants_created();
        wants.retain(|want| self.requested(want).contains(&partition));
        lines.push(format!("{partition}: wanted by: {}", wants.join(" ")));
        let attempts: Vec<_> = self.attempts_on(partition).into_iter().map(numbered).collect();
        lines.push(format!("{partition}: attempts: {}", attempts.join(" ")));
        for instance in self.instances_of(partition) {
            self.answer_instance(instance, lines);
        }
    }

    fn answer_instance(&self, instance: &Instance, lines: &mut Vec<String>) {
        let key = instance.key();
        let current = if self.is_current(instance) { " current" } else { "" };
        let superseded = if self.is_superseded(instance) { " superseded" } else { "" };
        lines.push(format!("{key}: {}{current}{superseded}", self.instance_status(instance)));
        let built_from = self.built_from(instance).into_iter();
        lines.extend(built_from.map(|set| format!("{key}: built from: {set}")));
        lines.extend(self.read_by(&key).into_iter().map(|set| format!("{key}: read by: {set}")));
    }

    fn answer_want(&self, want: &str, lines: &mut Vec<String>) {
        let status = self.want_status(want).unwrap_or("nothing");
        lines.push(format!("{want}: {status}"));
        let moments = [self.created(want), self.done(want), self.canceled(want)].map(event_id);
        lines.push(format!("{want}: created, done, canceled: {}", moments.join(" ")));
        let cause = self.cause_attempt(want).map(numbered).unwrap_or_default();
        lines.push(format!("{want}: cause: {} {cause}", self.cause(want).unwrap_or_default()));
        lines.push(format!("{want}: runs: {}", self.runs_for(want).join(" ")));
        lines.push(format!("{want}: derivatives: {}", self.derivatives(want).join(" ")));
        for partition in self.requested(want) {
            let verdict = self.verdict(want, partition).unwrap_or_default();
            lines.push(format!("{want}: {partition}: {verdict}"));
        }
    }

    fn answer_taint(&self, taint: &str) -> String {
        let Some(taint) = self.taints.iter().find(|other| other.id == taint) else {
            return format!("{taint}: created, canceled: - -; on ");
        };
        let moments = [Some(taint.created), taint.canceled].map(event_id).join(" ");
        let laid_on: Vec<_> = taint.laid_on.iter().map(Key::to_string).collect();
        format!("{}: created, canceled: {moments}; on {}", taint.id, laid_on.join(" "))
    }

    /// The readers of what this log did not build, in order of their names.
    fn answer_external(&self) -> Vec<String> {
        let mut keys = Vec::new();
        for (key, _) in self.read_sets.iter().flat_map(|set| &set.read) {
            if !matches!(key, Key::Built { .. }) {
                push_new(&mut keys, key);
            }
        }
        let mut lines = Vec::new();
        for key in keys {
            let read_by = self.read_by(key).into_iter();
            lines.extend(read_by.map(|set| format!("{key}: external, read by: {set}")));
        }
        lines.sort();
        lines
    }
}

fn moments(attempt: &Attempt) -> String {
    let heartbeat = event_id(attempt.first_heartbeat);
    let end = event_id(attempt.end.map(|(end, _)| end));
    let start = event_id(Some(attempt.start));
    format!("from {start}, running from {heartbeat}, ended at {end}")
}

fn event_id(seq: Option<usize>) -> String {
    seq.map_or("-".to_owned(), |seq| (seq + 1).to_string())
}

fn numbered(attempt: &Attempt) -> String {
    format!("{}#{}", attempt.run, attempt.number)
}

fn keys(instances: &[&Instance]) -> String {
    instances.iter().map(|i| i.key().to_string()).collect::<Vec<_>>().join(" ")
}

impl std::fmt::Display for ReadSet {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        let inferred = if self.inferred { " inferred" } else { "" };
        let impacted: Vec<_> = self.impacted.iter().map(Key::to_string).collect();
        let read: Vec<_> = self.read.iter().map(|(key, how)| format!("{key} {how}")).collect();
        write!(f, "event {}{inferred}: ", self.seq + 1)?;
        write!(f, "{} from [{}]", impacted.join(" "), read.join(", "))
    }
}
