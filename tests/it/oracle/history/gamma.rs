//! The twin itself, held against answers that were worked out by hand.
use serde_json::{Value, json};

use crate::oracle::history::{TestLog, Twin};

const LOG: &str = include_str!("../../../logs/gamma.ndjson");
const EXPECTED: &str = include_str!("../../../logs/gamma.expected.json");

#[test]
fn the_twin_answers_as_expected() -> Result<(), serde_json::Error> {
    let log = TestLog::read(LOG)?;
    let expected: Value = serde_json::from_str(EXPECTED)?;
    let twin = Twin::of(&log.0);
    assert_eq!(json!(log.0.len()), expected["events"]);
    assert_eq!(json!(twin.pieces()), expected["attempts"]);
    assert_eq!(statuses(&twin, &twin.runs()), expected["job_runs"]);
    assert_eq!(wants(&twin), expected["wants"]);
    assert_eq!(consumers(&twin), expected["partition_consumers"]);
    for (event_id, statuses_then) in expected["as_of"].as_object().into_iter().flatten() {
        let cut = log.0.iter().take(event_id.parse().unwrap_or_default()).cloned();
        let cut: Vec<_> = cut.collect();
        let asked: Vec<_> = statuses_then.as_object().into_iter().flatten().collect();
        let asked: Vec<&str> = asked.into_iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(statuses(&Twin::of(&cut), &asked), *statuses_then);
    }
    Ok(())
}

/// The status of whatever has the name.
fn statuses(twin: &Twin, names: &[&str]) -> Value {
    let status = |&name: &&str| {
        let want_or_run = twin.want_status(name).or_else(|| twin.run_status(name));
        let status = want_or_run.or_else(|| twin.partition_status(name));
        (name.to_owned(), json!(status))
    };
    names.iter().map(status).collect()
}

fn wants(twin: &Twin) -> Value {
    let answer = |want| {
        let requested = twin.requested(want).into_iter();
        let verdicts: Value =
            requested.map(|p| (p.to_owned(), json!(twin.verdict(want, p)))).collect();
        let mut answer = json!({
            "status": twin.want_status(want),
            "verdicts": verdicts,
            "derivative": twin.derivatives(want),
        });
        if let Some(cause) = twin.cause(want) {
            answer["cause"] = json!(cause);
        }
        (want.to_owned(), answer)
    };
    twin.wants().into_iter().map(answer).collect()
}

fn consumers(twin: &Twin) -> Value {
    let partitions = twin.partitions().into_iter();
    let all = partitions.map(|p| (p.to_owned(), json!(twin.consumers(p))));
    all.filter(|(_, consumers)| *consumers != json!([])).collect()
}
