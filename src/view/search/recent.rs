//! What was visited lately: what an empty search offers. Kept in memory alone, for one log.
use std::sync::Arc;

use leptos::prelude::*;

use crate::history::History;
use crate::route::Page;
use crate::search::Item;
use crate::view::state::App;
use crate::web::Loaded;

/// So many are remembered.
const MAX_RECENT: usize = 8;

/// What was visited in one log.
pub(super) struct Recent {
    log: Option<Arc<Loaded>>,
    /// What is visited now.
    now: Option<Item>,
    /// What was before, each thing once, newest first; what is visited now is none of it.
    before: Vec<Item>,
}

impl Recent {
    /// What was visited before what is visited now, newest first.
    pub(super) fn items(&self) -> &[Item] {
        &self.before
    }

    fn after(self, now: Option<Item>) -> Self {
        let items = self.now.into_iter().chain(self.before);
        let before = items.filter(|&item| now != Some(item)).take(MAX_RECENT).collect();
        Self { now, before, ..self }
    }
}

/// Follows the address.
pub(super) fn recent(app: App) -> Memo<Recent> {
    let recent = Memo::new_owning(move |before: Option<Recent>| {
        let log = app.log();
        let now =
            log.as_ref().and_then(|log| app.route_with(|route| item_of(&log.history, &route.page)));
        let is_same =
            |before: &Recent| before.log.as_ref().map(Arc::as_ptr) == log.as_ref().map(Arc::as_ptr);
        match before.filter(is_same) {
            Some(before) => {
                let is_news = before.now != now;
                (before.after(now), is_news)
            }
            None => (Recent { log, now, before: Vec::new() }, true),
        }
    });
    // Each visit counts, also while nobody looks.
    Effect::new(move || recent.with(|_| ()));
    recent
}

/// The thing that a page is about, if the log has it.
fn item_of(history: &History, page: &Page) -> Option<Item> {
    let names = &history.names;
    match page {
        Page::Want(id) => names.wants.find(id).map(Item::Want),
        Page::Partition { partition, .. }
        | Page::Impact { partition, .. }
        | Page::Diff { partition, .. } => names.partitions.find(partition).map(Item::Partition),
        Page::JobRun(id) => names.runs.find(id).map(Item::Run),
        Page::Job(label) => names.labels.find(label).map(Item::Job),
        Page::Home { .. } | Page::Path { .. } | Page::Dataset(_) | Page::Notices => None,
    }
}
