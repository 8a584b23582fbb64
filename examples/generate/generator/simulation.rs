//! A warehouse at work, as an endless iterator of events: a discrete-event simulation.
//!
//! It holds what is alive (the last weeks of partitions, open tasks, open wants, planned actions)
//! and no more, however long it runs. It reads no clock.

use std::collections::{BTreeMap, VecDeque};

use super::agenda::{Action, Agenda};
use super::catalog::{Catalog, Part};
use super::dates::DAY_SECONDS;
use super::event::{Deps, Event, Payload, Terms};
use super::random::Random;
use super::shelf::Shelf;

/// Nanoseconds in a second.
pub const SECOND: u64 = 1_000_000_000;

/// Nanoseconds in a minute.
pub const MINUTE: u64 = 60 * SECOND;

/// The state of the warehouse.
pub struct Simulation<'a> {
    pub(super) catalog: &'a Catalog,
    pub(super) random: Random,
    pub(super) agenda: Agenda,
    pub(super) shelf: Shelf,
    pub(super) tasks: BTreeMap<u64, Task>,
    pub(super) wants: BTreeMap<u64, Want>,
    pub(super) now: u64,
    /// The first day of data.
    pub(super) first_day: u32,
    pub(super) n_tasks: u64,
    pub(super) n_wants: u64,
    pub(super) n_runs: u64,
    pub(super) n_taints: u64,
    n_events: u64,
    emitted: VecDeque<Payload>,
}

/// Some units of one job for one day, to be built together, by one run after another until it works.
pub struct Task {
    /// The job.
    pub job: u16,
    /// The day of the data.
    pub day: u32,
    /// Regions, or 0.
    pub units: Vec<u16>,
    /// What all units build.
    pub builds: Vec<Part>,
    /// Open wants and what each wants of this.
    pub wants: Vec<(u64, Vec<Part>)>,
    /// Of the first want.
    pub terms: Terms,
    /// Where it stands.
    pub phase: Phase,
    /// Number of launches so far.
    pub launch: u32,
    /// The newest run.
    pub run: u64,
    /// The next launch is another attempt inside the newest run.
    pub same_run: bool,
    /// Launches that are going to break.
    pub breaks: u8,
    /// When they are used up, it is given up.
    pub hopeless: bool,
    /// A run has missed something, and wanted it.
    pub has_missed: bool,
    /// The newest run's reads.
    pub reads: Vec<Deps>,
    /// What the newest run did not find.
    pub missing: Vec<Deps>,
    /// When the newest run ends.
    pub end: u64,
    /// Between heartbeats.
    pub beat: u64,
}

/// Where a task stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// For inputs.
    Waiting,
    /// A launch is planned.
    Due,
    /// A run is queued or running.
    Running,
}

/// A want that is not done.
pub struct Want {
    /// Partitions that are not there yet.
    pub n_left: usize,
    /// Tasks at work on them.
    pub tasks: Vec<u64>,
}

impl<'a> Simulation<'a> {
    /// The warehouse of `catalog`, empty, on the morning after `first_day`.
    pub fn new(catalog: &'a Catalog, seed: u64, first_day: u32) -> Self {
        let mut agenda = Agenda::default();
        agenda.add(start_of(first_day + 1), Action::Morning(first_day));
        Self {
            catalog,
            random: Random::new(seed),
            agenda,
            shelf: Shelf::new(catalog.slots.len(), first_day),
            tasks: BTreeMap::new(),
            wants: BTreeMap::new(),
            now: 0,
            first_day,
            n_tasks: 0,
            n_wants: 0,
            n_runs: 0,
            n_taints: 0,
            n_events: 0,
            emitted: VecDeque::new(),
        }
    }

    fn perform(&mut self, action: Action) {
        match action {
            Action::Morning(day) => self.morning(day),
            Action::Ask(request) => self.ask(*request),
            Action::CancelWant(want) => self.cancel_want(want),
            Action::Launch(task) => self.launch(task),
            Action::Queue(turn) => self.queue(turn),
            Action::Start(turn) => self.start(turn),
            Action::Beat(turn) => self.beat(turn),
            Action::End(turn, fate) => self.end(turn, fate),
            Action::Taint(part) => self.taint(part),
            Action::CancelTaint(taint, parts) => self.cancel_taint(taint, &parts),
        }
    }

    pub(super) fn emit(&mut self, payload: Payload) {
        self.emitted.push_back(payload);
    }

    /// Plans `action` for a moment between `low` and `high` nanoseconds from now.
    pub(super) fn plan(&mut self, low: u64, high: u64, action: Action) {
        let wait = self.random.between(low, high);
        self.agenda.add(self.now + wait, action);
    }
}

impl Iterator for Simulation<'_> {
    type Item = Event;

    /// The next event. There always is one: every morning plans the next.
    fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(payload) = self.emitted.pop_front() {
                self.n_events += 1;
                return Some(Event { id: self.n_events, nanos: self.now, payload });
            }
            let (nanos, action) = self.agenda.next()?;
            self.now = nanos;
            self.perform(action);
        }
    }
}

/// The first nanosecond of `day`.
pub(super) fn start_of(day: u32) -> u64 {
    u64::from(day) * DAY_SECONDS * SECOND
}
