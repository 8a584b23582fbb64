//! OpenLineage in the same history. What the real logs hold was worked out by hand from their texts;
//! what the made ones say is in their pictures.
mod accounts;
mod cases;
mod facets;
mod pages;
mod same_queries;
mod samples;
mod tell;
mod translated;

use lineage::events::Notices;
use lineage::history::{Anomalies, History, replay};

use crate::fixture::decode;

/// A log, read and replayed.
pub fn read(file: &[u8]) -> (History, Anomalies, Notices) {
    let (events, notices) = decode(file);
    let (history, anomalies) = replay(events);
    (history, anomalies, notices)
}

/// Events as pictures, one a line: `START 10:00:01 r1 team/job < in/a > out/b^v2 of r0/team/dag`.
///
/// - The date is the same for all; the zone is UTC, unless the time says otherwise.
/// - `<` reads, `>` writes; `^` gives a version, `!` a change: `> out/b!DROP`, `> out/b!RENAME:out/a`.
/// - `b<=a` after `columns` says that the output `b` comes from the columns of `a`.
/// - `of` names the parent, `root` the root: id, namespace, job. `try 2` and `map 3` are Airflow's.
pub fn log(picture: &str) -> String {
    let lines = picture.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| event(line).to_string() + "\n").collect()
}

fn event(line: &str) -> serde_json::Value {
    use serde_json::json;

    let mut words = line.split_whitespace();
    let mut word = || words.next().unwrap_or_else(|| panic!("an event is longer: {line}"));
    let (kind, time, id, job) = (word(), word(), word(), word());
    let (namespace, name) = job.split_once('/').expect("a job is ns/name");
    let time = if time.contains('+') {
        format!("2026-11-21T{time}")
    } else {
        format!("2026-11-21T{time}Z")
    };
    let mut event = json!({
        "eventTime": time,
        "run": {"runId": id, "facets": {}},
        "job": {"namespace": namespace, "name": name, "facets": {}},
        "inputs": [],
        "outputs": [],
    });
    if kind != "-" {
        event["eventType"] = json!(kind);
    }
    let mut mode = "";
    for word in words {
        if ["<", ">", "of", "root", "try", "map", "columns", "fails", "streaming", "nominal"]
            .contains(&word)
        {
            mode = word;
        }
        let facets = &mut event["run"]["facets"];
        let relative = |word: &str| {
            let parts: Vec<&str> = word.splitn(3, '/').collect();
            let [id, namespace, name] = parts[..] else { panic!("id/ns/job, not {word}") };
            json!({"run": {"runId": id}, "job": {"namespace": namespace, "name": name}})
        };
        match mode {
            "streaming" => {
                event["job"]["facets"]["jobType"] = json!({"processingType": "STREAMING"});
            }
            _ if mode == word => {}
            "<" => event["inputs"].as_array_mut().unwrap().push(dataset(word)),
            ">" => event["outputs"].as_array_mut().unwrap().push(dataset(word)),
            "of" => {
                let root = facets["parent"]["root"].take();
                facets["parent"] = relative(word);
                if !root.is_null() {
                    facets["parent"]["root"] = root;
                }
            }
            "root" => facets["parent"]["root"] = relative(word),
            "try" => {
                facets["airflow"]["taskInstance"]["try_number"] =
                    json!(word.parse::<i64>().unwrap());
            }
            "map" => {
                facets["airflow"]["taskInstance"]["map_index"] =
                    json!(word.parse::<i64>().unwrap());
            }
            "nominal" => facets["nominalTime"]["nominalStartTime"] = json!(word),
            "fails" => facets["errorMessage"]["message"] = json!(word),
            "columns" => {
                let (to, from) = word.split_once("<=").expect("to<=from");
                let from = dataset(from);
                let outputs = event["outputs"].as_array_mut().unwrap();
                let to = dataset(to);
                let output =
                    outputs.iter_mut().find(|it| it["name"] == to["name"]).expect("an output");
                let field =
                    json!({"namespace": from["namespace"], "name": from["name"], "field": "x"});
                output["facets"]["columnLineage"]["fields"]["x"] = json!({"inputFields": [field]});
            }
            _ => panic!("not {word} in {line}"),
        }
    }
    event
}

fn dataset(word: &str) -> serde_json::Value {
    use serde_json::json;

    let (word, change) = word.split_once('!').unwrap_or((word, ""));
    let (word, version) = word.split_once('^').unwrap_or((word, ""));
    let (namespace, name) = word.split_once('/').expect("a dataset is ns/name");
    let mut dataset = json!({"namespace": namespace, "name": name, "facets": {}});
    if !version.is_empty() {
        dataset["facets"]["version"]["datasetVersion"] = json!(version);
    }
    if let Some((change, before)) = change.split_once(':') {
        let (namespace, name) = before.split_once('/').expect("a dataset is ns/name");
        let before = json!({"namespace": namespace, "name": name});
        let facet = json!({"lifecycleStateChange": change, "previousIdentifier": before});
        dataset["facets"]["lifecycleStateChange"] = facet;
    } else if !change.is_empty() {
        dataset["facets"]["lifecycleStateChange"] = json!({"lifecycleStateChange": change});
    }
    dataset
}
