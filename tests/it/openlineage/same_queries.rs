//! The same work told in both languages: databuild's own fixture, translated, answers the same.
use lineage::events::{Id, RunId};
use lineage::history::{History, as_of};
use serde_json::{Value, json};

use super::read;
use crate::fixture::ndjson;

/// What both languages have words for: runs, what they wrote and read, and how they ended. A miss
/// has no word in the other language; neither has a request that is not at the root of runs.
const PICTURE: &str = "
    want W1 data/c
    buffer A1 //jobs:a data/a for W1
    heartbeat A1
    fail A1 because no space left
    buffer A2 //jobs:a data/a for W1
    heartbeat A2
    success A2 data/a<-raw/x,raw/y
    buffer B1 //jobs:b data/b for W1
    heartbeat B1
    success B1 data/b<-data/a
    buffer C1 //jobs:c data/c data/c2 for W1
    heartbeat C1
    success C1 data/c<-data/b data/c2<-data/a
    want W2 data/c
    buffer A3 //jobs:a data/a for W2
    heartbeat A3
    success A3 data/a<-raw/x
    buffer B2 //jobs:b data/b for W2
    heartbeat B2
    cancel run B2 because too late
    buffer C2 //jobs:c data/c for W2
    heartbeat C2
";

/// databuild's events as those of OpenLineage: a want is a root run of its own, a run its part.
fn translate(log: &str) -> String {
    let events: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let time = |event: &Value| {
        let nanos: u64 = event["timestamp"].as_str().unwrap().parse().unwrap();
        let secs = nanos / 1_000_000_000 % 86_400;
        format!("2024-11-22T{:02}:{:02}:{:02}Z", secs / 3600, secs / 60 % 60, secs % 60)
    };
    let dataset = |partition: &Value| {
        let (namespace, name) = partition["ref"].as_str().unwrap().split_once('/').unwrap();
        json!({"namespace": namespace, "name": name, "facets": {}})
    };
    let mut told = String::new();
    let mut run_of = std::collections::BTreeMap::new();
    for event in &events {
        let (kind, payload) = event
            .as_object()
            .unwrap()
            .iter()
            .find(|(key, _)| key.ends_with("_v1"))
            .expect("every event has a payload");
        if kind == "want_create_v1" {
            told += &(json!({
                "eventTime": time(event), "eventType": "START",
                "run": {"runId": payload["want_id"]}, "job": {"namespace": "wants", "name": payload["want_id"]},
            })
            .to_string()
                + "\n");
            continue;
        }
        let id = payload["job_run_id"].as_str().unwrap().to_owned();
        if kind == "job_run_buffer_v1" {
            let want = &payload["want_attributed_partitions"][0]["want_id"];
            let parent =
                json!({"run": {"runId": want}, "job": {"namespace": "wants", "name": want}});
            run_of.insert(
                id.clone(),
                (payload["job_label"].clone(), parent, payload["building_partitions"].clone()),
            );
        }
        let (label, parent, building) = &run_of[&id];
        let event_type = match kind.as_str() {
            "job_run_buffer_v1" => "OTHER",
            "job_run_heartbeat_v1" => "START",
            "job_run_success_v1" => "COMPLETE",
            "job_run_failure_v1" => "FAIL",
            "job_run_cancel_v1" => "ABORT",
            other => panic!("{other} has no translation"),
        };
        let mut outputs: Vec<Value> = building.as_array().unwrap().iter().map(dataset).collect();
        let mut inputs = Vec::new();
        for deps in payload["read_deps"].as_array().into_iter().flatten() {
            let read: Vec<Value> = deps["read"].as_array().unwrap().iter().map(dataset).collect();
            for output in &mut outputs {
                let is_impacted = deps["impacted"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .any(|p| dataset(p)["name"] == output["name"]);
                if is_impacted {
                    let fields: Vec<Value> = read.iter().map(|it| json!({"namespace": it["namespace"], "name": it["name"], "field": "f"})).collect();
                    output["facets"] =
                        json!({"columnLineage": {"fields": {"f": {"inputFields": fields}}}});
                }
            }
            inputs.extend(read);
        }
        let mut facets = json!({"parent": parent});
        for key in ["reason", "comment"] {
            if let Some(reason) = payload[key].as_str() {
                facets["errorMessage"] = json!({"message": reason});
            }
        }
        told += &(json!({
            "eventTime": time(event), "eventType": event_type, "run": {"runId": id, "facets": facets},
            "job": {"namespace": "", "name": label}, "inputs": inputs, "outputs": outputs,
        })
        .to_string()
            + "\n");
    }
    told
}

/// The answers that do not depend on the words of a language.
fn answers(history: &History) -> Vec<String> {
    let moment = as_of(history, None);
    let asof = moment.of(history);
    let names = &history.names;
    let mut said = Vec::new();
    let is_work = |run: &RunId| {
        history.runs.label[run.index()]
            .is_some_and(|label| names.labels.text(label).starts_with("//"))
    };
    for run in names.runs.ids().filter(is_work) {
        let attempts = history.runs.attempts.row(run);
        let reason = attempts.last().and_then(|attempt| history.attempts.reason[attempt.index()]);
        let reason = reason.map_or("", |reason| names.texts.text(reason));
        let continues: Vec<_> =
            history.runs.continues.row(run).iter().map(|&it| names.runs.text(it)).collect();
        let wants: Vec<_> =
            history.runs.wants.row(run).iter().map(|&it| names.wants.text(it)).collect();
        said.push(format!(
            "{} {} {reason} after {continues:?} for {wants:?}",
            names.runs.text(run),
            asof.run_status(run).unwrap().word(),
        ));
        for &instance in history.runs.writes.row(run) {
            let partition = history.instances.partition[instance.index()];
            let mut from: Vec<_> = history
                .instances
                .built_from
                .row(instance)
                .iter()
                .flat_map(|&set| history.reads.read.row(set))
                .map(|&read| {
                    let by = history.instances.run[read.index()]
                        .map_or("outside", |run| names.runs.text(run));
                    format!(
                        "{} of {by}",
                        names.partitions.text(history.instances.partition[read.index()])
                    )
                })
                .collect();
            from.sort();
            said.push(format!(
                "  {} {} current {} superseded {} from {from:?}",
                names.partitions.text(partition),
                asof.instance_status(instance).unwrap().word(),
                asof.is_current(instance),
                asof.is_superseded(instance),
            ));
        }
    }
    let mut partitions: Vec<_> = names
        .partitions
        .ids()
        .map(|id| {
            format!("{} {}", names.partitions.text(id), asof.partition_status(id).unwrap().word())
        })
        .collect();
    partitions.sort();
    said.extend(partitions);
    said
}

#[test]
fn the_same_work_in_both_languages_is_the_same_history() {
    let log = ndjson(PICTURE);
    let (ours, ..) = read(log.as_bytes());
    let (theirs, anomalies, notices) = read(translate(&log).as_bytes());
    assert_eq!(anomalies.total(), 0);
    assert_eq!(notices.n_used, notices.n_records);
    assert_eq!(answers(&theirs), answers(&ours));
}
