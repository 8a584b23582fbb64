//! The page of one want, partition or job run: the tools over it, the picture, the outline or the
//! table of it, and what is inspected at the side.
use leptos::prelude::*;

use crate::facts::{self, Empty, Why};
use crate::graph::Unresolved;
use crate::route::{NodeKind, NodeRef as NodeName, Open, Page, Tab};
use crate::scene::Card;
use crate::tour::Step;
use crate::view::canvas::canvas;
use crate::view::el::{Child, El, Pieces, el, live, live_all};
use crate::view::empty::step_link;
use crate::view::news;
use crate::view::outline::outline;
use crate::view::panel::{panel, with_answer};
use crate::view::pipeline::{Pipeline, page_of, view_word};
use crate::view::run_detail::{run_head, run_tail};
use crate::view::state::App;
use crate::view::table::table;
use crate::view::toolbar::{covered_aloud, toolbar};
use crate::view::tour;
use crate::view::waterfall::waterfall;
use crate::view::window::CanvasEvents;

/// The page that the route names.
pub fn entity_page() -> Pieces {
    let (app, pipeline) = (App::here(), Pipeline::new(App::here()));
    app.tells_of_page(move || with_answer(pipeline, |answer| Some(covered_aloud(answer))));
    answer_page(pipeline)
}

/// The answer of a pipeline, or why there is none.
pub fn answer_page(pipeline: Pipeline) -> Pieces {
    let trouble = Memo::new(move |_| {
        pipeline.answer.with(|answer| answer.as_ref().and_then(|a| a.as_ref().err().cloned()))
    });
    let page = move || match trouble.get() {
        Some(why) => Pieces::new([not_here(&why)]),
        None => answered(pipeline),
    };
    news::follow_nodes(App::here(), pipeline);
    Pieces::new([live(page)])
}

fn answered(pipeline: Pipeline) -> Pieces {
    let app = App::here();
    let tab = Memo::new(move |_| app.route_with(|route| route.tab));
    let is_want = Memo::new(move |_| app.route_with(|r| matches!(r.page, Page::Want(_))));
    let is_run = Memo::new(move |_| app.route_with(|r| matches!(r.page, Page::JobRun(_))));
    let body = move || match tab.get() {
        Tab::Graph => Child::from(graph(pipeline)),
        Tab::Outline => outline(pipeline),
        Tab::Table => table(pipeline).into(),
    };
    let class = move || if is_run.get() { "entity-main is-run" } else { "entity-main" };
    let main = el("div")
        .live("class", move || Some(class().to_owned()))
        .child(live_all(move || is_run.get().then(|| run_head(pipeline))))
        .child(toolbar(pipeline))
        .child(
            tour::seen_at(&[Step::Want, Step::Lineage], el("div").class("entity-body"))
                .child(live(body)),
        )
        .child(live_all(move || is_run.get().then(|| run_tail(pipeline))))
        .child(live_all(move || is_want.get().then(|| waterfall(pipeline))));
    let entity = el("div").class("entity").child(main).child(panel(pipeline));
    Pieces::new([entity])
}

/// What such a page with a graph is made of, for who makes it in turns; but for where a want's time went, which may take long to find.
pub const PARTS: [fn(Pipeline) -> Child; 5] = [
    |pipeline| graph(pipeline).into(),
    |pipeline| panel(pipeline).into(),
    |pipeline| toolbar(pipeline).into(),
    run_head,
    |pipeline| run_tail(pipeline).into(),
];

fn graph(pipeline: Pipeline) -> El {
    let app = App::here();
    let view = Signal::derive(move || {
        with_answer(pipeline, |answer| Some(view_word(answer.ask.focus))).unwrap_or("none")
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
    let total = Signal::derive(move || with_answer(pipeline, |answer| answer.total.get()));
    canvas((pipeline.scene, total), view, selected, href, events)
}

/// Why there is nothing to show, and one next step.
pub fn not_here(why: &Unresolved) -> El {
    let (sentence, step) = match why {
        Unresolved::NoGraph => ("This page is not made yet.".to_owned(), None),
        Unresolved::Unknown(kind, id) => {
            let words = App::here().words();
            let kind = match kind {
                NodeKind::Want => words.want.to_owned(),
                NodeKind::Partition => words.partition.to_owned(),
                _ => kind.word().replace('-', " "),
            };
            (format!("This log has no {kind} “{id}”."), None)
        }
        Unresolved::UnknownInstance(partition, uuid) if uuid.is_empty() => {
            return no_instance(partition);
        }
        Unresolved::UnknownInstance(partition, uuid) => {
            let step = ("Show its current instance", Page::partition(partition.clone()));
            (format!("{partition} has no instance {uuid} in this log."), Some(step))
        }
    };
    let hint = matches!(why, Unresolved::Unknown(..)).then(|| {
        el("p").class("dim").child(
            "Names are compared letter by letter, and it may be in another log. A part of its name is \
             enough for the search at the top.",
        )
    });
    let (words, page) = step.unwrap_or(("Show everything in this log", Page::HOME));
    nothing(sentence, words, page).children(hint)
}

/// A partition that nothing can be told of yet; later, or on its own page, there may be.
fn no_instance(partition: &str) -> El {
    let Why { says, step } = App::here().ask(|asof| Empty::NoInstance.why(asof));
    let known = Page::partition(partition);
    let (words, step) =
        step.unwrap_or_else(|| ("Show what is known of it".to_owned(), facts::Step::Page(known)));
    el("div")
        .class("empty notice-page")
        .child(el("h1").child(partition.to_owned()))
        .child(el("p").child(says))
        .child(el("p").child(step_link(step).class("button").child(words)))
}

/// Why there is nothing to show, and one next step.
pub fn nothing(sentence: String, words: &'static str, page: Page) -> El {
    let app = App::here();
    let link = el("a").class("button").live("href", move || Some(app.href(page.clone())));
    el("div")
        .class("empty notice-page")
        .child(el("h1").child("Nothing here"))
        .child(el("p").child(sentence))
        .child(el("p").child(link.child(words)))
}
