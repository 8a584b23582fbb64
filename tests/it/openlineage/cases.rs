//! One rule at a time, on logs of a few events.
use std::fmt::Write;

use expect_test::{Expect, expect};
use lineage::events::{Id, NoticeClass};
use lineage::history::{PartitionStatus, as_of, staleness};

use super::tell::tell_history;
use super::{log, read};

/// The history of a picture, and of the same lines backward.
fn check(picture: &str, expected: Expect) {
    let told = |text: &str| tell_history(&read(text.as_bytes()).0);
    let text = log(picture);
    let said = told(&text);
    expected.assert_eq(&said);
    let backward: Vec<&str> = text.lines().rev().collect();
    assert_eq!(told(&backward.join("\n")), said, "the order of lines does not matter");
}

fn count(picture: &str, class: NoticeClass) -> u64 {
    read(log(picture).as_bytes()).2.class(class).count
}

#[test]
fn a_reader_that_begins_as_the_writer_ends_reads_what_it_wrote() {
    check(
        "
        START 10:00:00 w t/write > d/x
        COMPLETE 10:00:05 w t/write
        START 10:00:05 r t/a-reader < d/x > d/y
        COMPLETE 10:00:05 r t/a-reader
        ",
        expect![[r#"
            t/write successful, 1 runs: d/x
            t/a-reader successful, 1 runs: d/y
            - t/write succeeded
                wrote d/x live current
            - t/a-reader succeeded
                wrote d/y live current
                d/y <- d/x (at start) all
        "#]],
    );
}

#[test]
fn a_run_that_fails_has_read_what_it_says_all_the_same() {
    check(
        "
        START 10:00:00 w t/write > d/x
        COMPLETE 10:00:01 w t/write
        START 10:00:02 r t/read < d/x > d/y
        FAIL 10:00:03 r t/read fails broken
        ",
        expect![[r#"
            t/write successful, 1 runs: d/x
            t/read failed, 1 runs: d/y
            - t/write succeeded
                wrote d/x live current
            - t/read failed
                wrote d/y failed
                d/y <- d/x (at start) all
        "#]],
    );
}

#[test]
fn a_run_without_an_end_is_running_and_has_read_what_it_says() {
    check(
        "
        START 10:00:00 s t/stream < d/x > d/y streaming
        RUNNING 10:00:09 s t/stream < d/z
        ",
        expect![[r#"
            t/stream building, 1 runs: d/y
            - t/stream running, streaming
                wrote d/y building
                d/y <- d/x (external) d/z (external) all
        "#]],
    );
}

#[test]
fn a_run_may_begin_with_its_end_or_wait_before_it_starts() {
    check(
        "
        COMPLETE 10:00:00 a t/a > d/a
        OTHER 10:00:01 b t/b
        OTHER 10:00:02 c t/c
        START 10:00:03 c t/c
        - 10:00:04 c t/c
        ABORT 10:00:05 c t/c
        ",
        expect![[r#"
            t/a successful, 1 runs: d/a
            t/b building, 1 runs: 
            t/c canceled, 1 runs: 
            - t/a succeeded, start not recorded
                wrote d/a live current
            - t/b running, start not recorded, no data
            - t/c canceled, no data
        "#]],
    );
    let (history, ..) = read(log("OTHER 10:00:02 c t/c\nSTART 10:00:03 c t/c").as_bytes());
    let run = history.names.runs.find("c").unwrap();
    let at = |n| as_of(&history, Id::from_index(n)).of(&history).run_status(run).unwrap().word();
    // The request, the plan, the wait, the start.
    assert_eq!([at(1), at(2), at(3)], ["queued", "queued", "running"]);
}

#[test]
fn of_two_ends_the_last_stands_and_what_comes_after_it_still_counts() {
    let picture = "
        START 10:00:00 a t/a
        FAIL 10:00:01 a t/a
        COMPLETE 10:00:02 a t/a > d/a
        RUNNING 10:00:03 a t/a < d/b
    ";
    check(
        picture,
        expect![[r#"
        t/a successful, 1 runs: d/a
        - t/a succeeded
            wrote d/a live current
            d/a <- d/b (external) all
    "#]],
    );
    assert_eq!(count(picture, NoticeClass::EarlierEnd), 1);
    assert_eq!(count(picture, NoticeClass::AfterEnd), 1);
}

#[test]
fn the_request_is_the_root_whether_named_or_at_the_top_of_the_parents() {
    check(
        "
        START 10:00:00 p t/dag nominal 2026-11-20T00:00:00Z
        START 10:00:01 c t/task of p/t/dag
        START 10:00:02 g t/sql of c/t/task > d/a
        START 10:00:03 h t/sql2 of q/u/elsewhere root p/t/dag < d/a > d/b
        COMPLETE 10:00:04 g t/sql
        COMPLETE 10:00:05 h t/sql2
        ",
        expect![[r#"
            t/dag successful about 1795132800, 4 runs: d/b
            - t/dag running, no data
            - t/task running, of t/dag, no data
            - t/sql succeeded, of t/task
                wrote d/a live current
            - t/sql2 succeeded, of t/dag
                wrote d/b live current
                d/b <- d/a (by end) all
        "#]],
    );
}

#[test]
fn a_root_that_the_log_never_saw_is_named_by_its_part() {
    check(
        "
        START 10:00:00 a t/one of p/t/dag > d/a
        START 10:00:01 b t/two of p/t/dag < d/a > d/b
        COMPLETE 10:00:02 a t/one
        COMPLETE 10:00:03 b t/two
        ",
        expect![[r#"
            t/dag successful, 2 runs: d/b
            - t/one succeeded
                wrote d/a live current
            - t/two succeeded
                wrote d/b live current
                d/b <- d/a (by end) all
        "#]],
    );
}

#[test]
fn parents_in_a_circle_are_cut_and_a_run_is_no_part_of_itself() {
    let picture = "
        START 10:00:00 a t/a of c/t/c
        START 10:00:01 b t/b of a/t/a
        START 10:00:02 c t/c of b/t/b
        START 10:00:03 d t/d of d/t/d
    ";
    check(
        picture,
        expect![[r#"
        t/a building, 3 runs: 
        t/d building, 1 runs: 
        - t/a running, no data
        - t/b running, of t/a, no data
        - t/c running, of t/b, no data
        - t/d running, no data
    "#]],
    );
    assert_eq!(count(picture, NoticeClass::OwnParent), 2);
}

#[test]
fn an_id_under_two_jobs_is_two_runs() {
    let picture = "
        START 10:00:00 1B4E28BA-2FA1-11D2-883F-B9A761BDE3FB t/a > d/a
        START 10:00:01 1b4e28ba-2fa1-11d2-883f-b9a761bde3fb t/b > d/b
        COMPLETE 10:00:02 1b4e28ba-2fa1-11d2-883f-b9a761bde3fb t/a
    ";
    check(
        picture,
        expect![[r#"
        t/a successful, 1 runs: d/a
        t/b building, 1 runs: d/b
        - t/a succeeded
            wrote d/a live current
        - t/b running
            wrote d/b building
    "#]],
    );
    assert_eq!(count(picture, NoticeClass::SharedRunId), 1);
}

#[test]
fn a_write_told_by_parent_and_part_is_one_instance_of_the_part() {
    let picture = "
        START 10:00:00 p t/app < d/a > d/b
        START 10:00:01 c t/sql of p/t/app < d/a > d/b
        COMPLETE 10:00:02 c t/sql
        COMPLETE 10:00:03 p t/app
    ";
    check(
        picture,
        expect![[r#"
        t/app successful, 2 runs: d/b
        - t/app succeeded
        - t/sql succeeded, of t/app
            wrote d/b live current
            d/b <- d/a (external) all
    "#]],
    );
    let (history, ..) = read(log(picture).as_bytes());
    let [p, c] = ["p", "c"].map(|id| history.names.runs.find(id).unwrap());
    let partition = history.names.partitions.find("d/b").unwrap();
    let told: Vec<_> = history.openlineage.also_told(c, partition).collect();
    assert_eq!(told, [p]);
}

#[test]
fn a_version_that_a_run_is_known_to_write_is_read_exactly() {
    check(
        "
        START 10:00:00 a t/a > d/x^v1
        COMPLETE 10:00:01 a t/a
        START 10:00:02 b t/a > d/x^v2
        COMPLETE 10:00:03 b t/a
        START 10:00:04 r t/r < d/x^v1 > d/y
        COMPLETE 10:00:05 r t/r
        START 10:00:06 s t/r < d/x^unheard-of > d/y
        COMPLETE 10:00:07 s t/r
        ",
        expect![[r#"
            t/a successful, 1 runs: d/x
            t/a successful, 1 runs: d/x
            t/r successful, 1 runs: d/y
            t/r successful, 1 runs: d/y
            - t/a succeeded
                wrote d/x live v=v1
            - t/a succeeded
                wrote d/x live current v=v2
            - t/r succeeded
                wrote d/y live
                d/y <- d/x (exact) all
            - t/r succeeded
                wrote d/y live current
                d/y <- d/x (at start) all
        "#]],
    );
}

#[test]
fn columns_say_what_was_read_for_what() {
    check(
        "
        START 10:00:00 r t/r < d/a d/b d/c > d/x d/y d/z columns d/x<=d/a d/y<=d/b d/z<=d/no-input
        COMPLETE 10:00:01 r t/r
        START 10:00:02 s t/s < d/a d/b > d/v columns d/v<=d/a
        COMPLETE 10:00:03 s t/s
        ",
        expect![[r#"
            t/r successful, 1 runs: d/x d/y d/z
            t/s successful, 1 runs: d/v
            - t/r succeeded
                wrote d/x live current
                wrote d/y live current
                wrote d/z live current
                d/x <- d/a (external) by columns
                d/y <- d/b (external) by columns
                d/z <- d/a (external) d/b (external) d/c (external) all
            - t/s succeeded
                wrote d/v live current
                d/v <- d/a (external) by columns
                 <- d/b (external) 
        "#]],
    );
}

#[test]
fn dropped_data_is_not_current_and_renamed_data_goes_on_under_its_new_name() {
    check(
        "
        START 10:00:00 a t/a > d/x d/y
        COMPLETE 10:00:01 a t/a
        START 10:00:02 b t/b > d/x!DROP d/z!RENAME:d/y
        COMPLETE 10:00:03 b t/b
        START 10:00:04 r t/r < d/x d/z
        COMPLETE 10:00:05 r t/r
        ",
        expect![[r#"
            t/a successful, 1 runs: d/x d/y
            t/b successful, 1 runs: d/z
            t/r successful, 1 runs: 
            - t/a succeeded
                wrote d/x live
                wrote d/y live
            - t/b succeeded
                wrote d/z live current
                d/z <- d/y (at start) renamed
            - t/r succeeded
                 <- d/x (external) d/z (at start) 
        "#]],
    );
}

/// Partitions with their statuses, and what is stale.
fn standing(picture: &str) -> String {
    let (history, ..) = read(log(picture).as_bytes());
    let moment = as_of(&history, None);
    let asof = moment.of(&history);
    let stale = staleness(asof);
    let mut said = String::new();
    for partition in history.names.partitions.ids() {
        let status = asof.partition_status(partition).unwrap().word();
        let _ = write!(said, "{} {status}", history.names.partitions.text(partition));
        for version in asof.versions_of(partition) {
            let removal = asof.removal(version).map(|(how, _)| PartitionStatus::of_removal(how));
            let _ = write!(
                said,
                ", {}{}{}{}",
                if asof.is_current(version) { "current" } else { "old" },
                if asof.is_superseded(version) { " superseded" } else { "" },
                removal.map_or(String::new(), |status| format!(" {}", status.word())),
                if stale.is_stale(version) { " stale" } else { "" },
            );
        }
        said.push('\n');
    }
    said
}

#[test]
fn what_was_dropped_says_so_and_is_no_news_to_its_readers() {
    let picture = "
        START 10:00:00 a t/a > d/dropped d/emptied d/before d/again d/failing
        COMPLETE 10:00:01 a t/a
        START 10:00:02 r t/r < d/dropped d/emptied d/before > d/of-those
        COMPLETE 10:00:03 r t/r
        START 10:00:02 s t/s < d/again > d/of-again
        COMPLETE 10:00:03 s t/s
        START 10:00:04 x t/drop > d/dropped!DROP d/emptied!TRUNCATE d/after!RENAME:d/before d/again!DROP d/failing!DROP
        COMPLETE 10:00:05 x t/drop
        START 10:00:06 b t/again > d/again
        COMPLETE 10:00:07 b t/again
        START 10:00:06 f t/again > d/failing
        FAIL 10:00:07 f t/again
    ";
    expect![[r#"
        d/dropped dropped, old dropped
        d/emptied truncated, old truncated
        d/before renamed, old renamed
        d/again live, old superseded dropped, current
        d/failing failed, old dropped
        d/of-those live, current
        d/of-again live, current stale
        d/after live, current
    "#]]
    .assert_eq(&standing(picture));
}

#[test]
fn what_comes_after_a_failed_root_is_not_for_its_request() {
    let picture = "
        START 10:00:00 p1 t/dag
        START 10:00:01 a1 t/task of p1/t/dag > d/x
        FAIL 10:00:02 a1 t/task
        FAIL 10:00:03 p1 t/dag
        START 10:00:04 p2 t/dag
        START 10:00:05 a2 t/task of p2/t/dag > d/x
        COMPLETE 10:00:06 a2 t/task
        COMPLETE 10:00:07 p2 t/dag
    ";
    let (history, ..) = read(log(picture).as_bytes());
    let moment = as_of(&history, None);
    let asof = moment.of(&history);
    let [first, second] = ["p1", "p2"].map(|id| history.names.wants.find(id).unwrap());
    let said = |want| {
        let took =
            lineage::graph::closed(asof, want).map(|seq| history.log.nanos(seq) % 60_000_000_000);
        (
            asof.want_status(want).unwrap().word(),
            asof.verdict(want, 0).unwrap().words(&history),
            took,
        )
    };
    assert_eq!(said(first), ("failed", "failed".to_owned(), Some(3_000_000_000)));
    assert_eq!(said(second), ("successful", "built by a2".to_owned(), Some(6_000_000_000)));
}

#[test]
fn a_drop_that_fails_drops_nothing() {
    let picture = "
        START 10:00:00 a t/a > d/x
        COMPLETE 10:00:01 a t/a
        START 10:00:02 x t/drop > d/x!DROP
        FAIL 10:00:03 x t/drop
    ";
    assert_eq!(standing(picture), "d/x live, current\n");
}

#[test]
fn a_request_that_names_nothing_stands_and_falls_with_its_root() {
    check(
        "
        START 10:00:00 p t/dag
        START 10:00:01 a t/task of p/t/dag
        COMPLETE 10:00:02 a t/task
        COMPLETE 10:00:03 p t/dag
        START 10:00:04 q t/dag
        ABORT 10:00:05 q t/dag
        START 10:00:06 b t/task of unseen/t/dag
        COMPLETE 10:00:07 b t/task
        ",
        expect![[r#"
            t/dag successful, 2 runs: 
            t/dag canceled, 1 runs: 
            t/dag idle, 1 runs: 
            - t/dag succeeded, no data
            - t/task succeeded, of t/dag, no data
            - t/dag canceled, no data
            - t/task succeeded, no data
        "#]],
    );
}

/// Pairs of runs: the later and the one that it tries again.
fn retries(picture: &str) -> Vec<(String, String)> {
    let (history, ..) = read(log(picture).as_bytes());
    let name = |run| history.names.runs.text(run).to_owned();
    let runs = history.names.runs.ids();
    let pairs = runs.flat_map(|run| {
        let earlier = history.runs.continues.row(run);
        earlier.iter().map(|earlier| (name(run), name(earlier))).collect::<Vec<_>>()
    });
    pairs.collect()
}

#[test]
fn a_try_is_of_the_same_task_and_its_number_says_so() {
    let pairs = retries(
        "
        START 10:00:00 p t/dag
        START 10:00:01 a1 t/task of p/t/dag try 1 map 0
        START 10:00:01 b1 t/task of p/t/dag try 1 map 1
        FAIL 10:00:02 a1 t/task
        FAIL 10:00:02 b1 t/task
        START 10:00:03 a2 t/task of p/t/dag try 2 map 0
        COMPLETE 10:00:04 a2 t/task
        START 10:00:05 a3 t/task of p/t/dag try 3 map 0
        ",
    );
    assert_eq!(pairs, [("a2".to_owned(), "a1".to_owned())], "after a success it is done anew");
}

#[test]
fn without_numbers_a_try_follows_a_failure_under_the_same_parent() {
    let pairs = retries(
        "
        START 10:00:00 p t/dag
        START 10:00:00 q t/dag
        START 10:00:01 a t/task of p/t/dag > d/x
        FAIL 10:00:02 a t/task
        START 10:00:03 b t/task of p/t/dag
        START 10:00:03 c t/task of q/t/dag > d/x
        START 10:00:04 alone1 t/job > d/y
        FAIL 10:00:05 alone1 t/job
        START 10:00:06 alone2 t/job > d/y
        ",
    );
    assert_eq!(pairs, [("b".to_owned(), "a".to_owned())]);
}

#[test]
fn a_failure_is_told_where_it_is_deepest() {
    let picture = "
        START 10:00:00 p t/dag
        START 10:00:01 c t/task of p/t/dag
        START 10:00:02 g t/sql of c/t/task
        FAIL 10:00:03 g t/sql fails no-such-table
        FAIL 10:00:04 c t/task fails exit-1
        FAIL 10:00:05 p t/dag
    ";
    let (history, ..) = read(log(picture).as_bytes());
    let [p, c, g] = ["p", "c", "g"].map(|id| history.names.runs.find(id).unwrap());
    let told = &history.openlineage.failed_in;
    assert_eq!([p, c, g].map(|run| told[run.index()]), [Some(g), Some(g), None]);
    let reasons = [p, c, g].map(|run| {
        let attempt = history.runs.attempts.row(run).first().unwrap();
        history.attempts.reason.at(attempt.index()).map(|text| history.names.texts.text(text))
    });
    assert_eq!(reasons, [None, None, Some("no-such-table")]);
    let want = history.names.wants.find("p").unwrap();
    let moment = as_of(&history, None);
    assert_eq!(moment.of(&history).want_status(want).unwrap().word(), "failed");
}

#[test]
fn datasets_that_read_alike_are_told_apart() {
    let (history, ..) = read(
        log("START 10:00:00 a t/a > x/y/z d/plain")
            .replace(
                r#"{"facets":{},"name":"y/z","namespace":"x"}"#,
                r#"{"name":"y/z","namespace":"x"},{"name":"z","namespace":"x/y"}"#,
            )
            .as_bytes(),
    );
    let told = &history.openlineage;
    let text = |id: Option<_>| id.map(|id| history.names.texts.text(id));
    let parts: Vec<_> = history
        .names
        .partitions
        .ids()
        .map(|id| (text(told.namespace[id.index()]), text(told.name[id.index()])))
        .collect();
    let expected = [("x", "y/z"), ("x/y", "z"), ("d", "plain")];
    assert_eq!(parts, expected.map(|(namespace, name)| (Some(namespace), Some(name))));
    assert!(history.names.partitions.find("d/plain").is_some());
    assert!(history.names.partitions.find("x/y/z").is_none(), "that could be either");
}

#[test]
fn a_subset_is_a_partition_of_its_own() {
    let dataset = r#"{"namespace":"s","name":"t","outputFacets":{"subset":{"outputCondition":
        {"type":"partition","partitions":[{"dimensions":{"day":"2026-11-21","hour":7}},{"identifier":"p2","dimensions":{}}]}}}}"#;
    let text = format!(
        r#"[{{"eventTime":"2026-11-21T10:00:00Z","eventType":"COMPLETE","run":{{"runId":"r"}},"job":{{"name":"j"}},"outputs":[{dataset}]}}]"#
    );
    let (history, ..) = read(text.as_bytes());
    let names: Vec<_> =
        history.names.partitions.ids().map(|id| history.names.partitions.text(id)).collect();
    assert_eq!(names, ["s/t", "s/t/day=2026-11-21/hour=7", "s/t/p2"]);
}

#[test]
fn times_are_read_as_they_are_written() {
    const DAY: u64 = 1_795_219_200_000_000_000;
    let nanos = |time: &str| {
        let text =
            format!(r#"{{"eventTime":"{time}","run":{{"runId":"r"}},"job":{{"name":"j"}}}}"#);
        read(text.as_bytes()).0.log.nanos.first()
    };
    let times = [
        ("2026-11-21T00:00:00Z", Some(DAY)),
        ("2026-11-21T00:00:00.000000001Z", Some(DAY + 1)),
        ("2026-11-21T00:00:00.5+00:00", Some(DAY + 500_000_000)),
        ("2026-11-21T01:00:00+01:00", Some(DAY)),
        ("2026-11-21T01:00:00+0100", Some(DAY)),
        ("2026-11-20T19:30:00-04:30", Some(DAY)),
        ("2026-11-21T00:00:00", Some(DAY)),
        ("2026-11-21 00:00:00.1", Some(DAY + 100_000_000)),
        ("2026-11-21T01:00+01:00[Europe/Paris]", Some(DAY)),
        ("1970-01-01T00:00:00Z", Some(0)),
        ("2024-02-29T00:00:00Z", Some(1_709_164_800_000_000_000)),
        ("2026-02-29T00:00:00Z", None),
        ("2026-13-01T00:00:00Z", None),
        ("1969-12-31T23:59:59Z", None),
        ("2026-11-21", None),
        ("2026-11-21T00:00:00.Z", None),
        ("2026-11-21T00:00:00+1:00", None),
        ("yesterday", None),
    ];
    for (time, expected) in times {
        assert_eq!(nanos(time), expected, "{time}");
    }
}

#[test]
fn marks_of_the_log_are_its_own() {
    let (history, ..) = read(log("START 10:00:00 a t/a").as_bytes());
    assert_eq!(lineage::facts::vocabulary(&history).want, "request");
    assert_eq!(
        history.log.event_id.iter().collect::<Vec<_>>(),
        [1, 2, 3],
        "events are numbered, for addresses to name them"
    );
    let (history, ..) = read(crate::fixture::ndjson("queue J1").as_bytes());
    assert_eq!(lineage::facts::vocabulary(&history).want, "want");
}

#[test]
fn both_languages_in_one_log_are_one_history() {
    let ours = crate::fixture::ndjson("want W1 data/a\nbuffer J1 //a data/a for W1\nsuccess J1 -");
    let theirs = log("START 10:00:00 r t/r < data/a > d/b\nCOMPLETE 10:00:09 r t/r");
    let mut both: Vec<&str> = ours.lines().chain(theirs.lines()).collect();
    let forward = read(both.join("\n").as_bytes());
    both.reverse();
    let backward = read(both.join("\n").as_bytes());
    assert_eq!(tell_history(&forward.0), tell_history(&backward.0));
    let said = tell_history(&forward.0);
    assert!(said.contains("d/b <- data/a (at start) all"), "{said}");
    assert_eq!(lineage::facts::vocabulary(&forward.0).want, "want");
    assert_eq!((forward.2.n_used, forward.2.n_records), (5, 5));
}
