//! What is said when another page has come, and when a picture has other nodes because a reader asked for them.
use std::sync::Arc;

use leptos::prelude::*;

use crate::facts::news_said;
use crate::route::{Page, Route};
use crate::view::app::focus_title;
use crate::view::pipeline::{Answer, Pipeline};
use crate::view::state::App;
use crate::view::toolbar::covered_aloud;
use crate::words::{Topic, as_one};

/// Says which page has come, and what that tells of itself; the first page of a log is told by the log.
pub fn follow_pages(app: App) {
    let page = Memo::new(move |_| app.route_with(|route| route.page.clone()));
    Effect::new(move |before: Option<Page>| {
        let page = page.get();
        if before.is_some_and(|before| before != page) {
            app.say_late(Topic::Page, move || {
                let title = focus_title(app).unwrap_or_else(|| "Overview".to_owned());
                let told = app.told_of_page().map(|told| format!(": {told}"));
                title + &told.unwrap_or_default()
            });
        }
        page
    });
}

/// Says how many nodes have come and gone since the reader was told last, where it was not another page or
/// another moment that did it.
pub fn follow_nodes(app: App, pipeline: Pipeline) {
    let asked = Memo::new(move |_| {
        app.route_with(|route| {
            let Route { page, at, up, down, open, pin, .. } = route.clone();
            ((page, at), (up, down, open, pin))
        })
    });
    let known = StoredValue::new(None::<Arc<Answer>>);
    Effect::new(move |before: Option<_>| {
        let (asked, answer) = (asked.get(), pipeline.answer.get());
        let answer = answer.and_then(Result::ok);
        match before {
            Some((place, reach)) if place == asked.0 && reach != asked.1 => {
                app.say_late(Topic::Amount, move || news(known, pipeline).unwrap_or_default());
            }
            Some((place, _)) if place == asked.0 => {}
            _ => known.set_value(answer),
        }
        asked
    });
}

/// None when the page is gone.
fn news(known: StoredValue<Option<Arc<Answer>>>, pipeline: Pipeline) -> Option<String> {
    let now = pipeline.answer.try_get()??.ok()?;
    let before = known.try_update_value(|known| known.replace(Arc::clone(&now)))??;
    Some(as_one([news_said(&before.cards, &now.cards), covered_aloud(&now)]))
}
