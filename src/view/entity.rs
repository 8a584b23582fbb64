//! The page of one want, partition or job run: the tools over it, the picture, the outline or the
//! table of it, and what is inspected at the side.
use leptos::prelude::*;

use crate::graph::Unresolved;
use crate::route::{NodeRef as NodeName, Open, Page, Tab};
use crate::scene::Card;
use crate::view::canvas::{Canvas, CanvasEvents};
use crate::view::moment::MomentBar;
use crate::view::outline::Outline;
use crate::view::panel::Panel;
use crate::view::pipeline::{Pipeline, page_of, view_word};
use crate::view::run_detail::{RunHead, RunTail};
use crate::view::state::App;
use crate::view::table::Table;
use crate::view::toolbar::Toolbar;

/// The page that the route names.
#[component]
pub fn EntityPage() -> impl IntoView {
    let app = App::here();
    let pipeline = Pipeline::new(app);
    let trouble = Memo::new(move |_| {
        pipeline.answer.with(|answer| answer.as_ref().and_then(|a| a.as_ref().err().cloned()))
    });
    move || match trouble.get() {
        Some(why) => view! { <NotHere why=why /> }.into_any(),
        None => view! { <Answered pipeline=pipeline /> }.into_any(),
    }
}

#[component]
fn Answered(pipeline: Pipeline) -> impl IntoView {
    let app = App::here();
    let tab = Memo::new(move |_| app.route_with(|route| route.tab));
    let is_run = Memo::new(move |_| app.route_with(|r| matches!(r.page, Page::JobRun(_))));
    let body = move || match tab.get() {
        Tab::Graph => view! { <Graph pipeline=pipeline /> }.into_any(),
        Tab::Outline => view! { <Outline pipeline=pipeline /> }.into_any(),
        Tab::Table => view! { <Table pipeline=pipeline /> }.into_any(),
    };
    view! {
        <div class="entity">
            <div class="entity-main" class:is-run=is_run>
                <Show when=move || is_run.get()>
                    <RunHead pipeline=pipeline />
                </Show>
                <Toolbar pipeline=pipeline />
                <div class="entity-body">{body}</div>
                <Show when=move || is_run.get()>
                    <RunTail pipeline=pipeline />
                </Show>
            </div>
            <Panel pipeline=pipeline />
        </div>
        <MomentBar />
    }
}

#[component]
fn Graph(pipeline: Pipeline) -> impl IntoView {
    let app = App::here();
    let view = Signal::derive(move || {
        pipeline.answer.with(|answer| match answer {
            Some(Ok(answer)) => view_word(answer.ask.focus),
            _ => "none",
        })
    });
    let selected = Memo::new(move |_| app.route_with(|route| route.sel.clone()));
    let href = Callback::new(move |card: Card| {
        page_of(&card).map(|page| app.href(page)).unwrap_or_default()
    });
    let events = CanvasEvents {
        select: Callback::new(move |sel: Option<NodeName>| {
            app.update_route(|route| route.with_sel(sel));
        }),
        refocus: Callback::new(move |card: Card| {
            if let Some(page) = page_of(&card).filter(|_| !card.focus) {
                app.update_route(|route| route.refocus(page));
            }
        }),
        open: Callback::new(move |open: Open| app.update_route(|route| route.toggle_open(open))),
    };
    view! { <Canvas scene=pipeline.scene view=view selected=selected href=href events=events /> }
}

/// Why there is nothing to show, and one next step.
#[component]
fn NotHere(why: Unresolved) -> impl IntoView {
    let app = App::here();
    let (sentence, step) = match &why {
        Unresolved::NoGraph => ("This page is not made yet.".to_owned(), None),
        Unresolved::Unknown(kind, id) => {
            let kind = kind.word().replace('-', " ");
            (format!("This log has no {kind} “{id}”."), None)
        }
        Unresolved::UnknownInstance(partition, uuid) => {
            let page = Page::partition(partition.clone());
            let step = ("Show its current instance", page);
            (format!("{partition} has no instance {uuid} in this log."), Some(step))
        }
    };
    let (words, page) = step.unwrap_or(("Show everything in this log", Page::HOME));
    view! {
        <div class="empty">
            <h1>"Nothing here"</h1>
            <p>{sentence}</p>
            <p>
                <a class="button" href=move || app.href(page.clone())>{words}</a>
            </p>
        </div>
    }
}
