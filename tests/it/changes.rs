//! What became of things between two moments: against logs that are cut there and read by themselves, and as
//! the cards of a picture tell it.
use std::fmt::Write;

use expect_test::expect;
use lineage::events::{Id, Seq};
use lineage::graph::{build, resolve};
use lineage::history::{
    Changes, Counts, History, InstanceId, as_of, changes, instance_change, replay,
};
use lineage::route::Route;
use lineage::scene::{cards, change_word, describe_node, mark_changed};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::fixture::decode;
use crate::random_logs::{anything, cases, plausible};

const GAMMA: &str = include_str!("../logs/gamma.ndjson");

fn history_of(lines: &[String]) -> History {
    replay(decode(lines.join("\n").as_bytes()).0).0
}

/// What there is of each name, or nothing: how many are only in the second, and how many differ.
fn counted<T: PartialEq>(both: impl Iterator<Item = (Option<T>, Option<T>)>) -> Counts {
    let mut counts = Counts::default();
    for (before, after) in both {
        match (before, after) {
            (None, Some(_)) => counts.n_new += 1,
            (Some(before), Some(after)) if before != after => counts.n_changed += 1,
            _ => {}
        }
    }
    counts
}

/// By name, of two logs that know nothing of each other.
fn slow(before: &History, after: &History) -> (Counts, Counts) {
    let (old, new) = (as_of(before, None), as_of(after, None));
    let (old, new) = (old.of(before), new.of(after));
    let wants = after.names.wants.ids().map(|want| {
        let was = before.names.wants.find(after.names.wants.text(want));
        (was.and_then(|want| old.want_status(want)), new.want_status(want))
    });
    let runs = after.names.runs.ids().map(|run| {
        let was = before.names.runs.find(after.names.runs.text(run));
        let was = was.and_then(|run| Some((old.run_status(run)?, old.attempts_of(run).len())));
        (was, new.run_status(run).map(|status| (status, new.attempts_of(run).len())))
    });
    (counted(wants), counted(runs))
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn changes_are_those_between_two_cut_logs(
        log in prop_oneof![plausible(), anything()],
        cuts in any::<(Index, Index)>(),
    ) {
        let lines = log.lines();
        prop_assume!(!lines.is_empty());
        let (a, b) = (cuts.0.index(lines.len()), cuts.1.index(lines.len()));
        let (a, b) = (a.min(b), a.max(b));
        let after = history_of(&lines[..=b]);
        let (old, new) = (as_of(&after, Seq::from_index(a)), as_of(&after, None));
        let (old, new) = (old.of(&after), new.of(&after));
        let found = changes(old, new);
        let (wants, runs) = slow(&history_of(&lines[..=a]), &after);
        prop_assert_eq!(found.wants, wants);
        prop_assert_eq!(found.runs, runs);
        let instances = (0..after.instances.partition.len()).filter_map(InstanceId::from_index);
        let state = |asof: lineage::history::AsOf<'_>, it| {
            asof.instance_status(it).map(|status| (status, asof.is_superseded(it)))
        };
        prop_assert_eq!(found.instances, counted(instances.map(|it| (state(old, it), state(new, it)))));
        if a == b {
            prop_assert_eq!(found, Changes::default());
        }
    }
}

#[test]
fn the_cards_of_a_picture_tell_what_is_new_and_what_has_changed() {
    let lines: Vec<String> = GAMMA.lines().map(str::to_owned).collect();
    let history = history_of(&lines);
    let new = as_of(&history, None);
    let ask = resolve(new.of(&history), &Route::parse("#/want/W-001").0).unwrap();
    let mut text = String::new();
    for cut in [3, 12, lines.len()] {
        let old = as_of(&history, Seq::from_index(cut - 1));
        let graph = build(new.of(&history), &ask);
        let mut cards = cards(new.of(&history), &graph, &ask, None);
        mark_changed(&mut cards, &graph, old.of(&history), new.of(&history));
        let _ = writeln!(text, "since event {cut}");
        for card in &cards {
            let word = card.change.map_or("-", change_word);
            let _ = writeln!(text, "  {word} {} {}", card.kind.word(), card.name);
            assert_eq!(describe_node(card).contains("since the last look"), card.change.is_some());
        }
    }
    expect![[r#"
        since event 3
          changed want W-001
          new partition gamma
          new job-run //jobs:gamma
          new partition beta
          new partition alpha
          new want W-002
          new job-run //jobs:beta
          new job-run //jobs:alpha
          new want W-003
        since event 12
          changed want W-001
          new partition gamma
          new job-run //jobs:gamma
          new partition beta
          - partition alpha
          changed want W-002
          new job-run //jobs:beta
          - job-run //jobs:alpha
          - want W-003
        since event 19
          - want W-001
          - partition gamma
          - job-run //jobs:gamma
          - partition beta
          - partition alpha
          - want W-002
          - job-run //jobs:beta
          - job-run //jobs:alpha
          - want W-003
    "#]]
    .assert_eq(&text);
    let first = InstanceId::from_index(0).unwrap();
    assert_eq!(instance_change(new.of(&history), new.of(&history), first), None);
}
