//! Small tables whose rows are of different lengths: lists of words and texts, a row after the other.
//! For hundreds of rows, never for millions.
use super::{Column, Visit, WireError};

/// A row of words and texts.
pub trait Row: Sized {
    /// Appends its words and texts.
    fn put(&self, out: &mut Vec<u8>);

    /// Reads them again; none when they are not such a row's.
    fn take(from: &mut RowReader<'_>) -> Option<Self>;
}

/// Appends a word.
pub fn put_word(word: u64, out: &mut Vec<u8>) {
    out.extend_from_slice(&word.to_le_bytes());
}

/// Appends a text.
pub fn put_text(text: &str, out: &mut Vec<u8>) {
    put_word(text.len() as u64, out);
    out.extend_from_slice(text.as_bytes());
}

/// What is left of a table's bytes.
#[derive(Clone, Copy, Debug)]
pub struct RowReader<'a>(&'a [u8]);

impl RowReader<'_> {
    /// The next word.
    pub fn word(&mut self) -> Option<u64> {
        let (word, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(u64::from_le_bytes(*word))
    }

    /// The next word as a length, which is never more than there are bytes.
    pub fn len(&mut self) -> Option<usize> {
        self.word().and_then(|n| usize::try_from(n).ok()).filter(|&n| n <= self.0.len())
    }

    /// Whether nothing is left.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The next text.
    pub fn text(&mut self) -> Option<String> {
        let n_bytes = self.len()?;
        let (text, rest) = self.0.split_at_checked(n_bytes)?;
        self.0 = rest;
        String::from_utf8(text.to_vec()).ok()
    }
}

/// Shows a table as one column.
pub fn visit_rows<T: Row>(rows: &mut Vec<T>, visit: &mut Visit<'_>) {
    visit(&mut Rows(rows));
}

struct Rows<'a, T>(&'a mut Vec<T>);

impl<T: Row> Rows<'_, T> {
    fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.0.iter().for_each(|row| row.put(&mut bytes));
        bytes
    }
}

impl<T: Row> Column for Rows<'_, T> {
    fn n_bytes(&self) -> u64 {
        self.bytes().len() as u64
    }

    fn pack(&self, sink: &mut dyn FnMut(&[u8])) {
        sink(&self.bytes());
    }

    fn make_room(&mut self, _n_bytes: usize) -> Result<(), WireError> {
        Ok(())
    }

    fn unpack(&mut self, bytes: &[u8], is_last: bool) -> Result<usize, WireError> {
        if !is_last {
            return Ok(0);
        }
        let mut reader = RowReader(bytes);
        while !reader.is_empty() {
            self.0.push(T::take(&mut reader).ok_or(WireError::Content)?);
        }
        Ok(bytes.len())
    }
}
