//! The rows of an impact's table: which of them a search finds, and in which order.
use std::cmp::Ordering;

use crate::facts::ImpactTable;
use crate::facts::impact::{built, job_of};
use crate::facts::rows::partition_of;
use crate::history::{AsOf, Impact, InstanceId};
use crate::order::sort_rows;
use crate::words::has;

/// A column by which the table can be sorted. Ties stay nearest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ImpactColumn {
    /// Its ref, as text.
    Name,
    /// Its uuid, as text.
    Exact,
    /// Over how many reads.
    #[default]
    Hop,
    /// Current, superseded, tainted.
    Standing,
    /// Its dataset, as text.
    Dataset,
    /// The job that built it, as text.
    Job,
    /// When it went live.
    Built,
    /// The ref of what it read, as text.
    Via,
}

impl ImpactColumn {
    /// All of them, in order.
    pub const ALL: [Self; 8] = [
        Self::Name,
        Self::Exact,
        Self::Hop,
        Self::Standing,
        Self::Dataset,
        Self::Job,
        Self::Built,
        Self::Via,
    ];

    /// The heading.
    pub const fn heading(self) -> &'static str {
        match self {
            Self::Name => "Partition",
            Self::Exact => "Instance",
            Self::Hop => "Hops",
            Self::Standing => "Standing",
            Self::Dataset => "Dataset",
            Self::Job => "Job",
            Self::Built => "Built",
            Self::Via => "Through",
        }
    }

    /// Whether it holds numbers.
    pub const fn is_number(self) -> bool {
        matches!(self, Self::Hop)
    }
}

impl ImpactTable {
    /// The rows of `impact` that have `text` in the ref or in the name of the job, in any ASCII
    /// case, or whose uuid begins with it (from four letters on); sorted by `column`. Ties stay
    /// nearest first, whichever way.
    pub fn rows(
        &self,
        (asof, impact): (AsOf<'_>, &Impact),
        text: &str,
        column: ImpactColumn,
        is_descending: bool,
    ) -> Vec<u32> {
        let text = text.trim();
        let all = 0..impact.instances.len() as u32;
        let mut rows: Vec<u32> = match text {
            "" => all.collect(),
            _ => all.filter(|&row| is_found(asof, impact, row, text)).collect(),
        };
        let by = comparison(asof, impact, column);
        match (column, is_descending) {
            // They are by hop.
            (ImpactColumn::Hop, false) => {}
            (_, false) => sort_rows(&mut rows, &by),
            (_, true) => sort_rows(&mut rows, &|a, b| by(b, a)),
        }
        rows
    }
}

/// How two rows compare in a column.
fn comparison<'a>(
    asof: AsOf<'a>,
    impact: &'a Impact,
    column: ImpactColumn,
) -> impl Fn(u32, u32) -> Ordering + 'a {
    let ids: Vec<String> = match column {
        ImpactColumn::Exact => {
            impact.instances.iter().map(|&it| asof.history.uuid_of(it)).collect()
        }
        _ => Vec::new(),
    };
    let instance = |row: u32| impact.instances.get(row as usize).copied();
    let via = |row: u32| impact.via.get(row as usize).copied();
    let hop = |row: u32| impact.hop.get(row as usize);
    let standing = |row: u32| impact.standing.get(row as usize);
    let job = move |row| instance(row).and_then(|instance| job_of(asof, instance));
    let label = move |label| asof.history.names.labels.text(label);
    let datasets = &asof.history.datasets;
    let partition = move |row: u32| instance(row).and_then(|it| partition_of(asof, it));
    let dataset = move |row: u32| partition(row).and_then(|it| datasets.dataset(it));
    let pattern = move |at| Some(datasets.patterns.text(at));
    move |a, b| match column {
        ImpactColumn::Name => name_of(asof, instance(a)).cmp(name_of(asof, instance(b))),
        ImpactColumn::Exact => ids.get(a as usize).cmp(&ids.get(b as usize)),
        ImpactColumn::Hop => hop(a).cmp(&hop(b)),
        ImpactColumn::Standing => standing(a).cmp(&standing(b)),
        ImpactColumn::Dataset => by_text(dataset(a), dataset(b), pattern),
        ImpactColumn::Job => by_text(job(a), job(b), |at| Some(label(at))),
        ImpactColumn::Built => {
            let built = |row| instance(row).and_then(|instance| built(asof, instance));
            built(a).cmp(&built(b))
        }
        ImpactColumn::Via => name_of(asof, via(a)).cmp(name_of(asof, via(b))),
    }
}

/// Compares texts, which are looked up only where their ids differ.
fn by_text<T: Copy + PartialEq, Text: Ord>(
    a: Option<T>,
    b: Option<T>,
    text: impl Fn(T) -> Option<Text>,
) -> Ordering {
    if a == b { Ordering::Equal } else { a.and_then(&text).cmp(&b.and_then(&text)) }
}

fn is_found(asof: AsOf<'_>, impact: &Impact, row: u32, text: &str) -> bool {
    let Some(&instance) = impact.instances.get(row as usize) else { return false };
    let job = || job_of(asof, instance).map_or("", |job| asof.history.names.labels.text(job));
    let begins = |id: String| id.get(..text.len()).is_some_and(|id| id.eq_ignore_ascii_case(text));
    has(name_of(asof, Some(instance)), text)
        || has(job(), text)
        || (may_begin_id(text) && begins(asof.history.uuid_of(instance)))
}

/// Whether a uuid may begin so; less than four letters would be of too many.
fn may_begin_id(text: &str) -> bool {
    let fits = |(at, byte): (usize, u8)| match at {
        8 | 13 | 18 | 23 => byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    };
    (4..=36).contains(&text.len()) && text.bytes().enumerate().all(fits)
}

fn name_of(asof: AsOf<'_>, instance: Option<InstanceId>) -> &str {
    let partition = instance.and_then(|instance| partition_of(asof, instance));
    partition.map_or("", |partition| asof.history.names.partitions.text(partition))
}
