//! The page: header, whatever the state calls for below it, and the dialogs. Here the state meets
//! the document: attributes of `<html>`, the title, drops and pastes.

use leptos::ev::{self, DragEvent};
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::Event;

use crate::commands::{DISMISS, OPEN_LOG};
use crate::route::Page;
use crate::view::announcer::announcer;
use crate::view::doing::COMMAND;
use crate::view::drop::{Dropped, dropped, has_files, pasted};
use crate::view::el::{Child, El, Pieces, button, el, live, live_all};
use crate::view::failed::failed_page;
use crate::view::faults::{fault_banner, fault_words};
use crate::view::header::{header, name_of};
use crate::view::help::{help, modal};
use crate::view::loading::{heading, loading_page};
use crate::view::partial::{partial_banner, partial_words};
use crate::view::rest;
use crate::view::start::{open_dialog, start_page};
use crate::view::state::{App as State, Dialog, Load, Stage};
use crate::web::{Phase, arrival, dom, expect_choice, folder, handles, hash};
use crate::words::{Topic, as_one, counted, shown};

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    let app = State::at_start();
    provide_context(app);
    tell_document(app);
    hash::listen(move || app.read_address());
    let is_dragging = listen_to_drops(app);
    dom::remove("boot");
    arrival::send_for();
    app.share_practice();
    app.open_given();
    listen_once_whole(app);
    announce(app);
    let veil = || el("div").class("drop-veil").child("Drop to open");
    let main = el("main").attr("id", "main").attr("tabindex", "-1").child(content());
    let page = el("div")
        .class("app")
        .child(skip_link())
        .child(header())
        .child(live_all(failure_banner))
        .child(live_all(partial_banner))
        .child(live_all(fault_banner))
        .child(main)
        .child(foot())
        .child(announcer(app));
    Pieces::new([
        Child::from(page),
        live_all(move || is_dragging.get().then(veil)),
        help().into(),
        open_dialog().into(),
        modal(Dialog::Save, "Save the page with its log", false, rest::save_choices).into(),
        // The last: it takes the place of any other, which has given the keyboard back by then.
        modal(Dialog::Palette, "Commands", false, rest::palette).into(),
    ])
}

/// Keys, and pages around this one, are heard once there is all that it takes.
fn listen_once_whole(app: State) {
    spawn_local(async move {
        // A part that does not come is said by the log that needs it.
        if arrival::arrived().await.is_ok() {
            app.has_rest.set(true);
            rest::listen_to_messages(app);
            rest::listen_to_keys(app);
        }
    });
}

/// The hash is the route's: the link moves the keyboard and nothing else.
fn skip_link() -> El {
    let skip = |event: Event| {
        event.prevent_default();
        dom::focus("main");
    };
    el("a")
        .class("button skip-link")
        .attr("href", "#main")
        .on("click", skip)
        .child("Skip to content")
}

/// What the state calls for. A log that is shown stays while another one is on its way.
fn content() -> Child {
    let app = State::here();
    let stage = Memo::new(move |_| match app.stage() {
        Stage::Loading if app.log().is_some() => Stage::Ready,
        stage => stage,
    });
    live(move || {
        let stage = stage.get();
        // Where the keyboard is in what is about to go, it waits in what comes.
        dom::keep_focus_in("main");
        match stage {
            Stage::Start => Child::from(start_page()),
            Stage::Asking => rest::asking_page().into(),
            Stage::Loading => loading_page().into(),
            Stage::Failed => failed_page().into(),
            Stage::Ready => rest::ready_page(),
        }
    })
}

/// The tour and the moment, under every page of a log.
fn foot() -> Child {
    let app = State::here();
    let has_log = Memo::new(move |_| app.log().is_some());
    live_all(move || has_log.get().then(rest::foot))
}

/// Why the next log could not be opened, over the one that still is.
fn failure_banner() -> Option<El> {
    let app = State::here();
    let error = match app.load() {
        Load::Failed(error) if app.log().is_some() => error,
        _ => return None,
    };
    let open = button("button").attr(COMMAND, OPEN_LOG.does);
    let dismiss = button("button").attr(COMMAND, DISMISS.does);
    let banner = el("div")
        .class("banner")
        .child(el("span").child(format!("{} {}", error.sentence(), error.next_step())))
        .child(open.press(move || app.open_dialog(Dialog::Open)).child("Open another"))
        .child(dismiss.press(move || app.dismiss()).child("Dismiss"));
    Some(banner)
}

/// Follows the state in what is outside of the page's own markup.
fn tell_document(app: State) {
    Effect::new(move || dom::set_root_attribute("data-state", Some(app.stage().word())));
    Effect::new(move || app.prefs().apply());
    Effect::new(move || dom::set_title(&shown(&title(app))));
}

