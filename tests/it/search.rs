//! What is found, in which order, and how much of it there is.
#![allow(clippy::needless_raw_string_hashes, reason = "expectations are written so")]
use expect_test::{Expect, expect};
use lineage::history::{AsOf, History, as_of, replay};
use lineage::search::{Hit, Hits, Item, Query, search, split_at_match};
use proptest::prelude::*;

use crate::fixture::log;
use crate::oracle::search::search_slowly;

const LOG: &str = "
want W-1 data/alpha data/beta/date=2026-11-21 by ops
want W-12 data/beta/date=2026-11-22 by ops
buffer JR-1 //jobs:beta data/beta/date=2026-11-21 for W-1
heartbeat JR-1
success JR-1 data/beta/date=2026-11-21<-data/alpha
buffer JR-2 //jobs:Alpha data/alpha for W-1
fail JR-2 because out of memory
want W-2 w-1x by ops
";

fn history(picture: &str) -> History {
    replay(log(picture)).0
}

fn check(typed: &str, expected: Expect) {
    check_at(typed, None, 10, expected);
}

fn check_at(typed: &str, at: Option<u64>, limit: usize, expected: Expect) {
    let history = history(LOG);
    let at = at.and_then(|id| history.log.seq_of_event_id(id));
    let moment = as_of(&history, at);
    let asof = moment.of(&history);
    expected.assert_eq(&told(asof, &search(asof, &Query::parse(typed), limit)));
}

fn told(asof: AsOf<'_>, hits: &Hits) -> String {
    let mut lines = Vec::new();
    for group in &hits.groups {
        lines.push(format!("{} {} of {}", group.kind.word(), group.hits.len(), group.total));
        lines.extend(group.hits.iter().map(|hit| format!("  {}", told_hit(asof, *hit))));
    }
    lines.join("\n")
}

fn told_hit(asof: AsOf<'_>, hit: Hit) -> String {
    format!("{:?} {}", hit.rank, name(asof, hit.item))
}

fn name(asof: AsOf<'_>, item: Item) -> &str {
    let names = &asof.history.names;
    match item {
        Item::Want(want) => names.wants.text(want),
        Item::Partition(partition) => names.partitions.text(partition),
        Item::Run(run) => names.runs.text(run),
        Item::Job(label) => names.labels.text(label),
    }
}

#[test]
fn exact_then_prefix_then_anywhere_and_newest_first() {
    check(
        "w-1",
        expect![[r"
        want 2 of 2
          Exact W-1
          Prefix W-12
        partition 1 of 1
          Prefix w-1x"]],
    );
    check(
        "ALPHA",
        expect![[r"
        partition 1 of 1
          Substring data/alpha
        job 1 of 1
          Substring //jobs:Alpha"]],
    );
    check(
        "data/beta",
        expect![[r"
        partition 2 of 2
          Prefix data/beta/date=2026-11-22
          Prefix data/beta/date=2026-11-21"]],
    );
}

#[test]
fn every_word_must_be_somewhere() {
    check(
        "11-21 beta",
        expect![[r"
        partition 1 of 1
          Substring data/beta/date=2026-11-21"]],
    );
    check("beta nowhere", expect![""]);
}

#[test]
fn what_is_not_listed_is_counted() {
    check_at(
        "a",
        None,
        1,
        expect![[r"
        partition 1 of 3
          Substring data/beta/date=2026-11-22
        job 1 of 2
          Substring //jobs:Alpha"]],
    );
    check_at(
        "a",
        None,
        0,
        expect![[r"
        partition 0 of 3
        job 0 of 2"]],
    );
}

#[test]
fn filters_hold_together() {
    check(
        "status:fail",
        expect![[r"
        want 1 of 1
          Prefix W-1
        partition 1 of 1
          Prefix data/alpha
        job-run 1 of 1
          Prefix JR-2"]],
    );
    check(
        "kind:job-run job:beta",
        expect![[r"
        job-run 1 of 1
          Prefix JR-1"]],
    );
    check(
        "dataset:data/beta/date=* kind:partition",
        expect![[r"
        partition 2 of 2
          Prefix data/beta/date=2026-11-22
          Prefix data/beta/date=2026-11-21"]],
    );
    check(
        "dataset:alpha",
        expect![[r"
        want 1 of 1
          Prefix W-1
        partition 1 of 1
          Prefix data/alpha
        job-run 1 of 1
          Prefix JR-2"]],
    );
}

#[test]
fn a_filter_without_sense_is_text() {
    check(
        "//jobs:beta",
        expect![[r"
        job 1 of 1
          Exact //jobs:beta"]],
    );
    check("kind:thing", expect![""]);
    check("", expect![""]);
    check("  ", expect![""]);
}

#[test]
fn only_what_had_happened_is_found() {
    check_at(
        "w-1",
        Some(1),
        10,
        expect![[r"
        want 1 of 1
          Exact W-1"]],
    );
    check_at("kind:job alpha", Some(3), 10, expect![""]);
}

#[test]
fn the_match_is_told_apart() {
    let split = |name, typed| split_at_match(name, &Query::parse(typed)).join("|");
    assert_eq!(split("data/Gamma/x", "gam"), "data/|Gam|ma/x");
    assert_eq!(split("data/gamma", "data gam"), "|data|/gamma");
    assert_eq!(split("data/gamma", "status:live"), "data/gamma||");
    assert_eq!(split("größe", "ö"), "gr|ö|ße");
}

fn name_text() -> impl Strategy<Value = String> {
    "[aAb/:é-]{1,4}"
}

proptest! {
    /// The same as lowering every name, looking with `contains`, and sorting everything.
    #[test]
    fn finds_what_a_slow_search_finds(
        names in proptest::collection::vec((0_u8..4, name_text(), name_text()), 1..20),
        typed in "[aAb/:é -]{0,4}",
        filter in "|kind:want|kind:job|status:[a-w]|job:[ab/]|dataset:[ab/]",
        limit in 0_usize..5,
        n_events in 0_u64..20,
    ) {
        let picture: String = names.iter().map(|(kind, a, b)| match kind {
            0 => format!("want {a} {b} by ops\n"),
            1 => format!("buffer {a} {b} {b} for w\n"),
            2 => format!("fail {a}\n"),
            _ => format!("success {a} -\n"),
        }).collect();
        let history = history(&picture);
        let moment = as_of(&history, history.log.seq_of_event_id(n_events));
        let asof = moment.of(&history);
        let query = Query::parse(&format!("{typed} {filter}"));
        prop_assert_eq!(search(asof, &query, limit), search_slowly(asof, &query, limit));
    }
}
