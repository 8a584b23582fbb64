//! Where a log is, and its text as one stream of slices, whatever holds it: an address, a file, or
//! text in hand. Knows compression, and nothing of what the text says.
use std::borrow::Cow;
use std::rc::Rc;

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::JsCast;
use web_sys::{Element, File, FileSystemFileHandle};

use crate::bytes::{self, Container, MANIFEST_HEAD_BYTES, sniff};

use super::gunzip::{Gunzip, Step};
use super::raw::{Raw, fetch, first_bytes, n_bytes_of, stream_of};
use super::task::Cancel;
use super::unzstd::{Broken, Unzstd};
use super::{Error, dom};

/// Where a log is. It can be opened any number of times.
#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    /// To be fetched; relative to the page.
    Address(String),
    /// Dropped or picked.
    File {
        /// The file.
        file: File,
        /// Its path in the folder that it came with; else its name.
        path: String,
        /// By which it is read as it is now, where the browser gives that.
        handle: Option<FileSystemFileHandle>,
    },
    /// A file of a folder that is not to be read.
    Skipped {
        /// Its path.
        path: String,
    },
    /// Pasted, or embedded in the page.
    Text {
        /// What to call it.
        name: Cow<'static, str>,
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
            Self::File { path, .. } | Self::Skipped { path } => path.clone(),
            Self::Text { name, .. } => name.clone().into_owned(),
        }
    }
}

impl Origin {
    /// A file that was chosen by itself.
    pub fn file(file: File) -> Self {
        Self::File { path: file.name(), file, handle: None }
    }
}

/// Whether a file is a list of logs; of anything else that is found out when it is opened.
///
/// # Errors
/// When the file cannot be read.
pub(super) async fn is_manifest(origin: &Origin) -> Result<bool, Error> {
    let Origin::File { file, .. } = origin else { return Ok(false) };
    Ok(bytes::is_manifest(&first_bytes(file, MANIFEST_HEAD_BYTES).await?))
}

/// The logs that are embedded in the page: the texts of the elements `lineage-log`, `lineage-log-2` and
/// so on, which are inert, for example `<script type="application/x-ndjson" id="lineage-log">`. Of the type
/// `application/gzip` it is base64 of the compressed log, in which no log can end the element.
pub fn embedded() -> Vec<Origin> {
    let all = "[id=lineage-log],[id^=lineage-log-]";
    let elements = dom::document().and_then(|document| document.query_selector_all(all).ok());
    let elements = elements.iter().flat_map(|all| (0..all.length()).filter_map(|at| all.get(at)));
    elements.filter_map(|element| log_in(element.unchecked_ref())).collect()
}

fn log_in(element: &Element) -> Option<Origin> {
    let text = element.text_content().filter(|text| !text.trim().is_empty())?;
    let is_packed = element.get_attribute("type").as_deref() == Some("application/gzip");
    // What is no base64 is shown to the reader of logs, who says that it is none.
    let bytes = if is_packed { from_base64(&text) } else { None };
    let text = bytes.unwrap_or_else(|| text.into_bytes());
    let name = element.get_attribute("data-name").filter(|name| !name.is_empty());
    let name = name.map_or(Cow::Borrowed("embedded log"), Cow::Owned);
    Some(Origin::Text { name, text: text.into() })
}

fn from_base64(text: &str) -> Option<Vec<u8>> {
    let signs = dom::window()?.atob(text).ok()?;
    Some(signs.chars().map(|sign| sign as u8).collect())
}

/// An origin that has been opened.
#[derive(Debug)]
pub(super) struct Opened {
    name: String,
    raw: Raw,
    /// What was read ahead to see how it is compressed.
    head: Option<Uint8Array>,
    packed: Packed,
    /// What it means that the origin fails.
    failure: fn(String) -> Error,
    /// It is a list of logs.
    pub(super) is_manifest: bool,
    /// Length as it is transferred, if that is known.
    pub(super) n_bytes_total: Option<u64>,
    /// How much of it has come.
    pub(super) n_bytes_read: u64,
    /// Some text has been decompressed.
    has_given: bool,
    /// It broke off, and what came before is all there is.
    pub(super) broke_off: bool,
}

/// How it is compressed, and what undoes that.
#[derive(Debug)]
enum Packed {
    Plain,
    Gzip(Gunzip),
    Zstd(Unzstd),
}

impl Opened {
    /// Opens and looks at the first bytes.
    ///
    /// # Errors
    /// Whatever keeps the first byte of text from coming.
    pub(super) async fn open(origin: &Origin, cancel: &Cancel) -> Result<Self, Error> {
        let mut opened = Self::ask(origin, cancel).await?;
        opened.look_ahead().await?;
        Ok(opened)
    }

