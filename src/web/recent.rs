//! Logs that the reader has opened, kept in this browser's own database once they wish so. Nothing here
//! leaves the browser, and nothing needs it: a browser that keeps nothing says no, and that is all.
use std::hash::{DefaultHasher, Hash, Hasher};

use js_sys::{Array, Date, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    File, IdbDatabase, IdbObjectStore, IdbObjectStoreParameters, IdbRequest, IdbTransaction,
    IdbTransactionMode, Url,
};

use super::raw::n_bytes_of;
use super::source::Origin;
use super::{dom, prefs};

/// So many are kept; the oldest goes first.
pub const MAX_LOGS: usize = 10;

/// Of a larger log only the name is kept.
pub const MAX_BYTES: u64 = 64_000_000;

const WISH: &str = "lineage.recent";
const DATABASE: &str = "lineage";
const LOGS: &str = "logs";
const KEY: &str = "key";

/// A log that is kept.
#[derive(Clone, Debug)]
pub struct Recent {
    /// The same for the same log.
    pub key: String,
    /// What to call it.
    pub name: String,
    /// When it was last opened, in milliseconds since 1970.
    pub millis: u64,
    /// How long its text was as it was opened.
    pub n_bytes: u64,
    /// How much of this browser's room it takes.
    pub n_bytes_kept: u64,
    /// Where to open it; none where only its name is kept.
    pub origins: Vec<Origin>,
}

/// Whether the reader wishes that logs are kept.
pub fn is_wished() -> bool {
    prefs::kept(WISH).as_deref() == Some("yes")
}

/// Whether the browser remembers that wish: where it does not, it keeps nothing at all.
pub fn wish(is_wished: bool) -> bool {
    let word = if is_wished { "yes" } else { "no" };
    prefs::keep(WISH, word);
    prefs::kept(WISH).as_deref() == Some(word)
}

/// All of them, the newest first.
///
/// # Errors
/// When the browser keeps nothing for this page.
pub async fn all() -> Result<Vec<Recent>, JsValue> {
    let (store, _) = store(IdbTransactionMode::Readonly).await?;
    let records: Array = done(&store.get_all()?).await?.dyn_into()?;
    let mut logs: Vec<Recent> = records.iter().filter_map(|record| recent(&record)).collect();
    logs.sort_by_key(|log| std::cmp::Reverse(log.millis));
    Ok(logs)
}

/// Keeps the log of `origins`, in place of the same one from before. Where there is no room for its
/// bytes, its name.
///
/// # Errors
/// When the browser keeps nothing for this page.
pub async fn keep(origins: &[Origin], name: &str, n_bytes: u64) -> Result<(), JsValue> {
    let parts: Vec<JsValue> = origins.iter().filter_map(part).collect();
    let n_bytes_kept: u64 = origins.iter().map(n_bytes_in).sum();
    let mut key = DefaultHasher::new();
    for origin in origins {
        tell_apart(origin, &mut key);
    }
    let key = format!("{:016x}", key.finish());
    let is_kept = n_bytes_kept <= MAX_BYTES
        && put(&record(&key, name, n_bytes, n_bytes_kept, &parts)).await.is_ok();
    if !is_kept {
        put(&record(&key, name, n_bytes, 0, &[])).await?;
    }
    for log in all().await?.iter().skip(MAX_LOGS) {
        remove(&log.key).await?;
    }
    Ok(())
}

/// Forgets one.
///
/// # Errors
/// When the browser keeps nothing for this page.
pub async fn remove(key: &str) -> Result<(), JsValue> {
    let (store, transaction) = store(IdbTransactionMode::Readwrite).await?;
    done(&store.delete(&key.into())?).await?;
    written(&transaction).await
}

/// Forgets all.
///
/// # Errors
/// When the browser keeps nothing for this page.
pub async fn clear() -> Result<(), JsValue> {
    let (store, transaction) = store(IdbTransactionMode::Readwrite).await?;
    done(&store.clear()?).await?;
    written(&transaction).await
}

async fn put(record: &JsValue) -> Result<(), JsValue> {
    let (store, transaction) = store(IdbTransactionMode::Readwrite).await?;
    done(&store.put(record)?).await?;
    written(&transaction).await
}

/// What is kept of an origin: an address, or a file.
fn part(origin: &Origin) -> Option<JsValue> {
    match origin {
        Origin::Address(address) => {
            let url = Url::new_with_base(address, &dom::address()).ok()?;
            Some(object(&[("address", url.href().into())]).into())
        }
        Origin::File { file, path, .. } => {
            Some(object(&[("file", file.into()), ("path", path.into())]).into())
        }
        Origin::Text { name, text } => {
            let parts = Array::of1(&Uint8Array::from(&**text));
            let file = File::new_with_u8_array_sequence(&parts, name).ok()?;
            Some(object(&[("file", file.into()), ("path", (**name).into())]).into())
        }
        Origin::Skipped { .. } => None,
    }
}

