//! A log that was read, as bytes and back: the same log, whatever the slices; and never more
//! than an error from bytes that are damaged.
use lineage::events::{Id, NameTable, NoticeClass, Notices};
use lineage::history::{History, Incoming, Read, replay, replay_to};
use lineage::wire::{ALIGN, Column, Columns, VERSION, WireError, from_bytes, to_bytes};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use crate::event_logs::{damage, damaged, event};
use crate::fixture::{decode, ndjson, taken};
use crate::random_logs::cases;

pub fn read(text: &str) -> Read {
    let (events, notices) = decode(text.as_bytes());
    let (history, anomalies) = replay(events);
    (history, anomalies, notices)
}

const PICTURE: &str = "
    want W1 data/a data/b by ops because everyone wants it
    buffer J1 //jobs:a data/a@u1 for W1
    miss J1 data/a<-data/β
    want W2 data/β by run J1
    taint T1 data/a by ops
    success J9 data/b<-data/a
    cancel want W7
";

/// A log with something in every kind of column.
fn sample() -> Read {
    read(&format!("{}not json\n{{\"timestamp\":1,\"news_v1\":{{}}}}\n", ndjson(PICTURE)))
}

/// Everything in it but the index of names, which [`names`] asks.
pub fn told((history, anomalies, notices): &Read) -> String {
    let History {
        names,
        log,
        wants,
        partitions,
        instances,
        runs,
        attempts,
        reads,
        missing,
        taints,
        datasets,
        ..
    } = history;
    let Notices { listed, n_unlisted, unknown_kinds, unknown_fields, .. } = notices;
    let classes: Vec<_> = NoticeClass::ALL.iter().map(|&class| notices.class(class)).collect();
    format!(
        "{log:?}\n{wants:?}\n{partitions:?}\n{instances:?}\n{runs:?}\n{attempts:?}\n{reads:?}\n\
         {missing:?}\n{taints:?}\n{:?}\n{:?}\n{anomalies:?}\n{classes:?}\n{listed:?}\n{n_unlisted}\n\
         {:?} {}\n{:?} {}\n{:?}\n{}",
        history.label_runs,
        history.reads_recorded_from,
        unknown_kinds.counts(),
        unknown_kinds.n_rest(),
        unknown_fields.counts(),
        unknown_fields.n_rest(),
        (notices.n_records, notices.n_used, notices.unit),
        [
            found(&names.wants),
            found(&names.partitions),
            found(&names.runs),
            found(&names.labels),
            found(&names.taints),
            found(&names.texts),
            found(&datasets.patterns),
            format!("{:?}", datasets.of),
        ]
        .join("\n"),
    )
}

/// Each name and the row under which it is found again.
fn found<T: Id + std::fmt::Debug>(names: &NameTable<T>) -> String {
    let row = |id| (names.text(id), names.find(names.text(id)));
    format!("{:?}", names.ids().map(row).collect::<Vec<_>>())
}

/// Bytes of all columns, those that follow from others among them.
fn n_bytes_of(read: &mut Read) -> u64 {
    let mut n_bytes = 0;
    let mut count = |column: &mut dyn Column| n_bytes += column.n_bytes();
    read.each(&mut count);
    let History { datasets, runs, instances, .. } = &mut read.0;
    datasets.each(&mut count);
    runs.events.each(&mut count);
    instances.read_by.each(&mut count);
    instances.built_from.each(&mut count);
    n_bytes
}

#[test]
fn a_sample_comes_through() {
    let mut before = sample();
    let (after, _) = taken(&to_bytes(&mut before)).expect("it was just written");
    assert_eq!(told(&before), told(&after));
    assert!(told(&after).contains("news_v1"), "notices come through, too");
    assert_eq!(after.0.names.partitions.find("data/β"), before.0.names.partitions.find("data/β"));
}

#[test]
fn an_empty_log_comes_through() {
    let (after, _) = taken(&to_bytes(&mut read(""))).expect("it was just written");
    assert_eq!(told(&read("")), told(&after));
}

#[test]
fn every_cut_is_an_error() {
    let bytes = to_bytes(&mut sample());
    for n in 0..bytes.len() {
        assert!(from_bytes::<Read>(&bytes[..n]).is_err(), "cut after {n} of {} bytes", bytes.len());
    }
    let mut longer = bytes;
    longer.extend([0; ALIGN]);
    assert_eq!(from_bytes::<Read>(&longer).err(), Some(WireError::Length));
}

