//! The jobs of the home page, each with its runs and failures.
use std::sync::Arc;

use leptos::prelude::*;

use crate::scene::Status;
use crate::summary::{Job, jobs};
use crate::view::home_datasets::search_for;
use crate::view::state::App;
use crate::view::status::{share, tally};
use crate::view::virtual_list::VirtualList;
use crate::words::counted;

/// All jobs; the one that ran last first.
#[component]
pub fn JobsPanel() -> impl IntoView {
    let app = App::here();
    let items = Memo::new(move |_| Arc::new(app.ask(jobs)));
    let said = move || {
        let (n, n_failed) = items
            .with(|items| (items.len() as u64, items.iter().map(|job| job.n_failed).sum::<u64>()));
        format!("{} · {} failed", counted(n, "job", "jobs"), counted(n_failed, "run", "runs"))
    };
    view! {
        <section class="card panel counted" aria-labelledby="jobs">
            <header>
                <h2 id="jobs">"Jobs"</h2>
                <span class="dim number">{said}</span>
            </header>
            <VirtualList label="Jobs, the last one to run first" items=items row=job_row />
        </section>
    }
}

fn job_row(job: Job) -> impl IntoView {
    let app = App::here();
    let name = app.ask(|asof| asof.history.names.labels.text(job.label).to_owned());
    let by_status: Vec<(Status, u64)> =
        job.by_status.iter().map(|&(status, n)| (status.into(), n)).collect();
    let href = {
        let name = name.clone();
        move || search_for(app, format!("kind:job-run job:{name}"))
    };
    view! {
        <a class="row row-counted" href=href>
            <strong class="cut" title=name.clone()>{name.clone()}</strong>
            <span class="end number dim">{counted(job.n_runs, "run", "runs")}</span>
            {tally(&by_status)}
            {share(&by_status)}
        </a>
    }
}
