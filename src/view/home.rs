//! The home page: what there is in the log, and what of it needs somebody's attention.
use std::sync::Arc;

use leptos::prelude::*;

use crate::facts::vocabulary;
use crate::summary::{nanos_of_moment, wants};
use crate::view::el::{Child, El, el, live, live_all};
use crate::view::home_datasets::datasets_panel;
use crate::view::home_jobs::jobs_panel;
use crate::view::home_wants::{attention_panel, wants_panel};
use crate::view::stale::stale_panel;
use crate::view::state::App;
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
    let app = App::here();
    let wants = Memo::new_with_compare(move |_| Arc::new(app.ask(wants)), |_, _| true);
    el("div")
        .class("home")
        .child(el("div").class("home-facts").child(el("h1").child("Overview")).child(facts()))
        .child(column([attention_panel(wants), wants_panel(wants).into()]))
        .child(column([stale_panel(), datasets_panel().into(), jobs_panel().into()]))
}

fn column<const N: usize>(panels: [Child; N]) -> El {
    el("div").class("home-column").children(panels)
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

/// A card of a class under a heading, which `id` names; what it lists is the caller's to add.
pub fn panel(
    class: &'static str,
    id: &'static str,
    title: impl Into<Child>,
    listed: Memo<Listed>,
) -> El {
    titled_panel(class, id, title.into(), listed)
}

fn titled_panel(class: &'static str, id: &'static str, title: Child, listed: Memo<Listed>) -> El {
    let said = live(move || listed.with(|listed| listed.said.clone()));
    let head = el("header")
        .child(el("h2").attr("id", id).child(title))
        .child(el("span").class("dim number").child(said));
    el("section").class(class).attr("aria-labelledby", id).child(head)
}

/// What a panel lists; `label` says what that is to who cannot see it.
pub fn panel_list(label: &'static str, listed: Memo<Listed>) -> El {
    virtual_list(label, Signal::derive(move || listed.with(|listed| listed.rows.clone())), false)
}
