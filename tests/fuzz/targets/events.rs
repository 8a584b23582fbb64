//! Records → events, in both languages: whoever reads a record first, the history is the same, bit by
//! bit; every record is accounted for; and what a record tells beside its events is told without a panic.
use lineage::events::{Decoder, NoticeClass};
use lineage::facts::{facets, is_whole_object, pretty};
use lineage::summary::{Format, report};
use lineage::wire::to_bytes;

use super::told::{Told, read};

/// Any bytes as a file.
pub fn check(file: &[u8]) {
    let mut scanned = read(Decoder::new(), file);
    let mut decoded = read(Decoder::without_scan(), file);
    accounts(&scanned);
    assert!(to_bytes(&mut scanned) == to_bytes(&mut decoded), "both decoders say the same");
    for format in [Format::Csv, Format::Ndjson] {
        report(&scanned.2, &["a.ndjson"], format);
    }
    for line in file.split(|&byte| byte == b'\n') {
        if let Ok(text) = std::str::from_utf8(line) {
            tell(text);
        }
    }
}

fn accounts((_, _, notices): &Told) {
    assert_eq!(notices.n_used + notices.n_folded + notices.n_skipped, notices.n_records);
    for class in NoticeClass::ALL {
        let told = notices.class(class);
        assert_eq!(told.samples.len() as u64, told.count.min(100), "{class:?}");
    }
}

fn tell(text: &str) {
    let shown = pretty(text);
    assert!(!is_whole_object(text.as_bytes()) || !shown.is_empty());
    facets(text, 5);
}
