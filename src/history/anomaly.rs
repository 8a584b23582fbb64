//! What the log says that cannot be: each kind counted, the first of each kept with their events.
use crate::events::Seq;

/// How many events of each kind are kept.
const N_KEPT: usize = 100;

/// Declares the kinds, each with the sentence that tells a reader what was done about it.
macro_rules! anomalies {
    ($($(#[$doc:meta])* $name:ident = $sentence:literal,)*) => {
        /// A kind of contradiction.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Anomaly { $($(#[$doc])* $name,)* }

        impl Anomaly {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// What happened and what was done about it, in one plain sentence.
            pub const fn sentence(self) -> &'static str {
                match self { $(Self::$name => $sentence,)* }
            }
        }
    };
}

anomalies! {
    /// A run ended in another way without a restart.
    SecondEnd = "A job run ended in two ways without a restart; the first end stands.",
    /// A run ended in the same way again.
    RepeatedEnd = "A job run ended in the same way twice without a restart; the second end is ignored.",
    /// A run that succeeded or was canceled went on.
    EventAfterEnd = "A job run went on after it had succeeded or was canceled; that event is ignored.",
    /// A run was never buffered.
    NeverBuffered = "A job run has events but was never buffered; its job is unknown.",
    /// A run was buffered again without a restart.
    BufferedTwice = "A job run was buffered twice without a restart; what both say is united.",
    /// A later buffer event names another job.
    LabelChanged = "A job run was buffered again under another job; the first job stands.",
    /// A run built what it had not announced.
    BuiltUnannounced = "A job run built a partition that it had not announced; the build begins there.",
    /// An instance was named by two uuids.
    UuidChanged = "The same build was given two uuids; the first stands.",
    /// Two instances were named by one uuid.
    UuidReused = "Two builds of one partition were given the same uuid; it means the first.",
    /// A taint named a partition without such an instance.
    TaintedNothing = "A taint names a partition that had no such instance; it has no effect there.",
    /// A taint again, or a want with other content again.
    CreatedTwice = "A want or taint was created twice; the first stands.",
    /// The cancel of a want or taint that was not created by then.
    CanceledUnknown = "A want or taint was canceled that had not been created; the cancel is ignored.",
    /// A second cancel.
    CanceledTwice = "A want or taint was canceled twice; the first cancel stands.",
    /// A want was mentioned, but never created.
    NeverCreated = "A want is mentioned but was never created; what it asked for is unknown.",
    /// What follows from the event is out of all proportion to the log.
    OutOfProportion = "An event implies far more reads than the log has entries; some were left out.",
}

/// Counts by kind, and where the first ones are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anomalies {
    /// By kind, in order: how many, and the first 100 events.
    pub by_kind: Vec<(Anomaly, u64, Vec<Seq>)>,
}

impl Anomalies {
    /// How many there are of `kind`.
    pub fn count(&self, kind: Anomaly) -> u64 {
        self.find(kind).map_or(0, |at| self.by_kind[at].1)
    }

    /// How many there are.
    pub fn total(&self) -> u64 {
        self.by_kind.iter().map(|&(_, n, _)| n).sum()
    }

    pub(super) fn add(&mut self, kind: Anomaly, seq: Seq) {
        let at = self.find(kind).unwrap_or_else(|at| {
            self.by_kind.insert(at, (kind, 0, Vec::new()));
            at
        });
        let (_, n, first) = &mut self.by_kind[at];
        *n += 1;
        if first.len() < N_KEPT {
            first.push(seq);
        }
    }

    fn find(&self, kind: Anomaly) -> Result<usize, usize> {
        self.by_kind.binary_search_by_key(&kind, |&(kind, ..)| kind)
    }
}
