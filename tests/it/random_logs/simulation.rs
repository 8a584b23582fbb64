//! A small orchestrator: steps that choose among what there is, and what it writes of them.
use proptest::collection::vec;
use proptest::prelude::*;

use crate::oracle::history::{Attribution, MissingDep, ReadDep, Source, TestEvent, TestLog};
use crate::random_logs::{N_PARTITIONS, event, plain, record, recording};

/// What a small orchestrator could have written, now and then with something else in between.
pub fn plausible() -> impl Strategy<Value = TestLog> {
    (vec(step(), 0..50), recording()).prop_map(|(steps, recording)| {
        let mut simulation = Simulation::default();
        for step in steps {
            simulation.apply(step);
        }
        record(simulation.events, recording)
    })
}

/// One step of the orchestrator; the numbers choose among what there is.
#[derive(Clone, Debug)]
enum Step {
    Want(usize, usize),
    Schedule(usize, usize, bool),
    Start(usize),
    Succeed(usize, usize),
    Miss(usize, usize),
    Retry(usize),
    Fail(usize),
    Cancel(usize),
    Restart(usize, usize),
    Taint(usize, usize),
    TaintCancel(usize),
    WantCancel(usize),
    Anything(TestEvent),
}

fn step() -> impl Strategy<Value = Step> {
    let (a, b) = (|| 0..16_usize, || 0..16_usize);
    prop_oneof![
        4 => (a(), b()).prop_map(|(a, b)| Step::Want(a, b)),
        7 => (a(), b(), any::<bool>()).prop_map(|(a, b, c)| Step::Schedule(a, b, c)),
        4 => a().prop_map(Step::Start),
        6 => (a(), b()).prop_map(|(a, b)| Step::Succeed(a, b)),
        5 => (a(), b()).prop_map(|(a, b)| Step::Miss(a, b)),
        4 => a().prop_map(Step::Retry),
        3 => a().prop_map(Step::Fail),
        1 => a().prop_map(Step::Cancel),
        2 => (a(), b()).prop_map(|(a, b)| Step::Restart(a, b)),
        2 => (a(), b()).prop_map(|(a, b)| Step::Taint(a, b)),
        1 => a().prop_map(Step::TaintCancel),
        1 => a().prop_map(Step::WantCancel),
        1 => event().prop_map(Step::Anything),
    ]
}

/// Partitions are numbered; job `p / 2` builds `p` from those of the next job, and those of the
/// last job are built from nothing or from those of the first, which closes a circle.
#[derive(Default)]
struct Simulation {
    events: Vec<TestEvent>,
    /// What each want asks for.
    wants: Vec<Vec<usize>>,
    runs: Vec<SimulatedRun>,
    n_taints: usize,
}

#[derive(Clone)]
struct SimulatedRun {
    id: String,
    builds: Vec<usize>,
    want: usize,
    open: bool,
}

impl Simulation {
    fn apply(&mut self, step: Step) {
        match step {
            Step::Want(a, b) => {
                let source = Source::ManuallyTriggered { user: "ops".to_owned() };
                self.want(vec![a % N_PARTITIONS, b % N_PARTITIONS], source);
            }
            Step::Schedule(a, b, both) => self.schedule(a, b, both),
            Step::Start(a) => {
                self.of_open(a, |run| TestEvent::JobRunHeartbeatV1 { job_run_id: run.id });
            }
            Step::Succeed(a, b) => self.end(a, |run| TestEvent::JobRunSuccessV1 {
                read_deps: (b != 7).then(|| reads(&run.builds, b)),
                job_run_id: run.id,
            }),
            Step::Miss(a, b) => self.miss(a, b),
            Step::Retry(a) => self.retry(a),
            Step::Fail(a) => self.end(a, |run| TestEvent::JobRunFailureV1 { job_run_id: run.id }),
            Step::Cancel(a) => {
                self.end(a, |run| TestEvent::JobRunCancelV1 { job_run_id: run.id, source: None });
            }
            Step::Restart(a, b) => self.restart(a, b),
            Step::Taint(a, b) => {
                self.n_taints += 1;
                let taint_id = format!("T{}", self.n_taints);
                let partitions = vec![plain(a % N_PARTITIONS), plain(b % N_PARTITIONS)];
                self.events.push(TestEvent::TaintCreateV1 { taint_id, partitions });
            }
            Step::TaintCancel(a) => {
                let taint_id = format!("T{}", a % (self.n_taints + 1) + 1);
                self.events.push(TestEvent::TaintCancelV1 { taint_id });
            }
            Step::WantCancel(a) => {
                let want_id = format!("W{}", a % (self.wants.len() + 1) + 1);
                self.events.push(TestEvent::WantCancelV1 { want_id });
            }
            Step::Anything(event) => self.events.push(event),
        }
    }

