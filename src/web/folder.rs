//! The files of folders that were dropped or picked. Chooses by name and opens nothing.
use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DataTransfer, File, FileSystemDirectoryEntry, FileSystemDirectoryReader, FileSystemEntry,
    FileSystemFileEntry,
};

use super::source::Origin;
use crate::bytes::is_log_name;

/// So many files of one drop are looked at.
const MAX_FILES: usize = 10_000;

/// What was dropped, if a folder is in it. To be asked while the drop is being told of: afterwards
/// nobody may.
pub fn folders(data: &DataTransfer) -> Option<Vec<FileSystemEntry>> {
    let items = data.items();
    let items = (0..items.length()).filter_map(|at| items.get(at));
    let entries: Vec<_> = items.filter_map(|it| it.webkit_get_as_entry().ok()?).collect();
    entries.iter().any(FileSystemEntry::is_directory).then_some(entries)
}

/// All files in there, in the order of their paths; of a folder those that have the name of a log.
pub async fn files_of(entries: Vec<FileSystemEntry>) -> Vec<Origin> {
    let (mut open, mut found) = (entries, Vec::new());
    while let Some(entry) = open.pop() {
        if found.len() >= MAX_FILES {
            found.push(Origin::Skipped { path: "what is past the first 10,000 files".to_owned() });
            break;
        }
        let path = entry.full_path().trim_start_matches('/').to_owned();
        if entry.is_directory() {
            open.extend(entries_of(entry.unchecked_into()).await.unwrap_or_default());
        } else if let Ok(file) = file_of(&entry.unchecked_into()).await {
            found.push(origin(file, path));
        }
    }
    sorted(found)
}

/// A file that was picked, by itself or in a folder.
pub fn picked(file: File) -> Origin {
    let path = Reflect::get(&file, &"webkitRelativePath".into()).ok();
    let path = path.and_then(|path| path.as_string()).filter(|path| !path.is_empty());
    let name = file.name();
    origin(file, path.unwrap_or(name))
}

/// In the order of their paths.
pub fn sorted(mut origins: Vec<Origin>) -> Vec<Origin> {
    origins.sort_by_cached_key(Origin::name);
    origins
}

fn origin(file: File, path: String) -> Origin {
    let is_chosen = !path.contains('/') || is_log_name(&file.name());
    if is_chosen { Origin::File { file, path, handle: None } } else { Origin::Skipped { path } }
}

async fn file_of(entry: &FileSystemFileEntry) -> Result<File, JsValue> {
    let file = asked(|found, failed| {
        entry.file_with_callback_and_callback(found, failed);
    });
    file.await?.dyn_into()
}

/// A reader gives some entries at a time, and none at the end.
async fn entries_of(folder: FileSystemDirectoryEntry) -> Result<Vec<FileSystemEntry>, JsValue> {
    let reader: FileSystemDirectoryReader = folder.create_reader();
    let mut entries = Vec::new();
    loop {
        let some = asked(|found, failed| {
            // Only a reader in use is refused.
            let _ = reader.read_entries_with_callback_and_callback(found, failed);
        });
        let some: Array = some.await?.dyn_into()?;
        if some.length() == 0 || entries.len() >= MAX_FILES {
            return Ok(entries);
        }
        entries.extend(some.iter().map(JsCast::unchecked_into::<FileSystemEntry>));
    }
}

async fn asked(mut ask: impl FnMut(&Function, &Function)) -> Result<JsValue, JsValue> {
    JsFuture::from(Promise::new(&mut |found, failed| ask(&found, &failed))).await
}
