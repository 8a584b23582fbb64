//! Where a log is, and its text as one stream of slices, whatever holds it: an address, a file, or
//! text in hand. Knows compression, and nothing of what the text says.
use std::rc::Rc;

use gloo_net::http::Request;
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, File, ReadableStream};

use crate::bytes::{Container, SNIFF_BYTES, sniff};

use super::gunzip::{Gunzip, Step};
use super::stream::Chunks;
use super::task::Cancel;
use super::{Error, dom};

/// Text in hand is handed on in slices of this size.
const TEXT_SLICE_BYTES: usize = 1 << 18;

/// Where a log is. It can be opened any number of times.
#[derive(Clone, Debug)]
pub enum Origin {
    /// To be fetched; relative to the page.
    Address(String),
    /// Dropped or picked.
    File(File),
    /// Pasted, or embedded in the page.
    Text {
        /// What to call it.
        name: &'static str,
        /// The text.
        text: Rc<[u8]>,
    },
}

impl Origin {
    /// A short name to show.
    pub fn name(&self) -> String {
        match self {
            Self::Address(address) => {
                let path = address.split(['?', '#']).next().unwrap_or_default();
                let last = path.rsplit('/').find(|segment| !segment.is_empty());
                last.unwrap_or(address).to_owned()
            }
            Self::File(file) => file.name(),
            Self::Text { name, .. } => (*name).to_owned(),
        }
    }
}

/// The log that is embedded in the page: the text of the element `lineage-log`, which is inert, for
/// example `<script type="application/x-ndjson" id="lineage-log">`.
pub fn embedded() -> Option<Origin> {
    let element = dom::document()?.get_element_by_id("lineage-log")?;
    let text = element.text_content().filter(|text| !text.trim().is_empty())?;
    Some(Origin::Text { name: "embedded log", text: text.into_bytes().into() })
}

/// An origin that has been opened.
#[derive(Debug)]
pub(super) struct Opened {
    name: String,
    raw: Raw,
    /// What was read ahead to see how it is compressed.
    head: Option<Uint8Array>,
    gunzip: Option<Gunzip>,
    is_file: bool,
    /// Length as it is transferred, if that is known.
    pub(super) n_bytes_total: Option<u64>,
    /// How much of it has come.
    pub(super) n_bytes_read: u64,
    /// It broke off, and what came before is all there is: why.
    pub(super) broke_off: Option<&'static str>,
}

#[derive(Debug)]
enum Raw {
    Stream(Chunks),
    Text { text: Rc<[u8]>, at: usize },
}

impl Opened {
    /// Opens and looks at the first bytes.
    ///
    /// # Errors
    /// Whatever keeps the first byte of text from coming.
    pub(super) async fn open(origin: &Origin, cancel: &Cancel) -> Result<Self, Error> {
        let (raw, n_bytes_total) = match origin {
            Origin::Address(address) => fetch(address, cancel).await?,
            Origin::File(file) => (stream_of(file)?, Some(n_bytes_of(file))),
            Origin::Text { text, .. } => {
                (Raw::Text { text: text.clone(), at: 0 }, Some(text.len() as u64))
            }
        };
        let mut opened = Self {
            name: origin.name(),
            raw,
            head: None,
            gunzip: None,
            is_file: matches!(origin, Origin::File(_)),
            n_bytes_total,
            n_bytes_read: 0,
            broke_off: None,
        };
        opened.look_ahead().await?;
        Ok(opened)
    }

    /// The next slice of text; none at the end.
    ///
    /// # Errors
    /// When the origin fails. A compressed stream that breaks off after some text ends instead, and
    /// `broke_off` says so.
    pub(super) async fn next(&mut self) -> Result<Option<Uint8Array>, Error> {
        if self.broke_off.is_some() {
            return Ok(None);
        }
        if self.gunzip.is_none() {
            return self.next_raw().await;
        }
        loop {
            let Some(gunzip) = &mut self.gunzip else { return Ok(None) };
            match gunzip.next().await {
                Ok(Step::Text(text)) => return Ok(Some(text)),
                Ok(Step::End) => return Ok(None),
                Ok(Step::Hungry) => {
                    let more = self.next_raw().await?;
                    let Some(gunzip) = &mut self.gunzip else { return Ok(None) };
                    match more {
                        Some(bytes) => gunzip.push(&bytes.to_vec()),
                        None => gunzip.finish(),
                    }
                }
                Err(_) => {
                    self.broke_off =
                        Some("The compressed stream ends early; what was decompressed is shown.");
                    return Ok(None);
                }
            }
        }
    }

    async fn look_ahead(&mut self) -> Result<(), Error> {
        let mut head = Vec::new();
        while head.len() < SNIFF_BYTES {
            match self.next_raw().await? {
                Some(bytes) => head.extend(bytes.to_vec()),
                None => break,
            }
        }
        match sniff(&head) {
            Container::Gzip => self.gunzip = Some(Gunzip::default()),
            Container::Zstd => return Err(Error::Zstd(self.name.clone())),
            Container::Text if is_markup(&head) => {
                return Err(Error::WebPage(self.name.clone()));
            }
            Container::Text => {}
        }
        self.n_bytes_read -= head.len() as u64;
        self.head = (!head.is_empty()).then(|| Uint8Array::from(head.as_slice()));
        Ok(())
    }

