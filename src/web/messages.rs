//! A log from the page that this one is embedded in, or that has opened it: it is told when it may hand
//! one over, and what became of it. Knows no consent; `docs/src/hosting.md` has the messages.
use js_sys::{Array, ArrayBuffer, Object, Reflect};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, File, MessageEvent, Window};

use super::dom;
use super::source::Origin;

/// The key by which the messages are known.
const KEY: &str = "lineage";

/// What a log is called that comes without a name.
const NAME: &str = "the log of the page around";

/// A log that was handed over.
#[derive(Debug)]
pub struct Handed {
    /// The log.
    pub log: Origin,
    /// The origin of the page that has it.
    pub from: String,
    /// The page.
    pub page: Handing,
}

/// The page that hands a log over, to be answered.
#[derive(Clone, Debug)]
pub struct Handing(Window);

impl Handing {
    /// Says what became of its log: `opening` or `refused`.
    pub fn answer(&self, what: &str) {
        tell(&self.0, what);
    }
}

/// Tells the pages that may hand a log over that they may, and calls `handed` for each that they do.
pub fn listen(handed: impl Fn(Handed) + 'static) {
    let Some(window) = dom::window() else { return };
    dom::listen(&window, "message", move |event| {
        if let Some(log) = event.dyn_ref().and_then(read) {
            handed(log);
        }
    });
    for page in givers() {
        tell(&page, "ready");
    }
}

/// The page around this one, and the one that has opened it.
fn givers() -> Vec<Window> {
    let Some(window) = dom::window() else { return Vec::new() };
    let around = window.parent().ok().flatten().filter(|around| *around != window);
    let opener = window.opener().ok().and_then(|opener| opener.dyn_into::<Window>().ok());
    around.into_iter().chain(opener).collect()
}

/// It says nothing that is for one origin alone.
fn tell(page: &Window, what: &str) {
    let message = Object::new();
    // Only a frozen object is refused, and a page that is gone.
    let _ = Reflect::set(&message, &KEY.into(), &what.into());
    let _ = page.post_message(&message, "*");
}

/// `{ lineage: "log", log: Blob | ArrayBuffer | Uint8Array | string, name? }` of a page that may.
fn read(event: &MessageEvent) -> Option<Handed> {
    let source = JsValue::from(event.source()?);
    let page = givers().into_iter().find(|page| *AsRef::<JsValue>::as_ref(page) == source)?;
    let message = event.data();
    let said = |key: &str| Reflect::get(&message, &key.into()).ok();
    if !message.is_object() || said(KEY)?.as_string()? != "log" {
        return None;
    }
    let log = said("log")?;
    let is_bytes = log.is_instance_of::<Blob>()
        || log.is_instance_of::<ArrayBuffer>()
        || ArrayBuffer::is_view(&log)
        || log.is_string();
    let name = said("name").and_then(|name| name.as_string()).filter(|name| !name.is_empty());
    let name = name.unwrap_or_else(|| NAME.to_owned());
    let file = is_bytes.then(|| File::new_with_blob_sequence(&Array::of1(&log), &name))?.ok()?;
    let log = Origin::File { path: name, file, handle: None };
    Some(Handed { log, from: event.origin(), page: Handing(page) })
}
