//! Why a list has nothing in it, and what to do about it: each reason once, in the words of the log's language. What is
//! not there yet at a moment is told apart from what the log never has.
use crate::events::{Id, PartitionId, RunId, WantId};
use crate::facts::{Section, vocabulary};
use crate::history::{AsOf, End, InstanceId, ReadSetId, RunStatus};
use crate::route::Page;
use crate::scene::Status;
use crate::words::{count, counted};

/// A reason. What it is about is in it only where the words need it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Empty {
    /// Nothing was built from an instance.
    NotRead(InstanceId),
    /// Nothing was ever built from a ref.
    NeverRead,
    /// A run, or what it built, has read nothing.
    ReadNothing(RunId),
    /// No build of a ref has read anything.
    NeverReadAnything,
    /// A run builds nothing.
    WroteNothing(RunId),
    /// A run is for no want.
    ForNobody(RunId),
    /// A run has missed inputs, and nothing was asked for.
    NothingMade,
    /// A want asks for nothing.
    AsksNothing(WantId),
    /// A ref that nothing has built.
    NotBuilt(PartitionId),
    /// A ref that has nothing to look at: neither built nor read.
    NoInstance,
    /// A ref that no want asks for.
    NotWanted(PartitionId),
    /// No run in progress has read what is touched.
    NobodyReads,
    /// Nothing that is touched satisfied a want.
    SatisfiedNothing,
    /// Nothing is touched.
    TouchesNothing,
    /// No want has the status that is asked for.
    NoneWith(Status),
    /// There is no want.
    NoWants,
    /// Nothing is stale.
    NothingStale,
    /// No data is named.
    NoData,
    /// No run was planned.
    NoJobs,
    /// No run of a job had begun.
    NoRuns,
    /// No attempt has ended.
    NoEnds,
    /// No run has succeeded.
    NoSuccess,
    /// Nothing was tried again.
    NoRetries,
    /// No read is known.
    NoReads,
    /// Nothing of a list, whose rows are called so, has this in its name.
    NothingNamed(&'static str),
    /// A search finds nothing; with filters, or by names alone.
    NothingFound {
        /// Whether filters were among what was typed.
        is_filtered: bool,
    },
    /// No event is a run's own.
    NoEvents,
    /// No attempt of a run had begun.
    NoAttempts,
    /// Nothing of the log had to be left out or doubted.
    NoNotices,
}

/// A reason in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// A sentence or two.
    pub says: String,
    /// What may be done.
    pub step: Option<(String, Step)>,
}

impl Default for Why {
    fn default() -> Self {
        Self { says: "Nothing of it is known at this moment.".to_owned(), step: None }
    }
}

/// What may be done where there is nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// To the end of the log, on the same page.
    End,
    /// To another page.
    Page(Page),
    /// Less may be asked for: whoever shows the list knows what was.
    Less,
}

impl Section {
    /// Where it has no rows, with the reason.
    pub(super) fn or(self, asof: AsOf<'_>, empty: Empty) -> Self {
        let why = (self.rows.is_empty() && self.n_more == 0).then(|| empty.why(asof));
        Self { why, ..self }
    }
}

impl Empty {
    /// The reason in words, at a moment.
    pub fn why(self, asof: AsOf<'_>) -> Why {
        let says = self.says(asof);
        let step = match self {
            Self::NoneWith(_) => {
                let words = format!("Show all {}", vocabulary(asof.history).wants);
                Some((words, Step::Page(Page::HOME)))
            }
            Self::NothingNamed(_) => Some(("Show all of them".to_owned(), Step::Less)),
            Self::NothingFound { is_filtered: true } if asof.is_end() => {
                Some(("Leave the filters out".to_owned(), Step::Less))
            }
            _ if !asof.is_end() && self.may_come(asof) => {
                Some(("Show the end of the log".to_owned(), Step::End))
            }
            _ => None,
        };
        Why { says, step }
    }

