//! What is said of changes, and when it is due: by hand in a small language, and against a twin that keeps all
//! that was ever asked for.
use std::fmt::Write;

use lineage::words::{Speech, Topic, as_one};
use proptest::prelude::*;

const TOPICS: [(&str, Topic); 6] = [
    ("log", Topic::Log),
    ("trouble", Topic::Trouble),
    ("page", Topic::Page),
    ("moment", Topic::Moment),
    ("amount", Topic::Amount),
    ("done", Topic::Done),
];

/// `topic words` asks, `topic` alone takes back, `rest` lets a while pass after the last, `early` one after the
/// last but one. What was said, one a line.
fn said(script: &str) -> String {
    let (mut speech, mut numbers, mut said) = (Speech::default(), vec![0], String::new());
    for line in script.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (word, words) = line.split_once(' ').unwrap_or((line, ""));
        let back = match word {
            "rest" => 1,
            "early" => 2,
            _ => 0,
        };
        if back > 0 {
            let due = speech.rested(numbers[numbers.len() - back]).unwrap_or_default();
            let due: Vec<String> = due.into_iter().map(str::to_owned).collect();
            if !due.is_empty() {
                // Writing to a string cannot fail.
                let _ = writeln!(said, "{}", as_one(due));
            }
            continue;
        }
        let topic = TOPICS.into_iter().find(|(name, _)| *name == word).unwrap().1;
        if words.is_empty() {
            speech.forget(topic);
        } else {
            numbers.push(speech.ask(topic, words));
        }
    }
    said
}

#[test]
fn of_a_burst_the_last_is_said_once() {
    let burst = "moment As of 1\nmoment As of 2\nearly\nmoment As of 3\nearly\nrest\nrest";
    assert_eq!(said(burst), "As of 3\n");
}

#[test]
fn what_rests_together_is_said_together_in_one_order() {
    let both = "
        done Copied
        amount 3 results
        page data/alpha
        log gamma.ndjson: loaded, 57 events
        trouble A part of the address cannot be read.
        rest";
    let all = "gamma.ndjson: loaded, 57 events. A part of the address cannot be read. data/alpha. \
               3 results. Copied\n";
    assert_eq!(said(both), all);
}

#[test]
fn the_same_words_are_said_again_when_they_are_asked_for_again() {
    assert_eq!(said("done Copied\nrest\ndone Copied\nrest"), "Copied\nCopied\n");
    assert_eq!(said("done Copied\ndone Copied\nrest"), "Copied\n");
}

#[test]
fn what_is_not_true_any_more_is_not_said() {
    assert_eq!(said("amount 3 results\namount\nrest"), "");
    assert_eq!(said("amount 3 results\nmoment As of 1\namount\nrest"), "As of 1\n");
}

#[test]
fn words_are_sentences() {
    let one = |said: &[&str]| as_one(said.iter().map(|&it| it.to_owned()));
    assert_eq!(one(&[]), "");
    assert_eq!(one(&["", "a", ""]), "a");
    assert_eq!(one(&["Putting it together…", "b.", "c?", "d"]), "Putting it together… b. c? d");
}

proptest! {
    /// A step asks for a topic, takes one back, or lets a while pass after the n-th thing that was asked for.
    #[test]
    fn what_is_due_follows_from_all_that_was_asked_for(
        steps in prop::collection::vec((0_u8..10, 0_usize..6, any::<prop::sample::Index>()), 0..60),
    ) {
        let mut speech = Speech::default();
        let (mut asked, mut numbers): (Vec<Option<(Topic, usize)>>, Vec<u32>) = (Vec::new(), Vec::new());
        for (at, (what, topic, which)) in steps.into_iter().enumerate() {
            let topic = TOPICS[topic].1;
            match what {
                0..6 => {
                    numbers.push(speech.ask(topic, at));
                    asked.push(Some((topic, at)));
                }
                6 => {
                    speech.forget(topic);
                    for it in &mut asked {
                        *it = it.filter(|(other, _)| *other != topic);
                    }
                }
                _ if numbers.is_empty() => {}
                _ => {
                    // Mostly the last.
                    let nth = if what == 7 { which.index(numbers.len()) } else { numbers.len() - 1 };
                    let mut due = Vec::new();
                    if nth + 1 == asked.len() {
                        for (_, topic) in TOPICS {
                            let mut of_topic = asked.iter().flatten().filter(|(it, _)| *it == topic);
                            due.extend(of_topic.next_back().map(|(_, at)| *at));
                        }
                        asked.fill(None);
                    }
                    prop_assert_eq!(speech.rested(numbers[nth]).unwrap_or_default(), due);
                }
            }
        }
    }
}
