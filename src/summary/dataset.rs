//! One dataset: all its partitions with their statuses, as a calendar where their keys are dates, else
//! as a list. As numbers to plot.
use std::cmp::Ordering;
use std::ops::Range;

use crate::events::PartitionId;
use crate::history::{AsOf, PartitionStatus};
use crate::order::sorted_rows;
use crate::summary::datasets::is_stale;
use crate::words::nanos_of_date;

const NANOS_PER_DAY: u64 = 86_400_000_000_000;

/// One partition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The partition.
    pub partition: PartitionId,
    /// Its status.
    pub status: PartitionStatus,
    /// It is live, and what is current of it stale, where that has been found.
    pub is_stale: bool,
    /// Whether a newer attempt on it is in progress.
    pub is_rebuilding: bool,
    /// How many of its instances went live.
    pub n_versions: u32,
}

/// One day that has partitions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// Days since 1970-01-01.
    pub day: u32,
    /// Its partitions: rows of the cells.
    pub cells: Range<u32>,
}

/// The partitions of one dataset that had been mentioned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DatasetGrid {
    /// By day where there are days, then by ref as text.
    pub cells: Vec<Cell>,
    /// The days in order, where every partition has a date in its ref; else nothing.
    pub days: Vec<Day>,
    /// Status -> how many, in the order of [`PartitionStatus::ALL`], without zeros.
    pub by_status: Vec<(PartitionStatus, u64)>,
    /// How many of the live ones are stale, where that has been found.
    pub n_stale: u64,
}

impl Day {
    /// 0 for a Monday.
    pub const fn weekday(&self) -> u32 {
        // 1970-01-01 was a Thursday.
        (self.day % 7 + 3) % 7
    }
}

impl DatasetGrid {
    /// How many days between the first and the last have no partition.
    pub fn n_missing_days(&self) -> u64 {
        let first = self.days.first().map_or(0, |first| u64::from(first.day));
        let last = self.days.last().map_or(0, |last| u64::from(last.day) + 1);
        (last - first).saturating_sub(self.days.len() as u64)
    }
}

/// The partitions of the dataset `pattern`. One pass over all partitions, and a sort.
pub fn dataset_grid(asof: AsOf<'_>, pattern: &str) -> DatasetGrid {
    let names = &asof.history.names.partitions;
    let datasets = &asof.history.datasets;
    let asked = datasets.patterns.find(pattern);
    let found: Vec<Cell> = names
        .ids()
        .filter(|&partition| asked.is_some() && datasets.dataset(partition) == asked)
        .filter_map(|partition| cell(asof, partition))
        .collect();
    let days: Vec<Option<u32>> = found.iter().map(|it| day_of(names.text(it.partition))).collect();
    let is_calendar = !days.is_empty() && days.iter().all(Option::is_some);
    let name = |row: u32| found.get(row as usize).map(|cell| names.text(cell.partition));
    let rows = sorted_rows(found.len(), &|a, b| {
        let by_day =
            if is_calendar { days[a as usize].cmp(&days[b as usize]) } else { Ordering::Equal };
        by_day.then_with(|| name(a).cmp(&name(b)))
    });
    let sorted_days = rows.iter().filter_map(|&row| days[row as usize]).filter(|_| is_calendar);
    let days = group(sorted_days);
    let cells: Vec<Cell> = rows.iter().map(|&row| found[row as usize]).collect();
    let count = |&status: &PartitionStatus| {
        (status, cells.iter().filter(|cell| cell.status == status).count() as u64)
    };
    let by_status = PartitionStatus::ALL.iter().map(count).filter(|&(_, n)| n > 0).collect();
    let n_stale = cells.iter().filter(|cell| cell.is_stale).count() as u64;
    DatasetGrid { cells, days, by_status, n_stale }
}

fn cell(asof: AsOf<'_>, partition: PartitionId) -> Option<Cell> {
    Some(Cell {
        partition,
        status: asof.partition_status(partition)?,
        is_stale: is_stale(asof, partition),
        is_rebuilding: asof.is_rebuilding(partition),
        n_versions: asof.versions_of(partition).len() as u32,
    })
}

/// Days in order, as stretches of alike.
fn group(sorted: impl Iterator<Item = u32>) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for (row, day) in (0..).zip(sorted) {
        match days.last_mut() {
            Some(last) if last.day == day => last.cells.end = row + 1,
            _ => days.push(Day { day, cells: row..row + 1 }),
        }
    }
    days
}

/// The last date among the keys and segments of a ref, in days since 1970: `date=2026-11-21`,
/// `2026-11-21T14`, `20261121`.
fn day_of(reference: &str) -> Option<u32> {
    let value =
        |segment: &'_ str| segment.split_once('=').map_or(segment, |(_, value)| value).to_owned();
    let nanos = reference.rsplit('/').find_map(|segment| date_of(&value(segment)))?;
    u32::try_from(nanos / NANOS_PER_DAY).ok()
}

fn date_of(value: &str) -> Option<u64> {
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if value.len() == 8 && is_digits(value) {
        let (year, rest) = value.split_at_checked(4)?;
        let (month, day) = rest.split_at_checked(2)?;
        return nanos_of_date(&format!("{year}-{month}-{day}"));
    }
    let (day, rest) = value.split_at_checked(10)?;
    let is_whole = !rest.starts_with(|c: char| c.is_ascii_digit());
    nanos_of_date(day).filter(|_| is_whole)
}
