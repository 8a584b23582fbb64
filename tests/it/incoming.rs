//! Columns that follow from others are what a plain look at those finds, however the others come.
use std::collections::BTreeMap;

use lineage::events::{Basis, Id, Notices, PartitionId, RunId, Seq, Subject};
use lineage::history::{
    Anomalies, AttemptId, Csr, History, How, Incoming, InstanceId, ReadSetId, dataset_pattern,
    replay_to,
};
use lineage::wire::{ALIGN, Sink, to_bytes};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use crate::fixture::{decode, taken};
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

#[test]
fn the_events_of_a_run_are_those_whose_payload_names_it() {
    let text = text(plain(9_000, 12));
    let (events, _) = decode(text.as_bytes());
    let of_run = |seq| match events.payload(seq).subject() {
        Subject::Run(run) => Some((run, seq)),
        Subject::Want(_) | Subject::Taint(_) => None,
    };
    let expected = by_first(events.seqs().filter_map(of_run));
    assert_eq!(lists(&read(&text).0.runs.events), expected);
}

/// A log of no name in which so many instances were read, by the rows of a list.
fn history_of_reads(n_instances: usize, rows: &[Vec<usize>]) -> History {
    let mut history = History::default();
    let History { instances, reads, .. } = &mut history;
    let first = |n| std::iter::repeat_n(0, n);
    instances.partition = first(n_instances).filter_map(PartitionId::from_index).collect();
    instances.run = first(n_instances).map(RunId::from_index).collect();
    instances.uuid = first(n_instances).map(|_| None).collect();
    instances.created = first(n_instances).filter_map(Seq::from_index).collect();
    instances.live = first(n_instances).map(|_| None).collect();
    instances.superseded = first(n_instances).map(|_| None).collect();
    instances.taints = Csr::empty(n_instances);
    reads.attempt = first(rows.len()).filter_map(AttemptId::from_index).collect();
    reads.seq = first(rows.len()).filter_map(Seq::from_index).collect();
    reads.inferred = first(rows.len()).map(|_| false).collect();
    reads.basis = first(rows.len()).map(|_| Basis::default()).collect();
    for row in rows {
        let ids = || row.iter().copied().filter_map(InstanceId::from_index);
        reads.read.push_row(ids());
        reads.impacted.push_row(ids().rev().take(1));
        reads.how.extend(ids().map(|_| How::Exact));
    }
    history
}

/// Rows of which most have no value, some few and one very many, of more instances than there are.
fn rows() -> impl Strategy<Value = Vec<Vec<usize>>> {
    let row = prop_oneof![
        6 => Just(Vec::new()),
        3 => vec(0_usize..40, 1..4),
    ];
    let long = (0_usize..40, 0_usize..9_000)
        .prop_map(|(from, n)| (from..from + n).map(|it| it % 41).collect());
    let few = (vec(row, 0..60), 0_usize..3_000, option::weighted(0.5, long), 0_usize..3_000);
    few.prop_map(|(mut rows, n_before, long, n_after)| {
        rows.extend(std::iter::repeat_n(Vec::new(), n_before));
        rows.extend(long);
        rows.extend(std::iter::repeat_n(Vec::new(), n_after));
        rows.push(vec![7]);
        rows
    })
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn long_rows_and_long_gaps_are_turned_as_well(rows in rows(), n_empty in 0_usize..2) {
        let mut rows = rows;
        rows.extend(std::iter::repeat_n(Vec::new(), n_empty));
        let before = history_of_reads(40, &rows);
        let bytes = to_bytes(&mut (before.clone(), Anomalies::default(), Notices::default()));
        let ((after, ..), _) = taken(&bytes).expect("it was just written");
        let within = |mut turned: BTreeMap<InstanceId, Vec<ReadSetId>>| {
            turned.retain(|instance, _| instance.index() < 40);
            turned
        };
        prop_assert_eq!(lists(&after.instances.read_by), within(turned(&before.reads.read)));
        prop_assert_eq!(lists(&after.instances.built_from), within(turned(&before.reads.impacted)));
    }
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn what_follows_is_what_is_found(log in prop_oneof![plausible(), anything()]) {
        check(&history_of(&log.lines()).0);
    }
}
