//! Rows of facts: things with their status and what there is to say of each; plain facts; and lists
//! of any length under a heading.
use std::sync::Arc;

use leptos::prelude::*;

use crate::facts::{self, MAX_ROWS, Row, Value};
use crate::route::Page;
use crate::scene::Status;
use crate::view::copy::CopyButton;
use crate::view::reference::Reference;
use crate::view::state::App;
use crate::view::virtual_list::VirtualList;
use crate::view::when::When;
use crate::words::{count, duration};

/// About so many characters fit beside each other in the panel.
const MAX_LINE: usize = 30;

/// A list under a heading. What it does not show is counted, and one press away.
#[component]
pub fn Section(
    /// The list.
    section: facts::Section,
    /// Asks for the whole of it.
    all: Callback<()>,
) -> impl IntoView {
    let facts::Section { title, rows, n_more } = section;
    let label = title.clone();
    let list = match rows.len() {
        0 if n_more == 0 => view! { <p class="dim">"none"</p> }.into_any(),
        0..=MAX_ROWS => {
            let rows = rows.into_iter().map(|row| view! { <li><Thing row=row /></li> });
            view! { <ul>{rows.collect_view()}</ul> }.into_any()
        }
        n => {
            let places = Arc::new((0..n).collect::<Vec<usize>>());
            let rows = Arc::new(rows);
            let draw =
                move |at: usize| rows.get(at).cloned().map(|row| view! { <Thing row=row /> });
            let items = Signal::stored(places);
            view! { <VirtualList label=label items=items fits=true row=draw /> }.into_any()
        }
    };
    let more = (n_more > 0).then(|| view! { <MoreButton n=n_more press=all /> });
    view! {
        <section class="facts">
            <h3>{title}</h3>
            {list}
            {more}
        </section>
    }
}

/// Shows what was only counted.
#[component]
pub fn MoreButton(
    /// How much that is.
    n: usize,
    /// What it is of.
    #[prop(default = "more")]
    words: &'static str,
    /// Asks for it.
    press: Callback<()>,
) -> impl IntoView {
    let words = format!("show {} {words}", count(n as u64));
    let press = move |_| press.run(());
    view! { <button type="button" class="link-button dim" on:click=press>{words}</button> }
}

/// A thing, or a count: what it is at the left, what there is to say of it at the right.
#[component]
pub fn Thing(
    /// The row.
    row: Row,
) -> impl IntoView {
    let Row { lead, label, page, status, note, value } = row;
    let whole = format!("{lead}{label} {note}");
    let name =
        view! { <span class="thing-lead cut">{lead}</span><span class="thing-name">{label}</span> };
    let name = match page {
        Some(page) => view! { <PageLink page=page>{name}</PageLink> }.into_any(),
        None => view! { <span class="thing-link">{name}</span> }.into_any(),
    };
    // What does not fit beside the name goes below it.
    let is_tall = whole.chars().count() + n_chars(&value) > MAX_LINE;
    let note = (!note.is_empty())
        .then(|| view! { <span class="thing-note"><Reference text=note /></span> });
    view! {
        <div class="thing" class:is-tall=is_tall title=whole.trim_end().to_owned()>
            {status.map(mark)}
            <span class="thing-words">
                {name}{note}<span class="thing-value">{value_view(value)}</span>
            </span>
        </div>
    }
}

/// Roughly how wide a value is set.
fn n_chars(value: &Value) -> usize {
    match value {
        Value::None => 0,
        Value::Text(text) | Value::Id(text) | Value::Link(text, _) => text.chars().count(),
        Value::Count(_) | Value::Duration(_) => 8,
        Value::Time(_) => 15,
    }
}

/// A plain fact: its label dim at the left, its value at the right.
#[component]
pub fn Fact(
    /// The row.
    row: Row,
) -> impl IntoView {
    let Row { label, note, value, .. } = row;
    let is_long = matches!(&value, Value::Id(_))
        || matches!(&value, Value::Text(text) if text.chars().count() > 28);
    let note = (!note.is_empty()).then(|| view! { <span class="faint">" "{note}</span> });
    view! {
        <div class="fact" class:is-long=is_long>
            <dt>{label}{note}</dt>
            <dd>{value_view(value)}</dd>
        </div>
    }
}

/// A status as a small disk with its glyph; the word is its title.
pub fn mark(status: Status) -> impl IntoView + use<> {
    let class = format!("mark {}", status.tone.class());
    view! {
        <span class=class title=status.text()>
            <span aria-hidden="true">{status.tone.glyph()}</span>
            <span class="only-read">{status.text()}" "</span>
        </span>
    }
}

/// A plain link to a page.
#[component]
pub fn PageLink(
    /// Where it leads.
    page: Page,
    /// What it says.
    children: Children,
) -> impl IntoView {
    let app = App::here();
    view! { <a class="thing-link" href=move || app.href(page.clone())>{children()}</a> }
}

fn value_view(value: Value) -> AnyView {
    match value {
        Value::None => ().into_any(),
        Value::Text(text) => text.into_any(),
        Value::Id(id) => {
            let text = Signal::stored(id.clone());
            view! { <code class="id">{id}</code>" "<CopyButton text=text what="the id" /> }
                .into_any()
        }
        Value::Link(text, page) => view! { <PageLink page=page>{text}</PageLink> }.into_any(),
        Value::Count(n) => view! { <strong class="number">{count(n)}</strong> }.into_any(),
        Value::Time(nanos) => view! { <When nanos=nanos /> }.into_any(),
        Value::Duration(nanos) => {
            view! { <span class="number">{duration(nanos)}</span> }.into_any()
        }
    }
}
