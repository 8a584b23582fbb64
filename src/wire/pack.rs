//! Columns → bytes, a part at a time: whoever takes them decides where they go.
use std::marker::PhantomData;

use super::{ALIGN, Column, Columns, VERSION, aligned};

const ZEROS: [u8; ALIGN] = [0; ALIGN];

/// Takes bytes, a part after the other.
pub trait Sink {
    /// Takes the next part.
    fn take(&mut self, part: &[u8]);

    /// The next part will not come soon.
    fn pause(&mut self) {}
}

impl<Take: FnMut(&[u8])> Sink for Take {
    fn take(&mut self, part: &[u8]) {
        self(part);
    }
}

/// Gives the columns of a `T` to a sink, in order. What is known of it first may be given first.
pub struct Packer<'a, T> {
    sink: &'a mut dyn Sink,
    n_given: usize,
    of: PhantomData<T>,
}

impl<'a, T: Columns + Default> Packer<'a, T> {
    /// Before the first column.
    pub fn new(sink: &'a mut dyn Sink) -> Self {
        let mut packer = Self { sink, n_given: 0, of: PhantomData };
        packer.words(&[VERSION, n_columns::<T>() as u64]);
        packer
    }

    /// Gives the next columns of the value: all those of a `part` of it.
    pub fn ahead(&mut self, part: &mut impl Columns) {
        part.each(&mut |column| self.give(column));
    }

    /// What was given is all for now.
    pub fn pause(&mut self) {
        self.sink.pause();
    }

    /// Gives the columns of the whole value that were not given yet.
    pub fn finish(mut self, value: &mut T) {
        let (mut at, n_given) = (0, self.n_given);
        value.each(&mut |column| {
            if at >= n_given {
                self.give(column);
            }
            at += 1;
        });
    }

    fn give(&mut self, column: &dyn Column) {
        self.words(&[column.n_bytes()]);
        let mut n_bytes = 0;
        column.pack(&mut |part| {
            n_bytes += part.len() as u64;
            self.sink.take(part);
        });
        self.align(n_bytes);
        self.n_given += 1;
    }

    fn words(&mut self, words: &[u64]) {
        for word in words {
            self.sink.take(&word.to_le_bytes());
        }
        self.align(8 * words.len() as u64);
    }

    /// Zeros behind so many bytes.
    fn align(&mut self, n_bytes: u64) {
        let n_missing = (aligned(n_bytes) - n_bytes) as usize;
        self.sink.take(ZEROS.get(..n_missing).unwrap_or_default());
    }
}

/// How many columns any `T` has.
pub fn n_columns<T: Columns + Default>() -> usize {
    let mut n = 0;
    T::default().each(&mut |_| n += 1);
    n
}

/// All columns of `value`.
pub fn to_bytes<T: Columns + Default>(value: &mut T) -> Vec<u8> {
    let mut bytes = Vec::new();
    Packer::new(&mut |part: &[u8]| bytes.extend_from_slice(part)).finish(value);
    bytes
}
