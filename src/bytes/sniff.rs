//! What the first bytes of an input say about its compression. Decompresses nothing.

/// [`sniff`] needs so many bytes, or the whole input where it is shorter.
pub const SNIFF_BYTES: usize = 4;

/// How an input is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Container {
    /// RFC 1952. Several members in a row are one text: a decoder has to go on after the first.
    Gzip,
    /// RFC 8878. Several frames in a row are one text.
    Zstd,
    /// Not compressed, or by nothing known.
    Text,
}

/// Tells compressed input by its magic number, from the first [`SNIFF_BYTES`] bytes.
pub fn sniff(head: &[u8]) -> Container {
    match head {
        [0x1f, 0x8b, ..] => Container::Gzip,
        // A frame, or a skippable frame, with which parallel compressors begin.
        [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Container::Zstd,
        _ => Container::Text,
    }
}
