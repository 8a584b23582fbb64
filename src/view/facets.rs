//! What the source events of a thing say beside the history: read again from where the log came from
//! when a reader opens it, never kept. All of it is text.
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::Event;

use crate::facts::{Facet, FacetSource, MAX_ROWS, Of, facets, united};
use crate::view::copy::copy_button;
use crate::view::el::{Child, El, el, lines, live_all};
use crate::view::section::{fact, heading, more_words};
use crate::view::source_events::{is_open, read_text};
use crate::view::state::App;
use crate::words::{Topic, count};

/// So many facets are shown; the rest is counted, and stands in the events themselves.
const MAX_FACETS: usize = 80;

/// What came of reading them.
#[derive(Clone, PartialEq, Eq)]
enum Told {
    Reading,
    Read(Vec<Facet>),
    Failed(String),
}

/// The part of a panel that opens on what `source` tells.
pub fn facets_of(source: FacetSource) -> El {
    let app = App::here();
    let told: RwSignal<Option<Told>> = RwSignal::new(None);
    let (n_read, n_all) = (source.spans.len(), source.n_all);
    let toggle = move |event: Event| {
        let is_needed = !matches!(told.get_untracked(), Some(Told::Reading | Told::Read(_)));
        if is_open(&event) && is_needed {
            told.set(Some(Told::Reading));
            let source = source.clone();
            spawn_local(async move {
                let read = read(app, source).await;
                match &read {
                    Told::Failed(why) => app.warn(why.as_str()),
                    _ => app.say(Topic::Done, "Read from the log"),
                }
                // The page may have gone on.
                let _ = told.try_set(Some(read));
            });
        }
    };
    let words = if n_all == 1 { "From the source event" } else { "From the source events" };
    let extent = (n_read < n_all).then(|| {
        let n_of_n = format!(" {} of {} read", count(n_read as u64), count(n_all as u64));
        el("span").class("dim number").child(n_of_n)
    });
    el("details")
        .class("facts facets")
        .on("toggle", toggle)
        .child(el("summary").child(heading(words)).children(extent))
        .child(live_all(move || told.get().map_or_else(Vec::new, pieces)))
}

async fn read(app: App, source: FacetSource) -> Told {
    let mut records = Vec::new();
    for span in source.spans {
        match read_text(app, span).await {
            Ok(text) => records.push(facets(&text, MAX_ROWS)),
            Err(why) => return Told::Failed(why),
        }
    }
    Told::Read(united(records, source.dataset.as_ref()))
}

fn pieces(told: Told) -> Vec<El> {
    match told {
        Told::Reading => {
            vec![el("p").class("dim").child("Reading it from the log…")]
        }
        Told::Failed(why) => {
            vec![el("p").class("event-failed").child(why)]
        }
        Told::Read(facets) if facets.is_empty() => {
            vec![el("p").class("dim").child("They say nothing beyond what is told above.")]
        }
        Told::Read(facets) => {
            let n_more = facets.len().saturating_sub(MAX_FACETS);
            let rest = (n_more > 0).then(|| more_words(n_more));
            facets.into_iter().take(MAX_FACETS).map(facet).chain(rest).collect()
        }
    }
}

fn facet(facet: Facet) -> El {
    let Facet { of, section, code } = facet;
    let of = match of {
        Of::Run => String::new(),
        Of::Job => " of the job".to_owned(),
        Of::Input(_, name) => format!(" of the input {name}"),
        Of::Output(_, name) => format!(" of the output {name}"),
        Of::Dataset(_, name) => format!(" of {name}"),
    };
    let rest = (section.n_more > 0).then(|| more_words(section.n_more));
    let code = code.into_iter().flat_map(|code| {
        let shown = el("pre").attr("tabindex", "0").child(lines(code.clone()));
        [Child::from(shown), copy_button(code, "the text").into()]
    });
    el("section")
        .class("facet")
        .child(el("h4").child(section.title).child(el("span").class("dim").child(of)))
        .child(el("dl").children(section.rows.into_iter().map(fact)))
        .children(rest)
        .children(code)
}
