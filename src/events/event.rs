//! One event, decoded and interned: plain borrowed data, the same for every spelling and language.
use crate::events::{EventKind, LabelId, PartitionId, RunId, TaintId, TextId, WantId};

/// A partition as an event names it, with the instance meant where the event says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PartitionRef {
    /// The partition.
    pub partition: PartitionId,
    /// The explicit uuid of one instance of it.
    pub uuid: Option<TextId>,
}

/// Who asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Source {
    /// The event does not say.
    #[default]
    Unknown,
    /// `manually_triggered`; the user where named.
    Manual(Option<TextId>),
    /// `job_triggered`: a dependency miss of this run.
    Run(RunId),
}

/// Whom an event is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A want.
    Want(WantId),
    /// A job run.
    Run(RunId),
    /// A taint.
    Taint(TaintId),
}

/// One event's payload. Lists are borrowed from the log's arena.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Payload<'a> {
    /// A request for partitions.
    WantCreate(WantCreate<'a>),
    /// The request is withdrawn.
    WantCancel {
        /// The want.
        want: WantId,
        /// Who canceled it.
        source: Source,
        /// Why.
        comment: Option<TextId>,
    },
    /// A run is planned: what it will build, and for whom.
    JobRunBuffer {
        /// The run.
        run: RunId,
        /// Its job.
        label: LabelId,
        /// The partitions it will build.
        building: &'a [PartitionRef],
        /// The wants it was scheduled for, each with the partitions attributed to it.
        wants: Attributions<'a>,
    },
    /// The run waits for a place.
    JobRunQueue {
        /// The run.
        run: RunId,
    },
    /// The run is alive.
    JobRunHeartbeat {
        /// The run.
        run: RunId,
    },
    /// The run built everything that it was to build.
    JobRunSuccess {
        /// The run.
        run: RunId,
        /// What was read to build what; `None` when the field is absent (an older log).
        read_deps: Option<Pairs<'a>>,
    },
    /// The run failed.
    JobRunFailure {
        /// The run.
        run: RunId,
        /// Why, in the job's own words.
        reason: Option<TextId>,
    },
    /// The run was canceled.
    JobRunCancel {
        /// The run.
        run: RunId,
        /// Who canceled it.
        source: Source,
        /// Why.
        comment: Option<TextId>,
    },
    /// The run found inputs missing.
    JobRunMissingDeps {
        /// The run.
        run: RunId,
        /// To build each of the first list, each of the second was missing.
        missing_deps: Pairs<'a>,
        /// What was read before the miss.
        read_deps: Pairs<'a>,
    },
    /// Partitions are declared bad.
    TaintCreate {
        /// The taint.
        taint: TaintId,
        /// What is bad: `partitions` and `root_partitions`, in that order.
        partitions: &'a [PartitionRef],
        /// Who said so.
        source: Source,
        /// Why.
        comment: Option<TextId>,
    },
    /// The taint is withdrawn.
    TaintCancel {
        /// The taint.
        taint: TaintId,
        /// Who withdrew it.
        source: Source,
        /// Why.
        comment: Option<TextId>,
    },
}

/// `want_create_v1`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WantCreate<'a> {
    /// The want.
    pub want: WantId,
    /// What is wanted, in the order and with the repeats of the log.
    pub partitions: &'a [PartitionRef],
    /// The moment the data is about, in seconds since 1970 UTC.
    pub data_time_secs: Option<u64>,
    /// How long after that moment the want expires, in seconds.
    pub ttl_secs: Option<u64>,
    /// How long after that moment the want is late, in seconds.
    pub sla_secs: Option<u64>,
    /// Who asked.
    pub source: Source,
    /// Why.
    pub comment: Option<TextId>,
}

/// `read_deps` or `missing_deps`: entries of two lists of partitions each. The entries' bounds are
/// pairs of lengths into one run of refs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Pairs<'a> {
    /// For each entry: how many `impacted`, how many `read` (or `missing`).
    pub lengths: &'a [[u32; 2]],
    /// All refs, entry by entry, `impacted` first.
    pub refs: &'a [PartitionRef],
}

/// `want_attributed_partitions`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Attributions<'a> {
    /// For each entry: the want and how many partitions are attributed to it.
    pub wants: &'a [(WantId, u32)],
    /// All refs, entry by entry.
    pub refs: &'a [PartitionRef],
}

impl Payload<'_> {
    /// The kind of event that carries it.
    pub const fn kind(&self) -> EventKind {
        match self {
            Self::WantCreate(_) => EventKind::WantCreate,
            Self::WantCancel { .. } => EventKind::WantCancel,
            Self::JobRunBuffer { .. } => EventKind::JobRunBuffer,
            Self::JobRunQueue { .. } => EventKind::JobRunQueue,
            Self::JobRunHeartbeat { .. } => EventKind::JobRunHeartbeat,
            Self::JobRunSuccess { .. } => EventKind::JobRunSuccess,
            Self::JobRunFailure { .. } => EventKind::JobRunFailure,
            Self::JobRunCancel { .. } => EventKind::JobRunCancel,
            Self::JobRunMissingDeps { .. } => EventKind::JobRunMissingDeps,
            Self::TaintCreate { .. } => EventKind::TaintCreate,
            Self::TaintCancel { .. } => EventKind::TaintCancel,
        }
    }

    /// Whom the event is about.
    pub const fn subject(&self) -> Subject {
        match *self {
            Self::WantCreate(WantCreate { want, .. }) | Self::WantCancel { want, .. } => {
                Subject::Want(want)
            }
            Self::JobRunBuffer { run, .. }
            | Self::JobRunQueue { run }
            | Self::JobRunHeartbeat { run }
            | Self::JobRunSuccess { run, .. }
            | Self::JobRunFailure { run, .. }
            | Self::JobRunCancel { run, .. }
            | Self::JobRunMissingDeps { run, .. } => Subject::Run(run),
            Self::TaintCreate { taint, .. } | Self::TaintCancel { taint, .. } => {
                Subject::Taint(taint)
            }
        }
    }
}

impl<'a> Pairs<'a> {
    /// Entry by entry: `(impacted, read or missing)`.
    pub fn entries(self) -> impl Iterator<Item = (&'a [PartitionRef], &'a [PartitionRef])> {
        let mut rest = self.refs;
        self.lengths.iter().map(move |&[impacted, others]| {
            (take(&mut rest, impacted as usize), take(&mut rest, others as usize))
        })
    }
}

impl<'a> Attributions<'a> {
    /// Entry by entry: the want and its partitions.
    pub fn entries(self) -> impl Iterator<Item = (WantId, &'a [PartitionRef])> {
        let mut rest = self.refs;
        self.wants.iter().map(move |&(want, n)| (want, take(&mut rest, n as usize)))
    }
}

/// The first `n` of `rest`, or all that is left.
fn take<'a>(rest: &mut &'a [PartitionRef], n: usize) -> &'a [PartitionRef] {
    let (head, tail) = rest.split_at(n.min(rest.len()));
    *rest = tail;
    head
}
