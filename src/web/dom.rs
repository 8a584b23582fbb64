//! Small things asked of the document, each of which may be refused without harm.
use wasm_bindgen::prelude::*;
use web_sys::{
    Blob, BlobPropertyBag, Document, Element, Event, EventTarget, HtmlElement,
    ScrollIntoViewOptions, ScrollLogicalPosition, SvgElement, Url, Window,
};

/// The page's window.
pub fn window() -> Option<Window> {
    web_sys::window()
}

/// The page's document.
pub fn document() -> Option<Document> {
    window()?.document()
}

/// Sets an attribute of `<html>`: what the page tells its tests, embedders and style sheets.
pub fn set_root_attribute(name: &str, value: Option<&str>) {
    let Some(root) = document().and_then(|document| document.document_element()) else { return };
    // Only a malformed name is refused.
    let _ = match value {
        Some(value) => root.set_attribute(name, value),
        None => root.remove_attribute(name),
    };
}

/// What the document's `<meta>` of this name says.
pub fn meta(name: &str) -> Option<String> {
    let named = document()?.query_selector(&format!("meta[name={name}]")).ok()??;
    named.get_attribute("content")
}

/// Whether the page is shown in a frame of another one.
pub fn is_framed() -> bool {
    let around = window().and_then(|window| window.parent().ok()?);
    around.is_some_and(|around| window().is_some_and(|window| window != around))
}

/// Whether nobody can see the page.
pub fn is_hidden() -> bool {
    document().is_some_and(|document| document.hidden())
}

/// Names the page.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Takes the element with this id out of the page.
pub fn remove(id: &str) {
    if let Some(element) = document().and_then(|document| document.get_element_by_id(id)) {
        element.remove();
    }
}

/// Moves the keyboard to the element with this id.
pub fn focus(id: &str) {
    let element = document().and_then(|document| document.get_element_by_id(id));
    focus_element(element.as_ref());
}

/// Moves the keyboard to `element`, if it is one that takes it.
pub fn focus_element(element: Option<&Element>) {
    if element.is_some() && focused().as_ref() == element {
        return;
    }
    // An element that cannot be focused stays as it is.
    let _ = match element {
        Some(element) if element.has_type::<SvgElement>() => {
            element.unchecked_ref::<SvgElement>().focus()
        }
        Some(element) if element.has_type::<HtmlElement>() => {
            element.unchecked_ref::<HtmlElement>().focus()
        }
        _ => Ok(()),
    };
}

/// Moves the keyboard to the element with this id, or to the first in it that matches `selector`; whether
/// there is one.
pub fn focus_in(id: &str, selector: Option<&str>) -> bool {
    let outer = document().and_then(|document| document.get_element_by_id(id));
    let element = match selector {
        Some(selector) => outer.and_then(|it| it.query_selector(selector).ok()?),
        None => outer,
    };
    focus_element(element.as_ref());
    element.is_some()
}

/// Moves the keyboard to the first link in the element with this id that leads to `href`; whether there
/// is one.
pub fn focus_link(id: &str, href: &str) -> bool {
    let outer = document().and_then(|document| document.get_element_by_id(id));
    let links = outer.and_then(|it| it.query_selector_all("a[href]").ok());
    let Some(links) = links else { return false };
    let mut all = (0..links.length()).filter_map(|at| links.get(at)?.dyn_into::<Element>().ok());
    let link = all.find(|link| link.get_attribute("href").as_deref() == Some(href));
    focus_element(link.as_ref());
    link.is_some()
}

/// What is in an element is about to go: where the keyboard is in the nearest one that matches `selector`,
/// that one has it then.
pub fn keep_focus_in(selector: &str) {
    let outer = focused().and_then(|it| it.closest(selector).ok().flatten());
    if outer.is_some() {
        leptos::prelude::request_animation_frame(move || {
            if has_lost_focus() {
                focus_element(outer.as_ref());
            }
        });
    }
}

/// Whether no element has the keyboard.
pub fn has_lost_focus() -> bool {
    focused().is_none_or(|element| element.tag_name().eq_ignore_ascii_case("body"))
}

/// Scrolls the element with this id into sight, as little as that takes.
pub fn reveal(id: &str) {
    if let Some(element) = document().and_then(|document| document.get_element_by_id(id)) {
        reveal_element(&element);
    }
}

