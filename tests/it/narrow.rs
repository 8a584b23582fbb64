//! Narrow columns against plain lists.
use lineage::wire::{Columns, Narrow, Visit, from_bytes, to_bytes};
use proptest::collection::vec;
use proptest::prelude::*;

/// Stretches that lie near each other, a word far away now and then: blocks of all widths, and of all units; many of
/// them of 32 bits or just past that, as ids are.
fn words() -> impl Strategy<Value = Vec<u64>> {
    let start = prop_oneof![
        any::<u64>(),
        0..1_u64 << 32,
        (1_u64 << 32) - 100..(1_u64 << 32) + 100,
        0..100_u64
    ];
    let stretch = (start, 0_u32..64, 0_u32..13, vec(any::<u64>(), 0..150));
    vec(stretch, 0..6).prop_map(|stretches| {
        let near = |(start, n, zeros, words): (u64, u32, u32, Vec<u64>)| {
            let unit = 10_u64.pow(zeros);
            let word = move |word: u64| start.wrapping_add(word >> n) / unit * unit;
            words.into_iter().map(move |it| if it % 7 == 0 { 0 } else { word(it) })
        };
        stretches.into_iter().flat_map(near).collect()
    })
}

fn n_bytes(words: impl Iterator<Item = u64>) -> u64 {
    let (mut column, mut n_bytes): (Narrow<u64>, _) = (words.collect(), 0);
    let mut add: Box<Visit<'_>> = Box::new(|column| n_bytes += column.n_bytes());
    column.each(&mut add);
    drop(add);
    n_bytes
}

/// What a hundred blocks take beside their words and their leasts: four bytes each, eight for every 64, and eight
/// behind all.
const BLOCKS: u64 = 100 * 4 + 2 * 8 + 8;

#[test]
fn what_differs_little_takes_few_bits() {
    let leasts = 1 + 3 * 6 + 96 * 7;
    assert_eq!(n_bytes((0..6_400).map(|word| word << 40)), 6_400 * 46 / 8 + BLOCKS + leasts);
    let leasts = 100 * 8;
    assert_eq!(n_bytes((0..6_400).map(|word| word + (1 << 60))), 6_400 * 6 / 8 + BLOCKS + leasts);
    let leasts = 4 + 96 * 8;
    let wide = n_bytes((0..6_400).map(|word| word << 53));
    assert_eq!(wide, 6_400 * 8 + BLOCKS + leasts, "59 bits are taken for 64");
    assert_eq!(n_bytes((0..6_400).map(|_| 7)), BLOCKS + 100, "what does not differ takes none");
    assert_eq!(n_bytes((0..6_400).map(|_| 0)), BLOCKS + 100, "nor does zero");
}

#[test]
fn what_is_not_there_does_not_widen_the_others() {
    let some = |word: u64| if word.is_multiple_of(3) { 0 } else { (1 << 40) + word % 16 };
    assert_eq!(n_bytes((0..6_400).map(some)), 6_400 * 5 / 8 + BLOCKS + 100 * 5);
    let id = |word: u64| if word.is_multiple_of(3) { 0 } else { (1 << 30) + word % 16 };
    assert_eq!(n_bytes((0..6_400).map(id)), 6_400 * 5 / 8 + BLOCKS + 100 * 4);
    let last = |word: u64| if word.is_multiple_of(3) { 0 } else { u64::from(u32::MAX) };
    assert_eq!(n_bytes((0..6_400).map(last)), 6_400 / 8 + BLOCKS + 100 * 4);
    let one = |word: u64| if word.is_multiple_of(64) { 1 << 40 } else { 0 };
    assert_eq!(n_bytes((0..6_400).map(one)), 6_400 / 8 + BLOCKS + 100 * 5);
}

