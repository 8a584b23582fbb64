//! The one place from which a reader who sees nothing is told what has changed: a polite region, where
//! messages wait until the page has come to rest, and an assertive one for what went wrong. No other
//! element of the page speaks by itself; whoever has something to say says it here.
use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use web_sys::Element;

use crate::view::el::{Child, El, el, live};
use crate::view::state::App;
use crate::web::dom;
use crate::words::{Speech, Topic, as_one};

/// For so long nothing more was asked for where the page has come to rest: more than between two keys.
const REST_MILLIS: u64 = 500;

/// The document's id of both regions.
const ID: &str = "announcer";

/// Makes a message when it is due.
type Late = Box<dyn FnOnce() -> String>;

/// Tells something about the page that is shown.
type Tell = Arc<dyn Fn() -> Option<String> + Send + Sync>;

/// What is said, and what waits to be.
#[derive(Clone, Copy)]
pub struct Announcer {
    waiting: StoredValue<Speech<Late>, LocalStorage>,
    waits: RwSignal<bool>,
    polite: RwSignal<(u32, String)>,
    assertive: RwSignal<(u32, String)>,
    of_page: StoredValue<Option<Tell>>,
}

impl Announcer {
    /// One that has said nothing.
    pub fn new() -> Self {
        Self {
            waiting: StoredValue::new_local(Speech::default()),
            waits: RwSignal::new(false),
            polite: RwSignal::new((0, String::new())),
            assertive: RwSignal::new((0, String::new())),
            of_page: StoredValue::new(None),
        }
    }
}

impl App {
    /// Says it once the page has come to rest, unless something else of its topic is to be said by then;
    /// nothing of it where there are no words.
    pub fn say(self, topic: Topic, words: impl Into<String>) {
        let words = words.into();
        if words.is_empty() {
            self.announcer.waiting.update_value(|it| it.forget(topic));
        } else {
            self.say_late(topic, move || words);
        }
    }

    /// Says what `words` make of the page once that has come to rest. What they read may be gone by then.
    pub fn say_late(self, topic: Topic, words: impl FnOnce() -> String + 'static) {
        let Announcer { waiting, waits, .. } = self.announcer;
        let number = waiting.try_update_value(|it| it.ask(topic, Box::new(words)));
        if !waits.get_untracked() {
            waits.set(true);
        }
        let rested = move || self.speak(number.unwrap_or_default());
        set_timeout(rested, Duration::from_millis(REST_MILLIS));
    }

    fn speak(self, number: u32) {
        let Announcer { waiting, waits, polite, .. } = self.announcer;
        let due = waiting.try_update_value(|it| it.rested(number)).flatten();
        let Some(due) = due else { return };
        let words = as_one(due.into_iter().map(|words| untrack(words)));
        if !words.is_empty() {
            put(polite, words);
        }
        waits.set(false);
    }

    /// Says at once what went wrong.
    pub fn warn(self, words: impl Into<String>) {
        put(self.announcer.assertive, words.into());
    }

    /// Says that a file was handed to the browser, or that it was not kept. Whether it was.
    pub fn say_saved<E>(self, name: &str, saved: &Result<(), E>) -> bool {
        match saved {
            Ok(()) => self.say(Topic::Done, format!("Saved {name}")),
            Err(_) => self.warn(NOT_KEPT),
        }
        saved.is_ok()
    }

    /// Says that `what` was copied; where it was not, `else_do` says what to do.
    pub fn say_copied(self, what: &str, is_copied: bool, else_do: &str) {
        if is_copied {
            self.say(Topic::Done, format!("Copied {what}"));
        } else {
            self.warn(format!("Not copied. {else_do}"));
        }
    }

    /// What `tell` makes is said with the page's name, whenever another page has come that is of this kind.
    pub fn tells_of_page(self, tell: impl Fn() -> Option<String> + Send + Sync + 'static) {
        self.announcer.of_page.set_value(Some(Arc::new(tell)));
        on_cleanup(move || {
            // The page may be gone with its state.
            let _ = self.announcer.of_page.try_set_value(None);
        });
    }

    /// What there is to be told about the page that is shown.
    pub fn told_of_page(self) -> Option<String> {
        self.announcer.of_page.get_value().and_then(|tell| tell())
    }
}

/// A browser that keeps no file.
pub const NOT_KEPT: &str = "The browser did not save it.";

fn put(region: RwSignal<(u32, String)>, words: String) {
    region.update(|(n, said)| (*n, *said) = (n.wrapping_add(1), words));
}

/// Both regions. They are there before anything is said.
pub fn announcer(app: App) -> El {
    let Announcer { waits, polite, assertive, .. } = app.announcer;
    el("div")
        .attr("id", ID)
        .class("only-read")
        .live("data-waits", move || Some(waits.get().to_string()))
        .child(el("p").attr("role", "status").child(live(move || words(&polite.get()))))
        .child(el("p").attr("role", "alert").child(live(move || words(&assertive.get()))))
}

/// A node of another kind each time, so that the same words are heard again.
fn words((n, said): &(u32, String)) -> Child {
    if n.is_multiple_of(2) { said.clone().into() } else { el("span").child(said.clone()).into() }
}

/// A dialog hides all beside it, also from who sees nothing: the regions go into it while it is open.
pub fn go_along(dialog: &Element, is_open: bool) {
    let Some(document) = dom::document() else { return };
    let Some(regions) = document.get_element_by_id(ID) else { return };
    let app = document.query_selector(".app").ok().flatten();
    let is_in = dialog.contains(Some(&regions));
    let to = if is_open { Some(dialog) } else { app.as_ref().filter(|_| is_in) };
    if let Some(to) = to {
        // Refused only where one is in the other.
        let _ = to.append_child(&regions);
    }
}
