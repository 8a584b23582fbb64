//! Any past moment is what a replay of the log cut there would give; and the same log is always
//! the same history.
use lineage::events::Id;
use lineage::events::Seq;
use lineage::history::{History, as_of, replay};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::fixture::{decode, log};
use crate::history_answers::answers;
use crate::oracle::history::Twin;
use crate::random_logs::{anything, plausible};

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 1000, failure_persistence: None, ..ProptestConfig::default()
    })]

    #[test]
    fn a_cut_log_gives_a_cut_history(
        log in prop_oneof![plausible(), anything()],
        at in any::<Index>(),
    ) {
        prop_assume!(!log.0.is_empty());
        let n = at.index(log.0.len()) + 1;
        let names = Twin::of(&log.0[..n]).names();
        let lines = log.lines();
        let whole = answers(&history_of(&lines), Seq::from_index(n - 1), &names);
        let cut = answers(&history_of(&lines[..n]), None, &names);
        prop_assert_eq!(whole, cut);
    }

    #[test]
    fn a_log_is_always_the_same_history(log in prop_oneof![plausible(), anything()]) {
        let lines = log.lines();
        let (once, again) = (history_of(&lines), history_of(&lines));
        prop_assert_eq!(format!("{once:?}"), format!("{again:?}"));
    }
}

fn history_of(lines: &[String]) -> History {
    replay(decode(lines.join("\n").as_bytes()).0).0
}

#[test]
fn no_event_is_no_moment() {
    let (history, _) = replay(log(""));
    let moment = as_of(&history, Seq::from_index(7));
    assert_eq!(moment.at, None);
    assert!(moment.of(&history).pieces().is_empty());
}

#[test]
fn a_moment_past_the_end_is_the_end() {
    let (history, _) = replay(log("want W1 data/a by ops"));
    assert_eq!(as_of(&history, Seq::from_index(7)).at, Seq::from_index(0));
    assert_eq!(as_of(&history, None).at, Seq::from_index(0));
}
