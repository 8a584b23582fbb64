//! Somebody distrusts a partition: some take it back, most have it built again, some do nothing.

use super::agenda::Action;
use super::catalog::Part;
use super::dates::DAY_SECONDS;
use super::days::by_hand;
use super::event::{Payload, Source};
use super::jobs::{Asked, Grain};
use super::simulation::{MINUTE, SECOND, Simulation};

/// Partitions downstream that are built again with what was tainted.
const MAX_REBUILT: usize = 6;

impl Simulation<'_> {
    /// Taints `part` and at times its neighbor.
    pub(super) fn taint(&mut self, part: Part) {
        let mut parts = vec![part];
        if self.random.chance(3_000) {
            parts.push(Part { slot: part.slot + 1, ..part });
        }
        parts.retain(|part| self.can_taint(*part));
        if parts.is_empty() {
            return;
        }
        self.n_taints += 1;
        let taint = self.n_taints;
        for &part in &parts {
            if let Some(cell) = self.shelf.get_mut(part) {
                cell.taint = Some(taint);
            }
        }
        let source = Source::User(self.random.pick(["data-quality", "analyst", "ops"]));
        let comment = self.random.pick([
            Some("totals do not match the source"),
            Some("duplicate rows"),
            Some("clock skew in the source"),
            None,
        ]);
        self.emit(Payload::TaintCreate { taint, parts: parts.clone(), source, comment });
        match self.random.below(10) {
            0..3 => self.plan(5 * MINUTE, 150 * MINUTE, Action::CancelTaint(taint, parts)),
            3..9 => self.plan_rebuild_of(parts),
            _ => {}
        }
    }

    fn can_taint(&self, part: Part) -> bool {
        let slot = self.catalog.slots.get(part.slot as usize);
        slot.is_some_and(|slot| slot.job.is_some() && slot.grain == Grain::Daily)
            && self.shelf.get(part).is_some_and(super::shelf::Cell::is_good)
    }

    fn plan_rebuild_of(&mut self, mut parts: Vec<Part>) {
        let day = (self.now / SECOND / DAY_SECONDS - 1) as u32;
        if let Some(&part) = parts.first() {
            let readers = self.built_from(part);
            parts.extend(readers.into_iter().take(MAX_REBUILT));
        }
        parts.sort();
        parts.dedup();
        let request = by_hand(parts, day, "ops", Some("rebuild after a taint"), true);
        self.plan(MINUTE, 40 * MINUTE, Action::Ask(Box::new(request)));
    }

    /// What the nightly jobs built from `part`, of its region.
    fn built_from(&self, part: Part) -> Vec<Part> {
        let region = self.catalog.slots[part.slot as usize].region;
        self.catalog
            .readers(part)
            .map(|id| (id, &self.catalog.jobs[usize::from(id)]))
            .filter(|(_, job)| job.grain == Grain::Daily && matches!(job.asked, Asked::At(_)))
            .flat_map(|(id, job)| self.catalog.outputs(id, region.min(job.units - 1), part.day))
            .filter(|part| self.shelf.get(*part).is_some_and(super::shelf::Cell::is_good))
            .collect()
    }

    /// Takes a taint back, if it is still on what it was put on.
    pub(super) fn cancel_taint(&mut self, taint: u64, parts: &[Part]) {
        let mut n = 0;
        let mut waiters = vec![];
        for &part in parts {
            if let Some(cell) = self.shelf.get_mut(part).filter(|cell| cell.taint == Some(taint)) {
                cell.taint = None;
                waiters.append(&mut cell.waiters);
                n += 1;
            }
        }
        if n > 0 {
            let comment = self.random.pick([Some("false alarm"), Some("checked: correct"), None]);
            self.emit(Payload::TaintCancel {
                taint,
                source: Source::User("data-quality"),
                comment,
            });
        }
        for waiter in waiters {
            self.consider(waiter);
        }
    }
}
