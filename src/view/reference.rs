//! A ref in a row: where it is too long, its beginning gives way, never its last segment.
use crate::view::el::{El, el};

/// A ref, whole; it is also its title.
pub fn reference(text: String) -> El {
    let at = text.rfind('/').map_or(0, |slash| slash + 1);
    let (head, last) = (text[..at].to_owned(), text[at..].to_owned());
    el("span")
        .class("reference")
        .attr("title", text)
        .child(el("span").class("cut").child(head))
        .child(el("span").class("reference-last").child(last))
}
