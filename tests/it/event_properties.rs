//! Random events in random spellings, containers and orders, held against the slow twin.
use lineage::events::NoticeClass;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestCaseError;
use serde_json::Value;

use crate::event_logs::{damage, damaged, event};
use crate::fixture::decode;
use crate::oracle::events::{Twin, twin};
use crate::picture::{all_of, names_of, picture};
use crate::random_logs::cases;
use crate::spelling::Speller;

/// Prints records by the choices, in some container.
fn file(records: &[String], container: u8) -> String {
    match container {
        0 => records.iter().flat_map(|record| [record, "\n"]).collect(),
        1 => format!("[\n{}\n]", records.join(",\n")),
        2 => format!("{{\n\"events\": [{}]}}", records.join(",")),
        _ => records.join("\r\n\r\n"),
    }
}

fn spelled(events: &[Value], choices: &[Vec<u8>], container: u8) -> Vec<String> {
    let plain = Vec::new();
    let choices = choices.iter().chain(std::iter::repeat(&plain));
    let spell = |(event, choices): (_, &Vec<u8>)| {
        let mut speller = Speller::new(choices);
        speller.has_newlines = container == 1 || container == 2;
        speller.record(event)
    };
    events.iter().zip(choices).map(spell).collect()
}

/// Decodes `file` and holds it against what the twin makes of `records`.
fn compare(records: &[String], file: &str) -> Result<(), TestCaseError> {
    let (events, notices) = decode(file.as_bytes());
    let mut expected = twin(records.iter().map(String::as_str));
    let mut found =
        Twin { lines: picture(&events).lines().map(str::to_owned).collect(), ..Twin::default() };
    let tables = ["wants", "partitions", "runs", "labels", "taints", "texts"];
    for (table, names) in tables.into_iter().zip(names_of(&events)) {
        found.names.insert(table, names.into_iter().map(str::to_owned).collect());
        expected.names.entry(table).or_default();
    }
    for class in NoticeClass::ALL {
        let count = notices.class(class).count;
        if count > 0 {
            found.classes.insert(class.name(), count);
        }
    }
    prop_assert_eq!(expected, found);
    Ok(())
}

fn choices() -> impl Strategy<Value = Vec<Vec<u8>>> {
    vec(vec(any::<u8>(), 0..80), 0..30)
}

proptest! {
    #![proptest_config(cases(1_000))]

    #[test]
    fn logs_in_any_spelling_are_read_as_by_the_twin(
        events in vec(event(), 0..30), choices in choices(), container in 0_u8..4,
    ) {
        let records = spelled(&events, &choices, container);
        compare(&records, &file(&records, container))?;
        let plain = spelled(&events, &[], 0);
        let (plain, _) = decode(file(&plain, 0).as_bytes());
        let (fancy, _) = decode(file(&records, container).as_bytes());
        prop_assert_eq!(all_of(&fancy), all_of(&plain));
    }

    #[test]
    fn damaged_logs_are_read_as_by_the_twin(
        events in vec((event(), option::of(damage())), 0..30), choices in choices(),
    ) {
        let (events, damages): (Vec<_>, Vec<_>) = events.into_iter().unzip();
        let damage = |(record, damage): (String, &Option<_>)| match damage {
            Some(damage) => damaged(&record, damage),
            None => record,
        };
        let records = spelled(&events, &choices, 0);
        let records: Vec<String> = records.into_iter().zip(&damages).map(damage).collect();
        compare(&records, &file(&records, 0))?;
    }

    #[test]
    fn the_order_of_lines_does_not_matter_where_every_event_has_its_own_id(
        (events, shuffled) in vec(event(), 0..30).prop_flat_map(|mut events| {
            for (id, event) in events.iter_mut().enumerate() {
                event["event_id"] = id.into();
            }
            (Just(events.clone()), Just(events).prop_shuffle())
        }),
        again in vec(any::<Index>(), 0..5),
    ) {
        let mut told = spelled(&shuffled, &[], 0);
        for index in again.iter().filter(|_| !shuffled.is_empty()) {
            told.push(told[index.index(shuffled.len())].clone());
        }
        let (sorted, _) = decode(file(&spelled(&events, &[], 0), 0).as_bytes());
        let (shuffled, notices) = decode(file(&told, 0).as_bytes());
        prop_assert_eq!(all_of(&shuffled), all_of(&sorted));
        let n_again = if sorted.is_empty() { 0 } else { again.len() as u64 };
        prop_assert_eq!(notices.class(NoticeClass::Duplicate).count, n_again);
    }

    #[test]
    fn no_bytes_do_harm(bytes in vec(any::<u8>(), 0..300)) {
        decode(&bytes);
    }

    #[test]
    fn no_cut_and_no_changed_byte_does_harm(
        events in vec(event(), 1..4), choices in choices(), at in any::<Index>(), byte: u8,
    ) {
        let mut bytes = file(&spelled(&events, &choices, 0), 0).into_bytes();
        let at = at.index(bytes.len());
        decode(&bytes[..at]);
        bytes[at] = byte;
        decode(&bytes);
    }
}
