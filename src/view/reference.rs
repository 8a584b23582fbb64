//! A name in a row: where it is too long, the end of its path gives way, then the path, then the beginning of its key,
//! never its last segment.
use std::ops::Range;

use crate::scene::text::split_ref;
use crate::view::el::{Child, El, el};

/// Of a last segment without end, so many characters stay.
const MAX_LAST: usize = 28;
/// No longer name is broken after its segments.
const MAX_BROKEN: usize = 80;
/// No shorter beginning is cut.
const LEAST_BEGINNING: usize = 4;

/// A ref, whole; it is also its title.
pub fn reference(text: String) -> El {
    reference_of(&text, |part| vec![text.get(part).unwrap_or_default().to_owned().into()])
}

/// A name of several lines breaks after its segments, where that is enough.
/// One of many lines breaks where a line ends, and has fewer of them.
pub fn breakable(text: &str) -> El {
    let words = el("span");
    if text.len() > MAX_BROKEN {
        return words.child(text.to_owned());
    }
    let pieces = text.split_inclusive(['/', ':']);
    let pieces = pieces.flat_map(|piece| [Child::from(piece.to_owned()), el("wbr").into()]);
    words.children(pieces)
}

/// The name of a row, each part of which is shown as `words` say.
pub fn reference_of(text: &str, words: impl Fn(Range<usize>) -> Vec<Child>) -> El {
    let (key_at, last_at) = parts(text);
    let beginning = |part: Range<usize>, outer: El, inner: El| {
        (!part.is_empty()).then(|| outer.child(inner.children(words(part))))
    };
    let (path, in_path) = (el("span").class("reference-path"), el("span").class("cut"));
    let (key, in_key) = (el("span").class("reference-key cut"), el("span").attr("dir", "ltr"));
    el("span")
        .class("reference")
        .attr("title", text.to_owned())
        .children(beginning(0..key_at, path, in_path))
        .children(beginning(key_at..last_at, key, in_key))
        .child(el("span").class("reference-last").children(words(last_at..text.len())))
}

/// Where the key of a ref begins, and what stays: its last segment, or the end of that.
fn parts(text: &str) -> (usize, usize) {
    let mut last_at = text.rfind('/').map_or(0, |slash| slash + 1);
    let last = text.get(last_at..).unwrap_or_default();
    // Only within one word, and between letters that stand for themselves.
    if last.is_ascii() && !last.contains(' ') && last.len() > MAX_LAST {
        last_at = text.len() - MAX_LAST / 2;
    }
    // A key by itself is all of it.
    let is_key = text.split('/').next().is_some_and(|first| first.contains('='));
    let key = if is_key { text } else { split_ref(text).2 };
    let key_at = if key.is_empty() { last_at } else { (text.len() - key.len()).min(last_at) };
    // A beginning of a few letters is not worth a cut.
    if last_at < LEAST_BEGINNING { (0, 0) } else { (key_at, last_at) }
}
