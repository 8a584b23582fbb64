//! The axis of a log: by hand, against counting event by event, and there and back; and stepping along
//! it by the events of one thing.
#![allow(clippy::needless_raw_string_hashes, reason = "expectations are written so")]
use std::fmt::Write;

use expect_test::{Expect, expect};
use lineage::events::{EventKind, EventLog, Id, NO_EVENT_ID, Seq};
use lineage::facts::{
    events_of, events_of_job, events_of_trouble, has_event_ids, name_of_moment, next_of,
};
use lineage::graph::{Key, build, resolve};
use lineage::history::{History, InstanceId, as_of, replay};
use lineage::route::Route;
use lineage::summary::{Bucket, Density, density, density_marks, density_words};
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;

use crate::fixture::{decode, log};
use crate::oracle::density as oracle;
use crate::random_logs::{anything, cases, plausible};

const MOST: usize = 200;

fn seq(at: usize) -> Seq {
    Seq::from_index(at).unwrap()
}

fn log_of(events: &[(u64, EventKind)]) -> EventLog {
    EventLog {
        nanos: events.iter().map(|it| it.0).collect(),
        kind: events.iter().map(|it| it.1).collect(),
        event_id: events.iter().map(|_| NO_EVENT_ID).collect(),
        ..EventLog::default()
    }
}

fn told(density: &Density) -> String {
    let some = density.buckets.iter().enumerate().filter(|(_, bucket)| bucket.n_events > 0);
    let rows = some.map(|(row, bucket)| {
        let Bucket { first, n_events, n_failures, n_misses } = bucket;
        format!("{row}: {n_events} from {first}, {n_failures} failed, {n_misses} missed\n")
    });
    let rows: String = rows.collect();
    format!("{} buckets\n{rows}{}", density.buckets.len(), density_words(density))
}

fn check(picture: &str, expected: Expect) {
    expected.assert_eq(&told(&density(&log(picture).log)));
}

