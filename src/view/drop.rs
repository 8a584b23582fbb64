//! What was dropped, picked or pasted, as origins of a log. Opens nothing.
use leptos::ev::{ClipboardEvent, DragEvent};
use web_sys::FileList;

use crate::web::Origin;

/// Whether files are being dragged.
pub fn has_files(event: &DragEvent) -> bool {
    let Some(data) = event.data_transfer() else { return false };
    data.types().iter().any(|kind| kind.as_string().as_deref() == Some("Files"))
}

/// The files that were dropped; several are shards of one log.
pub fn dropped(event: &DragEvent) -> Option<Vec<Origin>> {
    files(event.data_transfer()?.files()?)
}

/// The files, or else the text, that were pasted.
pub fn pasted(event: &ClipboardEvent) -> Option<Vec<Origin>> {
    let data = event.clipboard_data()?;
    if let Some(origins) = data.files().and_then(files) {
        return Some(origins);
    }
    text(data.get_data("text/plain").ok()?)
}

/// The files of a picker or a drop, in its order; none of none.
pub fn files(list: FileList) -> Option<Vec<Origin>> {
    let files: Vec<Origin> =
        (0..list.length()).filter_map(|i| list.get(i)).map(Origin::File).collect();
    (!files.is_empty()).then_some(files)
}

/// Text as a log; none if there is nothing in it.
pub fn text(text: String) -> Option<Vec<Origin>> {
    let is_blank = text.trim().is_empty();
    let origin = Origin::Text { name: "pasted text", text: text.into_bytes().into() };
    (!is_blank).then(|| vec![origin])
}
