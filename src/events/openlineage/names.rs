//! The names under which the history knows runs, jobs and datasets.
use std::borrow::Cow;

use crate::events::names::Full;
use crate::events::openlineage::gather::Gathered;
use crate::events::openlineage::keys::{readable, readable_names, split};
use crate::events::openlineage::runs::{At, Runs};
use crate::events::{Id, NameTable, PartitionId, TextId};
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
        let (runs, shared) = run_names(gathered, runs)?;
        Ok(Self {
            labels: readable_names(&gathered.keys.labels)?,
            partitions: readable_names(&gathered.keys.partitions)?,
            runs,
            shared,
        })
    }
}

/// Its id is the name of a run; of several with one id, that of the first, and the others have their
/// job behind it. Where that reads like another name, too, they are numbered.
fn run_names(gathered: &Gathered, runs: &Runs) -> Result<(Vec<String>, Vec<At>), Full> {
    let mut taken = NameTable::<TextId>::default();
    let mut is_met: Vec<bool> = Vec::new();
    for run in &runs.all {
        let [id] = split(gathered.keys.runs.text(run.key));
        taken.intern(&id).ok_or(Full)?;
    }
    is_met.resize(taken.len(), false);
    let mut shared = Vec::new();
    let mut names = Vec::with_capacity(runs.all.len());
    let mut alike = Alike::default();
    for (at, run) in runs.all.iter().enumerate() {
        let [id, namespace, job] = split(gathered.keys.runs.text(run.key));
        let row = taken.find(&id).ok_or(Full)?.index();
        if !std::mem::replace(&mut is_met[row], true) {
            names.push(id.into_owned());
            continue;
        }
        names.push(alike.next(format!("{id} of {}", readable(&[namespace, job])), &mut taken)?);
        shared.push(at);
    }
    Ok((names, shared))
}

/// Names that would read alike, with how many of them there are. A number is tried once, so that no
/// choice of names makes this take long.
#[derive(Default)]
struct Alike {
    names: NameTable<TextId>,
    n_tried: Vec<u64>,
}

impl Alike {
    /// `name`, or with the next number that makes it another than all those taken.
    fn next(&mut self, name: String, taken: &mut NameTable<TextId>) -> Result<String, Full> {
        let row = self.names.intern(&name).ok_or(Full)?.index();
        self.n_tried.resize(self.names.len(), 0);
        loop {
            self.n_tried[row] += 1;
            let tried = match self.n_tried[row] {
                1 => name.clone(),
                n => format!("{name} #{n}"),
            };
            let n_before = taken.len();
            taken.intern(&tried).ok_or(Full)?;
            if taken.len() > n_before {
                return Ok(tried);
            }
        }
    }
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
