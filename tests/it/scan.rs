//! Records are read twice: as ever, where ordinary ones are scanned, and by the general decoder alone, which
//! is given each record by itself. Whatever the bytes, both say the same; and what writers write is ordinary.
mod ordinary;

use lineage::bytes::{Limits, Reader};
use lineage::events::{Decoder, NoticeClass};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::test_runner::TestCaseError;
use serde_json::Value;

use crate::event_logs::{damage, damaged, event};
use crate::picture::all_of;
use crate::random_logs::cases;
use crate::spelling::Speller;

/// All that a scanning decoder makes of files that come in slices, and how many records were not ordinary.
fn told_in_slices(files: &[Vec<&[u8]>], limits: Limits) -> (String, u64) {
    let mut decoder = Decoder::new();
    for slices in files {
        let mut reader = Reader::new(limits);
        for slice in slices {
            reader.push_to(slice, &mut decoder);
            // What is foreseen, rightly or not, shows nowhere.
            decoder.foresee(2, 1 << 20);
        }
        let summary = reader.finish(&mut |record| decoder.push(record));
        decoder.end_input(&summary);
    }
    all_told(decoder)
}

/// The same of the general decoder, for files in one slice each.
fn told_one_by_one(files: &[&[u8]], limits: Limits) -> String {
    let mut decoder = Decoder::without_scan();
    for file in files {
        let mut reader = Reader::new(limits);
        reader.push(file, &mut |record| decoder.push(record));
        let summary = reader.finish(&mut |record| decoder.push(record));
        decoder.end_input(&summary);
    }
    all_told(decoder).0
}

fn all_told(decoder: Decoder) -> (String, u64) {
    let n_odd = decoder.n_odd();
    let (events, notices) = decoder.finish();
    let classes: Vec<_> = NoticeClass::ALL.iter().map(|&class| notices.class(class)).collect();
    let spans: Vec<_> = events.seqs().map(|seq| events.log.span(seq)).collect();
    let unknown = (notices.unknown_kinds.counts(), notices.unknown_fields.counts());
    let numbers = (notices.n_records, notices.n_used, notices.unit);
    let events = all_of(&events);
    (format!("{events}\n{spans:?}\n{classes:#?}\n{unknown:?}\n{numbers:?}"), n_odd)
}

fn n_odd(file: &[u8]) -> u64 {
    told_in_slices(&[vec![file]], Limits::default()).1
}

/// How many records the scanner did not take, and how many were spelled like none before.
fn n_odd_and_unlike(file: &[u8]) -> (u64, u64) {
    let mut decoder = Decoder::new();
    Reader::new(Limits::default()).push_to(file, &mut decoder);
    (decoder.n_odd(), decoder.n_unlike())
}

fn compare(file: &[u8]) -> Result<(), TestCaseError> {
    let limits = Limits::default();
    prop_assert_eq!(told_in_slices(&[vec![file]], limits).0, told_one_by_one(&[file], limits));
    Ok(())
}

/// Pieces of JSON, and of what is nearly JSON.
fn piece() -> impl Strategy<Value = String> {
    let pieces = vec![
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\\n",
        "\\u00e9",
        "\\ud800",
        "é",
        "\u{1}",
        "\t",
        " ",
        "0",
        "00",
        "1",
        "01",
        "-0",
        "-1",
        "1.0",
        "1.",
        "1e3",
        "1E400",
        ".5",
        "+1",
        "9999999999999999999",
        "18446744073709551614",
        "18446744073709551615",
        "18446744073709551616",
        "\"007\"",
        "\"12345678\"",
        "\"1234567890123456789\"",
        "\"1234567a\"",
        "\"99999999999999999999\"",
        "\" 1\"",
        "\"\"",
        "null",
        "nul",
        "true",
        "false",
        "NaN",
        "\"event_id\":3",
        "\"event_id\":null",
        "\"timestamp\":\"7\"",
        "\"timestamp\":8",
        "\"comment\":\"x\"",
        "\"job_run_id\":\"J1\"",
        "\"want_id\":\"W1\"",
        "\"ref\":\"a\"",
        "\"str\":\"b\"",
        "\"uuid\":\"u\"",
        "\"event_type\":\"job_run_queue_v1\"",
        "\"event_type\":null",
        "\"payload\":{\"job_run_id\":\"J\"}",
        "\"payload\":null",
        "\"event\":{\"JobRunQueueV1\":{\"job_run_id\":\"J\"}}",
        "\"event\":null",
        "\"event\":7",
        "\"want_create_v1\":null",
        "\"job_run_queue_v1\":{\"job_run_id\":\"J\"}",
        "\"job_run_queue_v1\":null",
        "\"x\":[1,{\"y\":[]},\"z\",-2.5,true,false,null]",
        "\"x\":{}",
        "\"partitions\":[{\"ref\":\"a\",\"uuid\":\"u\"},\"b\",{\"str\":\"c\"}]",
        "{\"ref\":\"a\"}",
    ];
    select(pieces).prop_map(str::to_owned)
}

/// The record with a stretch of it gone and something in its place.
fn mended(record: &str, (at, n, piece): &(Index, usize, String)) -> Vec<u8> {
    let bytes = record.as_bytes();
    let at = at.index(bytes.len() + 1);
    let end = bytes.len().min(at + n);
    [&bytes[..at], piece.as_bytes(), &bytes[end..]].concat()
}

/// Where a record may be cut and mended so that it stays JSON: after a comma or a brace.
fn joints(record: &str) -> Vec<usize> {
    let places = record.char_indices().filter(|&(_, c)| ",{[".contains(c));
    places.map(|(at, _)| at + 1).collect()
}