#[test]
fn another_version_says_so() {
    let mut bytes = to_bytes(&mut sample());
    bytes[0] += 1;
    let error = from_bytes::<Read>(&bytes).expect_err("nobody knows that version");
    assert_eq!(error, WireError::Version(VERSION + 1));
}

#[test]
fn a_column_that_is_longer_than_any_memory_is_an_error() {
    let sound = to_bytes(&mut sample());
    for length in [u64::MAX, u64::MAX - ALIGN as u64, 1 << 62, 1 << 32] {
        let mut bytes = sound.clone();
        bytes[ALIGN..ALIGN + 8].copy_from_slice(&length.to_le_bytes());
        assert_eq!(from_bytes::<Read>(&bytes).err(), Some(WireError::Length), "{length} bytes");
    }
}

#[test]
fn a_column_that_there_is_no_room_for_is_an_error() {
    let longest = usize::MAX - usize::MAX % 8;
    assert_eq!(Vec::<u64>::new().make_room(longest), Err(WireError::Room));
    assert_eq!(Vec::<u64>::new().make_room(9), Err(WireError::Length), "a cell and an eighth");
}

#[test]
fn other_columns_than_expected_are_an_error() {
    let bytes = to_bytes(&mut vec![1_u32, 2]);
    assert_eq!(from_bytes::<Read>(&bytes).err(), Some(WireError::Directory));
}

fn text() -> impl Strategy<Value = String> {
    let line = (event(), proptest::option::weighted(0.2, damage())).prop_map(|(event, damage)| {
        let record = event.to_string();
        damage.map_or(record.clone(), |damage| damaged(&record, &damage))
    });
    vec(line, 0..60).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn any_log_comes_through_in_any_slices(
        text in text(),
        cuts in vec((1_usize..40, 0_usize..4), 1..8),
    ) {
        let mut before = read(&text);
        let bytes = to_bytes(&mut before);
        let mut incoming = Incoming::default();
        let (mut rest, mut cuts) = (&bytes[..], cuts.into_iter().cycle());
        while !rest.is_empty() {
            let (n, n_steps) = cuts.next().unwrap_or((rest.len(), 0));
            let n = (n * ALIGN).min(rest.len());
            prop_assert_eq!(incoming.push(&rest[..n]), Ok(()));
            rest = &rest[n..];
            // Whatever is worked out meanwhile.
            for _ in 0..n_steps {
                incoming.step();
            }
        }
        let (mut after, n_bytes) = incoming.finish().expect("it was just written");
        prop_assert_eq!(n_bytes, n_bytes_of(&mut after), "what lies between columns is not counted");
        prop_assert_eq!(told(&before), told(&after));
        prop_assert!(to_bytes(&mut after) == bytes, "written again it is the same");
    }

    #[test]
    fn columns_may_be_sent_before_it_is_known_what_happened(text in text()) {
        let mut bytes = Vec::new();
        replay_to(decode(text.as_bytes()), &mut |part: &[u8]| bytes.extend_from_slice(part));
        prop_assert!(bytes == to_bytes(&mut read(&text)), "all at once it is the same");
    }

    #[test]
    fn no_damage_panics(damages in vec((any::<Index>(), any::<u8>()), 1..6), cut in any::<Index>()) {
        let mut bytes = to_bytes(&mut sample());
        for (at, byte) in damages {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let mut incoming = Incoming::default();
        let mut slices = bytes.chunks(ALIGN);
        // Both may be well: a changed time is a time.
        let is_taken = slices.all(|slice| {
            let pushed = incoming.push(slice);
            while pushed.is_ok() && incoming.step() {}
            pushed.is_ok()
        });
        if is_taken {
            let _ = incoming.finish();
        }
        let cut = cut.index(bytes.len()) / ALIGN * ALIGN;
        prop_assert!(taken(&bytes[..cut]).is_err());
    }

    #[test]
    fn noise_is_an_error(noise in vec(any::<u8>(), 0..4000)) {
        prop_assert!(from_bytes::<Read>(&noise).is_err());
    }
}
