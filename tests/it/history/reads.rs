//! Which instance was read, and how that is known.
use expect_test::expect;
use lineage::events::Id;
use lineage::history::{InstanceId, as_of, replay};

use crate::fixture::log;
use crate::history::tell::check_reads;

#[test]
fn what_was_current_at_the_first_heartbeat_was_read() {
    check_reads(
        "buffer J1 //jobs:x data/x
         success J1 -
         buffer J2 //jobs:x data/x
         buffer J3 //jobs:a data/a
         buffer J4 //jobs:b data/b
         heartbeat J3
         success J2 -
         heartbeat J4
         heartbeat J3
         success J3 data/a<-data/x
         success J4 data/b<-data/x",
        11,
        expect![[r#"
            10: data/a@J3 <- data/x@J1 AtStart
            11: data/b@J4 <- data/x@J2 AtStart
        "#]],
    );
}

#[test]
fn what_became_live_only_while_the_run_ran_was_read_at_its_end() {
    check_reads(
        "buffer J1 //jobs:x data/x
         buffer J2 //jobs:a data/a
         heartbeat J2
         success J1 -
         success J2 data/a<-data/x,data/y,data/x",
        5,
        expect![[r#"
            5: data/a@J2 <- data/x@J1 ByEnd, data/y@external External
        "#]],
    );
}

#[test]
fn a_run_that_reads_what_it_builds_reads_the_version_before() {
    check_reads(
        "buffer J1 //jobs:a data/a
         success J1 data/a<-data/a
         buffer J2 //jobs:a data/a
         success J2 data/a<-data/a",
        4,
        expect![[r#"
            2: data/a@J1 <- data/a@external External
            4: data/a@J2 <- data/a@J1 AtStart
        "#]],
    );
}

#[test]
fn an_explicit_uuid_is_exact() {
    check_reads(
        "buffer J1 //jobs:x data/x@u1
         success J1 -
         buffer J2 //jobs:x data/x
         success J2 data/x@u2<-
         buffer J3 //jobs:a data/a
         success J3 data/a<-data/x@u1,data/x@u2,data/x@u3,data/x,data/x@u3",
        6,
        expect![[r#"
            4: data/x@J2 <- nothing
            6: data/a@J3 <- data/x@J1 Exact, data/x@J2 Exact, data/x@u3 Exact
        "#]],
    );
}

#[test]
fn an_entry_that_names_nothing_impacts_all_that_the_run_builds() {
    check_reads(
        "buffer J1 //jobs:a data/a data/b
         miss J1 data/a<-data/y read <-data/x data/b,data/c<-data/z
         success J1 data/a<-data/x",
        3,
        expect![[r#"
            2: data/a@J1 data/b@J1 data/c@J1 <- data/x@external External
            2: data/b@J1 data/c@J1 <- data/z@external External
        "#]],
    );
}

#[test]
fn a_log_that_never_recorded_reads_is_inferred_from_misses() {
    let picture = "buffer J0 //jobs:y data/y
         success J0
         buffer J1 //jobs:a data/a data/b
         miss J1 data/a<-data/x,data/w data/b<-data/w read data/a,data/b<-data/y
         buffer J2 //jobs:x data/x
         success J2
         buffer J3 //jobs:a data/a
         success J3
         buffer J4 //jobs:z data/z
         success J4 -
         buffer J5 //jobs:a data/b
         success J5";
    check_reads(
        picture,
        8,
        expect![[r#"
        4: data/a@J1 data/b@J1 <- data/y@J0 AtStart
        8 inferred: data/a@J3 <- data/y@J0 AtStart
        8 inferred: data/a@J3 <- data/x@J2 AtStart
    "#]],
    );
    check_reads(
        picture,
        9,
        expect![[r#"
        4: data/a@J1 data/b@J1 <- data/y@J0 AtStart
        8 inferred: data/a@J3 <- data/y@J0 AtStart
        8 inferred: data/a@J3 <- data/x@J2 AtStart
    "#]],
    );
    check_reads(
        picture,
        12,
        expect![[r#"
        4: data/a@J1 data/b@J1 <- data/y@J0 AtStart
    "#]],
    );
}

#[test]
fn consumers_and_producers_come_from_successes_alone() {
    let (history, _) = replay(log("buffer J1 //jobs:a data/a data/b
         miss J1 data/a<-data/y read data/a<-data/m
         success J1 data/b<-data/x
         buffer J2 //jobs:a data/a
         success J2 data/a<-data/x,data/b
         buffer J3 //jobs:a data/b
         success J3 data/b<-data/x"));
    let moment = as_of(&history, None);
    let as_of = moment.of(&history);
    let text = |partition| history.names.partitions.text(partition);
    let texts = |list: Vec<_>| list.into_iter().map(text).collect::<Vec<_>>().join(" ");
    let mut told = String::new();
    for partition in history.names.partitions.ids() {
        let (from, to) = (texts(as_of.producers(partition)), texts(as_of.consumers(partition)));
        told += &[text(partition), " from [", &from, "] for [", &to, "]\n"].concat();
    }
    expect![[r#"
        data/a from [data/x data/b] for []
        data/b from [data/x] for [data/a]
        data/y from [] for []
        data/m from [] for []
        data/x from [] for [data/a data/b]
    "#]]
    .assert_eq(&told);
}

#[test]
fn an_instance_is_found_by_the_uuid_that_it_has_or_would_have() {
    let (history, _) = replay(log("buffer J1 //jobs:a data/a data/b@0b7d
         success J1 data/a<-data/x,data/x@77"));
    let instances = (0..history.instances.run.len()).filter_map(InstanceId::from_index);
    let mut told = String::new();
    for instance in instances {
        let uuid = history.uuid_of(instance);
        let partition = history.instances.partition.at(instance.index());
        assert_eq!(history.instance_by_uuid(partition, &uuid), Some(instance));
        told += &[history.names.partitions.text(partition), " ", &uuid, "\n"].concat();
    }
    expect![[r#"
        data/a 3c432743-24a0-5241-b83e-844ee4f6ea8d
        data/b 0b7d
        data/x 9ac8574d-b43c-5146-aef7-df7bc65ce5a2
        data/x 77
    "#]]
    .assert_eq(&told);
}

/// However many there are, and although none of the first run's is the newest of its partition.
#[test]
fn a_run_finds_what_it_builds() {
    for n in 1..20 {
        let names: Vec<String> = (0..n).map(|i| format!("data/{i}")).collect();
        let (list, reads) = (names.join(" "), names.join("<-data/x "));
        let (history, anomalies) = replay(log(&format!(
            "buffer J1 //jobs:a {list}
             buffer J2 //jobs:b {list}
             success J1 {reads}<-data/x
             success J2 {reads}<-data/x"
        )));
        assert!(anomalies.by_kind.is_empty(), "{n}: {anomalies:?}");
        assert_eq!(history.instances.partition.len(), 2 * n + 1, "each once, and data/x");
    }
}
