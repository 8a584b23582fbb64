//! One edge of the picture, with what is written beside it.
use leptos::prelude::*;

use crate::scene::EdgeMark;

/// A curve; its ends are named by the ids of their cards.
#[component]
pub fn Edge(
    /// The curve and its label.
    mark: EdgeMark,
    /// Id of the card it leaves.
    from: String,
    /// Id of the card it enters.
    to: String,
) -> impl IntoView {
    let class = move || if mark.accent { "edge edge-accent" } else { "edge" };
    let head = if mark.accent { "url(#arrow-accent)" } else { "url(#arrow)" };
    let marker = mark.arrow.then_some(head);
    let label = (!mark.label.is_empty()).then(|| {
        let (x, y) = (mark.label_at.x.to_string(), (mark.label_at.y - 5.0).to_string());
        let text = mark.label.clone();
        view! { <text class="edge-label" text-anchor="middle" x=x y=y>{text}</text> }
    });
    view! {
        <g>
            <path
                class=class
                d=mark.path
                marker-end=marker
                data-from=from
                data-to=to
                data-kind=mark.kind.word()
            />
            {label}
        </g>
    }
}