    fn want(&mut self, partitions: Vec<usize>, source: Source) {
        let refs = partitions.iter().map(|&p| plain(p)).collect();
        self.wants.push(partitions);
        let want_id = format!("W{}", self.wants.len());
        self.events.push(TestEvent::WantCreateV1 { want_id, partitions: refs, source });
    }

    /// A run for one want, building one of its partitions, or that and its sibling.
    fn schedule(&mut self, a: usize, b: usize, both: bool) {
        let Some(want) = a.checked_rem(self.wants.len()) else { return };
        let Some(chosen) = b.checked_rem(self.wants[want].len()) else { return };
        let partition = self.wants[want][chosen];
        let builds = if both { vec![partition, partition ^ 1] } else { vec![partition] };
        self.plan(builds, want);
    }

    /// Another run for what an ended run was for.
    fn retry(&mut self, a: usize) {
        if let Some(index) = self.pick(a, false) {
            let SimulatedRun { builds, want, .. } = self.runs[index].clone();
            self.plan(builds, want);
        }
    }

    fn plan(&mut self, builds: Vec<usize>, want: usize) {
        let id = format!("R{}", self.runs.len() + 1);
        self.runs.push(SimulatedRun { id, builds, want, open: true });
        self.buffer(self.runs.len() - 1);
    }

    fn buffer(&mut self, index: usize) {
        let run = self.runs[index].clone();
        let refs: Vec<_> = run.builds.iter().map(|&p| plain(p)).collect();
        let want_id = format!("W{}", run.want + 1);
        self.events.push(TestEvent::JobRunBufferV1 {
            job_run_id: run.id,
            job_label: format!("//jobs:{}", run.builds[0] / 2),
            building_partitions: refs.clone(),
            want_attributed_partitions: vec![Attribution { want_id, partitions: refs }],
        });
    }

    /// The `a`th of the runs that are open, or of those that are not.
    fn pick(&self, a: usize, open: bool) -> Option<usize> {
        let runs: Vec<_> = (0..self.runs.len()).filter(|&r| self.runs[r].open == open).collect();
        a.checked_rem(runs.len()).map(|chosen| runs[chosen])
    }

    fn of_open(&mut self, a: usize, event: impl FnOnce(SimulatedRun) -> TestEvent) {
        if let Some(index) = self.pick(a, true) {
            self.events.push(event(self.runs[index].clone()));
        }
    }

    fn end(&mut self, a: usize, event: impl FnOnce(SimulatedRun) -> TestEvent) {
        if let Some(index) = self.pick(a, true) {
            self.events.push(event(self.runs[index].clone()));
            self.runs[index].open = false;
        }
    }

    /// A dependency miss, and the derivative want for what was missing.
    fn miss(&mut self, a: usize, b: usize) {
        let Some(index) = self.pick(a, true) else { return };
        let SimulatedRun { id, builds, .. } = self.runs[index].clone();
        let missing: Vec<_> =
            upstream(builds[0], b.is_multiple_of(4)).into_iter().skip(b % 2).collect();
        let impacted = builds.iter().map(|&p| plain(p)).collect();
        self.end(a, |run| TestEvent::JobRunMissingDepsV1 {
            missing_deps: vec![MissingDep {
                impacted,
                missing: missing.iter().map(|&p| plain(p)).collect(),
            }],
            read_deps: reads(&run.builds, b),
            job_run_id: run.id,
        });
        self.want(missing, Source::JobTriggered { job_run_id: id });
    }

    /// The same run goes on after its end.
    fn restart(&mut self, a: usize, b: usize) {
        let Some(index) = self.pick(a, false) else { return };
        let job_run_id = self.runs[index].id.clone();
        match b % 3 {
            0 => self.buffer(index),
            1 => self.events.push(TestEvent::JobRunHeartbeatV1 { job_run_id }),
            _ => self.events.push(TestEvent::JobRunQueueV1 { job_run_id }),
        }
        self.runs[index].open = true;
    }
}

/// What `builds` was read from: one entry for each, or one for all; now and then also the ref
/// itself.
fn reads(builds: &[usize], choice: usize) -> Vec<ReadDep> {
    let read = |&partition: &usize| {
        let own = (choice.is_multiple_of(5)).then_some(partition);
        upstream(partition, choice.is_multiple_of(4)).into_iter().chain(own).map(plain).collect()
    };
    if choice.is_multiple_of(3) {
        let impacted = builds.iter().map(|&p| plain(p)).collect();
        return vec![ReadDep { impacted, read: read(&builds[0]) }];
    }
    builds.iter().map(|p| ReadDep { impacted: vec![plain(*p)], read: read(p) }).collect()
}

fn upstream(partition: usize, circle: bool) -> Vec<usize> {
    let first = (partition / 2 + 1) * 2;
    if first < N_PARTITIONS || circle {
        vec![first % N_PARTITIONS, (first + 1) % N_PARTITIONS]
    } else {
        Vec::new()
    }
}
