//! Looking for letters in a name without regard to ASCII case.
use std::ops::Range;

use memchr::memchr2_iter;

/// Whether `name` has `part` in it, in any ASCII case.
pub fn has(name: &str, part: &str) -> bool {
    part.is_empty() || place_of(name, part).is_some()
}

/// Where `name` first has `part` in it, in any ASCII case, in bytes; none for an empty part.
pub fn place_of(name: &str, part: &str) -> Option<Range<usize>> {
    // The first byte's two cases are looked for many at a time.
    let (name, part) = (name.as_bytes(), part.as_bytes());
    let first = part.first()?;
    let n_starts = (name.len() + 1).checked_sub(part.len())?;
    let starts =
        memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), name.get(..n_starts)?);
    let is_here = |&at: &usize| {
        name.get(at..at + part.len()).is_some_and(|here| here.eq_ignore_ascii_case(part))
    };
    starts.into_iter().find(is_here).map(|at| at..at + part.len())
}
