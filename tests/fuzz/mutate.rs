//! Blind mutation, the same on every machine: pieces are cut, repeated, swapped, overwritten and
//! spliced, and words that mean something to a log are put in.

/// A generator of numbers after Steele, Lea and Flood (2014), "Fast splittable pseudorandom number
/// generators".
pub struct Random(u64);

const WORDS: [&str; 36] = [
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "\\",
    "\n",
    "\r\n",
    "\0",
    "null",
    "true",
    "-1",
    "1e400",
    "0.5",
    "18446744073709551615",
    "18446744073709551616",
    "\\ud800",
    "\\u0000",
    "\u{202e}",
    "\u{feff}",
    "</script>",
    "\"event_id\":",
    "\"timestamp\":",
    "\"want_create_v1\":",
    "\"payload\":",
    "\"events\":",
    "\"eventTime\":",
    "\"facets\":",
    "%2F",
    "%",
    "&",
    "?",
    "#/",
    "sel=",
];

impl Random {
    /// The numbers of a seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ mixed >> 31
    }

    /// A number below `n`, which is not 0.
    pub fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }

    fn range(&mut self, n: usize) -> std::ops::Range<usize> {
        let start = self.below(n + 1);
        let length = [1, 4, 16, 64, n][self.below(5)];
        start..start + self.below(length.min(n - start) + 1)
    }
}

/// `bytes` with a few changes, at most `most` long; `other` is what pieces are taken from.
pub fn mutate(bytes: &mut Vec<u8>, other: &[u8], random: &mut Random, most: usize) {
    for _ in 0..=random.below(6) {
        change(bytes, other, random);
        bytes.truncate(most);
    }
}

fn change(bytes: &mut Vec<u8>, other: &[u8], random: &mut Random) {
    let at = random.below(bytes.len() + 1);
    let range = random.range(bytes.len());
    match random.below(7) {
        0 => drop(bytes.drain(range)),
        1 => drop(bytes.splice(at..at, bytes[range].to_vec()).count()),
        2 => drop(bytes.splice(range, WORDS[random.below(WORDS.len())].bytes())),
        3 => drop(bytes.splice(at..at, WORDS[random.below(WORDS.len())].bytes())),
        4 => drop(bytes.splice(at..at, other[random.range(other.len())].to_vec())),
        5 => bytes[range].fill(random.next() as u8),
        _ => bytes[range].iter_mut().for_each(|byte| *byte ^= 1 << random.below(8)),
    }
}