fn title(app: State) -> String {
    let log = app.log();
    let name = log.as_ref().and_then(|log| log.inputs.first().map(|input| input.name.clone()));
    let focus = focus_title(app).filter(|_| log.is_some());
    let parts = [focus, name, Some("Lineage".to_owned())];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// What the page that the route names is about; none for the first one. Tracked.
pub fn focus_title(app: State) -> Option<String> {
    let has_log = app.log().is_some();
    app.route_with(|route| match &route.page {
        Page::Home { .. } => None,
        Page::Notices => Some("Notices".to_owned()),
        Page::Want(id) => has_log.then(|| rest::want_words(app, id)),
        Page::Partition { partition, .. } => Some(partition.clone()),
        Page::JobRun(id) => Some(format!("Job run {id}")),
        Page::Impact { partition, .. } => Some(format!("Impact of {partition}")),
        Page::Diff { partition, .. } => Some(format!("Versions of {partition}")),
        Page::Path { from: Some(from), to: Some(to), .. } => {
            Some(format!("Paths from {from} to {to}"))
        }
        Page::Path { .. } => Some("Paths".to_owned()),
        Page::Job(label) => Some(format!("Job {label}")),
        Page::Dataset(pattern) => Some(format!("Dataset {pattern}")),
    })
}

/// Tells who sees nothing how it is with the log, and what of it or of the address could not be used.
fn announce(app: State) {
    let said = Memo::new(move |_| log_said(app));
    Effect::new(move || app.say(Topic::Log, said.get()));
    let trouble =
        Memo::new(move |_| as_one([partial_words(app), fault_words(app)].into_iter().flatten()));
    Effect::new(move |before: Option<()>| {
        let trouble = trouble.get();
        if before.is_some() || !trouble.is_empty() {
            app.say(Topic::Trouble, trouble);
        }
    });
    Effect::new(move || {
        if let Load::Failed(error) = app.load() {
            app.warn(format!("{} {}", error.sentence(), error.next_step()));
        }
    });
}

/// How it is with the log; nothing before there is one to speak of.
fn log_said(app: State) -> String {
    match app.stage() {
        Stage::Start | Stage::Failed => String::new(),
        Stage::Asking => "A question before a log is opened".to_owned(),
        Stage::Loading => loading_words(app),
        // One that grows says so itself.
        Stage::Ready => untrack(|| loaded_words(app)),
    }
}

/// `gamma.ndjson: loaded, 57 events`.
fn loaded_words(app: State) -> String {
    let Some(log) = app.log() else { return String::new() };
    let n_events = counted(log.history.log.len() as u64, "event", "events");
    format!("{}: loaded, {n_events}", name_of(&log))
}

/// Which log, and each quarter of it: no more often, so that it can be heard out.
fn loading_words(app: State) -> String {
    let Load::Busy(progress) = app.load() else { return "Loading the log".to_owned() };
    let share = progress.share().filter(|_| progress.phase == Phase::Reading);
    let quarters = [(0.75, 75), (0.5, 50), (0.25, 25)];
    let reached = quarters.into_iter().find(|(of, _)| share.is_some_and(|share| share >= *of));
    let percent = reached.map_or_else(String::new, |(_, percent)| format!(", {percent} percent"));
    format!("{}{percent}", heading(&progress))
}

/// Files may be dropped, and text pasted, anywhere. Whether something is over the page.
fn listen_to_drops(app: State) -> RwSignal<bool> {
    let is_dragging = RwSignal::new(false);
    let over = move |event: DragEvent| {
        if has_files(&event) {
            expect_choice();
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
        if let Some(dropped) = dropped(&event) {
            event.prevent_default();
            open_dropped(app, dropped);
        }
    };
    let _ = window_event_listener(ev::drop, drop);
    let paste = move |event| {
        // What lies under a dialog is out of reach, but where that is about opening a log.
        let is_heard = matches!(app.dialog.get_untracked(), None | Some(Dialog::Open));
        if let Some(origins) = pasted(&event).filter(|_| is_heard && !dom::is_typing()) {
            app.open_other(origins);
        }
    };
    let _ = window_event_listener(ev::paste, paste);
    is_dragging
}

fn open_dropped(app: State, dropped: Dropped) {
    match dropped {
        Dropped::Files(origins) => app.open_other(origins),
        Dropped::Folders(entries) => {
            spawn_local(async move { app.open_other(folder::files_of(entries).await) });
        }
        Dropped::Handle(files, handle) => spawn_local(async move {
            let file = handles::origin_behind(handle).await;
            app.open_other(file.map_or(files, |file| vec![file]));
        }),
    }
}
