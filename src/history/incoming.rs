//! A history whose columns come one after the other. Some follow from others and are not among them: which datasets there
//! are, the events of runs, and who read what. They are worked out a little at a time once what they follow from has come,
//! while the others are still to come.
use crate::events::{EventLog, Names, Notices, RunId, Seq};
use crate::history::grouping::{Grouping, Reversed};
use crate::history::{
    Anomalies, Csr, Datasets, History, InstanceId, Instances, ReadSetId, ReadSets,
};
use crate::wire::{Column, Columns, Unpacker, WireError, n_columns};

/// What happened, what contradicts itself in it, and what could not be used. As columns alone it is not whole: see [`Incoming`].
pub type Read = (History, Anomalies, Notices);

/// Takes what [`replay_to`](super::replay_to) gives.
pub struct Incoming {
    unpacker: Unpacker<Read>,
    derivation: Derivation,
    come: Come,
    /// How many columns the names and the events are, and all up to what was read.
    n_events: usize,
    n_reads: usize,
}

/// What has come that something follows from.
#[derive(Clone, Copy)]
enum Come {
    Nothing,
    /// Names and events.
    Events,
    /// And instances, and what was read.
    Reads,
    /// What contradicts itself, or what there is no room for.
    Failure(WireError),
}

impl Default for Incoming {
    fn default() -> Self {
        let n_events = n_columns::<Names>() + n_columns::<EventLog>();
        let n_reads = n_events + n_columns::<Instances>() + n_columns::<ReadSets>();
        let (unpacker, derivation) = (Unpacker::default(), Derivation::default());
        Self { unpacker, derivation, come: Come::Nothing, n_events, n_reads }
    }
}

impl Incoming {
    /// Takes the next slice, which is a multiple of [`ALIGN`](crate::wire::ALIGN) long.
    ///
    /// # Errors
    /// When the bytes cannot be a history's; no more are to be pushed then.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), WireError> {
        self.unpacker.push(bytes)
    }

    /// Works out a little of what follows from what has come; whether there was anything to do.
    pub fn step(&mut self) -> bool {
        self.look();
        let ((history, ..), _) = self.unpacker.so_far();
        let done = match self.come {
            Come::Nothing | Come::Failure(_) => Ok(false),
            Come::Events => self.derivation.step_from_events(history),
            Come::Reads => self.derivation.step(history),
        };
        done.unwrap_or_else(|error| {
            self.come = Come::Failure(error);
            false
        })
    }

    /// Looks whether more has come.
    fn look(&mut self) {
        let ((history, ..), n_read) = self.unpacker.so_far();
        let History { names, log, instances, reads, .. } = history;
        let or_failure = |is_sound, come| {
            if is_sound { come } else { Come::Failure(WireError::Content) }
        };
        self.come = match self.come {
            Come::Nothing if n_read >= self.n_events => {
                or_failure(names.is_sound() && log.is_sound(), Come::Events)
            }
            Come::Events if n_read >= self.n_reads => {
                or_failure(instances.is_sound() && reads.is_sound(), Come::Reads)
            }
            come => come,
        };
    }

    /// All of it, with what is left to be worked out; and the bytes of its columns, without what lies between them.
    ///
    /// # Errors
    /// When bytes are missing, or columns contradict each other, or there is no room for what follows from them.
    pub fn finish(self) -> Result<(Read, u64), WireError> {
        let Self { unpacker, derivation, come, .. } = self;
        let n_bytes = unpacker.n_bytes();
        let (mut history, anomalies, notices) = unpacker.finish()?;
        if let Come::Failure(error) = come {
            return Err(error);
        }
        let n_bytes_derived = derivation.finish(&mut history)?;
        Ok(((history, anomalies, notices), n_bytes + n_bytes_derived))
    }
}

/// Works out what follows.
#[derive(Default)]
pub(super) struct Derivation {
    stage: Stage,
    datasets: Datasets,
    events: Csr<RunId, Seq>,
    read_by: Csr<InstanceId, ReadSetId>,
    built_from: Csr<InstanceId, ReadSetId>,
}

#[derive(Default)]
enum Stage {
    #[default]
    Datasets,
    Events(Grouping<RunId, Seq>),
    /// Which instances there are has to be known from here on.
    Reads,
    ReadBy(Grouping<InstanceId, ReadSetId>),
    BuiltFrom(Grouping<InstanceId, ReadSetId>),
    Done,
}

impl Derivation {
    /// Does a little of what follows from names and events alone; false once that is done.
    fn step_from_events(&mut self, history: &History) -> Result<bool, WireError> {
        let is_of_events = matches!(self.stage, Stage::Datasets | Stage::Events(_));
        if is_of_events { self.step(history) } else { Ok(false) }
    }

    /// Does a little; false once all is done. Of the history there have to be names, events, instances, and what was read.
    fn step(&mut self, history: &History) -> Result<bool, WireError> {
        let History { names, log, instances, reads, .. } = history;
        let n_instances = instances.partition.len();
        match &mut self.stage {
            Stage::Datasets => {
                if !self.datasets.step(&names.partitions) {
                    self.stage = Stage::Events(Grouping::new(names.runs.len())?);
                }
            }
            Stage::Events(events) => {
                if !events.step(log)? {
                    self.events = events.take();
                    self.stage = Stage::Reads;
                }
            }
            Stage::Reads => self.stage = Stage::ReadBy(Grouping::new(n_instances)?),
            Stage::ReadBy(read_by) => {
                if !read_by.step(&Reversed(&reads.read))? {
                    self.read_by = read_by.take();
                    self.stage = Stage::BuiltFrom(Grouping::new(n_instances)?);
                }
            }
            Stage::BuiltFrom(built_from) => {
                if !built_from.step(&Reversed(&reads.impacted))? {
                    self.built_from = built_from.take();
                    self.stage = Stage::Done;
                }
            }
            Stage::Done => return Ok(false),
        }
        Ok(true)
    }

    /// Does what is left and puts all of it where it belongs; how many bytes that takes.
    ///
    /// # Errors
    /// When there is no room for it.
    pub(super) fn finish(mut self, history: &mut History) -> Result<u64, WireError> {
        while self.step(history)? {}
        debug_assert_eq!(self.datasets.of.len(), history.names.partitions.len());
        let mut n_bytes = 0;
        let mut count = |column: &mut dyn Column| n_bytes += column.n_bytes();
        self.datasets.each(&mut count);
        self.events.each(&mut count);
        self.read_by.each(&mut count);
        self.built_from.each(&mut count);
        history.datasets = self.datasets;
        history.runs.events = self.events;
        history.instances.read_by = self.read_by;
        history.instances.built_from = self.built_from;
        Ok(n_bytes)
    }
}
