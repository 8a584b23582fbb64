//! Bytes to answers, stage by stage, over made-up logs. `cargo bench --no-default-features`.
#[path = "../examples/generate/generator/mod.rs"]
#[expect(dead_code, reason = "one spelling of many is measured")]
mod generator;

use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};
use generator::{Layout, Options, Spelling, generate};
use lineage::bytes::{Limits, Reader};
use lineage::events::{Decoder, Events, Id};
use lineage::graph::{Ask, Focus, build};
use lineage::history::{History, as_of, replay};
use lineage::route::Hops;

const SIZES: [u64; 2] = [10_000, 100_000];
/// How many questions are asked of a history, far apart.
const N_QUESTIONS: usize = 100;

fn main() {
    divan::main();
}

fn log(n_events: u64) -> Vec<u8> {
    let layout = Layout { array: false, shuffle: false };
    let mut bytes = Vec::new();
    let options = Options { n_events, seed: 7, spelling: Spelling::Proto, layout };
    assert!(generate(options, &mut bytes).is_ok(), "memory takes all that is written");
    bytes
}

fn decode(log: &[u8]) -> Events {
    let (mut decoder, mut reader) = (Decoder::new(), Reader::new(Limits::default()));
    reader.push_to(log, &mut decoder);
    let summary = reader.finish(&mut |record| decoder.push(record));
    decoder.end_input(&summary);
    decoder.finish().0
}

fn history(n_events: u64) -> History {
    replay(decode(&log(n_events))).0
}

#[divan::bench(args = SIZES, max_time = 5)]
fn split(bencher: Bencher<'_, '_>, n_events: u64) {
    let log = log(n_events);
    bencher.counter(BytesCount::of_slice(&log)).bench(|| {
        let mut reader = Reader::new(Limits::default());
        reader.push(&log, &mut |record| {
            black_box(record);
        });
        reader.finish(&mut |record| {
            black_box(record);
        })
    });
}

#[divan::bench(args = SIZES, max_time = 5)]
fn decoding(bencher: Bencher<'_, '_>, n_events: u64) {
    let log = log(n_events);
    bencher.counter(BytesCount::of_slice(&log)).bench(|| decode(&log));
}

#[divan::bench(args = SIZES, max_time = 5)]
fn replaying(bencher: Bencher<'_, '_>, n_events: u64) {
    let log = log(n_events);
    bencher
        .counter(ItemsCount::new(n_events))
        .with_inputs(|| decode(&log))
        .bench_values(|events| replay(events).0);
}

#[divan::bench(args = SIZES, max_time = 5)]
fn as_of_the_middle(bencher: Bencher<'_, '_>, n_events: u64) {
    let history = history(n_events);
    let middle = history.log.seqs().nth(n_events as usize / 2);
    bencher.counter(ItemsCount::new(n_events)).bench(|| as_of(&history, middle));
}

#[divan::bench(args = SIZES, max_time = 5)]
fn moved_by_an_event(bencher: Bencher<'_, '_>, n_events: u64) {
    let history = history(n_events);
    let mut seqs = history.log.seqs().skip(n_events as usize / 2);
    let (at, next) = (seqs.next(), seqs.next());
    let moment = as_of(&history, at);
    bencher.bench(|| moment.moved(&history, next));
}

#[derive(Clone, Copy, Debug)]
enum View {
    Want,
    Partition,
    Run,
}

#[divan::bench(args = [View::Want, View::Partition, View::Run], max_time = 5)]
fn graph(bencher: Bencher<'_, '_>, view: View) {
    let history = history(100_000);
    let moment = as_of(&history, None);
    let asks = asks(&history, view);
    bencher.counter(ItemsCount::new(asks.len())).bench(|| {
        for ask in &asks {
            black_box(build(moment.of(&history), ask));
        }
    });
}

fn asks(history: &History, view: View) -> Vec<Ask> {
    let ask = |focus| {
        let hops = Hops::Number(3);
        Ask { focus, up: hops, down: hops, open: Vec::new(), pins: Vec::new() }
    };
    let names = &history.names;
    match view {
        View::Want => spread(names.wants.len(), |row| ask(Focus::Want(row))),
        View::Partition => spread(names.partitions.len(), |row| ask(Focus::Partition(row))),
        View::Run => spread(names.runs.len(), |row| ask(Focus::Run(row))),
    }
}

/// Some ids out of `n`, equally far apart.
fn spread<I: Id>(n: usize, ask: impl Fn(I) -> Ask) -> Vec<Ask> {
    let step = (n / N_QUESTIONS).max(1);
    (0..n).step_by(step).filter_map(I::from_index).map(ask).collect()
}
