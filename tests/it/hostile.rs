//! Logs that somebody made to hurt: they are read, replayed, and every page answers. What that costs is
//! bounded by counts, not by clocks: bytes of the history for each byte of the log, steps, nodes, and a
//! stack so small that nothing can recurse as deep as the log does.
mod logs;
#[path = "../fuzz/targets/pages.rs"]
mod pages;

use std::fmt::Write;

use allocation_counter::measure;
use lineage::events::{Id, NameTable, Notices, TextId};
use lineage::facts::{facets, pretty};
use lineage::history::{Anomalies, History, as_of, impact, replay, staleness};
use lineage::route::{Hops, Mode, Page, Route};
use lineage::wire::to_bytes;
use serde_json::json;

use crate::fixture::{decode, ndjson};
use crate::openlineage;

/// Far less than a frame for each of so many things would take.
const STACK_BYTES: usize = 192 << 10;
const DEEP: usize = 20_000;

/// What a log costs.
#[allow(clippy::struct_field_names, reason = "all of them are counts")]
#[derive(Debug, Default)]
struct Cost {
    n_log_bytes: usize,
    /// Of all columns.
    n_history_bytes: usize,
    n_stale_steps: usize,
    n_instances: usize,
    n_used: u64,
    /// Bytes asked of the allocator, all together; what is copied to grow counts again.
    n_bytes_asked: u64,
    /// How often.
    n_asked: u64,
    /// Bytes held at most at one time.
    n_bytes_held: u64,
}

/// Reads `log` and asks for every kind of page of the first and the last names, on a small stack.
fn cost(log: String) -> Cost {
    let work = std::thread::Builder::new().stack_size(STACK_BYTES).spawn(move || {
        let mut cost = Cost::default();
        let asked = measure(|| cost = work(&log));
        Cost {
            n_bytes_asked: asked.bytes_total,
            n_asked: asked.count_total,
            n_bytes_held: asked.bytes_max,
            ..cost
        }
    });
    work.unwrap().join().expect("the stack suffices, and nothing panics")
}

fn work(log: &str) -> Cost {
    let (events, notices) = decode(log.as_bytes());
    let n_used = notices.n_used;
    assert_eq!(n_used + notices.n_folded + notices.n_skipped, notices.n_records);
    let (history, anomalies) = replay(events);
    let mut read: (History, Anomalies, Notices) = (history, anomalies, notices);
    let n_history_bytes = to_bytes(&mut read).len();
    let history = read.0;
    let moment = as_of(&history, None);
    let asof = moment.of(&history);
    let stale = staleness(asof);
    pages::home(asof, &stale, "a");
    for page in asked(&history) {
        for hops in [Hops::Number(1), Hops::All] {
            let route = Route::new(page.clone()).with_up(hops).with_down(hops);
            pages::answer(asof, &stale, &route);
        }
    }
    let n_instances = history.instances.partition.len();
    if let Some(first) = Id::from_index(0) {
        assert!(impact(asof, &[first]).instances.len() <= n_instances);
    }
    for line in log.lines() {
        pretty(line);
        facets(line, 5);
    }
    Cost {
        n_log_bytes: log.len(),
        n_history_bytes,
        n_stale_steps: stale.n_steps(),
        n_instances,
        n_used,
        ..Cost::default()
    }
}

fn asked(history: &History) -> Vec<Page> {
    let names = &history.names;
    let ends = |n: usize| [0, n.saturating_sub(1)].into_iter().take(n.min(2));
    let wants = ends(names.wants.len()).filter_map(Id::from_index);
    let runs = ends(names.runs.len()).filter_map(Id::from_index);
    let refs = ends(names.partitions.len()).filter_map(Id::from_index);
    let refs: Vec<String> = refs.map(|it| names.partitions.text(it).to_owned()).collect();
    let (from, to) = (refs.first().cloned(), refs.last().cloned());
    wants
        .map(|it| Page::Want(names.wants.text(it).to_owned()))
        .chain(runs.map(|it| Page::JobRun(names.runs.text(it).to_owned())))
        .chain(refs.iter().map(|it| Page::partition(it.clone())))
        .chain(refs.iter().map(|it| Page::Diff { partition: it.clone(), a: None, b: None }))
        .chain([Page::Path { from, to, mode: Mode::Refs }])
        .collect()
}

