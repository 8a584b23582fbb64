//! From keys to commands, and from commands to whoever does them. Here, and nowhere else, it is read which
//! key was pressed.
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

use crate::commands::{Command, Entry, Place, command_of, entry_of};
use crate::view::el::{El, Handle};
use crate::view::loading::can_stop;
use crate::view::state::{App, Dialog, Load};
use crate::web::dom;
use crate::web::prefs::Prefs;

/// On a button: the words of the command that does the same.
pub const COMMAND: &str = "data-command";

type Can = Arc<dyn Fn(Command) -> bool + Send + Sync>;
type Act = Arc<dyn Fn(Command) + Send + Sync>;

/// Whoever does commands of a place, for as long as it is on the page.
#[derive(Clone)]
pub struct Doer {
    id: u64,
    place: Place,
    can: Can,
    act: Act,
}

static N_DOERS: AtomicU64 = AtomicU64::new(0);

/// What a press asks for in a place; letters in a field ask for nothing.
pub fn asked(event: &KeyboardEvent, place: Place) -> Option<Command> {
    let control = event.ctrl_key() || event.meta_key();
    if event.alt_key() || event.default_prevented() {
        return None;
    }
    let is_wide = matches!(place, Place::Everywhere | Place::Log | Place::Page | Place::Lineage);
    if is_wide && !control && dom::is_typing() {
        return None;
    }
    command_of(place, &event.key(), event.shift_key(), control)
}

/// Does those commands of a place that it `can` do at the time, until the owner goes.
pub fn does(
    app: App,
    place: Place,
    can: impl Fn(Command) -> bool + Send + Sync + 'static,
    act: impl Fn(Command) + Send + Sync + 'static,
) {
    let id = N_DOERS.fetch_add(1, Ordering::Relaxed);
    let doer = Doer { id, place, can: Arc::new(can), act: Arc::new(act) };
    app.doers.update_value(|doers| doers.push(doer));
    on_cleanup(move || {
        // The page may be gone with its state.
        let _ = app.doers.try_update_value(|doers| doers.retain(|doer| doer.id != id));
    });
}

/// A button or a link, and the command that presses it for as long as it is there and can be pressed.
pub fn by_command(button: El, command: Command) -> El {
    let Some(entry) = entry_of(command) else { return button };
    let handle = Handle::new_local(None);
    let pressable = move || {
        let button = handle.try_get_untracked().flatten()?.dyn_into::<HtmlElement>().ok()?;
        (!button.has_attribute("disabled")).then_some(button)
    };
    let can = move |asked| asked == command && pressable().is_some();
    does(App::here(), entry.place, can, move |_| {
        if let Some(button) = pressable() {
            button.click();
        }
    });
    bears(button, command).kept_in(handle)
}

/// A button that does what a command of its place does.
pub fn bears(button: El, command: Command) -> El {
    button.maybe(COMMAND, entry_of(command).map(|entry| entry.does))
}

/// Whether a command can be done now.
pub fn is_offered(app: App, entry: &Entry) -> bool {
    doer_of(app, entry.place, entry.command).is_some()
}

/// Has a command done; says whether anybody did it.
pub fn run(app: App, place: Place, command: Command) -> bool {
    let act = doer_of(app, place, command);
    if let Some(act) = &act {
        act(command);
    }
    act.is_some()
}

/// Who came last is asked first.
fn doer_of(app: App, place: Place, command: Command) -> Option<Act> {
    let all: Vec<Doer> = app.doers.with_value(|doers| {
        doers.iter().rev().filter(|doer| doer.place == place).cloned().collect()
    });
    all.into_iter().find(|doer| untrack(|| (doer.can)(command))).map(|doer| doer.act)
}

/// What had the keyboard before any dialog was open, and has it again once the last is closed.
pub fn was_at(app: App) -> Option<Element> {
    app.handles.with_value(|handles| handles.was_at.clone())
}

/// Hears the keys of the shell, and does its commands; those of a picture are the picture's.
pub fn listen_to_keys(app: App) {
    let _ = window_event_listener(ev::keydown, move |event| press_anywhere(app, &event));
    does(
        app,
        Place::Everywhere,
        move |command| can_anywhere(app, command),
        move |command| match command {
            Command::Palette => app.open_dialog(Dialog::Palette),
            Command::Help => app.open_dialog(Dialog::Help),
            Command::OpenLog => app.open_dialog(Dialog::Open),
            Command::OpenSample => app.open_sample(),
            Command::Cancel => app.cancel(),
            Command::StopReading => app.stop_reading(),
            Command::Retry => app.retry(),
            Command::Dismiss => app.dismiss(),
            Command::Mend => app.mend_address(),
            Command::Theme => app.update_prefs(Prefs::next_theme),
            Command::Clock => app.update_prefs(Prefs::next_clock),
            _ => {}
        },
    );
}

fn can_anywhere(app: App, command: Command) -> bool {
    let load = app.load();
    match command {
        Command::OpenSample => App::has_sample(),
        Command::Cancel => matches!(load, Load::Looking | Load::Busy(_)),
        Command::StopReading => {
            app.log().is_none() && matches!(load, Load::Busy(it) if can_stop(&it))
        }
        Command::Retry => matches!(load, Load::Failed(error) if error.may_pass()),
        Command::Dismiss => matches!(load, Load::Failed(_)),
        Command::Mend => !app.faults().is_empty(),
        _ => true,
    }
}

/// What lies under a dialog is out of reach, for keys as well; but for the palette, which takes its place.
fn press_anywhere(app: App, event: &KeyboardEvent) {
    let dialog = app.dialog.get_untracked();
    let is_done = |place, command| match (dialog, command) {
        (Some(Dialog::Palette), Command::Palette) => true,
        (None, _) | (_, Command::Palette) => run(app, place, command),
        _ => false,
    };
    for place in [Place::Everywhere, Place::Log, Place::Page, Place::Lineage] {
        if asked(event, place).is_some_and(|command| is_done(place, command)) {
            event.prevent_default();
            return;
        }
    }
}
