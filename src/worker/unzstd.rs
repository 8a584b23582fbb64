//! The decompressor's own side. Every message is answered once: bytes or the end of them by what they
//! decompress to, anything else by what is left of that.
//!
//! ```text
//! page → worker    bytes | null (there are no more) | true (go on)
//! worker → page    bytes of text | null (the end) | true (hungry) | a word of ZstdError
//! ```
//!
//! Ended with the input, which frees its window; a panic in damaged data ends it alone.
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

use crate::unzstd::{Step, Unzstd};

/// Decompresses what the page sends from now on.
pub fn serve_unzstd() {
    let (mut unzstd, mut text) = (Unzstd::default(), Vec::new());
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
        let message = message.data();
        if let Some(bytes) = message.dyn_ref::<Uint8Array>() {
            unzstd.push(&bytes.to_vec());
        } else if message.is_null() {
            unzstd.finish();
        }
        say(&match unzstd.next(&mut text) {
            Ok(Step::Text) => Uint8Array::from(text.as_slice()).into(),
            Ok(Step::Hungry) => JsValue::TRUE,
            Ok(Step::End) => JsValue::NULL,
            Err(error) => error.word().into(),
        });
    });
    scope().set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    on_message.forget();
    say(&JsValue::TRUE);
}

fn scope() -> DedicatedWorkerGlobalScope {
    js_sys::global().unchecked_into()
}

fn say(answer: &JsValue) {
    let buffer = answer.dyn_ref::<Uint8Array>().map(Uint8Array::buffer);
    let transfer: js_sys::Array = buffer.into_iter().collect();
    // Only a list with the same buffer twice is refused.
    let _ = scope().post_message_with_transfer(answer, &transfer);
}
