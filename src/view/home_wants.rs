//! The wants of the home page: those that need attention, and all of them by status.
use std::sync::Arc;

use leptos::prelude::*;

use crate::events::{Id, WantId};
use crate::history::{AsOf, WantStatus};
use crate::route::Page;
use crate::scene::Status;
use crate::summary::{self, Lateness, Wants};
use crate::view::reference::Reference;
use crate::view::state::App;
use crate::view::status::StatusChip;
use crate::view::virtual_list::VirtualList;
use crate::view::when::When;
use crate::words::{count, duration};

/// Failing and late wants. Not there when there are none.
#[component]
pub fn AttentionPanel() -> impl IntoView {
    let app = App::here();
    let wants = summary_of(app);
    let items = Memo::new(move |_| Arc::new(wants.with(|wants| wants.attention.clone())));
    let is_calm = Memo::new(move |_| items.with(|items| items.is_empty()));
    let said = move || {
        let n_bad = wants.with(|wants| {
            wants.count(WantStatus::Failed) + wants.count(WantStatus::UpstreamFailed)
        });
        let n_late = wants.with(|wants| wants.n_late);
        format!("{} failing · {} late", count(n_bad), count(n_late))
    };
    view! {
        <Show when=move || !is_calm.get()>
            <section class="card panel wants attention" aria-labelledby="attention">
                <header>
                    <h2 id="attention">"Needs attention"</h2>
                    <span class="dim number">{said}</span>
                </header>
                <VirtualList label="Failing and late wants" items=items row=want_row />
            </section>
        </Show>
    }
}

/// All wants, or those of one status, newest first.
#[component]
pub fn WantsPanel() -> impl IntoView {
    let app = App::here();
    let wants = summary_of(app);
    let asked = Memo::new(move |_| asked_status(app));
    let items = Memo::new(move |_| {
        Arc::new(wants.with(|wants| match asked.get() {
            Some(status) => with_status(app, wants, status),
            None => wants.all.clone(),
        }))
    });
    let n_of_n = move || {
        let (n, all) = (items.with(|items| items.len()), wants.with(|wants| wants.all.len()));
        format!("{} of {}, newest first", count(n as u64), count(all as u64))
    };
    let is_empty = Memo::new(move |_| items.with(|items| items.is_empty()));
    view! {
        <section class="card panel wants" aria-labelledby="wants">
            <header>
                <h2 id="wants">"Wants"</h2>
                <span class="dim number">{n_of_n}</span>
            </header>
            <Filters wants=wants asked=asked />
            <Show
                when=move || !is_empty.get()
                fallback=|| view! { <p class="empty">"No want of this status."</p> }
            >
                <VirtualList label="Wants, newest first" items=items row=want_row />
            </Show>
        </section>
    }
}

/// One link for each status that there is, with its count.
#[component]
fn Filters(wants: Memo<Arc<Wants>>, asked: Memo<Option<WantStatus>>) -> impl IntoView {
    let app = App::here();
    let link = move |status: Option<WantStatus>, n: u64| {
        let page = Page::Home { status: status.map(|status| status.word().to_owned()) };
        let looks = status.map(Status::from);
        let glyph = looks
            .map(|it| view! { <span class="glyph" aria-hidden="true">{it.tone.glyph()}" "</span> });
        let class = format!("filter {}", looks.map_or("", |it| it.tone.class()));
        let name = looks.map_or_else(|| "all".to_owned(), Status::text);
        let is_on = move || (asked.get() == status).to_string();
        view! {
            <a class=class href=move || app.href(page.clone()) aria-current=is_on>
                {glyph}{name}" "<span class="number">{count(n)}</span>
            </a>
        }
    };
    let links = move || {
        let (counts, n_all) = wants.with(|wants| (wants.by_status.clone(), wants.all.len()));
        let some = counts.into_iter().filter(|(status, n)| *n > 0 || asked.get() == Some(*status));
        let some = some.map(|(status, n)| link(Some(status), n)).collect_view();
        (link(None, n_all as u64), some)
    };
    view! { <nav class="panel-filters" aria-label="Wants by status">{links}</nav> }
}

fn want_row(want: WantId) -> impl IntoView {
    let app = App::here();
    let name = app.ask(|asof| asof.history.names.wants.text(want).to_owned());
    let page = Page::Want(name.clone());
    let status = Signal::derive(move || app.ask(|asof| asof.want_status(want)).map(Status::from));
    let (asks_for, n_asked) = app.ask(|asof| asks_for(asof, want));
    let and_more = (n_asked > 1).then(|| format!("+{} more", count(n_asked - 1)));
    let (cause, nanos) = app.ask(|asof| (cause(asof, want), created_nanos(asof, want)));
    let late = move || app.ask(|asof| summary::lateness(asof, want)).filter(is_worth_saying);
    let is_late = move || matches!(late(), Some(Lateness::LateBy(_)));
    view! {
        <a class="row row-want" href=move || app.href(page.clone())>
            <span class="row-status"><StatusChip status=status /></span>
            <strong class="cut" title=name.clone()>{name.clone()}</strong>
            <span class="row-asks dim"><Reference text=asks_for />{and_more}</span>
            <span class="row-why cut" class:late=is_late class:dim=move || !is_late()>
                {move || late().map_or_else(|| cause.clone(), lateness_words)}
            </span>
            <span class="end dim">{nanos.map(|nanos| view! { <When nanos=nanos /> })}</span>
        </a>
    }
}

fn summary_of(app: App) -> Memo<Arc<Wants>> {
    Memo::new(move |_| Arc::new(app.ask(summary::wants)))
}

fn asked_status(app: App) -> Option<WantStatus> {
    app.route_with(|route| match &route.page {
        Page::Home { status: Some(word) } => {
            WantStatus::ALL.iter().copied().find(|status| status.word() == word)
        }
        _ => None,
    })
}

fn with_status(app: App, wants: &Wants, status: WantStatus) -> Vec<WantId> {
    app.ask(|asof| {
        let has_it = |want: &WantId| asof.want_status(*want) == Some(status);
        wants.all.iter().copied().filter(has_it).collect()
    })
}

/// The first partition, and how many there are.
fn asks_for(asof: AsOf<'_>, want: WantId) -> (String, u64) {
    let asked = asof.history.wants.requested.row(want);
    let first = asked.first().map(|&first| asof.history.names.partitions.text(first));
    (first.unwrap_or_default().to_owned(), asked.len() as u64)
}

/// Who asked.
fn cause(asof: AsOf<'_>, want: WantId) -> String {
    let names = &asof.history.names;
    let wants = &asof.history.wants;
    if let Some(run) = wants.cause.get(want.index()).copied().flatten() {
        return format!("missed by {}", names.runs.text(run));
    }
    let user = wants.asked_by.get(want.index()).copied().flatten();
    user.map(|user| format!("by {}", names.texts.text(user))).unwrap_or_default()
}

fn created_nanos(asof: AsOf<'_>, want: WantId) -> Option<u64> {
    let created = asof.history.wants.created.get(want.index()).copied().flatten()?;
    asof.history.log.nanos.get(created.index()).copied()
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
