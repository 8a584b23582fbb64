//! The greater part of the page, which no first paint needs: a second file of the same program, cut
//! off after linking, that runs in the same memory. It is fetched once the first paint is out, and is
//! there before a log is shown. A build that was not cut is whole, and fetches nothing.
use std::cell::RefCell;

use js_sys::{Object, Promise, Reflect, WebAssembly};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use super::{Error, dom};

/// The `<meta>` of the document that names the file.
const NAME: &str = "rest";

/// What the file calls the module of its imports.
const FIRST: &str = "first";

thread_local! {
    /// The one instantiation, under way or done.
    static ARRIVAL: RefCell<Option<Promise>> = const { RefCell::new(None) };
}

/// Sends for the rest, unless it has been.
pub fn send_for() {
    let Some(address) = dom::meta(NAME) else { return };
    ARRIVAL.with_borrow_mut(|arrival| {
        arrival.get_or_insert_with(|| future_to_promise(fetch_and_join(address)));
    });
}

/// Waits for the rest.
///
/// # Errors
/// When it does not come; it is sent for anew the next time.
pub async fn arrived() -> Result<(), Error> {
    send_for();
    let Some(arrival) = ARRIVAL.with_borrow(Clone::clone) else { return Ok(()) };
    let joined = JsFuture::from(arrival).await;
    joined.map(drop).map_err(|error| {
        ARRIVAL.with_borrow_mut(Option::take);
        Error::Incomplete(
            error
                .as_string()
                .unwrap_or_else(|| String::from(error.unchecked_ref::<js_sys::Error>().message())),
        )
    })
}

async fn fetch_and_join(address: String) -> Result<JsValue, JsValue> {
    let window = dom::window().ok_or_else(|| JsValue::from_str("there is no window"))?;
    let response: web_sys::Response =
        JsFuture::from(window.fetch_with_str(&address)).await?.unchecked_into();
    if !response.ok() {
        return Err(JsValue::from_str(&format!("the server answered {}", response.status())));
    }
    let bytes = JsFuture::from(response.array_buffer()?).await?;
    let module: WebAssembly::Module =
        JsFuture::from(WebAssembly::compile(&bytes)).await?.unchecked_into();
    let imports = Object::new();
    Reflect::set(&imports, &FIRST.into(), &wasm_bindgen::exports())?;
    JsFuture::from(WebAssembly::instantiate_module(&module, &imports)).await
}
