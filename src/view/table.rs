//! The picture as a table: the same nodes in the same words, in any order.
use leptos::prelude::*;

use crate::facts::{self, Column, TableRow, rows_said, sort_table};
use crate::route::{NodeKind, NodeRef as NodeName};
use crate::scene::{Card, change_word};
use crate::view::el::{Child, El, Pieces, button, el, live, live_all};
use crate::view::keyboard::TABLE;
use crate::view::panel::with_answer;
use crate::view::pipeline::{Answer, Pipeline, page_of};
use crate::view::state::App;
use crate::view::status::{chip, news, tally};
use crate::words::{Topic, count};

type Sorting = Option<(Column, bool)>;

/// The table of what is shown.
pub fn table(pipeline: Pipeline) -> El {
    let app = App::here();
    let sorting: RwSignal<Sorting> = RwSignal::new(None);
    let selected = Memo::new(move |_| app.route_with(|route| route.sel.clone()));
    let caption = live(move || with_answer(pipeline, |it| Some(caption(it))).unwrap_or_default());
    let headings = live_all(move || Column::ALL.map(|column| heading(pipeline, column, sorting)));
    let body = live_all(move || {
        with_answer(pipeline, |answer| Some(lines(answer, sorting.get(), selected)))
            .map(|lines| el("tbody").children(lines))
    });
    let table = el("table")
        .class("nodes-table")
        .child(el("caption").child(caption))
        .child(el("thead").child(el("tr").child(headings)))
        .child(body);
    el("div")
        .class("table-frame")
        .attr("id", TABLE)
        .attr("tabindex", "0")
        .attr("role", "group")
        .attr("aria-label", "Table")
        .child(table)
}

fn caption(answer: &Answer) -> String {
    let n_groups = answer.graph.groups.len();
    let groups = match n_groups {
        0 => String::new(),
        n => format!(", {} groups", count(n as u64)),
    };
    format!("The nodes of the graph: {}{groups}", count(answer.graph.shown as u64))
}

/// Sorts up, then down, then not at all.
fn heading(pipeline: Pipeline, column: Column, sorting: RwSignal<Sorting>) -> El {
    let app = App::here();
    let way = sorting.get().filter(|(by, _)| *by == column).map(|(_, is_down)| is_down);
    let (aria, glyph) = match way {
        Some(true) => ("descending", "▾"),
        Some(false) => ("ascending", "▴"),
        None => ("none", ""),
    };
    let next = match way {
        Some(false) => Some((column, true)),
        Some(true) => None,
        None => Some((column, false)),
    };
    let sort = move || {
        sorting.set(next);
        let n = untrack(|| with_answer(pipeline, |answer| Some(answer.cards.len())));
        let n = n.unwrap_or_default();
        let by = next.map(|(column, is_down)| (column.heading(), is_down));
        app.say(Topic::Amount, rows_said(n, n, by));
    };
    let button = el("button")
        .attr("type", "button")
        .press(sort)
        .child(column.heading())
        .child(el("span").class("table-way").attr("aria-hidden", "true").child(glyph));
    el("th")
        .attr("scope", "col")
        .maybe("class", column.is_number().then_some("number"))
        .attr("aria-sort", aria)
        .child(button)
}

fn lines(answer: &Answer, sorting: Sorting, selected: Memo<Option<NodeName>>) -> Vec<El> {
    let mut rows = facts::table(&answer.graph, &answer.cards);
    if let Some((column, is_down)) = sorting {
        sort_table(&mut rows, &answer.cards, column, is_down);
    }
    let draw = |row: &TableRow| Some(line(row, answer.cards.get(row.node as usize)?, selected));
    rows.iter().filter_map(draw).collect()
}

fn line(row: &TableRow, card: &Card, selected: Memo<Option<NodeName>>) -> El {
    let app = App::here();
    let me = NodeName::new(card.kind, card.id.clone());
    let named = me.clone();
    let is_selected = move || selected.with(|selected| selected.as_ref() == Some(&named));
    let select = move || {
        let me = me.clone();
        app.update_route(|route| route.with_sel(Some(me)));
    };
    let name = match page_of(card) {
        Some(page) => el("a").live("href", move || Some(app.href(page.clone()))),
        // A group has no page: it opens in the panel.
        None => button("link-button"),
    };
    // Who walks by the keyboard inspects what it comes to, as in the graph.
    let inspect = select.clone();
    let name = name
        .on("focus", move |_| inspect())
        .child(el("span").class("dim").child(card.lead.clone()))
        .child(el("strong").child(card.name.clone()));
    let news = news(card).map(|news| Pieces::new([Child::from(news), Child::from(" ")]));
    let which = el("span").class("dim table-which").child(card.which.clone());
    let id = el("code").attr("title", card.id.clone()).child(card.exact.clone());
    let badge = Some(card.badge.clone()).filter(|badge| *badge != card.status.text());
    let n_attempts = if row.n_attempts > 0 { count(row.n_attempts.into()) } else { String::new() };
    let number = |text: String| el("td").class("number").child(text);
    el("tr")
        .live("aria-selected", move || Some(is_selected().to_string()))
        .maybe("class", card.faded.then_some("is-faded"))
        .attr("data-kind", card.kind.word())
        .attr("data-id", card.id.clone())
        .attr("data-status", card.status.word)
        .maybe("data-change", card.change.map(change_word))
        .press(select)
        .child(el("th").attr("scope", "row").child(name).child(" ").children(news).child(which))
        .child(el("td").child(kind(card)))
        .child(el("td").child(id))
        .child(el("td").child(status(card)))
        .child(el("td").class("dim").children(badge))
        .child(number(n_attempts))
        .child(number(count(row.n_in.into())))
        .child(number(count(row.n_out.into())))
}

/// What the node is, in the words of the log.
fn kind(card: &Card) -> String {
    match card.kind {
        NodeKind::External => format!("external {}", card.noun),
        _ => card.noun.to_owned(),
    }
}

/// The status of a node; of a group, how many have each.
fn status(card: &Card) -> El {
    if card.bar.is_empty() {
        return chip(card.status);
    }
    let counts: Vec<_> = card.bar.iter().map(|&(status, n)| (status, u64::from(n))).collect();
    tally(&counts)
}
