//! Bytes → records: the same ones however the bytes are cut, each of them a piece of the input, and
//! none of them longer than what may be held.
use lineage::bytes::{HEAD_BYTES, Kind, Limits, Reader, SNIFF_BYTES, Summary, sniff};

/// One record, owned: its bytes, offset, line and kind.
type Told = (Vec<u8>, u64, u64, Kind);

/// The first byte says how the rest is cut, the second how long a record may be.
pub fn check(bytes: &[u8]) {
    let (cut, most, input) = match bytes {
        [cut, most, input @ ..] => (usize::from(*cut) + 1, usize::from(*most) * 8, input),
        _ => (1, 2040, bytes),
    };
    let record_bytes = if most == 2040 { Limits::default().record_bytes } else { most };
    let limits = Limits { record_bytes };
    let _ = sniff(&input[..input.len().min(SNIFF_BYTES)]);
    let (whole, summary) = read(input, input.len().max(1), limits);
    assert_eq!(read(input, cut, limits), (whole.clone(), summary), "cut every {cut} bytes");
    assert_eq!(read(input, 1, limits), (whole.clone(), summary), "byte by byte");
    assert_eq!(summary.n_records, whole.len() as u64);
    assert_eq!(summary.n_bytes, input.len() as u64);
    let mut end = 0;
    for (bytes, offset, line, kind) in whole {
        let offset = usize::try_from(offset).expect("an offset of this input");
        assert!(offset >= end, "records do not overlap and are in order");
        assert!(input[offset..].starts_with(&bytes), "a record is a piece of the input");
        assert!(line >= 1 && line <= summary.n_lines.max(1));
        end = offset + bytes.len();
        if let Kind::OverLong { n_bytes } = kind {
            assert!(bytes.len() <= HEAD_BYTES && n_bytes > record_bytes as u64);
        } else {
            assert!(bytes.len() <= record_bytes);
        }
    }
}

fn read(input: &[u8], cut: usize, limits: Limits) -> (Vec<Told>, Summary) {
    let mut reader = Reader::new(limits);
    let mut told = Vec::new();
    let mut keep = |record: lineage::bytes::Record<'_>| {
        told.push((record.bytes.to_vec(), record.offset, record.line, record.kind));
    };
    input.chunks(cut).for_each(|slice| reader.push(slice, &mut keep));
    let summary = reader.finish(&mut keep);
    (told, summary)
}
