//! What uses something: by hand, and against the slow twin on random logs at random moments.
#![allow(clippy::needless_raw_string_hashes, reason = "expectations are written so")]
use expect_test::{Expect, expect};
use lineage::events::{Id, Seq};
use lineage::facts::{ImpactColumn, Value, impact_table};
use lineage::history::dataset_pattern;
use lineage::history::{
    AsOf, History, Impact, InstanceId, Standing, as_of, impact, replay, staleness,
};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestCaseError;

use crate::fixture::{decode, log};
use crate::oracle::history::{Key, TestLog, Twin};
use crate::random_logs::{any_log, cases};
use crate::stale::{all_instances, name_of};

const SHOP: &str = "
want W1 data/report/day=1 by ops
buffer J1 //jobs:c data/customers
success J1 -
buffer J2 //jobs:o data/orders/day=1 data/orders/day=2
success J2 data/orders/day=1,data/orders/day=2<-data/customers
buffer J3 //jobs:r data/report/day=1 for W1
success J3 data/report/day=1<-data/orders/day=1,data/rates
want W2 data/report/day=1 by ops
buffer J4 //jobs:o data/orders/day=1
success J4 data/orders/day=1<-data/customers
taint T1 data/orders/day=2 by ops
buffer J5 //jobs:s data/summary
miss J5 data/summary<-data/missing read data/summary<-data/report/day=1
queue J5
";

fn impact_of(asof: AsOf<'_>, refs: &[&str]) -> Impact {
    let partitions = refs.iter().filter_map(|name| asof.history.names.partitions.find(name));
    let roots: Vec<_> = partitions.filter_map(|it| asof.impact_root(it)).collect();
    impact(asof, &roots)
}

fn check(refs: &[&str], at: Option<u64>, expected: Expect) {
    let history = replay(log(SHOP)).0;
    let moment = as_of(&history, at.and_then(|id| history.log.seq_of_event_id(id)));
    let asof = moment.of(&history);
    let found = impact_of(asof, refs);
    let name = |it: InstanceId| name_of(&history, it);
    let mut lines = Vec::new();
    for (row, &instance) in found.instances.iter().enumerate() {
        let (hop, via) = (found.hop[row], name(found.via[row]));
        lines.push(format!("{hop} {} via {via}: {:?}", name(instance), found.standing[row]));
    }
    lines.extend(found.by_hop.iter().map(|split| format!("{split:?}")));
    lines.extend(found.satisfied.iter().map(|it| {
        let verdict = asof.verdict(it.want, it.k).map(|verdict| verdict.words(&history));
        format!("{}: {}", history.names.wants.text(it.want), verdict.unwrap_or_default())
    }));
    lines.extend(
        found
            .reading
            .iter()
            .map(|it| format!("{} has read {}", history.names.runs.text(it.run), name(it.read))),
    );
    let stale = staleness(asof);
    let newly: Vec<_> =
        found.newly_stale(&stale).map(|row| name(found.instances[row as usize])).collect();
    lines.push(format!("newly stale: {}", newly.join(" ")));
    expected.assert_eq(&lines.join("\n"));
}

