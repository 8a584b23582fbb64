//! A log that is read while it is written: at any cut it is what reading the file as it is then gives.
use lineage::bytes::{Limits, Reader};
use lineage::events::{Decoder, Events, Notices};
use lineage::history::{History, replay};
use lineage::wire::to_bytes;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestCaseError;

use crate::event_logs::{damage, damaged, event};
use crate::fixture::decode;

/// All that the page is handed, bit by bit, and the history by itself.
fn handed((events, notices): (Events, Notices)) -> (Vec<u8>, History) {
    let (history, anomalies) = replay(events);
    let mut read = (history, anomalies, notices);
    (to_bytes(&mut read), read.0)
}

proptest! {
    #[test]
    fn followed_in_any_pieces_equals_read_whole(
        events in vec((event(), option::weighted(0.2, damage())), 1..20),
        cuts in vec(any::<Index>(), 1..5),
    ) {
        let line = |(event, damage): &(serde_json::Value, Option<_>)| {
            let record = event.to_string();
            damage.as_ref().map_or_else(|| record.clone(), |damage| damaged(&record, damage))
        };
        let log: Vec<u8> = events.iter().flat_map(|it| (line(it) + "\n").into_bytes()).collect();
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(log.len())).collect();
        cuts.push(log.len());
        cuts.sort_unstable();
        let (mut decoder, mut reader) = (Decoder::new(), Reader::new(Limits::default()));
        let mut from = 0;
        let mut before: Option<History> = None;
        for cut in cuts {
            reader.push_to(&log[from..cut], &mut decoder);
            let (followed, history) = handed(decoder.so_far(&reader));
            let (whole, _) = handed(decode(&log[..cut]));
            prop_assert_eq!(followed, whole);
            if let Some(before) = before.filter(|before| before.goes_on_as(&history)) {
                same_ids(&before, &history)?;
            }
            before = Some(history);
            from = cut;
        }
    }
}

/// What has an id in the history that was shown before has the same in the one that has gone on.
fn same_ids(before: &History, more: &History) -> Result<(), TestCaseError> {
    let (old, new) = (&before.names, &more.names);
    for id in old.wants.ids() {
        prop_assert_eq!(old.wants.text(id), new.wants.text(id));
    }
    for id in old.runs.ids() {
        prop_assert_eq!(old.runs.text(id), new.runs.text(id));
    }
    for id in old.partitions.ids() {
        prop_assert_eq!(old.partitions.text(id), new.partitions.text(id));
    }
    for id in old.labels.ids() {
        prop_assert_eq!(old.labels.text(id), new.labels.text(id));
    }
    for id in old.taints.ids() {
        prop_assert_eq!(old.taints.text(id), new.taints.text(id));
    }
    Ok(())
}
