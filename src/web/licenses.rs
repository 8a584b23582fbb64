//! The licenses of what the page is made of, where it is one file: they are in it.
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::dom;

/// What gives them.
const GIVE: &str = "lineageLicenses";

const FILE: &str = "licenses.txt";

/// Whether they are.
pub fn are_inside() -> bool {
    given().is_some()
}

/// Saves them as a file of the browser's downloads; where it lets no frame do that, nothing happens.
pub async fn save() {
    let _ = try_save().await;
}

async fn try_save() -> Result<(), JsValue> {
    let text: Promise = given().ok_or(JsValue::NULL)?.call0(&JsValue::NULL)?.dyn_into()?;
    let text: Blob = JsFuture::from(text).await?.dyn_into()?;
    dom::save_blob(FILE, &text)
}

fn given() -> Option<Function> {
    Reflect::get(&js_sys::global(), &GIVE.into()).ok()?.dyn_into().ok()
}
