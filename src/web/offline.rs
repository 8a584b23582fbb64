//! The page itself, kept in this browser by a service worker, so that it opens without a network. Of a
//! folder alone, and only where the browser and the reader let it; no log passes it.
use js_sys::{Array, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{ServiceWorkerContainer, ServiceWorkerRegistration};

use super::{dom, prefs};

/// The `<meta>` of the document that names the service worker.
const NAME: &str = "offline";

const WISH: &str = "lineage.offline";

/// What the service worker's versions of the page begin with.
const ALL: &str = "lineage ";

/// Whether the page can be kept: not in another page's frame, over plain http, or as one file.
pub fn is_offered() -> bool {
    container().is_some()
}

/// Whether the reader lets it.
pub fn is_wished() -> bool {
    prefs::kept(WISH).as_deref() != Some("no")
}

/// Keeps the page, and waits until it is kept.
///
/// # Errors
/// When it cannot be.
pub async fn keep() -> Result<(), JsValue> {
    prefs::keep(WISH, "yes");
    let (container, address) = container().ok_or(JsValue::NULL)?;
    JsFuture::from(container.register(&address)).await?;
    JsFuture::from(container.ready()?).await.map(drop)
}

/// Keeps it no longer.
///
/// # Errors
/// When the browser does not let go of it.
pub async fn drop_all() -> Result<(), JsValue> {
    prefs::keep(WISH, "no");
    let (container, _) = container().ok_or(JsValue::NULL)?;
    let found = JsFuture::from(container.get_registration()).await?;
    let Ok(registration) = found.dyn_into::<ServiceWorkerRegistration>() else { return Ok(()) };
    let own = format!("{ALL}{} ", registration.scope());
    JsFuture::from(registration.unregister()?).await?;
    let caches = dom::window().ok_or(JsValue::NULL)?.caches()?;
    let names: Array = JsFuture::from(caches.keys()).await?.dyn_into()?;
    let names = names.iter().filter_map(|name| name.as_string());
    let dropped: Array =
        names.filter(|name| name.starts_with(&own)).map(|it| caches.delete(&it)).collect();
    JsFuture::from(Promise::all(&dropped)).await.map(drop)
}

fn container() -> Option<(ServiceWorkerContainer, String)> {
    let address = dom::meta(NAME)?;
    let window = dom::window()?;
    let container = Reflect::get(&window.navigator(), &"serviceWorker".into()).ok()?;
    let is_there = !dom::is_framed() && container.is_object();
    is_there.then(|| (container.unchecked_into(), address))
}
