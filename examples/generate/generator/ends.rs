//! The four ways in which a run ends, and what follows from each.

use super::agenda::{Action, Request};
use super::catalog::Part;
use super::days::by_hand;
use super::event::{Payload, Source};
use super::simulation::{MINUTE, Phase, Simulation};

const REASONS: [&str; 9] = [
    "exit code 1",
    "exit code 137: out of memory",
    "source timed out after 600 s",
    "connection reset by peer",
    "disk quota exceeded on scratch volume",
    "schema mismatch: column \"amount\" is text, expected decimal(18, 2)",
    "row count 0 is below the minimum of 1,000",
    "unique key violated: 14 duplicates\nfirst: order_id = 8812045",
    "no worker took it within 30 min",
];

impl Simulation<'_> {
    pub(super) fn succeed(&mut self, id: u64) {
        let Some(task) = self.tasks.remove(&id) else { return };
        self.emit(Payload::RunSuccess { run: task.run, reads: task.reads });
        let mut waiters = vec![];
        for &part in &task.builds {
            if let Some(cell) = self.shelf.get_mut(part) {
                cell.version += 1;
                (cell.task, cell.taint, cell.given_up) = (None, None, false);
                waiters.append(&mut cell.waiters);
            }
            if part.day > 0 && self.random.chance(30) {
                self.plan(20 * MINUTE, 1_500 * MINUTE, Action::Taint(part));
            }
        }
        for (id, parts) in &task.wants {
            if let Some(want) = self.wants.get_mut(id) {
                want.n_left = want.n_left.saturating_sub(parts.len());
                if want.n_left == 0 {
                    self.wants.remove(id);
                }
            }
        }
        for waiter in waiters {
            self.consider(waiter);
        }
    }

    /// Tries again after a while; at the end of its tries the task is given up.
    pub(super) fn fail(&mut self, id: u64) {
        let (reason, is_same_run) = (self.random.pick(REASONS), self.random.chance(1_000));
        let Some(task) = self.tasks.get_mut(&id) else { return };
        let run = task.run;
        task.breaks -= 1;
        task.phase = Phase::Due;
        task.same_run = is_same_run;
        let is_over = task.hopeless && task.breaks == 0;
        self.emit(Payload::RunFailure { run, reason });
        if is_over {
            self.give_up(id);
        } else {
            self.plan(MINUTE, 12 * MINUTE, Action::Launch(id));
        }
    }

    /// Most of the time somebody asks again, hours later, with the cause repaired.
    fn give_up(&mut self, id: u64) {
        let Some(task) = self.tasks.get(&id) else { return };
        let (builds, day) = (task.builds.clone(), task.day);
        self.mark_given_up(&builds);
        self.abandon(id);
        if self.random.chance(7_000) {
            let request = by_hand(builds, day, "ops", Some("rerun with a fix"), true);
            self.plan(40 * MINUTE, 300 * MINUTE, Action::Ask(Box::new(request)));
        }
    }

    /// True when any of `parts` was not yet given up.
    fn mark_given_up(&mut self, parts: &[Part]) -> bool {
        let mut is_new = false;
        for &part in parts {
            if let Some(cell) = self.shelf.get_mut(part) {
                is_new |= !std::mem::replace(&mut cell.given_up, true);
            }
        }
        is_new
    }

    pub(super) fn cancel_run(&mut self, id: u64) {
        let Some(task) = self.tasks.get_mut(&id) else { return };
        let run = task.run;
        task.phase = Phase::Due;
        let comment = self.random.pick([None, Some("cluster drained"), Some("took too long")]);
        self.emit(Payload::RunCancel { run, source: Source::User("ops"), comment });
        if self.random.chance(8_500) {
            self.plan(2 * MINUTE, 25 * MINUTE, Action::Launch(id));
        } else {
            self.abandon(id);
        }
    }

    /// Wants what was missing, and waits for it. What waits for this, when it waits for something
    /// given up, is given up too.
    pub(super) fn miss(&mut self, id: u64) {
        let Some(task) = self.tasks.get_mut(&id) else { return };
        task.phase = Phase::Waiting;
        task.has_missed = true;
        let (run, day, terms) = (task.run, task.day, task.terms);
        let missing = std::mem::take(&mut task.missing);
        let reads = std::mem::take(&mut task.reads);
        let mut parts: Vec<Part> = missing.iter().flat_map(|deps| &deps.inputs).copied().collect();
        parts.sort();
        parts.dedup();
        self.emit(Payload::RunMissingDeps { run, missing, reads });
        let job_of = |part: &Part| self.catalog.slots[part.slot as usize].job;
        for parts in parts.chunk_by(|a, b| job_of(a) == job_of(b)) {
            let (parts, source) = (parts.to_vec(), Source::Run(run));
            self.ask(Request { parts, day, source, terms, comment: None, anew: false });
        }
        self.wait_for(id, &parts);
        if parts.iter().any(|part| self.shelf.get(*part).is_some_and(|cell| cell.given_up)) {
            self.pass_on_given_up(id);
        }
    }

    fn pass_on_given_up(&mut self, id: u64) {
        let Some(task) = self.tasks.get(&id) else { return };
        let builds = task.builds.clone();
        if !self.mark_given_up(&builds) {
            return;
        }
        for part in builds {
            let waiters = self.shelf.get_mut(part).map(|cell| std::mem::take(&mut cell.waiters));
            for waiter in waiters.unwrap_or_default() {
                self.launch_soon(waiter);
            }
        }
    }
}
