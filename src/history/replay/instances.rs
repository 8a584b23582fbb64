//! Builds of partitions: when each began and went live, and how events name them.
use std::mem::take;

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use crate::events::{Id, Names, PartitionId, PartitionRef, Removal, RunId, Seq, TextId};
use crate::history::replay::versions::Versions;
use crate::history::{Anomaly, Csr, InstanceId, Instances, Partitions, Removals};
use crate::wire::Narrow;

/// Instances in order of beginning.
pub(super) struct InstanceRows {
    columns: Columns,
    /// -> the next that its run builds.
    next_of_run: Vec<Option<InstanceId>>,
    /// `RunId ->` what it builds.
    of_run: Vec<Option<Builds>>,
    /// `PartitionId ->` its build that began last.
    newest: Vec<Option<InstanceId>>,
    /// `PartitionId ->` the external stand-in.
    external: Vec<Option<InstanceId>>,
    foreign: Vec<(PartitionId, InstanceId)>,
    removed: Vec<(InstanceId, Seq, Removal)>,
    /// Of each run, those past the first [`Self::WALKED`].
    by_run: HashMap<(RunId, PartitionId), InstanceId, FixedState>,
    by_uuid: HashMap<(PartitionId, TextId), InstanceId, FixedState>,
    /// Those whose uuid means an earlier build of their partition.
    misnamed: Vec<InstanceId>,
    pub(super) versions: Versions,
}

/// Columns while they may still change.
#[derive(Default)]
struct Columns {
    partition: Vec<PartitionId>,
    run: Vec<Option<RunId>>,
    uuid: Vec<Option<TextId>>,
    created: Vec<Seq>,
    live: Vec<Option<Seq>>,
    superseded: Vec<Option<Seq>>,
}

/// What a run builds, as a list.
#[derive(Clone, Copy)]
struct Builds {
    first: InstanceId,
    last: InstanceId,
    n: u32,
}

impl InstanceRows {
    /// So many builds of a run are found by looking at them, all others in `by_run`.
    const WALKED: u32 = 8;

    pub(super) fn new(names: &Names) -> Self {
        let n_partitions = names.partitions.len();
        Self {
            columns: Columns::default(),
            next_of_run: Vec::new(),
            of_run: vec![None; names.runs.len()],
            newest: vec![None; n_partitions],
            external: vec![None; n_partitions],
            foreign: Vec::new(),
            removed: Vec::new(),
            by_run: HashMap::default(),
            by_uuid: HashMap::default(),
            misnamed: Vec::new(),
            versions: Versions::new(n_partitions),
        }
    }

    /// The build of `partition` by `run`.
    pub(super) fn find(&self, run: RunId, partition: PartitionId) -> Option<InstanceId> {
        let newest = self.newest[partition.index()]?;
        if self.columns.run[newest.index()] == Some(run) {
            return Some(newest);
        }
        let Builds { first, n, .. } = self.of_run[run.index()]?;
        let mut builds = std::iter::successors(Some(first), |&build| self.next_of_run(build));
        let mut walked = builds.by_ref().take(Self::WALKED as usize);
        let found = walked.find(|&build| self.partition(build) == partition);
        let is_walked = n <= Self::WALKED;
        found.or_else(|| if is_walked { None } else { self.by_run.get(&(run, partition)).copied() })
    }

    /// The instance of that partition that the log names so.
    pub(super) fn find_uuid(&self, partition: PartitionId, uuid: TextId) -> Option<InstanceId> {
        self.by_uuid.get(&(partition, uuid)).copied()
    }

    /// The same, unless it is of another log.
    pub(super) fn find_built(&self, partition: PartitionId, uuid: TextId) -> Option<InstanceId> {
        let found = self.find_uuid(partition, uuid);
        found.filter(|found| self.columns.run[found.index()].is_some())
    }

    /// The first that `run` builds; the others follow by [`Self::next_of_run`].
    pub(super) fn first_of_run(&self, run: RunId) -> Option<InstanceId> {
        self.of_run[run.index()].map(|builds| builds.first)
    }

    pub(super) fn next_of_run(&self, instance: InstanceId) -> Option<InstanceId> {
        self.next_of_run[instance.index()]
    }

    pub(super) fn partition(&self, instance: InstanceId) -> PartitionId {
        self.columns.partition[instance.index()]
    }

    pub(super) fn is_live(&self, instance: InstanceId) -> bool {
        self.columns.live[instance.index()].is_some()
    }

    pub(super) fn had_begun(&self, instance: InstanceId, by: Seq) -> bool {
        self.columns.created[instance.index()] <= by
    }

    /// The run whose build of `partition` began last.
    pub(super) fn newest_run(&self, partition: PartitionId) -> Option<RunId> {
        self.newest[partition.index()].and_then(|newest| self.columns.run[newest.index()])
    }

    /// Begins a build.
    pub(super) fn begin(
        &mut self,
        run: RunId,
        partition: PartitionId,
        seq: Seq,
    ) -> Option<InstanceId> {
        let instance = self.push(partition, Some(run), None, seq)?;
        self.newest[partition.index()] = Some(instance);
        let builds = &mut self.of_run[run.index()];
        let known = builds.unwrap_or(Builds { first: instance, last: instance, n: 0 });
        if known.n > 0 {
            self.next_of_run[known.last.index()] = Some(instance);
        }
        if known.n >= Self::WALKED {
            self.by_run.insert((run, partition), instance);
        }
        *builds = Some(Builds { last: instance, n: known.n + 1, ..known });
        Some(instance)
    }

