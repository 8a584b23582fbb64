//! Columns that follow from others are what a plain look at those finds, however the others come.
use std::collections::BTreeMap;

use lineage::events::{Id, Subject};
use lineage::history::{Csr, History, Incoming, dataset_pattern, replay_to};
use lineage::wire::{ALIGN, Sink};
use proptest::prelude::*;

use crate::fixture::decode;
use crate::generator::{plain, text};
use crate::history_properties::history_of;
use crate::random_logs::{anything, cases, plausible};
use crate::wire::{read, told};

/// Each list of `lists`, and none that is empty.
fn lists<R: Id, V: Id>(lists: &Csr<R, V>) -> BTreeMap<R, Vec<V>> {
    let rows = (0..lists.n_rows()).filter_map(R::from_index);
    let lists = rows.map(|row| (row, lists.row(row).to_vec()));
    lists.filter(|(_, list)| !list.is_empty()).collect()
}

/// Pairs by the first of them.
fn by_first<R: Id, V: Id>(pairs: impl Iterator<Item = (R, V)>) -> BTreeMap<R, Vec<V>> {
    let mut lists = BTreeMap::<R, Vec<V>>::new();
    pairs.for_each(|(row, value)| lists.entry(row).or_default().push(value));
    lists
}

/// Every value of every list, with the row that it is in.
fn turned<R: Id, V: Id>(lists: &Csr<R, V>) -> BTreeMap<V, Vec<R>> {
    let rows = (0..lists.n_rows()).filter_map(R::from_index);
    by_first(rows.flat_map(|row| lists.row(row).iter().map(move |value| (value, row))))
}

fn check(history: &History) {
    let History { names, log, runs, instances, reads, datasets, .. } = history;
    let of_run = |seq| match log.subject(seq) {
        Subject::Run(run) => Some((run, seq)),
        Subject::Want(_) | Subject::Taint(_) => None,
    };
    assert_eq!(lists(&runs.events), by_first(log.seqs().filter_map(of_run)));
    assert_eq!(runs.events.n_rows(), names.runs.len());
    assert_eq!(lists(&instances.read_by), turned(&reads.read));
    assert_eq!(lists(&instances.built_from), turned(&reads.impacted));
    assert_eq!(instances.read_by.n_rows(), instances.partition.len());
    assert_eq!(instances.built_from.n_rows(), instances.partition.len());
    assert_eq!(datasets.of.len(), names.partitions.len());
    let mut seen = Vec::new();
    for partition in names.partitions.ids() {
        let pattern = dataset_pattern(names.partitions.text(partition));
        assert_eq!(datasets.pattern(partition), pattern);
        if !seen.contains(&pattern) {
            seen.push(pattern);
        }
    }
    let patterns = datasets.patterns.ids().map(|dataset| datasets.patterns.text(dataset));
    assert_eq!(patterns.collect::<Vec<_>>(), seen, "in order of first mention, each once");
}

/// What is handed over, a slice for each pause.
#[derive(Default)]
struct Slices(Vec<Vec<u8>>, Vec<u8>);

impl Sink for Slices {
    fn take(&mut self, part: &[u8]) {
        self.1.extend_from_slice(part);
    }

    fn pause(&mut self) {
        self.0.push(std::mem::take(&mut self.1));
    }
}

/// More of everything than one step does.
#[test]
fn a_log_of_many_steps_is_worked_out_while_it_comes() {
    let text = text(plain(40_000, 11));
    let before = read(&text);
    check(&before.0);
    let mut slices = Slices::default();
    replay_to(decode(text.as_bytes()), &mut slices);
    let Slices(ahead, rest) = slices;
    let [events, reads] = &ahead[..] else { panic!("{} slices ahead", ahead.len()) };

    let mut incoming = Incoming::default();
    let mut step_all = |slice: &[u8]| {
        assert!(!incoming.step(), "nothing is left to do");
        slice.chunks(64 * ALIGN).for_each(|slice| assert_eq!(incoming.push(slice), Ok(())));
        let mut n = 0;
        while incoming.step() {
            n += 1;
        }
        n
    };
    let n_steps = [events, reads, &rest].map(|slice| step_all(slice));
    assert!(n_steps[0] > 20 && n_steps[1] > 20, "{n_steps:?} steps, each with what has come");
    assert_eq!(n_steps[2], 0, "nothing is left for the end");
    let (after, _) = incoming.finish().expect("it was just written");
    assert_eq!(told(&before), told(&after));
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn what_follows_is_what_is_found(log in prop_oneof![plausible(), anything()]) {
        check(&history_of(&log.lines()).0);
    }
}
