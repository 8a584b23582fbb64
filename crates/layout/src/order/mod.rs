//! Sorting rows and telling words apart, in one copy each: all that the page sorts and most that it
//! looks up by hash goes through these. What the standard library has for it is generic, and each use
//! of one is kilobytes of machine code. Knows nothing but numbers; what they stand for is the caller's.
mod rows;
mod sort;
mod table;

pub use rows::{Bits, Seen};
pub use sort::{
    key, major, minor, sort_keys, sort_nearly_sorted, sort_numbers, sort_rows, sort_triples,
    sorted_rows,
};
pub use table::Table;
