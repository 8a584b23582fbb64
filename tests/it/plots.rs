//! The runs of a job over time, and the partitions of a dataset by day: by hand, and against counting
//! on random logs.
#![allow(clippy::needless_raw_string_hashes, reason = "expectations are written so")]
use std::fmt::Write;

use expect_test::{Expect, expect};
use lineage::history::{AsOf, as_of, replay};
use lineage::summary::{dataset_grid, datasets, job_runs};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestCaseError;

use crate::fixture::log;
use crate::oracle::history::TestLog;
use crate::random_logs::{any_log, beside_twin, cases};

const NANOS: u64 = 1_000_000_000;

fn at_moment(picture: &str, at: Option<u64>, tell: impl Fn(AsOf<'_>) -> String, expected: Expect) {
    let history = replay(log(picture)).0;
    let moment = as_of(&history, at.and_then(|id| history.log.seq_of_event_id(id)));
    expected.assert_eq(&tell(moment.of(&history)));
}

fn told_job(asof: AsOf<'_>, label: &str) -> String {
    let mut text = String::new();
    let found = job_runs(asof, asof.history.names.labels.find(label).unwrap());
    let base = found.runs.first().map_or(0, |run| run.start_nanos);
    for it in &found.runs {
        let (start, took) = ((it.start_nanos - base) / NANOS, it.nanos / NANOS);
        let (name, status) = (asof.history.names.runs.text(it.run), it.status.word());
        let running = it.running_nanos / NANOS;
        let _ = writeln!(
            text,
            "{name} +{start} {took} s, ran {running} s, {status}, {} attempts",
            it.n_attempts
        );
    }
    let secs =
        |nanos: Option<u64>| nanos.map_or("-".to_owned(), |nanos| (nanos / NANOS).to_string());
    let rate = found.success_rate().map_or("-".to_owned(), |rate| format!("{rate:.2}"));
    let (retries, missed) = (found.n_retries, found.n_after_miss);
    let (median, p95) = (secs(found.median_nanos), secs(found.p95_nanos));
    let _ = write!(
        text,
        "{rate} succeed, {retries} retries, {missed} after a miss, {median} s, {p95} s"
    );
    text
}

#[test]
fn a_job_by_its_runs() {
    let picture = "
    @1732283100 buffer A //a data/a
    @1732283101 heartbeat A
    @1732283110 success A -
    @1732283120 buffer B //a data/b
    @1732283130 fail B
    @1732283140 heartbeat B
    @1732283150 fail B
    @1732283160 buffer C //a data/b
    @1732283180 success C -
    @1732283200 buffer D //a data/d
    @1732283201 miss D data/d<-data/x
    @1732283210 buffer E //a data/d
    @1732283211 heartbeat E
    @1732283215 buffer X //other data/x
    ";
    at_moment(
        picture,
        None,
        |asof| told_job(asof, "//a"),
        expect![[r#"
            A +0 10 s, ran 9 s, succeeded, 1 attempts
            B +20 30 s, ran 10 s, failed, 2 attempts
            C +60 20 s, ran 0 s, succeeded, 1 attempts
            D +100 1 s, ran 0 s, dep-miss, 1 attempts
            E +110 5 s, ran 4 s, running, 1 attempts
            0.67 succeed, 2 retries, 1 after a miss, 10 s, 20 s"#]],
    );
    at_moment(
        picture,
        Some(1),
        |asof| told_job(asof, "//a"),
        expect![[r#"
        A +0 0 s, ran 0 s, queued, 1 attempts
        - succeed, 0 retries, 0 after a miss, - s, - s"#]],
    );
}

fn told_dataset(asof: AsOf<'_>, pattern: &str) -> String {
    let found = dataset_grid(asof, pattern);
    let mut text = String::new();
    let names: Vec<String> = found
        .cells
        .iter()
        .map(|cell| {
            let rebuilding = if cell.is_rebuilding { " rebuilding" } else { "" };
            let name = asof.history.names.partitions.text(cell.partition);
            format!("{name} {}{rebuilding} {}", cell.status.word(), cell.n_versions)
        })
        .collect();
    if found.days.is_empty() {
        let _ = writeln!(text, "{}", names.join("\n"));
    }
    for day in &found.days {
        let cells = &names[day.cells.start as usize..day.cells.end as usize];
        let _ = writeln!(text, "day {} ({}): {}", day.day, day.weekday(), cells.join(", "));
    }
    let _ = write!(text, "{} days missing, {:?}", found.n_missing_days(), found.by_status);
    text
}

#[test]
fn a_dataset_is_a_calendar_or_a_list() {
    let picture = "
    buffer A //a data/a/date=2026-11-23 data/a/date=2026-11-20
    success A -
    buffer B //a data/a/date=2026-11-22 data/a/date=2026-11-20
    fail B
    want W data/a/date=2026-12-01 by ops
    buffer C //c data/h/date=2026-11-21T01/region=emea data/h/date=2026-11-21T02/region=apac
    buffer D //d data/d/20261121 data/d/20261122
    buffer E //e data/e/part-1 data/e/part-22 data/e/part-3
    buffer F //f data/f/date=2026-02-30 data/f/date=2026-02-28
    buffer G //a data/a/date=2026-11-23
    ";
    let check = |pattern: &'static str, expected: Expect| {
        at_moment(picture, None, |asof| told_dataset(asof, pattern), expected);
    };
    check(
        "data/a/date=*",
        expect![[r#"
        day 20777 (4): data/a/date=2026-11-20 live 1
        day 20779 (6): data/a/date=2026-11-22 failed 0
        day 20780 (0): data/a/date=2026-11-23 live rebuilding 1
        day 20788 (1): data/a/date=2026-12-01 wanted 0
        8 days missing, [(Live, 2), (Failed, 1), (Wanted, 1)]"#]],
    );
    check(
        "data/h/date=*/region=*",
        expect![[r#"
        day 20778 (5): data/h/date=2026-11-21T01/region=emea building 0, data/h/date=2026-11-21T02/region=apac building 0
        0 days missing, [(Building, 2)]"#]],
    );
    check(
        "data/d/*",
        expect![[r#"
        day 20778 (5): data/d/20261121 building 0
        day 20779 (6): data/d/20261122 building 0
        0 days missing, [(Building, 2)]"#]],
    );
    check(
        "data/e/part-*",
        expect![[r#"
        data/e/part-1 building 0
        data/e/part-22 building 0
        data/e/part-3 building 0
        0 days missing, [(Building, 3)]"#]],
    );
    check(
        "data/f/date=*",
        expect![[r#"
        data/f/date=2026-02-28 building 0
        data/f/date=2026-02-30 building 0
        0 days missing, [(Building, 2)]"#]],
    );
    check(
        "data/none",
        expect![[r#"

        0 days missing, []"#]],
    );
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn jobs_and_datasets_are_what_one_counts(
        log in any_log(),
        at in any::<Index>(),
    ) {
        compare(&log, at)?;
    }
}

fn compare(log: &TestLog, at: Index) -> Result<(), TestCaseError> {
    beside_twin(log, at, |asof, twin, at| {
        let history = asof.history;
        for label in history.names.labels.ids() {
            let found = job_runs(asof, label);
            let mut n_before = [0, 0];
            for it in &found.runs {
                let run = history.names.runs.text(it.run);
                let attempts = twin.attempts_of(run);
                prop_assert_eq!(attempts.len(), it.n_attempts as usize);
                let end = attempts[attempts.len() - 1].end.map_or(at, |(end, _)| end);
                prop_assert_eq!((end - attempts[0].start) as u64, it.nanos / NANOS);
                prop_assert_eq!(twin.run_status(run), Some(it.status.word()));
                let mut before: Vec<&str> =
                    attempts.iter().rev().skip(1).map(|it| it.status()).collect();
                let links = twin.links(at);
                let earlier = links.iter().filter(|(later, _)| later == run).map(|(_, run)| run);
                let newest = earlier.max_by_key(|run| twin.buffered(run));
                before.extend(newest.and_then(|run| twin.run_status(run)));
                n_before[0] +=
                    before.iter().filter(|it| matches!(**it, "failed" | "canceled")).count();
                n_before[1] += before.iter().filter(|it| **it == "dep-miss").count();
            }
            prop_assert_eq!(n_before, [found.n_retries as usize, found.n_after_miss as usize]);
            let good: Vec<u64> = found
                .runs
                .iter()
                .filter(|it| it.status.word() == "succeeded")
                .map(|it| it.nanos)
                .collect();
            let least = |percent: usize| {
                let enough = |nanos: &&u64| {
                    good.iter().filter(|it| it <= nanos).count() * 100 >= percent * good.len()
                };
                good.iter().filter(enough).min().copied()
            };
            prop_assert_eq!((least(50), least(95)), (found.median_nanos, found.p95_nanos));
        }
        for dataset in datasets(asof) {
            let found = dataset_grid(asof, &dataset.pattern);
            prop_assert_eq!(&found.by_status, &dataset.by_status);
            prop_assert_eq!(found.cells.len() as u64, dataset.n_partitions);
        }
        Ok(())
    })
}
