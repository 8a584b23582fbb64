//! Any work, told in both languages: random logs of databuild, of which what the other language has no
//! words for is left out, and their translation. Whatever is asked of both, at any moment, is answered
//! alike.
use std::collections::BTreeMap;

use lineage::events::{Id, PartitionId, RunId, Seq};
use lineage::graph::{diff, paths};
use lineage::history::{AsOf, History, InstanceId, as_of, impact, staleness};
use lineage::route::Mode;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use super::read;
use crate::oracle::history::{Attribution, ReadDep, Ref, Source, TestEvent, TestLog};
use crate::oracle::mentioned::mentioned;
use crate::random_logs::{cases, plausible};
use crate::stale::name_of;

/// An event of databuild: its payload's kind, the payload, and the whole.
struct Event {
    kind: String,
    payload: Value,
    whole: Value,
}

fn events(log: &str) -> Vec<Event> {
    let event = |line| {
        let whole: Value = serde_json::from_str(line).unwrap();
        let object = whole.as_object().unwrap();
        let (kind, payload) = object.iter().find(|(key, _)| key.ends_with("_v1")).unwrap();
        Event { kind: kind.clone(), payload: payload.clone(), whole: whole.clone() }
    };
    log.lines().map(event).collect()
}

fn run_of(event: &Event) -> Option<&str> {
    event.payload["job_run_id"].as_str()
}

/// The log without what cannot be said of runs, their parents and their datasets: taints, canceled
/// wants, wants that misses asked for, and runs that are not planned once, for one want that is there,
/// begun, and ended once at most, without a miss and with what they read. No instance is named.
fn expressible(log: &TestLog) -> String {
    let all = events(&log.lines().join("\n"));
    let mut wants = BTreeMap::new();
    let mut of_run: BTreeMap<&str, Vec<&Event>> = BTreeMap::new();
    for event in &all {
        if event.kind == "want_create_v1" {
            *wants.entry(event.payload["want_id"].as_str().unwrap()).or_insert(0) += 1;
        }
        if let Some(run) = run_of(event) {
            of_run.entry(run).or_default().push(event);
        }
    }
    let can_say = |run: &str| {
        let kinds: Vec<&str> = of_run[run].iter().map(|event| event.kind.as_str()).collect();
        let Some((&first, rest)) = kinds.split_first() else { return false };
        let end = rest.iter().position(|&kind| kind != "job_run_heartbeat_v1");
        let plan = &of_run[run][0].payload;
        let attributed = plan["want_attributed_partitions"].as_array();
        let attributed = attributed.map_or(&[][..], Vec::as_slice);
        let last = &of_run[run][kinds.len() - 1];
        let says_reads = last.payload["read_deps"].as_array().is_some_and(|deps| {
            // Of what it does not build, nothing can be said.
            deps.iter().flat_map(|it| refs(&it["impacted"])).all(|it| builds(plan).contains(&it))
        });
        first == "job_run_buffer_v1"
            && rest.first() == Some(&"job_run_heartbeat_v1")
            && end.is_none_or(|end| end == rest.len() - 1)
            && !rest.contains(&"job_run_buffer_v1")
            && !rest.contains(&"job_run_queue_v1")
            && !rest.contains(&"job_run_missing_deps_v1")
            && (says_reads || last.kind != "job_run_success_v1")
            && !builds(plan).is_empty()
            && matches!(attributed, [one] if wants.get(one["want_id"].as_str().unwrap()) == Some(&1))
    };
    let mut created = Vec::new();
    let kept = all.iter().filter(|event| {
        if let Some(run) = run_of(event) {
            let want = &of_run[run][0].payload["want_attributed_partitions"][0]["want_id"];
            return can_say(run) && created.contains(want);
        }
        let is_want = event.kind == "want_create_v1";
        created.extend(is_want.then(|| event.payload["want_id"].clone()));
        is_want
    });
    let mut text = String::new();
    for event in kept {
        let mut whole = event.whole.clone();
        if event.kind == "want_create_v1" {
            whole[&event.kind]["source"] = json!({"manually_triggered": {"user": "ops"}});
        }
        text += &without_uuids(whole).to_string();
        text += "\n";
    }
    text
}

