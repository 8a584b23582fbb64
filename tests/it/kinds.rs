//! The column of kinds against a plain list.
use lineage::events::{EventKind, Kinds};
use lineage::wire::{from_bytes, to_bytes};
use proptest::collection::vec;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_kind_is_found_again(list in vec(prop::sample::select(&EventKind::ALL[..]), 0..50)) {
        let mut column = Kinds::default();
        for (row, &kind) in list.iter().enumerate() {
            prop_assert_eq!((column.len(), column.get(row)), (row, None));
            column.push(kind);
            prop_assert_eq!((column.get(row), column.at(row)), (Some(kind), kind));
        }
        prop_assert_eq!((column.len(), column.is_empty()), (list.len(), list.is_empty()));
        prop_assert!((0..list.len()).all(|row| column.get(row) == Some(list[row])));
        prop_assert_eq!(column.iter().collect::<Vec<_>>(), list.clone());
        prop_assert_eq!(&list.into_iter().collect::<Kinds>(), &column);
        prop_assert_eq!(from_bytes(&to_bytes(&mut column)).ok(), Some(column), "and after a journey");
    }

    #[test]
    fn bytes_are_kinds_or_an_error(bytes in vec(any::<u8>(), 0..5)) {
        let mut list = bytes.clone();
        let read = from_bytes::<Kinds>(&to_bytes(&mut list));
        let codes: Vec<u8> = bytes.iter().flat_map(|pair| [pair & 15, pair >> 4]).collect();
        let n = codes.len() - usize::from(codes.last() == Some(&15));
        let is_good = codes[..n].iter().all(|&code| code < 11);
        prop_assert_eq!(read.ok().map(|kinds| kinds.len()), is_good.then_some(n));
    }
}
