//! What people and schedules ask for in a day.

use super::agenda::{Action, Request};
use super::catalog::Part;
use super::event::{Comment, Source, Terms};
use super::jobs::{Asked, Grain};
use super::simulation::{MINUTE, SECOND, Simulation, start_of};

const HOUR: u64 = 60 * MINUTE;

/// Regions in one want of the scheduler.
const UNITS_PER_WANT: usize = 6;

impl Simulation<'_> {
    /// Midnight after `day`: forgets the oldest day and plans this one.
    pub(super) fn morning(&mut self, day: u32) {
        self.forget_oldest_day();
        self.agenda.add(start_of(day + 2), Action::Morning(day + 1));
        for job in 0..self.catalog.jobs.len() as u16 {
            match self.catalog.jobs[usize::from(job)].asked {
                Asked::At(minute) => self.schedule(job, day, u64::from(minute) * MINUTE),
                Asked::Once if day == self.first_day => self.first_load(job, day),
                _ => {}
            }
        }
        for _ in 0..self.share(70) {
            self.plan_study(day);
        }
        for _ in 0..self.share(90) {
            self.plan_rebuild(day);
        }
    }

    fn forget_oldest_day(&mut self) {
        for cell in self.shelf.turn() {
            if let Some(task) = cell.task.and_then(|id| self.tasks.remove(&id)) {
                for (want, _) in task.wants {
                    self.wants.remove(&want);
                }
            }
        }
    }

    /// One for each `per` slots of the warehouse, the rest by chance.
    fn share(&mut self, per: u64) -> u64 {
        let n = self.catalog.slots.len() as u64;
        n / per + u64::from(self.random.below(per) < n % per)
    }

    fn schedule(&mut self, job: u16, day: u32, at: u64) {
        let units: Vec<u16> = (0..self.catalog.jobs[usize::from(job)].units).collect();
        let anew = self.catalog.jobs[usize::from(job)].grain == Grain::Monthly;
        for units in units.chunks(UNITS_PER_WANT) {
            let parts = self.outputs(job, units, day);
            let source = Source::User("scheduler");
            let terms = nightly(day, at);
            if self.random.chance(1_500) && at > 3 * HOUR {
                let (user, comment) = self.random.pick([
                    ("bi", "dashboard refresh"),
                    ("ml-platform", "nightly training"),
                    ("finance-desk", "month-end check"),
                ]);
                let request = Request {
                    parts: parts.clone(),
                    day,
                    source: Source::User(user),
                    terms,
                    comment: Some(comment),
                    anew: false,
                };
                self.plan(at, at + 4 * MINUTE, Action::Ask(Box::new(request)));
            }
            let request = Request { parts, day, source, terms, comment: None, anew };
            self.plan(at, at + 90 * SECOND, Action::Ask(Box::new(request)));
        }
    }

    fn first_load(&mut self, job: u16, day: u32) {
        let parts = self.outputs(job, &[0], day);
        let request = by_hand(parts, day, "ops", Some("first load"), false);
        self.plan(MINUTE, 2 * MINUTE, Action::Ask(Box::new(request)));
    }

    /// Somebody wants what is not built every night, so that its upstream is missing too.
    fn plan_study(&mut self, day: u32) {
        let jobs: Vec<u16> = self.jobs_asked(|asked| asked == Asked::ByHand);
        let job = jobs[self.random.index(jobs.len())];
        let parts = self.some_outputs(job, day, 4);
        let comment = self.random.pick([Some("ad hoc study"), Some("quarterly review"), None]);
        let request = by_hand(parts, day, "analyst", comment, false);
        self.plan(7 * HOUR, 18 * HOUR, Action::Ask(Box::new(request)));
    }

    /// Somebody wants a new version of something that is there.
    fn plan_rebuild(&mut self, day: u32) {
        let jobs: Vec<u16> = self.jobs_asked(|asked| matches!(asked, Asked::At(_)));
        let job = jobs[self.random.index(jobs.len())];
        let parts = self.some_outputs(job, day, 12);
        let (user, comment) = self.random.pick([
            ("ops", Some("backfill after a fix in the source")),
            ("ops", None),
            ("analyst", Some("late orders arrived")),
            ("finance-desk", Some("restated invoices")),
            ("ml-platform", Some("new feature set")),
        ]);
        let request = by_hand(parts, day, user, comment, true);
        self.plan(8 * HOUR, 19 * HOUR, Action::Ask(Box::new(request)));
    }

    fn jobs_asked(&self, is: impl Fn(Asked) -> bool) -> Vec<u16> {
        (0..).zip(&self.catalog.jobs).filter(|(_, job)| is(job.asked)).map(|(id, _)| id).collect()
    }

    /// One to three units of `job`, of `day` or one of the `n_days` before it.
    fn some_outputs(&mut self, job: u16, day: u32, n_days: u64) -> Vec<Part> {
        let back = self.random.below(n_days) * self.random.below(2);
        let of = day.saturating_sub(back as u32).max(self.first_day);
        let n_units = self.catalog.jobs[usize::from(job)].units;
        let first = self.random.below(u64::from(n_units)) as u16;
        let last = (first + self.random.pick([0, 0, 0, 1, 2])).min(n_units - 1);
        self.outputs(job, &(first..=last).collect::<Vec<_>>(), of)
    }

    fn outputs(&self, job: u16, units: &[u16], day: u32) -> Vec<Part> {
        units.iter().flat_map(|&unit| self.catalog.outputs(job, unit, day)).collect()
    }
}

/// The terms of a want that the scheduler creates `at` nanoseconds after midnight.
fn nightly(day: u32, at: u64) -> Terms {
    let half_hours = (at / MINUTE).div_ceil(30) + 1;
    Terms { data_day: day, ttl_seconds: 604_800, sla_seconds: 86_400 + half_hours * 1_800 }
}

/// A want that a person creates on the day after `day`.
pub(super) fn by_hand(
    parts: Vec<Part>,
    day: u32,
    user: &'static str,
    comment: Comment,
    anew: bool,
) -> Request {
    let terms = Terms { data_day: day + 1, ttl_seconds: 172_800, sla_seconds: 86_400 };
    Request { parts, day, source: Source::User(user), terms, comment, anew }
}
