//! A log that was read: its history, and what is to be said about its reading.
use lineage::bytes::{Limits, Reader};
use lineage::events::{Decoder, Notices};
use lineage::history::{Anomalies, History, replay};

/// All that a page has of a log.
pub type Told = (History, Anomalies, Notices);

/// Reads `file` with `decoder`.
pub fn read(mut decoder: Decoder, file: &[u8]) -> Told {
    let mut reader = Reader::new(Limits::default());
    reader.push_to(file, &mut decoder);
    let summary = reader.finish(&mut |record| decoder.push(record));
    decoder.end_input(&summary);
    let (events, notices) = decoder.finish();
    let (history, anomalies) = replay(events);
    (history, anomalies, notices)
}
