//! The wants of the home page: those that need attention, and all of them by status.
use std::sync::Arc;

use leptos::prelude::*;

use crate::events::{Id, WantId};
use crate::facts::{Empty, link_row};
use crate::graph::blocked;
use crate::history::{AsOf, WantStatus};
use crate::route::Page;
use crate::scene::Status;
use crate::summary::{self, Lateness, Wants, is_stuck, wants_sheet};
use crate::tour::Step;
use crate::view::el::{Child, El, el, live, live_all};
use crate::view::empty::empty_now;
use crate::view::home::{Heading, Listed, panel, panel_list};
use crate::view::reference::reference;
use crate::view::save::{OF_PAGE, save_list};
use crate::view::state::App;
use crate::view::status::chip;
use crate::view::tour;
use crate::view::turns::Turn;
use crate::view::virtual_list::Rows;
use crate::view::when::when;
use crate::words::{Vocabulary, count, duration};

/// The room for an id, in digits: no less, and no more, where its beginning gives way.
const LEAST_ID: usize = 8;
const MOST_ID: usize = 40;

/// Failing and late wants. Not there when there are none.
pub fn attention_panel(turn: Turn, wants: Memo<Arc<Wants>>) -> Child {
    let app = App::here();
    let listed = Listed::memo(move || {
        let wants = wants.get();
        let n_bad = wants.count(WantStatus::Failed) + wants.count(WantStatus::UpstreamFailed);
        let said = format!("{} failing · {} late", count(n_bad), count(wants.n_late));
        Listed { said, rows: want_rows(turn, wants.attention.clone()) }
    });
    let is_calm = Memo::new(move |_| listed.with(|listed| listed.rows.n == 0));
    live_all(move || {
        let list = || panel_list("Failing and late wants", listed);
        let heading = Heading { id: "attention", title: "Needs attention", word: None };
        let panel = || panel("card panel wants attention", heading, listed);
        let seen = |panel| tour::seen_at(&[Step::Home], id_width(panel, app));
        (!is_calm.get()).then(|| seen(panel()).child(list()))
    })
}

/// All wants, or those of one status, newest first.
pub fn wants_panel(turn: Turn, wants: Memo<Arc<Wants>>) -> El {
    let app = App::here();
    let asked = Memo::new(move |_| asked_status(app));
    let listed = Listed::memo(move || {
        let wants = wants.get();
        let ids = match asked.get() {
            Some(status) => with_status(turn, &wants, status),
            None => wants.all.clone(),
        };
        let (n, n_all) = (count(ids.len() as u64), count(wants.all.len() as u64));
        Listed { said: format!("{n} of {n_all}, newest first"), rows: want_rows(turn, ids) }
    });
    // One memo of both: what follows two of which one follows the other may miss a change.
    let reason = Memo::new(move |_| {
        let status = |status: WantStatus| Empty::NoneWith(status.into());
        let is_empty = listed.with(|listed| listed.rows.n == 0);
        is_empty.then(|| asked.get().map_or(Empty::NoWants, status))
    });
    let written = move |format| {
        let (wants, asked) = untrack(|| (wants.get(), asked.get()));
        let ids =
            asked.map_or_else(|| wants.all.clone(), |status| with_status(turn, &wants, status));
        Some(turn.ask(|asof| wants_sheet(asof, &ids, format)))
    };
    let save = save_list("these wants", "wants", OF_PAGE, Arc::new(written));
    let list = live(move || {
        reason.get().map_or_else(|| panel_list("Wants, newest first", listed), empty_now)
    });
    let words = untrack(|| app.words());
    let told = move || {
        let listed = listed.with(|listed| listed.said.clone());
        let status = asked.get().map(|status| format!("{} ", Status::from(status).text()));
        Some(format!("{}{}, {listed}", status.unwrap_or_default(), words.wants))
    };
    app.tells_of_page(told);
    let title = Vocabulary::heading(words.wants);
    let heading = Heading { id: "wants", title, word: Some(words.want) };
    let filters = filters(wants, asked).child(save);
    id_width(panel("card panel wants", heading, listed), app).child(filters).child(list)
}

/// All rows give a want's id the same room: that of the longest one.
fn id_width(panel: El, app: App) -> El {
    let width = move || {
        let longest = app.log().map_or(0, |log| {
            let history = &log.history;
            history.names.wants.ids().map(|want| history.title(want).len()).max().unwrap_or(0)
        });
        Some(format!("--id:{}ch", longest.clamp(LEAST_ID, MOST_ID)))
    };
    panel.live("style", width)
}

/// One link for each status that there is, with its count.
fn filters(wants: Memo<Arc<Wants>>, asked: Memo<Option<WantStatus>>) -> El {
    let app = App::here();
    let links = live_all(move || {
        let (wants, asked) = (wants.get(), asked.get());
        let link = |status, n| filter(app, status, n, asked == status);
        let some = wants.by_status.iter().filter(|(it, n)| *n > 0 || asked == Some(*it));
        let all = link(None, wants.all.len() as u64);
        std::iter::once(all).chain(some.map(|&(it, n)| link(Some(it), n))).collect::<Vec<_>>()
    });
    el("nav").class("panel-filters").attr("aria-label", "Wants by status").child(links)
}

