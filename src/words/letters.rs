//! Looking for letters in a name without regard to ASCII case.
use std::ops::Range;

use memchr::memchr2_iter;

/// What is longer is looked for in a way that takes longer, but no name makes it take the product of
/// both lengths.
pub const LONG: usize = 64;

/// Every place where `name` has `part` in it, in any ASCII case, also where they overlap; none for an
/// empty part. After D. E. Knuth, J. H. Morris and V. R. Pratt, "Fast pattern matching in strings",
/// SIAM Journal on Computing 6 (1977).
pub fn places_of_long(name: &[u8], part: &[u8]) -> impl Iterator<Item = usize> {
    let is_too_long = part.len() > name.len();
    // How much of the part is matched again, where it goes no further.
    let again = if is_too_long { Vec::new() } else { again(part) };
    let mut n_matched = 0;
    name.iter().enumerate().take_while(move |_| !is_too_long).filter_map(move |(at, byte)| {
        n_matched = step(part, &again, n_matched, *byte);
        let is_whole = n_matched == part.len() && n_matched > 0;
        is_whole.then(|| at + 1 - part.len())
    })
}

/// How much is matched with one byte more.
fn step(part: &[u8], again: &[usize], mut n_matched: usize, byte: u8) -> usize {
    loop {
        match part.get(n_matched) {
            Some(next) if next.eq_ignore_ascii_case(&byte) => return n_matched + 1,
            _ if n_matched == 0 => return 0,
            _ => n_matched = again.get(n_matched - 1).copied().unwrap_or(0),
        }
    }
}

/// Of each beginning of `part`, the longest of its ends, but itself, that is a beginning, too.
fn again(part: &[u8]) -> Vec<usize> {
    let mut again = Vec::with_capacity(part.len());
    for (at, &byte) in part.iter().enumerate() {
        let before = again.last().copied().unwrap_or(0);
        again.push(if at == 0 { 0 } else { step(part, &again, before, byte) });
    }
    again
}

/// Whether `name` has `part` in it, in any ASCII case.
pub fn has(name: &str, part: &str) -> bool {
    part.is_empty() || place_of(name, part).is_some()
}

/// Where `name` first has `part` in it, in any ASCII case, in bytes; none for an empty part.
pub fn place_of(name: &str, part: &str) -> Option<Range<usize>> {
    let (name, part) = (name.as_bytes(), part.as_bytes());
    if part.len() > LONG {
        return places_of_long(name, part).next().map(|at| at..at + part.len());
    }
    // The first byte's two cases are looked for many at a time.
    let first = part.first()?;
    let n_starts = (name.len() + 1).checked_sub(part.len())?;
    let starts =
        memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), name.get(..n_starts)?);
    let is_here = |&at: &usize| {
        name.get(at..at + part.len()).is_some_and(|here| here.eq_ignore_ascii_case(part))
    };
    starts.into_iter().find(is_here).map(|at| at..at + part.len())
}
