//! What the first click will ask, asked for practice. An engine compiles a function when it is first called, and for
//! the greatest of them that takes longer than what they do: it is over before anybody waits for it.
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::facts::practice;
use crate::route::Page;
use crate::view::pipeline;
use crate::view::state::{App, Snapshot};
use crate::web::task::{sleep, yield_now};

/// So long after a log is shown its page has painted what it shows first.
const SETTLED_MILLIS: i32 = 150;

/// Asks for pictures of each kind, in turns, for as long as nobody asks for a real one. Nothing of it is kept.
pub fn rehearse(app: App) {
    spawn_local(async move {
        sleep(SETTLED_MILLIS).await;
        let Some(snapshot) = untrack(|| app.snapshot()) else { return };
        for route in practice(&snapshot.log.history) {
            yield_now().await;
            if !is_at_rest(app, &snapshot) {
                return;
            }
            pipeline::rehearse(snapshot.clone(), &route);
        }
    });
}

/// Whether the page of this log shows no picture.
fn is_at_rest(app: App, snapshot: &Arc<Snapshot>) -> bool {
    untrack(|| {
        let is_shown = app.log().is_some_and(|log| Arc::ptr_eq(&log, &snapshot.log));
        is_shown && app.route_with(|route| matches!(route.page, Page::Home { .. }))
    })
}
