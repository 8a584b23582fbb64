//! A browser's byte stream, a chunk at a time. Knows neither where it comes from nor what it says.
use js_sys::{Array, ArrayBuffer, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{ReadableStream, ReadableStreamByobReader, ReadableStreamDefaultReader};

/// As much as browsers have at once.
const BUFFER_BYTES: u32 = 2 << 20;

/// Few streams have more.
const FIRST_BUFFER_BYTES: u32 = 1 << 16;

/// Reads one stream of bytes to its end. Dropping it cancels what is left.
///
/// Browsers that can are given the buffers to read into, time and again the same few: to make one for each chunk, and to clear it,
/// takes longer than to fill it.
#[derive(Debug)]
pub(super) struct Bytes {
    reader: Reader,
    /// Length of the buffers that are made.
    length: u32,
    /// Of that length.
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
        Ok(Self { reader, length: FIRST_BUFFER_BYTES, spare: Vec::new() })
    }

    /// The next chunk, whose buffer is nobody else's, and not much longer; none at the end.
    pub(super) async fn next(&mut self) -> Result<Option<Uint8Array>, JsValue> {
        match &self.reader {
            Reader::Giving(chunks) => {
                let chunk = chunk_of(&JsFuture::from(chunks.read()).await?)?;
                Ok(chunk.map(|chunk| alone(&chunk)))
            }
            Reader::Filling(reader) => {
                let buffer = self.spare.pop().map_or_else(|| new_buffer(self.length), Ok)?;
                let read = reader.read_with_array_buffer_view(&Uint8Array::new(&buffer));
                let chunk = chunk_of(&JsFuture::from(read).await?)?;
                Ok(chunk.map(|chunk| self.filled(chunk)))
            }
        }
    }

    /// A chunk that leaves most of its buffer empty gets one of its own.
    fn filled(&mut self, chunk: Uint8Array) -> Uint8Array {
        let (n, buffer) = (chunk.length(), buffer_of(&chunk));
        if n == buffer.byte_length() && self.length < BUFFER_BYTES {
            self.length = BUFFER_BYTES;
            self.spare.clear();
        } else if n < buffer.byte_length() / 2 {
            let few = chunk.slice(0, n);
            self.reuse(&mut vec![buffer]);
            return few;
        }
        chunk
    }

    /// Takes the buffers of chunks back that nobody needs any more.
    pub(super) fn reuse(&mut self, buffers: &mut Vec<ArrayBuffer>) {
        let is_of_use = matches!(self.reader, Reader::Filling(_));
        let is_ours = |it: &ArrayBuffer| is_of_use && it.byte_length() == self.length;
        self.spare.extend(buffers.drain(..).filter(is_ours));
    }
}

/// An error where there is no memory for it.
fn new_buffer(n_bytes: u32) -> Result<ArrayBuffer, JsValue> {
    let class: Function = Reflect::get(&js_sys::global(), &"ArrayBuffer".into())?.dyn_into()?;
    Reflect::construct(&class, &Array::of1(&n_bytes.into()))?.dyn_into()
}

pub(super) fn buffer_of(chunk: &Uint8Array) -> ArrayBuffer {
    chunk.buffer().unchecked_into()
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
    let is_alone = buffer_of(chunk).byte_length() == chunk.length();
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
