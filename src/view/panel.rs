//! The panel beside a picture: the facts about the node that is inspected, else about the focus;
//! and the members of a group.
use leptos::prelude::*;

use crate::commands::Command;
use crate::facts::{Facts, MAX_ROWS, facet_source, facts};
use crate::graph::{Focus, Key};
use crate::route::{Mode, NodeKind, NodeRef as NodeName, Page};
use crate::view::doing::by_command;
use crate::view::el::{Child, El, button, el, live_all};
use crate::view::facets::facets_of;
use crate::view::group_list::group_list;
use crate::view::pipeline::{Answer, Pipeline};
use crate::view::reference::breakable;
use crate::view::section::{fact, is_panel_first, page_link, section};
use crate::view::stale::{because_line, path_to_cause};
use crate::view::state::App;
use crate::view::status::chip;

/// The panel of what is shown.
pub fn panel(pipeline: Pipeline) -> El {
    let app = App::here();
    let node = Memo::new(move |_| {
        let sel = app.route_with(|route| route.sel.clone());
        with_answer(pipeline, |answer| name_of(answer, answer.inspected(sel.as_ref())))
    });
    // What the reader did in the panel stays for as long as the node is the same, and no longer:
    // nothing that was typed or scrolled goes over to another one.
    let of_one = move |node: NodeName| live_all(move || inspected(pipeline, node.clone()));
    el("aside")
        .class("side")
        .attr("aria-label", "Details")
        .child(live_all(move || node.get().map(of_one)))
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
fn inspected(pipeline: Pipeline, node: NodeName) -> Vec<Child> {
    let is_whole = RwSignal::new(false);
    let members = (node.kind == NodeKind::Group).then(|| group_list(pipeline, node.id.clone()));
    let asked = node.clone();
    // The facts, and whether the node is the focus.
    let told = Memo::new(move |_| {
        let most = if is_whole.get() { usize::MAX } else { MAX_ROWS };
        let told = with_answer(pipeline, |answer| {
            let row = answer.row_of(&asked)?;
            let key = answer.graph.nodes.get(row)?.key;
            let mut facts = facts(answer.snapshot.asof(), &answer.graph, key, most);
            facts.questions.extend(path_to_focus(answer, row));
            Some((facts, row == 0))
        });
        told.unwrap_or_default()
    });
    let asked = node.clone();
    let why = live_all(move || with_answer(pipeline, |answer| why_stale(answer, &asked)));
    let asked = node.clone();
    let source = Memo::new(move |_| {
        with_answer(pipeline, |answer| {
            let key = answer.graph.nodes.get(answer.row_of(&asked)?)?.key;
            facet_source(answer.snapshot.asof(), key)
        })
    });
    let from_source = live_all(move || source.get().map(facets_of));
    let all = Callback::new(move |()| is_whole.set(true));
    let told = live_all(move || {
        let (facts, is_focus) = told.get();
        told_of(facts, node.clone(), is_focus, all)
    });
    let members = members.map(Child::from);
    [why, told].into_iter().chain(members).chain([from_source]).collect()
}

fn told_of(mut facts: Facts, node: NodeName, is_focus: bool, all: Callback<()>) -> Vec<Child> {
    let rows = std::mem::take(&mut facts.rows);
    let sections = std::mem::take(&mut facts.sections);
    let rows = el("dl").class("side-facts").children(rows.into_iter().map(fact));
    let sections = sections.into_iter().map(|it| section(it, all));
    [head(facts, node, is_focus), rows].into_iter().chain(sections).map(Child::from).collect()
}

/// Why it is stale, where it is.
fn why_stale(answer: &Answer, node: &NodeName) -> Option<El> {
    let card = answer.cards.get(answer.row_of(node)?)?;
    let cause = card.stale_cause?;
    let instance = match card.key {
        Key::Instance(instance) => Some(instance),
        Key::Partition(partition) => answer.snapshot.asof().current(partition),
        _ => None,
    };
    let path = instance.and_then(|it| path_to_cause(&answer.snapshot, cause, it));
    let line = because_line(&answer.snapshot, cause);
    Some(el("div").class("side-stale").child(line).children(path))
}

/// All paths between a partition that is inspected and the one that the page is about.
fn path_to_focus(answer: &Answer, row: usize) -> Option<(&'static str, Page)> {
    let reference = |row: usize| answer.cards.get(row)?.reference.clone();
    let (from, to) = (reference(row)?, reference(0)?);
    let mode = match answer.ask.focus {
        Focus::Instance(_) => Mode::Instances,
        Focus::Partition(_) => Mode::Refs,
        _ => return None,
    };
    let page = Page::Path { from: Some(from.clone()), to: Some(to.clone()), mode };
    (from != to).then_some(("Paths to the focus", page))
}

/// What it is called and how it is, and what can be done with it.
fn head(facts: Facts, node: NodeName, is_focus: bool) -> El {
    let app = App::here();
    let is_first = move || app.route_with(|route| is_panel_first(&route.page));
    let level = move || Some(if is_first() { "1" } else { "2" }.to_owned());
    let name = el("div")
        .class("side-name")
        .attr("role", "heading")
        .live("aria-level", level)
        .child(el("span").class("side-lead").child(breakable(&facts.lead)))
        .child(breakable(&facts.name));
    let which = &facts.which;
    let which = (!which.is_empty()).then(|| el("p").class("side-which").child(breakable(which)));
    let marks = facts.marks.into_iter().map(|mark| el("span").class("chip tone-idle").child(mark));
    let status = el("p")
        .class("side-status")
        .children(facts.status.map(chip))
        .children(marks)
        .child(el("span").class("dim").child(facts.said.join(" · ")));
    let open = facts.page.filter(|_| !is_focus).map(|page| page_link(page).child("Open"));
    let more = facts.questions.into_iter().map(|(words, page)| {
        let command = command_of(&page);
        let link = page_link(page).child(words);
        match command {
            Some(command) => by_command(link, command),
            None => link,
        }
    });
    let leave = (!is_focus).then(|| {
        by_command(button("link-button"), Command::LetGo)
            .press(move || app.update_route(|route| route.with_sel(None)))
            .child("Back to the focus")
    });
    el("header")
        .class("side-head")
        .child(el("p").class("dim").child(facts.kind))
        .child(name)
        .children(which)
        .child(status)
        .child(
            el("p")
                .class("side-actions")
                .children(open)
                .children(more)
                .children(leave)
                .child(unpin(node)),
        )
}

/// The command that goes to a page which answers another question.
const fn command_of(page: &Page) -> Option<Command> {
    match page {
        Page::Impact { .. } => Some(Command::OpenImpact),
        Page::Diff { .. } => Some(Command::OpenDiff),
        Page::Path { .. } => Some(Command::OpenPaths),
        _ => None,
    }
}

/// A node that was taken out of a group can go back.
fn unpin(node: NodeName) -> Child {
    let app = App::here();
    live_all(move || {
        let is_pinned = app.route_with(|route| route.pin.contains(&node));
        let node = node.clone();
        let unpin = move || app.update_route(|route| route.toggle_pin(node.clone()));
        is_pinned
            .then(|| by_command(button("link-button"), Command::Unpin).press(unpin).child("Unpin"))
    })
}
