//! Refs that are offered while one is typed. They are searched for in slices, as whatever is searched
//! for is, so that a key is answered at once however many there are.
use leptos::prelude::*;

use crate::search::{Hits, Kind, Query, Rank};
use crate::view::el::{El, el, live_all};
use crate::view::search::find;
use crate::view::state::App;

/// So many at most.
const MOST: usize = 50;

/// The list for a field that names `id` as its own: the first refs that have what was typed in one piece,
/// which is what a browser shows of them; none before something is.
pub fn offered(app: App, typed: RwSignal<String>, id: &'static str) -> El {
    let query = move || {
        let text = typed.with(|typed| typed.trim().to_owned());
        let words = vec![text.clone()];
        let query = Query { text, words, kind: Some(Kind::Partition), ..Query::default() };
        Some(query).filter(|query| !query.text.is_empty())
    };
    let found = find(app, Signal::derive(query), Signal::derive(|| MOST));
    let options = move || {
        let items = found.with(|found| {
            let hits = found.as_ref().and_then(|found| found.hits());
            let whole = hits.into_iter().flat_map(Hits::listed);
            let whole = whole.filter(|hit| hit.rank < Rank::Fuzzy);
            whole.map(|hit| hit.item).collect::<Vec<_>>()
        });
        let name = |asof: crate::history::AsOf<'_>| {
            items.iter().map(|it| it.name(asof.history).to_owned()).collect::<Vec<_>>()
        };
        let names = app.ask(name).into_iter();
        names.map(|name| el("option").attr("value", name)).collect::<Vec<_>>()
    };
    el("datalist").attr("id", id).child(live_all(options))
}
