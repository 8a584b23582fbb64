//! A job run's page around its picture: whom it worked for, its status history and attempts above;
//! what it read and wrote, why it ended badly, and its events below.
use leptos::prelude::*;

use crate::events::RunId;
use crate::facts::{self, Empty, MAX_ROWS, Reason, Row, RunHead, Section, Value};
use crate::facts::{other_runs, reasons, run_sections};
use crate::graph::Focus;
use crate::history::AsOf;
use crate::view::clamp::clamped;
use crate::view::copy::copy_button;
use crate::view::el::{Child, El, el, lines, live_all};
use crate::view::empty::{empty, empty_now};
use crate::view::pipeline::Pipeline;
use crate::view::reference::{breakable, reference};
use crate::view::section::{more_button, page_link, section};
use crate::view::source_events::source_events;
use crate::view::status::{chip, mark};
use crate::view::status_bar::status_bar;
use crate::words::{count, duration};

/// How many flags stand above a picture before the rest is asked for.
const MAX_FLAGS: usize = 12;

/// What stands above the picture of what is shown.
pub fn run_head(pipeline: Pipeline) -> Child {
    let is_whole = RwSignal::new(false);
    let all = Callback::new(move |()| is_whole.set(true));
    let head = Memo::new(move |_| {
        let most = if is_whole.get() { usize::MAX } else { MAX_FLAGS };
        ask_run(pipeline, |asof, run| facts::run_head(asof, run, most))
    });
    live_all(move || head.get().map(|head| head_of(head, all)))
}

fn head_of(head: RunHead, all: Callback<()>) -> El {
    let RunHead { label, id, place, previous, next, attempts, wants, timeline } = head;
    let which = el("p")
        .class("run-which")
        .child(el("span").class("cut").attr("title", id.clone()).child(id))
        .children(place.map(|words| el("span").child(format!(" · {words}"))))
        .children(previous.map(|row| beside("previous", row)))
        .children(next.map(|row| beside("next", row)));
    let bar = if timeline.segments.is_empty() {
        empty_now(Empty::NoAttempts)
    } else {
        status_bar(timeline)
    };
    let status = el("section").child(el("h2").child("Status")).child(bar);
    el("header")
        .class("run-head")
        .child(el("div").children(clamped(el("h1").child(breakable(&label)), label)).child(which))
        .child(status)
        .children(attempts.map(|section| attempts_of(section, all)))
        .child(flags(wants, all))
}

/// The run that was tried before or after.
fn beside(words: &str, row: Row) -> El {
    let Row { page, label, note, .. } = row;
    el("span")
        .class("cut")
        .attr("title", label.clone())
        .child(format!(" · {words} "))
        .children(page.map(|page| page_link(page).child(label)))
        .child(format!(" ({note})"))
}

/// The attempts of the whole piece of work, side by side, in order.
fn attempts_of(section: Section, all: Callback<()>) -> El {
    let items = section.rows.into_iter().map(attempt);
    let list = el("ol").class("attempts").children(items).children(more_item(section.n_more, all));
    el("section").child(el("h2").child(section.title)).child(list)
}

fn attempt(row: Row) -> El {
    let Row { label, page, status, note, value, .. } = row;
    let took = match value {
        Value::Duration(nanos) => format!(" · {}", duration(nanos)),
        _ => String::new(),
    };
    let class = status.map_or("", |status| status.tone.class());
    let glyph = status.map(|status| status.tone.glyph());
    let glyph = el("span").class("attempt-glyph").attr("aria-hidden", "true").children(glyph);
    let link = page.map(|page| {
        page_link(page)
            .child(glyph)
            .child(el("span").class("mono").child(reference(label)))
            .child(el("span").class("dim").child(format!("{note}{took}")))
    });
    el("li").class(format!("attempt {class}")).children(link)
}

/// Wants as small flags.
fn flags(section: Section, all: Callback<()>) -> El {
    let none = section.why.map(empty);
    let list = el("ul")
        .class("flags")
        .children(section.rows.into_iter().map(flag))
        .children(more_item(section.n_more, all));
    let list = none.unwrap_or(list);
    el("section").child(el("h2").child(section.title)).child(list)
}

fn flag(row: Row) -> El {
    let Row { label, page, status, note, .. } = row;
    let whole = format!("{label} {note}");
    let words = el("span")
        .class("flag-inside")
        .child(el("span").class("flag-name").child(reference(label)))
        .children(status.map(mark))
        .child(el("span").class("flag-what").child(reference(note)));
    el("li")
        .class("flag")
        .children(page.map(|page| page_link(page).attr("title", whole).child(words)))
}

fn more_item(n: usize, all: Callback<()>) -> Option<El> {
    (n > 0).then(|| el("li").child(more_button(n, "more", move || all.run(()))))
}

/// What stands below the picture of what is shown.
pub fn run_tail(pipeline: Pipeline) -> El {
    let is_whole = RwSignal::new(false);
    let all = Callback::new(move |()| is_whole.set(true));
    let told = Memo::new(move |_| {
        let most = if is_whole.get() { usize::MAX } else { MAX_ROWS };
        let told = ask_run(pipeline, |asof, run| {
            let others = other_runs(asof, run, most);
            (reasons(asof, run), run_sections(asof, run, most), others)
        });
        told.unwrap_or_default()
    });
    let why =
        move || told.with(|(reasons, ..)| reasons.iter().cloned().map(why).collect::<Vec<_>>());
    let sections = move || {
        let (_, sections, others) = told.get();
        let others = others.map(|others| folded(others, all));
        sections.into_iter().map(move |it| section(it, all)).chain(others)
    };
    el("div")
        .class("run-tail")
        .child(live_all(why))
        .child(el("div").class("run-lists").child(live_all(sections)))
        .child(source_events(pipeline))
}

/// A list that is closed at first.
fn folded(others: Section, all: Callback<()>) -> El {
    let title = others.title.clone();
    el("details")
        .class("facts folded")
        .child(el("summary").child(title))
        .child(section(others, all))
}

/// Why an attempt ended, whole.
fn why(reason: Reason) -> El {
    let Reason { attempt, status, text } = reason;
    let title = match attempt {
        Some(n) => format!("Reason, attempt {} of this run ", count(n.into())),
        None => "Reason ".to_owned(),
    };
    el("section")
        .class("why")
        .child(el("h3").child(title).child(chip(status)))
        .child(el("pre").attr("tabindex", "0").child(lines(text.clone())))
        .child(copy_button(text, "the reason"))
}

/// Asks about the run that is shown; none while none is.
pub fn ask_run<T>(pipeline: Pipeline, question: impl FnOnce(AsOf<'_>, RunId) -> T) -> Option<T> {
    pipeline.answer.with(|answer| {
        let answer = answer.as_ref()?.as_ref().ok()?;
        let Focus::Run(run) = answer.ask.focus else { return None };
        Some(question(answer.snapshot.asof(), run))
    })
}
