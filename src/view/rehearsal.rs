//! What will be asked, asked for practice. An engine compiles a function when it is first called, and anew, for speed, once it
//! is called much. It has done so before anybody waits.
use std::sync::Arc;

use js_sys::ArrayBuffer;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::facts::practice;
use crate::route::Page;
use crate::summary::{Telling, datasets, density, jobs, stale_causes, wants};
use crate::view::pipeline;
use crate::view::state::{App, Snapshot, Stage};
use crate::web::task::{sleep, yield_now};
use crate::web::{Loaded, Partial, unpack};

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

/// So often that is done which each log needs once: what is called a single time, over a million rows, stays in the slower code.
const OFTEN: usize = 20;

/// Takes over the log of nobody in `slices` and asks what the first page of one asks, until a log is on its way.
pub fn practice_on(app: App, slices: Vec<ArrayBuffer>) {
    spawn_local(async move {
        for _ in 0..OFTEN {
            let Some(snapshot) = take_over(app, &slices).await else { return };
            look_at_home(&snapshot);
        }
    });
}

async fn take_over(app: App, slices: &[ArrayBuffer]) -> Option<Arc<Snapshot>> {
    let (history, anomalies, notices) = unpack(slices).await.ok()?;
    let (inputs, partial) = (Vec::new(), Partial::default());
    let log = Loaded { history, anomalies, notices, inputs, partial, n_bytes_kept: 0 };
    yield_now().await;
    let is_awaited = untrack(|| app.stage() == Stage::Start);
    is_awaited.then(|| Arc::new(Snapshot::new(Arc::new(log), None, None)))
}

/// What the first page asks.
fn look_at_home(snapshot: &Snapshot) {
    let stale = snapshot.stale();
    let asof = snapshot.asof();
    let mut telling = Telling::new(asof, &density(&asof.history.log));
    while telling.step(asof, usize::MAX) {}
    drop((telling.told(), wants(asof), stale_causes(asof, stale), datasets(asof), jobs(asof)));
}

/// Whether the page of this log shows no picture.
fn is_at_rest(app: App, snapshot: &Arc<Snapshot>) -> bool {
    untrack(|| {
        let is_shown = app.log().is_some_and(|log| Arc::ptr_eq(&log, &snapshot.log));
        is_shown && app.route_with(|route| matches!(route.page, Page::Home { .. }))
    })
}
