//! Contradictions are counted, with their events, and never change what went before.
use std::fmt::Write;

use expect_test::{Expect, expect};
use lineage::events::Id;
use lineage::history::{Anomaly, replay};

use crate::fixture::log;

fn check(picture: &str, expected: Expect) {
    let (_, anomalies) = replay(log(picture));
    let mut told = String::new();
    for (kind, n, first) in &anomalies.by_kind {
        let events: Vec<_> = first.iter().map(|seq| (seq.index() + 1).to_string()).collect();
        let _ = writeln!(told, "{kind:?} {n}: {}", events.join(" "));
    }
    expected.assert_eq(&told);
}

#[test]
fn runs_that_end_twice_or_go_on() {
    check(
        "buffer J1 //jobs:a data/a
         success J1 -
         success J1 data/c<-data/x
         fail J1
         heartbeat J1
         buffer J1 //jobs:b data/b
         buffer J2 //jobs:a data/a
         fail J2
         fail J2
         cancel run J2
         queue J2
         success J2 -",
        expect![[r#"
            SecondEnd 2: 4 10
            RepeatedEnd 2: 3 9
            EventAfterEnd 2: 5 6
        "#]],
    );
}

#[test]
fn runs_buffered_twice_or_never() {
    check(
        "buffer J1 //jobs:a data/a
         buffer J1 //jobs:b data/b
         fail J1
         buffer J1 //jobs:a data/a
         heartbeat J2
         want W1 data/a by run J3",
        expect![[r#"
            NeverBuffered 1: 5
            BufferedTwice 1: 2
            LabelChanged 1: 2
        "#]],
    );
}

#[test]
fn builds_unannounced_or_named_in_two_ways() {
    check(
        "buffer J1 //jobs:a data/a@u1
         miss J1 data/a@u2<-data/x read data/b,data/b<-data/y
         buffer J2 //jobs:a data/a@u1
         buffer J3 //jobs:a data/a@u1
         success J2 data/a@u1<-data/z data/c<-",
        expect![[r#"
            BuiltUnannounced 2: 2 5
            UuidChanged 1: 2
            UuidReused 2: 3 4
        "#]],
    );
}

#[test]
fn a_uuid_that_is_given_twice_means_the_first_and_the_others_have_their_own() {
    let (history, _) = replay(log("buffer J1 //jobs:a data/a
         buffer J2 //jobs:a data/a@u1
         buffer J3 //jobs:a data/a@u1
         heartbeat J1
         success J1 data/a@u1<-"));
    let partition = history.names.partitions.find("data/a").unwrap();
    let builds = history.partitions.instances.row(partition).to_vec();
    let uuids: Vec<String> = builds.iter().map(|&it| history.uuid_of(it)).collect();
    assert_eq!(uuids[0], "u1", "it began before the others, though it was named after them");
    for (build, uuid) in builds.iter().zip(&uuids) {
        assert_eq!(history.instance_by_uuid(partition, uuid), Some(*build), "{uuid}");
    }
}

#[test]
fn taints_on_nothing() {
    check(
        "taint T1 data/a data/b@u1
         taint T1 data/a
         cancel taint T2
         cancel taint T1
         cancel taint T1",
        expect![[r#"
            TaintedNothing 2: 1 1
            CreatedTwice 1: 2
            CanceledUnknown 1: 3
            CanceledTwice 1: 5
        "#]],
    );
}

#[test]
fn wants_created_and_canceled_again() {
    check(
        "cancel want W1
         want W1 data/a by ops
         want W1 data/a by ops
         want W1 data/b by ops
         cancel want W1
         cancel want W1
         buffer J1 //jobs:a data/a for W2",
        expect![[r#"
            CreatedTwice 1: 4
            CanceledUnknown 1: 1
            CanceledTwice 1: 6
            NeverCreated 1: 7
        "#]],
    );
}

#[test]
fn only_the_first_hundred_are_kept() {
    let picture = "cancel taint T1\n".repeat(150);
    let (_, anomalies) = replay(log(&picture));
    assert_eq!(anomalies.count(Anomaly::CanceledUnknown), 150);
    assert_eq!(anomalies.total(), 150);
    assert_eq!(anomalies.by_kind[0].2.len(), 100);
}

#[test]
fn a_short_log_cannot_imply_an_endless_history() {
    let builds: Vec<_> = (0..3000).map(|n| format!("data/{n}")).collect();
    let entries = "<-data/x ".repeat(3000);
    let picture = format!("buffer J1 //jobs:a {}\nsuccess J1 {entries}", builds.join(" "));
    let (history, anomalies) = replay(log(&picture));
    assert!(anomalies.count(Anomaly::OutOfProportion) > 0);
    assert_eq!(history.reads.seq.len(), 3000);
    assert!(history.reads.impacted.values().len() < 5_000_000);
}

#[test]
fn misses_far_back_cannot_imply_an_endless_history() {
    let misses =
        (0..2000).map(|n| format!("buffer J //jobs:a data/{n}\nmiss J data/{n}<-data/x\n"));
    let builds = (0..2000).map(|n| format!("buffer K{n} //jobs:a data/{n}\nsuccess K{n}\n"));
    let picture: String = misses.chain(builds).collect();
    let (_, anomalies) = replay(log(&picture));
    assert!(anomalies.count(Anomaly::OutOfProportion) > 0);
}

#[test]
fn every_kind_has_a_sentence() {
    for kind in Anomaly::ALL {
        assert!(kind.sentence().ends_with('.'), "{kind:?}");
    }
}
