//! What was told twice: by a run and by a part of it. The deepest one did it.
use crate::events::openlineage::data::Data;
use crate::events::openlineage::family::Family;
use crate::events::openlineage::runs::At;
use crate::events::{Id, PartitionId};
use crate::order::{key, major, minor, sort_keys};

/// A write that a run told of, though a part of it made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Also {
    pub(super) dataset: PartitionId,
    pub(super) told_by: At,
    pub(super) made_by: At,
}

/// Takes from every run the writes that a part of it told of as well, and the reads too where no
/// write of its own is left.
pub(super) fn take_told_twice(data: &mut [Data], family: &Family) -> Vec<Also> {
    let mut also =
        told_twice(data, family, |data| data.outputs.iter().map(|it| it.dataset).collect());
    sort_by_teller(&mut also);
    for (at, data) in data.iter_mut().enumerate() {
        let told =
            |dataset| also.binary_search_by_key(&(at, dataset), |it| (it.told_by, it.dataset));
        data.outputs.retain(|output| told(output.dataset).is_err());
    }
    let mut reads =
        told_twice(data, family, |data| data.inputs.iter().map(|it| it.dataset).collect());
    sort_by_teller(&mut reads);
    for (at, data) in data.iter_mut().enumerate().filter(|(_, data)| data.outputs.is_empty()) {
        let told =
            |dataset| reads.binary_search_by_key(&(at, dataset), |it| (it.told_by, it.dataset));
        data.inputs.retain(|input| told(input.dataset).is_err());
    }
    also
}

fn sort_by_teller(also: &mut [Also]) {
    also.sort_unstable_by_key(|also| (also.told_by, also.dataset));
}

/// Of all who tell of a dataset, those of whom a part tells of it, too; with the deepest such part.
/// In preorder the parts of a run stand right behind it, so that only neighbors are compared.
fn told_twice(
    data: &[Data],
    family: &Family,
    datasets: impl Fn(&Data) -> Vec<PartitionId>,
) -> Vec<Also> {
    let mut tellers: Vec<u64> = Vec::new();
    for (place, &at) in family.preorder.iter().enumerate() {
        let datasets = datasets(&data[at]).into_iter();
        tellers.extend(datasets.map(|dataset| key(dataset.index() as u32, place as u32)));
    }
    sort_keys(&mut tellers);
    let mut also: Vec<Also> = Vec::new();
    // Of the teller behind: who made what it tells of.
    let mut behind: Option<(PartitionId, usize, At)> = None;
    for &teller in tellers.iter().rev() {
        let Some(dataset) = PartitionId::from_index(major(teller) as usize) else { continue };
        let place = minor(teller) as usize;
        let told_by = family.preorder[place];
        let (_, end) = family.span[told_by];
        let part = behind.filter(|&(other, at, _)| other == dataset && at < end);
        let made_by = part.map_or(told_by, |(_, _, made_by)| made_by);
        if part.is_some() {
            also.push(Also { dataset, told_by, made_by });
        }
        behind = Some((dataset, place, made_by));
    }
    also
}
