//! A log without its names: it tells the same story, and no name of it is left.
use std::collections::BTreeMap;

use lineage::events::Id;
use lineage::facts::Redactor;
use lineage::history::{History, as_of, dataset_pattern, replay};
use proptest::prelude::*;

use crate::fixture::decode_all;
use crate::random_logs::{anything, cases, plausible};

fn redact(record: &str) -> Option<String> {
    Redactor::default().redact(record)
}

fn check(record: &str, expected: &str) {
    assert_eq!(redact(record).as_deref(), Some(expected));
}

#[test]
fn names_become_stand_ins_and_the_rest_stays() {
    check(
        r#"{"event_id":1,"timestamp":"1732283350","want_create_v1":{"want_id":"W-9","partitions":[{"ref":"data/report/region=emea/part-07"},"data/plain"],"ttl_seconds":"60","source":{"manually_triggered":{"user":"ops"}},"comment":"say \"no\""}}"#,
        r#"{"event_id":1,"timestamp":"1732283350","want_create_v1":{"want_id":"want-1","partitions":[{"ref":"data/report/region=v1/part-1"},"data/plain"],"ttl_seconds":"60","source":{"manually_triggered":{"user":"user-1"}},"comment":"text-1"}}"#,
    );
    check(
        r#"{"eventId":"2","event":{"JobRunBufferV1":{"jobRunId":"W-9","jobLabel":"//jobs:a","buildingPartitions":[]}}}"#,
        r#"{"eventId":"2","event":{"JobRunBufferV1":{"jobRunId":"run-1","jobLabel":"job-1","buildingPartitions":[]}}}"#,
    );
}

#[test]
fn what_is_not_known_is_left_out_or_replaced() {
    check(
        r#"{"secret":{"a":[1,{"b":"c"}]},"event_id":"x1","event_type":"taint_cancel_v1","payload":{"taint_id":7,"comment":["c",{"ref":"a\"1"}],"Secret":true,"source":"me"}}"#,
        r#"{"event_id":"text-1","event_type":"taint_cancel_v1","payload":{"taint_id":0,"comment":["text-2",{"ref":"a\"1"}],"source":"text-3"}}"#,
    );
}

#[test]
fn what_is_no_databuild_event_is_none() {
    for record in [
        "",
        "[]",
        "{}",
        "{\"event_id\":1}",
        r#"{"eventType":"START","run":{"runId":"a"},"job":{"name":"b"}}"#,
        r#"{"event_id":1,"want_create_v1":{"want_id":"a"}"#,
    ] {
        assert_eq!(redact(record), None, "{record}");
    }
}

/// Everything of a history but its names.
fn shape(history: &History) -> Vec<String> {
    let moment = as_of(history, None);
    let asof = moment.of(history);
    let names = &history.names;
    let mut shape = vec![format!(
        "{} events, {} wants, {} runs, {} instances, {} taints",
        history.log.len(),
        names.wants.len(),
        names.runs.len(),
        history.instances.partition.len(),
        names.taints.len(),
    )];
    shape.extend(names.wants.ids().map(|id| {
        let asked = history.wants.requested.row(id).iter().map(|it| it.index());
        format!("want {:?} {:?}", asof.want_status(id), asked.collect::<Vec<_>>())
    }));
    shape.extend(names.runs.ids().map(|id| format!("run {:?}", asof.run_status(id))));
    shape.extend(
        names.partitions.ids().map(|id| dataset_pattern(names.partitions.text(id)).clone()),
    );
    shape
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn a_log_without_names_tells_the_same_story(log in prop_oneof![plausible(), anything()]) {
        let text = log.lines().join("\n");
        let mut redactor = Redactor::default();
        let lines: Vec<String> =
            text.lines().map(|line| redactor.redact(line).expect("an event")).collect();
        let before = replay(decode_all([text.as_bytes()]).0).0;
        let after = replay(decode_all([lines.join("\n").as_bytes()]).0).0;
        prop_assert_eq!(shape(&before), shape(&after));
        let mut given: BTreeMap<&str, &str> = BTreeMap::new();
        for id in before.names.wants.ids() {
            given.insert(before.names.wants.text(id), after.names.wants.text(id));
        }
        for (before, after) in given {
            prop_assert!(after.starts_with("want-"), "{before} became {after}");
        }
    }

    #[test]
    fn any_text_is_taken(text in ".{0,200}", json in r#"[\[\]{}",:a-d0-9\\ ]{0,60}"#) {
        let _ = redact(&text);
        let record = format!(r#"{{"want_create_v1":{{"want_id":{json}}}}}"#);
        let _ = redact(&record);
    }
}
