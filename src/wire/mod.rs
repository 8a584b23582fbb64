//! Values made of columns ⇄ bytes, little-endian, a column after the other:
//!
//! | bytes | what |
//! | --- | --- |
//! | 8 | [`VERSION`] |
//! | 8 | how many columns there are |
//! | 8 | before each column: its length in bytes |
//! | so many | the column |
//!
//! Each line but the second begins at a multiple of [`ALIGN`]; what lies between is zero. So the first columns can be sent before
//! the others are known, and read before those come. Most columns are copied as they
//! are; those whose values hardly differ from the ones before them are [`Narrow`]. Knows no column's meaning.
mod block;
mod cell;
mod column;
mod narrow;
mod pack;
mod part;
mod rows;
mod unpack;
mod whole;
mod words;

pub use cell::Cell;
pub use column::{Column, Columns, Visit};
pub use narrow::Narrow;
pub use pack::{Packer, Sink, n_columns, to_bytes};
pub use part::{Part, PartIter};
pub use rows::{Row, RowReader, put_text, put_word, visit_rows};
pub use unpack::{Unpacker, from_bytes};
pub use whole::Whole;

/// To be raised whenever the same bytes begin to mean something else.
pub const VERSION: u64 = 12;

/// Of columns among the bytes; no cell is wider, so a cut at a multiple of it never splits one.
pub const ALIGN: usize = 32;

/// Why bytes are not what they should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WireError {
    /// Written by another version.
    Version(u64),
    /// Other columns than were expected.
    Directory,
    /// They end too early, or go on too long.
    Length,
    /// There is not as much memory as they take.
    Room,
    /// A column holds what it cannot, or does not fit the others.
    Content,
}

impl std::fmt::Display for WireError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Version(version) => write!(f, "version {version} instead of {VERSION}"),
            Self::Directory => f.write_str("other columns than expected"),
            Self::Length => f.write_str("more or fewer bytes than expected"),
            Self::Room => f.write_str("no memory is left for it"),
            Self::Content => f.write_str("columns that contradict each other"),
        }
    }
}

impl std::error::Error for WireError {}

/// The first multiple of [`ALIGN`] from `n_bytes` on.
const fn aligned(n_bytes: u64) -> u64 {
    n_bytes.next_multiple_of(ALIGN as u64)
}

/// Implements [`Columns`] for structs by naming every field: one that is forgotten does not compile.
/// Who visits the columns calls one function: as a part of each of those who do, it is a tenth of the worker's code.
/// Those behind the bar follow from the others and are no columns; `if` names what they must be besides.
#[macro_export]
macro_rules! columns {
    ($($name:ty { $($field:ident),* $(,)? $(| $($derived:ident)*)? } $(if $fits:path)?)*) => {$(
        impl $crate::wire::Columns for $name {
            #[inline(never)]
            fn each(&mut self, visit: &mut $crate::wire::Visit<'_>) {
                let Self { $($field,)* $($($derived: _),*)? } = self;
                $($crate::wire::Columns::each($field, visit);)*
            }

            fn is_sound(&self) -> bool {
                let Self { $($field,)* $($($derived: _),*)? } = self;
                true $(&& $crate::wire::Columns::is_sound($field))* $(&& $fits(self))?
            }
        }
    )*};
}
