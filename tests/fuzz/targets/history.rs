//! Events → history: any bytes are a log of few names, in either language, whose clock may run
//! backward and whose names mean several things at once. It replays, comes through the wire as it
//! was, and every page of it answers.
mod coded;

use lineage::events::{Decoder, Id, Seq};
use lineage::history::{AsOf, History, Incoming, Instances, Staleness, as_of, impact, staleness};
use lineage::route::{Hops, Mode, Page, Route};
use lineage::wire::{ALIGN, to_bytes};

use super::pages::{answer, home};
use super::told::{Told, read};

/// Any bytes as events.
pub fn check(bytes: &[u8]) {
    let text = coded::log_of(bytes);
    let mut before = read(Decoder::new(), text.as_bytes());
    let wire = to_bytes(&mut before);
    // Two moments and three pages of each log, and how it comes: the guide, or chance, sees to the others.
    let choice = usize::from(bytes.last().copied().unwrap_or_default());
    let mut after = taken(&wire, choice);
    assert!(to_bytes(&mut after) == wire, "the wire changes nothing");
    let history = after.0;
    assert_eq!(
        followed(&history),
        followed(&before.0),
        "what follows is the same, however it comes"
    );
    let n_events = history.log.len();
    for at in [None, choice.checked_rem(n_events).and_then(Seq::from_index)] {
        let moment = as_of(&history, at);
        let asof = moment.of(&history);
        let stale = staleness(asof);
        assert!(stale.n_steps() <= 4 * (n_reads(&history) + history.instances.partition.len() + 1));
        causes(&stale, asof);
        home(asof, &stale, "a status:failed");
        let pages = pages(&history);
        for page in pages.iter().cycle().skip(choice).take(pages.len().min(3)) {
            answer(asof, &stale, &Route { up: Some(Hops::All), ..Route::new(page.clone()) });
        }
    }
}

/// The log that comes as these bytes, so many lines at a time, with as many steps of what follows between them.
fn taken(wire: &[u8], choice: usize) -> Told {
    let mut incoming = Incoming::default();
    for slice in wire.chunks((1 + choice) * ALIGN) {
        incoming.push(slice).expect("it was just written");
        for _ in 0..choice % 8 {
            incoming.step();
        }
    }
    incoming.finish().expect("it was just written").0
}

fn followed(history: &History) -> String {
    let History { datasets, runs, instances, .. } = history;
    let Instances { read_by, built_from, .. } = instances;
    format!("{:?} {:?} {read_by:?} {built_from:?}", datasets.of, runs.events)
}

fn n_reads(history: &History) -> usize {
    history.reads.read.values().len() + history.reads.impacted.values().len()
}

/// The way from a stale instance to its cause ends, and every impact knows its roots.
fn causes(stale: &Staleness, asof: AsOf<'_>) {
    for row in 0..asof.history.instances.partition.len().min(10) {
        let Some(instance) = Id::from_index(row) else { continue };
        let path = stale.path(asof, instance);
        assert!(path.len() <= asof.history.instances.partition.len());
        let found = impact(asof, &[instance]);
        assert_eq!(found.instances.len(), found.hop.len());
    }
}

fn pages(history: &History) -> Vec<Page> {
    let names = &history.names;
    let wants = names.wants.ids().take(3).map(|it| Page::Want(names.wants.text(it).to_owned()));
    let runs = names.runs.ids().take(3).map(|it| Page::JobRun(names.runs.text(it).to_owned()));
    let refs: Vec<_> =
        names.partitions.ids().map(|it| names.partitions.text(it).to_owned()).collect();
    let first = refs.first().cloned();
    let lineage = refs.iter().take(3).map(|it| Page::partition(it.clone()));
    let diffs =
        refs.iter().take(2).map(|it| Page::Diff { partition: it.clone(), a: None, b: None });
    let path = Page::Path { from: first, to: refs.last().cloned(), mode: Mode::Refs };
    wants.chain(runs).chain(lineage).chain(diffs).chain([path]).collect()
}
