//! The home page: what there is in the log, and what of it needs somebody's attention.
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::facts::vocabulary;
use crate::summary::{nanos_of_moment, wants};
use crate::view::el::{Child, El, el, live, live_all};
use crate::view::home_datasets::datasets_panel;
use crate::view::home_jobs::jobs_panel;
use crate::view::home_story::story_panels;
use crate::view::home_wants::{attention_panel, wants_panel};
use crate::view::stale::stale_panel;
use crate::view::state::App;
use crate::view::term::explain;
use crate::view::virtual_list::{Rows, virtual_list};
use crate::view::when::when;
use crate::web::task::yield_now;
use crate::words::counted;

/// What a panel lists.
#[derive(Clone)]
pub struct Listed {
    /// What is said of it beside the heading.
    pub said: String,
    /// All of it.
    pub rows: Rows,
}

impl Listed {
    /// Follows the signals that `list` reads; whenever they change, the rows are others.
    pub fn memo(list: impl Fn() -> Self + Send + Sync + 'static) -> Memo<Self> {
        Memo::new_with_compare(move |_| list(), |_, _| true)
    }
}

/// The page.
pub fn home_page() -> El {
    let app = App::here();
    let wants = Memo::new_with_compare(move |_| Arc::new(app.ask(wants)), |_, _| true);
    el("div")
        .class("home")
        .child(el("div").class("home-facts").child(el("h1").child("Overview")).child(facts()))
        .child(attention_panel(wants))
        .children(in_turn([
            Box::new(|| el("div").class("home-story").child(story_panels()).into()),
            Box::new(move || wants_panel(wants).into()),
            Box::new(|| stale_panel().into()),
            Box::new(|| datasets_panel().into()),
            Box::new(|| jobs_panel().into()),
        ]))
}

/// Panels, each made in a task of its own, between which the browser paints and answers.
fn in_turn<const N: usize>(panels: [Box<dyn Fn() -> Child + Send>; N]) -> Vec<Child> {
    let n_made = RwSignal::new(0);
    spawn_local(async move {
        for n in 1..=N {
            yield_now().await;
            // The page is gone.
            if n_made.try_set(n).is_some() {
                return;
            }
        }
    });
    let turn = |(at, panel): (usize, Box<dyn Fn() -> Child + Send>)| {
        let is_made = Memo::new(move |_| n_made.get() > at);
        live_all(move || is_made.get().then(|| untrack(&panel)))
    };
    panels.into_iter().enumerate().map(turn).collect()
}

/// How much there is, and up to when.
fn facts() -> Child {
    let app = App::here();
    live_all(move || {
        let (counts, nanos) = app.ask(|asof| {
            let names = &asof.history.names;
            let words = vocabulary(asof.history);
            let counts = [
                counted(names.wants.len() as u64, words.want, words.wants),
                counted(names.partitions.len() as u64, words.partition, words.partitions),
                counted(names.runs.len() as u64, "job run", "job runs"),
                counted(names.labels.len() as u64, "job", "jobs"),
            ];
            (counts.join(" · "), nanos_of_moment(asof))
        });
        let word = if app.route_with(|route| route.at.is_some()) { "As of " } else { "Until " };
        let until = el("span").child(word).child(when(nanos)).child(format!(" {}", app.zone()));
        [el("span").class("number").child(counts), until]
    })
}

/// The heading of a panel.
pub struct Heading<T> {
    /// Its name in the document.
    pub id: &'static str,
    /// Its text.
    pub title: T,
    /// The word of the domain that it stands for, which is explained beside it.
    pub word: Option<&'static str>,
}

/// A card of a class under a heading; what it lists is the caller's to add.
pub fn panel<T: Into<Child>>(class: &'static str, heading: Heading<T>, listed: Memo<Listed>) -> El {
    let Heading { id, title, word } = heading;
    let said = live(move || listed.with(|listed| listed.said.clone()));
    let head = el("header")
        .child(el("h2").attr("id", id).child(title))
        .children(word.and_then(explain))
        .child(el("span").class("dim number").child(said));
    el("section").class(class).attr("aria-labelledby", id).child(head)
}

/// What a panel lists; `label` says what that is to who cannot see it. `empty` says why there is nothing
/// where there is not.
pub fn panel_list_or(label: &'static str, listed: Memo<Listed>, empty: &'static str) -> Child {
    let is_empty = Memo::new(move |_| listed.with(|listed| listed.rows.n == 0));
    live(move || {
        if is_empty.get() { el("p").class("empty").child(empty) } else { panel_list(label, listed) }
    })
}

/// What a panel lists; `label` says what that is to who cannot see it.
pub fn panel_list(label: &'static str, listed: Memo<Listed>) -> El {
    virtual_list(label, Signal::derive(move || listed.with(|listed| listed.rows.clone())), false)
}
