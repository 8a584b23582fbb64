//! What is found, in which order, and how much of it there is.
#![allow(clippy::needless_raw_string_hashes, reason = "expectations are written so")]
use expect_test::{Expect, expect};
use lineage::events::Id;
use lineage::history::{AsOf, History, InstanceId, as_of, replay};
use lineage::search::{Hit, Hits, Query, Rank, Search, marks};
use lineage::words::{place_of, places_of_long};
use proptest::prelude::*;

use crate::fixture::{decode, log};
use crate::oracle::search::search_slowly;
use crate::random_logs::cases;

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

/// All at once; nobody knows what is stale.
fn search(asof: AsOf<'_>, query: &Query, limit: usize) -> Hits {
    let mut search = Search::new(asof, query.clone());
    search.step(asof, None, usize::MAX);
    search.hits(limit)
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
    format!("{:?} {}", hit.rank, hit.item.name(asof.history))
}

/// Names and a text that agree in all but the last letter, wherever it is laid on: the product of their
/// lengths would be billions of letters.
#[test]
fn a_long_text_is_looked_for_in_one_pass() {
    let name = "a".repeat(200_000);
    let text = "A".repeat(100_000) + "b";
    assert_eq!(place_of(&name, &text), None);
    assert_eq!(place_of(&(name.clone() + "B"), &text), Some(100_000..200_001));
    let history = history(&format!("want W {name} {name}B"));
    let moment = as_of(&history, None);
    let asof = moment.of(&history);
    let mut search = Search::new(asof, Query::parse(&format!("kind:partition {text}")));
    let mut n_steps = 0;
    while !search.step(asof, None, 100).is_done() {
        n_steps += 1;
    }
    assert_eq!(n_steps, 1, "one long name is as much as hundreds");
    assert_eq!(search.hits(9).total(), 1);
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn all_places_of_a_text_are_found(name in "[abAB]{0,60}", text in "[abB]{1,7}") {
        let lower = |it: &str| it.to_ascii_lowercase().into_bytes();
        let (name, text) = (lower(&name), lower(&text));
        let slow: Vec<usize> = (0..name.len()).filter(|&at| name[at..].starts_with(&text)).collect();
        prop_assert_eq!(places_of_long(&name, &text.to_ascii_uppercase()).collect::<Vec<_>>(), slow);
    }
}

/// Whatever its turn, and once: also where the rest is still to be looked at.
#[test]
fn what_is_typed_whole_is_found_first() {
    let lines: Vec<String> = (0..2000).map(|n| format!("want W{n} a/day={n}")).collect();
    let history = history(&lines.join("\n"));
    let moment = as_of(&history, None);
    let asof = moment.of(&history);
    let mut search = Search::new(asof, Query::parse("a/day=1"));
    let told = |search: &Search| told(asof, &search.hits(2));
    search.step(asof, None, 1);
    expect!["partition 1 of 1\n  Exact a/day=1"].assert_eq(&told(&search));
    while !search.step(asof, None, 100).is_done() {
        assert_eq!(told(&search).lines().nth(1), Some("  Exact a/day=1"));
    }
    expect!["partition 2 of 1271\n  Exact a/day=1\n  Prefix a/day=1999"].assert_eq(&told(&search));

    let mut search = Search::new(asof, Query::parse("kind:want a/day=1"));
    search.step(asof, None, 1);
    assert_eq!(search.hits(2).total(), 0, "filters hold for it as well");
}

