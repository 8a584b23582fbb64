//! From keys to commands, and from commands to whoever does them. Here, and nowhere else, it is read which
//! key was pressed.
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use leptos::ev;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

use crate::commands::{Command, Place, command_of};
use crate::view::state::{App, Dialog};
use crate::web::dom;
use crate::web::prefs::Prefs;

/// Does a command; says whether it was its to do.
type Act = Arc<dyn Fn(Command) -> bool + Send + Sync>;

/// Whoever does the commands of a place, for as long as it is on the page.
#[derive(Clone)]
pub struct Doer {
    id: u64,
    place: Place,
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

/// Does the commands of a place until the owner goes.
pub fn does(app: App, place: Place, act: impl Fn(Command) -> bool + Send + Sync + 'static) {
    let id = N_DOERS.fetch_add(1, Ordering::Relaxed);
    app.doers.update_value(|doers| doers.push(Doer { id, place, act: Arc::new(act) }));
    on_cleanup(move || {
        // The page may be gone with its state.
        let _ = app.doers.try_update_value(|doers| doers.retain(|doer| doer.id != id));
    });
}

/// Whether the commands of a place can be done now.
pub fn is_here(app: App, place: Place) -> bool {
    app.doers.with_value(|doers| doers.iter().any(|doer| doer.place == place))
}

/// Has a command done; says whether anybody did it. Who came last is asked first.
pub fn run(app: App, place: Place, command: Command) -> bool {
    let acts: Vec<Act> = app.doers.with_value(|doers| {
        let of_place = doers.iter().rev().filter(|doer| doer.place == place);
        of_place.map(|doer| Arc::clone(&doer.act)).collect()
    });
    acts.iter().any(|act| act(command))
}

/// Hears the keys of the shell, and does its commands; those of a picture are the picture's.
pub fn listen_to_keys(app: App) {
    let _ = window_event_listener(ev::keydown, move |event| press_anywhere(app, &event));
    does(app, Place::Everywhere, move |command| {
        match command {
            Command::Palette => app.open_dialog(Dialog::Palette),
            Command::Help => app.open_dialog(Dialog::Help),
            Command::OpenLog => app.open_dialog(Dialog::Open),
            Command::Theme => app.update_prefs(Prefs::next_theme),
            Command::Clock => app.update_prefs(Prefs::next_clock),
            _ => return false,
        }
        true
    });
}

fn press_anywhere(app: App, event: &KeyboardEvent) {
    for place in [Place::Everywhere, Place::Log, Place::Page, Place::Lineage] {
        if asked(event, place).is_some_and(|command| run(app, place, command)) {
            event.prevent_default();
            return;
        }
    }
}
