//! Bytes as they are transferred, from an address, a file or the text in hand. Knows no compression.
use std::rc::Rc;

use gloo_net::http::{Request, RequestBuilder, Response};
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, File, ReadableStream, RequestCache};

use super::consent::{OPAQUE, origin_elsewhere};
use super::stream::Bytes;
use super::task::Cancel;
use super::{Error, dom};

/// Text in hand is handed on in slices of this size.
const TEXT_SLICE_BYTES: usize = 1 << 18;

/// Bytes on their way.
#[derive(Debug)]
pub(super) enum Raw {
    Stream(Bytes),
    Text { text: Rc<[u8]>, at: usize },
}

impl Raw {
    /// The next ones; none at the end.
    ///
    /// # Errors
    /// When the browser's stream fails.
    pub(super) async fn next(&mut self) -> Result<Option<Uint8Array>, JsValue> {
        match self {
            Self::Stream(bytes) => bytes.next().await,
            Self::Text { text, at } => Ok(next_slice(text, at)),
        }
    }

    /// Takes the buffers of bytes back that nobody needs any more.
    pub(super) fn reuse(&mut self, buffers: &mut Vec<ArrayBuffer>) {
        match self {
            Self::Stream(bytes) => bytes.reuse(buffers),
            Self::Text { .. } => buffers.clear(),
        }
    }
}

fn next_slice(text: &[u8], at: &mut usize) -> Option<Uint8Array> {
    let rest = text.get(*at..).filter(|rest| !rest.is_empty())?;
    let slice = &rest[..rest.len().min(TEXT_SLICE_BYTES)];
    *at += slice.len();
    Some(Uint8Array::from(slice))
}

/// The length of a file.
#[expect(clippy::cast_sign_loss, reason = "sizes are whole and not negative")]
pub(super) fn n_bytes_of(file: &File) -> u64 {
    file.size() as u64
}

pub(super) fn stream_of(blob: &Blob) -> Result<Raw, Error> {
    raw_of(&blob.stream()).map_err(|_| Error::Changed("The file".to_owned()))
}

fn raw_of(stream: &ReadableStream) -> Result<Raw, JsValue> {
    Bytes::of(stream).map(Raw::Stream)
}

/// All of an address, and its length where that is known.
///
/// # Errors
/// When there is no answer, or none with a file.
pub(super) async fn fetch(address: &str, cancel: &Cancel) -> Result<(Raw, Option<u64>), Error> {
    let answer = ask(address, None, cancel).await?;
    let n_bytes = answer.headers().get("content-length").and_then(|text| text.parse().ok());
    Ok((body_of(&answer, address)?, n_bytes))
}

/// Asks for all of `address`, or for a range of its bytes, which a server may ignore.
pub(super) async fn ask(
    address: &str,
    range: Option<String>,
    cancel: &Cancel,
) -> Result<Response, Error> {
    send(Request::get(address), address, range, cancel).await
}

/// Asks for what there is of `address` from byte `from` on, past every cache.
pub(super) async fn ask_from(address: &str, from: u64, cancel: &Cancel) -> Result<Response, Error> {
    let request = Request::get(address).cache(RequestCache::NoStore);
    send(request, address, Some(format!("bytes={from}-")), cancel).await
}

async fn send(
    request: RequestBuilder,
    address: &str,
    range: Option<String>,
    cancel: &Cancel,
) -> Result<Response, Error> {
    if !dom::is_address(address) {
        return Err(Error::Address(address.to_owned()));
    }
    let request = request.abort_signal(cancel.signal().as_ref());
    let request = range.into_iter().fold(request, |request, range| request.header("range", &range));
    let answer = request.send().await.map_err(|_| cancel.or(unanswered(address)))?;
    if !answer.ok() {
        return Err(Error::Status { address: address.to_owned(), status: answer.status() });
    }
    Ok(answer)
}

/// Why there was no answer: of another origin it may be one that this page must not see.
fn unanswered(address: &str) -> Error {
    let (address, page) = (address.to_owned(), dom::origin());
    if page == OPAQUE || origin_elsewhere(&address).is_some() {
        Error::Elsewhere { address, page }
    } else {
        Error::Unreachable(address)
    }
}

pub(super) fn body_of(answer: &Response, address: &str) -> Result<Raw, Error> {
    let Some(body) = answer.body() else { return Err(Error::Empty(address.to_owned())) };
    raw_of(&body).map_err(|_| Error::Interrupted(address.to_owned()))
}

pub(super) async fn first_bytes(file: &File, n: usize) -> Result<Vec<u8>, Error> {
    let head = file.slice_with_f64_and_f64(0.0, n as f64);
    let head = head.map_err(|_| Error::Changed(file.name()))?;
    all_of(stream_of(&head)?, &file.name()).await
}

pub(super) async fn all_of(mut raw: Raw, name: &str) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    while let Some(chunk) = raw.next().await.map_err(|_| Error::Changed(name.to_owned()))? {
        bytes.extend(chunk.to_vec());
    }
    Ok(bytes)
}
