//! What differs between two instances: by hand, and against the slow twin on random logs.
#![allow(clippy::needless_raw_string_hashes, reason = "expectations are written so")]
use expect_test::{Expect, expect};
use lineage::events::Id;
use lineage::facts::{Row, Value, diff_facts};
use lineage::graph::{Diff, Pair, diff, diff_pair};
use lineage::history::{AsOf, History, InstanceId, as_of, replay};
use lineage::route::Route;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestCaseError;

use crate::fixture::log;
use crate::oracle::diff::{Inputs, inputs, origins};
use crate::oracle::history::{Key, TestLog};
use crate::random_logs::{any_log, beside_twin, cases};
use crate::stale::{all_instances, name_of};

/// Customers are rebuilt from nothing new, orders from the new customers, and the report from the new
/// orders, another rate and no more regions.
const SHOP: &str = "
want W1 data/report by ops
buffer C1 //jobs:c data/customers
heartbeat C1
success C1 -
buffer O1 //jobs:o data/orders
success O1 data/orders<-data/customers,data/currency
buffer R1 //jobs:r data/report for W1
heartbeat R1
success R1 data/report<-data/orders,data/calendar,data/regions
buffer C2 //jobs:c data/customers
success C2 -
buffer O2 //jobs:o data/orders
success O2 data/orders<-data/customers,data/currency
want W2 data/report by ops
buffer R2 //jobs:r data/report for W2
miss R2 data/report<-data/rates
buffer X //jobs:x data/rates
success X -
buffer R3 //jobs:r data/report for W2
heartbeat R3
success R3 data/report<-data/orders,data/calendar,data/rates
";

fn check(picture: &str, address: &str, expected: Expect) {
    let history = replay(log(picture)).0;
    let route = Route::parse(address).0;
    let at = route.at.and_then(|id| history.log.seq_of_event_id(id));
    let moment = as_of(&history, at);
    let asof = moment.of(&history);
    let Some(Pair { before, after }) = diff_pair(asof, &route.page) else {
        return expected.assert_eq("nothing to compare");
    };
    expected.assert_eq(&told(asof, &diff(asof, before, after)).join("\n"));
}

/// The pairs, then the rows of the page.
fn told(asof: AsOf<'_>, diff: &Diff) -> Vec<String> {
    let name = |it: InstanceId| name_of(asof.history, it);
    let mut lines = Vec::new();
    for (row, pair) in diff.pairs.iter().enumerate() {
        let origin = diff.origins.iter().find(|(origin, _)| *origin == row as u32);
        let origin = origin.map_or(String::new(), |(_, reason)| format!(": {reason:?}"));
        let path = diff.path(row as u32).len() - 1;
        assert_eq!(path, diff.hop[row] as usize);
        lines.push(format!(
            "{} {} -> {}{origin}",
            diff.hop[row],
            name(pair.before),
            name(pair.after)
        ));
    }
    let facts = diff_facts(asof, diff, 10);
    lines.push(format!("{}. {} unchanged.", facts.said, facts.n_unchanged));
    for section in &facts.inputs {
        lines.push(section.title.clone());
        lines.extend(section.rows.iter().map(row_words));
    }
    for side in &facts.sides {
        lines.push(side.title.to_owned());
        lines.extend(side.rows.iter().map(row_words));
        for section in &side.sections {
            lines.push(format!("  {}", section.title));
            lines.extend(section.rows.iter().map(|row| format!("  {}", row_words(row))));
        }
    }
    for origin in &facts.origins {
        let path = origin.path.iter().map(|row| row.label.as_str()).collect::<Vec<_>>();
        lines.push(format!("origin {}: {}", path.join(" "), origin.why));
    }
    lines
}

fn row_words(row: &Row) -> String {
    let value = match &row.value {
        Value::None => String::new(),
        Value::Text(text) | Value::Link(text, _) => text.clone(),
        Value::Id(id) => format!("{} characters", id.chars().count()),
        Value::Count(n) => n.to_string(),
        Value::Time(_) => "then".to_owned(),
        Value::Duration(nanos) => format!("{} s", nanos / 1_000_000_000),
    };
    format!("  {}{} {} {value}", row.lead, row.label, row.note)
}

