//! Text onto the clipboard.
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use super::dom;

/// Copies `text`; whether the browser let it. Pages that came over plain http have no clipboard.
pub async fn copy(text: &str) -> bool {
    let Some(window) = dom::window() else { return false };
    let navigator = window.navigator();
    let clipboard = js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard"));
    if !clipboard.is_ok_and(|clipboard| clipboard.is_object()) {
        return false;
    }
    JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}
