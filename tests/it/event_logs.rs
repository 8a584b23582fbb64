//! Random events in the first spelling, from few names, so that everything collides.
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde_json::{Map, Value, json};

/// One event as JSON.
pub fn event() -> impl Strategy<Value = Value> {
    (option::weighted(0.8, 0_u64..40), timestamp(), payload()).prop_map(|(id, time, payload)| {
        let mut event = payload;
        event.insert(String::from("timestamp"), json!(time));
        if let Some(id) = id {
            event.insert(String::from("event_id"), json!(id));
        }
        Value::Object(event)
    })
}

/// A place in a record, and what is to stand there instead.
pub fn damage() -> impl Strategy<Value = (Index, Value)> {
    (any::<Index>(), scrap())
}

/// The record with one thing changed, which may leave it as good as it was.
pub fn damaged(record: &str, (at, scrap): &(Index, Value)) -> String {
    let mut value: Value = serde_json::from_str(record).unwrap_or_default();
    let mut n_places = 0;
    each_place(&mut value, &mut |_| n_places += 1);
    // Not the record itself: a file that is one list is a container.
    let at = 1 + at.index(n_places - 1);
    let mut place = 0;
    each_place(&mut value, &mut |value| {
        if place == at {
            *value = scrap.clone();
        }
        place += 1;
    });
    value.to_string()
}

/// Every value in `value`, itself first.
fn each_place(value: &mut Value, see: &mut impl FnMut(&mut Value)) {
    see(value);
    match value {
        Value::Array(list) => list.iter_mut().for_each(|item| each_place(item, see)),
        Value::Object(object) => object.values_mut().for_each(|item| each_place(item, see)),
        _ => {}
    }
}

fn scrap() -> impl Strategy<Value = Value> {
    select(vec![
        json!(null),
        json!(true),
        json!(-1),
        json!(1.5),
        json!(1e300),
        json!(u64::MAX),
        json!(7),
        json!(""),
        json!("7"),
        json!("1e3"),
        json!("want_cancel_v1"),
        json!("newer_v2"),
        json!("18446744073709551616"),
        json!([]),
        json!([null]),
        json!(["a", 5]),
        json!({}),
        json!({"ref": ""}),
        json!({"user": "ops"}),
        json!({"newer_v2": {"a": 1}}),
    ])
}

fn timestamp() -> impl Strategy<Value = u64> {
    let some = 0..6_u64;
    prop_oneof![
        6 => some.clone().prop_map(|n| 1_732_283_350 + n),
        2 => some.clone().prop_map(|n| 1_732_283_350_000 + n),
        2 => some.clone().prop_map(|n| (1_732_283_350 + n) * 1_000_000),
        2 => some.prop_map(|n| (1_732_283_350 + n) * 1_000_000_000),
        1 => select(vec![0, 99_999_999_999, 100_000_000_000, u64::MAX - 1]),
    ]
}

fn name(prefix: &'static str) -> impl Strategy<Value = String> {
    let odd = select(vec!["日本", "a b", "\"\\/", "\u{0}", "😀", "é", "{", "\u{7f}\n"]);
    prop_oneof![
        8 => (1..5).prop_map(move |n| format!("{prefix}{n}")),
        1 => odd.prop_map(str::to_owned),
    ]
}

fn partition() -> impl Strategy<Value = Value> {
    (name("data/"), option::weighted(0.2, name("u"))).prop_map(|(name, uuid)| match uuid {
        Some(uuid) => json!({"ref": name, "uuid": uuid}),
        None => json!({"ref": name}),
    })
}

fn partitions() -> impl Strategy<Value = Value> {
    vec(partition(), 0..4).prop_map(Value::Array)
}

fn source() -> impl Strategy<Value = Value> {
    prop_oneof![
        name("user").prop_map(|user| json!({"manually_triggered": {"user": user}})),
        name("J").prop_map(|run| json!({"job_triggered": {"job_run_id": run}})),
        Just(json!({"manually_triggered": {}})),
    ]
}

