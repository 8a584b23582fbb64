//! The story on the home page: by hand, and against counting on random logs, in steps of any size.
#![allow(clippy::needless_raw_string_hashes, reason = "expectations are written so")]
use std::fmt::Write;

use expect_test::expect;
use lineage::events::Id;
use lineage::history::{AsOf, End, as_of, replay};
use lineage::summary::{Bar, Story, Telling, Troubles, bar_words, density, story_marks};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestCaseError;

use crate::fixture::log;
use crate::oracle::history::{TestLog, Twin};
use crate::oracle::story as twin;
use crate::random_logs::{any_log, beside_twin, cases};

const NANOS: u64 = 1_000_000_000;
const MOST: usize = 8;

/// Wants in trouble.
pub fn troubles(asof: AsOf<'_>) -> Troubles {
    story(asof, usize::MAX).troubles
}

fn story(asof: AsOf<'_>, effort: usize) -> Story {
    let mut telling = Telling::new(asof, &density(&asof.history.log));
    while telling.step(asof, effort) {}
    telling.told()
}

const LOG: &str = "
want W1 data/a data 1732283350 ttl 99 sla 4 by ops
buffer J1 //jobs:a data/a for W1
fail J1 because out of memory
buffer J2 //jobs:a data/a for W1
success J2 -
buffer J3 //jobs:b data/b
heartbeat J3
success J3 data/b<-data/a
buffer J4 //jobs:b data/c
success J4 data/c<-data/a
";

#[test]
fn a_bar_says_what_ended_and_leads_to_its_end() {
    let history = replay(log(LOG)).0;
    let moment = as_of(&history, None);
    let told = story(moment.of(&history), 1);
    let ended = told.bars.iter().filter(|bar| bar.ends.iter().any(|&n| n > 0));
    let when = |bar: &Bar| format!("event {}", bar.last.map_or(0, |seq| seq.index() + 1));
    let said: Vec<_> = ended.map(|bar| format!("{}: {}", when(bar), bar_words(bar))).collect();
    expect![[r#"
        event 3: 1 failed
        event 5: 1 succeeded
        event 8: 1 succeeded
        event 10: 1 succeeded"#]]
    .assert_eq(&said.join("\n"));
    let address = |bar: &Bar| format!("#/?{}", when(bar));
    let marks = story_marks(&told, &when, &address);
    assert_eq!(marks.children.len(), said.len());
    for (mark, said) in marks.children.iter().zip(&said) {
        assert_eq!(&mark.children[0].text, said);
        assert!(mark.attributes.contains(&("tabindex", "-1".to_owned())));
    }
}

#[test]
fn of_many_the_first_are_listed_and_all_are_counted() {
    let mut text = String::new();
    for at in 0..30 {
        let _ = writeln!(text, "buffer J{at} //jobs:{at} data/{at}\nsuccess J{at} -");
    }
    let history = replay(log(&text)).0;
    let moment = as_of(&history, None);
    let told = story(moment.of(&history), 3);
    assert_eq!((told.slow.rows.len(), told.slow.n_all), (MOST, 30));
    assert_eq!((told.read.n_all, told.retried.n_all), (0, 0));
}

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn the_story_is_what_one_counts(
        log in any_log(),
        at in any::<Index>(),
        effort in 1_usize..9,
    ) {
        compare(&log, at, effort)?;
    }
}

/// The first few, largest first; equals as the log mentions them.
fn top<T: Ord + Copy>(mut all: Vec<(T, usize)>) -> Vec<(T, usize)> {
    all.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    all.truncate(MOST);
    all
}

fn compare(log: &TestLog, at: Index, effort: usize) -> Result<(), TestCaseError> {
    beside_twin(log, at, |asof, twin, at| {
        let history = asof.history;
        let found = story(asof, effort);
        prop_assert_eq!(&found, &story(asof, usize::MAX));
        prop_assert_eq!(End::ALL.map(|end| found.n_ended(end)), twin::ends(twin));
        for bar in &found.bars {
            let is_later = bar.last.is_some_and(|last| last.index() > at);
            let lasts = found
                .bars
                .iter()
                .map(|it| it.last)
                .filter(|last| last.is_some_and(|it| it.index() >= at));
            prop_assert!(!is_later || bar.last == lasts.min().flatten() || bar.ends == [0; 4]);
        }
        let jobs = twin::jobs(twin, &Twin::of(&log.0), at);
        let id = |label: &str| history.names.labels.find(label).unwrap().index();
        let times = |job: &twin::Job| Some((job.least(95)?, job.least(50)?));
        let slow: Vec<_> =
            jobs.iter().filter_map(|(label, job)| Some((times(job)?, id(label)))).collect();
        prop_assert_eq!(found.slow.n_all, slow.len() as u64);
        let seconds = |nanos: u64| (nanos / NANOS) as usize;
        let told = found.slow.rows.iter();
        let told =
            told.map(|it| ((seconds(it.p95_nanos), seconds(it.median_nanos)), it.label.index()));
        prop_assert_eq!(told.collect::<Vec<_>>(), top(slow));
        let again = jobs.iter().filter(|(_, job)| job.n_retries > 0);
        let again: Vec<_> = again.map(|(label, job)| ((job.n_retries, 0), id(label))).collect();
        prop_assert_eq!(found.retried.n_all, again.len() as u64);
        let told = found.retried.rows.iter().map(|it| ((it.n_retries, 0), it.label.index()));
        prop_assert_eq!(told.collect::<Vec<_>>(), top(again));
        let names = &history.names.partitions;
        let readers = names.ids().map(|it| (twin::n_readers(twin, names.text(it)), it.index()));
        let readers: Vec<_> = readers.filter(|(n, _)| *n > 0).collect();
        prop_assert_eq!(found.read.n_all, readers.len() as u64);
        let told = found.read.rows.iter().map(|it| (it.n_runs, it.partition.index()));
        prop_assert_eq!(told.collect::<Vec<_>>(), top(readers));
        Ok(())
    })
}
