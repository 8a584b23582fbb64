//! What is built and what is being built, for the days that anybody may still touch.

use std::collections::VecDeque;

use super::catalog::Part;

/// Days of data that are kept: no want reaches further back.
pub const KEPT_DAYS: u32 = 75;

/// The state of one partition.
#[derive(Clone, Default)]
pub struct Cell {
    /// Number of instances that went live.
    pub version: u32,
    /// The taint on the current instance.
    pub taint: Option<u64>,
    /// The work on it ended for good without success, and nobody has asked again.
    pub given_up: bool,
    /// The task at work on it.
    pub task: Option<u64>,
    /// Tasks to look at again when this changes.
    pub waiters: Vec<u64>,
}

impl Cell {
    /// It can be read.
    pub fn is_good(&self) -> bool {
        self.version > 0 && self.taint.is_none()
    }
}

/// A ring of days of cells, and the cells of the partitions without a day.
pub struct Shelf {
    fixed: Vec<Cell>,
    days: VecDeque<Vec<Cell>>,
    first_day: u32,
}

impl Shelf {
    /// Room for `n_slots` partitions a day, from [`KEPT_DAYS`] before `day`.
    pub fn new(n_slots: usize, day: u32) -> Self {
        let row = vec![Cell::default(); n_slots];
        Self {
            fixed: row.clone(),
            days: (0..KEPT_DAYS).map(|_| row.clone()).collect(),
            first_day: day.saturating_sub(KEPT_DAYS),
        }
    }

    /// Adds a day and takes the oldest one out.
    pub fn turn(&mut self) -> Vec<Cell> {
        self.days.push_back(vec![Cell::default(); self.fixed.len()]);
        self.first_day += 1;
        self.days.pop_front().unwrap_or_default()
    }

    /// The cell of `part`; none when its day is not kept.
    pub fn get(&self, part: Part) -> Option<&Cell> {
        let row = match part.day {
            0 => &self.fixed,
            day => self.days.get(day.checked_sub(self.first_day)? as usize)?,
        };
        row.get(part.slot as usize)
    }

    /// The cell of `part`, to be changed.
    pub fn get_mut(&mut self, part: Part) -> Option<&mut Cell> {
        let row = match part.day {
            0 => &mut self.fixed,
            day => self.days.get_mut(day.checked_sub(self.first_day)? as usize)?,
        };
        row.get_mut(part.slot as usize)
    }
}
