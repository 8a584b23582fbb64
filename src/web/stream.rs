//! A browser's byte stream, a chunk at a time. Knows neither where it comes from nor what it says.
use js_sys::{ArrayBuffer, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ReadableStream, ReadableStreamByobReader, ReadableStreamDefaultReader};

/// As much as browsers have at once.
const BUFFER_BYTES: u32 = 2 << 20;

/// Few streams are longer.
const FIRST_BUFFER_BYTES: u32 = 1 << 16;

/// Reads one stream of bytes to its end. Dropping it cancels what is left.
///
/// Browsers that can are given the buffers to read into, time and again the same few: to make one for each chunk, and to clear it,
/// takes longer than to fill it.
#[derive(Debug)]
pub(super) struct Bytes {
    reader: Reader,
    has_begun: bool,
    spare: Vec<ArrayBuffer>,
}

#[derive(Debug)]
enum Reader {
    Filling(ReadableStreamByobReader),
    Giving(Chunks),
}

impl Bytes {
    /// Locks the stream; an error when somebody else has.
    pub(super) fn of(stream: &ReadableStream) -> Result<Self, JsValue> {
        let reader = match ReadableStreamByobReader::new(stream) {
            Ok(reader) => Reader::Filling(reader),
            Err(_) => Reader::Giving(Chunks::of(stream)?),
        };
        Ok(Self { reader, has_begun: false, spare: Vec::new() })
    }

    /// The next chunk, whose buffer is nobody else's; none at the end.
    pub(super) async fn next(&mut self) -> Result<Option<Uint8Array>, JsValue> {
        let chunk = match &self.reader {
            Reader::Giving(chunks) => chunks.read(),
            Reader::Filling(reader) => {
                let buffer = self.spare.pop().unwrap_or_else(|| {
                    let is_first = !std::mem::replace(&mut self.has_begun, true);
                    ArrayBuffer::new(if is_first { FIRST_BUFFER_BYTES } else { BUFFER_BYTES })
                });
                reader.read_with_array_buffer_view(&Uint8Array::new(&buffer))
            }
        };
        let chunk = chunk_of(&JsFuture::from(chunk).await?)?;
        Ok(match &self.reader {
            Reader::Giving(_) => chunk.map(|chunk| alone(&chunk)),
            Reader::Filling(_) => chunk,
        })
    }

    /// Takes the buffers of chunks back that nobody needs any more.
    pub(super) fn reuse(&mut self, buffers: &mut Vec<ArrayBuffer>) {
        let is_ours = |buffer: &ArrayBuffer| buffer.byte_length() == BUFFER_BYTES;
        self.spare.extend(buffers.drain(..).filter(is_ours));
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        if let Self::Filling(reader) = self {
            let_go(reader.cancel());
        }
    }
}

/// A stream that has already failed says so once more; nobody is left to hear it.
fn let_go(canceled: Promise) {
    let canceled = JsFuture::from(canceled);
    spawn_local(async move { drop(canceled.await) });
}

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

    /// Asks for the next chunk without waiting for it; [`chunk_of`] reads the answer.
    pub(super) fn read(&self) -> Promise {
        self.reader.read()
    }
}

impl Drop for Chunks {
    fn drop(&mut self) {
        let_go(self.reader.cancel());
    }
}

/// Alone in its buffer: a transfer takes all of it.
pub(super) fn alone(chunk: &Uint8Array) -> Uint8Array {
    let is_alone = chunk.buffer().unchecked_into::<ArrayBuffer>().byte_length() == chunk.length();
    if is_alone { chunk.clone() } else { chunk.slice(0, chunk.length()) }
}

/// The bytes in an answer `{ value, done }`.
pub(super) fn chunk_of(answer: &JsValue) -> Result<Option<Uint8Array>, JsValue> {
    if Reflect::get(answer, &JsValue::from_str("done"))?.is_truthy() {
        return Ok(None);
    }
    let value = Reflect::get(answer, &JsValue::from_str("value"))?;
    value.dyn_into().map(Some)
}