    /// Gives a build the uuid that an event names it by.
    ///
    /// # Errors
    /// The anomaly, when it or another build has one that contradicts.
    pub(super) fn name(&mut self, instance: InstanceId, uuid: TextId) -> Result<(), Anomaly> {
        match &mut self.columns.uuid[instance.index()] {
            Some(known) if *known == uuid => return Ok(()),
            Some(_) => return Err(Anomaly::UuidChanged),
            unnamed => *unnamed = Some(uuid),
        }
        let key = (self.partition(instance), uuid);
        match self.by_uuid.get(&key) {
            Some(other) if self.columns.run[other.index()].is_some() => {
                let (first, second) = (instance.min(*other), instance.max(*other));
                self.by_uuid.insert(key, first);
                self.misnamed.push(second);
                Err(Anomaly::UuidReused)
            }
            // New; or what seemed to be of another log turns out to be built here.
            _ => {
                self.by_uuid.insert(key, instance);
                Ok(())
            }
        }
    }

    /// What a read names that no build of this log was or is known to be.
    pub(super) fn outside(&mut self, named: PartitionRef, seq: Seq) -> Option<InstanceId> {
        let PartitionRef { partition, uuid } = named;
        if uuid.is_none()
            && let Some(known) = self.external[partition.index()]
        {
            return Some(known);
        }
        let instance = self.push(partition, None, uuid, seq)?;
        match uuid {
            None => self.external[partition.index()] = Some(instance),
            Some(uuid) => {
                self.by_uuid.insert((partition, uuid), instance);
                self.foreign.push((partition, instance));
            }
        }
        Some(instance)
    }

    /// The build is its partition's current one from now on.
    pub(super) fn go_live(&mut self, instance: InstanceId, seq: Seq) {
        let partition = self.partition(instance);
        // What was removed is superseded once there is another.
        if let Some(before) = self.versions.newest(partition) {
            self.columns.superseded[before.index()] = Some(seq);
        }
        self.columns.live[instance.index()] = Some(seq);
        self.versions.push(partition, instance, seq);
    }

    /// The partition has no current build from now on.
    pub(super) fn remove(&mut self, partition: PartitionId, seq: Seq, how: Removal) {
        if let Some(current) = self.versions.current(partition) {
            self.removed.push((current, seq, how));
            self.versions.remove(partition, current, seq);
        }
    }

    /// What was removed, by instance: each once, for it was current.
    pub(super) fn removals(&mut self) -> Removals {
        self.removed.sort_unstable_by_key(|&(instance, ..)| instance);
        Removals {
            instance: self.removed.iter().map(|&(instance, ..)| instance).collect(),
            at: self.removed.iter().map(|&(_, at, _)| at).collect(),
            how: self.removed.iter().map(|&(.., how)| how).collect(),
        }
    }

    /// The columns, without what is listed of instances. [`Self::lists`] is all that may follow.
    #[inline(never)]
    pub(super) fn columns(&mut self) -> Instances {
        let Self { columns, misnamed, .. } = self;
        for instance in misnamed {
            columns.uuid[instance.index()] = None;
        }
        Instances {
            partition: Narrow::of(&columns.partition),
            run: Narrow::of(&columns.run),
            uuid: Narrow::of(&take(&mut columns.uuid)),
            created: Narrow::of(&take(&mut columns.created)),
            live: Narrow::of(&take(&mut columns.live)),
            superseded: Narrow::of(&take(&mut columns.superseded)),
            ..Instances::default()
        }
    }

    /// The columns of partitions and runs that list instances.
    #[inline(never)]
    pub(super) fn lists(self) -> (Partitions, Csr<RunId, InstanceId>) {
        let Self { columns, external, .. } = self;
        let ids = || (0..columns.run.len()).filter_map(InstanceId::from_index);
        let builds = || ids().zip(&columns.run).filter_map(|(id, run)| Some((id, (*run)?)));
        let of_partition: Vec<_> =
            builds().map(|(id, _)| (columns.partition[id.index()], id)).collect();
        let of_run: Vec<_> = builds().map(|(id, run)| (run, id)).collect();
        let partitions = Partitions {
            instances: Csr::from_pairs(external.len(), &of_partition),
            versions: Csr::from_pairs(external.len(), &self.versions.pairs()),
            foreign: Csr::from_pairs(external.len(), &self.foreign),
            external: Narrow::of(&external),
            ..Partitions::default()
        };
        (partitions, Csr::from_pairs(self.of_run.len(), &of_run))
    }

    fn push(
        &mut self,
        partition: PartitionId,
        run: Option<RunId>,
        uuid: Option<TextId>,
        seq: Seq,
    ) -> Option<InstanceId> {
        let instance = InstanceId::from_index(self.next_of_run.len())?;
        self.next_of_run.push(None);
        self.columns.partition.push(partition);
        self.columns.run.push(run);
        self.columns.uuid.push(uuid);
        self.columns.created.push(seq);
        self.columns.live.push(None);
        self.columns.superseded.push(None);
        Some(instance)
    }
}
