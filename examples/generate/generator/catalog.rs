//! The table of jobs, resolved for a number of regions: ids, slots and the text of refs.

use std::collections::BTreeMap;

use super::dates::{first_of_month, push_date, push_month};
use super::jobs::{Asked, FIXED_EXTERNALS, Grain, JOBS, REGIONS, Spec};

/// One partition. The day is that of the data, since 1970: the first of the month for a monthly
/// dataset and 0 for a fixed one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Part {
    /// Index into [`Catalog::slots`]: a dataset and, if it has regions, one of them.
    pub slot: u32,
    /// Days since 1970-01-01.
    pub day: u32,
}

/// A dataset in one region, or a dataset without regions.
pub struct Slot {
    /// The job that builds it; none for an external one.
    pub job: Option<u16>,
    /// Index into [`REGIONS`]; 0 without regions.
    pub region: u16,
    /// Daily, monthly or fixed.
    pub grain: Grain,
    /// The ref up to the date: `mart/churn/region=emea/date=`.
    prefix: String,
}

/// Which days of a dataset are read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// That of the reader; it must be there.
    SameDay,
    /// `~`: the newest one before, if there is one.
    Before,
    /// `~~`: those there are of the week before.
    WeekBefore,
}

/// A dataset that a job reads.
struct Input {
    dataset: usize,
    reach: Reach,
}

/// One job.
pub struct Job {
    /// `//warehouse/staging:orders`
    pub label: String,
    /// Who asks for it.
    pub asked: Asked,
    /// Of all that it builds.
    pub grain: Grain,
    /// Number of units of work a day: the regions, or 1.
    pub units: u16,
    outputs: Vec<usize>,
    inputs: Vec<Input>,
}

/// What a unit of a job reads.
#[derive(Default)]
pub struct Inputs {
    /// Must be there.
    pub needed: Vec<Part>,
    /// Of each slot, earlier partitions are read if they are there. The day is that of the reader.
    pub earlier: Vec<(Part, Reach)>,
}

struct Dataset {
    first_slot: u32,
    n_slots: u32,
}

/// All jobs and slots.
pub struct Catalog {
    /// In the order of the table.
    pub jobs: Vec<Job>,
    /// `Part::slot` indexes it.
    pub slots: Vec<Slot>,
    datasets: Vec<Dataset>,
    by_name: BTreeMap<&'static str, usize>,
}

impl Catalog {
    /// The warehouse with `n_regions` regions, 1 to 40.
    pub fn new(n_regions: u16) -> Self {
        let mut catalog =
            Self { jobs: vec![], slots: vec![], datasets: vec![], by_name: BTreeMap::new() };
        for (job, spec) in (0..).zip(JOBS) {
            let n = if spec.regional { n_regions.clamp(1, REGIONS.len() as u16) } else { 1 };
            catalog.add_job(job, spec, n);
        }
        for (job, spec) in JOBS.iter().enumerate() {
            catalog.jobs[job].inputs =
                spec.reads.split(' ').filter_map(|r| catalog.input(r)).collect();
        }
        catalog
    }

    fn add_job(&mut self, id: u16, spec: &Spec, units: u16) {
        let outputs = spec
            .builds
            .split(' ')
            .map(|name| {
                self.add_dataset(name, Some(id), spec.grain, spec.regional.then_some(units))
            })
            .collect();
        self.jobs.push(Job {
            label: format!("//warehouse/{}", spec.label),
            asked: spec.asked,
            grain: spec.grain,
            units,
            outputs,
            inputs: vec![],
        });
    }

    fn add_dataset(
        &mut self,
        name: &'static str,
        job: Option<u16>,
        grain: Grain,
        regions: Option<u16>,
    ) -> usize {
        let first_slot = self.slots.len() as u32;
        for region in 0..regions.unwrap_or(1) {
            let place = match regions {
                Some(_) => format!("/region={}", REGIONS[usize::from(region)]),
                None => String::new(),
            };
            let time = match grain {
                Grain::Daily => "date=",
                Grain::Monthly => "month=",
                Grain::Fixed(last) => last,
            };
            self.slots.push(Slot { job, region, grain, prefix: format!("{name}{place}/{time}") });
        }
        self.datasets.push(Dataset { first_slot, n_slots: u32::from(regions.unwrap_or(1)) });
        self.by_name.insert(name, self.datasets.len() - 1);
        self.datasets.len() - 1
    }

    fn input(&mut self, read: &'static str) -> Option<Input> {
        let name = read.trim_start_matches('~');
        let reach = match read.len() - name.len() {
            0 => Reach::SameDay,
            1 => Reach::Before,
            _ => Reach::WeekBefore,
        };
        if name.is_empty() {
            return None;
        }
        let dataset = if let Some(&known) = self.by_name.get(name) {
            known
        } else {
            let fixed = FIXED_EXTERNALS.iter().find(|(external, _)| *external == name);
            let grain = fixed.map_or(Grain::Daily, |(_, last)| Grain::Fixed(last));
            self.add_dataset(name, None, grain, None)
        };
        Some(Input { dataset, reach })
    }

    /// The partition of `slot` that holds the data of `day`.
    pub fn part(&self, slot: u32, day: u32) -> Part {
        let day = match self.slots[slot as usize].grain {
            Grain::Daily => day,
            Grain::Monthly => first_of_month(day),
            Grain::Fixed(_) => 0,
        };
        Part { slot, day }
    }

    /// What one unit (a region, or 0) of a job builds for `day`.
    pub fn outputs(&self, job: u16, unit: u16, day: u32) -> impl Iterator<Item = Part> + '_ {
        self.jobs[usize::from(job)].outputs.iter().map(move |&dataset| {
            self.part(self.datasets[dataset].first_slot + u32::from(unit), day)
        })
    }

    /// What one unit of a job reads for `day`: of a dataset with regions its own region, or all of
    /// them when the job has none.
    pub fn inputs(&self, job: u16, unit: u16, day: u32) -> Inputs {
        let mut inputs = Inputs::default();
        let job = &self.jobs[usize::from(job)];
        for input in &job.inputs {
            let Dataset { first_slot, n_slots } = self.datasets[input.dataset];
            let slots = match (n_slots, job.units) {
                (1, _) => first_slot..first_slot + 1,
                (n, 1) => first_slot..first_slot + n,
                _ => first_slot + u32::from(unit)..first_slot + u32::from(unit) + 1,
            };
            let parts = slots.map(|slot| self.part(slot, day));
            match input.reach {
                Reach::SameDay => inputs.needed.extend(parts),
                reach => inputs.earlier.extend(parts.map(|part| (part, reach))),
            }
        }
        inputs
    }

    /// The jobs that need what `part` is a partition of.
    pub fn readers(&self, part: Part) -> impl Iterator<Item = u16> + '_ {
        let reads = move |input: &Input| {
            let Dataset { first_slot, n_slots } = self.datasets[input.dataset];
            input.reach == Reach::SameDay && (first_slot..first_slot + n_slots).contains(&part.slot)
        };
        (0..).zip(&self.jobs).filter(move |(_, job)| job.inputs.iter().any(reads)).map(|(id, _)| id)
    }

    /// Writes the ref of `part`.
    pub fn push_ref(&self, out: &mut Vec<u8>, part: Part) {
        let slot = &self.slots[part.slot as usize];
        out.extend(slot.prefix.as_bytes());
        match slot.grain {
            Grain::Daily => push_date(out, part.day),
            Grain::Monthly => push_month(out, part.day),
            Grain::Fixed(_) => {}
        }
    }
}
