//! The history against its slow twin, on random logs and at random moments: every answer of both
//! as a line of text, equal line by line.
use lineage::events::{Id, Seq};
use lineage::history::{Anomalies, History, InstanceId, ReadSetId, as_of, replay};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestCaseError;

use crate::fixture::decode;
use crate::history_answers::answers;
use crate::oracle::history::{TestLog, Twin};
use crate::oracle::mentioned::mentioned;
use crate::random_logs::{anything, cases, plausible};

proptest! {
    #![proptest_config(cases(4000))]

    #[test]
    fn plausible_logs_replay_like_their_twin(log in plausible(), at in any::<Index>()) {
        compare(&log, at)?;
    }

    #[test]
    fn any_log_replays_like_its_twin(log in anything(), at in any::<Index>()) {
        compare(&log, at)?;
    }
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn the_order_of_lines_does_not_matter(
        (log, lines) in prop_oneof![plausible(), anything()]
            .prop_flat_map(|log| { let lines = Just(log.lines()).prop_shuffle(); (Just(log), lines) })
    ) {
        let names = Twin::of(&log.0).names();
        let sorted = answers(&history_of(&log.lines()).0, None, &names);
        let shuffled = answers(&history_of(&lines).0, None, &names);
        let report = || format!("in the order\n{}", lines.join("\n"));
        same(&sorted, &shuffled, report)?;
    }
}

/// Holds the fast code against the twin after the first event, the last, and one between.
fn compare(log: &TestLog, at: Index) -> Result<(), TestCaseError> {
    let names = Twin::of(&log.0).names();
    let (history, anomalies) = history_of(&log.lines());
    let kinds = anomalies.by_kind.iter();
    let mut found: Vec<_> = kinds.map(|(kind, n, _)| format!("{kind:?} {n}")).collect();
    found.sort();
    let kinds = Twin::of(&log.0).anomalies().into_iter();
    let expected: Vec<_> = kinds.map(|(kind, n)| format!("{kind} {n}")).collect();
    same(&expected, &found, || "anomalies".to_owned())?;
    let mut moments: Vec<usize> = match log.0.len() {
        0 => Vec::new(),
        n => vec![0, at.index(n), n - 1],
    };
    moments.dedup();
    for at in moments {
        let twin = Twin::of(&log.0[..=at]).answers(&names);
        let fast = answers(&history, Seq::from_index(at), &names);
        same(&twin, &fast, || format!("as of event {}", at + 1))?;
        let moment = as_of(&history, Seq::from_index(at));
        let found = moment.of(&history).mentioned();
        prop_assert_eq!(found, mentioned(moment.of(&history)));
        let there = history_of(&log.lines()[..=at]).0.names;
        prop_assert_eq!(
            (found.n_wants, found.n_partitions, found.n_runs),
            (there.wants.len(), there.partitions.len(), there.runs.len()),
            "what a log that ends there names"
        );
    }
    Ok(())
}

/// Fails with the first line that differs.
fn same(
    expected: &[String],
    found: &[String],
    place: impl Fn() -> String,
) -> Result<(), TestCaseError> {
    let n = expected.len().max(found.len());
    let Some(line) = (0..n).find(|&line| expected.get(line) != found.get(line)) else {
        return Ok(());
    };
    let text = |lines: &[String]| lines.get(line).map_or("(no more)", String::as_str).to_owned();
    let (expected, found) = (text(expected), text(found));
    let reason = format!("{}\n  expected {expected}\n  found    {found}", place());
    Err(TestCaseError::fail(reason))
}

pub fn history_of(lines: &[String]) -> (History, Anomalies) {
    let (events, notices) = decode(lines.join("\n").as_bytes());
    assert_eq!(notices.n_used, lines.len() as u64, "every line is an event");
    replay(events)
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn a_partition_was_read_by_what_read_any_of_its_instances(
        log in prop_oneof![plausible(), anything()]
    ) {
        let history = history_of(&log.lines()).0;
        let partition_of = |instance: &InstanceId| history.instances.partition.at(instance.index());
        for partition in history.names.partitions.ids() {
            let sets = (0..history.reads.read.n_rows()).filter_map(ReadSetId::from_index);
            let readers = sets.filter(|&set| {
                history.reads.read.row(set).iter().any(|it| partition_of(&it) == partition)
            });
            prop_assert_eq!(history.read_by_any(partition), readers.collect::<Vec<_>>());
        }
    }
}
