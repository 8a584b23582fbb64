//! The members of a group: searched, sorted, each a link to its page and a pin into the picture.
use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, KeyboardEvent};

use crate::commands::{Command, Place};
use crate::facts::{Empty, Order, Row, Value, member, members, members_sheet, rows_said};
use crate::graph::Key;
use crate::route::NodeRef as NodeName;
use crate::scene::Card;
use crate::view::doing::{asked, does, was_at};
use crate::view::el::{Child, El, button, el, live, live_all};
use crate::view::empty::empty_or;
use crate::view::panel::with_answer;
use crate::view::pipeline::{Answer, Pipeline, page_of};
use crate::view::save::save_list;
use crate::view::section::{heading, thing};
use crate::view::state::App;
use crate::view::virtual_list::{Rows, virtual_list};
use crate::web::dom;
use crate::words::{Topic, count};

/// The class of the button that pins a row.
const PIN: &str = "pin";

const OF_MEMBERS: [Command; 2] = [Command::SaveMembersCsv, Command::SaveMembersJson];

/// The document's id of the search among them.
const SEARCH: &str = "members-search";

/// The list of the group whose key is `group`.
pub fn group_list(pipeline: Pipeline, group: String) -> El {
    let app = App::here();
    let text = RwSignal::new(String::new());
    let order = RwSignal::new(Order::default());
    let found = Memo::new(move |_| {
        let found = with_answer(pipeline, |answer| {
            let group = answer.graph.groups.iter().find(|it| it.id == group)?;
            let asof = answer.snapshot.asof();
            let found = text.with(|text| members(asof, group, text, order.get()));
            Some((Arc::new(found), group.members.len()))
        });
        found.unwrap_or_default()
    });
    let n_of_n = move || {
        let (found, n_all) = found.get();
        format!("Members · {} of {}", count(found.len() as u64), count(n_all as u64))
    };
    let rows =
        Signal::derive(move || Rows::new(found.get().0, move |&key| member_line(pipeline, key)));
    let say = move |sorted: String| {
        let (n, n_all) = found.with_untracked(|(found, n_all)| (found.len(), *n_all));
        app.say(Topic::Amount, format!("{}{sorted}", rows_said(n, n_all, None)));
    };
    let none = move || {
        let is_none = found.with(|(found, _)| found.is_empty());
        is_none.then(|| {
            let why = App::here().ask(|asof| Empty::NothingNamed("member").why(asof));
            empty_or(why, move || {
                dom::focus(SEARCH);
                text.set(String::new());
                say(String::new());
            })
        })
    };
    let sorted = move || say(format!(", order: {}", order.get_untracked().words()));
    let search = el("input")
        .attr("id", SEARCH)
        .class("field")
        .attr("type", "search")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("placeholder", "Search these members")
        .attr("aria-label", "Search these members")
        .live(".value", move || Some(text.get()))
        .on("input", move |event| {
            text.set(event_target_value(&event));
            say(String::new());
        });
    let written = move |format| {
        let (found, _) = found.get_untracked();
        with_answer(pipeline, |answer| Some(members_sheet(answer.snapshot.asof(), &found, format)))
    };
    let app = App::here();
    let can = move |command| command == Command::PinRow && pin_at(was_at(app)).is_some();
    does(app, Place::List, can, move |_| press(pin_at(was_at(app))));
    let key = |event: Event| {
        let command = event.dyn_ref::<KeyboardEvent>().and_then(|it| asked(it, Place::List));
        if command == Some(Command::PinRow) && !dom::is_typing() {
            press(pin_at(dom::focused()));
        }
    };
    let tools = el("div")
        .class("members-tools")
        .child(heading(live(n_of_n)))
        .child(orders(order, sorted))
        .child(search)
        .child(save_list("these members", "members", OF_MEMBERS, Arc::new(written)));
    el("section")
        .class("members")
        .attr("aria-label", "Members of the group")
        .on("keydown", key)
        .child(pinned(pipeline))
        .child(tools)
        .child(virtual_list("Members", rows, false))
        .child(live_all(none))
}

/// The button that pins the row in which an element is.
fn pin_at(element: Option<Element>) -> Option<HtmlElement> {
    let row = element?.closest("li").ok()??;
    row.query_selector(&format!("button.{PIN}")).ok()??.dyn_into().ok()
}

fn press(button: Option<HtmlElement>) {
    if let Some(button) = button {
        button.click();
    }
}

/// A member stays in its row while its status changes with the moment.
fn member_line(pipeline: Pipeline, key: Key) -> Child {
    live_all(move || {
        let told = with_answer(pipeline, |answer| Some(member(answer.snapshot.asof(), key)));
        told.map(|told| [thing(told.row), pin(told.node)]).into_iter().flatten()
    })
}

fn orders(order: RwSignal<Order>, sorted: impl Fn() + Send + Sync + 'static) -> El {
    let choice = |it: Order| {
        el("option")
            .attr("value", it.words())
            .live("selected", move || (order.get() == it).then(String::new))
            .child(it.words())
    };
    let choose = move |event: Event| {
        let words = event_target_value(&event);
        order.set(Order::ALL.into_iter().find(|it| it.words() == words).unwrap_or_default());
        sorted();
    };
    el("select")
        .class("members-order")
        .attr("aria-label", "Order")
        .on("change", choose)
        .children(Order::ALL.map(choice))
}

/// Draws a member on its own, or puts it back.
fn pin(node: NodeName) -> El {
    let app = App::here();
    let named = node.clone();
    let is_pinned = Memo::new(move |_| app.route_with(|route| route.pin.contains(&named)));
    let press = move || {
        let node = node.clone();
        app.update_route(|route| route.toggle_pin(node));
    };
    button(PIN)
        .live("aria-pressed", move || Some(is_pinned.get().to_string()))
        .attr("title", "Draw it in the picture on its own")
        .press(press)
        .child(live(move || if is_pinned.get() { "Unpin" } else { "Pin" }))
}

/// What was taken out of groups and is drawn on its own.
fn pinned(pipeline: Pipeline) -> Child {
    let app = App::here();
    let drawn = |answer: &Answer, node: NodeName| {
        Some((row_of(answer.cards.get(answer.row_of(&node)?)?), node))
    };
    let line = |(row, node): (Row, NodeName)| el("li").child(thing(row)).child(pin(node));
    live_all(move || {
        let pins = app.route_with(|route| route.pin.clone());
        let lines = with_answer(pipeline, |answer| {
            Some(pins.into_iter().filter_map(|node| drawn(answer, node)).map(line).collect())
        });
        let lines: Vec<El> = lines.unwrap_or_default();
        let title = format!("Pinned · {}", count(lines.len() as u64));
        let is_some = !lines.is_empty();
        let list = || [heading(title), el("ul").class("members-pinned").children(lines)];
        is_some.then(list).into_iter().flatten()
    })
}

fn row_of(card: &Card) -> Row {
    Row {
        lead: card.lead.clone(),
        label: card.name.clone(),
        page: page_of(card),
        status: Some(card.status),
        note: card.which.clone(),
        value: Value::Text(card.status.text()),
        ..Row::default()
    }
}
