//! A place in a record's bytes, and the tokens of JSON from there on. Eight bytes are looked at in
//! one step. Every token is either just what the general decoder takes it for, or not taken: what is
//! rare, such as an escape or an exponent, is left to that decoder, as is all that is broken.
use crate::events::databuild::draft::Range;

/// Each byte of a word is one.
const ONES: u64 = 0x0101_0101_0101_0101;
/// The first bit of each byte of a word.
const HIGHS: u64 = 0x80 * ONES;

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

    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn go_to(&mut self, at: usize) {
        self.at = at;
    }

    /// The bytes from the next one on.
    pub(super) fn rest(&self) -> &'r [u8] {
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

    /// Whether no text so far has a byte past ASCII; outside of texts none is ever taken.
    pub(super) fn is_ascii(&self) -> bool {
        self.seen & HIGHS == 0
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
        self.end_of_text()
    }

    /// The same after its first quote.
    pub(super) fn end_of_text(&mut self) -> Option<Range> {
        let start = self.at;
        let rest = self.rest();
        let (words, tail) = rest.as_chunks();
        for word in words {
            let word = u64::from_le_bytes(*word);
            self.seen |= word;
            let ends = special(word) & HIGHS;
            if ends != 0 {
                return self.close(start, ends.trailing_zeros() as usize / 8);
            }
            self.at += 8;
        }
        let n = tail.iter().position(|&byte| byte < b' ' || byte == b'"' || byte == b'\\')?;
        self.seen |= tail.iter().fold(0, |seen, &byte| seen | u64::from(byte));
        self.close(start, n)
    }

    fn close(&mut self, start: usize, n: usize) -> Option<Range> {
        self.at += n;
        let is_quote = self.bytes.get(self.at) == Some(&b'"');
        is_quote.then(|| {
            self.at += 1;
            Range::new(start, self.at - 1)
        })
    }

    /// Takes a whole number of at most 19 digits, without a sign.
    pub(super) fn number(&mut self) -> Option<u64> {
        let (digits, rest) = digits(self.rest())?;
        let is_plain = digits.len() == 1 || digits.first() != Some(&b'0');
        let goes_on = matches!(rest.first(), Some(b'.' | b'e' | b'E'));
        let number = decimal(digits).filter(|_| is_plain && !goes_on)?;
        self.at += digits.len();
        Some(number)
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

/// One to 19 digits, and what follows them.
fn digits(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let n = bytes.iter().take(20).position(|byte| !byte.is_ascii_digit())?;
    if n == 0 { None } else { bytes.split_at_checked(n) }
}

fn end_of(is_object: bool) -> u8 {
    if is_object { b'}' } else { b']' }
}

/// The first bit of each byte that is a quote, a backslash or a control character; exact up to the
/// first such byte. After "Bit Twiddling Hacks" by S. E. Anderson.
fn special(word: u64) -> u64 {
    let zero = |word: u64| word.wrapping_sub(ONES) & !word;
    let controls = word.wrapping_sub(0x20 * ONES) & !word;
    zero(word ^ (0x22 * ONES)) | zero(word ^ (0x5c * ONES)) | controls
}

/// The number that at most 19 decimal digits say; none if there is anything else, or nothing.
pub(super) fn decimal(digits: &[u8]) -> Option<u64> {
    if digits.is_empty() || digits.len() > 19 {
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
    let is_number = (low | word.wrapping_add(0x46 * ONES)) & HIGHS == 0;
    let pairs = low.wrapping_mul(10).wrapping_add(low >> 8) & 0x00ff_00ff_00ff_00ff;
    let fours = pairs.wrapping_mul(100).wrapping_add(pairs >> 16) & 0x0000_ffff_0000_ffff;
    let eight = fours.wrapping_mul(10_000).wrapping_add(fours >> 32) & 0xffff_ffff;
    is_number.then_some(eight)
}