/// Bounds that hold for every log. A byte of a log becomes few bytes of columns; the shortest events
/// have the most columns.
fn check(log: String) -> Cost {
    let cost = cost(log);
    let most = 12 * cost.n_log_bytes + 100_000;
    assert!(cost.n_history_bytes <= most, "{} of {} bytes", cost.n_history_bytes, cost.n_log_bytes);
    cost
}

/// What a byte of a log may cost at most: bytes of columns, bytes asked of the allocator, how often,
/// and bytes held.
const FOR_A_BYTE: [f64; 4] = [12.0, 300.0, 10.0, 64.0];

/// What each further byte costs between `n` of whatever there are many of and eight times that. A step
/// that grows with the square of the log would cost hundreds of times as much.
fn further((_, log): logs::Shape, n: usize) -> [f64; 4] {
    let (few, many) = (check(log(n)), check(log(8 * n)));
    let counts = |cost: &Cost| {
        let columns = cost.n_history_bytes as u64;
        [columns, cost.n_bytes_asked, cost.n_asked, cost.n_bytes_held].map(|count| count as f64)
    };
    let n_bytes = (many.n_log_bytes - few.n_log_bytes) as f64;
    let (few, many) = (counts(&few), counts(&many));
    std::array::from_fn(|at| (many[at] - few[at]) / n_bytes)
}

fn check_shapes(shapes: &[logs::Shape]) {
    let mut dear = String::new();
    for &shape in shapes {
        let costs = further(shape, 500);
        if costs.iter().zip(FOR_A_BYTE).any(|(&cost, most)| cost > most) {
            let _ = writeln!(dear, "{}: {costs:.1?}", shape.0);
        }
    }
    assert_eq!(dear, "");
}

#[test]
fn whatever_there_are_many_of_each_costs_what_the_one_before_did() {
    check_shapes(&logs::DATABUILD);
}

#[test]
fn the_same_of_the_other_language() {
    check_shapes(&logs::OPENLINEAGE);
}

#[test]
fn a_million_kinds_and_fields_nobody_knows() {
    let cost = check(logs::unknown(500_000));
    assert!(cost.n_history_bytes < 10 * 500_000, "{}", cost.n_history_bytes);
    assert!(cost.n_bytes_held < 64 << 20, "{}", cost.n_bytes_held);
}

#[test]
fn one_instance_that_a_million_others_are_built_from() {
    let cost = check(logs::read_by_all(1_000_000));
    assert_eq!(cost.n_instances, 1_000_001);
    assert_eq!(cost.n_stale_steps, 0);
    let log = cost.n_log_bytes as u64;
    assert!(cost.n_bytes_held < 12 * log && cost.n_bytes_asked < 100 * log, "{cost:?}");
}

#[test]
fn a_partition_that_reads_itself() {
    let mut picture = String::from("want W a\n");
    for run in 0..200 {
        let _ = writeln!(picture, "buffer J{run} //j a for W\nsuccess J{run} a<-a");
    }
    let cost = check(ndjson(&picture));
    assert!(cost.n_stale_steps <= 10 * cost.n_instances, "{}", cost.n_stale_steps);
}

#[test]
fn wants_that_cause_each_other_and_partitions_that_wait_for_each_other() {
    check(ndjson(
        "
        want W1 a by run J2
        want W2 b by run J1
        want W3 c by run J3
        buffer J1 //a a for W1 W2
        buffer J2 //b b for W2 W1
        buffer J3 //c c for W3
        miss J1 a<-b
        miss J2 b<-a
        miss J3 c<-c
        ",
    ));
}

