//! What is stale, and why: by hand, and against the slow twin on random logs at random moments.
#![allow(clippy::needless_raw_string_hashes, reason = "expectations are written so")]
use expect_test::{Expect, expect};
use lineage::events::{Id, Seq};
use lineage::graph::{Key as NodeKey, build, resolve};
use lineage::history::{
    AsOf, History, InstanceId, Moment, Staleness, Why, as_of, replay, staleness,
};
use lineage::route::Route;
use lineage::scene::{Card, Status, cards};
use lineage::summary::{because, stale, stale_causes, text_of};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestCaseError;

use crate::fixture::{decode, log};
use crate::oracle::history::{self as twin, TestLog, Twin};
use crate::random_logs::{any_log, anything, cases, plausible};

/// `partition@run`, as the twin writes it.
pub fn name_of(history: &History, instance: InstanceId) -> String {
    let instances = &history.instances;
    let partition = instances.partition.at(instance.index());
    let partition = history.names.partitions.text(partition);
    match (instances.run.at(instance.index()), instances.uuid.get(instance.index()).flatten()) {
        (Some(run), _) => format!("{partition}@{}", history.names.runs.text(run)),
        (None, Some(uuid)) => format!("{partition}@{}", history.names.texts.text(uuid)),
        (None, None) => format!("{partition}@external"),
    }
}

/// Every instance of a history.
pub fn all_instances(history: &History) -> impl Iterator<Item = InstanceId> {
    (0..history.instances.partition.len()).filter_map(InstanceId::from_index)
}

/// Every stale instance, the way to its root cause, and why that is one.
fn told(asof: AsOf<'_>, stale: &Staleness) -> Vec<String> {
    let mut lines = Vec::new();
    for instance in all_instances(asof.history).filter(|&it| stale.is_stale(it)) {
        let path = stale.path(asof, instance);
        let names: Vec<_> = path.iter().map(|&it| name_of(asof.history, it)).collect();
        let why = path.last().and_then(|&cause| asof.why(cause));
        lines.push(format!("{}: {}", names.join(" <- "), why_words(asof, why)));
    }
    lines
}

fn why_words(asof: AsOf<'_>, why: Option<Why>) -> String {
    match why {
        Some(Why::Tainted(taint, since)) => {
            format!("tainted by {} at {}", asof.history.names.taints.text(taint), since.index() + 1)
        }
        Some(Why::Superseded(by, since)) => {
            format!("superseded by {} at {}", name_of(asof.history, by), since.index() + 1)
        }
        None => "no cause".to_owned(),
    }
}

fn check(picture: &str, at: Option<u64>, expected: Expect) {
    let history = replay(log(picture)).0;
    let moment = as_of(&history, at.and_then(|id| history.log.seq_of_event_id(id)));
    let asof = moment.of(&history);
    expected.assert_eq(&told(asof, &staleness(asof)).join("\n"));
}

const CUSTOMERS: &str = "
buffer J1 //jobs:c data/customers
success J1 -
buffer J2 //jobs:o data/orders
success J2 data/orders<-data/customers
buffer J3 //jobs:r data/report
success J3 data/report<-data/orders
buffer J4 //jobs:c data/customers
success J4 -
buffer J5 //jobs:o data/orders
success J5 data/orders<-data/customers
";

