//! The names under which the history knows runs, jobs and datasets.
use std::borrow::Cow;

use foldhash::fast::FixedState;
use hashbrown::HashSet;

use crate::events::names::Full;
use crate::events::openlineage::gather::Gathered;
use crate::events::openlineage::keys::{readable, readable_names, split};
use crate::events::openlineage::runs::{At, Runs};
use crate::events::{Id, NameTable, PartitionId};
use crate::order::{key, major, minor, sort_keys};

/// Names by key.
pub(super) struct Readable {
    pub(super) labels: Vec<String>,
    pub(super) partitions: Vec<String>,
    /// By [`At`].
    pub(super) runs: Vec<String>,
    /// Runs whose id another run has, too, under another job.
    pub(super) shared: Vec<At>,
}

impl Readable {
    pub(super) fn new(gathered: &Gathered, runs: &Runs) -> Result<Self, Full> {
        let (runs, shared) = run_names(gathered, runs);
        Ok(Self {
            labels: readable_names(&gathered.keys.labels)?,
            partitions: readable_names(&gathered.keys.partitions)?,
            runs,
            shared,
        })
    }
}

/// Its id is the name of a run; of several with one id, that of the first, and the others have their
/// job behind it.
fn run_names(gathered: &Gathered, runs: &Runs) -> (Vec<String>, Vec<At>) {
    let mut taken: HashSet<String, FixedState> = HashSet::default();
    let mut shared = Vec::new();
    for run in &runs.all {
        let [id] = split(gathered.keys.runs.text(run.key));
        taken.insert(id.into_owned());
    }
    let mut firsts: HashSet<Cow<'_, str>, FixedState> = HashSet::default();
    let mut names = Vec::with_capacity(runs.all.len());
    for (at, run) in runs.all.iter().enumerate() {
        let [id, namespace, job] = split(gathered.keys.runs.text(run.key));
        if firsts.insert(id.clone()) {
            names.push(id.into_owned());
            continue;
        }
        let mut name = format!("{id} of {}", readable(&[namespace, job]));
        while !taken.insert(name.clone()) {
            name.push('\'');
        }
        names.push(name);
        shared.push(at);
    }
    (names, shared)
}

/// A name's id in the history, given when it is first asked for.
pub(super) struct Lazy<'n, T> {
    names: &'n [String],
    ids: Vec<Option<T>>,
}

impl<'n, T: Id> Lazy<'n, T> {
    pub(super) fn new(names: &'n [String]) -> Self {
        Self { names, ids: vec![None; names.len()] }
    }

    /// The id of the name at `row`.
    pub(super) fn id(&mut self, row: usize, table: &mut NameTable<T>) -> Result<T, Full> {
        let known = self.ids.get_mut(row).ok_or(Full)?;
        if known.is_none() {
            *known = table.intern(self.names.get(row).ok_or(Full)?);
        }
        known.ok_or(Full)
    }

    /// The id of the name at `row`, if it was asked for.
    pub(super) fn known(&self, row: usize) -> Option<T> {
        self.ids.get(row).copied().flatten()
    }

    /// Every row with the id that was asked for, in order of the ids.
    pub(super) fn given(&self) -> Vec<(T, usize)> {
        let rows = self.ids.iter().enumerate();
        let key_of = |(row, id): (usize, &Option<T>)| Some(key((*id)?.index() as u32, row as u32));
        let mut given: Vec<u64> = rows.filter_map(key_of).collect();
        sort_keys(&mut given);
        let given = given.into_iter();
        given
            .filter_map(|it| Some((T::from_index(major(it) as usize)?, minor(it) as usize)))
            .collect()
    }
}

/// The namespace and the name of a dataset, and which part of it.
pub(super) fn dataset_parts(gathered: &Gathered, key: PartitionId) -> [Cow<'_, str>; 3] {
    split(gathered.keys.partitions.text(key))
}
