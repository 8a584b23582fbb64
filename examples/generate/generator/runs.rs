//! A task's runs: buffered, queued, alive. How they end: see `ends`.

use super::agenda::{Action, Fate, Turn};
use super::catalog::{Part, Reach};
use super::event::{Deps, Payload, Terms};
use super::simulation::{MINUTE, Phase, SECOND, Simulation, Task};

/// Heartbeats come every minute, and further apart in runs of more minutes than this.
const MAX_HEARTBEATS: u64 = 12;

impl Task {
    /// A task at its beginning.
    pub(super) fn new(job: u16, day: u32, units: Vec<u16>) -> Self {
        Self {
            job,
            day,
            units,
            builds: vec![],
            wants: vec![],
            terms: Terms { data_day: day, ttl_seconds: 0, sla_seconds: 0 },
            phase: Phase::Waiting,
            launch: 0,
            run: 0,
            same_run: false,
            breaks: 0,
            hopeless: false,
            has_missed: false,
            reads: vec![],
            missing: vec![],
            end: 0,
            beat: 0,
        }
    }
}

impl Simulation<'_> {
    /// Buffers the next run, or queues the newest one again.
    pub(super) fn launch(&mut self, id: u64) {
        let Some(task) = self.tasks.get_mut(&id) else { return };
        if task.wants.is_empty() {
            return self.abandon(id);
        }
        task.phase = Phase::Running;
        task.launch += 1;
        let turn = Turn { task: id, launch: task.launch };
        if std::mem::take(&mut task.same_run) {
            let run = task.run;
            self.emit(Payload::RunQueue { run });
        } else {
            self.n_runs += 1;
            task.run = self.n_runs;
            let (run, job) = (task.run, task.job);
            let (builds, wants) = (task.builds.clone(), task.wants.clone());
            self.emit(Payload::RunBuffer { run, job, builds, wants });
            if self.random.chance(5_500) {
                self.plan(SECOND / 5, 3 * SECOND, Action::Queue(turn));
            }
        }
        self.plan(3 * SECOND, 40 * SECOND, Action::Start(turn));
    }

    /// The task of `turn`, if that is still its newest launch and has not ended.
    fn at_work(&mut self, turn: Turn) -> Option<&mut Task> {
        let task = self.tasks.get_mut(&turn.task)?;
        (task.launch == turn.launch && task.phase == Phase::Running).then_some(task)
    }

    pub(super) fn queue(&mut self, turn: Turn) {
        if let Some(task) = self.at_work(turn) {
            let run = task.run;
            self.emit(Payload::RunQueue { run });
        }
    }

    /// The first heartbeat. What a run reads, and how it will end, is settled here.
    pub(super) fn start(&mut self, turn: Turn) {
        let Some(task) = self.at_work(turn) else { return };
        let (run, breaks) = (task.run, task.breaks);
        self.emit(Payload::RunHeartbeat { run });
        let (reads, missing) =
            self.tasks.get(&turn.task).map(|task| self.look(task)).unwrap_or_default();
        let fate = match () {
            () if !missing.is_empty() => Fate::Miss,
            () if breaks > 0 => Fate::Failure,
            () if self.random.chance(60) => Fate::Cancel,
            () => Fate::Success,
        };
        let length = self.length(fate);
        let end = self.now + length;
        let beat = MINUTE.max(length / MAX_HEARTBEATS);
        if let Some(task) = self.at_work(turn) {
            (task.reads, task.missing, task.end, task.beat) = (reads, missing, end, beat);
        }
        self.agenda.add(end, Action::End(turn, fate));
        self.plan_beat(turn, end, beat);
    }

    /// What the units of a task read now, or read before they missed something; and what they miss.
    fn look(&self, task: &Task) -> (Vec<Deps>, Vec<Deps>) {
        let (mut reads, mut missing) = (vec![], vec![]);
        for &unit in &task.units {
            let inputs = self.catalog.inputs(task.job, unit, task.day);
            let is_missing = |part: &Part| !self.is_readable(*part);
            let before = inputs.needed.iter().position(is_missing).unwrap_or(inputs.needed.len());
            let missed: Vec<Part> =
                inputs.needed.iter().filter(|p| is_missing(p)).copied().collect();
            let mut read = inputs.needed;
            read.truncate(before);
            if missed.is_empty() {
                for (part, reach) in inputs.earlier {
                    let parts = self.earlier(part, reach).filter(|part| !read.contains(part));
                    let parts: Vec<Part> = parts.collect();
                    read.extend(parts);
                }
            }
            for (list, inputs) in [(&mut reads, read), (&mut missing, missed)] {
                if !inputs.is_empty() {
                    let impacted = self.catalog.outputs(task.job, unit, task.day).collect();
                    list.push(Deps { impacted, inputs });
                }
            }
        }
        (reads, missing)
    }

    /// The readable ones of the partitions before `part`: of a monthly one, the month so far.
    fn earlier(&self, part: Part, reach: Reach) -> impl Iterator<Item = Part> + '_ {
        let is_monthly = self.catalog.part(part.slot, part.day + 1) == part;
        let (days, n) = match reach {
            _ if is_monthly => (0..=0, 1),
            Reach::WeekBefore => (1..=7, 7),
            _ => (1..=3, 1),
        };
        days.map(move |back| Part { day: part.day.saturating_sub(back), ..part })
            .filter(|part| self.is_readable(*part))
            .take(n)
    }

    fn length(&mut self, fate: Fate) -> u64 {
        let (low, high) = match (fate, self.random.below(100)) {
            (Fate::Miss, _) => (SECOND, 12 * SECOND),
            (_, 0..59) => (8 * SECOND, 58 * SECOND),
            (_, 59..90) => (MINUTE, 3 * MINUTE),
            (_, 90..98) => (3 * MINUTE, 10 * MINUTE),
            _ => (10 * MINUTE, 50 * MINUTE),
        };
        self.random.between(low, high)
    }

    fn plan_beat(&mut self, turn: Turn, end: u64, beat: u64) {
        let next = self.now + beat + self.random.below(SECOND / 2);
        if next < end {
            self.agenda.add(next, Action::Beat(turn));
        }
    }

    pub(super) fn beat(&mut self, turn: Turn) {
        let Some(task) = self.at_work(turn) else { return };
        let (run, end, beat) = (task.run, task.end, task.beat);
        self.emit(Payload::RunHeartbeat { run });
        self.plan_beat(turn, end, beat);
    }

    pub(super) fn end(&mut self, turn: Turn, fate: Fate) {
        if self.at_work(turn).is_none() {
            return;
        }
        match fate {
            Fate::Success => self.succeed(turn.task),
            Fate::Failure => self.fail(turn.task),
            Fate::Cancel => self.cancel_run(turn.task),
            Fate::Miss => self.miss(turn.task),
        }
    }
}
