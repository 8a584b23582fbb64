//! The home page: what there is in the log, and what of it needs somebody's attention.
use leptos::prelude::*;

use crate::summary::nanos_of_moment;
use crate::view::home_datasets::DatasetsPanel;
use crate::view::home_jobs::JobsPanel;
use crate::view::home_wants::{AttentionPanel, WantsPanel};
use crate::view::state::App;
use crate::view::when::When;
use crate::words::counted;

/// The page.
#[component]
pub fn HomePage() -> impl IntoView {
    view! {
        <div class="home">
            <Facts />
            <div class="home-column"><AttentionPanel /><WantsPanel /></div>
            <div class="home-column"><DatasetsPanel /><JobsPanel /></div>
        </div>
    }
}

/// How much there is, and up to when.
#[component]
fn Facts() -> impl IntoView {
    let app = App::here();
    let counts = move || {
        app.ask(|asof| {
            let names = &asof.history.names;
            [
                counted(names.wants.len() as u64, "want", "wants"),
                counted(names.partitions.len() as u64, "partition", "partitions"),
                counted(names.runs.len() as u64, "job run", "job runs"),
                counted(names.labels.len() as u64, "job", "jobs"),
            ]
            .join(" · ")
        })
    };
    let until = move || {
        let nanos = app.ask(nanos_of_moment);
        let word = if app.route_with(|route| route.at.is_some()) { "As of " } else { "Until " };
        view! { <span>{word}<When nanos=nanos />" "{app.zone()}</span> }
    };
    view! {
        <div class="home-facts">
            <h1>"Overview"</h1>
            <span class="number">{counts}</span>
            {until}
        </div>
    }
}
