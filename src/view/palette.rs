//! The palette: every command that can be done here, found by a few letters, by the keyboard alone. A
//! combobox: the keyboard stays in the box, and the arrows walk the list.
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent};

use crate::commands::{Command, Entry, Place, filter};
use crate::view::doing::{self, asked};
use crate::view::el::{Child, El, Handle, el, live, live_all};
use crate::view::keys::caps;
use crate::view::state::App;
use crate::web::dom;
use crate::words::{Topic, counted};

const FIELD: &str = "palette";
const LIST: &str = "palette-list";

/// The box and its list.
pub fn palette() -> Vec<Child> {
    let list = List::new(App::here());
    let made = Handle::new_local(None);
    // In the turn that opens the dialog: letters that are typed at once are for the box.
    Effect::new(move || made.with(|field| dom::focus_element(field.as_ref())));
    let options = move || {
        let options = list.found.get().into_iter().enumerate();
        options.map(|(at, entry)| option(list, at, entry)).collect::<Vec<_>>()
    };
    let options = el("ul")
        .attr("id", LIST)
        .class("palette-list")
        .attr("role", "listbox")
        .attr("aria-label", "Commands")
        .child(live_all(options));
    let said = el("p").class("dim palette-said").child(live(move || list.said()));
    vec![field(list).kept_in(made).into(), options.into(), said.into()]
}

fn field(list: List) -> El {
    let press = move |event: Event| {
        // A browser that fills a field in by itself sends events that name no key.
        if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
            list.press(event);
        }
    };
    let typed = move |event: Event| {
        list.typed.set(event_target_value(&event));
        list.active.set(0);
        list.app.say(Topic::Amount, untrack(|| list.said()));
    };
    el("input")
        .attr("id", FIELD)
        .class("field")
        .attr("role", "combobox")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .attr("aria-label", "Find a command")
        .attr("placeholder", "What to do")
        .attr("aria-expanded", "true")
        .attr("aria-autocomplete", "list")
        .attr("aria-controls", LIST)
        .live("aria-activedescendant", move || list.chosen().map(|_| option_id(list.active.get())))
        .on("input", typed)
        .on("keydown", press)
}

fn option_id(at: usize) -> String {
    format!("command-{at}")
}

fn option(list: List, at: usize, entry: &'static Entry) -> El {
    el("li")
        .attr("id", option_id(at))
        .attr("role", "option")
        .class("palette-option")
        .live("aria-selected", move || Some((list.active.get() == at).to_string()))
        // A press must not take the keyboard out of the box.
        .on("mousedown", |event| event.prevent_default())
        .press(move || list.take(entry))
        .child(el("span").child(entry.does))
        .child(
            el("span").class("palette-keys").attr("aria-hidden", "true").children(caps(entry.keys)),
        )
}

#[derive(Clone, Copy)]
struct List {
    app: App,
    typed: RwSignal<String>,
    found: Memo<Vec<&'static Entry>>,
    active: RwSignal<usize>,
}

impl List {
    fn new(app: App) -> Self {
        let typed = RwSignal::new(String::new());
        let found = Memo::new_with_compare(
            move |_| typed.with(|typed| filter(typed, |entry| doing::is_offered(app, entry))),
            |_, _| true,
        );
        Self { app, typed, found, active: RwSignal::new(0) }
    }

    /// How many there are. Tracked.
    fn said(self) -> String {
        match self.found.with(Vec::len) {
            0 => "No command has these letters.".to_owned(),
            n => counted(n as u64, "command", "commands"),
        }
    }

    /// Tracked.
    fn chosen(self) -> Option<&'static Entry> {
        self.found.with(|found| found.get(self.active.get()).copied())
    }

    fn press(self, event: &KeyboardEvent) {
        match asked(event, Place::Search) {
            Some(Command::HitDown) => self.walk(1),
            Some(Command::HitUp) => self.walk(-1),
            Some(Command::TakeHit) => {
                if let Some(entry) = untrack(|| self.chosen()) {
                    self.take(entry);
                }
            }
            Some(Command::LeaveSearch) => self.app.dialog.set(None),
            _ => return,
        }
        event.prevent_default();
    }

    fn walk(self, by: isize) {
        let n = self.found.with_untracked(Vec::len);
        let to = self.active.get_untracked().saturating_add_signed(by).min(n.saturating_sub(1));
        self.active.set(to);
        dom::reveal(&option_id(to));
    }

    /// Once the dialog has given the keyboard back.
    fn take(self, entry: &'static Entry) {
        let app = self.app;
        app.dialog.set(None);
        request_animation_frame(move || {
            doing::run(app, entry.place, entry.command);
        });
    }
}
