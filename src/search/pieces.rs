//! Fuzzy matching: what was typed, in pieces. The first piece begins where a word of the name begins;
//! each further one where a word begins, or after one or two letters that were left out. All are in
//! order, and the fewer, the better: `day21` is in `data/day=2026-11-21`, `clndr` in `dim/calendar`.
//!
//! All ways to cut are followed at once, as bits of one word for each count of jumps between pieces:
//! R. Baeza-Yates and G. H. Gonnet, "A new approach to text searching", CACM 35 (1992); counts of
//! differences after S. Wu and U. Manber, "Fast text searching allowing errors", same issue. One step
//! for each byte of the name, without allocating. What is extended at its end matches no more names.
use std::ops::Range;

/// More pieces than this say nothing any more.
pub(super) const MAX_JUMPS: usize = 3;

/// By how many jumps, which letters of the text a byte of the name may be: bit i for letter i.
type States = [u64; MAX_JUMPS + 1];

/// A text that can be looked for in pieces.
#[derive(Clone, Debug)]
pub(super) struct Pieces {
    /// Byte of a name -> the bytes of the text that it is, in any ASCII case.
    places: Box<[u64; 256]>,
    /// The last byte of the text.
    last: u64,
}

/// Where all ways to cut stand after some bytes of a name.
#[derive(Clone, Copy, Default)]
struct Ways {
    /// Those that took the last byte, and those that took the one before, and the one before that.
    taken: [States; 3],
    /// Those that took any byte.
    ever: States,
}

impl Pieces {
    /// `None` for a text of more than 64 bytes, or none.
    pub(super) fn new(text: &str) -> Option<Self> {
        let last = 1_u64.checked_shl(u32::try_from(text.len()).ok()?.checked_sub(1)?)?;
        let mut places = Box::new([0; 256]);
        for (at, byte) in text.bytes().enumerate() {
            for case in [byte.to_ascii_lowercase(), byte.to_ascii_uppercase()] {
                places[usize::from(case)] |= 1 << at;
            }
        }
        Some(Self { places, last })
    }

    /// The least count of jumps with which `name` has the text.
    pub(super) fn n_jumps(&self, name: &str) -> Option<usize> {
        let mut ways = Ways::default();
        let mut least = None;
        for at in 0..name.len() {
            let found = self.advance(&mut ways, name.as_bytes(), at);
            least = match (least, found) {
                (Some(a), Some(b)) => Some(usize::min(a, b)),
                (a, b) => a.or(b),
            };
            // A name that has it in one piece is no case for this.
            if least.is_some_and(|least| least <= 1) {
                break;
            }
        }
        least
    }

    /// Takes one byte of the name; the least count of jumps of those ways that end with it.
    fn advance(&self, ways: &mut Ways, name: &[u8], at: usize) -> Option<usize> {
        let &byte = name.get(at)?;
        let here = self.places[usize::from(byte)];
        let [before, skipped_one, skipped_two] = ways.taken;
        if here == 0 {
            ways.taken = [States::default(), before, skipped_one];
            return None;
        }
        let (can_start, can_jump) = (is_start(name, at), is_char(byte));
        let mut now = States::default();
        let mut least = None;
        for n in 0..=MAX_JUMPS {
            let mut from = before[n];
            if let Some(fewer) = n.checked_sub(1).filter(|_| can_jump) {
                from |= skipped_one[fewer] | skipped_two[fewer];
                from |= if can_start { ways.ever[fewer] } else { 0 };
            }
            let first = u64::from(n == 0 && can_start);
            now[n] = (from << 1 | first) & here;
            if now[n] & self.last != 0 {
                least = least.or(Some(n));
            }
        }
        ways.taken = [now, before, skipped_one];
        for (ever, now) in ways.ever.iter_mut().zip(now) {
            *ever |= now;
        }
        least
    }

    /// Where the pieces are in `name`, in bytes; the first place with the fewest.
    pub(super) fn find(&self, name: &str) -> Vec<Range<usize>> {
        let bytes = name.as_bytes();
        let mut ways = Ways::default();
        let mut taken: Vec<States> = Vec::with_capacity(bytes.len());
        let mut best: Option<(usize, usize)> = None;
        for at in 0..bytes.len() {
            if let Some(n) = self.advance(&mut ways, bytes, at)
                && best.is_none_or(|(least, _)| n < least)
            {
                best = Some((n, at));
            }
            taken.push(ways.taken[0]);
        }
        let Some((mut n, mut at)) = best else { return Vec::new() };
        let mut bit = self.last;
        let mut pieces = vec![Range { start: at, end: at + 1 }];
        while bit > 1 {
            let has = |at: usize, n: usize| {
                taken.get(at).is_some_and(|states| states[n] & (bit >> 1) != 0)
            };
            let Some(before) = at.checked_sub(1) else { break };
            let fewer = n.saturating_sub(1);
            let reach = if is_start(bytes, at) { before } else { 2 };
            let jump = || (1..=reach).filter_map(|skipped| before.checked_sub(skipped));
            if has(before, n) {
                at = before;
                if let Some(piece) = pieces.last_mut() {
                    piece.start = at;
                }
            } else if let Some(from) = jump().find(|&from| has(from, fewer)) {
                (at, n) = (from, fewer);
                pieces.push(at..at + 1);
            } else {
                break;
            }
            bit >>= 1;
        }
        pieces.reverse();
        pieces
    }
}

/// Whether a word begins at `at`, or no word is there: letters and digits are words, and a capital
/// after a small letter begins one.
pub(super) fn is_start(name: &[u8], at: usize) -> bool {
    let Some((before, &here)) = at.checked_sub(1).and_then(|i| name.get(i)).zip(name.get(at))
    else {
        return true;
    };
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
    !is_word(*before)
        || !is_word(here)
        || (before.is_ascii_lowercase() && here.is_ascii_uppercase())
}

/// Whether a character begins with this byte of UTF-8.
const fn is_char(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}
