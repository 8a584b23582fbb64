//! The generator of example logs: the same bytes every time, and a history that can be true.

#[path = "../../examples/generate/generator/mod.rs"]
mod made_up;
mod replay;

use std::collections::{BTreeMap, BTreeSet};

use made_up::{Layout, Options, Spelling, generate};
use replay::Replay;
use serde_json::Value;

const SAMPLE: Options = plain(5_000, 331);

pub const fn plain(n_events: u64, seed: u64) -> Options {
    let layout = Layout { array: false, shuffle: false };
    Options { n_events, seed, spelling: Spelling::Proto, layout }
}

pub fn text(options: Options) -> String {
    let mut bytes = vec![];
    assert!(generate(options, &mut bytes).is_ok());
    String::from_utf8_lossy(&bytes).into_owned()
}

fn events(text: &str) -> Vec<Value> {
    let event = |line: &str| serde_json::from_str(line).map_err(|error| format!("{error}: {line}"));
    text.lines().map(event).collect::<Result<_, _>>().unwrap_or_else(|error| panic!("{error}"))
}

/// FNV-1a, 64 bits.
fn hash(text: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, step)
}

#[test]
fn the_same_seed_gives_the_same_bytes() {
    expect_test::expect!["aa7fceb67d4bfafb"]
        .assert_eq(&format!("{:016x}", hash(&text(plain(2_000, 7)))));
    assert_ne!(text(plain(200, 7)), text(plain(200, 8)));
}

#[test]
fn the_sample_is_what_the_generator_makes() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/public/sample.ndjson");
    let shipped = std::fs::read_to_string(path).unwrap_or_default();
    assert!(shipped == text(SAMPLE), "make it again: --events 5000 --seed 331");
}

#[test]
fn there_are_exactly_as_many_events_as_asked_for() {
    for n in [0, 1, 2, 999] {
        let events = events(&text(plain(n, 3)));
        assert_eq!(events.len() as u64, n);
        let ids: Vec<u64> = events.iter().filter_map(|event| event["event_id"].as_u64()).collect();
        assert_eq!(ids, (1..=n).collect::<Vec<_>>());
    }
}

#[test]
fn a_shuffle_and_an_array_hold_the_same_events() {
    let plain = text(plain(20_000, 5));
    let with = |shuffle, array| {
        text(Options { layout: Layout { array, shuffle }, ..self::plain(20_000, 5) })
    };
    let shuffled = with(true, false);
    assert_ne!(shuffled, plain);
    assert_eq!(shuffled.lines().collect::<BTreeSet<_>>(), plain.lines().collect::<BTreeSet<_>>());
    let array: Vec<Value> = serde_json::from_str(&with(false, true)).unwrap_or_default();
    assert_eq!(array, events(&plain));
}