    /// Whether a later moment has some, or may.
    fn may_come(self, asof: AsOf<'_>) -> bool {
        let partitions = &asof.history.partitions;
        match self {
            Self::NotRead(instance) => n_later_readers(asof, instance) > 0,
            Self::NotBuilt(partition) => !partitions.instances.row(partition).is_empty(),
            Self::NotWanted(partition) => !partitions.wants.row(partition).is_empty(),
            Self::ReadNothing(run) => !is_over(asof, run),
            Self::ForNobody(run) => !is_planned(asof, run),
            Self::WroteNothing(run) => !is_planned(asof, run) || !is_over(asof, run),
            Self::NothingStale
            | Self::AsksNothing(_)
            | Self::NobodyReads
            | Self::NoNotices
            | Self::NoEvents => false,
            _ => true,
        }
    }

    fn says(self, asof: AsOf<'_>) -> String {
        let words = vocabulary(asof.history);
        let (want, partition) = (words.want, words.partition);
        let (by, is_missing) = if asof.is_end() {
            ("in this log", "is not in this log")
        } else {
            ("by this moment", "has not come by this moment")
        };
        match self {
            Self::NotRead(instance) => {
                let later = later_words(n_later_readers(asof, instance));
                format!("No job run that has succeeded {by} is known to have read it.{later}")
            }
            Self::NeverRead => format!("No job run that has succeeded {by} is known to have read any of its versions."),
            Self::ReadNothing(run) => read_nothing(asof, run).to_owned(),
            Self::NeverReadAnything => {
                format!("Nothing is known {by} to have been read for any of its builds.")
            }
            Self::WroteNothing(run) if asof.history.openlineage.has_run(run) => {
                format!("It has told of nothing that it wrote {by}.")
            }
            Self::WroteNothing(run) if is_planned(asof, run) => {
                format!("The event that plans it names no {partition} to build.")
            }
            Self::WroteNothing(_) => {
                format!("What a job run builds is told by the event that plans it, which {is_missing}.")
            }
            Self::ForNobody(run) if is_planned(asof, run) => {
                format!("It was planned for no {want} that this log names.")
            }
            Self::ForNobody(_) => format!(
                "For which {want} a job run is, is told by the event that plans it, which {is_missing}."
            ),
            Self::NothingMade => format!("No {want} was made for what it missed {by}."),
            Self::AsksNothing(want) => asks_nothing(asof, want),
            Self::NotBuilt(partition) => not_built(asof, partition, by),
            Self::NoInstance => format!("It was neither built nor read {by}."),
            Self::NotWanted(partition) => {
                let n = asof.history.partitions.wants.row(partition).len() as u64;
                let later = later_words(n);
                format!("No {want} asks for it {by}.{later}")
            }
            Self::NobodyReads => {
                "No job run that is under way has read any of it, so none would go on with what it has read.".to_owned()
            }
            Self::SatisfiedNothing => format!("Neither it nor what was built from it has satisfied a {want} {by}."),
            Self::TouchesNothing => format!(
                "Nothing live was built from it: no job run that has succeeded {by} is known to have read it."
            ),
            Self::NoneWith(status) => format!("No {want} is {} at this moment.", status.text()),
            Self::NoWants => format!(
                "No event {by} tells of a {want}. What was built is listed as {}.",
                words.partitions
            ),
            Self::NothingStale => "Nothing is stale: nothing that was read to build what is live has been built \
                again or tainted by this moment."
                .to_owned(),
            Self::NoData => format!("No event {by} names a {partition}."),
            Self::NoJobs => format!("No job run was planned {by}, so there is no job to show."),
            Self::NoRuns => "No run of this job has begun by this moment.".to_owned(),
            Self::NoEnds => format!("No attempt of a job run has ended {by}."),
            Self::NoSuccess => format!("No job run has succeeded {by}, so none has a duration to compare."),
            Self::NoRetries => format!("No attempt has followed one that failed or was canceled {by}."),
            Self::NoReads => format!(
                "No job run is known to have read a {partition} {by}: a run says what it read when it succeeds."
            ),
            Self::NothingNamed(row) => format!("No {row} has this in its name."),
            Self::NothingFound { .. } if !asof.is_end() => {
                "Nothing of that name. What later events name is not there yet: the end of the log may have it."
                    .to_owned()
            }
            Self::NothingFound { is_filtered: true } => {
                "Nothing of that name. With fewer filters there may be more.".to_owned()
            }
            Self::NothingFound { is_filtered: false } => {
                "Nothing of that name. A few letters of each part of a name are enough, in the order in which they \
                 stand in it."
                    .to_owned()
            }
            Self::NoEvents => "No event of this log is its own: it is only named by others.".to_owned(),
            Self::NoAttempts => format!("Nothing is told {by} of when it waited, ran or ended."),
            Self::NoNotices => "Every record of this log was used, and nothing that it says contradicts itself.".to_owned(),
        }
    }
}

