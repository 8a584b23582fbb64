//! The ingest worker: bytes in, the history's columns out.
fn main() {
    lineage::worker::serve();
}
