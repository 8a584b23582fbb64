//! The address: the hash is read, written and listened to, and the logs it names are written. What a
//! hash means is the route's business.
use wasm_bindgen::JsValue;
use web_sys::Url;

use super::dom;

/// The hash as it stands, with its `#`; empty without one.
pub fn read() -> String {
    dom::window().and_then(|window| window.location().hash().ok()).unwrap_or_default()
}

/// What writing does to the browser's history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// Back leads to where the page was.
    Push,
    /// The entry in hand is changed.
    Replace,
}

/// Writes the hash. Browsers call no listener for it.
pub fn write(hash: &str, entry: Entry) {
    let Some(history) = dom::window().and_then(|window| window.history().ok()) else { return };
    // Refused past some hundred writes in a few seconds: the page is right, its address late.
    let _ = match entry {
        Entry::Push => history.push_state_with_url(&JsValue::NULL, "", Some(hash)),
        Entry::Replace => history.replace_state_with_url(&JsValue::NULL, "", Some(hash)),
    };
}

/// Makes the address name these logs, in place of those that it named; the hash stays.
pub fn write_logs(addresses: &[String]) {
    let Ok(url) = Url::new(&dom::address()) else { return };
    let query = url.search_params();
    query.delete("log");
    for address in addresses {
        query.append("log", address);
    }
    let Some(history) = dom::window().and_then(|window| window.history().ok()) else { return };
    // Only another origin is refused, and past some hundred writes in a few seconds any address.
    let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&url.href()));
}

/// The page's address with another value of `key` in its query.
pub fn with_query(key: &str, value: &str) -> String {
    let Ok(url) = Url::new(&dom::address()) else { return String::new() };
    url.search_params().set(key, value);
    format!("{}{}", url.search(), url.hash())
}

/// Calls `changed` when a link, the reader or the back button has changed the hash.
pub fn listen(changed: impl Fn() + Clone + 'static) {
    let Some(window) = dom::window() else { return };
    for event in ["hashchange", "popstate"] {
        let changed = changed.clone();
        dom::listen(&window, event, move |_| changed());
    }
}
