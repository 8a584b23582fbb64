//! A browser's byte stream, a chunk at a time. Knows neither where it comes from nor what it says.
use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ReadableStream, ReadableStreamDefaultReader};

/// Reads one stream to its end. Dropping it cancels what is left.
#[derive(Debug)]
pub(super) struct Chunks {
    reader: ReadableStreamDefaultReader,
}

impl Chunks {
    /// Locks the stream; an error when somebody else has.
    pub(super) fn of(stream: &ReadableStream) -> Result<Self, JsValue> {
        ReadableStreamDefaultReader::new(stream).map(|reader| Self { reader })
    }

    /// The next chunk; none at the end.
    pub(super) async fn next(&mut self) -> Result<Option<Uint8Array>, JsValue> {
        chunk_of(&JsFuture::from(self.read()).await?)
    }

    /// Asks for the next chunk without waiting for it; [`chunk_of`] reads the answer.
    pub(super) fn read(&self) -> js_sys::Promise {
        self.reader.read()
    }
}

impl Drop for Chunks {
    fn drop(&mut self) {
        let canceled = JsFuture::from(self.reader.cancel());
        // A stream that has already failed says so once more; nobody is left to hear it.
        spawn_local(async move { drop(canceled.await) });
    }
}

/// The bytes in an answer `{ value, done }`.
pub(super) fn chunk_of(answer: &JsValue) -> Result<Option<Uint8Array>, JsValue> {
    if Reflect::get(answer, &JsValue::from_str("done"))?.is_truthy() {
        return Ok(None);
    }
    let value = Reflect::get(answer, &JsValue::from_str("value"))?;
    value.dyn_into().map(Some)
}
