//! The members of a group: searched, sorted, each a link to its page and a pin into the picture.
use std::sync::Arc;

use leptos::prelude::*;

use crate::facts::{Member, Order, Row, Value, member, members};
use crate::graph::Key;
use crate::route::NodeRef as NodeName;
use crate::scene::Card;
use crate::view::panel::with_answer;
use crate::view::pipeline::{Answer, Pipeline, page_of};
use crate::view::section::Thing;
use crate::view::state::App;
use crate::view::virtual_list::VirtualList;
use crate::words::count;

/// The list.
#[component]
pub fn GroupList(
    /// What is shown.
    pipeline: Pipeline,
    /// The group's key.
    group: String,
) -> impl IntoView {
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
    let items = Memo::new(move |_| found.get().0);
    let n_of_n = move || {
        let (found, n_all) = found.get();
        format!("Members · {} of {}", count(found.len() as u64), count(n_all as u64))
    };
    let row = move |key: Key| {
        // A member stays in its row while its status changes with the moment.
        let told = Memo::new(move |_| {
            with_answer(pipeline, |answer| Some(member(answer.snapshot.asof(), key)))
        });
        move || told.get().map(|Member { node, row }| view! { <Thing row=row /><Pin node=node /> })
    };
    view! {
        <section class="members" aria-label="Members of the group">
            <Pinned pipeline=pipeline />
            <div class="members-tools">
                <h3>{n_of_n}</h3>
                <Orders order=order />
                <input
                    class="field" type="search" autocomplete="off" spellcheck="false"
                    placeholder="Search these members" aria-label="Search these members"
                    on:input=move |event| text.set(event_target_value(&event))
                />
            </div>
            <VirtualList label="Members" items=items row=row />
            <Show when=move || items.read().is_empty()>
                <p class="dim">"No member has this in its name."</p>
            </Show>
        </section>
    }
}

#[component]
fn Orders(order: RwSignal<Order>) -> impl IntoView {
    let choice = move |it: Order| {
        view! { <option value=it.words() selected=move || order.get() == it>{it.words()}</option> }
    };
    let choose = move |event| {
        let words = event_target_value(&event);
        order.set(Order::ALL.into_iter().find(|it| it.words() == words).unwrap_or_default());
    };
    view! {
        <select class="members-order" aria-label="Order" on:change=choose>
            {Order::ALL.map(choice).collect_view()}
        </select>
    }
}

/// Draws a member on its own, or puts it back.
#[component]
fn Pin(node: NodeName) -> impl IntoView {
    let app = App::here();
    let named = node.clone();
    let is_pinned = Memo::new(move |_| app.route_with(|route| route.pin.contains(&named)));
    let press = move |_| {
        let node = node.clone();
        app.update_route(|route| route.toggle_pin(node));
    };
    let words = move || if is_pinned.get() { "Unpin" } else { "Pin" };
    view! {
        <button
            type="button" class="pin" aria-pressed=move || is_pinned.get().to_string()
            title="Draw it in the picture on its own" on:click=press
        >
            {words}
        </button>
    }
}

/// What was taken out of groups and is drawn on its own.
#[component]
fn Pinned(pipeline: Pipeline) -> impl IntoView {
    let app = App::here();
    let pinned = move || {
        let pins = app.route_with(|route| route.pin.clone());
        let drawn = |answer: &Answer, node: NodeName| {
            Some((row_of(answer.cards.get(answer.row_of(&node)?)?), node))
        };
        let rows = with_answer(pipeline, |answer| {
            Some(pins.into_iter().filter_map(|node| drawn(answer, node)).collect::<Vec<_>>())
        });
        rows.unwrap_or_default()
    };
    let line = |(row, node): (Row, NodeName)| view! { <li><Thing row=row /><Pin node=node /></li> };
    move || {
        let rows = pinned();
        let title = format!("Pinned · {}", count(rows.len() as u64));
        let is_some = !rows.is_empty();
        let lines = rows.into_iter().map(line).collect_view();
        is_some.then(|| view! { <h3>{title}</h3><ul class="members-pinned">{lines}</ul> })
    }
}

fn row_of(card: &Card) -> Row {
    Row {
        lead: card.lead.clone(),
        label: card.name.clone(),
        page: page_of(card),
        status: Some(card.status),
        note: card.which.clone(),
        value: Value::Text(card.status.text()),
    }
}
