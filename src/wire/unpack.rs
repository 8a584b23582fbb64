//! Bytes → columns, in slices: each costs only what it is long, so that a page can take a breath
//! between any two. Total: bytes that are not what they should be are an error.
use super::pack::n_columns;
use super::{ALIGN, Column, Columns, VERSION, WireError, aligned};

/// So many bytes are read at a time where nobody waits.
const SLICE_BYTES: usize = 1 << 20;

/// Takes the slices of a value, as a [`Packer`](super::Packer) has given them.
#[derive(Debug)]
pub struct Unpacker<T> {
    value: T,
    /// How many columns it has.
    n_columns: usize,
    /// How many of them are read.
    n_read: usize,
    next: Next,
    /// Of the column in hand: what has come and could not be used yet.
    held: Vec<u8>,
}

/// What the next bytes are.
#[derive(Clone, Copy, Debug)]
enum Next {
    /// What all begins with.
    Head,
    /// The length of a column, if one follows.
    Length,
    /// Of a column that is so long: what follows its first `at` bytes.
    Column { n_bytes: u64, at: u64 },
}

impl<T: Columns + Default> Default for Unpacker<T> {
    fn default() -> Self {
        let (value, n_columns) = (T::default(), n_columns::<T>());
        Self { value, n_columns, n_read: 0, next: Next::Head, held: Vec::new() }
    }
}

impl<T: Columns> Unpacker<T> {
    /// Takes the next slice, which is a multiple of [`ALIGN`] long.
    ///
    /// # Errors
    /// When the bytes cannot be such a value's; no more are to be pushed then.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), WireError> {
        let (mut lines, rest) = bytes.as_chunks::<ALIGN>();
        if !rest.is_empty() {
            return Err(WireError::Length);
        }
        while let Some((line, others)) = lines.split_first() {
            match self.next {
                Next::Head => self.read_head(line)?,
                Next::Length => self.read_length(line)?,
                Next::Column { n_bytes, at } => {
                    lines = self.read_column(lines, n_bytes, at)?;
                    continue;
                }
            }
            lines = others;
        }
        Ok(())
    }

    /// The value.
    ///
    /// # Errors
    /// When bytes are missing, or columns contradict each other.
    pub fn finish(self) -> Result<T, WireError> {
        if self.n_read < self.n_columns || !matches!(self.next, Next::Length) {
            return Err(WireError::Length);
        }
        if self.value.is_sound() { Ok(self.value) } else { Err(WireError::Content) }
    }

    fn read_head(&mut self, line: &[u8; ALIGN]) -> Result<(), WireError> {
        match words(line) {
            [VERSION, n_columns] if n_columns == self.n_columns as u64 => {
                self.next = Next::Length;
                Ok(())
            }
            [VERSION, _] => Err(WireError::Directory),
            [version, _] => Err(WireError::Version(version)),
        }
    }

    /// Makes room for the column in hand. None is longer than what a page has of memory.
    fn read_length(&mut self, line: &[u8; ALIGN]) -> Result<(), WireError> {
        if self.n_read == self.n_columns {
            return Err(WireError::Length);
        }
        let [n_bytes, _] = words(line);
        let length = u32::try_from(n_bytes).map_err(|_| WireError::Length)? as usize;
        self.in_hand(|column, _| column.make_room(length))?;
        self.next = Next::Column { n_bytes, at: 0 };
        if n_bytes == 0 { self.read_column(&[], 0, 0).map(|_| ()) } else { Ok(()) }
    }

    /// Reads what there is of the column in hand; what is left is of the others.
    fn read_column<'b>(
        &mut self,
        lines: &'b [[u8; ALIGN]],
        n_bytes: u64,
        at: u64,
    ) -> Result<&'b [[u8; ALIGN]], WireError> {
        let n_left = clamped((aligned(n_bytes) - at) / ALIGN as u64);
        let (taken, rest) = lines.split_at(lines.len().min(n_left));
        let is_last = taken.len() == n_left;
        let taken = taken.as_flattened();
        let cells = taken.get(..clamped(n_bytes - at).min(taken.len())).unwrap_or_default();
        self.in_hand(|column, held| give(column, cells, is_last, held))?;
        if is_last {
            (self.n_read, self.next) = (self.n_read + 1, Next::Length);
        } else {
            self.next = Next::Column { n_bytes, at: at + taken.len() as u64 };
        }
        Ok(rest)
    }

    /// Does something with the column in hand, and what is held of it.
    fn in_hand(
        &mut self,
        mut act: impl FnMut(&mut dyn Column, &mut Vec<u8>) -> Result<(), WireError>,
    ) -> Result<(), WireError> {
        let Self { value, held, n_read, .. } = self;
        let (mut at, mut result) = (0, Ok(()));
        value.each(&mut |column| {
            if at == *n_read {
                result = act(column, held);
            }
            at += 1;
        });
        result
    }
}

fn give(
    column: &mut dyn Column,
    cells: &[u8],
    is_last: bool,
    held: &mut Vec<u8>,
) -> Result<(), WireError> {
    if held.is_empty() {
        let n_used = column.unpack(cells, is_last)?;
        held.extend_from_slice(cells.get(n_used..).unwrap_or_default());
    } else {
        held.extend_from_slice(cells);
        let n_used = column.unpack(held, is_last)?;
        held.drain(..n_used.min(held.len()));
    }
    if is_last && !held.is_empty() { Err(WireError::Content) } else { Ok(()) }
}

fn clamped(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}

/// The first two words of a line.
fn words(line: &[u8; ALIGN]) -> [u64; 2] {
    let (words, _) = line.as_chunks();
    std::array::from_fn(|at| words.get(at).map_or(0, |&word| u64::from_le_bytes(word)))
}

/// The value whose bytes these are, all of them.
///
/// # Errors
/// When they are of none.
pub fn from_bytes<T: Columns + Default>(bytes: &[u8]) -> Result<T, WireError> {
    let mut unpacker = Unpacker::default();
    bytes.chunks(SLICE_BYTES).try_for_each(|slice| unpacker.push(slice))?;
    unpacker.finish()
}
