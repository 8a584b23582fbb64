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
    has_head: bool,
    reading: Reading,
}

impl<T: Columns + Default> Default for Unpacker<T> {
    fn default() -> Self {
        let (value, n_columns) = (T::default(), n_columns::<T>());
        Self { value, n_columns, has_head: false, reading: Reading::default() }
    }
}

impl<T: Columns> Unpacker<T> {
    /// Takes the next slice, which is a multiple of [`ALIGN`] long.
    ///
    /// # Errors
    /// When the bytes cannot be such a value's; no more are to be pushed then.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), WireError> {
        let (mut lines, odd) = bytes.as_chunks::<ALIGN>();
        if !odd.is_empty() {
            return Err(WireError::Length);
        }
        if !self.has_head {
            let Some((head, others)) = lines.split_first() else { return Ok(()) };
            self.read_head(head)?;
            lines = others;
        }
        let Self { value, reading, .. } = self;
        let (mut at, mut result) = (0, Ok(()));
        value.each(&mut |column| {
            if at == reading.n_read && result.is_ok() {
                result = reading.read(column, &mut lines);
            }
            at += 1;
        });
        result?;
        if lines.is_empty() { Ok(()) } else { Err(WireError::Length) }
    }

    /// The value as far as it has come, and how many of its columns are whole.
    pub const fn so_far(&self) -> (&T, usize) {
        (&self.value, self.reading.n_read)
    }

    /// Bytes of the columns that have been announced, without what lies between them.
    pub fn n_bytes(&self) -> u64 {
        self.reading.n_bytes
    }

    /// The value.
    ///
    /// # Errors
    /// When bytes are missing, or columns contradict each other.
    pub fn finish(self) -> Result<T, WireError> {
        if self.reading.n_read < self.n_columns || !self.has_head {
            return Err(WireError::Length);
        }
        if self.value.is_sound() { Ok(self.value) } else { Err(WireError::Content) }
    }

    fn read_head(&mut self, line: &[u8; ALIGN]) -> Result<(), WireError> {
        self.has_head = true;
        match words(line) {
            [VERSION, n_columns] if n_columns == self.n_columns as u64 => Ok(()),
            [VERSION, _] => Err(WireError::Directory),
            [version, _] => Err(WireError::Version(version)),
        }
    }
}

/// How far reading is.
#[derive(Debug, Default)]
struct Reading {
    /// How many columns are read.
    n_read: usize,
    /// Of those and the one in hand.
    n_bytes: u64,
    /// Of the next one, once its length has come.
    in_hand: Option<InHand>,
    /// Of it, what has come and could not be used yet.
    held: Vec<u8>,
}

/// A column that is `n_bytes` long, and of which `at` have come, with what aligns it.
#[derive(Clone, Copy, Debug)]
struct InHand {
    n_bytes: u64,
    at: u64,
}

impl Reading {
    /// Reads what there is of the next column; what is left of `lines` is of the others.
    fn read(
        &mut self,
        column: &mut dyn Column,
        lines: &mut &[[u8; ALIGN]],
    ) -> Result<(), WireError> {
        let in_hand = match self.in_hand {
            Some(in_hand) => Some(in_hand),
            None => self.begin(column, lines)?,
        };
        let Some(InHand { n_bytes, at }) = in_hand else { return Ok(()) };
        let n_left = clamped((aligned(n_bytes) - at) / ALIGN as u64);
        let (taken, others) = lines.split_at(lines.len().min(n_left));
        *lines = others;
        let is_last = taken.len() == n_left;
        let taken = taken.as_flattened();
        let cells =
            taken.get(..clamped(n_bytes.saturating_sub(at)).min(taken.len())).unwrap_or_default();
        give(column, cells, is_last, &mut self.held)?;
        self.in_hand = (!is_last).then_some(InHand { n_bytes, at: at + taken.len() as u64 });
        self.n_read += usize::from(is_last);
        Ok(())
    }

    /// Makes room for a column, if one begins here. None is longer than what a page has of memory.
    fn begin(
        &mut self,
        column: &mut dyn Column,
        lines: &mut &[[u8; ALIGN]],
    ) -> Result<Option<InHand>, WireError> {
        let Some((line, others)) = lines.split_first() else { return Ok(None) };
        *lines = others;
        let [n_bytes, _] = words(line);
        let length = u32::try_from(n_bytes).map_err(|_| WireError::Length)?;
        column.make_room(length as usize)?;
        self.n_bytes += n_bytes;
        Ok(Some(InHand { n_bytes, at: 0 }))
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