fn without_uuids(mut value: Value) -> Value {
    match &mut value {
        Value::Object(object) => {
            object.remove("uuid");
            object.values_mut().for_each(|value| *value = without_uuids(value.take()));
        }
        Value::Array(list) => {
            list.iter_mut().for_each(|value| *value = without_uuids(value.take()));
        }
        _ => {}
    }
    value
}

fn refs(list: &Value) -> Vec<String> {
    let text = |it: &Value| it["ref"].as_str().unwrap().to_owned();
    list.as_array().into_iter().flatten().map(text).collect()
}

fn builds(plan: &Value) -> Vec<String> {
    refs(&plan["building_partitions"])
}

/// databuild's events as those of OpenLineage: a want is a root run of its own, a run its part.
pub fn translate(log: &str) -> String {
    let mut told = String::new();
    let mut plans: BTreeMap<String, Value> = BTreeMap::new();
    let mut begun: Vec<String> = Vec::new();
    for event in events(log) {
        let Event { kind, payload, whole } = &event;
        let mut say = |event: Value| told.extend([event.to_string().as_str(), "\n"]);
        let time = time(whole);
        if kind == "want_create_v1" {
            let want = &payload["want_id"];
            say(json!({
                "eventTime": time, "eventType": "START",
                "run": {"runId": want}, "job": {"namespace": "wants", "name": want},
            }));
            continue;
        }
        let id = payload["job_run_id"].as_str().unwrap().to_owned();
        if kind == "job_run_buffer_v1" {
            plans.insert(id.clone(), payload.clone());
        }
        let event_type = match kind.as_str() {
            "job_run_buffer_v1" => "OTHER",
            "job_run_heartbeat_v1" if begun.contains(&id) => "RUNNING",
            "job_run_heartbeat_v1" => "START",
            "job_run_success_v1" => "COMPLETE",
            "job_run_failure_v1" => "FAIL",
            "job_run_cancel_v1" => "ABORT",
            other => panic!("{other} has no translation"),
        };
        if event_type == "START" {
            begun.push(id.clone());
        }
        let plan = &plans[&id];
        let (outputs, inputs) = data(plan, payload, event_type == "COMPLETE");
        let want = &plan["want_attributed_partitions"][0]["want_id"];
        let parent = json!({"run": {"runId": want}, "job": {"namespace": "wants", "name": want}});
        let mut facets = json!({ "parent": parent });
        let reason = payload["reason"].as_str().or(payload["comment"].as_str());
        if let Some(reason) = reason {
            facets["errorMessage"] = json!({ "message": reason });
        }
        say(json!({
            "eventTime": time, "eventType": event_type, "run": {"runId": id, "facets": facets},
            "job": {"namespace": "", "name": plan["job_label"]}, "inputs": inputs, "outputs": outputs,
        }));
    }
    told
}

/// What a run writes and reads; of each output what it was made from, once that is known.
fn data(plan: &Value, said: &Value, is_done: bool) -> (Value, Value) {
    let mut inputs: Vec<Value> = Vec::new();
    let outputs = builds(plan).into_iter().map(|output| {
        let mut told = dataset(&output);
        if is_done {
            let mut from = Vec::new();
            for dep in said["read_deps"].as_array().into_iter().flatten() {
                let impacted = refs(&dep["impacted"]);
                // None stands for all.
                if impacted.is_empty() || impacted.contains(&output) {
                    from.extend(refs(&dep["read"]).iter().map(|it| dataset(it)));
                }
            }
            inputs.extend(from.iter().cloned());
            told["facets"] = json!({"lineage": {"inputs": from}});
        }
        told
    });
    let outputs = outputs.collect();
    (outputs, inputs.into())
}

fn dataset(name: &str) -> Value {
    let (namespace, name) = name.split_once('/').unwrap();
    json!({"namespace": namespace, "name": name, "facets": {}})
}

fn time(event: &Value) -> String {
    let stamp: u64 = event["timestamp"].as_str().unwrap().parse().unwrap();
    let secs = if stamp > 1 << 40 { stamp / 1_000_000_000 } else { stamp };
    let secs = secs % 86_400;
    format!("2024-11-22T{:02}:{:02}:{:02}Z", secs / 3600, secs / 60 % 60, secs % 60)
}

