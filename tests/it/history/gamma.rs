//! The worked example, whole.
use lineage::events::Id;
use lineage::history::{AsOf, History, PartitionStatus, RunStatus, WantStatus, as_of, replay};
use serde_json::{Map, Value, json};

use crate::fixture::decode;

const LOG: &str = include_str!("../../logs/gamma.ndjson");
const EXPECTED: &str = include_str!("../../logs/gamma.expected.json");

#[test]
fn gamma_is_what_it_should_be() -> Result<(), serde_json::Error> {
    let expected: Value = serde_json::from_str(EXPECTED)?;
    let (history, anomalies) = replay(decode(LOG.as_bytes()).0);
    let moment = as_of(&history, None);
    let at_end = moment.of(&history);
    assert_eq!(anomalies.total(), 0);
    assert_eq!(json!(history.log.len()), expected["events"]);
    assert_eq!(wants(&at_end), expected["wants"]);
    assert_eq!(work(&at_end), expected["attempts"]);
    assert_eq!(runs(&at_end), expected["job_runs"]);
    assert_eq!(consumers(&at_end), expected["partition_consumers"]);
    for (event_id, then) in expected["as_of"].as_object().into_iter().flatten() {
        let seq = history.log.seq_of_event_id(event_id.parse().unwrap_or_default());
        let moment = as_of(&history, seq);
        let names = then.as_object().into_iter().flatten().map(|(name, _)| name.as_str());
        assert_eq!(statuses(&moment.of(&history), names), *then);
    }
    Ok(())
}

fn wants(as_of: &AsOf<'_>) -> Value {
    let History { names, wants, .. } = as_of.history;
    let answer = |want| {
        let mut verdicts = Map::new();
        for (k, partition) in wants.requested.row(want).iter().enumerate() {
            let words = as_of.verdict(want, k).map(|verdict| verdict.words(as_of.history));
            verdicts.insert(names.partitions.text(partition).to_owned(), json!(words));
        }
        let derivative = as_of.derivatives(want).into_iter().map(|want| names.wants.text(want));
        let mut answer = json!({
            "status": as_of.want_status(want).map(WantStatus::word),
            "verdicts": verdicts,
            "derivative": derivative.collect::<Vec<_>>(),
        });
        if let Some(cause) = wants.cause.at(want.index()) {
            answer["cause"] = json!(names.runs.text(cause));
        }
        (names.wants.text(want).to_owned(), answer)
    };
    names.wants.ids().map(answer).collect()
}

fn work(as_of: &AsOf<'_>) -> Value {
    let names = &as_of.history.names.runs;
    let pieces = as_of.pieces().into_iter();
    let piece = |runs: Vec<_>| runs.into_iter().map(|run| names.text(run)).collect::<Value>();
    pieces.map(piece).collect()
}

fn runs(as_of: &AsOf<'_>) -> Value {
    let names = &as_of.history.names.runs;
    let status = |run| as_of.run_status(run).map(RunStatus::word);
    names.ids().map(|run| (names.text(run).to_owned(), json!(status(run)))).collect()
}

fn consumers(as_of: &AsOf<'_>) -> Value {
    let names = &as_of.history.names.partitions;
    let all = names.ids().map(|partition| (partition, as_of.consumers(partition)));
    let texts = |consumers: Vec<_>| consumers.into_iter().map(|c| names.text(c)).collect::<Value>();
    all.filter(|(_, consumers)| !consumers.is_empty())
        .map(|(partition, consumers)| (names.text(partition).to_owned(), texts(consumers)))
        .collect()
}

fn statuses<'a>(as_of: &AsOf<'_>, asked: impl Iterator<Item = &'a str>) -> Value {
    let names = &as_of.history.names;
    let word = |name: &str| {
        let want = names.wants.find(name).and_then(|want| as_of.want_status(want));
        let partition = names.partitions.find(name);
        let partition = partition.and_then(|partition| as_of.partition_status(partition));
        want.map(WantStatus::word).or(partition.map(PartitionStatus::word))
    };
    asked.map(|name| (name.to_owned(), json!(word(name)))).collect()
}
