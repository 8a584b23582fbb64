//! Why lists have nothing in them: in words, of logs and moments in which they have not; and that none is ever
//! without a reason.
#![allow(clippy::needless_raw_string_hashes, reason = "expectations are written so")]
use std::collections::BTreeSet;
use std::fmt::Write;

use expect_test::{Expect, expect};
use lineage::events::Id;
use lineage::facts::{
    Empty, Section, Step, Why, facts, impact_readers, impact_wants, run_head, run_sections,
};
use lineage::graph::{Graph, Key};
use lineage::history::{AsOf, InstanceId, WantStatus, as_of, impact, replay};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::fixture::{decode, log};
use crate::random_logs::{any_log, beside_twin, cases};
use crate::stale::all_instances;

/// Every list that stands beside a picture or on a page of one thing, with that thing's name.
fn sections(asof: AsOf<'_>) -> Vec<(String, Section)> {
    let names = &asof.history.names;
    let graph = Graph::default();
    let mut all = Vec::new();
    let mut add = |name: String, sections: Vec<Section>| {
        all.extend(sections.into_iter().map(|section| (name.clone(), section)));
    };
    for want in names.wants.ids().filter(|&want| asof.want_status(want).is_some()) {
        let name = names.wants.text(want).to_owned();
        add(name, facts(asof, &graph, Key::Want(want), 9).sections);
    }
    for partition in names.partitions.ids().filter(|&it| asof.partition_status(it).is_some()) {
        let name = format!("{} in all versions", names.partitions.text(partition));
        add(name, facts(asof, &graph, Key::Partition(partition), 9).sections);
    }
    for run in names.runs.ids().filter(|&run| asof.run_status(run).is_some()) {
        let name = names.runs.text(run).to_owned();
        add(name.clone(), facts(asof, &graph, Key::Run(run), 9).sections);
        add(name.clone(), run_sections(asof, run, 9));
        add(name, vec![run_head(asof, run, 9).wants]);
    }
    let known = |it: &InstanceId| asof.instance_status(*it).is_some();
    for instance in all_instances(asof.history).filter(known) {
        let partition = asof.history.instances.partition.at(instance.index());
        let name = names.partitions.text(partition).to_owned();
        add(name.clone(), facts(asof, &graph, Key::Instance(instance), 9).sections);
        let found = impact(asof, &[instance]);
        let touched = vec![impact_readers(asof, &found, 9), impact_wants(asof, &found, 9)];
        add(format!("the impact of {name}"), touched);
    }
    all
}

fn told(why: &Why) -> String {
    match &why.step {
        None => why.says.clone(),
        Some((words, Step::End)) => format!("{} [{words}: the end]", why.says),
        Some((words, Step::Less)) => format!("{} [{words}: less]", why.says),
        Some((words, Step::Page(page))) => format!("{} [{words}: {page:?}]", why.says),
    }
}

/// Each reason once, with the first list that has it.
fn check(lines: &str, at: Option<u64>, expected: Expect) {
    let history = replay(decode(lines.as_bytes()).0).0;
    let moment = as_of(&history, at.and_then(|id| history.log.seq_of_event_id(id)));
    let (mut seen, mut text) = (BTreeSet::new(), String::new());
    for (name, section) in sections(moment.of(&history)) {
        let Some(why) = section.why else { continue };
        if seen.insert(told(&why)) {
            let _ = writeln!(text, "{name}, {}\n  {}", section.title, told(&why));
        }
    }
    expected.assert_eq(&text);
}

const NOTHING: &str = include_str!("../logs/nothing.ndjson");

