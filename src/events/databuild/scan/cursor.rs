//! A place in a record's bytes, and the tokens of JSON from there on. Sixteen bytes of a text are
//! looked at in one step. Every token is either just what the general decoder takes it for, or not taken: what is
//! rare, such as an escape or an exponent, is left to that decoder, as is all that is broken.
use crate::events::databuild::draft::Range;

/// Each byte of a word is one.
const ONES: u64 = 0x0101_0101_0101_0101;
/// The first bit of each byte of a word.
const HIGHS: u64 = 0x80 * ONES;

/// Numbers of as many digits are below 2⁶⁴.
const MOST_DIGITS: usize = 19;

/// Where reading is.
pub(super) struct Cursor<'r> {
    bytes: &'r [u8],
    at: usize,
    /// The bytes of texts so far, all bits of them in one word.
    seen: u64,
}

impl<'r> Cursor<'r> {
    pub(super) fn new(bytes: &'r [u8]) -> Self {
        Self { bytes, at: 0, seen: 0 }
    }

    /// How far one more value goes from there, which may be any; with the bytes of texts.
    pub(super) fn after_anything(bytes: &'r [u8], at: usize, seen: u64) -> Option<(usize, u64)> {
        let mut cursor = Self { bytes, at, seen };
        cursor.anything()?;
        Some((cursor.at, cursor.seen))
    }

    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn bytes(&self) -> &'r [u8] {
        self.bytes
    }

    /// The bytes from the next one on.
    fn rest(&self) -> &'r [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    pub(super) fn bytes_of(&self, range: Range) -> &'r [u8] {
        range.of(self.bytes)
    }

    /// The same as text; empty if it is none.
    pub(super) fn str_of(&self, range: Range) -> &'r str {
        std::str::from_utf8(self.bytes_of(range)).unwrap_or_default()
    }

    pub(super) fn is_at_end(&self) -> bool {
        self.at == self.bytes.len()
    }

    /// Whether all that was taken is UTF-8: outside of texts all is ASCII.
    pub(super) fn is_text(&self) -> bool {
        is_text(self.bytes, self.seen)
    }

    /// The next byte that is no blank.
    pub(super) fn peek(&mut self) -> Option<u8> {
        loop {
            match *self.bytes.get(self.at)? {
                b' ' | b'\t' | b'\n' | b'\r' => self.at += 1,
                byte => return Some(byte),
            }
        }
    }

    /// Takes the next byte that is no blank, if it is this one.
    pub(super) fn take(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.at += 1)
    }

    /// Between the elements of what ends with `end`: whether there is another one. The first
    /// follows the opening bracket, all others a comma.
    pub(super) fn goes_on(&mut self, is_first: bool, end: u8) -> Option<bool> {
        match self.peek()? {
            byte if byte == end => {
                self.at += 1;
                Some(false)
            }
            b',' if !is_first => {
                self.at += 1;
                // A bracket after a comma is no element: that is found by whoever reads one.
                Some(true)
            }
            _ => is_first.then_some(true),
        }
    }

    /// Takes `null`, `true` or `false`.
    pub(super) fn word(&mut self, word: &str) -> Option<()> {
        self.rest().starts_with(word.as_bytes()).then(|| self.at += word.len())
    }

    /// Takes a text without escapes, and gives what is between its quotes.
    pub(super) fn text(&mut self) -> Option<Range> {
        self.take(b'"')?;
        let start = self.at;
        let n = text_end(self.rest(), &mut self.seen)?;
        self.at += n + 1;
        Some(Range::new(start, start + n))
    }

    /// Takes a whole number of at most 19 digits, without a sign.
    pub(super) fn number(&mut self) -> Option<(u64, Range)> {
        let (number, n) = whole_number(self.rest())?;
        let start = self.at;
        self.at += n;
        let goes_on = matches!(self.rest().first(), Some(b'.' | b'e' | b'E'));
        (!goes_on).then(|| (number, Range::new(start, self.at)))
    }

    /// Takes a text of at most 19 digits.
    pub(super) fn number_in_text(&mut self) -> Option<(u64, Range)> {
        let digits = self.text()?;
        Some((decimal(self.bytes_of(digits))?, digits))
    }

    /// Takes a number of at most 19 digits before and after its point, without an exponent.
    fn numeral(&mut self) -> Option<()> {
        let rest = self.rest();
        let (whole, mut rest) = digits(rest.strip_prefix(b"-").unwrap_or(rest))?;
        if whole.len() > 1 && whole.first() == Some(&b'0') {
            return None;
        }
        if let Some(fraction) = rest.strip_prefix(b".") {
            (_, rest) = digits(fraction)?;
        }
        if matches!(rest.first(), Some(b'e' | b'E')) {
            return None;
        }
        self.at = self.bytes.len() - rest.len();
        Some(())
    }

    /// Takes any value, however nested up to a depth that nothing honest reaches.
    pub(super) fn anything(&mut self) -> Option<()> {
        // Of every open bracket, innermost last, whether it is that of an object.
        let mut open = [false; 64];
        let mut depth = 0;
        loop {
            match self.peek()? {
                b'"' => drop(self.text()?),
                byte @ (b'{' | b'[') => {
                    self.at += 1;
                    *open.get_mut(depth)? = byte == b'{';
                    depth += 1;
                    if self.peek()? != end_of(byte == b'{') {
                        self.key_in(byte == b'{')?;
                        continue;
                    }
                }
                b't' => self.word("true")?,
                b'f' => self.word("false")?,
                b'n' => self.word("null")?,
                _ => self.numeral()?,
            }
            // After a value: whatever ends here, up to the next one.
            loop {
                let Some(&is_object) = depth.checked_sub(1).and_then(|at| open.get(at)) else {
                    return Some(());
                };
                match self.peek()? {
                    b',' => {
                        self.at += 1;
                        self.key_in(is_object)?;
                        break;
                    }
                    byte if byte == end_of(is_object) => {
                        self.at += 1;
                        depth -= 1;
                    }
                    _ => return None,
                }
            }
        }
    }

    fn key_in(&mut self, is_object: bool) -> Option<()> {
        if is_object {
            self.text()?;
            self.take(b':')?;
        }
        Some(())
    }
}

