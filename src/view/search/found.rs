//! A search as it goes on: the first of it in the task of the key that asks for it, the rest in
//! slices, between which the page paints and answers. Another query, moment or log begins it anew;
//! a query that goes on where the last one ended looks only through what that one has found. Never
//! touches the document.
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::history::InstanceId;
use crate::search::{Hits, Progress, Query, Search};
use crate::view::state::{App, Snapshot};
use crate::web::task::{now_millis, yield_now};

/// How long one slice looks. With what it then shows, that is half a frame at 60 Hz.
const SLICE_MILLIS: u64 = 6;

/// Names between two looks at the clock: a fraction of a millisecond's.
const PART: usize = 2_048;

/// What is shown of a search under way is that old at most, and stands that long.
const SHOW_MILLIS: u64 = 100;

/// A search, and what is shown of it.
pub(in crate::view) struct Found {
    snapshot: Arc<Snapshot>,
    search: Search,
    /// How many names there are to find among, also where a wider search has left less to look at.
    n_names: u64,
    /// So many of each kind are listed.
    limit: usize,
    shown: Option<Shown>,
}

/// What a search had found at some time of the page's clock.
struct Shown {
    hits: Hits,
    progress: Progress,
    at_millis: u64,
}

/// Looks for what `query` says, and lists `limit` of each kind. None without one, and before there is a log.
pub(in crate::view) fn find(
    app: App,
    query: Signal<Option<Query>>,
    limit: Signal<usize>,
) -> Memo<Option<Found>> {
    let slice = RwSignal::new(0_u32);
    let found = Memo::new_owning(move |before: Option<Option<Found>>| {
        slice.track();
        let before = before.flatten();
        let (Some(snapshot), Some(query)) = (app.snapshot(), query.get()) else {
            return (None, before.is_some());
        };
        let mut found = Found::after(before, snapshot, query);
        found.look();
        let is_news = found.show(limit.get());
        (Some(found), is_news)
    });
    let is_going_on = StoredValue::new(false);
    Effect::new(move || {
        if is_under_way(found) && !is_going_on.get_value() {
            is_going_on.set_value(true);
            spawn_local(go_on(found, slice, is_going_on));
        }
    });
    found
}

/// One slice after the other until all is looked at, whatever is looked for by then.
async fn go_on(found: Memo<Option<Found>>, slice: RwSignal<u32>, is_going_on: StoredValue<bool>) {
    while untrack(|| is_under_way(found)) {
        yield_now().await;
        // The page may have gone on.
        let _ = slice.try_update(|n| *n = n.wrapping_add(1));
    }
    let _ = is_going_on.try_set_value(false);
}

/// Whether there is more to look at; not where the page has gone on.
fn is_under_way(found: Memo<Option<Found>>) -> bool {
    let is_under_way =
        |found: &Option<Found>| found.as_ref().is_some_and(|it| !it.search.progress().is_done());
    found.try_with(is_under_way).unwrap_or(false)
}

impl Found {
    /// The same search where it is still the one that is asked for.
    fn after(before: Option<Self>, snapshot: Arc<Snapshot>, query: Query) -> Self {
        if let Some(before) = before.filter(|it| Arc::ptr_eq(&it.snapshot, &snapshot)) {
            if *before.search.query() == query {
                return before;
            }
            if let Some(search) = before.search.narrowed(&query) {
                return Self { search, shown: None, ..before };
            }
        }
        let search = Search::new(snapshot.asof(), query);
        let n_names = search.progress().n_names;
        Self { snapshot, search, n_names, limit: 0, shown: None }
    }

    /// Looks at names for one slice.
    fn look(&mut self) {
        let Self { snapshot, search, .. } = self;
        let is_stale = |instance: InstanceId| snapshot.stale().is_stale(instance);
        let began = now_millis();
        while !search.step(snapshot.asof(), Some(&is_stale), PART).is_done()
            && now_millis().saturating_sub(began) < SLICE_MILLIS
        {}
    }

    /// Shows what was found, unless that was done a moment ago; whether anything is new.
    fn show(&mut self, limit: usize) -> bool {
        let (progress, at_millis) = (self.search.progress(), now_millis());
        let stands = self.shown.as_ref().is_some_and(|shown| {
            let age = at_millis.saturating_sub(shown.at_millis);
            shown.progress == progress || (!progress.is_done() && age < SHOW_MILLIS)
        });
        if stands && limit == self.limit {
            return false;
        }
        self.limit = limit;
        self.shown = Some(Shown { hits: self.search.hits(limit), progress, at_millis });
        true
    }

    /// What was looked for.
    pub(super) const fn query(&self) -> &Query {
        self.search.query()
    }

    /// What is shown.
    pub(in crate::view) fn hits(&self) -> Option<&Hits> {
        self.shown.as_ref().map(|shown| &shown.hits)
    }

    /// How far it had come when that was found; none once it had come to the end.
    pub(super) fn under_way(&self) -> Option<Progress> {
        self.shown.as_ref().map(|shown| shown.progress).filter(|progress| !progress.is_done())
    }

    /// How many names there are to find among.
    pub(super) const fn n_names(&self) -> u64 {
        self.n_names
    }
}
