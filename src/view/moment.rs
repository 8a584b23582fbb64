//! The bar that says as of which event everything is told, and moves that moment. Small: one event
//! at a time, or the one whose id is typed.
use leptos::ev::{self, KeyboardEvent, SubmitEvent};
use leptos::html::Input;
use leptos::prelude::*;

use crate::facts::{asked_event, event_after, event_before};
use crate::view::state::{App, Snapshot};
use crate::web::dom;
use crate::words::{count, exact, zone};

const FIELD: &str = "as-of";

/// The moment, and the events beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Here {
    /// None where the event has none.
    id: Option<u64>,
    nanos: u64,
    before: Option<u64>,
    after: Option<u64>,
    is_end: bool,
}

impl Here {
    fn of(snapshot: &Snapshot) -> Option<Self> {
        let log = &snapshot.history().log;
        let at = snapshot.moment.at?;
        Some(Self {
            id: log.event_id(at),
            nanos: log.nanos(at),
            before: event_before(log, at),
            after: event_after(log, at),
            is_end: snapshot.at.is_none(),
        })
    }
}

/// The bar.
#[component]
pub fn MomentBar() -> impl IntoView {
    let app = App::here();
    let here = Memo::new(move |_| app.snapshot().and_then(|snapshot| Here::of(&snapshot)));
    let is_end = Memo::new(move |_| here.get().is_none_or(|here| here.is_end));
    let leave = move |_| app.update_route(|route| route.with_at(None));
    let after = move || here.get()?.after.filter(|_| !is_end.get());
    let time = move || {
        let Here { nanos, .. } = here.get()?;
        let offset = app.offset(nanos);
        Some(format!("{} {}", exact(nanos, offset, 0), zone(offset)))
    };
    let whole_time = move || here.get().map(|here| app.exact_time(here.nanos));
    view! {
        <section class="moment" class:is-past=move || !is_end.get() aria-label="As of">
            <Field here=here is_end=is_end />
            <time class="number" title=whole_time>{time}</time>
            <span class="moment-steps">
                <Step words="◂ prev" title="One event back" to=move || here.get()?.before />
                <Step words="next ▸" title="One event on" to=after />
                <Show when=move || !is_end.get()>
                    <button type="button" class="link-button" on:click=leave>"Back to end of log"</button>
                </Show>
            </span>
        </section>
    }
}

/// Goes to another event; off where there is none.
#[component]
fn Step(
    words: &'static str,
    title: &'static str,
    to: impl Fn() -> Option<u64> + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let app = App::here();
    let step = move |_| {
        if let Some(to) = untrack(to) {
            app.update_route(|route| route.with_at(Some(to)));
        }
    };
    view! {
        <button
            type="button" class="link-button" title=title
            disabled=move || to().is_none() on:click=step
        >
            {words}
        </button>
    }
}

/// The id of the event; `t` goes here.
#[component]
fn Field(here: Memo<Option<Here>>, is_end: Memo<bool>) -> impl IntoView {
    let app = App::here();
    let field = NodeRef::<Input>::new();
    let is_wrong = RwSignal::new(false);
    let words = move || if is_end.get() { "End of log, event" } else { "As of event" };
    let id = move || here.get().and_then(|here| here.id).map_or_else(String::new, count);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let typed = field.get_untracked().and_then(|field| asked_event(&field.value()));
        is_wrong.set(typed.is_none());
        if typed.is_some() {
            app.update_route(|route| route.with_at(typed));
        }
    };
    let key = window_event_listener(ev::keydown, move |event: KeyboardEvent| {
        let is_command = event.ctrl_key() || event.meta_key() || event.alt_key();
        if event.key() != "t" || is_command || dom::is_typing() || event.default_prevented() {
            return;
        }
        event.prevent_default();
        dom::focus(FIELD);
        if let Some(field) = field.get_untracked() {
            field.select();
        }
    });
    on_cleanup(move || key.remove());
    view! {
        <form class="moment-form" on:submit=submit>
            <label for=FIELD>{words}</label>
            <input
                id=FIELD class="field" node_ref=field inputmode="numeric" autocomplete="off" size="11"
                title="Type an event's id and press Enter (t)" prop:value=id
                aria-invalid=move || is_wrong.get().to_string()
                on:input=move |_| is_wrong.set(false)
            />
            <Show when=move || is_wrong.get()>
                <span class="late" role="alert">"not an event id"</span>
            </Show>
        </form>
    }
}
