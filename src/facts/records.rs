//! A picture as a small log: which records of the log it takes to open the same picture again. They are
//! whole records, and all of the things they are about up to the moment; what merely lies beyond the
//! picture is left out, so that nothing there shows: no stale cause, no count of what is hidden.
//!
//! A partition that is drawn, alone or in a group, needs all its builds: which one was read, and what it is
//! now, depends on the others. So does one that is both built and read by what is saved: no link is in the
//! saved log that is not in the whole one. A want needs what it asks for, and what waits needs what it waits for.
use crate::events::{Id, PartitionId, Place, RunId, Seq, Span, Subject, WantId};
use crate::graph::{Graph, Key, runs_of_job};
use crate::history::{AsOf, History, RunStatus};
use crate::order::Table;

/// The records of everything in `graph` as far as the moment of `asof`, in the order of the log, each
/// once; descriptions, which have no place in that order, are last.
pub fn records(asof: AsOf<'_>, graph: &Graph) -> Vec<Span> {
    let mut taken = Taken::new(asof);
    let members = graph.groups.iter().flat_map(|group| group.members.iter().copied());
    for key in graph.nodes.iter().map(|node| node.key).chain(members) {
        taken.take_key(key);
    }
    // Ends that nothing lies between are asked for all the same.
    for end in graph.paths.iter().flat_map(|paths| [paths.from, paths.to]) {
        taken.take(Needed::Partition(end));
    }
    // Before it, what runs read is inferred.
    let recorded = asof.history.reads_recorded_from.filter(|&seq| asof.had(seq));
    if let Some(seq) = recorded.filter(|_| taken.n_open() > 0) {
        taken.tell_subject_of(seq);
    }
    taken.close();
    taken.spans()
}

/// The records of all events, in the order of the log, each once.
pub fn all_records(history: &History) -> Vec<Span> {
    let log = &history.log;
    let spans = log.seqs().map(|seq| log.span(seq));
    let mut seen = Table::default();
    spans.filter(|span| seen.insert(place_key(span))).collect()
}

/// A record as one line: a line break between its tokens becomes a blank. Inside of its strings there
/// is none, for there they are escaped.
pub fn one_line(record: &mut [u8]) {
    for byte in record.iter_mut().filter(|byte| matches!(**byte, b'\n' | b'\r')) {
        *byte = b' ';
    }
}

/// What is needed, and what of it has not been looked into.
struct Taken<'a> {
    asof: AsOf<'a>,
    /// Whose events are told: rows of wants, runs and taints.
    told: [Vec<bool>; 3],
    /// What is needed with all that it depends on.
    whole: [Table; 3],
    /// `PartitionId ->` whether a run that is told builds it, and whether one reads it.
    built: Vec<bool>,
    read: Vec<bool>,
    open: Vec<Needed>,
}

/// With all that it depends on.
#[derive(Clone, Copy)]
enum Needed {
    Want(WantId),
    Partition(PartitionId),
    Work(RunId),
}

impl<'a> Taken<'a> {
    fn new(asof: AsOf<'a>) -> Self {
        let names = &asof.history.names;
        let told = [names.wants.len(), names.runs.len(), names.taints.len()];
        let n = names.partitions.len();
        Self {
            asof,
            told: told.map(|n| vec![false; n]),
            whole: Default::default(),
            built: vec![false; n],
            read: vec![false; n],
            open: Vec::new(),
        }
    }

    fn n_open(&self) -> usize {
        self.open.len()
    }

    fn take_key(&mut self, key: Key) {
        match key {
            Key::Want(want) => self.take(Needed::Want(want)),
            Key::Partition(partition) => self.take(Needed::Partition(partition)),
            Key::Instance(it) => {
                let partition = self.asof.history.instances.partition.get(it.index());
                if let Some(partition) = partition {
                    self.take(Needed::Partition(partition));
                }
            }
            Key::Run(run) => self.take(Needed::Work(run)),
            Key::Job(newest) => {
                for run in runs_of_job(self.asof, newest) {
                    self.take(Needed::Work(run));
                }
            }
            Key::Group(_) => {}
        }
    }