/// The last event at or before so many nanoseconds.
fn seq_at(history: &History, nanos: u64) -> Option<Seq> {
    history.log.seqs().rev().find(|&seq| history.log.nanos(seq) <= nanos)
}

/// The answers that do not depend on the words of a language, sorted: ids differ, names do not.
fn answers(history: &History, nanos: u64) -> Vec<String> {
    let moment = as_of(history, seq_at(history, nanos));
    let asof = moment.of(history);
    assert_eq!(asof.mentioned(), mentioned(asof));
    let mut said = runs(asof);
    said.extend(instances(asof));
    said.extend(partitions(asof));
    said.sort();
    said
}

fn runs(asof: AsOf<'_>) -> Vec<String> {
    let (history, names) = (asof.history, &asof.history.names);
    let is_work = |run: &RunId| {
        let label = history.runs.label.at(run.index());
        label.is_some_and(|label| names.labels.text(label).starts_with("//"))
    };
    let said = names.runs.ids().filter(is_work).map(|run| {
        let wants: Vec<_> = asof.wants_of(run).iter().map(|it| names.wants.text(it)).collect();
        let built: Vec<_> = asof.builds_of(run).iter().map(|it| name_of(history, it)).collect();
        let status = asof.run_status(run).map_or("not yet", |status| status.word());
        format!("run {} {status} for {wants:?} builds {built:?}", names.runs.text(run))
    });
    said.collect()
}

fn instances(asof: AsOf<'_>) -> Vec<String> {
    let history = asof.history;
    let stale = staleness(asof);
    let all = (0..history.instances.partition.len()).filter_map(InstanceId::from_index);
    let sorted = |ids: &mut dyn Iterator<Item = InstanceId>| {
        let mut names: Vec<_> = ids.map(|id| name_of(history, id)).collect();
        names.sort();
        names.dedup();
        names.join(" ")
    };
    let mut said = Vec::new();
    for instance in all {
        let Some(status) = asof.instance_status(instance) else { continue };
        let read = asof.built_from(instance).flat_map(|set| asof.read_items(set));
        let mut how: Vec<_> =
            read.map(|(read, how)| format!("{} {how:?}", name_of(history, read))).collect();
        how.sort();
        how.dedup();
        let found = impact(asof, &[instance]);
        let touched = sorted(&mut found.instances.iter().copied());
        said.push(format!(
            "{} {} current {} superseded {} from {how:?} stale {} over {} touches {touched}",
            name_of(history, instance),
            status.word(),
            asof.is_current(instance),
            asof.is_superseded(instance),
            stale.is_stale(instance),
            stale.hops(instance),
        ));
    }
    said
}

fn partitions(asof: AsOf<'_>) -> Vec<String> {
    let (history, names) = (asof.history, &asof.history.names);
    let text = |id: PartitionId| names.partitions.text(id);
    let sorted = |mut ids: Vec<PartitionId>| {
        ids.sort_by_key(|&id| text(id));
        ids.into_iter().map(text).collect::<Vec<_>>().join(" ")
    };
    // What was only ever asked for has no word in the other language.
    let built: Vec<PartitionId> =
        names.partitions.ids().filter(|&id| asof.instances_of(id).next().is_some()).collect();
    let mut said = Vec::new();
    for &partition in &built {
        said.push(format!(
            "{} {} rebuilding {} feeds {} comes from {}",
            text(partition),
            asof.partition_status(partition).unwrap().word(),
            asof.is_rebuilding(partition),
            sorted(asof.consumers(partition)),
            sorted(asof.producers(partition)),
        ));
        for &to in &built {
            for mode in [Mode::Instances, Mode::Refs] {
                let found = paths(asof, partition, to, mode);
                let ends = (text(partition), text(to));
                said.push(format!("{mode:?} {ends:?} {:?} {}", found.count, found.is_turned));
            }
        }
        let versions = asof.versions_of(partition);
        for (before, after) in versions.iter().zip(versions.iter().skip(1)) {
            let found = diff(asof, before, after);
            let mut pairs: Vec<_> = found
                .pairs
                .iter()
                .map(|pair| (name_of(history, pair.before), name_of(history, pair.after)))
                .collect();
            pairs.sort();
            said.push(format!("differ {pairs:?}"));
        }
    }
    said
}

