//! The worker that decompresses zstd: loaded only where there is some.
fn main() {
    lineage::worker::serve_unzstd();
}