/// Scrolls the first element that matches `selector` into sight, as [`reveal`] does; whether there is one.
pub fn reveal_first(selector: &str) -> bool {
    let element = document().and_then(|document| document.query_selector(selector).ok()?);
    if let Some(element) = &element {
        reveal_element(element);
    }
    element.is_some()
}

fn reveal_element(element: &Element) {
    let options = ScrollIntoViewOptions::new();
    options.set_block(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&options);
}

/// The element that has the keyboard.
pub fn focused() -> Option<Element> {
    document()?.active_element()
}

/// Whether the keyboard is in a field, where letters are text and not commands.
pub fn is_typing() -> bool {
    focused().is_some_and(|element| {
        let is_text =
            element.matches("input:not([type=checkbox]),textarea,select,[contenteditable]");
        is_text.unwrap_or(false)
    })
}

/// Calls `heard` at every such event, for as long as the page lives.
pub fn listen(target: &EventTarget, name: &str, heard: impl FnMut(Event) + 'static) {
    let heard = Closure::<dyn FnMut(Event)>::new(heard);
    // Only a missing callback is refused.
    let _ = target.add_event_listener_with_callback(name, heard.as_ref().unchecked_ref());
    heard.forget();
}

/// The same, before whatever the event is for.
pub fn listen_first(name: &str, heard: impl FnMut(Event) + 'static) {
    let heard = Closure::<dyn FnMut(Event)>::new(heard);
    let listener = heard.as_ref().unchecked_ref();
    // Only a missing callback is refused.
    let _ = window().map(|it| it.add_event_listener_with_callback_and_bool(name, listener, true));
    heard.forget();
}

/// Marks all that match `selector` with an attribute; how many.
pub fn mark_all(selector: &str, attribute: &str) -> u32 {
    let found = document().and_then(|it| it.query_selector_all(selector).ok());
    let Some(found) = found else { return 0 };
    for at in 0..found.length() {
        let element = found.get(at).and_then(|it| it.dyn_into::<Element>().ok());
        // Only a malformed name is refused.
        let _ = element.map(|element| element.set_attribute(attribute, ""));
    }
    found.length()
}

/// Saves `text` as a file of the browser's downloads.
///
/// # Errors
/// When the browser makes no blob or link of it.
pub fn save(name: &str, mime: &str, text: &str) -> Result<(), JsValue> {
    save_blob(name, &blob(mime, text)?)
}

/// `text` as a file in memory.
pub(super) fn blob(mime: &str, text: &str) -> Result<Blob, JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    Blob::new_with_str_sequence_and_options(&js_sys::Array::of1(&JsValue::from_str(text)), &options)
}

/// Saves the bytes of records as a file of the browser's downloads.
///
/// # Errors
/// When the browser makes no blob or link of it.
pub fn save_bytes(name: &str, mime: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(mime);
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    save_blob(name, &Blob::new_with_u8_array_sequence_and_options(&parts, &options)?)
}

/// Saves `blob` as a file of the browser's downloads.
///
/// # Errors
/// When the browser makes no link of it.
pub fn save_blob(name: &str, blob: &Blob) -> Result<(), JsValue> {
    let address = Url::create_object_url_with_blob(blob)?;
    let link = document().ok_or(JsValue::NULL)?.create_element("a")?;
    link.set_attribute("href", &address)?;
    link.set_attribute("download", name)?;
    if let Some(link) = link.dyn_ref::<HtmlElement>() {
        link.click();
    }
    Url::revoke_object_url(&address)
}

/// The page's own address.
pub fn address() -> String {
    window().and_then(|window| window.location().href().ok()).unwrap_or_default()
}

/// The origin that servers are told of; `null` where the page has none, as from a disk.
pub fn origin() -> String {
    window().map(|window| window.origin()).unwrap_or_default()
}

/// Whether the page came over http or https, so that files beside it can be fetched.
pub fn is_served() -> bool {
    address().starts_with("http")
}

/// The values of a key in the query string, in order.
pub fn query_values(key: &str) -> Vec<String> {
    let query = window().and_then(|window| window.location().search().ok()).unwrap_or_default();
    let Ok(query) = web_sys::UrlSearchParams::new_with_str(&query) else { return Vec::new() };
    query.get_all(key).iter().filter_map(|value| value.as_string()).collect()
}

/// Whether `text` is an address that could be fetched from this page.
pub fn is_address(text: &str) -> bool {
    Url::new_with_base(text, &address())
        .is_ok_and(|url| matches!(url.protocol().as_str(), "http:" | "https:" | "blob:" | "data:"))
}
