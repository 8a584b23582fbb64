//! Interning against a list that is searched from its beginning.
use lineage::events::{Id, NameTable, TextId};
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