    /// Opens; [`Self::look_ahead`] is to follow.
    ///
    /// # Errors
    /// When there is no answer, or none with a file.
    pub(super) async fn ask(origin: &Origin, cancel: &Cancel) -> Result<Self, Error> {
        let (raw, n_bytes_total) = match origin {
            Origin::Address(address) => fetch(address, cancel).await?,
            Origin::File { file, .. } => (stream_of(file)?, Some(n_bytes_of(file))),
            Origin::Skipped { path } => return Err(Error::Changed(path.clone())),
            Origin::Text { text, .. } => {
                (Raw::Text { text: text.clone(), at: 0 }, Some(text.len() as u64))
            }
        };
        Ok(Self {
            name: origin.name(),
            raw,
            head: None,
            packed: Packed::Plain,
            failure: match origin {
                Origin::File { .. } => Error::Changed,
                _ => Error::Interrupted,
            },
            is_manifest: false,
            n_bytes_total,
            n_bytes_read: 0,
            has_given: false,
            broke_off: false,
        })
    }

    /// The next slice of text; none at the end.
    ///
    /// # Errors
    /// When the origin fails. A compressed stream that breaks off after some text ends instead, and
    /// `broke_off` says so.
    pub(super) async fn next(&mut self) -> Result<Option<Uint8Array>, Error> {
        if self.broke_off {
            return Ok(None);
        }
        loop {
            let step = match &mut self.packed {
                Packed::Plain => return self.next_raw().await,
                Packed::Gzip(gunzip) => {
                    gunzip.next().await.map_err(|_| Error::Gzip(self.name.clone()))
                }
                Packed::Zstd(unzstd) => unzstd.next().await.map_err(|broken| self.of_zstd(broken)),
            };
            match step {
                Ok(Step::Text(text)) => {
                    self.has_given = true;
                    return Ok(Some(text));
                }
                Ok(Step::End) => return Ok(None),
                Ok(Step::Hungry) => {
                    let more = self.next_raw().await?;
                    self.feed(more);
                }
                Err(Error::Gzip(_) | Error::Zstd(..)) if self.has_given => {
                    self.broke_off = true;
                    return Ok(None);
                }
                Err(error) => return Err(error),
            }
        }
    }

    fn feed(&mut self, more: Option<Uint8Array>) {
        match (&mut self.packed, more) {
            (Packed::Plain, _) => {}
            (Packed::Gzip(gunzip), Some(bytes)) => gunzip.push(&bytes.to_vec()),
            (Packed::Gzip(gunzip), None) => gunzip.finish(),
            (Packed::Zstd(unzstd), Some(bytes)) => unzstd.push(&bytes),
            (Packed::Zstd(unzstd), None) => unzstd.finish(),
        }
    }

    fn of_zstd(&self, broken: Broken) -> Error {
        match broken {
            Broken::Zstd(why) => Error::Zstd(self.name.clone(), why),
            Broken::Worker(why) => Error::Worker(why),
        }
    }

    /// All of it, where it is short: none past `limit` bytes.
    ///
    /// # Errors
    /// When the origin fails.
    pub(super) async fn whole(&mut self, limit: usize) -> Result<Option<Vec<u8>>, Error> {
        let mut whole = Vec::new();
        while let Some(slice) = self.next().await? {
            whole.extend(slice.to_vec());
            if whole.len() > limit {
                return Ok(None);
            }
        }
        Ok(Some(whole))
    }

    /// Whether its bytes are its text.
    pub(super) fn is_plain(&self) -> bool {
        matches!(self.packed, Packed::Plain)
    }

    /// Looks at the first bytes: how it is compressed, and whether it is a list of logs.
    ///
    /// # Errors
    /// Whatever keeps the first byte of text from coming.
    pub(super) async fn look_ahead(&mut self) -> Result<(), Error> {
        let mut head = Vec::new();
        while head.len() < MANIFEST_HEAD_BYTES {
            match self.next_raw().await? {
                Some(bytes) => head.extend(bytes.to_vec()),
                None => break,
            }
        }
        match sniff(&head) {
            Container::Gzip => self.packed = Packed::Gzip(Gunzip::default()),
            Container::Zstd => self.packed = Packed::Zstd(Unzstd::default()),
            Container::Text if is_markup(&head) => {
                return Err(Error::WebPage(self.name.clone()));
            }
            Container::Text => self.is_manifest = bytes::is_manifest(&head),
        }
        self.n_bytes_read -= head.len() as u64;
        self.head = (!head.is_empty()).then(|| Uint8Array::from(head.as_slice()));
        Ok(())
    }

    async fn next_raw(&mut self) -> Result<Option<Uint8Array>, Error> {
        let bytes = match (self.head.take(), &mut self.raw) {
            (Some(head), _) => Some(head),
            (None, raw) => raw.next().await.map_err(|_| self.failure())?,
        };
        self.n_bytes_read += bytes.as_ref().map_or(0, |bytes| u64::from(bytes.length()));
        Ok(bytes)
    }

    /// Takes the buffers of slices back that nobody needs any more.
    pub(super) fn reuse(&mut self, buffers: &mut Vec<ArrayBuffer>) {
        self.raw.reuse(buffers);
    }

    fn failure(&self) -> Error {
        (self.failure)(self.name.clone())
    }
}

/// No JSON begins like this, and every web page does: also the one that some servers send in place
/// of a file that they do not have.
fn is_markup(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    head.trim_ascii_start().starts_with(b"<")
}
