//! Bytes → columns, in slices: each costs only what it is long, so that a page can take a breath
//! between any two. Total: bytes that are not what they should be are an error.
use super::{ALIGN, Column, Columns, VERSION, WireError, aligned, directory_bytes};

/// So many bytes are read at a time where nobody waits.
const SLICE_BYTES: usize = 1 << 20;

/// Takes the slices of one buffer.
#[derive(Debug)]
pub struct Unpacker<T> {
    value: T,
    /// Of the whole buffer.
    n_bytes: u64,
    /// Of every column, in bytes; empty before the directory is read.
    lengths: Vec<u64>,
    /// Of the directory or the column in hand: what has come and could not be used yet.
    held: Vec<u8>,
    /// The column in hand, and how many of its bytes have been read.
    column: usize,
    n_read: u64,
}

impl<T: Columns + Default> Unpacker<T> {
    /// For a buffer of so many bytes.
    pub fn new(n_bytes: u64) -> Self {
        let (value, lengths, held) = (T::default(), Vec::new(), Vec::new());
        Self { value, n_bytes, lengths, held, column: 0, n_read: 0 }
    }

    /// Takes the next slice, which is a multiple of [`ALIGN`] long.
    ///
    /// # Errors
    /// When the bytes cannot be such a value's; no more are to be pushed then.
    pub fn push(&mut self, mut bytes: &[u8]) -> Result<(), WireError> {
        if !bytes.len().is_multiple_of(ALIGN) {
            return Err(WireError::Length);
        }
        if self.lengths.is_empty() {
            bytes = self.read_directory(bytes)?;
        }
        while !self.lengths.is_empty() && (!bytes.is_empty() || self.is_at_empty_column()) {
            bytes = self.read_column(bytes)?;
        }
        Ok(())
    }

    /// The value.
    ///
    /// # Errors
    /// When bytes are missing, or columns contradict each other.
    pub fn finish(self) -> Result<T, WireError> {
        if self.lengths.is_empty() || self.column < self.lengths.len() {
            return Err(WireError::Length);
        }
        if self.value.is_sound() { Ok(self.value) } else { Err(WireError::Content) }
    }

    /// Reads as much of the directory as there is; what is left is of the columns.
    fn read_directory<'b>(&mut self, bytes: &'b [u8]) -> Result<&'b [u8], WireError> {
        let mut n_columns = 0;
        self.value.each(&mut |_| n_columns += 1);
        let n_words = directory_bytes(n_columns) as usize;
        let n_bytes = aligned(n_words as u64) as usize;
        let (taken, rest) = bytes.split_at(bytes.len().min(n_bytes - self.held.len()));
        self.held.extend_from_slice(taken);
        if self.held.len() < n_bytes {
            return Ok(rest);
        }
        let held = std::mem::take(&mut self.held);
        let (words, _) = held.as_chunks();
        let mut words = words.iter().map(|&word| u64::from_le_bytes(word));
        match words.next() {
            Some(VERSION) => {}
            version => return Err(WireError::Version(version.unwrap_or_default())),
        }
        if words.next() != Some(n_columns as u64) {
            return Err(WireError::Directory);
        }
        self.lengths = words.take(n_columns).collect();
        self.make_room(n_bytes as u64)?;
        Ok(rest)
    }

    /// Makes room for all columns, if they are as long as they can be and as the buffer is.
    fn make_room(&mut self, n_bytes_before: u64) -> Result<(), WireError> {
        let mut n_bytes = Some(n_bytes_before);
        for &length in &self.lengths {
            let padded = length.checked_next_multiple_of(ALIGN as u64);
            n_bytes = n_bytes.zip(padded).and_then(|(before, n)| before.checked_add(n));
        }
        if n_bytes != Some(self.n_bytes) {
            return Err(WireError::Length);
        }
        let Self { value, lengths, .. } = self;
        let (mut lengths, mut result) = (lengths.iter(), Ok(()));
        value.each(&mut |column| {
            if let (Ok(()), Some(&length)) = (result, lengths.next()) {
                let length = usize::try_from(length).map_err(|_| WireError::Length);
                result = length.and_then(|length| column.make_room(length));
            }
        });
        result
    }

    /// Reads what there is of the column in hand.
    fn read_column<'b>(&mut self, bytes: &'b [u8]) -> Result<&'b [u8], WireError> {
        let Some(&n_bytes) = self.lengths.get(self.column) else { return Err(WireError::Length) };
        let n_left = clamped(aligned(n_bytes) - self.n_read);
        let (taken, rest) = bytes.split_at(bytes.len().min(n_left));
        let is_last = taken.len() == n_left;
        let n_cells = clamped(n_bytes.saturating_sub(self.n_read)).min(taken.len());
        let cells = taken.get(..n_cells).unwrap_or_default();
        let Self { value, held, column: in_hand, .. } = self;
        let (mut at, mut result) = (0, Ok(()));
        value.each(&mut |column| {
            if at == *in_hand {
                result = give(column, cells, is_last, held);
            }
            at += 1;
        });
        self.n_read += taken.len() as u64;
        if is_last {
            (self.column, self.n_read) = (self.column + 1, 0);
        }
        result.map(|()| rest)
    }

    fn is_at_empty_column(&self) -> bool {
        self.lengths.get(self.column) == Some(&0)
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

/// The value that a whole buffer holds.
///
/// # Errors
/// When it holds none.
pub fn from_bytes<T: Columns + Default>(bytes: &[u8]) -> Result<T, WireError> {
    let mut unpacker = Unpacker::new(bytes.len() as u64);
    bytes.chunks(SLICE_BYTES).try_for_each(|slice| unpacker.push(slice))?;
    unpacker.finish()
}