#[test]
fn parents_in_a_loop() {
    let log = openlineage::log(
        "
        START    10:00:00 r1 t/a > out/a of r2/t/b
        START    10:00:01 r2 t/b > out/b of r3/t/c
        START    10:00:02 r3 t/c > out/c of r1/t/a
        START    10:00:03 r4 t/d > out/d of r4/t/d
        COMPLETE 10:00:04 r1 t/a < out/c > out/a of r2/t/b
        COMPLETE 10:00:05 r2 t/b < out/a > out/b of r3/t/c
        FAIL     10:00:06 r3 t/c < out/b > out/c of r1/t/a
        COMPLETE 10:00:07 r4 t/d < out/d > out/d of r4/t/d
        ",
    );
    check(log);
}

#[test]
fn chains_as_long_as_the_log() {
    let mut reads = String::new();
    let mut wants = String::from("want W0 p0\n");
    for n in 1..=DEEP {
        let before = n - 1;
        let _ = writeln!(reads, "buffer J{n} //j p{n}\nsuccess J{n} p{n}<-p{before}");
        let _ =
            writeln!(wants, "buffer J{n} //j p{before} for W{before}\nmiss J{n} p{before}<-p{n}");
        let _ = writeln!(wants, "want W{n} p{n} by run J{n}");
    }
    // The beginning again: all that came from it is stale.
    reads.push_str("buffer again //j p0\nsuccess again -\nbuffer more //j p0\nsuccess more -\n");
    let cost = check(ndjson(&reads));
    assert!(cost.n_stale_steps <= 10 * cost.n_instances, "{}", cost.n_stale_steps);
    check(ndjson(&wants));
    let mut parents = String::from("START 10:00:00 r0 t/a > out/a\n");
    for n in 1..=2_000 {
        let _ = writeln!(parents, "COMPLETE 10:00:01 r{n} t/a > out/a of r{}/t/a", n - 1);
    }
    check(openlineage::log(&parents));
}

#[test]
fn a_million_reads_in_two_thousand_names() {
    let names = |prefix: char| (0..1_000).map(move |n| format!("{prefix}{n}")).collect::<Vec<_>>();
    let (inputs, outputs) = (names('i').join(","), names('o').join(","));
    let (many_inputs, many_outputs) = (inputs.replace(',', " "), outputs.replace(',', " "));
    let cost = check(ndjson(&format!(
        "
        want W {many_outputs}
        buffer A //in {many_inputs}
        success A -
        buffer B //out {many_outputs} for W
        success B {outputs}<-{inputs}
        buffer C //in i0
        success C -
        "
    )));
    assert_eq!(cost.n_instances, 2_001);
    assert!(cost.n_stale_steps <= 20 * cost.n_instances, "{}", cost.n_stale_steps);
}

#[test]
fn one_thing_in_a_hundred_thousand_events() {
    let mut beats = String::from("buffer J //j a\n");
    let mut wanted = String::new();
    for n in 0..DEEP {
        beats.push_str("heartbeat J\n");
        let _ = writeln!(wanted, "want W{n} a");
    }
    check(ndjson(&beats));
    check(ndjson(&format!("{wanted}buffer J //j a\nsuccess J -\n")));
}

#[test]
fn clocks_that_run_backward_and_numbers_without_end() {
    let event = |id: u64, time: u64, run: &str| {
        json!({"event_id": id, "timestamp": time, "job_run_heartbeat_v1": {"job_run_id": run}})
            .to_string()
            + "\n"
    };
    let mut log = String::new();
    for n in 0..500 {
        log += &event(n, 1_800_000_000 - n, "J");
        log += &event(u64::MAX - n, u64::MAX - n, "K");
    }
    log += &json!({"timestamp": 0, "want_create_v1": {
        "want_id": "W", "partitions": ["a"], "data_timestamp": u64::MAX, "ttl_seconds": u64::MAX, "sla_seconds": u64::MAX,
    }})
    .to_string();
    log += "\n{\"timestamp\":1e400,\"want_cancel_v1\":{\"want_id\":\"W\"}}\n";
    log += "{\"timestamp\":-1,\"want_cancel_v1\":{\"want_id\":\"W\"}}\n";
    check(log);
}

