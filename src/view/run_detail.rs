//! A job run's page around its picture: whom it worked for, its status history and attempts above;
//! what it read and wrote, why it ended badly, and its events below.
use leptos::prelude::*;

use crate::events::RunId;
use crate::facts::{
    self, MAX_ROWS, Reason, Row, RunHead as Head, Value, reasons, run_head, run_sections,
};
use crate::graph::Focus;
use crate::history::AsOf;
use crate::view::copy::CopyButton;
use crate::view::pipeline::Pipeline;
use crate::view::reference::Reference;
use crate::view::section::{MoreButton, PageLink, Section, mark};
use crate::view::source_events::SourceEvents;
use crate::view::status::chip;
use crate::view::status_bar::StatusBar;
use crate::words::{count, duration};

/// How many flags stand above a picture before the rest is asked for.
const MAX_FLAGS: usize = 12;

/// What stands above the picture.
#[component]
pub fn RunHead(
    /// What is shown.
    pipeline: Pipeline,
) -> impl IntoView {
    let is_whole = RwSignal::new(false);
    let all = Callback::new(move |()| is_whole.set(true));
    let head = Memo::new(move |_| {
        let most = if is_whole.get() { usize::MAX } else { MAX_FLAGS };
        ask_run(pipeline, |asof, run| run_head(asof, run, most))
    });
    move || head.get().map(|head| view! { <HeadBody head=head all=all /> })
}

#[component]
fn HeadBody(head: Head, all: Callback<()>) -> impl IntoView {
    let Head { label, id, place, previous, next, attempts, wants, timeline } = head;
    let beside = |words: &'static str, row: Row| {
        let page = row.page.clone();
        let name = page.map(|page| view! { <PageLink page=page>{row.label}</PageLink> });
        view! { <span>" · "{words}" "{name}{format!(" ({})", row.note)}</span> }
    };
    let previous = previous.map(|row| beside("previous", row));
    let next = next.map(|row| beside("next", row));
    let place = place.map(|words| view! { <span>" · "{words}</span> });
    let attempts = attempts.map(|section| view! { <Attempts section=section all=all /> });
    view! {
        <header class="run-head">
            <div>
                <h1>{label}</h1>
                <p class="run-which">{id}{place}{previous}{next}</p>
            </div>
            <section><h2>"Status"</h2><StatusBar timeline=timeline /></section>
            {attempts}
            <Flags section=wants all=all />
        </header>
    }
}

/// The attempts of the whole piece of work, side by side, in order.
#[component]
fn Attempts(section: facts::Section, all: Callback<()>) -> impl IntoView {
    let one = |row: Row| {
        let took = match row.value {
            Value::Duration(nanos) => format!(" · {}", duration(nanos)),
            _ => String::new(),
        };
        let class = row.status.map_or("", |status| status.tone.class());
        let glyph = row.status.map(|status| status.tone.glyph());
        let words = view! {
            <span class="attempt-glyph" aria-hidden="true">{glyph}</span>
            <span class="mono">{row.label}</span>
            <span class="dim">{row.note}{took}</span>
        };
        let page = row.page.map(|page| view! { <PageLink page=page>{words}</PageLink> });
        view! { <li class=format!("attempt {class}")>{page}</li> }
    };
    let more = more_item(section.n_more, all);
    view! {
        <section>
            <h2>{section.title}</h2>
            <ol class="attempts">{section.rows.into_iter().map(one).collect_view()}{more}</ol>
        </section>
    }
}

/// Wants as small flags.
#[component]
fn Flags(section: facts::Section, all: Callback<()>) -> impl IntoView {
    let flag = |row: Row| {
        let words = view! {
            <span class="flag-inside">
                <span class="flag-name cut">{row.label}</span>
                {row.status.map(mark)}
                <span class="flag-what"><Reference text=row.note /></span>
            </span>
        };
        let page = row.page.map(|page| view! { <PageLink page=page>{words}</PageLink> });
        view! { <li class="flag">{page}</li> }
    };
    let is_empty = section.rows.is_empty();
    let none = is_empty.then(|| view! { <li class="dim">"no want that this log names"</li> });
    let more = more_item(section.n_more, all);
    view! {
        <section>
            <h2>{section.title}</h2>
            <ul class="flags">{section.rows.into_iter().map(flag).collect_view()}{none}{more}</ul>
        </section>
    }
}

fn more_item(n: usize, all: Callback<()>) -> Option<impl IntoView> {
    (n > 0).then(|| view! { <li><MoreButton n=n press=all /></li> })
}

/// What stands below the picture.
#[component]
pub fn RunTail(
    /// What is shown.
    pipeline: Pipeline,
) -> impl IntoView {
    let is_whole = RwSignal::new(false);
    let all = Callback::new(move |()| is_whole.set(true));
    let sections = Memo::new(move |_| {
        let most = if is_whole.get() { usize::MAX } else { MAX_ROWS };
        ask_run(pipeline, |asof, run| run_sections(asof, run, most)).unwrap_or_default()
    });
    let why = Memo::new(move |_| ask_run(pipeline, reasons).unwrap_or_default());
    let sections = move || {
        let section = |section| view! { <Section section=section all=all /> };
        sections.get().into_iter().map(section).collect_view()
    };
    let why =
        move || why.get().into_iter().map(|reason| view! { <Why reason=reason /> }).collect_view();
    view! {
        <div class="run-tail">
            {why}
            <div class="run-lists">{sections}</div>
            <SourceEvents pipeline=pipeline />
        </div>
    }
}

/// Why an attempt ended, whole.
#[component]
fn Why(reason: Reason) -> impl IntoView {
    let Reason { attempt, status, text } = reason;
    let title = match attempt {
        Some(n) => format!("Reason, attempt {} of this run", count(n.into())),
        None => "Reason".to_owned(),
    };
    let copied = Signal::stored(text.clone());
    view! {
        <section class="why">
            <h3>{title}" "{chip(status)}</h3>
            <pre tabindex="0">{text}</pre>
            <CopyButton text=copied what="the reason" />
        </section>
    }
}

/// Asks about the run that is shown; none while none is.
pub fn ask_run<T>(pipeline: Pipeline, question: impl FnOnce(AsOf<'_>, RunId) -> T) -> Option<T> {
    pipeline.answer.with(|answer| {
        let answer = answer.as_ref()?.as_ref().ok()?;
        let Focus::Run(run) = answer.ask.focus else { return None };
        Some(question(answer.snapshot.asof(), run))
    })
}
