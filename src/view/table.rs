//! The picture as a table: the same nodes in the same words, in any order.
use std::sync::Arc;

use leptos::prelude::*;

use crate::facts::{Column, TableRow, sort_table, table};
use crate::route::NodeRef as NodeName;
use crate::scene::Card;
use crate::view::pipeline::{Answer, Pipeline, page_of};
use crate::view::state::App;
use crate::view::status::{chip, tally};
use crate::words::count;

type Sorting = Option<(Column, bool)>;

/// The table.
#[component]
pub fn Table(
    /// What is shown.
    pipeline: Pipeline,
) -> impl IntoView {
    let sorting: RwSignal<Sorting> = RwSignal::new(None);
    let headings = Column::ALL.map(|column| view! { <Heading column=column sorting=sorting /> });
    let body = move || {
        pipeline.answer.with(|answer| {
            let answer = answer.as_ref()?.as_ref().ok()?.clone();
            Some(view! { <Rows answer=answer sorting=sorting /> })
        })
    };
    let caption = move || {
        pipeline.answer.with(|answer| {
            let answer = answer.as_ref()?.as_ref().ok()?;
            let n_groups = answer.graph.groups.len();
            let groups = if n_groups > 0 {
                format!(", {} groups", count(n_groups as u64))
            } else {
                String::new()
            };
            Some(format!("The nodes of the graph: {}{groups}", count(answer.graph.shown as u64)))
        })
    };
    view! {
        <div class="table-frame" tabindex="-1">
            <table class="nodes-table">
                <caption>{caption}</caption>
                <thead><tr>{headings.collect_view()}</tr></thead>
                {body}
            </table>
        </div>
    }
}

/// Sorts up, then down, then not at all.
#[component]
fn Heading(column: Column, sorting: RwSignal<Sorting>) -> impl IntoView {
    let way = move || sorting.get().filter(|(by, _)| *by == column).map(|(_, is_down)| is_down);
    let aria = move || match way() {
        Some(true) => "descending",
        Some(false) => "ascending",
        None => "none",
    };
    let glyph = move || match way() {
        Some(true) => "▾",
        Some(false) => "▴",
        None => "",
    };
    let press = move |_| {
        sorting.update(|sorting| {
            *sorting = match *sorting {
                Some((by, false)) if by == column => Some((column, true)),
                Some((by, true)) if by == column => None,
                _ => Some((column, false)),
            };
        });
    };
    view! {
        <th scope="col" class:number=column.is_number() aria-sort=aria>
            <button type="button" on:click=press>
                {column.heading()}<span class="table-way" aria-hidden="true">{glyph}</span>
            </button>
        </th>
    }
}

#[component]
fn Rows(answer: Arc<Answer>, sorting: RwSignal<Sorting>) -> impl IntoView {
    let app = App::here();
    let selected = Memo::new(move |_| app.route_with(|route| route.sel.clone()));
    let rows = {
        let answer = answer.clone();
        move || {
            let mut rows = table(&answer.graph, &answer.cards);
            if let Some((column, is_down)) = sorting.get() {
                sort_table(&mut rows, &answer.cards, column, is_down);
            }
            rows
        }
    };
    let draw = move |row: TableRow| {
        let card = answer.cards.get(row.node as usize)?.clone();
        Some(view! { <Line row=row card=card selected=selected /> })
    };
    view! { <tbody><For each=rows key=|row| row.node children=draw /></tbody> }
}

#[component]
fn Line(row: TableRow, card: Card, selected: Memo<Option<NodeName>>) -> impl IntoView {
    let app = App::here();
    let me = NodeName::new(card.kind, card.id.clone());
    let named = me.clone();
    let is_selected = Memo::new(move |_| selected.get().as_ref() == Some(&named));
    let select = move |_| {
        let me = me.clone();
        app.update_route(|route| route.with_sel(Some(me)));
    };
    let name =
        view! { <span class="dim">{card.lead.clone()}</span><strong>{card.name.clone()}</strong> };
    let name = match page_of(&card) {
        Some(page) => view! { <a href=move || app.href(page.clone())>{name}</a> }.into_any(),
        // A group has no page: it opens in the panel.
        None => view! { <button type="button" class="link-button">{name}</button> }.into_any(),
    };
    let status = if card.bar.is_empty() {
        chip(card.status).into_any()
    } else {
        let counts: Vec<_> = card.bar.iter().map(|&(status, n)| (status, u64::from(n))).collect();
        tally(&counts).into_any()
    };
    let badge = Some(card.badge).filter(|badge| *badge != card.status.text());
    let n_attempts = if row.n_attempts > 0 { count(row.n_attempts.into()) } else { String::new() };
    view! {
        <tr
            aria-selected=move || is_selected.get().to_string() class:is-faded=card.faded
            data-kind=card.kind.word() data-id=card.id.clone() data-status=card.status.word
            on:click=select
        >
            <th scope="row">{name}" "<span class="dim table-which">{card.which}</span></th>
            <td>{card.kind.word().replace('-', " ")}</td>
            <td><code title=card.id.clone()>{card.exact}</code></td>
            <td>{status}</td>
            <td class="dim">{badge}</td>
            <td class="number">{n_attempts}</td>
            <td class="number">{count(row.n_in.into())}</td>
            <td class="number">{count(row.n_out.into())}</td>
        </tr>
    }
}
