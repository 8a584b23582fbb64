//! The same work told in both languages: databuild's own fixture, translated, answers the same.
use lineage::events::{Id, RunId};
use lineage::history::{History, as_of};

use super::read;
use super::translated::translate;
use crate::fixture::ndjson;

/// What both languages have words for: runs, what they wrote and read, and how they ended. A miss
/// has no word in the other language; neither has a request that is not at the root of runs.
const PICTURE: &str = "
    want W1 data/c
    buffer A1 //jobs:a data/a for W1
    heartbeat A1
    fail A1 because no space left
    buffer A2 //jobs:a data/a for W1
    heartbeat A2
    success A2 data/a<-raw/x,raw/y
    buffer B1 //jobs:b data/b for W1
    heartbeat B1
    success B1 data/b<-data/a
    buffer C1 //jobs:c data/c data/c2 for W1
    heartbeat C1
    success C1 data/c<-data/b data/c2<-data/a
    want W2 data/c
    buffer A3 //jobs:a data/a for W2
    heartbeat A3
    success A3 data/a<-raw/x
    buffer B2 //jobs:b data/b for W2
    heartbeat B2
    cancel run B2 because too late
    buffer C2 //jobs:c data/c for W2
    heartbeat C2
";

/// The answers that do not depend on the words of a language.
fn answers(history: &History) -> Vec<String> {
    let moment = as_of(history, None);
    let asof = moment.of(history);
    let names = &history.names;
    let mut said = Vec::new();
    let is_work = |run: &RunId| {
        history
            .runs
            .label
            .at(run.index())
            .is_some_and(|label| names.labels.text(label).starts_with("//"))
    };
    for run in names.runs.ids().filter(is_work) {
        let attempts = history.runs.attempts.row(run);
        let reason =
            attempts.last().and_then(|attempt| history.attempts.reason.at(attempt.index()));
        let reason = reason.map_or("", |reason| names.texts.text(reason));
        let continues: Vec<_> =
            history.runs.continues.row(run).iter().map(|it| names.runs.text(it)).collect();
        let wants: Vec<_> =
            history.runs.wants.row(run).iter().map(|it| names.wants.text(it)).collect();
        said.push(format!(
            "{} {} {reason} after {continues:?} for {wants:?}",
            names.runs.text(run),
            asof.run_status(run).unwrap().word(),
        ));
        for instance in history.runs.writes.row(run) {
            let partition = history.instances.partition.at(instance.index());
            let mut from: Vec<_> = history
                .instances
                .built_from
                .row(instance)
                .iter()
                .flat_map(|set| history.reads.read.row(set))
                .map(|read| {
                    let by = history
                        .instances
                        .run
                        .at(read.index())
                        .map_or("outside", |run| names.runs.text(run));
                    format!(
                        "{} of {by}",
                        names.partitions.text(history.instances.partition.at(read.index()))
                    )
                })
                .collect();
            from.sort();
            said.push(format!(
                "  {} {} current {} superseded {} from {from:?}",
                names.partitions.text(partition),
                asof.instance_status(instance).unwrap().word(),
                asof.is_current(instance),
                asof.is_superseded(instance),
            ));
        }
    }
    let mut partitions: Vec<_> = names
        .partitions
        .ids()
        .map(|id| {
            format!("{} {}", names.partitions.text(id), asof.partition_status(id).unwrap().word())
        })
        .collect();
    partitions.sort();
    said.extend(partitions);
    said
}

#[test]
fn the_same_work_in_both_languages_is_the_same_history() {
    let log = ndjson(PICTURE);
    let (ours, ..) = read(log.as_bytes());
    let (theirs, anomalies, notices) = read(translate(&log).as_bytes());
    assert_eq!(anomalies.total(), 0);
    assert_eq!(notices.n_used, notices.n_records);
    assert_eq!(answers(&theirs), answers(&ours));
}
