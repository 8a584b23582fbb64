//! Columns, and values that are made of them.
use std::marker::PhantomData;

use super::{Cell, WireError};

/// So many bytes are packed at a time.
const PART_BYTES: usize = 1 << 16;

/// Takes one column after the other.
pub type Visit<'a> = dyn FnMut(&mut dyn Column) + 'a;

/// A value that is made of columns.
pub trait Columns {
    /// Shows each column to `visit`; always the same ones, in the same order.
    fn each(&mut self, visit: &mut Visit<'_>);

    /// Whether the columns fit each other, once all are read.
    fn is_sound(&self) -> bool {
        true
    }
}

/// One column.
pub trait Column {
    /// Its length in bytes.
    fn n_bytes(&self) -> u64;

    /// Gives its bytes, a part at a time.
    fn pack(&self, sink: &mut dyn FnMut(&[u8]));

    /// Makes room for so many bytes.
    ///
    /// # Errors
    /// When it cannot be that long, or there is no room.
    fn make_room(&mut self, n_bytes: usize) -> Result<(), WireError>;

    /// Takes the next of its bytes and says how many; it is given the others again, with what
    /// follows them.
    ///
    /// # Errors
    /// When they are not such a column's.
    fn unpack(&mut self, bytes: &[u8], is_last: bool) -> Result<usize, WireError>;
}

impl<T: Cell> Columns for Vec<T> {
    fn each(&mut self, visit: &mut Visit<'_>) {
        visit(self);
    }
}

impl<T: Cell> Column for Vec<T> {
    fn n_bytes(&self) -> u64 {
        self.len() as u64 * T::WIDTH as u64
    }

    fn pack(&self, sink: &mut dyn FnMut(&[u8])) {
        let mut part = vec![0; PART_BYTES];
        for cells in self.chunks(PART_BYTES / T::WIDTH) {
            sink(put_all(cells, &mut part));
        }
    }

    fn make_room(&mut self, n_bytes: usize) -> Result<(), WireError> {
        if !n_bytes.is_multiple_of(T::WIDTH) {
            return Err(WireError::Length);
        }
        self.try_reserve_exact(n_bytes / T::WIDTH).map_err(|_| WireError::Room)
    }

    fn unpack(&mut self, bytes: &[u8], _is_last: bool) -> Result<usize, WireError> {
        let cells = bytes.chunks_exact(T::WIDTH);
        if !cells.clone().all(T::is_valid) {
            return Err(WireError::Content);
        }
        let n_left = cells.remainder().len();
        self.extend(cells.map(T::get));
        Ok(bytes.len() - n_left)
    }
}

/// As many cells as there is room for; their bytes.
fn put_all<'p, T: Cell>(cells: &[T], part: &'p mut [u8]) -> &'p [u8] {
    let n_bytes = part.len().min(cells.len() * T::WIDTH);
    let part = part.split_at_mut(n_bytes).0;
    for (bytes, cell) in part.chunks_exact_mut(T::WIDTH).zip(cells) {
        cell.put(bytes);
    }
    part
}

/// A column of one row.
impl<T: Cell> Columns for T {
    fn each(&mut self, visit: &mut Visit<'_>) {
        visit(&mut Single(self));
    }
}

struct Single<'a, T>(&'a mut T);

impl<T: Cell> Column for Single<'_, T> {
    fn n_bytes(&self) -> u64 {
        T::WIDTH as u64
    }

    fn pack(&self, sink: &mut dyn FnMut(&[u8])) {
        let mut bytes = vec![0; T::WIDTH];
        self.0.put(&mut bytes);
        sink(&bytes);
    }

    fn make_room(&mut self, n_bytes: usize) -> Result<(), WireError> {
        if n_bytes == T::WIDTH { Ok(()) } else { Err(WireError::Length) }
    }

    fn unpack(&mut self, bytes: &[u8], is_last: bool) -> Result<usize, WireError> {
        if !is_last {
            return Ok(0);
        }
        if !T::is_valid(bytes) {
            return Err(WireError::Content);
        }
        *self.0 = T::get(bytes);
        Ok(bytes.len())
    }
}

impl<T> Columns for PhantomData<T> {
    fn each(&mut self, _visit: &mut Visit<'_>) {}
}

impl<T: Columns, const N: usize> Columns for [T; N] {
    fn each(&mut self, visit: &mut Visit<'_>) {
        for value in self {
            value.each(visit);
        }
    }

    fn is_sound(&self) -> bool {
        self.iter().all(Columns::is_sound)
    }
}

impl<A: Columns, B: Columns, C: Columns> Columns for (A, B, C) {
    fn each(&mut self, visit: &mut Visit<'_>) {
        self.0.each(visit);
        self.1.each(visit);
        self.2.each(visit);
    }

    fn is_sound(&self) -> bool {
        self.0.is_sound() && self.1.is_sound() && self.2.is_sound()
    }
}
