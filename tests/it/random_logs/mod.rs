//! Random logs from few names, so that everything collides. Two strategies: events that a small
//! orchestrator could have written, and any events at all.
mod simulation;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
pub use simulation::plausible;

use lineage::events::{Id, Seq};
use lineage::history::{AsOf, as_of, replay};
use proptest::sample::Index;
use proptest::test_runner::TestCaseError;

use crate::fixture::decode;
use crate::oracle::history::{
    Attribution, MissingDep, ReadDep, Ref, Source, TestEvent, TestLog, Twin,
};

const N_PARTITIONS: usize = 6;

/// Which successes say what they read.
#[derive(Clone, Copy, Debug)]
enum Recording {
    Never,
    Always,
    Mixed,
}

/// How many cases a property has. What fails is printed whole, so nothing is written to files.
pub fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

/// A log as of one of its events, beside the twin of the log that ends with that; nothing of an empty one.
pub fn beside_twin(
    log: &TestLog,
    at: Index,
    check: impl FnOnce(AsOf<'_>, &Twin, usize) -> Result<(), TestCaseError>,
) -> Result<(), TestCaseError> {
    if log.0.is_empty() {
        return Ok(());
    }
    let history = replay(decode(log.lines().join("\n").as_bytes()).0).0;
    let at = at.index(log.0.len());
    let moment = as_of(&history, Seq::from_index(at));
    check(moment.of(&history), &Twin::of(&log.0[..=at]), at)
}

/// Both strategies; most properties say more of logs that could have been written.
pub fn any_log() -> impl Strategy<Value = TestLog> {
    prop_oneof![2 => plausible(), 1 => anything()]
}

/// Any events in any order.
pub fn anything() -> impl Strategy<Value = TestLog> {
    (vec(event(), 0..50), recording()).prop_map(|(events, recording)| record(events, recording))
}

fn recording() -> impl Strategy<Value = Recording> {
    select(vec![Recording::Always, Recording::Never, Recording::Mixed])
}

/// Takes the reads from successes where none are recorded, and gives them where all are.
fn record(mut events: Vec<TestEvent>, recording: Recording) -> TestLog {
    for event in &mut events {
        if let TestEvent::JobRunSuccessV1 { read_deps, .. } = event {
            match recording {
                Recording::Never => *read_deps = None,
                Recording::Always => *read_deps = Some(read_deps.take().unwrap_or_default()),
                Recording::Mixed => {}
            }
        }
    }
    TestLog(events)
}

fn name(prefix: &'static str, count: usize) -> impl Strategy<Value = String> {
    (1..=count).prop_map(move |n| format!("{prefix}{n}"))
}

fn want() -> impl Strategy<Value = String> {
    name("W", 4)
}

fn run() -> impl Strategy<Value = String> {
    name("R", 6)
}

fn taint() -> impl Strategy<Value = String> {
    name("T", 3)
}

fn partition() -> impl Strategy<Value = Ref> {
    let uuid = option::weighted(0.2, name("00000000-0000-4000-8000-00000000000", 2));
    (0..4_usize, uuid).prop_map(|(index, uuid)| Ref { uuid, ..plain(index) })
}

fn source() -> impl Strategy<Value = Source> {
    let manual = Just(Source::ManuallyTriggered { user: "ops".to_owned() });
    prop_oneof![manual, run().prop_map(|job_run_id| Source::JobTriggered { job_run_id })]
}

fn read_dep() -> impl Strategy<Value = ReadDep> {
    (vec(partition(), 0..3), vec(partition(), 0..4))
        .prop_map(|(impacted, read)| ReadDep { impacted, read })
}

fn missing_dep() -> impl Strategy<Value = MissingDep> {
    read_dep().prop_map(|ReadDep { impacted, read }| MissingDep { impacted, missing: read })
}

fn event() -> impl Strategy<Value = TestEvent> {
    use TestEvent as E;
    let attribution = (want(), vec(partition(), 0..2))
        .prop_map(|(want_id, partitions)| Attribution { want_id, partitions });
    let buffer = (run(), name("//jobs:", 2), vec(partition(), 0..3), vec(attribution, 0..3))
        .prop_map(|(job_run_id, job_label, building_partitions, want_attributed_partitions)| {
            E::JobRunBufferV1 {
                job_run_id,
                job_label,
                building_partitions,
                want_attributed_partitions,
            }
        });
    prop_oneof![
        4 => (want(), vec(partition(), 0..3), source())
            .prop_map(|(want_id, partitions, source)| E::WantCreateV1 { want_id, partitions, source }),
        1 => want().prop_map(|want_id| E::WantCancelV1 { want_id }),
        7 => buffer,
        1 => run().prop_map(|job_run_id| E::JobRunQueueV1 { job_run_id }),
        3 => run().prop_map(|job_run_id| E::JobRunHeartbeatV1 { job_run_id }),
        4 => (run(), option::of(vec(read_dep(), 0..3)))
            .prop_map(|(job_run_id, read_deps)| E::JobRunSuccessV1 { job_run_id, read_deps }),
        2 => run().prop_map(|job_run_id| E::JobRunFailureV1 { job_run_id }),
        1 => (run(), option::of(source()))
            .prop_map(|(job_run_id, source)| E::JobRunCancelV1 { job_run_id, source }),
        4 => (run(), vec(missing_dep(), 0..3), vec(read_dep(), 0..3)).prop_map(
            |(job_run_id, missing_deps, read_deps)| {
                E::JobRunMissingDepsV1 { job_run_id, missing_deps, read_deps }
            },
        ),
        2 => (taint(), vec(partition(), 0..3))
            .prop_map(|(taint_id, partitions)| E::TaintCreateV1 { taint_id, partitions }),
        1 => taint().prop_map(|taint_id| E::TaintCancelV1 { taint_id }),
    ]
}

fn plain(index: usize) -> Ref {
    let name = ["alpha", "beta", "gamma", "delta", "eta", "zeta"][index % N_PARTITIONS];
    Ref { name: format!("data/{name}"), uuid: None }
}