fn pairs(others: &'static str) -> impl Strategy<Value = Value> {
    let entry = (partitions(), partitions())
        .prop_map(move |(impacted, list)| json!({"impacted": impacted, others: list}));
    vec(entry, 0..3).prop_map(Value::Array)
}

fn attributions() -> impl Strategy<Value = Value> {
    let entry = (name("W"), partitions())
        .prop_map(|(want, partitions)| json!({"want_id": want, "partitions": partitions}));
    vec(entry, 0..3).prop_map(Value::Array)
}

/// A payload under its kind; fields that may be absent sometimes are.
fn payload() -> impl Strategy<Value = Map<String, Value>> {
    let secs = || option::of(select(vec![0_u64, 7, 86_400, u64::MAX - 1]).prop_map(Value::from));
    let tail = || (option::of(source()), option::of(name("why ").prop_map(Value::from)));
    let want = || name("W").prop_map(Value::from);
    let run = || name("J").prop_map(Value::from);
    let taint = || name("T").prop_map(Value::from);
    prop_oneof![
        (want(), option::of(partitions()), secs(), secs(), secs(), tail()).prop_map(
            |(want, partitions, data, ttl, sla, (source, comment))| object(
                "want_create_v1",
                [
                    ("want_id", Some(want)),
                    ("partitions", partitions),
                    ("data_timestamp", data),
                    ("ttl_seconds", ttl),
                    ("sla_seconds", sla),
                    ("source", source),
                    ("comment", comment),
                ]
            )
        ),
        noted("want_cancel_v1", "want_id", want()),
        (run(), name("//jobs:"), option::of(partitions()), option::of(attributions())).prop_map(
            |(run, label, building, wants)| object(
                "job_run_buffer_v1",
                [
                    ("job_run_id", Some(run)),
                    ("job_label", Some(json!(label))),
                    ("building_partitions", building),
                    ("want_attributed_partitions", wants),
                ]
            )
        ),
        run().prop_map(|run| object("job_run_queue_v1", [("job_run_id", Some(run))])),
        run().prop_map(|run| object("job_run_heartbeat_v1", [("job_run_id", Some(run))])),
        (run(), option::of(pairs("read"))).prop_map(|(run, reads)| object(
            "job_run_success_v1",
            [("job_run_id", Some(run)), ("read_deps", reads)]
        )),
        (run(), option::of(name("why "))).prop_map(|(run, reason)| object(
            "job_run_failure_v1",
            [("job_run_id", Some(run)), ("reason", reason.map(Value::from))]
        )),
        noted("job_run_cancel_v1", "job_run_id", run()),
        (run(), option::of(pairs("missing")), option::of(pairs("read"))).prop_map(
            |(run, missing, reads)| object(
                "job_run_missing_deps_v1",
                [("job_run_id", Some(run)), ("missing_deps", missing), ("read_deps", reads)]
            )
        ),
        (taint(), option::of(partitions()), option::of(partitions()), tail()).prop_map(
            |(taint, partitions, roots, (source, comment))| object(
                "taint_create_v1",
                [
                    ("taint_id", Some(taint)),
                    ("partitions", partitions),
                    ("root_partitions", roots),
                    ("source", source),
                    ("comment", comment),
                ]
            )
        ),
        noted("taint_cancel_v1", "taint_id", taint()),
    ]
}

/// A payload of an id, a source and a comment.
fn noted(
    kind: &'static str,
    key: &'static str,
    id: impl Strategy<Value = Value>,
) -> impl Strategy<Value = Map<String, Value>> {
    let comment = option::of(name("why ").prop_map(Value::from));
    (id, option::of(source()), comment).prop_map(move |(id, source, comment)| {
        object(kind, [(key, Some(id)), ("source", source), ("comment", comment)])
    })
}

fn object<const N: usize>(kind: &str, fields: [(&str, Option<Value>); N]) -> Map<String, Value> {
    let given = fields.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
    Map::from_iter([(kind.to_owned(), Value::Object(given.collect()))])
}
