//! What the pages of a log in OpenLineage say, as plain data.
use std::fmt::Write;

use expect_test::{Expect, expect};
use lineage::facts::{
    Facts, Row, Section, Value, facet_source, facets, facts, other_runs, run_sections,
    source_events, united,
};
use lineage::graph::{Graph, Key};
use lineage::history::{AsOf, as_of};

use super::samples::{AIRFLOW, MARQUEZ};
use super::{log, read};

fn ask<T>(text: &str, question: impl FnOnce(AsOf<'_>) -> T) -> T {
    let (history, ..) = read(text.as_bytes());
    let moment = as_of(&history, None);
    question(moment.of(&history))
}

fn tell_row(told: &mut String, row: &Row) {
    let value = match &row.value {
        Value::Text(text) | Value::Id(text) | Value::Link(text, _) => text.clone(),
        Value::Count(n) => n.to_string(),
        Value::Time(_) => "(time)".to_owned(),
        Value::Duration(_) => "(duration)".to_owned(),
        Value::None => String::new(),
    };
    let note = if row.note.is_empty() { String::new() } else { format!(" ({})", row.note) };
    let whole = if row.whole.is_empty() { String::new() } else { format!(" [{}]", row.whole) };
    let line = format!("  {}{}{note}{whole}: {value}", row.lead, row.label);
    let _ = writeln!(told, "{}", line.trim_end());
}

fn tell_sections(told: &mut String, sections: &[Section]) {
    for section in sections {
        let _ = writeln!(told, "{}", section.title);
        section.rows.iter().for_each(|row| tell_row(told, row));
    }
}

fn tell_facts(facts: &Facts) -> String {
    let mut told = format!("{}: {}{} {}\n", facts.kind, facts.lead, facts.name, facts.which);
    facts.rows.iter().for_each(|row| tell_row(&mut told, row));
    tell_sections(&mut told, &facts.sections);
    told
}

fn check_panel(text: &str, key: impl FnOnce(AsOf<'_>) -> Key, expected: Expect) {
    let told = ask(text, |asof| tell_facts(&facts(asof, &Graph::default(), key(asof), usize::MAX)));
    expected.assert_eq(&told);
}

/// A child writes, its parent tells of the write again; another part of the parent fails.
const FAMILY: &str = "
    START    10:00:00 d0 team/dag
    START    10:00:01 a0 team/dag.make < in/raw > out/made of d0/team/dag
    COMPLETE 10:00:02 a0 team/dag.make of d0/team/dag
    START    10:00:03 b0 team/dag.check of d0/team/dag
    FAIL     10:00:04 b0 team/dag.check of d0/team/dag
    FAIL     10:00:05 d0 team/dag > out/made
";

#[test]
fn a_request_is_named_by_the_job_at_its_root_and_counts_no_misses() {
    check_panel(
        &log(FAMILY),
        |asof| Key::Want(asof.history.names.wants.find("d0").unwrap()),
        expect![[r#"
            Request: team/dag d0
              Root run: team/dag
              Began: (time)
              Done: (time)
            Final outputs · 1
              out/made: built by a0
            Work done
              Job runs: 3
              Attempts: 3
              Datasets built: 1
              Failures: 2
            Critical path · 1
              team/dag.make (succeeded) [team/dag.make a0]: (duration)
              in runs: 1 s of 2 s
            Runs of it · 3
              team/dag (failed) [team/dag d0]: (duration)
              team/dag.make (succeeded) [team/dag.make a0]: (duration)
              team/dag.check (failed) [team/dag.check b0]: (duration)
        "#]],
    );
}

#[test]
fn a_run_tells_its_parts_and_where_it_failed() {
    let told = ask(&log(FAMILY), |asof| {
        let run = asof.history.names.runs.find("d0").unwrap();
        let mut told = String::new();
        tell_sections(&mut told, &run_sections(asof, run, usize::MAX));
        tell_sections(&mut told, other_runs(asof, run, usize::MAX).as_slice());
        told
    });
    expect![[r#"
        Read · 0
        Was to write · 0
        Failed in · 1
          team/dag.check (failed) [team/dag.check b0]: (duration)
        Also reported, written by its parts · 1
          out/made: by team/dag.make
        Parts · 1
          team/dag.make (succeeded) [team/dag.make a0]: (duration)
        Other runs · 1
          team/dag.check (failed) [team/dag.check b0]: (duration)
    "#]]
    .assert_eq(&told);
}

#[test]
fn a_part_tells_its_parent_and_who_told_of_its_write_too() {
    check_panel(
        &log(FAMILY),
        |asof| Key::Run(asof.history.names.runs.find("a0").unwrap()),
        expect![[r#"
            Job run: team/dag.make a0
              First event: (time)
              Started: (time)
              Ended: (time)
              Part of: team/dag
              Waited: (duration)
              Ran: (duration)
            For requests · 1
              team/dag (d0) [team/dag d0]: successful
            Read · 1
              in/raw: external · as all inputs
            Wrote · 1
              out/made: live, also reported by team/dag
        "#]],
    );
}

#[test]
fn a_version_tells_both_parts_of_its_name() {
    check_panel(
        &log(FAMILY),
        |asof| {
            let run = asof.history.names.runs.find("a0").unwrap();
            Key::Instance(asof.history.runs.writes.row(run).first().unwrap())
        },
        expect![[r#"
            Dataset version: out/made 
              Instance: 004cc46d-61ae-5ef3-b50c-991beaf4ebbc
              Built by: a0
              Job: team/dag.make
              Live since: (time)
              Also reported by: team/dag
              Namespace: out
              Name: made
            Versions · 1
              004cc46d (current, shown): (time)
            For requests · 1
              team/dag (d0) [team/dag d0]: successful
            Built from · 1
              in/raw: external · as all inputs
            Read to build · 0
        "#]],
    );
}

#[test]
fn an_event_that_means_several_is_listed_once() {
    ask(AIRFLOW, |asof| {
        for run in asof.history.names.runs.ids() {
            let events = source_events(asof, run, true);
            let mut spans: Vec<_> =
                events.listed.iter().map(|&seq| asof.history.log.span(seq).offset).collect();
            spans.sort_unstable();
            spans.dedup();
            assert_eq!((spans.len(), events.n_all), (events.listed.len(), events.listed.len()));
            assert!(asof.history.runs.events.row(run).len() >= spans.len());
        }
    });
}

/// What the records of a thing tell together, by the title and what it is of.
fn titles(text: &str, key: impl FnOnce(AsOf<'_>) -> Key) -> Vec<String> {
    let source = ask(text, |asof| facet_source(asof, key(asof))).unwrap();
    let part = |offset: u64, len: u32| &text[offset as usize..offset as usize + len as usize];
    let records =
        source.spans.iter().map(|span| facets(part(span.offset, span.len), usize::MAX)).collect();
    let all = united(records, source.dataset.as_ref());
    all.into_iter().map(|facet| facet.section.title).collect()
}

#[test]
fn a_run_has_the_facets_of_all_its_events_once() {
    let told = titles(AIRFLOW, |asof| {
        let runs = &asof.history.runs;
        let is_copy = |run: &_| {
            let label = runs.label.at(lineage::events::Id::index(*run)).unwrap();
            asof.history.names.labels.text(label).ends_with("BQ.copy")
        };
        Key::Run(asof.history.names.runs.ids().find(is_copy).unwrap())
    });
    let once: std::collections::BTreeSet<_> = told.iter().collect();
    assert!(told.contains(&"Processing engine".to_owned()), "{told:?}");
    assert!(told.contains(&"Owners".to_owned()), "{told:?}");
    assert!(once.len() > 3);
    assert_eq!(told.iter().filter(|title| *title == "Processing engine").count(), 1);
}

#[test]
fn a_dataset_has_its_own_facets_alone() {
    let told = titles(MARQUEZ, |asof| {
        let partition = asof.history.names.partitions.ids().next().unwrap();
        Key::Partition(partition)
    });
    assert!(told.contains(&"Schema".to_owned()), "{told:?}");
    assert!(!told.contains(&"SQL".to_owned()), "{told:?}");
}

#[test]
fn a_log_of_databuild_has_none() {
    let text = include_str!("../../logs/gamma.ndjson");
    ask(text, |asof| {
        for run in asof.history.names.runs.ids() {
            assert_eq!(facet_source(asof, Key::Run(run)), None);
        }
    });
}
