//! One edge of the picture with what is written beside it, and one caption.
use crate::scene::{Caption, EdgeMark, Mark};

/// A curve from the card with the id `from` to the one with the id `to`.
pub fn edge(mark: &EdgeMark, from: &str, to: &str) -> Option<Mark> {
    if mark.path.is_empty() {
        return None;
    }
    let head = if mark.accent { "url(#arrow-accent)" } else { "url(#arrow)" };
    let curve = Mark::new("path")
        .with("class", if mark.accent { "edge edge-accent" } else { "edge" })
        .with("d", mark.path.clone())
        .maybe("marker-end", mark.arrow.then_some(head))
        .with("data-from", from)
        .with("data-to", to)
        .with("data-kind", mark.kind.word())
        .maybe("data-row", mark.row.map(|row| row.to_string()));
    let label = mark.label_at.map(|at| {
        Mark::words("edge-label", at.x, at.y - 5.0, mark.label.clone())
            .with("text-anchor", "middle")
    });
    // Also where there is no room for the words.
    let title = (!mark.label.is_empty()).then(|| Mark::new("title").text(mark.label.clone()));
    Some(Mark::new("g").child(curve.children(title)).children(label))
}

/// A word over a part of the picture.
pub fn caption(caption: &Caption) -> Mark {
    let (text, more) = caption.halves();
    Mark::words("caption", caption.at.x, caption.at.y, text)
        .child(Mark::new("tspan").with("class", "caption-more").text(more))
}
