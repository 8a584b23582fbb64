//! The home page: what there is in the log, and what of it needs somebody's attention.
use std::sync::Arc;

use leptos::prelude::*;

use crate::facts::{Empty, vocabulary};
use crate::summary::{nanos_of_moment, wants};
use crate::tour::Step;
use crate::view::el::{Child, El, el, live, live_all};
use crate::view::empty::empty_now;
use crate::view::home_datasets::datasets_panel;
use crate::view::home_jobs::jobs_panel;
use crate::view::home_story::story_panels;
use crate::view::home_wants::{attention_panel, wants_panel};
use crate::view::stale::stale_panel;
use crate::view::state::App;
use crate::view::term::explain;
use crate::view::tour;
use crate::view::turns::turns;
use crate::view::virtual_list::{Rows, virtual_list};
use crate::view::when::when;
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
    let ([on_wants, on_found, on_stale, on_datasets, on_jobs], is_busy) = turns();
    // To find what is stale takes as long as to show it, and more.
    Effect::new(move || {
        if let Some(snapshot) = on_found.snapshot() {
            snapshot.stale();
        }
    });
    let wants = Memo::new_with_compare(move |_| Arc::new(on_wants.ask(wants)), |_, _| true);
    el("div")
        .class("home")
        .live("aria-busy", move || Some(is_busy.get().to_string()))
        .child(head())
        .child(on_wants.part(move || attention_panel(on_wants, wants)))
        .child(on_wants.part(story))
        .child(on_wants.part(move || wants_panel(on_wants, wants)))
        .child(on_stale.part(move || stale_panel(on_stale)))
        .child(on_datasets.part(move || datasets_panel(on_datasets)))
        .child(on_jobs.part(move || jobs_panel(on_jobs)))
}

fn story() -> El {
    tour::seen_at(&[Step::Home], el("div").class("home-story")).child(story_panels())
}

fn head() -> El {
    let head = el("div").class("home-facts").child(el("h1").child("Overview")).child(facts());
    head.child(tour::offer())
}

/// How much there is, and up to when.
fn facts() -> Child {
    let app = App::here();
    live_all(move || {
        let (counts, nanos) = app.ask(|asof| {
            let (words, there) = (vocabulary(asof.history), asof.mentioned());
            let counts = [
                counted(there.n_wants as u64, words.want, words.wants),
                counted(there.n_partitions as u64, words.partition, words.partitions),
                counted(there.n_runs as u64, "job run", "job runs"),
                counted(there.n_jobs as u64, "job", "jobs"),
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
    saved_panel(class, heading, listed, live_all(|| None::<El>))
}

/// The same with what saves the list beside the heading.
pub fn saved_panel<T: Into<Child>>(
    class: &'static str,
    heading: Heading<T>,
    listed: Memo<Listed>,
    save: Child,
) -> El {
    let Heading { id, title, word } = heading;
    let said = live(move || listed.with(|listed| listed.said.clone()));
    let head = el("header")
        .child(el("h2").attr("id", id).child(title))
        .children(word.and_then(explain))
        .child(el("span").class("dim number").child(said))
        .child(save);
    el("section").class(class).attr("aria-labelledby", id).child(head)
}

/// What a panel lists; `label` says what that is to who cannot see it. `reason` is why there is nothing
/// where there is not.
pub fn panel_list_or(label: &'static str, listed: Memo<Listed>, reason: Empty) -> Child {
    let is_empty = Memo::new(move |_| listed.with(|listed| listed.rows.n == 0));
    live(move || if is_empty.get() { empty_now(reason) } else { panel_list(label, listed) })
}

/// What a panel lists; `label` says what that is to who cannot see it.
pub fn panel_list(label: &'static str, listed: Memo<Listed>) -> El {
    virtual_list(label, Signal::derive(move || listed.with(|listed| listed.rows.clone())), false)
}
