//! The partitions of the home page, by dataset.
use std::sync::Arc;

use leptos::prelude::untrack;

use crate::facts::Empty;
use crate::route::Page;
use crate::scene::Status;
use crate::summary::{Dataset, datasets};
use crate::view::el::{El, el};
use crate::view::home::{Heading, Listed, panel, panel_list_or};
use crate::view::reference::reference;
use crate::view::state::App;
use crate::view::status::{share, tally, with_stale};
use crate::view::turns::Turn;
use crate::view::virtual_list::Rows;
use crate::words::{Vocabulary, counted};

/// All datasets, each with its partitions by status.
pub fn datasets_panel(turn: Turn) -> El {
    // In another language the page is made anew.
    let words = untrack(|| App::here().words());
    let listed = Listed::memo(move || {
        let items = turn.snapshot().map(|snapshot| {
            // A dataset is not green over what is stale in it.
            snapshot.stale();
            datasets(snapshot.asof())
        });
        let items = items.unwrap_or_default();
        let n_partitions = items.iter().map(|dataset| dataset.n_partitions).sum();
        let partitions = counted(n_partitions, words.partition, words.partitions);
        let said =
            format!("{partitions} in {}", counted(items.len() as u64, "dataset", "datasets"));
        Listed { said, rows: Rows::new(Arc::new(items), dataset_row) }
    });
    let title = Vocabulary::heading(words.partitions);
    let heading = Heading { id: "datasets", title, word: Some(words.partition) };
    panel("card panel counted", heading, listed).child(panel_list_or(
        "Partitions by dataset",
        listed,
        Empty::NoData,
    ))
}

fn dataset_row(dataset: &Dataset) -> El {
    let Dataset { pattern, n_partitions, by_status, n_stale } = dataset;
    let by_status = with_stale(by_status, *n_stale);
    let name = el("strong").child(reference(pattern.clone()));
    let words = App::here().words();
    let n = counted(*n_partitions, words.partition, words.partitions);
    counted_row(name, n, &by_status, Page::Dataset(pattern.clone()))
}

/// A row that leads to a page: a name, how many there are of it, and these by status.
pub fn counted_row(name: El, n: String, by_status: &[(Status, u64)], page: Page) -> El {
    let app = App::here();
    el("a")
        .class("row row-counted")
        .live("href", move || Some(app.href(page.clone())))
        .child(name)
        .child(el("span").class("end number dim").child(n))
        .child(tally(by_status))
        .child(share(by_status))
}
