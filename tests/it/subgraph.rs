//! A picture saved as a small log, and opened again: the same nodes with the same statuses, the same links
//! and groups; in either language, from one file or several, whatever the container.
use lineage::events::{Id, PartitionId, Span};
use lineage::facts::{one_line, records};
use lineage::graph::{Focus, Graph, build, resolve};
use lineage::history::{AsOf, History, as_of, replay};
use lineage::route::{Mode, Page, Route};
use lineage::scene::{Card, cards};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::fixture::decode_all;
use crate::random_logs::{anything, cases, plausible};

/// What is drawn for an address, as lines; none where there is no such thing.
fn drawn(asof: AsOf<'_>, address: &str) -> Option<(Graph, Vec<String>)> {
    let ask = resolve(asof, &Route::parse(address).0).ok()?;
    let graph = build(asof, &ask);
    let cards = cards(asof, &graph, &ask, None);
    let lines = lines(&graph, &cards);
    Some((graph, lines))
}

fn lines(graph: &Graph, cards: &[Card]) -> Vec<String> {
    let id = |row: u32| cards.get(row as usize).map_or("", |card| card.id.as_str());
    let node = |card: &Card| {
        let Card { kind, id, status, badge, strip, bar, which, .. } = card;
        let strip: Vec<_> = strip.iter().map(|chip| (chip.status.word, chip.count)).collect();
        format!("{kind:?} {id} {} {badge} {strip:?} {bar:?} {which}", status.word)
    };
    let edge = |edge: &lineage::graph::Edge| {
        let (from, to) = (id(edge.from), id(edge.to));
        format!("{from} -{:?} {} {:?} {}-> {to}", edge.kind, edge.count, edge.how, edge.inferred)
    };
    let mut lines: Vec<String> = cards.iter().map(node).collect();
    lines.extend(graph.edges.iter().map(edge));
    lines.sort();
    lines
}

/// The file of the records of a picture, taken from the texts of the inputs.
fn saved(inputs: &[Vec<u8>], spans: &[Span]) -> Vec<u8> {
    let mut file = Vec::new();
    for span in spans {
        let at = span.offset as usize;
        let mut record = inputs[usize::from(span.input)][at..at + span.len as usize].to_vec();
        one_line(&mut record);
        file.extend(record);
        file.push(b'\n');
    }
    file
}

/// Saves the picture of `address`, opens it, and tells both pictures.
fn both(inputs: &[Vec<u8>], history: &History, address: &str) -> Option<[Vec<String>; 2]> {
    let moment =
        as_of(history, Route::parse(address).0.at.and_then(|at| history.log.seq_of_event_id(at)));
    let asof = moment.of(history);
    let (graph, before) = drawn(asof, address)?;
    if !has_begun(asof, resolve(asof, &Route::parse(address).0).ok()?.focus) {
        return None;
    }
    let file = saved(inputs, &records(asof, &graph));
    let (events, notices) = decode_all([file.as_slice()]);
    assert_eq!(notices.n_skipped, 0, "{address}: {}", String::from_utf8_lossy(&file));
    let history = replay(events).0;
    let moment = as_of(&history, None);
    let after = drawn(moment.of(&history), address).map(|(_, lines)| lines);
    Some([before, after.unwrap_or_default()])
}

/// What the log mentions only after the moment is in no log of what was there by then.
fn has_begun(asof: AsOf<'_>, focus: Focus) -> bool {
    let history = asof.history;
    let partition = |it: PartitionId| asof.had(history.partitions.first_seen.get(it.index()));
    match focus {
        Focus::Want(it) => asof.had(history.wants.first_seen.get(it.index())),
        Focus::Run(it) => asof.had(history.runs.first_seen.get(it.index())),
        Focus::Instance(it) => asof.had(history.instances.created.at(it.index())),
        Focus::Partition(it) => partition(it),
        Focus::Path { from, to, .. } => partition(from) && partition(to),
    }
}