    fn take(&mut self, needed: Needed) {
        let (of, row) = match needed {
            Needed::Want(it) => (0, it.index()),
            Needed::Partition(it) => (1, it.index()),
            Needed::Work(it) => (2, it.index()),
        };
        if self.whole.get_mut(of).is_some_and(|set| set.insert(row as u64)) {
            self.open.push(needed);
        }
    }

    fn close(&mut self) {
        while let Some(needed) = self.open.pop() {
            match needed {
                Needed::Want(want) => self.want(want),
                Needed::Partition(partition) => self.partition(partition),
                Needed::Work(run) => self.work(run),
            }
        }
    }

    /// What it asks for, who works on it, the wants that their misses caused, and whose miss caused it.
    fn want(&mut self, want: WantId) {
        let wants = &self.asof.history.wants;
        self.tell(Subject::Want(want));
        self.tell_first(wants.first_seen.get(want.index()));
        for partition in wants.requested.row(want) {
            self.take(Needed::Partition(partition));
        }
        for run in self.asof.runs_of(want) {
            self.tell(Subject::Run(run));
            for caused in self.asof.caused_by(run) {
                self.take(Needed::Want(caused));
            }
        }
        if let Some(cause) = wants.cause.get(want.index()).flatten() {
            self.tell(Subject::Run(cause));
        }
    }

    /// All its builds, what was declared of them, and what those that missed inputs wait for.
    fn partition(&mut self, partition: PartitionId) {
        let (asof, history) = (self.asof, self.asof.history);
        self.tell_first(history.partitions.first_seen.get(partition.index()));
        if let Some(want) = history.partitions.wants.row(partition).first() {
            self.tell(Subject::Want(want));
        }
        let foreign = history.partitions.foreign.row(partition).iter();
        let external = history.partitions.external.get(partition.index()).flatten();
        for instance in foreign.chain(external) {
            self.tell_first(history.instances.created.get(instance.index()));
        }
        for instance in asof.instances_of(partition) {
            let run = history.instances.run.get(instance.index()).flatten();
            if let Some(run) = run {
                self.tell(Subject::Run(run));
            }
            for taint in history.instances.taints.row(instance) {
                self.tell(Subject::Taint(taint));
            }
            let missed = run.filter(|&run| asof.run_status(run) == Some(RunStatus::DepMiss));
            for want in missed.into_iter().flat_map(|run| asof.caused_by(run)) {
                self.take(Needed::Want(want));
            }
        }
    }

    /// All its attempts, what they build, and the wants they caused.
    fn work(&mut self, run: RunId) {
        self.tell_first(self.asof.history.runs.first_seen.get(run.index()));
        for run in self.asof.piece_of(run) {
            self.tell(Subject::Run(run));
            for instance in self.asof.builds_of(run) {
                self.take_key(Key::Instance(instance));
            }
            for want in self.asof.caused_by(run) {
                self.take(Needed::Want(want));
            }
        }
    }

    /// The subject of the event that a column names.
    fn tell_first(&mut self, seq: Option<Seq>) {
        if let Some(seq) = seq {
            self.tell_subject_of(seq);
        }
    }

    fn tell_subject_of(&mut self, seq: Seq) {
        if self.asof.had(seq) {
            self.tell(self.asof.history.log.subject(seq));
        }
    }

    /// All events about `subject`. A run of OpenLineage is what it is among all runs of its request.
    fn tell(&mut self, subject: Subject) {
        let (of, row) = place_of(subject);
        let is_told = self.told.get_mut(of).and_then(|told| told.get_mut(row));
        if is_told.is_none_or(|is_told| std::mem::replace(is_told, true)) {
            return;
        }
        let told = &self.asof.history.openlineage;
        match subject {
            Subject::Run(run) => {
                self.note_data(run);
                for want in self.asof.wants_of(run) {
                    if told.has_run(run) {
                        self.tell_family(want);
                    }
                }
            }
            Subject::Want(want) if told.has_want(want) => self.tell_family(want),
            _ => {}
        }
    }

