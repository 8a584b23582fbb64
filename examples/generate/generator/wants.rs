//! Wants become tasks; a task waits for its inputs, or is launched too early and misses them.

use super::agenda::{Action, Request};
use super::catalog::Part;
use super::event::{Payload, Source};
use super::simulation::{MINUTE, Phase, SECOND, Simulation, Task, Want};

/// Launches that do not wait for inputs that are on their way, in 10,000.
const EAGER: u64 = 260;

impl Simulation<'_> {
    /// Creates a want and the tasks for what is neither there nor at work.
    pub(super) fn ask(&mut self, request: Request) {
        self.n_wants += 1;
        let id = self.n_wants;
        let (fresh, joined) = self.triage(&request);
        let Request { parts, day, source, terms, comment, anew } = request;
        self.emit(Payload::WantCreate { want: id, parts, terms, source, comment });
        let mut want = Want { n_left: fresh.len() + joined.len(), tasks: vec![] };
        for (task, part) in joined {
            self.join(task, id, part);
            want.tasks.push(task);
        }
        for task in self.tasks_for(&fresh, day) {
            let wanted = task.builds.iter().filter(|part| fresh.contains(part)).copied().collect();
            want.tasks.push(self.add_task(Task { wants: vec![(id, wanted)], terms, ..task }));
        }
        let tasks = want.tasks.clone();
        if want.n_left > 0 {
            self.wants.insert(id, want);
            let often = if matches!(source, Source::User("scheduler")) { 40 } else { 300 };
            if !anew && self.random.chance(often) {
                self.plan(20 * SECOND, 15 * MINUTE, Action::CancelWant(id));
            }
        }
        for task in tasks {
            self.consider(task);
        }
    }

    /// What has to be built, and what a task is at work on.
    fn triage(&self, request: &Request) -> (Vec<Part>, Vec<(u64, Part)>) {
        let (mut fresh, mut joined) = (vec![], vec![]);
        for &part in &request.parts {
            match self.shelf.get(part) {
                Some(cell) if cell.is_good() && !request.anew => {}
                Some(cell) => match cell.task {
                    Some(task) => joined.push((task, part)),
                    None if cell.given_up && !request.anew => {}
                    None => fresh.push(part),
                },
                None => {}
            }
        }
        (fresh, joined)
    }

    fn join(&mut self, task: u64, want: u64, part: Part) {
        let Some(task) = self.tasks.get_mut(&task) else { return };
        match task.wants.iter_mut().find(|(id, _)| *id == want) {
            Some((_, parts)) => parts.push(part),
            None => task.wants.push((want, vec![part])),
        }
    }

    /// Tasks that build `parts`: units of one job and day together, a few at a time.
    fn tasks_for(&mut self, parts: &[Part], day: u32) -> Vec<Task> {
        let mut units: Vec<(u16, u32, u16)> = vec![];
        for part in parts {
            let slot = &self.catalog.slots[part.slot as usize];
            let Some(job) = slot.job else { continue };
            let is_daily = self.catalog.part(part.slot, part.day + 1) != *part && part.day > 0;
            let day = if is_daily && part.day.abs_diff(day) < 31 { part.day } else { day };
            if !units.contains(&(job, day, slot.region)) {
                units.push((job, day, slot.region));
            }
        }
        let mut tasks = vec![];
        for like in units.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            let mut rest = like;
            while let Some(&(job, day, _)) = rest.first() {
                let n = self.random.pick([1, 1, 1, 1, 1, 2, 2, 3]).min(rest.len());
                let (now, later) = rest.split_at(n);
                tasks.push(self.task(job, day, now.iter().map(|unit| unit.2).collect()));
                rest = later;
            }
        }
        tasks
    }

    fn task(&mut self, job: u16, day: u32, units: Vec<u16>) -> Task {
        let builds = units.iter().flat_map(|&unit| self.catalog.outputs(job, unit, day)).collect();
        let hopeless = self.random.chance(5);
        let breaks = match self.random.below(10_000) {
            _ if hopeless => 4,
            0..120 => 1,
            120..140 => 2,
            140..145 => 3,
            _ => 0,
        };
        Task { builds, breaks, hopeless, ..Task::new(job, day, units) }
    }

    fn add_task(&mut self, task: Task) -> u64 {
        self.n_tasks += 1;
        for &part in &task.builds {
            if let Some(cell) = self.shelf.get_mut(part) {
                cell.task = Some(self.n_tasks);
            }
        }
        self.tasks.insert(self.n_tasks, task);
        self.n_tasks
    }

    /// Launches a task that waits, if all that it needs is there. Before its first miss also if
    /// nobody is at work on what it needs, or if it does not know better. Else it goes on waiting.
    pub(super) fn consider(&mut self, id: u64) {
        let Some(task) = self.tasks.get(&id) else { return };
        if task.phase != Phase::Waiting {
            return;
        }
        let (missing, is_warned) = (self.missing(task), task.has_missed);
        let is_idle = |part: &Part| self.shelf.get(*part).is_none_or(|cell| cell.task.is_none());
        let is_rash = !is_warned && (missing.iter().any(is_idle) || self.random.chance(EAGER));
        if is_rash || missing.is_empty() {
            self.launch_soon(id);
        } else {
            self.wait_for(id, &missing);
        }
    }

    /// What a task needs and cannot read now.
    fn missing(&self, task: &Task) -> Vec<Part> {
        let mut missing = vec![];
        for &unit in &task.units {
            let inputs = self.catalog.inputs(task.job, unit, task.day);
            missing.extend(inputs.needed.into_iter().filter(|part| !self.is_readable(*part)));
        }
        missing
    }

    /// It is external, or live and not tainted.
    pub(super) fn is_readable(&self, part: Part) -> bool {
        self.catalog.slots[part.slot as usize].job.is_none()
            || self.shelf.get(part).is_some_and(super::shelf::Cell::is_good)
    }

    /// Plans the next launch of a task that waits.
    pub(super) fn launch_soon(&mut self, id: u64) {
        let Some(task) = self.tasks.get_mut(&id) else { return };
        if task.phase == Phase::Waiting {
            task.phase = Phase::Due;
            self.plan(SECOND, 20 * SECOND, Action::Launch(id));
        }
    }

    /// Has the task looked at again when any of `parts` changes.
    pub(super) fn wait_for(&mut self, id: u64, parts: &[Part]) {
        for &part in parts {
            if let Some(cell) = self.shelf.get_mut(part)
                && !cell.waiters.contains(&id)
            {
                cell.waiters.push(id);
            }
        }
    }

    /// Cancels a want that is not done, and the work that nobody else wants.
    pub(super) fn cancel_want(&mut self, id: u64) {
        let Some(want) = self.wants.remove(&id) else { return };
        if self.is_there(id, &want) {
            return;
        }
        let comment = self.random.pick([None, Some("no longer needed"), Some("asked twice")]);
        let source = Source::User(self.random.pick(["ops", "analyst", "scheduler"]));
        self.emit(Payload::WantCancel { want: id, source, comment });
        for task_id in want.tasks {
            let Some(task) = self.tasks.get_mut(&task_id) else { continue };
            task.wants.retain(|(want, _)| *want != id);
            let is_running = task.phase == Phase::Running;
            if task.wants.is_empty() && (!is_running || self.random.chance(5_000)) {
                self.stop(task_id, is_running);
            }
        }
    }

    /// All that is left of a want is there after all: a taint on it was taken back.
    fn is_there(&self, id: u64, want: &Want) -> bool {
        let tasks = want.tasks.iter().filter_map(|task| self.tasks.get(task));
        let mut wants = tasks.flat_map(|task| &task.wants).filter(|(want, _)| *want == id);
        wants.all(|(_, parts)| parts.iter().all(|part| self.is_readable(*part)))
    }

    fn stop(&mut self, id: u64, is_running: bool) {
        if is_running && let Some(task) = self.tasks.get(&id) {
            let (run, source) = (task.run, Source::User("ops"));
            self.emit(Payload::RunCancel { run, source, comment: Some("its want was canceled") });
        }
        self.abandon(id);
    }

    /// Ends a task without success; whoever waits for it finds out by a miss.
    pub(super) fn abandon(&mut self, id: u64) {
        let Some(task) = self.tasks.remove(&id) else { return };
        for part in task.builds {
            let Some(cell) = self.shelf.get_mut(part) else { continue };
            cell.task = None;
            for waiter in std::mem::take(&mut cell.waiters) {
                self.launch_soon(waiter);
            }
        }
    }
}
