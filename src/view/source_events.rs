//! The events of a run, each with its own text from the log on demand: read again from where the
//! log came from, never kept.
use leptos::ev::Event;
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::events::Seq;
use crate::facts::{is_json, pretty, source_events};
use crate::view::copy::CopyButton;
use crate::view::pipeline::Pipeline;
use crate::view::run_detail::ask_run;
use crate::view::section::MoreButton;
use crate::view::state::App;
use crate::view::when::When;
use crate::web::read_span;
use crate::words::count;

/// So many are listed at first, and so many more each time.
const PAGE: usize = 200;

/// The list.
#[component]
pub fn SourceEvents(
    /// What is shown.
    pipeline: Pipeline,
) -> impl IntoView {
    let with_all = RwSignal::new(false);
    let n_listed = RwSignal::new(PAGE);
    let events = Memo::new(move |_| {
        ask_run(pipeline, |asof, run| source_events(asof, run, with_all.get())).unwrap_or_default()
    });
    let listed = move || {
        events.with(|events| events.listed.iter().take(n_listed.get()).copied().collect::<Vec<_>>())
    };
    let title = move || format!("Source events · {}", count(events.read().n_all as u64));
    let n_folded = Memo::new(move |_| events.read().n_folded);
    let n_more = Memo::new(move |_| events.read().listed.len().saturating_sub(n_listed.get()));
    let next_page = Callback::new(move |()| n_listed.update(|n| *n = n.saturating_add(PAGE)));
    let unfold = Callback::new(move |()| with_all.set(true));
    let draw = |seq| view! { <EventItem seq=seq /> };
    view! {
        <section class="events">
            <h3>{title}</h3>
            <ol><For each=listed key=|seq| *seq children=draw /></ol>
            {move || more(n_more.get(), "more", next_page)}
            {move || more(n_folded.get(), "heartbeats between these", unfold)}
        </section>
    }
}

fn more(n: usize, words: &'static str, press: Callback<()>) -> Option<impl IntoView> {
    (n > 0).then(|| view! { <p><MoreButton n=n words=words press=press /></p> })
}

/// What came of reading one event's text.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Text {
    Reading,
    Read(String),
    Failed(String),
}

#[component]
fn EventItem(seq: Seq) -> impl IntoView {
    let app = App::here();
    let text: RwSignal<Option<Text>> = RwSignal::new(None);
    let told = app.log().map(|log| {
        let log = &log.history.log;
        let id =
            log.event_id(seq).map_or_else(|| "no id".to_owned(), |id| format!("#{}", count(id)));
        (id, log.kind(seq).name(), log.nanos(seq))
    });
    let toggle = move |event: Event| {
        let details = event.current_target().and_then(|target| target.dyn_into::<Element>().ok());
        let is_open = details.is_some_and(|details| details.has_attribute("open"));
        let is_needed = !matches!(text.get_untracked(), Some(Text::Reading | Text::Read(_)));
        if is_open && is_needed {
            text.set(Some(Text::Reading));
            spawn_local(async move {
                let read = read_event(app, seq).await;
                // The page may have gone on.
                let _ = text.try_set(Some(read));
            });
        }
    };
    told.map(|(id, kind, nanos)| {
        view! {
            <li>
                <details on:toggle=toggle>
                    <summary>
                        <span class="event-id">{id}</span>" "
                        <span class="event-kind">{kind}</span>" "
                        <When nanos=nanos />
                    </summary>
                    {move || text.get().map(|text| view! { <EventText text=text /> })}
                </details>
            </li>
        }
    })
}

#[component]
fn EventText(text: Text) -> impl IntoView {
    match text {
        Text::Reading => {
            view! { <p class="dim" role="status">"Reading it from the log…"</p> }.into_any()
        }
        Text::Failed(why) => view! { <p class="event-failed" role="alert">{why}</p> }.into_any(),
        Text::Read(text) => {
            let shown = pretty(&text);
            let copied = Signal::stored(text);
            view! {
                <pre tabindex="0">{shown}</pre>
                <CopyButton text=copied what="the event as it stands in the log" />
            }
            .into_any()
        }
    }
}

/// The event's own text; why there is none, in words.
async fn read_event(app: App, seq: Seq) -> Text {
    let Some(span) =
        app.log.with_untracked(|log| log.as_ref().map(|log| log.history.log.span(seq)))
    else {
        return Text::Failed("There is no log any more.".to_owned());
    };
    let Some(origin) = app.origin(usize::from(span.input)) else {
        return Text::Failed("Where this event came from is not known any more.".to_owned());
    };
    match read_span(&origin, span.offset, span.len).await {
        Ok(bytes) if is_json(&bytes) => Text::Read(String::from_utf8_lossy(&bytes).into_owned()),
        Ok(_) => Text::Failed(format!(
            "{} does not have this event where it was: the log has changed since it was read. \
             Open it again to read it as it is now.",
            origin.name()
        )),
        Err(why) => Text::Failed(format!("{} {}", why.sentence(), why.next_step())),
    }
}