/// Requests go by the job at their root, and paths by their tables: each is found by either name.
#[test]
fn other_names_are_found_as_well() {
    let log = include_bytes!("../logs/openlineage/producers.ndjson");
    let (history, _) = replay(decode(log).0);
    let moment = as_of(&history, None);
    let asof = moment.of(&history);
    let found = |typed: &str| {
        let query = Query::parse(typed);
        let mut search = Search::new(asof, query.clone());
        search.step(asof, None, usize::MAX);
        assert_eq!(search.hits(3), search_slowly(asof, &query, &|_| false, 3), "{typed}");
        let best = search.hits(1).listed().next()?;
        Some((best.item.name(&history).to_owned(), best.rank))
    };
    let orders = "s3://lake/warehouse/sales.db/orders".to_owned();
    assert_eq!(found("kind:partition sales.orders"), Some((orders, Rank::Exact)));
    let request = "0193a1f0-0000-7000-8000-000000000001".to_owned();
    assert_eq!(found("kind:want nightly"), Some((request.clone(), Rank::Word)));
    assert_eq!(found("kind:want 8000-000000000001 0193a1f0"), Some((request, Rank::Word)));
    assert_eq!(
        found("status:dropped").map(|(name, _)| name),
        Some("s3://lake/warehouse/sales.db/stage_orders".to_owned())
    );
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
        expect![[r#"
            partition 1 of 1
              Word data/alpha
            job 1 of 1
              Word //jobs:Alpha"#]],
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
        expect![[r#"
            partition 1 of 1
              Word data/beta/date=2026-11-21"#]],
    );
    check("beta nowhere", expect![""]);
}

#[test]
fn what_is_not_listed_is_counted() {
    check_at(
        "a",
        None,
        1,
        expect![[r#"
            partition 1 of 3
              Word data/alpha
            job 1 of 2
              Word //jobs:Alpha"#]],
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
fn what_is_no_filter_is_text_and_a_filter_without_sense_is_told() {
    check(
        "//jobs:beta",
        expect![[r"
        job 1 of 1
          Exact //jobs:beta"]],
    );
    check("", expect![""]);
    check("  ", expect![""]);
    check("w-1 kind:thing", expect![""]);
    let typed = "kind:thing status:nope status: job: since:soon stale:maybe kind:want kind:job w";
    let query = Query::parse(typed);
    let problems = query.problems.iter().map(|it| format!("{}: {}", it.filter, it.says));
    expect![[r"
        kind:thing: A kind is want, partition, job-run or job.
        status:nope: There is no status that begins so.
        status:: There is no status that begins so.
        job:: A part of a job's label comes after it.
        since:soon: It is like 30m, 2h, 3d, 2026-11-21 or 2026-11-21T14:00.
        stale:maybe: It is stale:yes or stale:no.
        kind:job: There is one such filter already."]]
    .assert_eq(&problems.collect::<Vec<_>>().join("\n"));
    assert_eq!(query.text, "w");
}

const DAYS: &str = "
want W-1 data/x/day=290 by ops
want W-2 data/x/day=29 by ops
want W-3 data/x/day=2 by ops
want W-4 data/dim/calendar/year=2026 by ops
want W-5 data/dimCalendar by ops
";

fn check_days(typed: &str, expected: Expect) {
    let history = history(DAYS);
    let moment = as_of(&history, None);
    let asof = moment.of(&history);
    let query = Query::parse(&format!("kind:partition {typed}"));
    expected.assert_eq(&told(asof, &search(asof, &query, 9)));
}

#[test]
fn what_ends_there_comes_before_what_goes_on() {
    check_days(
        "day=29",
        expect![[r#"
            partition 2 of 2
              Word data/x/day=29
              Word data/x/day=290"#]],
    );
    check_days(
        "data/x/day=2",
        expect![[r#"
            partition 3 of 3
              Exact data/x/day=2
              Prefix data/x/day=29
              Prefix data/x/day=290"#]],
    );
}

#[test]
fn pieces_are_found_and_the_fewest_come_first() {
    check_days(
        "dimcal",
        expect![[r#"
        partition 2 of 2
          Word data/dimCalendar
          Fuzzy data/dim/calendar/year=2026"#]],
    );
    check_days(
        "clndr",
        expect![[r#"
        partition 2 of 2
          Fuzzy data/dimCalendar
          Fuzzy data/dim/calendar/year=2026"#]],
    );
    check_days(
        "cal26",
        expect![[r#"
        partition 1 of 1
          Fuzzy data/dim/calendar/year=2026"#]],
    );
    check_days(
        "dcy",
        expect![[r#"
        partition 1 of 1
          Fuzzy data/dim/calendar/year=2026"#]],
    );
    check_days(
        "x29",
        expect![[r#"
        partition 2 of 2
          Fuzzy data/x/day=29
          Fuzzy data/x/day=290"#]],
    );
}

#[test]
fn since_is_before_the_moment_or_from_a_date() {
    let history = history(LOG);
    let moment = as_of(&history, None);
    let asof = moment.of(&history);
    let n = |typed: &str| search(asof, &Query::parse(typed), 0).total();
    let all = n("since:1000w");
    assert!(n("since:0s") > 0 && n("since:0s") < all, "{} of {all}", n("since:0s"));
    assert_eq!(n("since:1970-01-01"), all);
    assert_eq!(n("since:2500-01-01T10:00"), 0);
}

#[test]
fn stale_asks_who_knows() {
    let history = history(LOG);
    let moment = as_of(&history, None);
    let asof = moment.of(&history);
    let with = |typed: &str, is_stale: Option<&dyn Fn(_) -> bool>| {
        let mut search = Search::new(asof, Query::parse(typed));
        search.step(asof, is_stale, usize::MAX);
        told(asof, &search.hits(9))
    };
    expect![[r#"
        want 1 of 1
          Prefix W-1
        partition 1 of 1
          Prefix data/beta/date=2026-11-21
        job-run 2 of 2
          Prefix JR-2
          Prefix JR-1"#]]
    .assert_eq(&with("stale:yes", Some(&|_| true)));
    assert_eq!(with("stale:yes", None), "");
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

fn name_text() -> impl Strategy<Value = String> {
    "[aAb/:é-]{1,4}"
}

#[test]
fn every_piece_is_marked() {
    let marked = |name: &str, typed: &str| {
        let mut out = name.to_owned();
        for place in marks(name, &Query::parse(typed)).into_iter().rev() {
            out.insert(place.end, ']');
            out.insert(place.start, '[');
        }
        out
    };
    assert_eq!(marked("a/dim/calendar/y=2026", "dimcal26"), "a/[dim]/[cal]endar/y=[2]02[6]");
    assert_eq!(marked("data/dim/calendar", "dimcal"), "data/[dim]/[cal]endar");
    assert_eq!(marked("data/dim/calendar", "clndr"), "data/dim/[c]a[l]e[nd]a[r]");
    assert_eq!(marked("data/dim/calendar", "cal data"), "[data]/dim/[cal]endar");
    assert_eq!(marked("data/größe", "dgröß"), "[d]ata/[größ]e");
    assert_eq!(marked("data/Gamma/x", "gam"), "data/[Gam]ma/x");
    assert_eq!(marked("data/gamma", "gam data"), "[data]/[gam]ma");
    assert_eq!(marked("data/gamma", "status:live"), "data/gamma");
}

proptest! {
    /// The same as lowering every name, trying every place, and sorting everything; in steps of any
    /// size, and by way of any query that it narrows.
    #[test]
    fn finds_what_a_slow_search_finds(
        names in proptest::collection::vec((0_u8..4, name_text(), name_text()), 1..20),
        typed in "[aAb/:é -]{0,5}",
        filter in "|kind:want|kind:job|status:[flw]|job:[ab/]|dataset:[ab/]|since:[0-9]s|stale:yes|stale:no",
        limit in 0_usize..5,
        n_events in 0_u64..20,
        n_names in 1_usize..9,
        n_less in 0_usize..4,
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
        let is_stale = |it: InstanceId| it.index().is_multiple_of(2);
        let query = Query::parse(&format!("{typed} {filter}"));
        let expected = search_slowly(asof, &query, &is_stale, limit);

        let mut search = Search::new(asof, query.clone());
        let mut before = 0;
        while !search.progress().is_done() {
            let progress = search.step(asof, Some(&is_stale), n_names);
            prop_assert!(progress.n_done > before && progress.n_done <= before + n_names as u64);
            before = progress.n_done;
        }
        prop_assert_eq!(search.hits(limit), expected.clone());

        let n_chars = typed.chars().count().saturating_sub(n_less);
        let wider: String = typed.chars().take(n_chars).collect();
        let mut wider = Search::new(asof, Query::parse(&format!("{wider} {filter}")));
        wider.step(asof, Some(&is_stale), usize::MAX);
        if let Some(mut narrowed) = wider.narrowed(&query) {
            narrowed.step(asof, Some(&is_stale), usize::MAX);
            prop_assert_eq!(narrowed.hits(limit), expected);
        }
    }

    /// Marks are letters of the text, in the sense of reading, in whole characters.
    #[test]
    fn what_is_marked_is_what_was_typed(name in "[aAb/é-]{0,9}", typed in "[abé/]{1,4}") {
        let marks = marks(&name, &Query::parse(&typed));
        let marked: Option<String> = marks.iter().map(|place| name.get(place.clone())).collect();
        let marked = marked.map(|marked| marked.to_ascii_lowercase());
        prop_assert!(marks.is_empty() || marked == Some(typed), "{marked:?}");
    }
}
