//! Words of the domain with their meaning at hand: by pointing, by the keyboard, by a tap; and all of
//! them as a list.
use std::sync::atomic::{AtomicU32, Ordering};

use wasm_bindgen::JsCast;
use web_sys::{Event, HtmlElement, KeyboardEvent};

use crate::commands::{Command, Place};
use crate::view::doing::asked;
use crate::view::el::{Child, El, button, el};
use crate::view::state::App;
use crate::words::{Term, Vocabulary, glossary, meaning};

/// What is behind a word; each has a name of its own in the document.
static N_TERMS: AtomicU32 = AtomicU32::new(0);

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
    // Escape puts it away, as does going on.
    let key = |event: Event| {
        let asked = event.dyn_ref::<KeyboardEvent>().and_then(|event| asked(event, Place::Open));
        let is_escape = asked == Some(Command::Close);
        let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
        if let Some(target) = target.filter(|_| is_escape) {
            event.prevent_default();
            // An element that cannot lose the keyboard does not have it.
            let _ = target.blur();
        }
    };
    let button = button(class)
        .attr("aria-describedby", id.clone())
        .maybe("aria-label", name)
        .on("keydown", key)
        .child(shown);
    let means = el("span").class("term-tip").attr("role", "tooltip").attr("id", id).child(means);
    el("span").class("term").child(button).child(means)
}

/// Every word of the log, for the help.
pub fn words_list() -> El {
    let (has_databuild, has_openlineage) = tongues(App::here().words());
    let line = |term: &Term| [el("dt").child(term.word), el("dd").child(term.means)];
    let list =
        el("dl").class("words").children(glossary(has_databuild, has_openlineage).flat_map(line));
    el("section").child(el("h2").child("Words")).child(list)
}
