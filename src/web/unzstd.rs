//! zstd → text by a worker of its own, which is loaded for the first such log. Browsers that have a
//! `DecompressionStream` for it read one frame and call the rest junk; and most have none.
use js_sys::{Promise, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{ErrorEvent, MessageEvent, Worker};

use super::dom;
use super::gunzip::Step;
use crate::unzstd::ZstdError;

/// The `<meta>` of the document that names what loads its code.
const NAME: &str = "unzstd";

/// What loads it where nothing is named.
const LOADER: &str = "load_unzstd.js";

/// Decompresses the chunks that are pushed into it.
#[derive(Debug, Default)]
pub(super) struct Unzstd {
    worker: Option<Worker>,
    /// What the worker is to be told next: go on, where nothing is.
    waiting: Option<JsValue>,
}

/// Why it cannot go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Broken {
    /// The data are to blame.
    Zstd(ZstdError),
    /// The worker could not be had, or died.
    Worker(String),
}

impl Unzstd {
    /// Takes the next compressed bytes.
    pub(super) fn push(&mut self, bytes: &Uint8Array) {
        self.waiting = Some(bytes.clone().into());
    }

    /// There are no more compressed bytes.
    pub(super) fn finish(&mut self) {
        self.waiting = Some(JsValue::NULL);
    }

    /// Goes on until there is text, or nothing left to do.
    ///
    /// # Errors
    /// When it cannot go on. Text that was given stands.
    pub(super) async fn next(&mut self) -> Result<Step, Broken> {
        let worker = match &self.worker {
            Some(worker) => worker,
            None => self.worker.insert(start().await?),
        };
        let order = self.waiting.take().unwrap_or(JsValue::TRUE);
        let answer = answer_of(worker, || worker.post_message(&order)).await?;
        if let Some(word) = answer.as_string() {
            return Err(Broken::Zstd(ZstdError::of_word(&word).unwrap_or(ZstdError::Damaged)));
        }
        Ok(match answer.dyn_into::<Uint8Array>() {
            Ok(text) => Step::Text(text),
            Err(answer) if answer.is_null() => Step::End,
            Err(_) => Step::Hungry,
        })
    }
}

impl Drop for Unzstd {
    fn drop(&mut self) {
        if let Some(worker) = self.worker.take() {
            worker.terminate();
        }
    }
}

/// One that hears.
async fn start() -> Result<Worker, Broken> {
    let loader = dom::meta(NAME).unwrap_or_else(|| LOADER.to_owned());
    let worker = Worker::new(&loader).map_err(|error| Broken::Worker(told(&error)))?;
    answer_of(&worker, || Ok(())).await?;
    Ok(worker)
}

/// The next answer, or the error, of which there is one for each order.
async fn answer_of(
    worker: &Worker,
    order: impl FnOnce() -> Result<(), JsValue>,
) -> Result<JsValue, Broken> {
    let answered = Promise::new(&mut |heard, failed| {
        worker.set_onmessage(Some(&heard));
        worker.set_onerror(Some(&failed));
    });
    order().map_err(|error| Broken::Worker(told(&error)))?;
    let answer = JsFuture::from(answered).await.map_err(|error| Broken::Worker(told(&error)))?;
    Ok(answer.unchecked_into::<MessageEvent>().data())
}

fn told(error: &JsValue) -> String {
    let message = match error.dyn_ref::<ErrorEvent>() {
        Some(event) => event.message(),
        None => {
            error.dyn_ref().map(|error: &js_sys::Error| error.message().into()).unwrap_or_default()
        }
    };
    if message.is_empty() { "the code for zstd could not be loaded".to_owned() } else { message }
}
