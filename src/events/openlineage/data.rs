//! What each run read and wrote, whichever of its records say so; and what is left when a root's runs
//! have read what the others wrote.
use foldhash::fast::FixedState;
use hashbrown::HashMap;

use crate::events::openlineage::family::{Family, Root};
use crate::events::openlineage::gather::Gathered;
use crate::events::openlineage::rows::{Datum, Role};
use crate::events::openlineage::runs::{At, Runs};
use crate::events::openlineage::slots::Slots;
use crate::events::openlineage::{Basis, Removal};
use crate::events::{Id, PartitionId, TextId};

/// What one run read and wrote. Datasets are those of the keys, in order of mention.
#[derive(Debug, Default)]
pub(super) struct Data {
    pub(super) inputs: Vec<Input>,
    pub(super) outputs: Vec<Output>,
    /// It told of inputs or outputs, though perhaps of none that a part of it did not tell of.
    pub(super) has_any: bool,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Input {
    pub(super) dataset: PartitionId,
    pub(super) version: Option<TextId>,
}

#[derive(Clone, Debug)]
pub(super) struct Output {
    pub(super) dataset: PartitionId,
    pub(super) version: Option<TextId>,
    pub(super) change: Option<Removal>,
    pub(super) previous: Option<PartitionId>,
    pub(super) basis: Option<Basis>,
    /// Parts of [`Gathered::sources`].
    pub(super) sources: Vec<(u32, u32)>,
}

impl Output {
    /// Whether the run leaves a new version behind.
    pub(super) fn is_build(&self) -> bool {
        matches!(self.change, None | Some(Removal::Renamed))
    }

    pub(super) fn sources<'g>(
        &self,
        gathered: &'g Gathered,
    ) -> impl Iterator<Item = PartitionId> + use<'g, '_> {
        let parts = self.sources.iter();
        let part = |&(start, end): &(u32, u32)| gathered.sources.get(start as usize..end as usize);
        parts.filter_map(part).flatten().copied()
    }

    fn add(&mut self, said: &Datum) {
        self.version = said.version.or(self.version);
        if said.change.is_some() {
            (self.change, self.previous) = (said.change, said.previous);
        }
        self.add_sources(said);
    }

    /// Of two bases, the better stands alone.
    fn add_sources(&mut self, said: &Datum) {
        let Some(basis) = said.basis else { return };
        if self.basis.is_none_or(|known| basis < known) {
            self.basis = Some(basis);
            self.sources.clear();
        }
        if self.basis == Some(basis) {
            self.sources.push(said.sources);
        }
    }
}

/// What each run read and wrote, by run.
pub(super) fn data(gathered: &Gathered, order: &[u32], runs: &Runs) -> Vec<Data> {
    let n = gathered.keys.partitions.len();
    let [mut inputs, mut outputs] = [Slots::new(n), Slots::new(n)];
    let all = (0..runs.all.len()).map(|at| {
        inputs.clear();
        outputs.clear();
        let mut data = Data::default();
        let said = || {
            let rows = runs.positions(at).iter().map(|&position| order[position as usize]);
            rows.flat_map(|row| {
                let (start, end) = gathered.rows[row as usize].data;
                &gathered.data[start as usize..end as usize]
            })
        };
        for datum in said() {
            match datum.role {
                Role::Input => add_input(&mut data.inputs, datum, &mut inputs),
                Role::Output => add_output(&mut data.outputs, datum, &mut outputs),
                Role::Target => {}
            }
        }
        for datum in said().filter(|datum| datum.role == Role::Target) {
            if let Some(output) = outputs.get(datum.dataset) {
                data.outputs[output].add_sources(datum);
            }
        }
        data.has_any = !data.inputs.is_empty() || !data.outputs.is_empty();
        data
    });
    all.collect()
}

fn add_input(inputs: &mut Vec<Input>, said: &Datum, slots: &mut Slots) {
    if let Some(at) = slots.get(said.dataset) {
        inputs[at].version = said.version.or(inputs[at].version);
        return;
    }
    slots.set(said.dataset, inputs.len());
    inputs.push(Input { dataset: said.dataset, version: said.version });
}

fn add_output(outputs: &mut Vec<Output>, said: &Datum, slots: &mut Slots) {
    let at = slots.get(said.dataset).unwrap_or_else(|| {
        slots.set(said.dataset, outputs.len());
        outputs.push(Output {
            dataset: said.dataset,
            version: None,
            change: None,
            previous: None,
            basis: None,
            sources: Vec::new(),
        });
        outputs.len() - 1
    });
    outputs[at].add(said);
}

/// What a root's runs leave behind: what one of them wrote and no other of them read. In order of
/// the runs, and of mention in each.
pub(super) fn final_outputs(
    data: &[Data],
    family: &Family,
) -> HashMap<u64, Vec<PartitionId>, FixedState> {
    let mut readers: HashMap<(u64, PartitionId), Readers, FixedState> = HashMap::default();
    for (at, data) in data.iter().enumerate() {
        let root = root_key(family.root[at]);
        for input in &data.inputs {
            let of_root = readers.entry((root, input.dataset)).or_insert(Readers::One(at));
            if *of_root != Readers::One(at) {
                *of_root = Readers::Many;
            }
        }
    }
    let mut finals: HashMap<u64, Vec<PartitionId>, FixedState> = HashMap::default();
    let mut seen: HashMap<(u64, PartitionId), (), FixedState> = HashMap::default();
    for (at, data) in data.iter().enumerate() {
        let root = root_key(family.root[at]);
        for output in data.outputs.iter().filter(|output| output.is_build()) {
            let key = (root, output.dataset);
            let is_read = readers.get(&key).is_some_and(|&by| by != Readers::One(at));
            if !is_read && seen.insert(key, ()).is_none() {
                finals.entry(root).or_default().push(output.dataset);
            }
        }
    }
    finals
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Readers {
    One(At),
    Many,
}

/// A root as one number.
pub(super) fn root_key(root: Root) -> u64 {
    match root {
        Root::Run(at) => (at as u64) << 1,
        Root::Unseen(key) => (key.index() as u64) << 1 | 1,
    }
}