/// How many bytes a text has of which this is what follows its first quote, if there is no escape in it. `seen` are
/// the bytes of texts so far, all bits of them in one word.
#[inline]
pub(super) fn text_end(bytes: &[u8], seen: &mut u64) -> Option<usize> {
    let (chunks, tail) = bytes.as_chunks();
    let mut n = 0;
    for chunk in chunks {
        let word = u128::from_le_bytes(*chunk);
        *seen |= word as u64 | (word >> 64) as u64;
        if let Some(before) = n_before_special(chunk) {
            n += before;
            return (bytes.get(n) == Some(&b'"')).then_some(n);
        }
        n += chunk.len();
    }
    n += tail.iter().position(|&byte| is_special(byte))?;
    *seen |= tail.iter().fold(0, |seen, &byte| seen | u64::from(byte));
    (bytes.get(n) == Some(&b'"')).then_some(n)
}

/// What a text cannot go on with: a quote, a backslash or a control character.
const fn is_special(byte: u8) -> bool {
    byte < b' ' || byte == b'"' || byte == b'\\'
}

/// How many bytes stand before the first such one.
#[inline]
#[cfg(not(target_family = "wasm"))]
fn n_before_special(chunk: &[u8; 16]) -> Option<usize> {
    let specials = chunk.map(|byte| if is_special(byte) { u8::MAX } else { 0 });
    let specials = u128::from_le_bytes(specials);
    (specials != 0).then(|| specials.trailing_zeros() as usize / 8)
}

