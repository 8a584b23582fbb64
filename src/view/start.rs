//! The ways to open a log: as the page before any, and as a dialog over the one that is shown.
use leptos::html::{Input, Textarea};
use leptos::prelude::*;
use web_sys::{Event, HtmlInputElement, SubmitEvent};

use crate::view::drop;
use crate::view::help::Modal;
use crate::view::shapes::Shapes;
use crate::view::state::{App, Dialog};
use crate::web::Origin;

/// The page before any log.
#[component]
pub fn StartPage() -> impl IntoView {
    view! {
        <div class="start">
            <div>
                <h1>"See what was built, from what, and for whom"</h1>
                <p class="lead">
                    "Lineage opens the event log of databuild and draws it. The log stays in this browser."
                </p>
            </div>
            <Ways />
            <details>
                <summary class="dim">"What a log looks like"</summary>
                <Shapes />
            </details>
        </div>
    }
}

/// The same, over a log that is shown.
#[component]
pub fn OpenDialog() -> impl IntoView {
    view! {
        <Modal dialog=Dialog::Open title="Open a log" is_wide=true>
            <Ways />
        </Modal>
    }
}

#[component]
fn Ways() -> impl IntoView {
    let app = App::here();
    view! {
        <section class="start-drop" aria-label="A file">
            <strong>"Drop a log here"</strong>
            <p class="dim">"NDJSON or JSON, also gzip-compressed; several files are shards of one log"</p>
            <FilePicker />
        </section>
        <div class="start-ways">
            <section class="card start-way"><AddressForm /></section>
            <section class="card start-way"><PasteForm /></section>
        </div>
        <p class="dim">
            "No log at hand? "
            <button class="button" on:click=move |_| app.open_sample()>"Open the sample"</button>
        </p>
    }
}

/// A button that opens the browser's file picker.
#[component]
pub fn FilePicker() -> impl IntoView {
    let app = App::here();
    let picked = move |event: Event| {
        let input = event_target::<HtmlInputElement>(&event);
        if let Some(origins) = input.files().and_then(drop::files) {
            app.open_other(origins);
        }
        // The same file again is a change, too.
        input.set_value("");
    };
    view! {
        <label class="button primary file-picker">
            "Choose files…"
            <input type="file" multiple class="only-read" on:change=picked />
        </label>
    }
}

#[component]
fn AddressForm() -> impl IntoView {
    let app = App::here();
    let field = NodeRef::<Input>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let address = field.get_untracked().map(|field| field.value()).unwrap_or_default();
        if !address.trim().is_empty() {
            app.open_other(vec![Origin::Address(address.trim().to_owned())]);
        }
    };
    view! {
        <form on:submit=submit>
            <label for="address">"From an address"</label>
            <input
                id="address" node_ref=field class="field" type="text" inputmode="url" required
                placeholder="https://…/events.ndjson" autocomplete="off" spellcheck="false"
            />
            <button class="button">"Fetch"</button>
        </form>
    }
}

#[component]
fn PasteForm() -> impl IntoView {
    let app = App::here();
    let field = NodeRef::<Textarea>::new();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let text = field.get_untracked().map(|field| field.value()).unwrap_or_default();
        if let Some(origins) = drop::text(text) {
            app.open_other(origins);
        }
    };
    view! {
        <form on:submit=submit>
            <label for="paste">"Pasted"</label>
            <textarea
                id="paste" node_ref=field class="field" required autocomplete="off" spellcheck="false"
                placeholder="One event a line"
            ></textarea>
            <button class="button">"Read"</button>
        </form>
    }
}
