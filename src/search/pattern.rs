//! How well one name matches what was typed. Knows no history.
use std::ops::Range;

use memchr::memchr2_iter;

use crate::search::Query;
use crate::search::pieces::{MAX_JUMPS, Pieces, is_start};
use crate::words::{LONG, place_of, places_of_long};

/// How well a name matches. The best is the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rank {
    /// It is what was typed.
    Exact,
    /// It begins with it.
    Prefix,
    /// A word in it begins with it.
    Word,
    /// It has it somewhere.
    Substring,
    /// It has it in pieces.
    Fuzzy,
}

/// A rank, finer: below `Exact`, what ends where a word of the name ends comes before what goes on
/// (`day=29` before `day=290`), and fewer pieces come before more.
pub(super) type Merit = usize;

/// How many merits there are.
pub(super) const N_MERITS: usize = FUZZY + MAX_JUMPS;

const EXACT: Merit = 0;
const PREFIX: Merit = 1;
const WORD: Merit = 3;
const SUBSTRING: Merit = 5;
const FUZZY: Merit = 7;

/// The rank that `merit` is of.
pub(super) const fn rank_of(merit: Merit) -> Rank {
    match merit {
        EXACT => Rank::Exact,
        PREFIX..WORD => Rank::Prefix,
        WORD..SUBSTRING => Rank::Word,
        SUBSTRING..FUZZY => Rank::Substring,
        _ => Rank::Fuzzy,
    }
}

/// What names are compared with.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    whole: Part,
    /// Where there are several words: each of them.
    words: Vec<Part>,
}

#[derive(Clone, Debug)]
struct Part {
    text: String,
    pieces: Option<Pieces>,
}

impl Pattern {
    pub(super) fn new(query: &Query) -> Self {
        let words = query.words.iter().filter(|_| query.words.len() > 1);
        Self { whole: Part::new(&query.text), words: words.map(|word| Part::new(word)).collect() }
    }

    /// How well `name` matches; `None` if it does not. Several words may stand anywhere in it, and
    /// the worst of them counts.
    pub(super) fn merit(&self, name: &str) -> Option<Merit> {
        if self.words.is_empty() {
            return self.whole.merit(name);
        }
        // One piece with the blanks in it is better than the words one by one.
        if let Some(merit) = self.whole.unbroken(name) {
            return Some(merit);
        }
        let merits = self.words.iter().map(|word| word.merit(name));
        merits
            .reduce(|worst, merit| Some(worst?.max(merit?)))
            .flatten()
            .map(|worst| worst.max(WORD))
    }
}

impl Part {
    fn new(text: &str) -> Self {
        Self { text: text.to_owned(), pieces: Pieces::new(text) }
    }

    fn merit(&self, name: &str) -> Option<Merit> {
        if !has_letters(name, &self.text) {
            return None;
        }
        let in_pieces = || self.pieces.as_ref()?.n_jumps(name).map(|n| FUZZY + n.max(1) - 1);
        self.unbroken(name).or_else(in_pieces)
    }

    /// The best place in one piece.
    fn unbroken(&self, name: &str) -> Option<Merit> {
        let (name, text) = (name.as_bytes(), self.text.as_bytes());
        let Some(&first) = text.first() else { return Some(PREFIX + 1) };
        let n_starts = (name.len() + 1).checked_sub(text.len())?;
        if text.len() > LONG {
            return best(name, text.len(), &mut places_of_long(name, text));
        }
        let (small, capital) = (first.to_ascii_lowercase(), first.to_ascii_uppercase());
        let is_here = |at: &usize| {
            name.get(*at..at + text.len()).is_some_and(|here| here.eq_ignore_ascii_case(text))
        };
        let starts = memchr2_iter(small, capital, name.get(..n_starts)?);
        best(name, text.len(), &mut starts.filter(is_here))
    }
}

/// The merit of the best of `places`, at which something so long is; they are in order.
fn best(name: &[u8], len: usize, places: &mut dyn Iterator<Item = usize>) -> Option<Merit> {
    let mut best = None;
    for at in places {
        let end = at + len;
        let goes_on = usize::from(!is_start(name, end));
        match at {
            0 if end == name.len() => return Some(EXACT),
            0 => return Some(PREFIX + goes_on),
            _ if is_start(name, at) && goes_on == 0 => return Some(WORD),
            _ => {}
        }
        let start = if is_start(name, at) { WORD } else { SUBSTRING };
        best = Some(best.unwrap_or(usize::MAX).min(start + goes_on));
    }
    best
}

/// Whether `name` has all letters of `text` in their order: most names do not.
fn has_letters(name: &str, text: &str) -> bool {
    let mut rest = name.bytes();
    text.bytes().all(|letter| rest.any(|byte| byte.eq_ignore_ascii_case(&letter)))
}

/// What of `name` is what was typed, in bytes, in order, without overlaps: the text in one piece; else
/// each word, in one piece or in several.
pub fn marks(name: &str, query: &Query) -> Vec<Range<usize>> {
    if let Some(place) = place_of(name, &query.text) {
        return vec![place];
    }
    let of_word = |word: &String| match place_of(name, word) {
        Some(place) => vec![place],
        None => Pieces::new(word).map(|pieces| pieces.find(name)).unwrap_or_default(),
    };
    let mut is_marked = vec![false; name.len()];
    for place in query.words.iter().flat_map(of_word) {
        is_marked[place].fill(true);
    }
    let mut marks: Vec<Range<usize>> = Vec::new();
    for at in (0..name.len()).filter(|&at| is_marked[at]) {
        match marks.last_mut() {
            Some(last) if last.end == at => last.end += 1,
            _ => marks.push(at..at + 1),
        }
    }
    marks
}
