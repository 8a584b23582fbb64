//! Where the records go: lines or an array, in order or out of it.

use std::io::{self, Write};

use super::random::Random;

/// How the records are put together.
#[derive(Clone, Copy, Default)]
pub struct Layout {
    /// One JSON array instead of lines.
    pub array: bool,
    /// Out of order: see [`WINDOW`].
    pub shuffle: bool,
}

/// Records that a shuffle holds: it writes one of these many by chance each time, so that a record
/// is written at most this much too early, and at times much too late.
const WINDOW: usize = 8_192;

/// Writes records to `out`.
pub struct Lines<W> {
    out: W,
    layout: Layout,
    n_written: u64,
    held: Vec<Vec<u8>>,
    random: Random,
}

impl<W: Write> Lines<W> {
    /// A shuffle depends on `seed` alone.
    pub fn new(out: W, layout: Layout, seed: u64) -> Self {
        Self { out, layout, n_written: 0, held: vec![], random: Random::new(!seed) }
    }

    /// Takes one record.
    pub fn add(&mut self, record: &[u8]) -> io::Result<()> {
        if !self.layout.shuffle {
            return self.write(record);
        }
        self.held.push(record.to_vec());
        if self.held.len() < WINDOW { Ok(()) } else { self.write_held() }
    }

    /// Writes what is held, and the end.
    pub fn finish(mut self) -> io::Result<()> {
        while !self.held.is_empty() {
            self.write_held()?;
        }
        if self.layout.array {
            self.out.write_all(if self.n_written == 0 { b"[]\n" } else { b"\n]\n" })?;
        }
        self.out.flush()
    }

    fn write_held(&mut self) -> io::Result<()> {
        let record = self.held.swap_remove(self.random.index(self.held.len()));
        self.write(&record)
    }

    fn write(&mut self, record: &[u8]) -> io::Result<()> {
        let (before, after): (&[u8], &[u8]) = match (self.layout.array, self.n_written) {
            (false, _) => (b"", b"\n"),
            (true, 0) => (b"[\n", b""),
            (true, _) => (b",\n", b""),
        };
        self.n_written += 1;
        self.out.write_all(before)?;
        self.out.write_all(record)?;
        self.out.write_all(after)
    }
}
