//! Rows of facts: things with their status and what there is to say of each; plain facts; and lists
//! of any length under a heading.
use std::sync::Arc;

use leptos::prelude::*;

use crate::facts::{self, MAX_ROWS, Row, Value};
use crate::route::Page;
use crate::view::copy::copy_button;
use crate::view::el::{Child, El, button, el, lines};
use crate::view::empty::empty;
use crate::view::reference::{breakable, reference};
use crate::view::state::App;
use crate::view::status::mark;
use crate::view::term::labeled;
use crate::view::virtual_list::{Rows, virtual_list};
use crate::view::when::when;
use crate::words::{count, duration};

/// About so many characters fit beside each other in the panel.
const MAX_LINE: usize = 30;

/// A list under a heading. What it does not show is counted, and one press away: `all` asks for it.
pub fn section(section: facts::Section, all: Callback<()>) -> El {
    let facts::Section { title, rows, n_more, why } = section;
    let label = title.clone();
    let list = match rows.len() {
        0 if n_more == 0 => empty(why.unwrap_or_default()),
        0..=MAX_ROWS => el("ul").children(rows.into_iter().map(|row| el("li").child(thing(row)))),
        _ => {
            let rows = Rows::new(Arc::new(rows), |row: &Row| thing(row.clone()));
            virtual_list(label, Signal::stored(rows), true)
        }
    };
    let more = (n_more > 0).then(|| more_button(n_more, "more", move || all.run(())));
    el("section").class("facts").child(heading(title)).child(list).children(more)
}

/// A heading below the name of what the panel, or the page, is about.
pub fn heading(words: impl Into<Child>) -> El {
    let app = App::here();
    let is_second = |page: &Page| is_panel_first(page) || matches!(page, Page::Impact { .. });
    let level = move || if app.route_with(|route| is_second(&route.page)) { "2" } else { "3" };
    el("h3").live("aria-level", move || Some(level().to_owned())).child(words)
}

/// Whether the name in the panel is the heading of the page; others have a heading of their own.
pub fn is_panel_first(page: &Page) -> bool {
    matches!(page, Page::Want(_) | Page::Partition { .. })
}

/// What is counted, and not shown here.
pub fn more_words(n: usize) -> El {
    el("p").class("dim number").child(format!("{} more", count(n as u64)))
}

/// Shows what was only counted: `n` of what `words` say.
pub fn more_button(n: usize, words: &str, press: impl Fn() + Send + Sync + 'static) -> El {
    button("link-button dim").press(press).child(format!("show {} {words}", count(n as u64)))
}

/// A thing, or a count: what it is at the left, what there is to say of it at the right.
pub fn thing(row: Row) -> El {
    let Row { lead, label, page, status, note, value, whole } = row;
    let shown = format!("{lead}{label} {note}");
    let has_more = !note.is_empty() || !whole.is_empty();
    let whole = if whole.is_empty() { shown.clone() } else { whole };
    // What does not fit beside the name in a narrow panel goes below the note.
    let is_taller = label.chars().count() + lead.chars().count() + n_chars(&value) > MAX_LINE;
    let name = match page {
        // Members of one dataset have one name: what tells them apart is in the note.
        Some(page) => page_link(page).maybe("aria-label", has_more.then(|| whole.clone())),
        None => el("span").class("thing-link"),
    };
    let name = name
        .child(el("span").class("thing-lead cut").child(lead))
        .child(el("span").class("thing-name").child(label));
    // What does not fit beside the name goes below it.
    let is_tall = shown.chars().count() + n_chars(&value) > MAX_LINE;
    let note = (!note.is_empty()).then(|| el("span").class("thing-note").child(reference(note)));
    let words = el("span")
        .class("thing-words")
        .child(name)
        .children(note)
        .child(el("span").class("thing-value").children(value_words(value)));
    el("div")
        .class(match (is_tall, is_taller) {
            (true, true) => "thing is-tall is-taller",
            (true, false) => "thing is-tall",
            _ => "thing",
        })
        .attr("title", whole.trim_end().to_owned())
        .children(status.map(mark))
        .child(words)
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
pub fn fact(row: Row) -> El {
    let Row { label, note, value, .. } = row;
    let is_long = matches!(&value, Value::Id(_))
        || matches!(&value, Value::Text(text) | Value::Link(text, _) if text.chars().count() > 28);
    // Of several lines, each is one.
    let has_lines = matches!(&value, Value::Text(text) if text.contains('\n'));
    let value = match value {
        Value::Text(text) if has_lines => vec![lines(text)],
        value => value_words(value),
    };
    let note = (!note.is_empty()).then(|| el("span").class("faint").child(format!(" {note}")));
    el("div")
        .class(if is_long || has_lines { "fact is-long" } else { "fact" })
        .child(el("dt").child(labeled(label)).children(note))
        .child(el("dd").maybe("class", has_lines.then_some("has-lines")).children(value))
}

/// A link to a page, without words yet.
pub fn page_link(page: Page) -> El {
    let app = App::here();
    el("a").class("thing-link").live("href", move || Some(app.href(page.clone())))
}

fn value_words(value: Value) -> Vec<Child> {
    match value {
        Value::None => Vec::new(),
        Value::Text(text) => vec![text.into()],
        Value::Id(id) => {
            let code = el("code").class("id").child(id.clone());
            vec![code.into(), " ".into(), copy_button(id, "the id").into()]
        }
        Value::Link(text, page) => vec![page_link(page).child(breakable(&text)).into()],
        Value::Count(n) => vec![el("strong").class("number").child(count(n)).into()],
        Value::Time(nanos) => vec![when(nanos).into()],
        Value::Duration(nanos) => vec![el("span").class("number").child(duration(nanos)).into()],
    }
}
