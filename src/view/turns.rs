//! The parts of a page that is too much for one frame. Each has its turn in a task of its own, between which
//! the browser paints and answers: when it is made, and whenever the moment has changed since.
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::history::AsOf;
use crate::view::el::{Child, live_all};
use crate::view::state::{App, Snapshot};
use crate::web::task::yield_now;

/// The moment that a part of the page shows: the page's own, once it has had its turn. None before its
/// first.
#[derive(Clone, Copy)]
pub struct Turn(RwSignal<Option<Arc<Snapshot>>>);

impl Turn {
    /// The log as of that moment. Tracked.
    pub fn snapshot(self) -> Option<Arc<Snapshot>> {
        self.0.get()
    }

    /// Asks it; the default before there is one. Tracked.
    pub fn ask<T: Default>(self, question: impl FnOnce(AsOf<'_>) -> T) -> T {
        self.0.with(|snapshot| snapshot.as_ref().map(|it| question(it.asof())).unwrap_or_default())
    }

    /// What `part` makes, from the first turn on.
    pub fn part<T: Into<Child>>(self, part: impl Fn() -> T + Send + 'static) -> Child {
        let is_made = Memo::new(move |_| self.0.with(Option::is_some));
        live_all(move || is_made.get().then(|| untrack(&part)))
    }

    /// Whether it shows what the page's moment is; none when the page is gone.
    fn is_at(self, snapshot: &Arc<Snapshot>) -> Option<bool> {
        self.0.try_with_untracked(|shown| {
            shown.as_ref().is_some_and(|shown| Arc::ptr_eq(shown, snapshot))
        })
    }
}

/// Turns that follow the page's moment, in their order; and whether some have yet to. While the moment keeps
/// changing they go round, so that the last is not left behind for good.
pub fn turns<const N: usize>() -> ([Turn; N], Signal<bool>) {
    let app = App::here();
    let turns = [(); N].map(|()| Turn(RwSignal::new(None)));
    let is_busy = RwSignal::new(false);
    Effect::new(move || {
        if app.snapshot().is_some() && !is_busy.get_untracked() {
            is_busy.set(true);
            spawn_local(async move {
                let _ = go_round(app, turns).await;
                let _ = is_busy.try_set(false);
            });
        }
    });
    (turns, is_busy.into())
}

/// Gives each its turn until all are at the page's moment. None when the page is gone before that.
async fn go_round<const N: usize>(app: App, turns: [Turn; N]) -> Option<()> {
    let mut n_settled = 0;
    for turn in turns.iter().cycle() {
        let snapshot = untrack(|| app.snapshot())?;
        if turn.is_at(&snapshot)? {
            n_settled += 1;
        } else {
            yield_now().await;
            turn.0.try_set(untrack(|| app.snapshot())).is_none().then_some(())?;
            n_settled = 1;
        }
        if n_settled >= N {
            break;
        }
    }
    Some(())
}