#[test]
fn at_the_end_of_a_log_it_is_said_what_the_log_never_has() {
    check(
        NOTHING,
        None,
        expect![[r#"
            W-asks-nothing, Requested · 0
              Its creation names no partition.
            W-not-created, Requested · 0
              What it asks for is told by its creation, which is not in this log.
            data/waits in all versions, Builds · 0
              No job run of this log builds it: it is only read, missed or asked for.
            data/waits in all versions, Ever built from · 0
              Nothing is known in this log to have been read for any of its builds.
            data/waits in all versions, Ever read to build · 0
              No job run that has succeeded in this log is known to have read any of its versions.
            data/alone in all versions, Wants for it · 0
              No want asks for it in this log.
            JR-not-planned, Scheduled for · 0
              For which want a job run is, is told by the event that plans it, which is not in this log.
            JR-not-planned, Read · 0
              It has not ended by this moment: a run says what it read when it succeeds, or misses an input.
            JR-not-planned, Writes · 0
              What a job run builds is told by the event that plans it, which is not in this log.
            JR-alone, Scheduled for · 0
              It was planned for no want that this log names.
            JR-alone, Read · 0
              It has succeeded, and told of nothing that it read.
            JR-failed, Read · 0
              It has ended without success, and told of nothing that it had read until then.
            JR-missed, Derivative wants · 0
              No want was made for what it missed in this log.
            JR-idle, Writes · 0
              The event that plans it names no partition to build.
            data/alone, Read to build · 0
              No job run that has succeeded in this log is known to have read it.
            the impact of data/alone, Runs in progress that have read it · 0
              No job run that is under way has read any of it, so none would go on with what it has read.
            the impact of data/alone, Wants it satisfied · 0
              Neither it nor what was built from it has satisfied a want in this log.
        "#]],
    );
}

#[test]
fn before_that_it_is_said_what_comes_and_where() {
    check(
        NOTHING,
        Some(13),
        expect![[r#"
            W-asks-nothing, Requested · 0
              Its creation names no partition.
            W-not-created, Requested · 0
              What it asks for is told by its creation, which is not in this log.
            data/waits in all versions, Builds · 0
              No job run of this log builds it: it is only read, missed or asked for.
            data/waits in all versions, Ever built from · 0
              Nothing is known by this moment to have been read for any of its builds. [Show the end of the log: the end]
            data/waits in all versions, Ever read to build · 0
              No job run that has succeeded by this moment is known to have read any of its versions. [Show the end of the log: the end]
            data/alone in all versions, Wants for it · 0
              No want asks for it by this moment.
            JR-not-planned, Scheduled for · 0
              For which want a job run is, is told by the event that plans it, which has not come by this moment. [Show the end of the log: the end]
            JR-not-planned, Read · 0
              It has not ended by this moment: a run says what it read when it succeeds, or misses an input. [Show the end of the log: the end]
            JR-not-planned, Writes · 0
              What a job run builds is told by the event that plans it, which has not come by this moment. [Show the end of the log: the end]
            JR-alone, Scheduled for · 0
              It was planned for no want that this log names.
            JR-alone, Read · 0
              It has succeeded, and told of nothing that it read.
            data/alone, Read to build · 0
              No job run that has succeeded by this moment is known to have read it.
            the impact of data/alone, Runs in progress that have read it · 0
              No job run that is under way has read any of it, so none would go on with what it has read.
            the impact of data/alone, Wants it satisfied · 0
              Neither it nor what was built from it has satisfied a want by this moment. [Show the end of the log: the end]
            data/source, Read to build · 0
              No job run that has succeeded by this moment is known to have read it. One does later. [Show the end of the log: the end]
        "#]],
    );
}

#[test]
fn what_pages_list_says_why_it_is_empty() {
    let history = replay(log("buffer J1 //jobs:a data/a\nsuccess J1 -")).0;
    let all = [
        Empty::NoneWith(WantStatus::UpstreamFailed.into()),
        Empty::NoInstance,
        Empty::NoWants,
        Empty::NothingStale,
        Empty::NoData,
        Empty::NoJobs,
        Empty::NoRuns,
        Empty::NoEnds,
        Empty::NoSuccess,
        Empty::NoRetries,
        Empty::NoReads,
        Empty::TouchesNothing,
        Empty::NothingNamed("member"),
        Empty::NothingFound { is_filtered: true },
        Empty::NothingFound { is_filtered: false },
        Empty::NoEvents,
        Empty::NoAttempts,
        Empty::NoNotices,
    ];
    let said = |at: Option<u64>| {
        let moment = as_of(&history, at.and_then(|id| history.log.seq_of_event_id(id)));
        let lines = all.map(|empty| told(&empty.why(moment.of(&history))) + "\n");
        lines.concat()
    };
    expect![[r#"
        No want is upstream failed at this moment. [Show all wants: Home { status: None }]
        It was neither built nor read by this moment. [Show the end of the log: the end]
        No event by this moment tells of a want. What was built is listed as partitions. [Show the end of the log: the end]
        Nothing is stale: nothing that was read to build what is live has been built again or tainted by this moment.
        No event by this moment names a partition. [Show the end of the log: the end]
        No job run was planned by this moment, so there is no job to show. [Show the end of the log: the end]
        No run of this job has begun by this moment. [Show the end of the log: the end]
        No attempt of a job run has ended by this moment. [Show the end of the log: the end]
        No job run has succeeded by this moment, so none has a duration to compare. [Show the end of the log: the end]
        No attempt has followed one that failed or was canceled by this moment. [Show the end of the log: the end]
        No job run is known to have read a partition by this moment: a run says what it read when it succeeds. [Show the end of the log: the end]
        Nothing live was built from it: no job run that has succeeded by this moment is known to have read it. [Show the end of the log: the end]
        No member has this in its name. [Show all of them: less]
        Nothing of that name. What later events name is not there yet: the end of the log may have it. [Show the end of the log: the end]
        Nothing of that name. What later events name is not there yet: the end of the log may have it. [Show the end of the log: the end]
        No event of this log is its own: it is only named by others.
        Nothing is told by this moment of when it waited, ran or ended. [Show the end of the log: the end]
        Every record of this log was used, and nothing that it says contradicts itself.
    "#]].assert_eq(&said(Some(1)));
    expect![[r#"
        No want is upstream failed at this moment. [Show all wants: Home { status: None }]
        It was neither built nor read in this log.
        No event in this log tells of a want. What was built is listed as partitions.
        Nothing is stale: nothing that was read to build what is live has been built again or tainted by this moment.
        No event in this log names a partition.
        No job run was planned in this log, so there is no job to show.
        No run of this job has begun by this moment.
        No attempt of a job run has ended in this log.
        No job run has succeeded in this log, so none has a duration to compare.
        No attempt has followed one that failed or was canceled in this log.
        No job run is known to have read a partition in this log: a run says what it read when it succeeds.
        Nothing live was built from it: no job run that has succeeded in this log is known to have read it.
        No member has this in its name. [Show all of them: less]
        Nothing of that name. With fewer filters there may be more. [Leave the filters out: less]
        Nothing of that name. A few letters of each part of a name are enough, in the order in which they stand in it.
        No event of this log is its own: it is only named by others.
        Nothing is told in this log of when it waited, ran or ended.
        Every record of this log was used, and nothing that it says contradicts itself.
    "#]].assert_eq(&said(None));
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn no_list_is_empty_without_a_reason(log in any_log(), at: Index) {
        beside_twin(&log, at, |asof, _, _| {
            for (name, section) in sections(asof) {
                let is_empty = section.rows.is_empty() && section.n_more == 0;
                prop_assert_eq!(section.why.is_some(), is_empty, "{}, {}", name, section.title);
                if let Some(why) = section.why {
                    prop_assert!(why.says.ends_with('.') && why != Why::default());
                }
            }
            Ok(())
        })?;
    }
}
