//! A ref in a row: where it is too long, its beginning gives way, never its last segment.
use leptos::prelude::*;

/// A ref.
#[component]
pub fn Reference(
    /// The whole of it, also its title.
    text: String,
) -> impl IntoView {
    let at = text.rfind('/').map_or(0, |slash| slash + 1);
    let (head, last) = (text[..at].to_owned(), text[at..].to_owned());
    view! {
        <span class="reference" title=text>
            <span class="cut">{head}</span>
            <span class="reference-last">{last}</span>
        </span>
    }
}