#[test]
fn the_difference_is_followed_up_to_where_it_began() {
    check(
        SHOP,
        "#/diff/data%2Freport",
        expect![[r#"
            0 data/report@R1 -> data/report@R3
            1 data/orders@O1 -> data/orders@O2
            2 data/customers@C1 -> data/customers@C2: Rebuilt
            It began 2 reads upstream with data/customers, which was built again without a changed input. 1 unchanged.
            Rebuilt · 1
              data/orders  19 characters
            Added · 1
              data/rates  8 characters
            Gone · 1
              data/regions  8 characters
            Before
              Built by  R1
              Job  //jobs:r
              Attempts  1
              Queued  1 s
              Running  1 s
              Live since  then
              Built for · 1
                W1  successful
              Satisfied · 2
                W1  successful
                W2  successful
            After
              Built by  R3
              Job  //jobs:r
              Attempts  2
              Queued  2 s
              Running  1 s
              Live since  then
              Attempts · 2
                R2  dep miss
                R3  succeeded
              Built for · 1
                W2  successful
            origin orders customers: was built again without a changed input"#]],
    );
}

#[test]
fn without_an_earlier_version_there_is_nothing_to_compare() {
    check(SHOP, "#/diff/data%2Frates", expect!["nothing to compare"]);
    check(SHOP, "#/diff/data%2Fnone", expect!["nothing to compare"]);
    check(SHOP, "#/diff/data%2Freport?a=none", expect!["nothing to compare"]);
    check(SHOP, "#/diff/data%2Freport?at=9", expect!["nothing to compare"]);
}

#[test]
fn what_was_read_before_it_was_first_built_was_there_before() {
    let picture = "
    buffer A1 //jobs:a data/a
    success A1 data/a<-data/x
    buffer X //jobs:x data/x
    success X -
    buffer A2 //jobs:a data/a
    success A2 data/a<-data/x
    ";
    check(
        picture,
        "#/diff/data%2Fa",
        expect![[r#"
            0 data/a@A1 -> data/a@A2
            1 data/x@external -> data/x@X: BeforeLog
            It began 1 read upstream with data/x, which was there before this log; from what is not told. 0 unchanged.
            Rebuilt · 1
              data/x  19 characters
            Before
              Built by  A1
              Job  //jobs:a
              Attempts  1
              Queued  1 s
              Running  0 s
              Live since  then
            After
              Built by  A2
              Job  //jobs:a
              Attempts  1
              Queued  1 s
              Running  0 s
              Live since  then
            origin x: was there before this log; from what is not told"#]],
    );
    check(
        picture,
        "#/diff/data%2Fx",
        expect![[r#"
            0 data/x@external -> data/x@X: BeforeLog
            One of them was there before this log; from what is not told. 0 unchanged.
            Before
              Built by  not told by this log
            After
              Built by  X
              Job  //jobs:x
              Attempts  1
              Queued  1 s
              Running  0 s
              Live since  then
            origin x: was there before this log; from what is not told"#]],
    );
}

#[test]
fn a_partition_that_reads_itself_differs_by_all_it_ever_was() {
    let picture = "
    buffer S1 //jobs:s data/sum
    success S1 data/sum<-data/sum
    buffer S2 //jobs:s data/sum
    success S2 data/sum<-data/sum
    buffer S3 //jobs:s data/sum
    success S3 data/sum<-data/sum
    ";
    check(
        picture,
        "#/diff/data%2Fsum",
        expect![[r#"
            0 data/sum@S2 -> data/sum@S3
            1 data/sum@S1 -> data/sum@S2
            2 data/sum@external -> data/sum@S1: BeforeLog
            It began 2 reads upstream with data/sum, which was there before this log; from what is not told. 0 unchanged.
            Rebuilt · 1
              data/sum  19 characters
            Before
              Built by  S2
              Job  //jobs:s
              Attempts  1
              Queued  1 s
              Running  0 s
              Live since  then
            After
              Built by  S3
              Job  //jobs:s
              Attempts  1
              Queued  1 s
              Running  0 s
              Live since  then
            origin sum sum: was there before this log; from what is not told"#]],
    );
}

proptest! {
    #![proptest_config(cases(1500))]

    #[test]
    fn the_difference_is_what_the_twin_finds(
        log in any_log(),
        at in any::<Index>(),
        choice in any::<(Index, Index)>(),
    ) {
        compare(&log, at, choice)?;
    }
}

fn compare(log: &TestLog, at: Index, choice: (Index, Index)) -> Result<(), TestCaseError> {
    beside_twin(log, at, |asof, twin, _| {
        let history = asof.history;
        let begun = |it: &InstanceId| asof.had(history.instances.created.at(it.index()));
        let all: Vec<InstanceId> = all_instances(history).filter(begun).collect();
        if all.is_empty() {
            return Ok(());
        }
        let after = all[choice.0.index(all.len())];
        let partition = |it: InstanceId| history.instances.partition.at(it.index());
        let alike: Vec<_> =
            all.into_iter().filter(|&it| partition(it) == partition(after)).collect();
        let before = alike[choice.1.index(alike.len())];

        let found = diff(asof, before, after);
        let (old, new) = (key_of(history, before), key_of(history, after));
        let name = |it: InstanceId| name_of(history, it);
        let names = |list: &[InstanceId]| list.iter().map(|&it| name(it)).collect::<Vec<_>>();
        let expected = inputs(twin, &old, &new);
        let Inputs { added, gone, rebuilt, n_unchanged } = expected;
        let texts = |keys: Vec<Key>| keys.iter().map(Key::to_string).collect::<Vec<_>>();
        prop_assert_eq!(texts(added), names(&found.inputs.added));
        prop_assert_eq!(texts(gone), names(&found.inputs.gone));
        let pairs = rebuilt.iter().map(|(old, new)| format!("{old} {new}")).collect::<Vec<_>>();
        let pair = |pair: &Pair| format!("{} {}", name(pair.before), name(pair.after));
        prop_assert_eq!(pairs, found.inputs.rebuilt.iter().map(pair).collect::<Vec<_>>());
        prop_assert_eq!(n_unchanged, found.inputs.n_unchanged);

        let mut got: Vec<_> = found
            .origins
            .iter()
            .map(|&(row, reason)| {
                let hop = found.hop[row as usize] as usize;
                (pair(&found.pairs[row as usize]), hop, format!("{reason:?}"))
            })
            .collect();
        prop_assert!(got.is_sorted_by_key(|(_, hop, _)| *hop));
        let least = got.first().map(|(_, hop, _)| *hop);
        prop_assert_eq!(found.nearest().len(), got.iter().filter(|it| Some(it.1) == least).count());
        got.sort();
        let expected: Vec<_> = origins(twin, &old, &new)
            .into_iter()
            .map(|(pair, hop, why)| (pair, hop, why.to_owned()))
            .collect();
        prop_assert_eq!(expected, got);
        prop_assert_eq!(found.n_left, 0);
        for row in 0..found.pairs.len() as u32 {
            let path = found.path(row);
            prop_assert_eq!(path.len(), found.hop[row as usize] as usize + 1);
            prop_assert_eq!(
                (path.first(), path.last()),
                (found.pairs.first(), found.pairs.get(row as usize))
            );
            for (up, down) in path.iter().skip(1).zip(&path) {
                let (old, new) = (key_of(history, down.before), key_of(history, down.after));
                let next = (key_of(history, up.before), key_of(history, up.after));
                prop_assert!(inputs(twin, &old, &new).rebuilt.contains(&next));
            }
        }
        let facts = diff_facts(asof, &found, 3);
        prop_assert_eq!(facts.origins.len() + facts.n_more, found.origins.len());
        Ok(())
    })
}

/// The instance, as the twin names it.
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
