//! The panel beside a picture: the facts about the node that is inspected, else about the focus;
//! and the members of a group.
use leptos::attr::custom::custom_attribute;
use leptos::prelude::*;

use crate::facts::{Facts, MAX_ROWS, facts};
use crate::route::{NodeKind, NodeRef as NodeName, Page};
use crate::view::group_list::GroupList;
use crate::view::pipeline::{Answer, Pipeline};
use crate::view::section::{Fact, PageLink, Section};
use crate::view::state::App;
use crate::view::status::chip;

/// The panel.
#[component]
pub fn Panel(
    /// What is shown.
    pipeline: Pipeline,
) -> impl IntoView {
    let app = App::here();
    // What the reader did in the panel stays for as long as the node is the same.
    let node = Memo::new(move |_| {
        let sel = app.route_with(|route| route.sel.clone());
        with_answer(pipeline, |answer| name_of(answer, answer.inspected(sel.as_ref())))
    });
    let body = move || node.get().map(|node| view! { <Inspected pipeline=pipeline node=node /> });
    view! { <aside class="side" aria-label="Details">{body}</aside> }
}

fn name_of(answer: &Answer, row: usize) -> Option<NodeName> {
    answer.cards.get(row).map(|card| NodeName::new(card.kind, card.id.clone()))
}

/// Asks the answer; none while there is none.
pub fn with_answer<T>(
    pipeline: Pipeline,
    question: impl FnOnce(&Answer) -> Option<T>,
) -> Option<T> {
    pipeline.answer.with(|answer| question(answer.as_ref()?.as_ref().ok()?))
}

/// One node of the picture.
#[component]
fn Inspected(pipeline: Pipeline, node: NodeName) -> impl IntoView {
    let is_whole = RwSignal::new(false);
    let all = Callback::new(move |()| is_whole.set(true));
    let row = {
        let node = node.clone();
        Memo::new(move |_| with_answer(pipeline, |answer| answer.row_of(&node)))
    };
    let told = Memo::new(move |_| {
        let most = if is_whole.get() { usize::MAX } else { MAX_ROWS };
        let told = with_answer(pipeline, |answer| {
            let key = answer.graph.nodes.get(row.get()?)?.key;
            Some(facts(answer.snapshot.asof(), &answer.graph, key, most))
        });
        told.unwrap_or_default()
    });
    let is_focus = Memo::new(move |_| row.get() == Some(0));
    let members = (node.kind == NodeKind::Group)
        .then(|| view! { <GroupList pipeline=pipeline group=node.id.clone() /> });
    let head =
        move || view! { <Head facts=told.get() node=node.clone() is_focus=is_focus.get() /> };
    let rows = move || told.get().rows.into_iter().map(|row| view! { <Fact row=row /> });
    let sections = move || {
        let section = |section| view! { <Section section=section all=all /> };
        told.get().sections.into_iter().map(section).collect_view()
    };
    view! {
        {head}
        <dl class="side-facts">{move || rows().collect_view()}</dl>
        {sections}
        {members}
    }
}

/// What it is called and how it is, and what can be done with it.
#[component]
fn Head(facts: Facts, node: NodeName, is_focus: bool) -> impl IntoView {
    let app = App::here();
    // A run's page has a heading of its own.
    let level = move || {
        if app.route_with(|route| matches!(route.page, Page::JobRun(_))) { "2" } else { "1" }
    };
    let level = custom_attribute("aria-level", level);
    let which =
        (!facts.which.is_empty()).then(|| view! { <p class="side-which">{facts.which}</p> });
    let marks =
        facts.marks.into_iter().map(|mark| view! { <span class="chip tone-idle">{mark}</span> });
    let open = facts
        .page
        .filter(|_| !is_focus)
        .map(|page| view! { <PageLink page=page>"Open"</PageLink> });
    let leave = move |_| app.update_route(|route| route.with_sel(None));
    let leave = (!is_focus).then(|| {
        view! {
            <button type="button" class="link-button" on:click=leave>"Back to the focus"</button>
        }
    });
    view! {
        <header class="side-head">
            <p class="dim">{facts.kind}</p>
            <div class="side-name" role="heading" {..level}>
                <span class="side-lead">{facts.lead}</span>{facts.name}
            </div>
            {which}
            <p class="side-status">
                {facts.status.map(chip)}{marks.collect_view()}
                <span class="dim">{facts.said.join(" · ")}</span>
            </p>
            <p class="side-actions">{open}{leave}<Unpin node=node /></p>
        </header>
    }
}

/// A node that was taken out of a group can go back.
#[component]
fn Unpin(node: NodeName) -> impl IntoView {
    let app = App::here();
    let pinned = node.clone();
    let is_pinned = Memo::new(move |_| app.route_with(|route| route.pin.contains(&pinned)));
    let unpin = move |_| {
        let node = node.clone();
        app.update_route(|route| route.toggle_pin(node));
    };
    move || {
        let unpin = unpin.clone();
        is_pinned.get().then(|| {
            view! { <button type="button" class="link-button" on:click=unpin>"Unpin"</button> }
        })
    }
}
