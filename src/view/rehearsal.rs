//! What will be asked, asked for practice. An engine compiles a function when it is first called, and anew, for speed, once it
//! is called much. It has done so before anybody waits.
use std::sync::Arc;

use js_sys::ArrayBuffer;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::facts::{Practice, practice};
use crate::route::{Page, Route};
use crate::summary::{Telling, datasets, density, jobs, stale_causes, wants};
use crate::view::el::el;
use crate::view::entity::PARTS;
use crate::view::pipeline::{self, Pipeline};
use crate::view::state::{App, Snapshot, Stage};
use crate::web::task::{sleep, yield_now};
use crate::web::{Loaded, Partial, unpack};

/// So long after a log is shown its page has painted what it shows first.
const SETTLED_MILLIS: i32 = 150;

/// Makes pages and pictures of each kind, in turns, for as long as nobody asks for a real one. Nothing of it is kept.
pub fn rehearse(app: App) {
    spawn_local(async move {
        sleep(SETTLED_MILLIS).await;
        if let Some(snapshot) = untrack(|| app.snapshot()) {
            let _ = perform(app, &snapshot).await;
        }
    });
}

/// None where somebody has asked for something in the meantime.
async fn perform(app: App, snapshot: &Arc<Snapshot>) -> Option<()> {
    let Practice { views, hub } = practice(&snapshot.log.history);
    make_pages(app, snapshot, views).await?;
    if let Some((route, n_times)) = hub {
        for _ in 0..n_times {
            turn(app, snapshot).await?;
            pipeline::rehearse(snapshot.clone(), &route);
        }
    }
    Some(())
}

/// Makes the parts of the first of the `views`, and has them follow to the others. The elements are on no page.
async fn make_pages(app: App, snapshot: &Arc<Snapshot>, views: Vec<Route>) -> Option<()> {
    let mut views = views.into_iter();
    let Some(first) = views.next() else { return Some(()) };
    let owner = Owner::new();
    let (apart, pipeline) = owner.with(|| {
        let apart = app.apart(snapshot.clone(), first);
        provide_context(apart);
        (apart, Pipeline::new(apart))
    });
    let mut made = Vec::new();
    for part in PARTS {
        turn(app, snapshot).await?;
        made.push(owner.with(|| el("div").child(part(pipeline)).build()));
    }
    for view in views {
        turn(app, snapshot).await?;
        apart.set_route(view, Vec::new());
    }
    // What follows the last one does so before the next turn.
    turn(app, snapshot).await
}

/// Lets the browser paint and answer. None once somebody has asked for a page, another moment or another log.
async fn turn(app: App, snapshot: &Arc<Snapshot>) -> Option<()> {
    yield_now().await;
    is_at_rest(app, snapshot).then_some(())
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

/// Whether this is what the page shows, and no picture of it.
fn is_at_rest(app: App, snapshot: &Arc<Snapshot>) -> bool {
    untrack(|| {
        let is_shown = app.snapshot().is_some_and(|shown| Arc::ptr_eq(&shown, snapshot));
        is_shown && app.route_with(|route| matches!(route.page, Page::Home { .. }))
    })
}