#[test]
fn times_take_no_bits_for_what_their_clock_does_not_tell() {
    let time =
        |unit: u64| n_bytes((0..6_400).map(|n| 1_732_283_350_000_000_000 + n * unit)) - BLOCKS;
    // Of 64 times 6 bits each, whatever their unit, and the least in that.
    let bits = 6_400 * 6 / 8;
    assert_eq!(time(1), bits + 100 * 8);
    assert_eq!(time(1_000), bits + 100 * 7);
    assert_eq!(time(1_000_000), bits + 100 * 6);
    assert_eq!(time(1_000_000_000), bits + 100 * 4);
    let some = |n: u64| if n.is_multiple_of(3) { 0 } else { (1_000_000 + n % 16) * 1_000_000_000 };
    assert_eq!(n_bytes((0..6_400).map(some)), 6_400 * 5 / 8 + BLOCKS + 100 * 3, "holes stay");
}

#[test]
fn blocks_of_all_widths_lie_one_behind_the_other() {
    // Past some groups of blocks, of which the first are as large as blocks can be.
    let word = |row: u64| {
        let n = if row < 10_000 { 0 } else { row / 64 % 65 };
        row.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(7).checked_shr(n as u32).unwrap_or(0)
    };
    let column: Narrow<u64> = (0..30_000).map(word).collect();
    assert!((0..30_000).all(|row| column.get(row as usize) == Some(word(row))));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_value_is_found_again(words in words()) {
        let mut column: Narrow<u64> = words.iter().copied().collect();
        prop_assert_eq!(column.len(), words.len());
        prop_assert_eq!(column.is_empty(), words.is_empty());
        for (row, &word) in words.iter().enumerate() {
            prop_assert_eq!((column.get(row), column.at(row)), (Some(word), word));
        }
        prop_assert_eq!(column.get(words.len()), None);
        for row in 0..words.len() + 2 {
            let last = row.checked_sub(1).and_then(|last| column.get(last));
            prop_assert_eq!(column.get_with_last(row), (last, column.get(row)));
        }
        prop_assert_eq!((column.first(), column.last()), (words.first().copied(), words.last().copied()));
        prop_assert_eq!(&column.iter().collect::<Vec<_>>(), &words);
        prop_assert!(from_bytes(&to_bytes(&mut column)) == Ok(column), "and after a journey");
    }

    #[test]
    fn halves_and_maybes_are_found_again(words in words()) {
        let halves: Vec<u32> = words.iter().map(|&word| word as u32).collect();
        let maybes: Vec<Option<u64>> =
            words.iter().map(|&word| (word % 3 > 0).then_some(word >> 1)).collect();
        prop_assert_eq!(halves.iter().copied().collect::<Narrow<_>>().iter().collect::<Vec<_>>(), halves);
        prop_assert_eq!(maybes.iter().copied().collect::<Narrow<_>>().iter().collect::<Vec<_>>(), maybes);
    }

    #[test]
    fn a_part_is_as_a_slice_is(mut words in words(), ends in any::<[prop::sample::Index; 4]>()) {
        words.sort_unstable();
        let column: Narrow<u64> = words.iter().copied().collect();
        let [a, b, n, k] = ends.map(|end| end.index(words.len() + 2));
        let (start, end) = (a.min(b), a.max(b));
        let (part, slice) = (column.part(start..end), &words[start.min(words.len())..end.min(words.len())]);
        prop_assert_eq!(part.to_vec(), slice);
        prop_assert_eq!((part.len(), part.is_empty()), (slice.len(), slice.is_empty()));
        prop_assert_eq!((part.first(), part.last()), (slice.first().copied(), slice.last().copied()));
        prop_assert_eq!((part.get(k), part.iter().nth(k)), (slice.get(k).copied(), slice.get(k).copied()));
        prop_assert_eq!(part.iter().rev().collect::<Vec<_>>(), slice.iter().rev().copied().collect::<Vec<_>>());
        let mut singly = Vec::new();
        for word in part {
            singly.push(word);
        }
        prop_assert_eq!(singly, slice);
        let middle = n.min(slice.len());
        prop_assert_eq!(part.first_n(n).to_vec(), &slice[..middle]);
        prop_assert_eq!(part.after_n(n).to_vec(), &slice[middle..]);
        let pivot = words.get(k).copied().unwrap_or(u64::MAX);
        prop_assert_eq!(part.partition_point(|it| it < pivot), slice.partition_point(|&it| it < pivot));
        prop_assert_eq!(part.contains(pivot), slice.contains(&pivot));
    }
}