fn addresses(history: &History) -> Vec<String> {
    let names = &history.names;
    let partition = |id| names.partitions.text(id);
    let mut pages: Vec<Page> = Vec::new();
    pages.extend(names.wants.ids().map(|id| Page::Want(names.wants.text(id).to_owned())));
    pages.extend(names.runs.ids().map(|id| Page::JobRun(names.runs.text(id).to_owned())));
    for id in names.partitions.ids() {
        let reference = partition(id).to_owned();
        pages.push(Page::partition(reference.clone()));
        pages.push(Page::Partition { partition: reference.clone(), uuid: None, mode: Mode::Refs });
        let to = names.partitions.ids().next().map(|id| partition(id).to_owned());
        pages.push(Page::Path { from: Some(reference), to, mode: Mode::Instances });
    }
    pages.into_iter().map(|page| Route { page, ..Route::default() }.to_string()).collect()
}

fn check_all(inputs: &[Vec<u8>], picks: impl Fn(usize) -> usize, n: usize) {
    let history = replay(decode_all(inputs.iter().map(Vec::as_slice)).0).0;
    let all = addresses(&history);
    for at in 0..n.min(all.len()) {
        let address = &all[picks(at) % all.len()];
        for hops in ["", "?up=2&down=2", "?up=all&down=all"] {
            let hops = if address.contains('?') { hops.replace('?', "&") } else { hops.to_owned() };
            let address = format!("{address}{hops}");
            if let Some([before, after]) = both(inputs, &history, &address) {
                assert_eq!(before, after, "{address}");
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(1500))]

    #[test]
    fn a_picture_saved_as_a_log_opens_as_the_same_picture(
        log in prop_oneof![plausible(), anything()], pick in any::<Index>()
    ) {
        let text = [log.lines().join("\n").into_bytes()];
        check_all(&text, |n| pick.index(97) + n * 7, 6);
    }

    #[test]
    fn a_picture_of_an_earlier_moment_opens_as_what_was_there_by_then(
        log in plausible(), pick in any::<Index>(), at in any::<Index>()
    ) {
        let lines = log.lines();
        let text = [lines.join("\n").into_bytes()];
        let history = replay(decode_all([text[0].as_slice()]).0).0;
        // A run's job and an instance's uuid are taken from wherever in the log they stand.
        let is_planned_first =
            history.runs.buffered.iter().zip(history.runs.first_seen.iter()).all(|(at, first)| at == Some(first));
        prop_assume!(is_planned_first && history.instances.uuid.iter().all(|it| it.is_none()));
        let all = addresses(&history);
        for n in 0..all.len().min(6) {
            let address = &all[(pick.index(97) + n * 7) % all.len()];
            let sign = if address.contains('?') { '&' } else { '?' };
            let address = format!("{address}{sign}at={}", at.index(lines.len()) + 1);
            if let Some([before, after]) = both(&text, &history, &address) {
                prop_assert_eq!(before, after, "{}", address);
            }
        }
    }
}

#[test]
fn whole_logs_in_every_spelling() {
    let logs: [&[u8]; 6] = [
        include_bytes!("../logs/gamma.ndjson"),
        include_bytes!("../logs/gamma.pretty-array.json"),
        include_bytes!("../logs/gamma.rows.ndjson"),
        include_bytes!("../logs/gamma.object.json"),
        include_bytes!("../logs/gamma.mixed.crlf.ndjson"),
        include_bytes!("../logs/gamma.nested-camel.ndjson"),
    ];
    for log in logs {
        check_all(&[log.to_vec()], |n| n, usize::MAX);
    }
}

#[test]
fn openlineage_and_both_languages_from_several_files() {
    let airflow = include_bytes!("../logs/openlineage/airflow.ndjson").to_vec();
    let spark = include_bytes!("../logs/openlineage/spark.jsonl").to_vec();
    let marquez = include_bytes!("../logs/openlineage/marquez-seed.json").to_vec();
    let gamma = include_bytes!("../logs/gamma.ndjson").to_vec();
    check_all(std::slice::from_ref(&airflow), |n| n, usize::MAX);
    check_all(&[marquez], |n| n, usize::MAX);
    check_all(std::slice::from_ref(&spark), |n| n, usize::MAX);
    check_all(&[gamma, airflow, spark], |n| n * 3, 60);
}
