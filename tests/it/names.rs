//! Interning against a list that is searched from its beginning.
use std::collections::HashMap;

use lineage::events::{Id, NameTable, TextId};
use lineage::wire::{from_bytes, to_bytes};
use proptest::collection::vec;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Names that are alike: few letters, common beginnings and ends, lengths around whole words.
    #[test]
    fn a_name_has_the_row_of_its_first_mention(
        names in vec(("(data/)?[ab]{0,3}", "[aé]{0,20}").prop_map(|(a, b)| a + &b), 0..400),
    ) {
        let mut table = NameTable::<TextId>::default();
        let mut list: Vec<&str> = Vec::new();
        for name in &names {
            let known = list.iter().position(|known| known == name);
            prop_assert_eq!(table.find(name).map(Id::index), known);
            let row = table.intern(name).map(Id::index);
            prop_assert_eq!(row, Some(known.unwrap_or(list.len())));
            if known.is_none() {
                list.push(name);
            }
        }
        let told: Vec<&str> = table.ids().map(|id| table.text(id)).collect();
        prop_assert_eq!(told, list);
    }

    /// Names of all lengths, so that blocks of ends are more than 64 KiB long sooner or later, or never.
    #[test]
    fn a_name_is_where_it_was_put_however_long_the_others_are(
        lengths in vec(prop_oneof![9 => 0_usize..90, 3 => 0_usize..4_000, 1 => 60_000_usize..70_000], 0..200),
        n_short in 0_usize..150,
    ) {
        let short = std::iter::repeat_n(8, n_short);
        let names: Vec<String> =
            short.chain(lengths).enumerate().map(|(n, len)| format!("{n}/{}", "é".repeat(len / 2))).collect();
        let mut table = NameTable::<TextId>::default();
        for (row, name) in names.iter().enumerate() {
            prop_assert_eq!(table.intern(name).map(Id::index), Some(row));
        }
        let elsewhere: NameTable<TextId> = from_bytes(&to_bytes(&mut table)).expect("it was just written");
        for table in [&table, &elsewhere] {
            prop_assert_eq!(table.len(), names.len());
            prop_assert!(table.ids().map(|id| table.text(id)).eq(&names));
            prop_assert_eq!(TextId::from_index(names.len()).map(|id| table.text(id)), Some(""));
            for (row, name) in names.iter().enumerate() {
                prop_assert_eq!(table.find(name).map(Id::index), Some(row));
            }
            prop_assert_eq!(table.find("é"), None);
        }
    }
}

/// Of many names some are mentioned again soon, some late, and as often as not.
#[test]
fn names_that_are_mentioned_again_soon_or_late_have_the_row_of_their_first_mention() {
    let (mut table, mut map) = (NameTable::<TextId>::default(), HashMap::new());
    let mut random = 7_u64;
    for i in 0..60_000_u64 {
        random =
            random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let back = [0, 1, 2, 100, 3_000, i][(random >> 33) as usize % 6];
        let name = format!("run-{}", (i / 2).saturating_sub(random % (back + 1)));
        let n = map.len();
        let row = *map.entry(name.clone()).or_insert(n);
        assert_eq!(table.intern(&name).map(Id::index), Some(row), "{name}");
        assert_eq!(table.find(&name).map(Id::index), Some(row), "{name}");
    }
    assert_eq!(table.len(), map.len());
}

#[test]
fn a_hundred_thousand_names_are_found_again() {
    let name = |n: usize| format!("data/table/date={n}");
    let mut table = NameTable::<TextId>::default();
    for n in 0..100_000 {
        assert_eq!(table.intern(&name(n)).map(Id::index), Some(n));
    }
    for n in 0..100_000 {
        assert_eq!(table.find(&name(n)).map(Id::index), Some(n));
    }
    assert_eq!(table.find("data/table/date=100000"), None);
}