fn n_bytes_in(origin: &Origin) -> u64 {
    match origin {
        Origin::File { file, .. } => n_bytes_of(file),
        Origin::Text { text, .. } => text.len() as u64,
        Origin::Address(address) => address.len() as u64,
        Origin::Skipped { .. } => 0,
    }
}

/// By what a log is the same as one from before: a file of the same name and time, the same text, or
/// the same address.
fn tell_apart(origin: &Origin, key: &mut DefaultHasher) {
    match origin {
        Origin::Address(address) => {
            let url = Url::new_with_base(address, &dom::address()).map(|url| url.href());
            url.unwrap_or_else(|_| address.clone()).hash(key);
        }
        Origin::File { file, path, .. } => {
            (path, n_bytes_of(file), file.last_modified().to_bits()).hash(key);
        }
        Origin::Text { name, text } => (name, text).hash(key),
        Origin::Skipped { .. } => {}
    }
}

fn record(key: &str, name: &str, n_bytes: u64, n_bytes_kept: u64, parts: &[JsValue]) -> JsValue {
    let parts: Array = parts.iter().collect();
    let number = |n: u64| JsValue::from_f64(n as f64);
    let record = object(&[
        (KEY, key.into()),
        ("name", name.into()),
        ("when", JsValue::from_f64(Date::now())),
        ("size", number(n_bytes)),
        ("kept", number(n_bytes_kept)),
        ("parts", parts.into()),
    ]);
    record.into()
}

/// Another version of the page may have written it: what is no log is passed over.
#[expect(clippy::cast_sign_loss, reason = "times and sizes are whole and not negative")]
fn recent(record: &JsValue) -> Option<Recent> {
    let text = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).ok()?.as_string();
    let number = |name: &str| Some(Reflect::get(record, &name.into()).ok()?.as_f64()? as u64);
    let parts: Array = Reflect::get(record, &"parts".into()).ok()?.dyn_into().ok()?;
    let origin = |part: JsValue| {
        if let Some(address) = text(&part, "address") {
            return Some(Origin::Address(address));
        }
        let file: File = Reflect::get(&part, &"file".into()).ok()?.dyn_into().ok()?;
        Some(Origin::File { path: text(&part, "path")?, file, handle: None })
    };
    Some(Recent {
        key: text(record, KEY)?,
        name: text(record, "name")?,
        millis: number("when")?,
        n_bytes: number("size")?,
        n_bytes_kept: number("kept")?,
        origins: parts.iter().map(origin).collect::<Option<_>>()?,
    })
}

fn object(fields: &[(&str, JsValue)]) -> Object {
    let made = Object::new();
    for (name, value) in fields {
        // Of a plain object nothing is refused.
        let _ = Reflect::set(&made, &(*name).into(), value);
    }
    made
}

async fn store(mode: IdbTransactionMode) -> Result<(IdbObjectStore, IdbTransaction), JsValue> {
    let window = dom::window().ok_or(JsValue::NULL)?;
    let opening = window.indexed_db()?.ok_or(JsValue::NULL)?.open_with_u32(DATABASE, 1)?;
    let request = opening.clone();
    let make = Closure::once_into_js(move || {
        let Ok(database) = request.result().and_then(JsCast::dyn_into::<IdbDatabase>) else {
            return;
        };
        let by_key = IdbObjectStoreParameters::new();
        by_key.set_key_path(&KEY.into());
        // Refused only where it is there already.
        let _ = database.create_object_store_with_optional_parameters(LOGS, &by_key);
    });
    opening.set_onupgradeneeded(Some(make.unchecked_ref()));
    let database: IdbDatabase = done(&opening).await?.dyn_into()?;
    let transaction = database.transaction_with_str_and_mode(LOGS, mode)?;
    let store = transaction.object_store(LOGS)?;
    // Closed once the transaction has ended, so that nothing is in the way of another page's.
    database.close();
    Ok((store, transaction))
}

/// The result of a request.
async fn done(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let asked = Promise::new(&mut |found: Function, failed: Function| {
        request.set_onsuccess(Some(&found));
        request.set_onerror(Some(&failed));
    });
    JsFuture::from(asked).await.map_err(|_| JsValue::NULL)?;
    request.result()
}

/// Waits until what was asked for is on the disk: only then is it known that there was room.
async fn written(transaction: &IdbTransaction) -> Result<(), JsValue> {
    let asked = Promise::new(&mut |done: Function, failed: Function| {
        transaction.set_oncomplete(Some(&done));
        transaction.set_onerror(Some(&failed));
        transaction.set_onabort(Some(&failed));
    });
    JsFuture::from(asked).await.map(drop)
}