    /// Not by way of [`Self::tell`] for each: a request may have as many runs as the log.
    fn tell_family(&mut self, want: WantId) {
        let [wants, runs, _] = &mut self.told;
        if let Some(is_told) = wants.get_mut(want.index()) {
            *is_told = true;
        }
        let mut new = self.asof.runs_of(want).to_vec();
        new.retain(|run| runs.get_mut(run.index()).is_some_and(|it| !std::mem::replace(it, true)));
        for run in new {
            self.note_data(run);
        }
    }

    /// Of a partition that is built twice, or both built and read by what is told, all builds are: else what
    /// was read would seem to be another one of them, and one run to continue another.
    fn note_data(&mut self, run: RunId) {
        let history = self.asof.history;
        let attempts = self.asof.attempts_of(run).iter();
        let sets = attempts.flat_map(|attempt| history.attempts.reads.row(attempt));
        let reads = sets.flat_map(|set| history.reads.read.row(set)).map(|it| (it, false));
        let builds = self.asof.builds_of(run).iter().map(|it| (it, true));
        for (instance, is_built) in reads.chain(builds) {
            let Some(partition) = history.instances.partition.get(instance.index()) else {
                continue;
            };
            let mine = if is_built { &mut self.built } else { &mut self.read };
            let Some(mine) = mine.get_mut(partition.index()) else { continue };
            let is_built_twice = std::mem::replace(mine, true) && is_built;
            let is_in = |column: &[bool]| column.get(partition.index()) == Some(&true);
            if is_built_twice || (is_in(&self.built) && is_in(&self.read)) {
                self.take(Needed::Partition(partition));
            }
        }
    }

    fn spans(&self) -> Vec<Span> {
        let (history, log) = (self.asof.history, &self.asof.history.log);
        let is_told = |subject: Subject| {
            let (of, row) = place_of(subject);
            self.told.get(of).and_then(|told| told.get(row)).is_some_and(|&is_told| is_told)
        };
        let events = log.seqs().take_while(|&seq| self.asof.had(seq));
        let events = events.filter(|&seq| is_told(log.subject(seq))).map(|seq| log.span(seq));
        let told = &history.openlineage;
        let [_, partitions, _] = &self.whole;
        let datasets = described(&told.described_dataset_at, &told.described_dataset_len)
            .zip(&told.described_dataset)
            .filter(|(_, it)| partitions.get(it.index() as u64).is_some());
        let mut labels = Table::default();
        let is_told_run = |run: &RunId| is_told(Subject::Run(*run));
        for run in history.names.runs.ids().filter(is_told_run) {
            if let Some(label) = history.runs.label.get(run.index()).flatten() {
                labels.insert(label.index() as u64);
            }
        }
        let jobs = described(&told.described_job_at, &told.described_job_len)
            .zip(&told.described_job)
            .filter(|(_, it)| labels.get(it.index() as u64).is_some());
        let spans = events.chain(datasets.map(|(span, _)| span)).chain(jobs.map(|(span, _)| span));
        let mut seen = Table::default();
        spans.filter(|span| seen.insert(place_key(span))).collect()
    }
}

/// The place of a record as one number.
fn place_key(span: &Span) -> u64 {
    u64::from(span.input) << 48 | span.offset
}

/// Where the records of descriptions are.
fn described<'a>(places: &'a [Place], lens: &'a [u32]) -> impl Iterator<Item = Span> + 'a {
    let span =
        |(place, &len): (&Place, &u32)| Span { input: place.input(), offset: place.offset(), len };
    places.iter().zip(lens).map(span)
}

fn place_of(subject: Subject) -> (usize, usize) {
    match subject {
        Subject::Want(it) => (0, it.index()),
        Subject::Run(it) => (1, it.index()),
        Subject::Taint(it) => (2, it.index()),
    }
}
