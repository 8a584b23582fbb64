//! What a run read for what it wrote: by the facet `lineage`, else by `columnLineage`, else all that
//! it read for all that it wrote.
use crate::events::names::Full;
use crate::events::openlineage::data::{Data, Input, Output};
use crate::events::openlineage::gather::Gathered;
use crate::events::openlineage::runs::At;
use crate::events::openlineage::slots::Slots;
use crate::events::openlineage::tell::Teller;
use crate::events::openlineage::{Basis, Entry, Removal};
use crate::events::{Notices, PartitionId, PartitionRef};

/// Scratch space of one run after the other.
#[derive(Default)]
pub(super) struct Reads {
    /// Where each dataset is among the run's inputs.
    inputs: Slots,
    /// Which are in the entry being made.
    in_entry: Slots,
    /// Which are in any entry.
    in_any: Slots,
}

impl Reads {
    pub(super) fn new(n_datasets: usize) -> Self {
        let slots = || Slots::new(n_datasets);
        Self { inputs: slots(), in_entry: slots(), in_any: slots() }
    }

    /// One entry for each output that says what it was made from, one for all others, and one for
    /// what was read for none of them.
    pub(super) fn entries(
        &mut self,
        teller: &mut Teller<'_>,
        at: At,
        notices: &mut Notices,
    ) -> Result<Vec<Entry>, Full> {
        let known = teller.known;
        let data = &known.data[at];
        self.inputs.clear();
        self.in_any.clear();
        for (place, input) in data.inputs.iter().enumerate() {
            self.inputs.set(input.dataset, place);
        }
        let mut entries = Vec::new();
        let mut unsaid = Vec::new();
        for output in data.outputs.iter().filter(|output| output.is_build()) {
            match self.said(teller, data, output, notices)? {
                Some(entry) => entries.push(entry),
                None => unsaid.push(teller.partition(output.dataset)?),
            }
            if let (Some(Removal::Renamed), Some(before)) = (output.change, output.previous) {
                let read = PartitionRef { partition: teller.partition(before)?, uuid: None };
                let impacted = vec![teller.partition(output.dataset)?];
                entries.push(Entry { impacted, read: vec![read], basis: Basis::Renamed });
            }
        }
        if !unsaid.is_empty() && !data.inputs.is_empty() {
            let read = read_all(teller, data.inputs.iter())?;
            entries.push(Entry { impacted: unsaid, read, basis: Basis::AllInputs });
            return Ok(entries);
        }
        let left = data.inputs.iter().filter(|input| self.in_any.get(input.dataset).is_none());
        let read = read_all(teller, left)?;
        if !read.is_empty() {
            entries.push(Entry { impacted: Vec::new(), read, basis: Basis::Recorded });
        }
        Ok(entries)
    }

    /// What the output itself says; nothing, where that names none of what the run read.
    fn said(
        &mut self,
        teller: &mut Teller<'_>,
        data: &Data,
        output: &Output,
        notices: &mut Notices,
    ) -> Result<Option<Entry>, Full> {
        let Some(basis) = output.basis else { return Ok(None) };
        let mut read = Vec::new();
        for (place, source) in self.in_order(teller.known.gathered, output) {
            match place.and_then(|place| data.inputs.get(place)) {
                Some(input) => read.push(read_one(teller, *input)?),
                None if basis == Basis::Lineage => {
                    let partition = teller.partition(source)?;
                    read.push(PartitionRef { partition, uuid: None });
                }
                None => notices.unknown_fields.add("columnLineage: a dataset that is no input"),
            }
        }
        if read.is_empty() && basis != Basis::Lineage {
            return Ok(None);
        }
        for source in output.sources(teller.known.gathered) {
            self.in_any.set(source, 0);
        }
        let impacted = vec![teller.partition(output.dataset)?];
        Ok(Some(Entry { impacted, read, basis }))
    }

    /// An output's sources, each once: inputs of the run as it tells of them, then the others. What
    /// the facet says is an object, and its members have no order.
    fn in_order(&mut self, gathered: &Gathered, output: &Output) -> Vec<(Option<At>, PartitionId)> {
        self.in_entry.clear();
        let mut sources = Vec::new();
        for source in output.sources(gathered) {
            if self.in_entry.get(source).is_none() {
                self.in_entry.set(source, 0);
                sources.push((self.inputs.get(source), source));
            }
        }
        sources.sort_by_cached_key(|&(place, source)| {
            (place.is_none(), place, gathered.keys.partitions.text(source))
        });
        sources
    }
}

fn read_all<'d>(
    teller: &mut Teller<'_>,
    inputs: impl Iterator<Item = &'d Input>,
) -> Result<Vec<PartitionRef>, Full> {
    inputs.map(|&input| read_one(teller, input)).collect()
}

/// What was read, with its version where a run is known by now to write that one.
fn read_one(teller: &mut Teller<'_>, input: Input) -> Result<PartitionRef, Full> {
    let partition: PartitionId = teller.partition(input.dataset)?;
    let version = input.version.map(|text| teller.known.gathered.keys.texts.text(text));
    let named = PartitionRef {
        partition,
        uuid: version.and_then(|text| teller.events.names.texts.find(text)),
    };
    let is_known = named.uuid.is_some() && teller.versions.contains(&named);
    Ok(if is_known { named } else { PartitionRef { partition, uuid: None } })
}
