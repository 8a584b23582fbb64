//! The notices: what of the log could not be used, what it says that cannot be, and what was assumed.
use std::sync::Arc;

use leptos::prelude::*;

use crate::events::{Id, Notice, NoticeClass, Seq, Tally, TimeUnit};
use crate::history::Anomaly;
use crate::summary::{Format, report};
use crate::view::state::App;
use crate::view::virtual_list::VirtualList;
use crate::view::when::When;
use crate::web::{Input, Loaded, dom};
use crate::words::{bytes, count, counted};

/// The page.
#[component]
pub fn NoticesPage() -> impl IntoView {
    let app = App::here();
    move || app.log().map(|log| page(&log))
}

fn page(log: &Arc<Loaded>) -> impl IntoView + use<> {
    let classes = NoticeClass::ALL.into_iter().filter_map(|class| notice_class(log, class));
    let classes = classes.collect_view();
    let kinds = tally("Unknown kinds of events", &log.notices.unknown_kinds);
    let fields = tally("Unknown fields", &log.notices.unknown_fields);
    view! {
        <div class="notices">
            <header>
                <h1>"Notices"</h1>
                <SaveButtons log=log.clone() />
            </header>
            {facts(log)}
            {classes}
            {anomalies(log)}
            {kinds}
            {fields}
        </div>
    }
}

/// What was read, and what was assumed about it.
fn facts(log: &Loaded) -> impl IntoView + use<> {
    let notices = &log.notices;
    let unit = match notices.unit {
        TimeUnit::Seconds => "seconds",
        TimeUnit::Millis => "milliseconds",
        TimeUnit::Micros => "microseconds",
        TimeUnit::Nanos => "nanoseconds",
    };
    let reads = match log.history.reads_recorded_from {
        Some(_) => "recorded on success",
        None => {
            "not recorded on success in this log: they are inferred from the dependency misses of \
             the same attempts, and marked so"
        }
    };
    let input = |input: &Input| {
        view! { <div>{input.name.clone()}" · "{bytes(input.n_bytes)}</div> }
    };
    let n_used = counted(notices.n_used, "event", "events");
    let records = format!("{n_used} of {}", counted(notices.n_records, "record", "records"));
    view! {
        <dl class="card notices-facts">
            <dt>"Log"</dt><dd>{log.inputs.iter().map(input).collect_view()}</dd>
            <dt>"Used"</dt><dd class="number">{records}</dd>
            <dt>"Timestamps"</dt><dd>"taken to be "{unit}" since 1970 UTC"</dd>
            <dt>"Reads"</dt><dd>{reads}</dd>
        </dl>
    }
}

/// One class of records that could not be used; nothing for a class without any.
fn notice_class(log: &Arc<Loaded>, class: NoticeClass) -> Option<impl IntoView + use<>> {
    let notices = log.notices.class(class);
    if notices.count == 0 {
        return None;
    }
    let n_shown = notices.samples.len();
    let n_of_n = format!("{} of {} shown", count(n_shown as u64), count(notices.count));
    let rows = Arc::new((0..n_shown).collect::<Vec<usize>>());
    let log = log.clone();
    let row =
        move |i: usize| log.notices.class(class).samples.get(i).map(|it| notice_row(&log, it));
    Some(view! {
        <details class="card notice-class" open=true>
            <summary>
                <h2>{class.name()}</h2>
                <span class="end dim number">{n_of_n}</span>
            </summary>
            <VirtualList label=class.name() items=Signal::stored(rows) row=row fits=true />
        </details>
    })
}

fn notice_row(log: &Loaded, notice: &Notice) -> impl IntoView + use<> {
    let input = match log.inputs.len() {
        0 | 1 => None,
        _ => log.inputs.get(usize::from(notice.span.input)).map(|it| format!("{} · ", it.name)),
    };
    let (line, offset) = (count(notice.line), count(notice.span.offset));
    view! {
        <div class="notice-row">
            <span class="cut">
                <strong>{input}"line "{line}</strong>
                <span class="dim number">" · byte "{offset}" · "</span>
                <span title=notice.reason.clone()>{notice.reason.clone()}</span>
            </span>
            <code class="cut" title=notice.excerpt.clone()>{notice.excerpt.clone()}</code>
        </div>
    }
}