#[test]
fn an_axis_of_time_counts_what_failed_and_what_missed() {
    check(
        "
        @1000 want W data/a by ops
        @1000 buffer J //a data/a for W
        @1100 miss J data/a<-data/x
        @1150 buffer K //a data/a for W
        @1199 fail K
        @1100 heartbeat K
        ",
        expect![[r#"
            200 buckets
            0: 2 from 0, 0 failed, 0 missed
            100: 1 from 2, 0 failed, 1 missed
            150: 1 from 3, 0 failed, 0 missed
            199: 2 from 4, 1 failed, 0 missed
            6 events over time: 1 failure (upper ticks), 1 dependency miss (lower ticks)"#]],
    );
}

#[test]
fn where_time_does_not_move_the_axis_is_of_events() {
    check(
        "
        @1000 want W data/a by ops
        @1000 buffer J //a data/a for W
        @1000 fail J
        ",
        expect![[r#"
            3 buckets
            0: 1 from 0, 0 failed, 0 missed
            1: 1 from 1, 0 failed, 0 missed
            2: 1 from 2, 1 failed, 0 missed
            3 events in their order, not to scale in time: 1 failure (upper ticks), 0 dependency misses (lower ticks)"#]],
    );
    // One clock that is far off would leave all the others to one bar.
    let mut events = vec![(5, EventKind::JobRunQueue)];
    events.extend((0..30).map(|at| (1_732_283_350_000_000_000 + at, EventKind::JobRunQueue)));
    assert!(!density(&log_of(&events)).is_time);
    assert_eq!(told(&density(&EventLog::default())).lines().next(), Some("0 buckets"));
    assert_eq!(density(&EventLog::default()).seq_at(0.5), None);
}

#[test]
fn the_picture_is_three_shapes() {
    let picture = "
    @0 want W data/a by ops
    @1 buffer J //a data/a for W
    @1 queue J
    @1 heartbeat J
    @1 heartbeat J
    @2 fail J
    ";
    let mark = density_marks(&density(&log(picture).log));
    let attribute = |mark: &lineage::scene::Mark, name: &str| {
        mark.attributes.iter().find(|it| it.0 == name).map(|it| it.1.clone()).unwrap_or_default()
    };
    let mut text = attribute(&mark, "viewBox");
    for shape in &mark.children {
        let _ = write!(text, "\n{} {}", attribute(shape, "class"), attribute(shape, "d"));
    }
    expect![[r#"
        0 0 1000 34
        density-bars M0 12h4v12h-4zM495 0h4v24h-4zM995 12h4v12h-4z
        density-failures M995 25h4v5h-4z
        density-misses "#]]
    .assert_eq(&text);
}

const STORY: &str = "
want W data/a by ops
buffer J //a data/a for W
buffer K //k data/k
miss J data/a<-data/x
heartbeat K
#- buffer L //a data/a for W
success L data/a<-data/x
taint T data/a by ops
fail K
cancel taint T
want V data/v by ops
";

fn numbers(events: &[Seq]) -> Vec<usize> {
    events.iter().map(|seq| seq.index()).collect()
}

#[test]
fn the_events_of_one_thing() {
    let history = replay(log(STORY)).0;
    let moment = as_of(&history, None);
    let asof = moment.of(&history);
    let of = |address: &str| {
        let ask = resolve(asof, &Route::parse(address).0).unwrap();
        numbers(&events_of(asof, build(asof, &ask).nodes[0].key))
    };
    assert_eq!(of("#/want/W"), [0, 1, 3, 5, 6]);
    assert_eq!(of("#/want/V"), [10]);
    assert_eq!(of("#/job-run/K"), [2, 4, 8]);
    assert_eq!(of("#/partition/data%2Fa"), [5, 6, 7, 9]);
    assert_eq!(of("#/partition/data%2Fa?mode=refs"), [0, 1, 3, 5, 6, 7, 9]);
    assert!(events_of(asof, Key::Group(0)).is_empty());
    let label = history.names.labels.find("//a").unwrap();
    assert_eq!(numbers(&events_of_job(&history, label)), [1, 3, 5, 6]);
    assert_eq!(numbers(&events_of_trouble(&history.log)), [3, 8]);
}

#[test]
fn a_step_passes_over_events_without_a_name() {
    let log = log(STORY).log;
    let events: Vec<Seq> = [0, 1, 3, 5, 6].map(seq).to_vec();
    let step = |at: usize, is_back| next_of(&log, &events, seq(at), is_back).map(|it| it.index());
    assert_eq!((step(3, true), step(3, false)), (Some(1), Some(6)));
    assert_eq!((step(6, true), step(6, false)), (Some(3), None));
    assert_eq!((step(0, true), step(10, true)), (None, Some(6)));
    assert_eq!(next_of(&log, &[], seq(3), true), None);
    let names: Vec<_> = log.seqs().map(|seq| name_of_moment(&log, seq)).collect();
    assert_eq!(names[4..7], [Some(5), Some(5), Some(6)]);
    assert_eq!(names[10], None);
    assert!(has_event_ids(&log));
    assert!(!has_event_ids(&log_of(&[(1, EventKind::JobRunQueue)])));
}

fn events() -> impl Strategy<Value = Vec<(u64, EventKind)>> {
    let nanos = prop_oneof![
        6 => 1_000_000_u64..1_000_400,
        3 => 0..3_000_000_u64,
        1 => prop_oneof![Just(0), Just(u64::MAX), Just(u64::MAX - 7), any::<u64>()],
    ];
    proptest::collection::vec((nanos, proptest::sample::select(&EventKind::ALL[..])), 0..450)
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn buckets_are_what_one_counts(events in events()) {
        let log = log_of(&events);
        let found = density(&log);
        let by_time = oracle::over_time(&log, MOST as u64);
        let n_most = by_time.iter().map(|it| it.n_events as usize).max().unwrap_or(0);
        let is_time = by_time.len() > 1 && n_most * 10 <= log.len() * 9;
        prop_assert_eq!(found.is_time, is_time);
        let expected = if is_time { by_time } else { oracle::over_events(&log, MOST) };
        prop_assert_eq!(&found.buckets, &expected);
        there_and_back(&log, &found)?;
    }

    #[test]
    fn every_event_of_a_thing_can_be_stepped_to(log in prop_oneof![plausible(), anything()]) {
        let history = replay(decode(log.lines().join("\n").as_bytes()).0).0;
        let moment = as_of(&history, None);
        let asof = moment.of(&history);
        let runs = history.names.runs.ids().map(Key::Run);
        let wants = history.names.wants.ids().map(Key::Want);
        let partitions = history.names.partitions.ids().map(Key::Partition);
        let builds = (0..history.instances.created.len()).filter_map(InstanceId::from_index);
        let builds = builds.map(Key::Instance);
        for key in runs.chain(wants).chain(partitions).chain(builds) {
            let events = events_of(asof, key);
            prop_assert!(events.is_sorted_by(|a, b| a < b));
            prop_assert!(events.iter().all(|seq| seq.index() < history.log.len()));
            let mut at = events.first().copied();
            let mut walked = Vec::new();
            while let Some(seq) = at {
                walked.push(seq);
                at = next_of(&history.log, &events, seq, false);
            }
            prop_assert_eq!(&walked, &events);
            changes_only_at(&history, key, &events)?;
        }
    }
}

/// Between two of its events nothing changes of the status of a run or of a build. That of a want or
/// of a partition also follows those of others.
fn changes_only_at(history: &History, key: Key, events: &[Seq]) -> Result<(), TestCaseError> {
    let mut before = String::new();
    for at in history.log.seqs() {
        let moment = as_of(history, Some(at));
        let asof = moment.of(history);
        let now = match key {
            Key::Run(run) => format!("{:?}", asof.run_status(run)),
            Key::Instance(instance) => format!("{:?}", asof.instance_status(instance)),
            _ => return Ok(()),
        };
        prop_assert!(now == before || before.is_empty() || events.contains(&at), "{at:?} {key:?}");
        before = now;
    }
    Ok(())
}

fn there_and_back(log: &EventLog, found: &Density) -> Result<(), TestCaseError> {
    let places: Vec<f64> = log.seqs().map(|seq| found.fraction_of(seq)).collect();
    prop_assert!(places.is_sorted_by(|a, b| a < b), "later is further right");
    prop_assert!(places.iter().all(|&place| place > 0.0 && place <= 1.0));
    prop_assert!(places.last().is_none_or(|&place| place >= 1.0));
    for (seq, &place) in log.seqs().zip(&places) {
        prop_assert_eq!(found.seq_at(place), Some(seq));
    }
    for fraction in [-1.0, 0.0, 0.25, 0.5, 0.9999, 1.0, 2.0, f64::NAN] {
        let last = places.iter().rposition(|&place| place <= fraction).unwrap_or(0);
        prop_assert_eq!(
            found.seq_at(fraction),
            Seq::from_index(last).filter(|_| !places.is_empty())
        );
    }
    Ok(())
}
