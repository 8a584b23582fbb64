//! What was dropped, picked or pasted, as origins of a log. Opens nothing.
use js_sys::Promise;
use leptos::ev::{ClipboardEvent, DragEvent};
use web_sys::{DataTransfer, FileList, FileSystemEntry};

use crate::web::{Origin, folder, handles};

/// What was dropped.
pub enum Dropped {
    /// Files; several are shards of one log.
    Files(Vec<Origin>),
    /// Folders, perhaps with files beside them: they are still to be walked.
    Folders(Vec<FileSystemEntry>),
    /// One file, and what may become a handle of it.
    Handle(Vec<Origin>, Promise),
}

/// Whether files are being dragged.
pub fn has_files(event: &DragEvent) -> bool {
    let Some(data) = event.data_transfer() else { return false };
    data.types().iter().any(|kind| kind.as_string().as_deref() == Some("Files"))
}

/// The files or folders that were dropped.
pub fn dropped(event: &DragEvent) -> Option<Dropped> {
    let data = event.data_transfer()?;
    if let Some(entries) = folder::folders(&data) {
        return Some(Dropped::Folders(entries));
    }
    let files = files(data.files()?)?;
    Some(match handles::dropped(&data) {
        Some(handle) => Dropped::Handle(files, handle),
        None => Dropped::Files(files),
    })
}

/// The files, or else the text, that were pasted.
pub fn pasted(event: &ClipboardEvent) -> Option<Vec<Origin>> {
    let data: DataTransfer = event.clipboard_data()?;
    if let Some(origins) = data.files().and_then(files) {
        return Some(origins);
    }
    text(data.get_data("text/plain").ok()?)
}

/// The files of a picker or a drop, in its order; none of none. A folder's are in the order of their
/// paths.
pub fn files(list: FileList) -> Option<Vec<Origin>> {
    let files = (0..list.length()).filter_map(|i| list.get(i));
    let origins: Vec<Origin> = files.map(folder::picked).collect();
    (!origins.is_empty()).then_some(origins)
}

/// Text as a log; none if there is nothing in it.
pub fn text(text: String) -> Option<Vec<Origin>> {
    let is_blank = text.trim().is_empty();
    let origin = Origin::Text { name: "pasted text".into(), text: text.into_bytes().into() };
    (!is_blank).then(|| vec![origin])
}
