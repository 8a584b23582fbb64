//! What the browser knows of time zones. Never what time it is now.
use std::sync::OnceLock;

use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// Minutes east of UTC that the browser's zone is at this moment, daylight saving and all.
pub fn offset_minutes(nanos: u64) -> i32 {
    let date = Date::new(&JsValue::from_f64((nanos / 1_000_000) as f64));
    let behind = date.get_timezone_offset();
    if behind.is_finite() { -(behind as i32) } else { 0 }
}

/// The zone's name, such as `Europe/Berlin`; none where the browser keeps it to itself.
pub fn zone_name() -> Option<&'static str> {
    static NAME: OnceLock<Option<String>> = OnceLock::new();
    NAME.get_or_init(|| asked_of_temporal().or_else(asked_of_intl)).as_deref()
}

/// What newer browsers have, and know at once.
fn asked_of_temporal() -> Option<String> {
    let get = |of: &JsValue, name: &str| Reflect::get(of, &JsValue::from_str(name)).ok();
    let now = get(&get(&js_sys::global(), "Temporal")?, "Now")?;
    let name = get(&now, "timeZoneId")?.dyn_into::<Function>().ok()?.call0(&now).ok()?;
    name.as_string()
}

/// A formatter knows it as well, and takes tens of milliseconds to be made.
fn asked_of_intl() -> Option<String> {
    let format = Intl::DateTimeFormat::new(&Array::new(), &Object::new());
    let options = format.resolved_options();
    Reflect::get(&options, &JsValue::from_str("timeZone")).ok()?.as_string()
}