/// Work alone: wants, and runs for them that begin and end in any order and read whatever they like.
fn work() -> impl Strategy<Value = TestLog> {
    let step = (0..10_u8, any::<Index>(), vec((0..6_usize, 0..6_usize), 0..4));
    (1..4_usize, vec(step, 20..100)).prop_map(|(n_wants, steps)| {
        let part = |n: usize| Ref { name: format!("{}/{n}", ["raw", "data"][n % 2]), uuid: None };
        let want = |n| TestEvent::WantCreateV1 {
            want_id: format!("W{n}"),
            partitions: vec![part(n)],
            source: Source::ManuallyTriggered { user: "ops".to_owned() },
        };
        let mut log: Vec<TestEvent> = (0..n_wants).map(want).collect();
        let (mut planned, mut begun) = (Vec::new(), Vec::new());
        let mut n_runs = 0;
        for (kind, at, pairs) in steps {
            let beat = |(job_run_id, _): &(String, Vec<Ref>)| TestEvent::JobRunHeartbeatV1 {
                job_run_id: job_run_id.clone(),
            };
            match kind {
                0..3 => {
                    n_runs += 1;
                    let job_run_id = format!("R{n_runs}");
                    let mut building_partitions = vec![part(at.index(6))];
                    building_partitions.extend((n_runs % 3 == 0).then(|| part(at.index(5) + 6)));
                    planned.push((job_run_id.clone(), building_partitions.clone()));
                    log.push(TestEvent::JobRunBufferV1 {
                        job_run_id,
                        job_label: format!("//jobs:{}", at.index(3)),
                        want_attributed_partitions: vec![Attribution {
                            want_id: format!("W{}", at.index(n_wants)),
                            partitions: building_partitions.clone(),
                        }],
                        building_partitions,
                    });
                }
                3..6 if !planned.is_empty() => {
                    let run = planned.remove(at.index(planned.len()));
                    log.push(beat(&run));
                    begun.push(run);
                }
                6 if !begun.is_empty() => log.push(beat(&begun[at.index(begun.len())])),
                7.. if !begun.is_empty() => {
                    let (job_run_id, built) = begun.remove(at.index(begun.len()));
                    let dep = |(impacted, read): (usize, usize)| ReadDep {
                        // None stands for all.
                        impacted: built.get(impacted).cloned().into_iter().collect(),
                        read: vec![part(read), part(read + 1)],
                    };
                    log.push(match pairs.len() {
                        3 if kind == 7 => TestEvent::JobRunFailureV1 { job_run_id },
                        3 if kind == 8 => TestEvent::JobRunCancelV1 { job_run_id, source: None },
                        _ => TestEvent::JobRunSuccessV1 {
                            job_run_id,
                            read_deps: Some(pairs.into_iter().map(dep).collect()),
                        },
                    });
                }
                _ => {}
            }
        }
        TestLog(log)
    })
}

#[test]
fn random_logs_have_much_that_can_be_said_in_both() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut n_successes = [0, 0];
    for _ in 0..200 {
        let logs = [plausible().boxed(), work().boxed()];
        for (n, log) in n_successes.iter_mut().zip(logs) {
            let log = log.new_tree(&mut runner).unwrap().current();
            *n += expressible(&log).matches("success_v1").count();
        }
    }
    assert!(n_successes[0] > 10 && n_successes[1] > 1_000, "{n_successes:?} in 200 logs each");
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn any_work_in_both_languages_is_the_same_history(log in prop_oneof![1 => plausible(), 4 => work()], at in any::<Index>()) {
        let ours = expressible(&log);
        let theirs = translate(&ours);
        let (ours, ..) = read(ours.as_bytes());
        let (theirs, anomalies, notices) = read(theirs.as_bytes());
        prop_assert_eq!(anomalies.total(), 0);
        prop_assert_eq!(notices.n_used, notices.n_records);
        let n_events = ours.log.len();
        let moments = [n_events.checked_sub(1), n_events.checked_sub(1).map(|last| at.index(last + 1))];
        for seq in moments.into_iter().flatten().filter_map(Seq::from_index) {
            let nanos = ours.log.nanos(seq);
            prop_assert_eq!(answers(&theirs, nanos), answers(&ours, nanos));
        }
    }
}