fn records() -> impl Strategy<Value = Vec<String>> {
    vec((event(), vec(any::<u8>(), 0..60), option::weighted(0.2, damage())), 1..12).prop_map(
        |records| {
            let spell = |(event, choices, damage): (Value, Vec<u8>, Option<_>)| {
                let record = Speller::new(&choices).record(&event);
                damage.map_or(record.clone(), |damage| damaged(&record, &damage))
            };
            records.into_iter().map(spell).collect()
        },
    )
}

/// Records of one writer, or of two: spelled alike, and so read by what those before have taught.
fn alike() -> impl Strategy<Value = Vec<String>> {
    let habits = vec(vec(any::<u8>(), 0..60), 1..3);
    let records = vec((event(), any::<Index>(), option::weighted(0.1, damage())), 1..40);
    (habits, records).prop_map(|(habits, records)| {
        let spell = |(event, habit, damage): (Value, Index, Option<_>)| {
            let habit = &habits[habit.index(habits.len())];
            let record = Speller::new(habit).record(&event);
            damage.map_or(record.clone(), |damage| damaged(&record, &damage))
        };
        records.into_iter().map(spell).collect()
    })
}

/// The record, with something put between two tokens of it.
fn put(record: &str, (at, piece): &(Index, String)) -> String {
    let joints = joints(record);
    let (before, after) = record.split_at(joints[at.index(joints.len())]);
    let comma = if after.starts_with(['}', ']']) { "" } else { "," };
    [before, piece, comma, after].concat()
}

fn lines<R: AsRef<[u8]>>(records: &[R]) -> Vec<u8> {
    records.iter().flat_map(|record| [record.as_ref(), b"\n"].concat()).collect()
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn in_any_spelling(records in records()) {
        compare(&lines(&records))?;
    }

    #[test]
    fn alike_but_for_what_they_say(records in alike()) {
        compare(&lines(&records))?;
    }

    /// What is taught by a record with something more in it must not be taken for granted without, nor
    /// the other way round.
    #[test]
    fn alike_but_for_a_piece_in_some(
        records in alike(), mends in vec(option::of((any::<Index>(), piece())), 1..5),
    ) {
        let mended = records.iter().zip(mends.iter().cycle()).map(|(record, mend)| {
            mend.as_ref().map_or(record.clone(), |mend| put(record, mend))
        });
        compare(&lines(&mended.collect::<Vec<_>>()))?;
    }

    #[test]
    fn with_a_piece_of_something_else(
        records in records(), mends in vec((any::<Index>(), 0_usize..4, piece()), 1..12),
    ) {
        let mended = records.iter().zip(mends.iter().cycle()).map(|(record, mend)| mended(record, mend));
        compare(&lines(&mended.collect::<Vec<_>>()))?;
    }

    #[test]
    fn with_a_piece_of_something_else_where_it_fits(
        records in records(), mends in vec((any::<Index>(), piece()), 1..12),
    ) {
        let mended = records.iter().zip(mends.iter().cycle()).map(|(record, mend)| put(record, mend));
        compare(&lines(&mended.collect::<Vec<_>>()))?;
    }

    /// The end of a line is found by who reads it, unless it is in another slice, or too far. Each record comes again and
    /// again: the first ones teach.
    #[test]
    fn in_any_slices_and_however_long_a_record_may_be(
        records in alike(),
        changes in vec(option::weighted(0.2, change()), 30..40),
        cuts in vec(any::<Index>(), 0..6),
        record_bytes in prop_oneof![Just(64 << 20), 1_usize..600],
    ) {
        let repeated = records.iter().cycle().take(5 * records.len());
        let changed = repeated.zip(changes.iter().cycle()).map(|(record, change)| {
            change.as_ref().map_or(record.clone().into_bytes(), |change| changed(record, change))
        });
        let (file, limits) = (lines(&changed.collect::<Vec<_>>()), Limits { record_bytes });
        let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(file.len())).collect();
        cuts.sort_unstable();
        let ends = cuts.iter().copied().chain([file.len()]);
        let starts = [0].into_iter().chain(cuts.iter().copied());
        let slices = starts.zip(ends).map(|(start, end)| &file[start..end]).collect();
        prop_assert_eq!(told_in_slices(&[slices], limits).0, told_one_by_one(&[&file], limits));
    }

    #[test]
    fn with_any_byte_changed_or_cut_off(
        records in prop_oneof![records(), alike()], changes in vec(option::of(change()), 1..12),
    ) {
        let changed = records.iter().zip(changes.iter().cycle()).map(|(record, change)| {
            change.as_ref().map_or(record.clone().into_bytes(), |change| changed(record, change))
        });
        compare(&lines(&changed.collect::<Vec<_>>()))?;
    }
}

/// A place in a record, a byte, and what becomes of it there.
type Change = (Index, u8, How);

#[derive(Clone, Copy, Debug)]
enum How {
    Instead,
    Before,
    /// What the record ends with.
    Last,
}

fn change() -> impl Strategy<Value = Change> {
    let how = select(vec![How::Instead, How::Before, How::Last]);
    let byte = prop_oneof![any::<u8>(), select(b"\"\\{}[]:, 09ex\xff\x01\n\r".to_vec())];
    (any::<Index>(), byte, how)
}

fn changed(record: &str, (at, byte, how): &Change) -> Vec<u8> {
    let mut bytes = record.as_bytes().to_vec();
    let at = at.index(bytes.len() + 1);
    match how {
        How::Instead if at < bytes.len() => bytes[at] = *byte,
        How::Instead => bytes.push(*byte),
        How::Before => bytes.insert(at, *byte),
        How::Last => {
            bytes.truncate(at);
            bytes.push(*byte);
        }
    }
    bytes
}