    async fn next_raw(&mut self) -> Result<Option<Uint8Array>, Error> {
        let bytes = match (self.head.take(), &mut self.raw) {
            (Some(head), _) => Some(head),
            (None, Raw::Stream(chunks)) => chunks.next().await.map_err(|_| self.failure())?,
            (None, Raw::Text { text, at }) => next_slice(text, at),
        };
        self.n_bytes_read += bytes.as_ref().map_or(0, |bytes| u64::from(bytes.length()));
        Ok(bytes)
    }

    fn failure(&self) -> Error {
        let failed = if self.is_file { Error::Changed } else { Error::Interrupted };
        failed(self.name.clone())
    }
}

fn next_slice(text: &[u8], at: &mut usize) -> Option<Uint8Array> {
    let rest = text.get(*at..).filter(|rest| !rest.is_empty())?;
    let slice = &rest[..rest.len().min(TEXT_SLICE_BYTES)];
    *at += slice.len();
    Some(Uint8Array::from(slice))
}

/// No JSON begins like this, and every web page does: also the one that some servers send in place
/// of a file that they do not have.
fn is_markup(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    head.trim_ascii_start().starts_with(b"<")
}

#[expect(clippy::cast_sign_loss, reason = "sizes are whole and not negative")]
fn n_bytes_of(file: &File) -> u64 {
    file.size() as u64
}

fn stream_of(blob: &Blob) -> Result<Raw, Error> {
    raw_of(&blob.stream()).map_err(|_| Error::Changed("The file".to_owned()))
}

fn raw_of(stream: &ReadableStream) -> Result<Raw, JsValue> {
    Chunks::of(stream).map(Raw::Stream)
}

async fn fetch(address: &str, cancel: &Cancel) -> Result<(Raw, Option<u64>), Error> {
    if !dom::is_address(address) {
        return Err(Error::Address(address.to_owned()));
    }
    let request = Request::get(address).abort_signal(cancel.signal().as_ref());
    let failed = || Error::Unreachable(address.to_owned());
    let answer = request.send().await.map_err(|_| cancel.or(failed()))?;
    if !answer.ok() {
        return Err(Error::Status { address: address.to_owned(), status: answer.status() });
    }
    let n_bytes = answer.headers().get("content-length").and_then(|text| text.parse().ok());
    let Some(body) = answer.body() else { return Err(Error::Empty(address.to_owned())) };
    let raw = raw_of(&body).map_err(|_| Error::Interrupted(address.to_owned()))?;
    Ok((raw, n_bytes))
}

/// The bytes of one record, read again from where they came from: `len` bytes of text at `offset`.
///
/// # Errors
/// When the origin cannot be read any more, or has become shorter.
pub async fn read_span(origin: &Origin, offset: u64, len: u32) -> Result<Vec<u8>, Error> {
    let cancel = Cancel::new();
    if let Origin::File(file) = origin {
        let end = (offset + u64::from(len)) as f64;
        let part = file.slice_with_f64_and_f64(offset as f64, end);
        let is_plain = sniff(&first_bytes(file).await?) == Container::Text;
        if let (true, Ok(part)) = (is_plain, part) {
            return first_bytes_of(stream_of(&part)?, len as usize, &origin.name()).await;
        }
    }
    let mut opened = Opened::open(origin, &cancel).await?;
    let (mut at, mut record) = (0, Vec::with_capacity(len as usize));
    while record.len() < len as usize {
        let Some(slice) = opened.next().await?.map(|slice| slice.to_vec()) else {
            return Err(Error::Changed(origin.name()));
        };
        let from = offset.saturating_sub(at).min(slice.len() as u64) as usize;
        let n = (len as usize - record.len()).min(slice.len() - from);
        record.extend_from_slice(&slice[from..from + n]);
        at += slice.len() as u64;
    }
    Ok(record)
}

async fn first_bytes(file: &File) -> Result<Vec<u8>, Error> {
    let head = file.slice_with_f64_and_f64(0.0, SNIFF_BYTES as f64);
    let head = head.map_err(|_| Error::Changed(file.name()))?;
    first_bytes_of(stream_of(&head)?, SNIFF_BYTES, &file.name()).await
}

async fn first_bytes_of(raw: Raw, n: usize, name: &str) -> Result<Vec<u8>, Error> {
    let Raw::Stream(mut chunks) = raw else { return Ok(Vec::new()) };
    let mut bytes = Vec::with_capacity(n);
    while let Some(chunk) = chunks.next().await.map_err(|_| Error::Changed(name.to_owned()))? {
        bytes.extend(chunk.to_vec());
    }
    Ok(bytes)
}
