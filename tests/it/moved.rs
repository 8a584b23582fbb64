//! A moment told from one that is near it, against the one that the columns tell.
use lineage::events::{Id, Seq};
use lineage::history::{History, as_of, replay};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::fixture::decode;
use crate::random_logs::{anything, cases, plausible};

fn history_of(text: &str) -> History {
    replay(decode(text.as_bytes()).0).0
}

proptest! {
    #![proptest_config(cases(4000))]

    #[test]
    fn a_moment_that_is_moved_is_that_of_the_columns(
        log in prop_oneof![plausible(), anything()],
        steps in prop::collection::vec(any::<Index>(), 1..6),
    ) {
        let history = history_of(&log.lines().join("\n"));
        if history.log.is_empty() {
            return Ok(());
        }
        let mut moment = as_of(&history, None);
        for step in steps {
            let at = Seq::from_index(step.index(history.log.len()));
            let moved = moment.moved(&history, at);
            let expected = as_of(&history, at);
            prop_assert_eq!(moved.as_ref(), Some(&expected));
            moment = expected;
        }
    }
}

#[test]
fn the_sample_is_walked_back_event_by_event_without_the_columns() {
    let history = history_of(include_str!("../../public/sample.ndjson"));
    let mut moment = as_of(&history, None);
    for at in history.log.seqs().rev().step_by(7) {
        let moved = moment.moved(&history, Some(at));
        assert!(moved == Some(as_of(&history, Some(at))), "as of {at:?}");
        moment = moved.unwrap_or_default();
    }
}

#[test]
fn what_is_far_or_hangs_on_too_much_is_asked_of_the_columns() {
    let history = history_of(include_str!("../../public/sample.ndjson"));
    let end = as_of(&history, None);
    assert!(end.moved(&history, Seq::from_index(0)).is_none());
    let lines: Vec<String> = (0..40_000)
        .map(|n| {
            format!(
                r#"{{"event_id":{n},"timestamp":"17322{n:05}000000000","want_create_v1":{{"want_id":"w{n}","partitions":[{{"ref":"p"}}]}}}}"#
            )
        })
        .collect();
    let history = history_of(&lines.join("\n"));
    let last = Seq::from_index(39_998);
    assert_eq!(history.log.len(), 40_000);
    assert!(as_of(&history, None).moved(&history, last).is_none());
}

#[test]
fn a_log_that_tells_beside_its_events_is_asked_of_the_columns() {
    let history = history_of(include_str!("../logs/openlineage/airflow.ndjson"));
    let before = history.log.seqs().rev().nth(1);
    assert!(before.is_some());
    assert!(as_of(&history, None).moved(&history, before).is_none());
}
