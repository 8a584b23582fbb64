//! The events of a run, each with its own text from the log on demand: read again from where the
//! log came from, never kept.
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

use crate::events::{Seq, Span};
use crate::facts::{self, Empty, event_name, is_whole_object, pretty};
use crate::view::copy::copy_button;
use crate::view::el::{Child, El, el, lines, live, live_all};
use crate::view::empty::empty_now;
use crate::view::pipeline::Pipeline;
use crate::view::run_detail::ask_run;
use crate::view::section::more_button;
use crate::view::state::App;
use crate::view::when::when;
use crate::web::{Loaded, read_span};
use crate::words::{Topic, count};

/// So many are listed at first, and so many more each time.
const PAGE: usize = 200;

/// The list of the run that is shown.
pub fn source_events(pipeline: Pipeline) -> El {
    let with_all = RwSignal::new(false);
    let n_listed = RwSignal::new(PAGE);
    let events = Memo::new(move |_| {
        let events = ask_run(pipeline, |asof, run| facts::source_events(asof, run, with_all.get()));
        events.unwrap_or_default()
    });
    let listed = move || {
        events.with(|events| events.listed.iter().take(n_listed.get()).copied().collect::<Vec<_>>())
    };
    let title = move || format!("Source events · {}", count(events.read().n_all as u64));
    let next_page = Callback::new(move |()| n_listed.update(|n| *n = n.saturating_add(PAGE)));
    let unfold = Callback::new(move |()| with_all.set(true));
    let more_listed = move || {
        let n = events.read().listed.len().saturating_sub(n_listed.get());
        more(n, "more", next_page)
    };
    let more_folded = move || more(events.read().n_folded, "heartbeats between these", unfold);
    let none = move || (events.read().n_all == 0).then(|| empty_now(Empty::NoEvents));
    // An event that is open stays open, whatever is listed beside it.
    let items = view! { <For each=listed key=|seq| *seq children=event_item /> }.into_any();
    el("section")
        .class("events")
        .child(el("h3").child(live(title)))
        .child(el("ol").child(items))
        .child(live_all(none))
        .child(live_all(more_listed))
        .child(live_all(more_folded))
}

fn more(n: usize, words: &str, press: Callback<()>) -> Option<El> {
    (n > 0).then(|| el("p").child(more_button(n, words, move || press.run(()))))
}

/// What came of reading one event's text.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Text {
    Reading,
    Read(String),
    Failed(String),
}

fn event_item(seq: Seq) -> El {
    let app = App::here();
    let text: RwSignal<Option<Text>> = RwSignal::new(None);
    let toggle = move |event: Event| {
        let is_needed = !matches!(text.get_untracked(), Some(Text::Reading | Text::Read(_)));
        if is_open(&event) && is_needed {
            text.set(Some(Text::Reading));
            spawn_local(async move {
                let read = read_event(app, seq).await;
                match &read {
                    Text::Failed(why) => app.warn(why.as_str()),
                    _ => app.say(Topic::Done, "Read from the log"),
                }
                // The page may have gone on.
                let _ = text.try_set(Some(read));
            });
        }
    };
    let details = app.log().map(|log| {
        let name = event_name(&log.history, seq);
        let log = &log.history.log;
        let id =
            log.event_id(seq).map_or_else(|| "no id".to_owned(), |id| format!("#{}", count(id)));
        let summary = el("summary")
            .child(el("span").class("event-id").child(id))
            .child(" ")
            .child(el("span").class("event-kind").child(name))
            .child(" ")
            .child(when(log.nanos(seq)));
        el("details")
            .on("toggle", toggle)
            .child(summary)
            .child(live_all(move || text.get().map_or_else(Vec::new, text_of)))
    });
    el("li").children(details)
}

/// Whether the `details` that were toggled are open.
pub fn is_open(event: &Event) -> bool {
    let details = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
    details.is_some_and(|details| details.has_attribute("open"))
}

fn text_of(text: Text) -> Vec<Child> {
    match text {
        Text::Reading => {
            vec![el("p").class("dim").child("Reading it from the log…").into()]
        }
        Text::Failed(why) => {
            vec![el("p").class("event-failed").child(why).into()]
        }
        Text::Read(text) => {
            let shown = el("pre").attr("tabindex", "0").child(lines(pretty(&text)));
            vec![shown.into(), copy_button(text, "the event as it stands in the log").into()]
        }
    }
}

/// The event's own text.
async fn read_event(app: App, seq: Seq) -> Text {
    let span = app.log.with_untracked(|log| log.as_ref().map(|log| log.history.log.span(seq)));
    let Some(span) = span else {
        return Text::Failed("There is no log any more.".to_owned());
    };
    read_text(app, span).await.map_or_else(Text::Failed, Text::Read)
}

/// The text of one record of the log that is shown; why there is none, in words.
pub async fn read_text(app: App, span: Span) -> Result<String, String> {
    let input = usize::from(span.input);
    let Some(origin) = app.origin(input) else {
        return Err("Where this event came from is not known any more.".to_owned());
    };
    let input_of = |log: &Arc<Loaded>| log.inputs.get(input).map(|input| input.is_plain);
    let is_plain = app.log.with_untracked(|log| log.as_ref().and_then(input_of));
    match read_span(&origin, is_plain == Some(true), span.offset, span.len).await {
        Ok(bytes) if is_whole_object(&bytes) => Ok(String::from_utf8_lossy(&bytes).into_owned()),
        Ok(_) => Err(format!(
            "{} does not have this event where it was: the log has changed since it was read. \
             Open it again to read it as it is now.",
            origin.name()
        )),
        Err(why) => Err(format!("{} {}", why.sentence(), why.next_step())),
    }
}
