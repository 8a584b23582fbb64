//! Several files are one log: which events stand in which file, in what order the files come and in
//! which language each of them is, does not show in the history.
use lineage::events::{Budget, Early, Place, Room};
use lineage::history::{History, replay};
use lineage::wire::to_bytes;
use proptest::prelude::*;

use crate::fixture::decode_all;
use crate::random_logs::cases;

const DATABUILD: &str = include_str!("../logs/gamma.mixed.crlf.ndjson");
const OPENLINEAGE: &str = include_str!("../logs/openlineage/airflow.ndjson");

fn lines() -> impl Iterator<Item = &'static str> {
    let lines = DATABUILD.trim_start_matches('\u{feff}').lines().chain(OPENLINEAGE.lines());
    lines.filter(|line| !line.trim().is_empty())
}

/// All columns, but for where each event stands in the input.
fn columns_of(files: &[String]) -> Vec<u8> {
    let (events, notices) = decode_all(files.iter().map(String::as_bytes));
    assert_eq!(notices.n_records, lines().count() as u64);
    let (mut history, _): (History, _) = replay(events);
    history.log.place = history.log.place.iter().map(|_| Place::default()).collect();
    to_bytes(&mut history)
}

/// `choices` deals the lines out to four files and puts them in another order there; `as_array` says
/// which of the files is one JSON array.
fn dealt(choices: &[(usize, u32)], as_array: usize) -> Vec<String> {
    let mut files: [Vec<(u32, &str)>; 4] = Default::default();
    for (line, &(file, rank)) in lines().zip(choices) {
        files[file].push((rank, line));
    }
    let file = |(at, mut lines): (usize, Vec<(u32, &str)>)| {
        lines.sort_unstable();
        let lines: Vec<&str> = lines.into_iter().map(|(_, line)| line).collect();
        if at == as_array { format!("[{}]", lines.join(",\n")) } else { lines.join("\n") }
    };
    files.into_iter().enumerate().map(file).collect()
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn any_files_in_any_order_are_the_same_log(
        choices in prop::collection::vec((0_usize..4, any::<u32>()), 100),
        as_array in 0_usize..4,
        turn in 0_usize..4,
    ) {
        let whole = columns_of(&[DATABUILD.to_owned(), OPENLINEAGE.to_owned()]);
        let mut files = dealt(&choices, as_array);
        files.rotate_left(turn);
        prop_assert!(columns_of(&files) == whole, "the files {files:#?}");
    }
}

#[test]
fn a_budget_is_read_in_megabytes() {
    for (text, expected) in [
        ("1", Some(1_000_000)),
        ("512", Some(512_000_000)),
        ("4000", Some(4_000_000_000)),
        ("4001", None),
        ("0", None),
        ("-1", None),
        ("1.5", None),
        ("", None),
        ("all", None),
        ("99999999999999999999999", None),
    ] {
        assert_eq!(Budget::of_megabytes(text).map(Budget::n_bytes), expected, "{text}");
    }
    assert_eq!(Budget::DEFAULT.more().and_then(Budget::more), None);
}

#[test]
fn three_quarters_are_near_and_all_is_all() {
    let budget = Budget::of_megabytes("100").unwrap();
    let room = |n_bytes_needed| budget.room(n_bytes_needed);
    assert_eq!(room(74_999_999), Room::Enough);
    assert_eq!(room(75_000_000), Room::Little);
    assert_eq!(room(99_999_999), Room::Little);
    assert_eq!(room(100_000_000), Room::None);
    assert_eq!(budget.room(u64::MAX), Room::None);
}

#[test]
fn every_reason_to_end_has_its_word() {
    for early in [Early::BrokeOff, Early::Stopped, Early::OutOfMemory] {
        assert_eq!(Early::of_word(early.word()), Some(early));
    }
    assert_eq!(Early::of_word("?"), None);
}