/// The same: the compiler finds no such instructions for wasm by itself.
#[inline]
#[cfg(target_family = "wasm")]
fn n_before_special(chunk: &[u8; 16]) -> Option<usize> {
    use core::arch::wasm32::{u8x16_bitmask, u8x16_eq, u8x16_lt, u8x16_splat, u64x2, v128_or};
    let word = u128::from_le_bytes(*chunk);
    let bytes = u64x2(word as u64, (word >> 64) as u64);
    let is = |byte| u8x16_eq(bytes, u8x16_splat(byte));
    let specials = v128_or(v128_or(is(b'"'), is(b'\\')), u8x16_lt(bytes, u8x16_splat(b' ')));
    let specials = u8x16_bitmask(specials);
    (specials != 0).then(|| specials.trailing_zeros() as usize)
}

/// Whether a record is UTF-8, given the bytes of its texts.
pub(super) fn is_text(record: &[u8], seen: u64) -> bool {
    seen & HIGHS == 0 || std::str::from_utf8(record).is_ok()
}

/// The number of one to 19 digits that the bytes begin with, and how many there are.
#[inline]
pub(super) fn whole_number(bytes: &[u8]) -> Option<(u64, usize)> {
    let (digits, _) = digits(bytes)?;
    let is_plain = digits.len() == 1 || digits.first() != Some(&b'0');
    decimal(digits).filter(|_| is_plain).map(|number| (number, digits.len()))
}

/// One to 19 digits, and what follows them; none if nothing does.
#[inline]
pub(super) fn digits(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let n = n_digits(bytes)?;
    if (1..=MOST_DIGITS).contains(&n) { bytes.split_at_checked(n) } else { None }
}

/// How many digits stand before the first byte that is none; for more than 19 any number that is no less.
#[inline]
fn n_digits(bytes: &[u8]) -> Option<usize> {
    let mut n = 0;
    for word in bytes.as_chunks().0.iter().take(MOST_DIGITS / 8 + 1) {
        let others = not_digits(u64::from_le_bytes(*word));
        n += others.trailing_zeros() as usize / 8;
        if others != 0 {
            return Some(n);
        }
    }
    let rest = bytes.get(n..)?.iter();
    rest.take(MOST_DIGITS + 1).position(|byte| !byte.is_ascii_digit()).map(|more| n + more)
}

/// The first bits of those bytes of a word that are no digits, up to the first such one; what is behind that means nothing.
const fn not_digits(word: u64) -> u64 {
    (word.wrapping_sub(0x30 * ONES) | word.wrapping_add(0x46 * ONES)) & HIGHS
}

fn end_of(is_object: bool) -> u8 {
    if is_object { b'}' } else { b']' }
}

/// The number that at most 19 decimal digits say; none if there is anything else, or nothing.
pub(super) fn decimal(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() || digits.len() > MOST_DIGITS {
        return None;
    }
    let (words, tail) = digits.as_chunks();
    let mut number = 0;
    for word in words {
        number = number * 100_000_000 + eight_digits(u64::from_le_bytes(*word))?;
    }
    for byte in tail {
        number = number * 10 + u64::from(byte.is_ascii_digit().then(|| byte - b'0')?);
    }
    Some(number)
}

/// The number that the bytes of a word say, the first of them first: neighbours are joined to
/// numbers of two, four and eight digits. After D. Lemire, "Quickly parsing eight digits" (2018).
fn eight_digits(word: u64) -> Option<u64> {
    let low = word.wrapping_sub(0x30 * ONES);
    let pairs = low.wrapping_mul(10).wrapping_add(low >> 8) & 0x00ff_00ff_00ff_00ff;
    let fours = pairs.wrapping_mul(100).wrapping_add(pairs >> 16) & 0x0000_ffff_0000_ffff;
    let eight = fours.wrapping_mul(10_000).wrapping_add(fours >> 32) & 0xffff_ffff;
    (not_digits(word) == 0).then_some(eight)
}