/// That some do, after the moment.
fn later_words(n: u64) -> String {
    match n {
        0 => String::new(),
        1 => " One does later.".to_owned(),
        n => format!(" {} do later.", count(n)),
    }
}

/// Whether the run has ended by the moment, so that nothing more is told of it.
fn is_over(asof: AsOf<'_>, run: RunId) -> bool {
    asof.run_status(run).is_some_and(|status| !status.is_under_way())
}

/// Whether the log plans the run by the moment, or tells of it in OpenLineage, where there are no plans.
fn is_planned(asof: AsOf<'_>, run: RunId) -> bool {
    let label = asof.history.runs.label.get(run.index()).flatten();
    label.is_some() && !asof.attempts_of(run).is_empty()
}

/// Why nothing that a run read is known.
fn read_nothing(asof: AsOf<'_>, run: RunId) -> &'static str {
    let is_recorded = asof.history.reads_recorded_from.is_some();
    let is_told = asof.history.openlineage.has_run(run);
    match asof.run_status(run) {
        Some(RunStatus::Succeeded) if is_recorded || is_told => {
            "It has succeeded, and told of nothing that it read."
        }
        Some(RunStatus::Succeeded) => {
            "This log does not say what runs read when they succeed, and this one missed nothing from which it could be \
             inferred."
        }
        Some(RunStatus::Failed | RunStatus::Canceled | RunStatus::DepMiss) => {
            "It has ended without success, and told of nothing that it had read until then."
        }
        Some(RunStatus::Running | RunStatus::Queued) | None => {
            "It has not ended by this moment: a run says what it read when it succeeds, or misses an input."
        }
    }
}

fn asks_nothing(asof: AsOf<'_>, want: WantId) -> String {
    let created = asof.history.wants.created.get(want.index()).flatten();
    let words = vocabulary(asof.history);
    if asof.history.openlineage.has_want(want) {
        return "None of its job runs is known to have written anything.".to_owned();
    }
    match created {
        Some(_) => format!("Its creation names no {}.", words.partition),
        None => "What it asks for is told by its creation, which is not in this log.".to_owned(),
    }
}

fn not_built(asof: AsOf<'_>, partition: PartitionId, by: &str) -> String {
    match asof.history.partitions.instances.row(partition).len() as u64 {
        0 => "No job run of this log builds it: it is only read, missed or asked for.".to_owned(),
        n => format!(
            "No job run builds it {by}. {} later.",
            counted(n, "build begins", "builds begin")
        ),
    }
}

/// How many runs that succeed in the end, and have not by the moment, read it.
fn n_later_readers(asof: AsOf<'_>, instance: InstanceId) -> u64 {
    let history = asof.history;
    let (reads, attempts) = (&history.reads, &history.attempts);
    let run_of = |set: ReadSetId| {
        let is_inferred = reads.inferred.get(set.index()).unwrap_or(true);
        let attempt = reads.attempt.get(set.index())?;
        let succeeds = attempts.ended.get(attempt.index()) == Some(Some(End::Succeeded));
        let counts = succeeds && !(is_inferred && history.reads_recorded_from.is_some());
        attempts.run.get(attempt.index()).filter(|_| counts)
    };
    let mut runs: Vec<RunId> =
        history.instances.read_by.row(instance).iter().filter_map(run_of).collect();
    runs.sort_unstable();
    runs.dedup();
    runs.len() as u64
}
