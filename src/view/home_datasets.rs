//! The partitions of the home page, by dataset.
use std::sync::Arc;

use leptos::prelude::*;

use crate::route::{Page, Route};
use crate::scene::Status;
use crate::summary::{Dataset, datasets};
use crate::view::reference::Reference;
use crate::view::state::App;
use crate::view::status::{share, tally};
use crate::view::virtual_list::VirtualList;
use crate::words::counted;

/// All datasets, each with its partitions by status.
#[component]
pub fn DatasetsPanel() -> impl IntoView {
    let app = App::here();
    let items = Memo::new(move |_| Arc::new(app.ask(datasets)));
    let said = move || {
        let (n, n_partitions) = items.with(|items| {
            (items.len() as u64, items.iter().map(|dataset| dataset.n_partitions).sum())
        });
        let partitions = counted(n_partitions, "partition", "partitions");
        format!("{partitions} in {}", counted(n, "dataset", "datasets"))
    };
    view! {
        <section class="card panel counted" aria-labelledby="datasets">
            <header>
                <h2 id="datasets">"Partitions"</h2>
                <span class="dim number">{said}</span>
            </header>
            <VirtualList label="Partitions by dataset" items=items row=dataset_row />
        </section>
    }
}

fn dataset_row(dataset: Dataset) -> impl IntoView {
    let app = App::here();
    let by_status: Vec<(Status, u64)> =
        dataset.by_status.iter().map(|&(status, n)| (status.into(), n)).collect();
    let pattern = dataset.pattern.clone();
    let href = move || search_for(app, format!("kind:partition dataset:{pattern}"));
    view! {
        <a class="row row-counted" href=href>
            <strong><Reference text=dataset.pattern.clone() /></strong>
            <span class="end number dim">{counted(dataset.n_partitions, "partition", "partitions")}</span>
            {tally(&by_status)}
            {share(&by_status)}
        </a>
    }
}

/// The address of the home page with a search on it.
pub fn search_for(app: App, query: String) -> String {
    app.route_with(|route| Route::with_q(route.refocus(Page::HOME), query).to_string())
}