#[test]
fn the_impact_is_everything_built_from_it_by_hop() {
    check(
        &["data/customers"],
        None,
        expect![[r#"
        1 data/orders/day=1@J2 via data/customers@J1: Superseded
        1 data/orders/day=2@J2 via data/customers@J1: Tainted
        1 data/orders/day=1@J4 via data/customers@J1: Current
        2 data/report/day=1@J3 via data/orders/day=1@J2: Current
        Split { current: 1, superseded: 1, tainted: 1 }
        Split { current: 1, superseded: 0, tainted: 0 }
        W1: built by J3
        W2: already existed
        J5 has read data/report/day=1@J3
        newly stale: data/orders/day=1@J2 data/orders/day=2@J2 data/orders/day=1@J4"#]],
    );
    check(
        &["data/customers"],
        Some(6),
        expect![[r#"
        1 data/orders/day=1@J2 via data/customers@J1: Current
        1 data/orders/day=2@J2 via data/customers@J1: Current
        Split { current: 2, superseded: 0, tainted: 0 }
        newly stale: data/orders/day=1@J2 data/orders/day=2@J2"#]],
    );
}

#[test]
fn the_impact_of_what_was_before_the_log_and_of_several() {
    check(
        &["data/rates"],
        None,
        expect![[r#"
        1 data/report/day=1@J3 via data/rates@external: Current
        Split { current: 1, superseded: 0, tainted: 0 }
        W1: built by J3
        W2: already existed
        J5 has read data/report/day=1@J3
        newly stale: "#]],
    );
    check(
        &["data/customers", "data/orders/day=2", "data/rates"],
        None,
        expect![[r#"
        1 data/orders/day=1@J2 via data/customers@J1: Superseded
        1 data/orders/day=1@J4 via data/customers@J1: Current
        1 data/report/day=1@J3 via data/rates@external: Current
        Split { current: 2, superseded: 1, tainted: 0 }
        W1: built by J3
        W2: already existed
        J5 has read data/report/day=1@J3
        newly stale: data/orders/day=1@J2 data/orders/day=1@J4"#]],
    );
    check(&["data/summary"], None, expect!["newly stale: "]);
}

/// The rows of the table of the impact of `data/customers`.
fn rows(text: &str, column: ImpactColumn, is_descending: bool) -> String {
    let history = replay(log(SHOP)).0;
    let moment = as_of(&history, None);
    let asof = moment.of(&history);
    let found = impact_of(asof, &["data/customers"]);
    let table = impact_table(asof, &found);
    let rows = table.rows((asof, &found), text, column, is_descending);
    let rows = rows.into_iter().filter_map(|row| table.row(asof, &found, row));
    let lines = rows.map(|it| {
        let built = matches!(it.row.value, Value::Time(_));
        let (name, via) = (format!("{} {}", it.row.label, it.row.note), it.via.label);
        let (standing, dataset, job) = (it.standing, it.dataset, it.job);
        format!("{name} {} {} {standing:?} {dataset} {job} {via} {built}", it.hop, it.short.len())
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_table_is_sorted_and_searched() {
    expect![[r#"
        orders day=1 1 8 Superseded data/orders/day=* //jobs:o customers true
        orders day=2 1 8 Tainted data/orders/day=* //jobs:o customers true
        orders day=1 1 8 Current data/orders/day=* //jobs:o customers true
        report day=1 2 8 Current data/report/day=* //jobs:r orders true"#]]
    .assert_eq(&rows("", ImpactColumn::Hop, false));
    expect![[r#"
        report day=1 2 8 Current data/report/day=* //jobs:r orders true
        orders day=2 1 8 Tainted data/orders/day=* //jobs:o customers true
        orders day=1 1 8 Superseded data/orders/day=* //jobs:o customers true
        orders day=1 1 8 Current data/orders/day=* //jobs:o customers true"#]]
    .assert_eq(&rows("", ImpactColumn::Name, true));
    expect![[r#"
        orders day=1 1 8 Current data/orders/day=* //jobs:o customers true
        orders day=1 1 8 Superseded data/orders/day=* //jobs:o customers true
        orders day=2 1 8 Tainted data/orders/day=* //jobs:o customers true"#]]
    .assert_eq(&rows("ORDERS", ImpactColumn::Standing, false));
    expect!["report day=1 2 8 Current data/report/day=* //jobs:r orders true"].assert_eq(&rows(
        "jobs:r",
        ImpactColumn::Built,
        false,
    ));
    for column in ImpactColumn::ALL {
        for is_descending in [false, true] {
            assert_eq!(rows("", column, is_descending).lines().count(), 4, "{}", column.heading());
        }
    }
}

#[test]
fn the_table_counts_by_dataset() {
    let history = replay(log(SHOP)).0;
    let moment = as_of(&history, None);
    let asof = moment.of(&history);
    let table = impact_table(asof, &impact_of(asof, &["data/customers"]));
    let lines = table.datasets.iter().map(|it| format!("{} {:?}", it.pattern, it.split));
    expect![[r#"
        data/orders/day=* Split { current: 1, superseded: 1, tainted: 1 }
        data/report/day=* Split { current: 1, superseded: 0, tainted: 0 }"#]]
    .assert_eq(&lines.collect::<Vec<_>>().join("\n"));
}

#[test]
fn the_datasets_of_the_table_are_those_of_the_refs() {
    use std::fmt::Write;
    let refs = [
        "a/1b22/k=3",
        "a/1b22/k=*",
        "a/*b*/k=",
        "a/12",
        "a/*",
        "a/**",
        "a/",
        "a",
        "a//",
        "1",
        "k=1=2",
        "k=*=*",
        "k=",
        "=",
        "=1",
        "a/b=c/d",
        "a/b=/d1",
        "é1/k=ü",
        "é/1",
        "a/12/",
        "a/1b22/k",
        "12=3",
    ];
    let mut picture = "buffer J1 //jobs:x data/x\nsuccess J1 -\n".to_owned();
    // One job builds everything, twice over, so that each is tried after every other before it.
    for (run, name) in refs.iter().chain(refs.iter().rev()).enumerate() {
        let _ = writeln!(picture, "buffer R{run} //jobs:y {name}");
        let _ = writeln!(picture, "success R{run} {name}<-data/x");
    }
    let history = replay(log(&picture)).0;
    let moment = as_of(&history, None);
    let asof = moment.of(&history);
    let found = impact_of(asof, &["data/x"]);
    let table = impact_table(asof, &found);
    assert_eq!(found.instances.len(), 2 * refs.len());
    for (row, &instance) in (0..).zip(&found.instances) {
        let partition = history.instances.partition.at(instance.index());
        let pattern = dataset_pattern(history.names.partitions.text(partition));
        assert_eq!(table.row(asof, &found, row).unwrap().dataset, pattern);
    }
    let patterns: Vec<_> = table.datasets.iter().map(|it| &it.pattern).collect();
    let distinct: std::collections::BTreeSet<_> = patterns.iter().collect();
    assert_eq!(patterns.len(), distinct.len());
}

#[test]
fn a_row_is_found_by_the_beginning_of_its_uuid() {
    let history = replay(log(SHOP)).0;
    let moment = as_of(&history, None);
    let asof = moment.of(&history);
    let found = impact_of(asof, &["data/customers"]);
    let table = impact_table(asof, &found);
    let rows = |text: &str| table.rows((asof, &found), text, ImpactColumn::Hop, false);
    let id = history.uuid_of(found.instances[2]);
    assert_eq!(rows(&id), [2]);
    assert_eq!(rows(&id[..8].to_uppercase()), [2]);
    assert_eq!(rows(&format!("{id}0")), Vec::<u32>::new());
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn the_impact_is_what_the_twin_finds(
        log in any_log(),
        at in any::<Index>(),
        roots in prop::collection::vec(any::<Index>(), 0..4),
    ) {
        compare(&log, at, &roots)?;
    }
}

/// Of the current ones: by hop and by dataset, against counting one by one.
fn counts_what_is_stale(asof: AsOf<'_>, found: &Impact) -> Result<(), TestCaseError> {
    let stale = staleness(asof);
    let table = impact_table(AsOf { stale: Some(&stale), ..asof }, found);
    let is_counted = |row: &usize| {
        found.standing[*row] == Standing::Current && stale.is_stale(found.instances[*row])
    };
    let rows: Vec<usize> = (0..found.instances.len()).filter(is_counted).collect();
    for (hop, &n_stale) in (1..).zip(&table.stale_by_hop) {
        prop_assert_eq!(rows.iter().filter(|&&row| found.hop[row] == hop).count() as u64, n_stale);
    }
    prop_assert_eq!(table.stale_by_hop.len(), found.by_hop.len());
    for dataset in &table.datasets {
        let is_of_it = |row: &&usize| {
            let partition = asof.history.instances.partition.at(found.instances[**row].index());
            dataset_pattern(asof.history.names.partitions.text(partition)) == dataset.pattern
        };
        prop_assert_eq!(rows.iter().filter(is_of_it).count() as u64, dataset.n_stale);
    }
    Ok(())
}

fn compare(log: &TestLog, at: Index, roots: &[Index]) -> Result<(), TestCaseError> {
    if log.0.is_empty() {
        return Ok(());
    }
    let (events, _) = decode(log.lines().join("\n").as_bytes());
    let history = replay(events).0;
    let at = at.index(log.0.len());
    let moment = as_of(&history, Seq::from_index(at));
    let asof = moment.of(&history);
    let all: Vec<_> = all_instances(&history).collect();
    let roots = roots.iter().filter(|_| !all.is_empty()).map(|root| all[root.index(all.len())]);
    let roots: Vec<_> = roots.collect();
    let found = impact(asof, &roots);
    let twin = Twin::of(&log.0[..=at]);
    let keys: Vec<_> = found.roots.iter().map(|&root| key_of(&history, root)).collect();
    let expected = twin.impact(&keys);

    let mut lines: Vec<_> = expected.iter().map(|(key, hop)| format!("{key} {hop}")).collect();
    let rows = found.instances.iter().zip(&found.hop);
    let mut got: Vec<_> =
        rows.map(|(&it, hop)| format!("{} {hop}", name_of(&history, it))).collect();
    lines.sort();
    got.sort();
    prop_assert_eq!(&lines, &got);
    counts_what_is_stale(asof, &found)?;

    let reached: Vec<Key> = expected.into_iter().map(|(key, _)| key).collect();
    let mut satisfied = twin.satisfied_by(&reached);
    let mut got: Vec<_> = found
        .satisfied
        .iter()
        .map(|it| {
            let partition = history.wants.requested.row(it.want).get(it.k).unwrap();
            let (wants, partitions) = (&history.names.wants, &history.names.partitions);
            (wants.text(it.want).to_owned(), partitions.text(partition).to_owned())
        })
        .collect();
    satisfied.sort();
    got.sort();
    prop_assert_eq!(satisfied, got);

    let read: Vec<Key> = keys.into_iter().chain(reached).collect();
    let mut got: Vec<_> =
        found.reading.iter().map(|it| history.names.runs.text(it.run).to_owned()).collect();
    got.sort();
    prop_assert_eq!(twin.reading(&read), got);
    columns_hold(asof, &found)
}

/// Each is reached through something one hop nearer, stands as counted, and would be stale by a
/// taint on the roots.
fn columns_hold(asof: AsOf<'_>, found: &Impact) -> Result<(), TestCaseError> {
    let hop_of = |via: InstanceId| match found.instances.iter().position(|&it| it == via) {
        Some(row) => found.hop[row],
        None => 0,
    };
    for (row, &instance) in found.instances.iter().enumerate() {
        let via = found.via[row];
        let mut sets = asof.read_by(via);
        prop_assert!(sets.any(|set| asof.history.reads.impacted.row(set).contains(instance)));
        prop_assert_eq!(hop_of(via) + 1, found.hop[row]);
        prop_assert!(hop_of(via) > 0 || found.roots.contains(&via));
        prop_assert_eq!(asof.standing(instance), Some(found.standing[row]));
    }
    prop_assert!(found.hop.is_sorted());
    prop_assert_eq!(found.total().n() as usize, found.instances.len());
    for (hop, split) in (1..).zip(&found.by_hop) {
        let n = found.hop.iter().filter(|&&at| at == hop).count();
        prop_assert_eq!(split.n() as usize, n);
    }
    let tainted = found.roots.iter().all(|&root| asof.tainted(root));
    if tainted {
        prop_assert_eq!(found.newly_stale(&staleness(asof)).count(), 0);
    }
    Ok(())
}

fn key_of(history: &History, instance: InstanceId) -> Key {
    let (instances, at) = (&history.instances, instance.index());
    let partition = history.names.partitions.text(instances.partition.at(at)).to_owned();
    match (instances.run.at(at), instances.uuid.get(at).flatten()) {
        (Some(run), _) => Key::Built { run: history.names.runs.text(run).to_owned(), partition },
        (None, Some(uuid)) => {
            Key::Foreign { partition, uuid: history.names.texts.text(uuid).to_owned() }
        }
        (None, None) => Key::External { partition },
    }
}
