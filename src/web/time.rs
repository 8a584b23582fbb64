//! What the browser knows of time zones. Never what time it is now.
use std::sync::OnceLock;

use js_sys::{Array, Date, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

/// Minutes east of UTC that the browser's zone is at this moment, daylight saving and all.
pub fn offset_minutes(nanos: u64) -> i32 {
    let date = Date::new(&JsValue::from_f64((nanos / 1_000_000) as f64));
    let behind = date.get_timezone_offset();
    if behind.is_finite() { -(behind as i32) } else { 0 }
}

/// The zone's name, such as `Europe/Berlin`; none where the browser keeps it to itself. Asking for it
/// the first time takes tens of milliseconds.
pub fn zone_name() -> Option<&'static str> {
    static NAME: OnceLock<Option<String>> = OnceLock::new();
    NAME.get_or_init(ask_zone_name).as_deref()
}

fn ask_zone_name() -> Option<String> {
    let format = Intl::DateTimeFormat::new(&Array::new(), &Object::new());
    let options = format.resolved_options();
    Reflect::get(&options, &JsValue::from_str("timeZone")).ok()?.as_string()
}
