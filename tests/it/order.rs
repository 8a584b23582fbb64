//! The sorts beside those of the standard library.
use std::collections::BTreeMap;

use lineage::order::{
    Table, key, minor, sort_keys, sort_nearly_sorted, sort_numbers, sort_rows, sorted_rows,
};
use proptest::prelude::*;

proptest! {
    #[test]
    fn numbers_and_keys_ascend(numbers in prop::collection::vec(any::<u32>(), 0..100)) {
        let mut expected = numbers.clone();
        expected.sort_unstable();
        let mut sorted = numbers.clone();
        sort_numbers(&mut sorted);
        prop_assert_eq!(&sorted, &expected);
        let mut keys: Vec<u64> = numbers.iter().map(|&number| key(number, !number)).collect();
        sort_keys(&mut keys);
        prop_assert_eq!(keys.into_iter().map(|key| !minor(key)).collect::<Vec<_>>(), expected);
    }

    /// From in order, with a few keys out of it, to none in order at all.
    #[test]
    fn nearly_sorted_keys_ascend(
        mut keys in prop::collection::vec(any::<u64>(), 0..200),
        n_stray in prop::option::of(0_usize..8),
    ) {
        let mut expected = keys.clone();
        expected.sort_unstable();
        if let Some(n_stray) = n_stray {
            let n_sorted = keys.len().saturating_sub(n_stray);
            keys[..n_sorted].sort_unstable();
        }
        sort_nearly_sorted(&mut keys);
        prop_assert_eq!(keys, expected);
    }

    /// Few values, so that many are equal.
    #[test]
    fn rows_are_sorted_and_equal_ones_stay(
        values in prop::collection::vec(0_u8..20, 0..300),
        is_turned in any::<bool>(),
    ) {
        let value = |row: u32| values[row as usize];
        let mut rows: Vec<u32> = (0..values.len() as u32).collect();
        if is_turned {
            rows.reverse();
        }
        let mut expected = rows.clone();
        expected.sort_by_key(|&row| value(row));
        sort_rows(&mut rows, &|a, b| value(a).cmp(&value(b)));
        prop_assert_eq!(&rows, &expected);
        if !is_turned {
            prop_assert_eq!(sorted_rows(values.len(), &|a, b| value(a).cmp(&value(b))), expected);
        }
    }
}

proptest! {
    /// The first row of each word stays.
    #[test]
    fn a_table_is_a_map(words in prop::collection::vec((0_u64..40, any::<u32>()), 0..90)) {
        let mut table = Table::default();
        let mut twin = BTreeMap::new();
        for (word, row) in words {
            let is_new = !twin.contains_key(&word);
            prop_assert_eq!(table.clone().insert(word), is_new);
            prop_assert_eq!(table.row_or(word, row), *twin.entry(word).or_insert(row));
        }
        prop_assert_eq!((table.len(), table.is_empty()), (twin.len(), twin.is_empty()));
        for word in 0..40 {
            prop_assert_eq!(table.get(word), twin.get(&word).copied());
        }
    }
}

#[test]
fn what_is_in_order_is_compared_once_or_twice() {
    let n_compared = std::cell::Cell::new(0_usize);
    let compare = |a: u32, b: u32| {
        n_compared.set(n_compared.get() + 1);
        a.cmp(&b)
    };
    sorted_rows(10_000, &compare);
    assert!(n_compared.get() <= 10_000 + 10_000 / 15);
}
