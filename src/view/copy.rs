//! A button that copies a text, and says whether it could.
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::web::clipboard;

/// The button.
#[component]
pub fn CopyButton(
    /// What is copied.
    #[prop(into)]
    text: Signal<String>,
    /// What that is, for who cannot see it: `the id`.
    what: &'static str,
) -> impl IntoView {
    let result = RwSignal::new(None);
    let copy = move |_| {
        let text = text.get_untracked();
        spawn_local(async move {
            let is_copied = clipboard::copy(&text).await;
            // The page may have gone on.
            let _ = result.try_set(Some(is_copied));
        });
    };
    let words = move || match result.get() {
        None => "Copy",
        Some(true) => "Copied",
        Some(false) => "Select and copy it",
    };
    view! {
        <button
            type="button" class="copy" title=format!("Copy {what}")
            on:click=copy on:blur=move |_| result.set(None)
        >
            <span aria-live="polite">{words}</span>
            <span class="only-read">{format!(" {what}")}</span>
        </button>
    }
}