/// The link to the wants of a status; to all of them for none.
fn filter(app: App, status: Option<WantStatus>, n: u64, is_on: bool) -> El {
    let page = Page::Home { status: status.map(|status| status.word().to_owned()) };
    let looks = status.map(Status::from);
    let glyph = |it: Status| {
        let glyph = format!("{} ", it.tone.glyph());
        el("span").class("glyph").attr("aria-hidden", "true").child(glyph)
    };
    let name = looks.map_or_else(|| "all".to_owned(), Status::text);
    el("a")
        .class(format!("filter {}", looks.map_or("", |it| it.tone.class())))
        .live("href", move || Some(app.href(page.clone())))
        .attr("aria-current", is_on.to_string())
        .children(looks.map(glyph))
        .child(format!("{name} "))
        .child(el("span").class("number").child(count(n)))
}

fn want_rows(turn: Turn, wants: Vec<WantId>) -> Rows {
    Rows::new(Arc::new(wants), move |&want| want_row(turn, want))
}

fn want_row(turn: Turn, want: WantId) -> El {
    let app = App::here();
    let (name, title, status, late) = turn.ask(|asof| {
        let name = asof.history.names.wants.text(want).to_owned();
        let title = asof.history.title(want).to_owned();
        (name, title, asof.want_status(want), summary::lateness(asof, want).filter(is_worth_saying))
    });
    let (asked, cause, nanos) =
        turn.ask(|asof| (asks_for(asof, want), cause(asof, want), created_nanos(asof, want)));
    let (asks_for, n_asked) = asked;
    let whole = if title == name { name.clone() } else { format!("{title} {name}") };
    let and_more = (n_asked > 1).then(|| format!("+{} more", count(n_asked - 1)));
    let is_late = matches!(late, Some(Lateness::LateBy(_)));
    let stuck = turn.ask(|asof| stuck_words(asof, want));
    let words = match (late.map(lateness_words), stuck) {
        (Some(late), Some(stuck)) => format!("{late} · {stuck}"),
        (late, stuck) => late.or(stuck).unwrap_or(cause),
    };
    let why = el("span")
        .class(if is_late { "row-why cut late" } else { "row-why cut dim" })
        .attr("title", words.clone())
        .child(words);
    let asks = el("span").class("row-asks dim").child(reference(asks_for)).children(and_more);
    let chip = status.map(|status| chip(status.into()));
    let page = Page::Want(name);
    el("a")
        .class("row row-want")
        .live("href", move || Some(app.href(page.clone())))
        .child(el("span").class("row-status").children(chip))
        .child(el("strong").attr("title", whole).child(reference(title)))
        .child(asks)
        .child(why)
        .child(el("span").class("end dim").children(nanos.map(when)))
}

fn asked_status(app: App) -> Option<WantStatus> {
    app.route_with(|route| match &route.page {
        Page::Home { status: Some(word) } => {
            WantStatus::ALL.iter().copied().find(|status| status.word() == word)
        }
        _ => None,
    })
}

fn with_status(turn: Turn, wants: &Wants, status: WantStatus) -> Vec<WantId> {
    turn.ask(|asof| {
        let has_it = |want: &WantId| asof.want_status(*want) == Some(status);
        wants.all.iter().copied().filter(has_it).collect()
    })
}

/// The first partition, and how many there are.
fn asks_for(asof: AsOf<'_>, want: WantId) -> (String, u64) {
    let asked = asof.history.wants.requested.row(want);
    let first = asked.first().map(|first| asof.history.friendly(first));
    (first.unwrap_or_default().to_owned(), asked.len() as u64)
}

/// Who asked.
fn cause(asof: AsOf<'_>, want: WantId) -> String {
    let names = &asof.history.names;
    let wants = &asof.history.wants;
    if let Some(run) = wants.cause.get(want.index()).flatten() {
        return format!("missed by {}", names.runs.text(run));
    }
    let user = wants.asked_by.get(want.index()).flatten();
    user.map(|user| format!("by {}", names.texts.text(user))).unwrap_or_default()
}

/// What holds it up, where that will not go on by itself: `JR-9 failed: out of memory`.
fn stuck_words(asof: AsOf<'_>, want: WantId) -> Option<String> {
    let chain = blocked(asof, want);
    let link = chain.last().filter(|link| is_stuck(link.why))?;
    let row = link_row(asof, *link);
    Some(format!("{} {}", row.label, row.note))
}

fn created_nanos(asof: AsOf<'_>, want: WantId) -> Option<u64> {
    let created = asof.history.wants.created.get(want.index()).flatten()?;
    asof.history.log.nanos.get(created.index())
}

const fn is_worth_saying(lateness: &Lateness) -> bool {
    matches!(lateness, Lateness::LateBy(_) | Lateness::DoneLateBy(_))
}

fn lateness_words(lateness: Lateness) -> String {
    match lateness {
        Lateness::InTime => "in time".to_owned(),
        Lateness::Left(nanos) => format!("{} left", duration(nanos)),
        Lateness::LateBy(nanos) => format!("late by {}", duration(nanos)),
        Lateness::DoneLateBy(nanos) => format!("was late by {}", duration(nanos)),
    }
}
