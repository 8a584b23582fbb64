//! The tour: which step follows which, what each says in the words of a log, and where it leads.
#![allow(clippy::needless_raw_string_hashes, reason = "expectations are written so")]
use std::fmt::Write;

use expect_test::{Expect, expect};
use lineage::history::{AsOf, as_of, replay, staleness};
use lineage::route::{Page, Route};
use lineage::summary::{first_want, wants};
use lineage::tour::Step;
use lineage::words::Vocabulary;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::fixture::log;
use crate::random_logs::{any_log, beside_twin, cases};

#[test]
fn each_step_follows_the_one_before() {
    let mut walked = vec![Step::Home];
    while let Some(next) = walked.last().unwrap().next() {
        assert_eq!(next.back(), walked.last().copied());
        assert_eq!(next.index(), walked.len());
        walked.push(next);
    }
    assert_eq!(walked, Step::ALL);
    assert_eq!(Step::Home.back(), None);
}

#[test]
fn a_step_is_on_the_page_that_it_leads_to_and_on_no_other_that_another_one_leads_to() {
    let history = replay(log(REBUILT)).0;
    let moment = as_of(&history, None);
    let stale = staleness(moment.of(&history));
    let asof = AsOf { stale: Some(&stale), ..moment.of(&history) };
    for step in Step::ALL {
        for other in Step::ALL {
            let Some((_, page)) = other.stop(asof) else { continue };
            let is_everywhere = step.stop(asof).is_none();
            assert_eq!(step.is_on(&page), is_everywhere || step == other, "{step:?} {other:?}");
        }
        assert_eq!(step.is_on(&Page::Notices), step.stop(asof).is_none());
    }
}

/// Where each step leads, as of the event `at`.
fn check(picture: &str, at: Option<u64>, expected: Expect) {
    let history = replay(log(picture)).0;
    let moment = as_of(&history, at.and_then(|id| history.log.seq_of_event_id(id)));
    let stale = staleness(moment.of(&history));
    let asof = AsOf { stale: Some(&stale), ..moment.of(&history) };
    let mut told = String::new();
    for step in Step::ALL {
        let (name, page) = step.stop(asof).unzip();
        let address = page.map(|page| Route::default().refocus(page).to_string());
        let _ = writeln!(told, "{step:?}: {name:?} {address:?}");
    }
    expected.assert_eq(&told);
}

const REBUILT: &str = "
want W1 data/a by ops
buffer J1 //jobs:a data/a for W1
success J1 -
want W2 data/b by ops
buffer J2 //jobs:b data/b for W2
success J2 data/b@u2<-data/a
want W3 data/c by ops
buffer J3 //jobs:c data/c for W3
fail J3 because out of memory
want W4 data/a by ops
buffer J4 //jobs:a data/a for W4
success J4 -
";