#[test]
fn one_name_for_everything_and_names_of_any_length() {
    let endless = "long/".repeat(20_000);
    for name in ["x", "", "__proto__", "\0", "\u{202e}", "</script><!--", &endless] {
        let refs = json!([{"ref": name, "uuid": name}]);
        let events = [
            json!({"want_create_v1": {"want_id": name, "partitions": refs, "source": {"job_triggered": {"job_run_id": name}}, "comment": name}}),
            json!({"job_run_buffer_v1": {"job_run_id": name, "job_label": name, "building_partitions": refs,
                "want_attributed_partitions": [{"want_id": name, "partitions": refs}]}}),
            json!({"job_run_missing_deps_v1": {"job_run_id": name, "missing_deps": [{"impacted": refs, "missing": refs}]}}),
            json!({"job_run_success_v1": {"job_run_id": name, "read_deps": [{"impacted": refs, "read": refs}]}}),
            json!({"job_run_failure_v1": {"job_run_id": name, "reason": name}}),
            json!({"taint_create_v1": {"taint_id": name, "partitions": refs, "source": {"manually_triggered": {"user": name}}}}),
        ];
        let mut log = String::new();
        for (n, mut event) in events.into_iter().enumerate() {
            event["timestamp"] = json!(1_800_000_000 + n);
            let _ = writeln!(log, "{event}");
        }
        log += "{\"timestamp\":1800000009,\"want_cancel_v1\":{\"want_id\":\"\\ud800\"}}\n";
        let cost = check(log);
        // An empty id is none.
        assert!(cost.n_used >= 6 || name.is_empty(), "{name:.20}: {}", cost.n_used);
    }
}

/// Names of 24 bytes whose second word undoes what the first did to the hash: whoever reads the
/// source can write them.
fn colliding(n: usize) -> Vec<String> {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let first = |word: u64| (24_u64.rotate_left(23) ^ word).wrapping_mul(FACTOR).rotate_left(23);
    let aim = first(0) ^ u64::from_le_bytes(*b"00000000");
    let words = (0_u64..)
        .map(|n| u64::from_le_bytes(*format!("{n:08x}").as_bytes().first_chunk().unwrap()));
    let name = |word: u64| {
        let undone = first(word) ^ aim;
        let bytes = [word.to_le_bytes(), undone.to_le_bytes(), *b"the-same"].concat();
        bytes.is_ascii().then(|| String::from_utf8(bytes).unwrap())
    };
    words.filter_map(name).take(n).collect()
}

#[test]
fn names_that_were_chosen_to_collide_are_found_in_few_steps() {
    let names = colliding(3_000);
    let mut table = NameTable::<TextId>::default();
    let crowd = |table: &NameTable<TextId>| table.longest_look();
    for (row, name) in names.iter().enumerate() {
        assert_eq!(table.intern(name).map(Id::index), Some(row));
        if row == 900 {
            assert_eq!(crowd(&table), 900, "they do collide, or this tests nothing");
        }
    }
    assert!(crowd(&table) <= 100, "a look passes {} names", crowd(&table));
    for (row, name) in names.iter().enumerate() {
        assert_eq!(table.find(name).map(Id::index), Some(row));
        assert_eq!(table.intern(name).map(Id::index), Some(row));
    }
    assert_eq!(table.find("the-same"), None);
    let mut log = String::new();
    for name in &names {
        let _ = writeln!(
            log,
            "{}",
            json!({"timestamp": 1_800_000_000, "want_create_v1": {"want_id": name, "partitions": [name]}})
        );
    }
    assert_eq!(check(log).n_used, 3_000);
}
