//! Handles of local files, in browsers that give them: what is read through one is the file as it is now,
//! where a file that was merely picked stays as it was, or cannot be read once it has changed.
use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DataTransfer, File, FileSystemFileHandle};

use super::source::Origin;
use super::{Error, dom};

/// The browser's picker of handles.
const PICKER: &str = "showOpenFilePicker";

/// What a dropped item gives one by.
const OF_ITEM: &str = "getAsFileSystemHandle";

/// What came of asking the browser's picker.
#[derive(Debug)]
pub enum Picked {
    /// Files, which can be read again.
    Files(Vec<Origin>),
    /// The reader has closed it.
    Nothing,
    /// It cannot be shown here.
    Refused,
}

/// The browser's picker, where it has one.
pub fn picker() -> Option<Function> {
    Reflect::get(&js_sys::global(), &PICKER.into()).ok()?.dyn_into().ok()
}

/// Lets the reader pick files. To be asked while a press is being told of.
pub fn pick(picker: &Function) -> impl Future<Output = Picked> + use<> {
    let options = Object::new();
    // Of a plain object nothing is refused.
    let _ = Reflect::set(&options, &"multiple".into(), &true.into());
    let asked = picker.call1(&js_sys::global(), &options).map(Promise::from);
    async move {
        let Ok(asked) = asked else { return Picked::Refused };
        match JsFuture::from(asked).await {
            Ok(handles) => {
                let mut origins = Vec::new();
                for handle in Array::from(&handles).iter() {
                    origins.extend(origin_of(handle).await);
                }
                Picked::Files(origins)
            }
            Err(error) if error.unchecked_ref::<js_sys::Error>().name() == "AbortError" => {
                Picked::Nothing
            }
            Err(_) => Picked::Refused,
        }
    }
}

/// The handle of the one file that is dropped. To be asked while the drop is being told of: afterwards
/// nobody may.
pub fn dropped(data: &DataTransfer) -> Option<Promise> {
    let items = data.items();
    let item = items.get(0).filter(|item| items.length() == 1 && item.kind() == "file")?;
    let ask: Function = Reflect::get(&item, &OF_ITEM.into()).ok()?.dyn_into().ok()?;
    ask.call0(&item).ok()?.dyn_into().ok()
}

/// The file behind a handle that was asked for, to be read again whenever it grows.
pub async fn origin_behind(handle: Promise) -> Option<Origin> {
    origin_of(JsFuture::from(handle).await.ok()?).await
}

async fn origin_of(handle: JsValue) -> Option<Origin> {
    let handle: FileSystemFileHandle = handle.dyn_into().ok()?;
    let file = file_of(&handle).await.ok()?;
    Some(Origin::File { path: file.name(), file, handle: Some(handle) })
}

/// The origin as it is now: a file that can be read again is.
///
/// # Errors
/// When it is gone.
pub async fn renewed(origin: &Origin) -> Result<Origin, Error> {
    let Origin::File { handle: Some(handle), path, .. } = origin else { return Ok(origin.clone()) };
    let file = file_of(handle).await.map_err(|_| Error::Changed(path.clone()))?;
    Ok(Origin::File { file, path: path.clone(), handle: Some(handle.clone()) })
}

async fn file_of(handle: &FileSystemFileHandle) -> Result<File, JsValue> {
    JsFuture::from(handle.get_file()).await?.dyn_into()
}

/// Whether this browser gives handles at all.
pub fn are_given() -> bool {
    dom::window().is_some() && picker().is_some()
}