#[test]
fn every_spelling_says_the_same() {
    let first = |spelling| text(Options { spelling, ..plain(1, 7) });
    expect_test::expect![[r#"
        {"event_id":1,"timestamp":"1795305698632451117","want_create_v1":{"want_id":"W-000001","partitions":[{"ref":"dim/calendar/span=2015-2034"}],"data_timestamp":"1795305600","ttl_seconds":"172800","sla_seconds":"86400","source":{"manually_triggered":{"user":"ops"}},"comment":"first load"}}
    "#]].assert_eq(&first(Spelling::Proto));
    expect_test::expect![[r#"
        {"eventId":"1","timestamp":"1795305698632451117","wantCreateV1":{"wantId":"W-000001","partitions":[{"ref":"dim/calendar/span=2015-2034"}],"dataTimestamp":"1795305600","ttlSeconds":"172800","slaSeconds":"86400","source":{"manuallyTriggered":{"user":"ops"}},"comment":"first load"}}
    "#]].assert_eq(&first(Spelling::Camel));
    expect_test::expect![[r#"
        {"event_id":1,"timestamp":1795305698632451117,"event":{"WantCreateV1":{"want_id":"W-000001","partitions":[{"ref":"dim/calendar/span=2015-2034"}],"data_timestamp":1795305600,"ttl_seconds":172800,"sla_seconds":86400,"source":{"manually_triggered":{"user":"ops"}},"comment":"first load"}}}
    "#]].assert_eq(&first(Spelling::Nested));
    expect_test::expect![[r#"
        {"event_id":1,"timestamp":1795305698632451117,"event_type":"want_create_v1","payload":{"want_id":"W-000001","partitions":[{"ref":"dim/calendar/span=2015-2034"}],"data_timestamp":1795305600,"ttl_seconds":172800,"sla_seconds":86400,"source":{"manually_triggered":{"user":"ops"}},"comment":"first load"}}
    "#]].assert_eq(&first(Spelling::Row));
    let said = |spelling| {
        let events = events(&text(Options { spelling, ..SAMPLE }));
        events.iter().map(scalars).collect::<Vec<_>>()
    };
    let proto = said(Spelling::Proto);
    for other in [Spelling::Camel, Spelling::Nested, Spelling::Row] {
        assert!(said(other) == proto, "{other:?}");
    }
}

/// All strings and numbers of an event but its kind, sorted.
fn scalars(event: &Value) -> Vec<String> {
    let (mut found, mut open) = (vec![], vec![event]);
    while let Some(value) = open.pop() {
        match value {
            Value::Object(fields) => {
                open.extend(fields.iter().filter(|(key, _)| *key != "event_type").map(|(_, v)| v));
            }
            Value::Array(items) => open.extend(items),
            Value::String(text) => found.push(text.clone()),
            scalar => found.push(scalar.to_string()),
        }
    }
    found.sort();
    found
}

#[test]
fn a_log_is_in_proportion() {
    let log = Replay::of(&text(plain(50_000, 7)));
    let share = |n: usize, of: usize| n as f64 / of as f64;
    let within = |what, value: f64, low, high| {
        assert!((low..high).contains(&value), "{what}: {value} is not in {low}..{high}");
    };
    let n_runs = log.runs.len();
    within("misses", share(log.count("job_run_missing_deps_v1"), n_runs), 0.03, 0.07);
    within("failures", share(log.count("job_run_failure_v1"), n_runs), 0.01, 0.03);
    within("hottest", share(log.most_readers(), 50_000), 0.016, 0.028);
    within("partitions", share(log.live.len(), 50_000), 0.24, 0.32);
    within("bytes an event", share(log.n_bytes, 50_000), 230.0, 330.0);
}

#[test]
fn the_sample_shows_everything() {
    let log = Replay::of(&text(SAMPLE));
    assert!(log.n_bytes < 1_700_000);
    assert_eq!(log.kinds.len(), 11, "{:?}", log.kinds);
    assert!(log.kinds.values().all(|&n| n >= 2), "{:?}", log.kinds);
    let ended = |state| log.runs.values().filter(|run| run.state == state).count();
    assert!(ended("running") >= 3 && ended("queued") >= 1);
    assert!(log.live.values().any(|instance| instance.n_versions > 2), "superseded twice");
    assert!(log.deepest_want() >= 3, "nested derivative wants");
    assert!(log.n_restarts >= 1 && log.n_shared_runs >= 1);
    let mut failures = BTreeMap::<&str, usize>::new();
    for run in log.runs.values().filter(|run| run.state == "failed") {
        run.builds.iter().for_each(|part| *failures.entry(part).or_default() += 1);
    }
    let is_live = |part: &&str| log.live.contains_key(*part);
    assert!(failures.keys().any(is_live), "a failure and a retry that works");
    assert!(!failures.keys().all(is_live), "a final failure");
}

#[test]
fn what_happens_has_a_cause() {
    for options in [SAMPLE, plain(50_000, 7), plain(3_000, 0)] {
        let log = Replay::of(&text(options));
        assert!(log.problems.is_empty(), "{:#?}", &log.problems[..log.problems.len().min(9)]);
    }
}