#[test]
fn what_was_built_from_something_superseded_is_stale_however_far() {
    check(CUSTOMERS, Some(7), expect![""]);
    check(
        CUSTOMERS,
        Some(8),
        expect![[r#"
            data/orders@J2 <- data/customers@J1: superseded by data/customers@J4 at 8
            data/report@J3 <- data/orders@J2 <- data/customers@J1: superseded by data/customers@J4 at 8"#]],
    );
    // The rebuilt orders are fresh; the report reads the old ones, which is nearer.
    check(
        CUSTOMERS,
        None,
        expect![[r#"
            data/orders@J2 <- data/customers@J1: superseded by data/customers@J4 at 8
            data/report@J3 <- data/orders@J2: superseded by data/orders@J5 at 10"#]],
    );
}

#[test]
fn a_taint_makes_stale_until_it_is_lifted() {
    let picture = "
    buffer J1 //jobs:c data/customers
    success J1 -
    buffer J2 //jobs:o data/orders
    success J2 data/orders<-data/customers
    taint T1 data/customers by ops
    taint T2 data/customers by ops
    cancel taint T1
    cancel taint T2
    ";
    check(picture, Some(5), expect!["data/orders@J2 <- data/customers@J1: tainted by T1 at 5"]);
    check(picture, Some(7), expect!["data/orders@J2 <- data/customers@J1: tainted by T2 at 6"]);
    check(picture, Some(8), expect![""]);
}

const RUNNING_TOTAL: &str = "
buffer J1 //jobs:x data/x
success J1 -
buffer J2 //jobs:sum data/sum
success J2 data/sum<-data/x
buffer J3 //jobs:sum data/sum
success J3 data/sum<-data/sum
buffer J4 //jobs:sum data/sum
success J4 data/sum<-data/sum
buffer J5 //jobs:r data/report
success J5 data/report<-data/sum
buffer J6 //jobs:x data/x
success J6 -
taint T1 data/sum by ops
buffer J7 //jobs:sum data/sum
success J7 data/sum<-data/sum
";

#[test]
fn reading_its_own_earlier_instance_makes_nobody_stale() {
    check(RUNNING_TOTAL, Some(10), expect![""]);
}

#[test]
fn what_lies_upstream_of_its_own_earlier_instance_makes_stale() {
    check(
        RUNNING_TOTAL,
        Some(12),
        expect![[r#"
        data/sum@J2 <- data/x@J1: superseded by data/x@J6 at 12
        data/sum@J3 <- data/sum@J2 <- data/x@J1: superseded by data/x@J6 at 12
        data/sum@J4 <- data/sum@J3 <- data/sum@J2 <- data/x@J1: superseded by data/x@J6 at 12
        data/report@J5 <- data/sum@J4 <- data/sum@J3 <- data/sum@J2 <- data/x@J1: superseded by data/x@J6 at 12"#]],
    );
}

#[test]
fn a_taint_on_its_own_earlier_instance_makes_stale() {
    check(
        RUNNING_TOTAL,
        None,
        expect![[r#"
        data/sum@J2 <- data/x@J1: superseded by data/x@J6 at 12
        data/sum@J3 <- data/sum@J2 <- data/x@J1: superseded by data/x@J6 at 12
        data/sum@J4 <- data/sum@J3 <- data/sum@J2 <- data/x@J1: superseded by data/x@J6 at 12
        data/report@J5 <- data/sum@J4: tainted by T1 at 13
        data/sum@J7 <- data/sum@J4: tainted by T1 at 13"#]],
    );
}

#[test]
fn one_set_of_reads_may_be_its_own_for_one_and_not_for_another() {
    let picture = "
    buffer J1 //jobs:a data/a data/b
    success J1 -
    buffer J2 //jobs:a data/a data/b
    success J2 data/a,data/b<-data/a,data/b
    ";
    check(
        picture,
        None,
        expect![[r#"
        data/a@J2 <- data/b@J1: superseded by data/b@J2 at 4
        data/b@J2 <- data/a@J1: superseded by data/a@J2 at 4"#]],
    );
}

#[test]
fn of_equally_near_causes_the_first_event_counts() {
    let picture = "
    buffer J1 //jobs:a data/a data/b
    success J1 -
    buffer J2 //jobs:c data/c
    success J2 data/c<-data/a,data/b
    buffer J3 //jobs:b data/b
    success J3 -
    buffer J4 //jobs:a data/a
    success J4 -
    ";
    check(picture, None, expect!["data/c@J2 <- data/b@J1: superseded by data/b@J3 at 6"]);
}

#[test]
fn what_was_there_before_the_log_is_superseded_by_its_first_build() {
    let picture = "
    buffer J1 //jobs:o data/orders
    success J1 data/orders<-data/customers
    buffer J2 //jobs:c data/customers
    success J2 -
    ";
    check(picture, Some(3), expect![""]);
    check(
        picture,
        None,
        expect!["data/orders@J1 <- data/customers@external: superseded by data/customers@J2 at 4"],
    );
}

#[test]
fn current_ones_are_grouped_by_cause_with_words() {
    let picture = format!("{CUSTOMERS}taint T1 data/customers by ops because wrong currency\n");
    let history = replay(log(&picture)).0;
    let told = |at| {
        let moment = as_of(&history, at);
        let asof = moment.of(&history);
        let groups = stale(asof, &staleness(asof)).into_iter().map(|group| {
            let members: Vec<_> = group.members.iter().map(|&it| name_of(&history, it)).collect();
            let when = |seq: Seq| format!("event {}", seq.index() + 1);
            let words = text_of(asof, &because(asof, group.cause), when);
            format!("{}: {words}", members.join(", "))
        });
        groups.collect::<Vec<_>>().join("\n")
    };
    expect!["data/orders@J2, data/report@J3: stale because data/customers was rebuilt as f1345bf7 at event 8"].assert_eq(&told(Seq::from_index(7)));
    expect![[r#"
        data/report@J3: stale because data/orders was rebuilt as 3c9e0f45 at event 10
        data/orders@J5: stale because data/customers f1345bf7 was tainted by ops at event 11: wrong currency"#]].assert_eq(&told(None));
}

/// The cards of an address, with what is stale.
fn cards_of(picture: &str, address: &str) -> Vec<Card> {
    let history = replay(log(picture)).0;
    let moment = as_of(&history, None);
    let asof = moment.of(&history);
    let ask = resolve(asof, &Route::parse(address).0).unwrap();
    cards(asof, &build(asof, &ask), &ask, Some(&staleness(asof)))
}

#[test]
fn a_card_says_that_it_is_stale() {
    let cards = cards_of(CUSTOMERS, "#/partition/data%2Freport?up=all");
    let said = cards.iter().filter(|card| matches!(card.key, NodeKey::Instance(_))).map(|card| {
        let Card { name, status, badge, n_stale, .. } = card;
        format!("{name} {} {} {badge} {n_stale}", status.tone.glyph(), status.word)
    });
    expect![[r#"
        report ↻ live stale 1
        orders ↻ live superseded 1
        customers ✓ live superseded 0"#]]
    .assert_eq(&said.collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_group_is_never_good_over_a_stale_member() {
    use std::fmt::Write;
    let mut picture = "buffer J1 //jobs:a data/a data/b\nsuccess J1 -\n".to_owned();
    for part in 1..=8 {
        let read = if part == 5 { "data/a,data/b" } else { "data/a" };
        let _ = writeln!(picture, "buffer R{part} //jobs:p data/p/part={part}");
        let _ = writeln!(picture, "success R{part} data/p/part={part}<-{read}");
    }
    let focus = "#/partition/data%2Fa";
    let group = |picture: &str| cards_of(picture, focus).into_iter().find(|it| !it.bar.is_empty());
    let fresh = group(&picture).unwrap();
    assert_eq!((fresh.status.word, fresh.n_stale), ("live", 0));
    picture.push_str("buffer J2 //jobs:b data/b\nsuccess J2 -\n");
    let stale = group(&picture).unwrap();
    assert_eq!((stale.status, stale.n_stale), (Status::STALE, 1));
    let counts: Vec<_> = stale.bar.iter().map(|(status, n)| (status.word, *n)).collect();
    assert_eq!(counts, [("stale", 1), ("live", 7)]);
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn stale_is_what_the_twin_finds(
        log in any_log(),
        at in any::<Index>(),
    ) {
        compare(&log, at)?;
    }
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn what_lasts_is_what_would_be_found_anew(
        log in prop_oneof![3 => plausible(), 1 => anything()],
        from in any::<Index>(),
    ) {
        if log.0.is_empty() {
            return Ok(());
        }
        let history = replay(decode(log.lines().join("\n").as_bytes()).0).0;
        let moments: Vec<_> =
            (0..log.0.len()).map(|at| as_of(&history, Seq::from_index(at))).collect();
        let from = from.get(&moments).of(&history);
        let found = staleness(from);
        for moment in &moments {
            let asof = moment.of(&history);
            if !found.lasts(from, asof) {
                continue;
            }
            let anew = staleness(asof);
            for instance in all_instances(&history) {
                let both = [&found, &anew].map(|it| (it.cause(instance), it.hops(instance)));
                prop_assert_eq!(both[0], both[1], "{:?} to {:?}", from.moment.at, moment.at);
            }
        }
    }
}

#[test]
fn a_step_over_an_event_that_makes_nothing_stale_asks_for_no_walk() {
    let history = replay(log(CUSTOMERS)).0;
    let moments: Vec<_> = history.log.seqs().map(|at| as_of(&history, Some(at))).collect();
    let lasting = |step: &[Moment]| {
        let [from, to] = [step[0].of(&history), step[1].of(&history)];
        let [there, back] = [staleness(from).lasts(from, to), staleness(to).lasts(to, from)];
        assert_eq!(there, back);
        u8::from(there).to_string()
    };
    let steps: String = moments.windows(2).map(lasting).collect();
    // A walk at the first success, with which reads begin to be recorded; and at both rebuilds.
    expect!["011111010"].assert_eq(&steps);
}

/// Holds the fast code against the twin after the last event and one before.
fn compare(log: &TestLog, at: Index) -> Result<(), TestCaseError> {
    if log.0.is_empty() {
        return Ok(());
    }
    let (events, _) = decode(log.lines().join("\n").as_bytes());
    let history = replay(events).0;
    for at in [at.index(log.0.len()), log.0.len() - 1] {
        let moment = as_of(&history, Seq::from_index(at));
        let asof = moment.of(&history);
        let found = staleness(asof);
        let twin = Twin::of(&log.0[..=at]);
        let mut expected: Vec<_> =
            twin.live().iter().map(|it| twin_line(&twin, &it.key())).collect();
        let live = all_instances(&history).filter(|&it| asof.standing(it).is_some());
        let mut lines: Vec<_> = live.map(|it| line(asof, &found, it)).collect();
        expected.sort();
        lines.sort();
        prop_assert_eq!(expected, lines, "as of event {}", at + 1);
        paths_hold(asof, &found)?;
        let reads = &history.reads;
        let most = 2 * reads.read.values().len() + reads.impacted.values().len();
        grouped_as_counted(asof, &found)?;
        prop_assert!(found.n_steps() <= most, "{} steps", found.n_steps());
    }
    Ok(())
}

/// What is current and stale, by cause, against looking for each cause at all that is current.
fn grouped_as_counted(asof: AsOf<'_>, found: &Staleness) -> Result<(), TestCaseError> {
    let history = asof.history;
    let current = || history.names.partitions.ids().filter_map(|it| asof.current(it));
    let mut expected = Vec::new();
    for cause in all_instances(history) {
        let mut members: Vec<_> = current().filter(|&it| found.cause(it) == Some(cause)).collect();
        members.sort_by_key(|&it| (found.hops(it), it));
        if let Some(why) = asof.why(cause).filter(|_| !members.is_empty()) {
            expected.push((cause, why, members));
        }
    }
    expected.sort_by_key(|(cause, why, members)| {
        (std::cmp::Reverse(members.len()), why.since(), *cause)
    });
    let groups = stale(asof, found).into_iter().map(|it| (it.cause, it.why, it.members));
    prop_assert_eq!(groups.collect::<Vec<_>>(), expected.clone());
    let counted = stale_causes(asof, found).into_iter().map(|it| (it.cause, it.why, it.n));
    let n_of = |(cause, why, members): (_, _, Vec<_>)| (cause, why, members.len());
    prop_assert_eq!(
        counted.collect::<Vec<_>>(),
        expected.into_iter().map(n_of).collect::<Vec<_>>()
    );
    Ok(())
}

fn twin_line(twin: &Twin<'_>, key: &twin::Key) -> String {
    let Some((cause, hops)) = twin.stale(key) else { return format!("{key} fresh") };
    let why = match twin.why(&cause) {
        Some(twin::Why::Tainted { by, since }) => format!("tainted by {by} at {}", since + 1),
        Some(twin::Why::Superseded { by, since }) => {
            format!("superseded by {by} at {}", since + 1)
        }
        None => "no cause".to_owned(),
    };
    format!("{key} stale by {cause} over {hops}: {why}")
}

fn line(asof: AsOf<'_>, stale: &Staleness, instance: InstanceId) -> String {
    let (name, hops) = (name_of(asof.history, instance), stale.hops(instance));
    let Some(cause) = stale.cause(instance) else { return format!("{name} fresh") };
    let why = why_words(asof, asof.why(cause));
    format!("{name} stale by {} over {hops}: {why}", name_of(asof.history, cause))
}

/// Each step of a path is a read of the one before, and the last is the cause.
fn paths_hold(asof: AsOf<'_>, stale: &Staleness) -> Result<(), TestCaseError> {
    for instance in all_instances(asof.history) {
        let path = stale.path(asof, instance);
        let n = if stale.is_stale(instance) { stale.hops(instance) as usize + 1 } else { 0 };
        prop_assert_eq!(path.len(), n);
        prop_assert_eq!(path.last().copied(), stale.cause(instance));
        for step in path.windows(2) {
            let mut read = asof.built_from(step[0]).flat_map(|set| asof.read_items(set));
            prop_assert!(read.any(|(read, _)| read == step[1]));
        }
    }
    Ok(())
}