/// Names that nobody knows, with how often each was seen.
fn tally(name: &'static str, tally: &Tally) -> Option<impl IntoView + use<>> {
    if tally.is_empty() {
        return None;
    }
    let row = |(name, n): (&str, u64)| {
        view! { <tr><td><code>{name.to_owned()}</code></td><td class="number">{count(n)}</td></tr> }
    };
    let rest = (tally.n_rest() > 0).then(|| {
        view! { <tr><td>"all others"</td><td class="number">{count(tally.n_rest())}</td></tr> }
    });
    let rows = tally.counts().into_iter().map(row).collect_view();
    Some(view! {
        <details class="card notice-class" open=true>
            <summary><h2>{name}</h2></summary>
            <p>"Not an error: they were left out, and everything else of these records was used."</p>
            <table>
                <thead><tr><th>"Name"</th><th class="number">"Times"</th></tr></thead>
                <tbody>{rows}{rest}</tbody>
            </table>
        </details>
    })
}

/// What the log says that cannot be.
fn anomalies(log: &Arc<Loaded>) -> impl IntoView + use<> {
    let one = |(anomaly, n, first): &(Anomaly, u64, Vec<Seq>)| {
        let n_of_n = format!("{} of {} shown", count(first.len() as u64), count(*n));
        let log = log.clone();
        let row = move |seq| event_row(&log, seq);
        view! {
            <details class="card notice-class">
                <summary>
                    <h2 class="sentence">{anomaly.sentence()}</h2>
                    <span class="end dim number">{n_of_n}</span>
                </summary>
                <VirtualList
                    label="Events" items=Signal::stored(Arc::new(first.clone())) row=row fits=true
                />
            </details>
        }
    };
    log.anomalies.by_kind.iter().map(one).collect_view()
}

fn event_row(log: &Loaded, seq: Seq) -> impl IntoView + use<> {
    let app = App::here();
    let events = &log.history.log;
    let kind = events.kind.get(seq.index()).map(|kind| kind.name());
    let id = events.event_id(seq);
    let name = id.map_or_else(|| format!("event {}", seq.index() + 1), |id| format!("#{id}"));
    let href = move || app.route_with(|route| route.clone().with_at(id).to_string());
    view! {
        <div class="notice-row">
            <span class="cut"><strong class="number">{name}</strong>" "<code>{kind}</code></span>
            <span class="dim">
                {events.nanos.get(seq.index()).map(|&nanos| view! { <When nanos=nanos /> })}
                {id.map(|_| view! { " · " <a href=href>"look at the log as of then"</a> })}
            </span>
        </div>
    }
}

#[component]
fn SaveButtons(log: Arc<Loaded>) -> impl IntoView {
    let is_empty = log.notices.listed.is_empty();
    let failed = RwSignal::new(false);
    let save = move |format: Format| {
        let inputs: Vec<&str> = log.inputs.iter().map(|input| input.name.as_str()).collect();
        let text = report(&log.notices, &inputs, format);
        let saved = match format {
            Format::Csv => dom::save("notices.csv", "text/csv", &text),
            Format::Ndjson => dom::save("notices.ndjson", "application/x-ndjson", &text),
        };
        failed.set(saved.is_err());
    };
    let save_csv = save.clone();
    view! {
        <Show when=move || failed.get()>
            <span role="alert">"The browser did not save it."</span>
        </Show>
        <button class="button" disabled=is_empty on:click=move |_| save_csv(Format::Csv)>"Save as CSV"</button>
        <button class="button" disabled=is_empty on:click=move |_| save(Format::Ndjson)>"Save as NDJSON"</button>
    }
}
