//! One row of an impact's table, and its headings.
use leptos::prelude::*;

use crate::facts::{ImpactColumn, Value, standing_word};
use crate::history::Standing;
use crate::scene::{Status, Tone};
use crate::view::el::{El, button, el};
use crate::view::impact::{Answer, Listing};
use crate::view::reference::reference;
use crate::view::section::page_link;
use crate::view::state::App;
use crate::view::status::chip;
use crate::view::when::when;
use crate::words::count;

/// A heading, which sorts.
pub(super) fn heading(column: ImpactColumn, listing: Listing) -> El {
    let app = App::here();
    let (by, is_down) = listing.sorting.get();
    let (aria, glyph) = match (by == column, is_down) {
        (true, true) => ("descending", "▾"),
        (true, false) => ("ascending", "▴"),
        (false, _) => ("none", ""),
    };
    let next = (column, by == column && !is_down);
    let button = button("")
        .press(move || listing.sort(app, next))
        .child(column.heading())
        .child(el("span").class("table-way").attr("aria-hidden", "true").child(glyph));
    el("th")
        .attr("scope", "col")
        .maybe("class", column.is_number().then_some("number"))
        .attr("aria-sort", aria)
        .child(button)
}

/// A row of the answer.
pub fn line(answer: &Answer, row: u32) -> El {
    let asof = answer.snapshot.asof();
    let Some(told) = answer.table.row(asof, &answer.impact, row) else { return el("tr") };
    let is_stale = answer.snapshot.stale().is_stale(told.instance);
    let uuid = asof.history.uuid_of(told.instance);
    let whole = format!("{}{} {}", told.row.lead, told.row.label, told.row.note);
    let name = told.row.page.map(|page| {
        page_link(page)
            .attr("title", format!("{}{} {}", told.row.lead, told.row.label, told.row.note))
            .child(el("span").class("dim").child(told.row.lead))
            .child(el("strong").child(told.row.label))
            .child(el("span").class("dim table-which").child(reference(told.row.note)))
    });
    let via = format!("{}{} {}", told.via.lead, told.via.label, told.via.note);
    let via = told.via.page.map(|page| page_link(page).attr("title", via.clone()).child(via));
    let built = match told.row.value {
        Value::Time(nanos) => Some(when(nanos)),
        _ => None,
    };
    el("tr")
        .attr("data-id", uuid.clone())
        .child(el("th").attr("scope", "row").attr("title", whole).children(name))
        .child(el("td").child(el("code").attr("title", uuid).child(told.short)))
        .child(el("td").class("number").child(count(told.hop.into())))
        .child(el("td").child(chip(status(told.standing, is_stale))))
        .child(el("td").child(reference(told.dataset)))
        .child(el("td").child(reference(told.job)))
        .child(el("td").children(built))
        .child(el("td").children(via))
}

/// How it stands; a current one that is stale says so.
const fn status(standing: Standing, is_stale: bool) -> Status {
    match (standing, is_stale) {
        (Standing::Tainted, _) => Status { tone: Tone::Tainted, word: standing_word(standing) },
        (Standing::Superseded, _) => Status { tone: Tone::Idle, word: standing_word(standing) },
        (Standing::Current, true) => Status { tone: Tone::Stale, word: "stale" },
        (Standing::Current, false) => Status { tone: Tone::Good, word: standing_word(standing) },
    }
}