#[test]
fn it_leads_to_what_failed_what_is_stale_and_what_made_it_so() {
    check(
        REBUILT,
        None,
        expect![[r##"
        Home: Some("the home page") Some("#/")
        Want: Some("W3") Some("#/want/W3")
        Lineage: Some("data/b") Some("#/partition/data%2Fb")
        Impact: Some("the impact of data/a") Some("#/impact/data%2Fa?uuid=3c432743-24a0-5241-b83e-844ee4f6ea8d")
        Moment: None None
        Search: None None
    "##]],
    );
}

#[test]
fn where_nothing_failed_or_is_stale_it_leads_to_the_newest() {
    check(
        REBUILT,
        Some(6),
        expect![[r##"
        Home: Some("the home page") Some("#/")
        Want: Some("W2") Some("#/want/W2")
        Lineage: Some("data/b") Some("#/partition/data%2Fb")
        Impact: Some("the impact of data/a") Some("#/impact/data%2Fa?uuid=3c432743-24a0-5241-b83e-844ee4f6ea8d")
        Moment: None None
        Search: None None
    "##]],
    );
    check(
        REBUILT,
        Some(3),
        expect![[r##"
        Home: Some("the home page") Some("#/")
        Want: Some("W1") Some("#/want/W1")
        Lineage: Some("data/a") Some("#/partition/data%2Fa")
        Impact: Some("the impact of data/a") Some("#/impact/data%2Fa?uuid=3c432743-24a0-5241-b83e-844ee4f6ea8d")
        Moment: None None
        Search: None None
    "##]],
    );
}

#[test]
fn what_is_not_there_yet_leads_nowhere() {
    check(
        "buffer J1 //jobs:a data/a",
        None,
        expect![[r##"
        Home: Some("the home page") Some("#/")
        Want: None None
        Lineage: None None
        Impact: None None
        Moment: None None
        Search: None None
    "##]],
    );
}

fn said(words: &Vocabulary) -> String {
    let step = |step: Step| format!("{}\n  {}\n", step.title(words), step.says(words));
    Step::ALL.map(step).concat()
}

#[test]
fn it_speaks_the_language_of_the_log() {
    expect![[r#"
        What failed, and the story of the log
          Wants that failed or are late come first, each with its reason. Below them is when work was done and how it ended, what takes longest and what is read most: every bar and every row leads to what it stands for.
        What was done for a want
          A request that partitions be there: by a person, a schedule, or a job run that missed its inputs. Its picture has what it asks for, the job runs that built that, and the wants that their misses caused.
        Where it came from, and what uses it
          One build of one partition by one job run. What was read is an instance, not just a name. Upstream of it is what it was built from, downstream what was built from it; +n at a card’s side shows what is beyond.
        What is stale, and what a change would touch
          Stale: still live, but something that it was built from, or that that was built from, has been built again or tainted since. Impact: everything that was built from an instance, directly or by way of others.
        As of any moment
          Everything is shown as it was right after one event. The bar below chooses which. Drag its thumb, or press t and walk with the arrows.
        Search, keys and words
          Press / and type a few letters of any name. Press ? for all keys and words, and Ctrl+K to find a command, this tour among them.
    "#]].assert_eq(&said(&Vocabulary::DATABUILD));
    expect![[r#"
        What failed, and the story of the log
          Requests that failed or are late come first, each with its reason. Below them is when work was done and how it ended, what takes longest and what is read most: every bar and every row leads to what it stands for.
        What was done for a request
          All job runs that one parent run started, told as one thing: what somebody set off. Its picture has the job runs, what they read and what they wrote.
        Where it came from, and what uses it
          One build of one partition by one job run. What was read is an instance, not just a name. Upstream of it is what it was built from, downstream what was built from it; +n at a card’s side shows what is beyond.
        What is stale, and what a change would touch
          Stale: still live, but something that it was built from, or that that was built from, has been built again or tainted since. Impact: everything that was built from an instance, directly or by way of others.
        As of any moment
          Everything is shown as it was right after one event. The bar below chooses which. Drag its thumb, or press t and walk with the arrows.
        Search, keys and words
          Press / and type a few letters of any name. Press ? for all keys and words, and Ctrl+K to find a command, this tour among them.
    "#]].assert_eq(&said(&Vocabulary::OPENLINEAGE));
}

#[test]
fn no_word_is_without_a_meaning() {
    for words in [Vocabulary::DATABUILD, Vocabulary::OPENLINEAGE, Vocabulary::MIXED] {
        for step in Step::ALL {
            let says = step.says(&words);
            assert!(!says.contains("  ") && !says.starts_with(' '), "{says}");
            assert!(says.len() < 420, "{}: {says}", says.len());
        }
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn the_first_want_is_the_first_that_home_lists(log in any_log(), at: Index) {
        beside_twin(&log, at, |asof, _, _| {
            let listed = wants(asof);
            let first = listed.attention.first().or(listed.all.first()).copied();
            prop_assert_eq!(first_want(asof), first);
            Ok(())
        })?;
    }
}
