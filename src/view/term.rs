//! Words of the domain with their meaning at hand: by pointing, by the keyboard, by a tap; and all of
//! them as a list.
use std::sync::atomic::{AtomicU32, Ordering};

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent};

use crate::commands::{Command, Place};
use crate::view::doing::asked;
use crate::view::el::{Child, El, button, el};
use crate::view::state::App;
use crate::web::dom;
use crate::words::{Term, Vocabulary, glossary, meaning};

/// What is behind a word; each has a name of its own in the document.
static N_TERMS: AtomicU32 = AtomicU32::new(0);

/// On a word whose meaning was put away.
const AWAY: &str = "data-away";
/// Those that tell theirs.
const TOLD: &str = ".term:hover:not([data-away]),.term:focus-within:not([data-away])";

/// Which languages' words the log has.
fn tongues(words: &Vocabulary) -> (bool, bool) {
    // What runs of databuild miss, and what parts runs of OpenLineage have.
    (words.has_misses, words.has_parts)
}

/// A mark beside a heading that tells what `word` means; none for a word that needs no explaining.
pub fn explain(word: &str) -> Option<El> {
    let (has_databuild, has_openlineage) = tongues(App::here().words());
    let means = meaning(word, has_databuild, has_openlineage)?;
    Some(tip("term-mark", "?", Some(format!("What is “{word}”?")), means))
}

/// A label, with its meaning where it has one to tell.
pub fn labeled(word: String) -> El {
    let (has_databuild, has_openlineage) = tongues(App::here().words());
    match meaning(&word, has_databuild, has_openlineage) {
        Some(means) => tip("term-word", word, None, means),
        None => el("span").child(word),
    }
}

fn tip(
    class: &'static str,
    shown: impl Into<Child>,
    name: Option<String>,
    means: &'static str,
) -> El {
    let id = format!("term-{}", N_TERMS.fetch_add(1, Ordering::Relaxed));
    let button =
        button(class).attr("aria-describedby", id.clone()).maybe("aria-label", name).child(shown);
    let means = el("span").class("term-tip").attr("role", "tooltip").attr("id", id).child(means);
    // Pointed at or come to anew, it tells anew.
    el("span").class("term").on("pointerenter", back).on("focusin", back).child(button).child(means)
}

fn back(event: Event) {
    let term = event.current_target().and_then(|it| it.dyn_into::<Element>().ok());
    // Only a malformed name is refused.
    let _ = term.map(|term| term.remove_attribute(AWAY));
}

/// Escape puts away what is told, wherever the keyboard is, and does nothing else then: before whatever
/// else it would close.
pub fn listen() {
    dom::listen_first("keydown", |event| {
        let asked = event.dyn_ref::<KeyboardEvent>().and_then(|it| asked(it, Place::Open));
        if asked == Some(Command::Close) && dom::mark_all(TOLD, AWAY) > 0 {
            event.prevent_default();
            event.stop_propagation();
        }
    });
}

/// Every word of the log, for the help.
pub fn words_list() -> El {
    let (has_databuild, has_openlineage) = tongues(App::here().words());
    let line = |term: &Term| [el("dt").child(term.word), el("dd").child(term.means)];
    let list =
        el("dl").class("words").children(glossary(has_databuild, has_openlineage).flat_map(line));
    el("section").child(el("h2").child("Words")).child(list)
}
