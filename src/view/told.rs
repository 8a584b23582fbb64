//! A page of one answer: told as of the moment, or the word that the log has no such thing.
use std::sync::Arc;

use leptos::prelude::*;

use crate::route::Page;
use crate::view::el::{Child, El, Pieces, live, live_all};
use crate::view::entity::nothing;
use crate::view::state::{App, Snapshot};

/// The answer, which follows the route and the moment.
pub type Told<T> = Memo<Option<Arc<T>>>;

/// The page: what `tell` says of the route, drawn by `draw`; where it says nothing, what `missing`
/// calls the thing that the log has not.
pub fn told_page<T: Send + Sync + 'static>(
    tell: fn(Arc<Snapshot>, Page) -> Option<T>,
    draw: fn(Told<T>) -> El,
    missing: fn(&Page) -> String,
) -> Pieces {
    let app = App::here();
    let asked = Memo::new(move |_| app.route_with(|route| route.page.clone()));
    let told = Memo::new_with_compare(
        move |_| tell(app.snapshot()?, asked.get()).map(Arc::new),
        |_, _| true,
    );
    let is_there = Memo::new(move |_| told.with(Option::is_some));
    let unknown = move || {
        let sentence = format!("This log has no {}.", asked.with(missing));
        nothing(sentence, "Show everything in this log", Page::HOME)
    };
    Pieces::new([live(move || if is_there.get() { draw(told) } else { unknown() })])
}

/// A piece of the page.
pub fn piece<T: Send + Sync + 'static>(told: Told<T>, draw: fn(&T) -> El) -> Child {
    live_all(move || told.with(|told| told.as_deref().map(draw)))
}
