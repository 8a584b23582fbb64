//! Columns → bytes, a part at a time: whoever takes them decides where they go.
use super::{Columns, VERSION, aligned, directory_bytes};

const ZEROS: [u8; super::ALIGN] = [0; super::ALIGN];

/// A value that is about to be packed.
#[derive(Debug)]
pub struct Packed<'a, T> {
    value: &'a mut T,
    /// Of every column, in bytes.
    lengths: Vec<u64>,
}

impl<'a, T: Columns> Packed<'a, T> {
    /// Looks at every column's length.
    pub fn new(value: &'a mut T) -> Self {
        let mut lengths = Vec::new();
        value.each(&mut |column| lengths.push(column.n_bytes()));
        Self { value, lengths }
    }

    /// How many bytes there will be.
    pub fn n_bytes(&self) -> u64 {
        let directory = aligned(directory_bytes(self.lengths.len()));
        directory + self.lengths.iter().map(|&n_bytes| aligned(n_bytes)).sum::<u64>()
    }

    /// Gives all bytes to `sink`, in order.
    pub fn write(self, mut sink: impl FnMut(&[u8])) {
        let Self { value, lengths } = self;
        let head = [VERSION, lengths.len() as u64];
        let head: Vec<u8> = head.iter().chain(&lengths).flat_map(|n| n.to_le_bytes()).collect();
        sink(&head);
        sink(padding(head.len() as u64));
        value.each(&mut |column| {
            let mut n_bytes = 0;
            column.pack(&mut |part| {
                n_bytes += part.len() as u64;
                sink(part);
            });
            sink(padding(n_bytes));
        });
    }
}

/// All columns of `value` as one buffer.
pub fn to_bytes<T: Columns>(value: &mut T) -> Vec<u8> {
    let packed = Packed::new(value);
    let mut bytes = Vec::with_capacity(packed.n_bytes() as usize);
    packed.write(|part| bytes.extend_from_slice(part));
    bytes
}

fn padding(n_bytes: u64) -> &'static [u8] {
    let n_missing = (aligned(n_bytes) - n_bytes) as usize;
    ZEROS.get(..n_missing).unwrap_or_default()
}
