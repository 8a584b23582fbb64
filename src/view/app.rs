//! The page: header, whatever the state calls for below it, and the dialogs. Here the state meets
//! the document: attributes of `<html>`, the title, keys, drops and pastes.
use std::sync::Arc;

use leptos::ev::{self, DragEvent, KeyboardEvent};
use leptos::prelude::*;

use crate::route::Page;
use crate::view::drop::{dropped, has_files, pasted};
use crate::view::entity::EntityPage;
use crate::view::failed::FailedPage;
use crate::view::header::Header;
use crate::view::help::Help;
use crate::view::home::HomePage;
use crate::view::loading::LoadingPage;
use crate::view::notices::NoticesPage;
use crate::view::start::{OpenDialog, StartPage};
use crate::view::state::{App as State, Dialog, Load, Stage};
use crate::web::{dom, hash};

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    let app = State::at_start();
    provide_context(app);
    tell_document(app);
    hash::listen(move || app.read_address());
    let is_dragging = listen_to_drops(app);
    listen_to_keys(app);
    dom::remove("boot");
    app.open_given();
    view! {
        <div class="app">
            <a class="button skip-link" href="#main" on:click=skip>"Skip to content"</a>
            <Header />
            <FailureBanner />
            <main id="main" tabindex="-1">
                <Content />
            </main>
            <p class="only-read" role="status">{move || said(app)}</p>
        </div>
        <Show when=move || is_dragging.get()>
            <div class="drop-veil">"Drop to open"</div>
        </Show>
        <Help />
        <OpenDialog />
    }
}

/// What the state calls for. A log that is shown stays while another one is on its way.
#[component]
fn Content() -> impl IntoView {
    let app = State::here();
    let stage = Memo::new(move |_| match app.stage() {
        Stage::Loading if app.log().is_some() => Stage::Ready,
        stage => stage,
    });
    move || match stage.get() {
        Stage::Start => view! { <StartPage /> }.into_any(),
        Stage::Loading => view! { <LoadingPage /> }.into_any(),
        Stage::Failed => view! { <FailedPage /> }.into_any(),
        Stage::Ready => view! { <ReadyPage /> }.into_any(),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Home,
    Notices,
    Entity,
}

#[component]
fn ReadyPage() -> impl IntoView {
    let app = State::here();
    let kind = Memo::new(move |_| {
        app.route_with(|route| match route.page {
            Page::Home { .. } => Kind::Home,
            Page::Notices => Kind::Notices,
            _ => Kind::Entity,
        })
    });
    // Ids mean nothing in another log: a new one makes the page anew.
    let log = Memo::new(move |_| app.log().map(|log| Arc::as_ptr(&log).addr()));
    move || match (kind.get(), log.get()).0 {
        Kind::Home => view! { <HomePage /> }.into_any(),
        Kind::Notices => view! { <NoticesPage /> }.into_any(),
        Kind::Entity => view! { <EntityPage /> }.into_any(),
    }
}

/// Why the next log could not be opened, over the one that still is.
#[component]
fn FailureBanner() -> impl IntoView {
    let app = State::here();
    let failure = move || match app.load() {
        Load::Failed(error) if app.log().is_some() => Some(error),
        _ => None,
    };
    move || {
        failure().map(|error| {
            view! {
                <div class="banner" role="alert">
                    <span>{error.sentence()}" "{error.next_step()}</span>
                    <button class="button" on:click=move |_| app.open_dialog(Dialog::Open)>"Open another"</button>
                    <button class="button" on:click=move |_| app.dismiss()>"Dismiss"</button>
                </div>
            }
        })
    }
}

/// Follows the state in what is outside of the page's own markup.
fn tell_document(app: State) {
    Effect::new(move || dom::set_root_attribute("data-state", Some(app.stage().word())));
    Effect::new(move || app.prefs().apply());
    Effect::new(move || dom::set_title(&title(app)));
}

fn title(app: State) -> String {
    let focus = app.route_with(|route| match &route.page {
        Page::Home { .. } => None,
        Page::Notices => Some("Notices".to_owned()),
        Page::Want(id) => Some(format!("Want {id}")),
        Page::Partition { partition, .. } => Some(partition.clone()),
        Page::JobRun(id) => Some(format!("Job run {id}")),
        Page::Impact { partition, .. } => Some(format!("Impact of {partition}")),
        Page::Diff { partition, .. } => Some(format!("Versions of {partition}")),
        Page::Path { .. } => Some("Paths".to_owned()),
    });
    let log = app.log().and_then(|log| log.inputs.first().map(|input| input.name.clone()));
    let parts = [focus.filter(|_| log.is_some()), log, Some("Lineage".to_owned())];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// What a reader who sees nothing is told when the page changes.
fn said(app: State) -> String {
    match app.stage() {
        Stage::Start => String::new(),
        Stage::Loading => "Loading the log".to_owned(),
        Stage::Failed => match app.load() {
            Load::Failed(error) => error.sentence(),
            _ => String::new(),
        },
        Stage::Ready => format!("{}: loaded", title(app)),
    }
}

/// The hash is the route's: the link moves the keyboard and nothing else.
fn skip(event: ev::MouseEvent) {
    event.prevent_default();
    dom::focus("main");
}

/// Files may be dropped, and text pasted, anywhere. Whether something is over the page.
fn listen_to_drops(app: State) -> RwSignal<bool> {
    let is_dragging = RwSignal::new(false);
    let over = move |event: DragEvent| {
        if has_files(&event) {
            event.prevent_default();
            is_dragging.set(true);
        }
    };
    let _ = window_event_listener(ev::dragover, over);
    let left = move |event: DragEvent| {
        if event.related_target().is_none() {
            is_dragging.set(false);
        }
    };
    let _ = window_event_listener(ev::dragleave, left);
    let drop = move |event: DragEvent| {
        is_dragging.set(false);
        if let Some(origins) = dropped(&event) {
            event.prevent_default();
            app.open_other(origins);
        }
    };
    let _ = window_event_listener(ev::drop, drop);
    let paste = move |event| {
        if let Some(origins) = pasted(&event).filter(|_| !dom::is_typing()) {
            app.open_other(origins);
        }
    };
    let _ = window_event_listener(ev::paste, paste);
    is_dragging
}

/// The keys of the shell; those of a picture are the picture's.
fn listen_to_keys(app: State) {
    let pressed = move |event: KeyboardEvent| {
        let is_command = event.ctrl_key() || event.alt_key() || event.meta_key();
        if is_command || dom::is_typing() || event.default_prevented() {
            return;
        }
        match event.key().as_str() {
            "/" if app.log().is_some() => dom::focus("search"),
            "?" => app.open_dialog(Dialog::Help),
            _ => return,
        }
        event.prevent_default();
    };
    let _ = window_event_listener(ev::keydown, pressed);
}
