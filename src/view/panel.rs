//! The panel beside a picture: the facts about the node that is inspected, else about the focus;
//! and the members of a group.
use std::sync::Arc;

use leptos::prelude::*;

use crate::facts::{Facts, MAX_ROWS, facts};
use crate::graph::Key;
use crate::route::{NodeRef as NodeName, Page};
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
    let sel = Memo::new(move |_| app.route_with(|route| route.sel.clone()));
    let inspected = Memo::new_with_compare(
        move |_| {
            pipeline.answer.with(|answer| {
                let answer = answer.as_ref()?.as_ref().ok()?;
                Some((answer.clone(), answer.inspected(sel.get().as_ref())))
            })
        },
        |old, new| !is_same(old, new),
    );
    let body = move || inspected.get().map(|(answer, row)| view! { <Inspected answer=answer row=row /> });
    view! { <aside class="side" aria-label="Details">{body}</aside> }
}

type Row = Option<(Arc<Answer>, usize)>;

fn is_same(old: Option<&Row>, new: Option<&Row>) -> bool {
    match (old, new) {
        (Some(Some((old, at))), Some(Some((new, row)))) => Arc::ptr_eq(old, new) && at == row,
        (Some(None), Some(None)) => true,
        _ => false,
    }
}

/// One node of the answer.
#[component]
fn Inspected(answer: Arc<Answer>, row: usize) -> impl IntoView {
    let key = answer.graph.nodes.get(row).map(|node| node.key);
    let node = answer.cards.get(row).map(|card| NodeName::new(card.kind, card.id.clone()));
    let group = match key {
        Some(Key::Group(index)) => Some(index as usize),
        _ => None,
    };
    let is_whole = RwSignal::new(false);
    let all = Callback::new(move |()| is_whole.set(true));
    let told = {
        let answer = answer.clone();
        Memo::new(move |_| {
            let most = if is_whole.get() { usize::MAX } else { MAX_ROWS };
            let of = |key| facts(answer.snapshot.asof(), &answer.graph, key, most);
            key.map(of).unwrap_or_default()
        })
    };
    let members = group.map(|group| view! { <GroupList answer=answer group=group /> });
    let head = move || view! { <Head facts=told.get() node=node.clone() is_focus={row == 0} /> };
    let rows = move || told.with(|told| told.rows.clone());
    let rows = move || rows().into_iter().map(|row| view! { <Fact row=row /> }).collect_view();
    let sections = move || told.with(|told| told.sections.clone()).into_iter();
    let sections =
        move || sections().map(|section| view! { <Section section=section all=all /> }).collect_view();
    view! {
        {head}
        <dl class="side-facts">{rows}</dl>
        {sections}
        {members}
    }
}

/// What it is called and how it is, and what can be done with it.
#[component]
fn Head(facts: Facts, node: Option<NodeName>, is_focus: bool) -> impl IntoView {
    let app = App::here();
    // A run's page has a heading of its own.
    let level = move || if app.route_with(|route| matches!(route.page, Page::JobRun(_))) { "2" } else { "1" };
    let which = (!facts.which.is_empty()).then(|| view! { <p class="side-which">{facts.which}</p> });
    let marks = facts.marks.into_iter().map(|mark| view! { <span class="chip tone-idle">{mark}</span> });
    let open = facts.page.filter(|_| !is_focus).map(|page| view! { <PageLink page=page>"Open"</PageLink> });
    let leave = move |_| app.update_route(|route| route.with_sel(None));
    let leave = (!is_focus).then(|| {
        view! { <button type="button" class="link-button" on:click=leave>"Back to the focus"</button> }
    });
    view! {
        <header class="side-head">
            <p class="dim">{facts.kind}</p>
            <div class="side-name" role="heading" attr:aria-level=level>
                <span class="side-lead">{facts.lead}</span>{facts.name}
            </div>
            {which}
            <p class="side-status">
                {facts.status.map(chip)}{marks.collect_view()}
                <span class="dim">{facts.said.join(" · ")}</span>
            </p>
            <p class="side-actions">{open}{leave}{node.map(|node| view! { <Unpin node=node /> })}</p>
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
