//! The page as one file with logs in it, which opens by itself. In a folder the one file lies beside the
//! page; a page that is one file knows how it was written. Reads no log.
use js_sys::{Array, Function, JsString, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, FileReader, ReadableStream, Response};

use super::source::{Opened, Origin};
use super::task::Cancel;
use super::{Error, dom};
use crate::words;

/// The one file, beside the page of a folder.
const BESIDE: &str = "lineage.html";

/// What the one file has and no other page.
const MARK: &str = "id=\"page-wasm\"";

/// What gives the page as it was written, where it is one file.
const OWN: &str = "lineagePage";

/// So much of compressed logs is put into a page: a third more as text, which is held whole to open it.
pub const MAX_PACKED_BYTES: u64 = 96 << 20;

/// A log to be put into a page: what to call it, and its text.
#[derive(Debug)]
pub struct Part {
    /// Its name.
    pub name: String,
    /// Its text, decompressed.
    pub text: Blob,
}

/// All text of an input.
///
/// # Errors
/// When it cannot be read any more.
pub async fn text_of(origin: &Origin, is_plain: bool) -> Result<Blob, Error> {
    if let Origin::File { file, .. } = origin
        && is_plain
    {
        return Ok(file.clone().into());
    }
    let mut opened = Opened::open(origin, &Cancel::new()).await?;
    let slices = Array::new();
    while let Some(slice) = opened.next().await? {
        slices.push(&slice);
    }
    blob_of(&slices).map_err(|_| Error::Interrupted(origin.name()))
}

/// Text in hand.
///
/// # Errors
/// When the browser has no room for it.
pub fn blob_of_bytes(text: &[u8]) -> Result<Blob, JsValue> {
    blob_of(&Array::of1(&Uint8Array::from(text)))
}

fn blob_of(parts: &Array) -> Result<Blob, JsValue> {
    Blob::new_with_u8_array_sequence(parts)
}

/// The page with these logs in it.
///
/// # Errors
/// Why not, in words.
pub async fn page_with(logs: &[Part]) -> Result<Blob, String> {
    let page = page().await?;
    let parts = Array::of1(&page);
    let mut n_bytes = 0;
    for (i, log) in logs.iter().enumerate() {
        let changed = |_| Error::Changed(log.name.clone()).sentence();
        let packed = gzip(&log.text).await.map_err(changed)?;
        n_bytes += size_of(&packed);
        if n_bytes > MAX_PACKED_BYTES {
            let limit = words::bytes(MAX_PACKED_BYTES);
            return Err(format!(
                "Compressed, the log is more than the {limit} that a page takes along. Save less of it, \
                 or hand on the log beside lineage.html."
            ));
        }
        let id = if i == 0 { String::new() } else { format!("-{}", i + 1) };
        let name = in_quotes(&log.name);
        let start = format!(
            "<script type=\"application/gzip\" id=\"lineage-log{id}\" data-name=\"{name}\">"
        );
        parts.push(&start.into());
        let text = base64(&packed).await.map_err(changed)?;
        parts.push(&text.into());
        parts.push(&"</script>\n".into());
    }
    Blob::new_with_blob_sequence(&parts).map_err(|_| "The browser has no room for it.".to_owned())
}

/// The one file without a log.
async fn page() -> Result<Blob, String> {
    if let Some(own) = own_page() {
        return Ok(own);
    }
    let missing = |_| format!("The page itself, {BESIDE}, could not be had from beside this page.");
    let page = fetched().await.map_err(missing)?;
    let text = JsFuture::from(page.text()).await.map_err(missing)?;
    let is_it = text.as_string().is_some_and(|text| text.contains(MARK));
    if is_it { Ok(page) } else { Err(missing(JsValue::NULL)) }
}

fn own_page() -> Option<Blob> {
    let own = Reflect::get(&js_sys::global(), &OWN.into()).ok()?.dyn_into::<Function>().ok()?;
    own.call0(&JsValue::NULL).ok()?.dyn_into().ok()
}

async fn fetched() -> Result<Blob, JsValue> {
    let window = dom::window().ok_or(JsValue::NULL)?;
    let answer: Response = JsFuture::from(window.fetch_with_str(BESIDE)).await?.unchecked_into();
    if !answer.ok() {
        return Err(JsValue::NULL);
    }
    JsFuture::from(answer.blob()?).await?.dyn_into()
}

/// By the browser's own compressor, which the bindings do not have.
async fn gzip(text: &Blob) -> Result<Blob, JsValue> {
    let class = Reflect::get(&js_sys::global(), &"CompressionStream".into())?;
    let transform =
        Reflect::construct(&class.dyn_into::<Function>()?, &Array::of1(&"gzip".into()))?;
    let stream = text.stream();
    let pipe = Reflect::get(&stream, &"pipeThrough".into())?.dyn_into::<Function>()?;
    let packed = pipe.call1(&stream, &transform)?.dyn_into::<ReadableStream>()?;
    let whole = Response::new_with_opt_readable_stream(Some(&packed))?;
    JsFuture::from(whole.blob()?).await?.dyn_into()
}

/// `data:…;base64,` is before it.
async fn base64(bytes: &Blob) -> Result<JsString, JsValue> {
    let reader = FileReader::new()?;
    let read = Promise::new(&mut |done, failed| {
        reader.set_onload(Some(&done));
        reader.set_onerror(Some(&failed));
    });
    reader.read_as_data_url(bytes)?;
    JsFuture::from(read).await?;
    let address: JsString = reader.result()?.dyn_into()?;
    let comma = u32::try_from(address.index_of(",", 0)).map_err(|_| JsValue::NULL)?;
    Ok(address.slice(comma + 1, address.length()))
}

/// The length of a blob.
#[expect(clippy::cast_sign_loss, reason = "sizes are whole and not negative")]
pub fn size_of(blob: &Blob) -> u64 {
    blob.size() as u64
}

/// As the value of an attribute, which it cannot end.
fn in_quotes(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('"', "&quot;");
    text.replace('<', "&lt;").replace('>', "&gt;")
}
