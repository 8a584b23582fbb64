//! What the first bytes of an input say about its compression. Decompresses nothing.

/// [`sniff`] needs so many bytes, or the whole input where it is shorter.
pub const SNIFF_BYTES: usize = 4;

/// [`is_manifest`] needs so many.
pub const MANIFEST_HEAD_BYTES: usize = 64;

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

/// Whether a text is a list of logs, and none itself: an object whose first key is `logs`, such as
/// `{"logs":["a.ndjson","b.ndjson.gz"]}`. No event of any language begins so.
pub fn is_manifest(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    head.strip_prefix(b"{").is_some_and(|head| head.trim_ascii_start().starts_with(b"\"logs\""))
}

/// Whether a file of this name may be a log. Asked of what lies in a folder beside logs, where nobody
/// has chosen it; a file that was chosen is told by its first bytes alone.
pub fn is_log_name(name: &str) -> bool {
    let name = [".gz", ".zst"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
    let is_hidden = name.starts_with('.');
    !is_hidden && [".ndjson", ".jsonl", ".json", ".log"].iter().any(|end| name.ends_with(end))
}
