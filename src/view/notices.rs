//! The notices: what of the log could not be used, what it says that cannot be, and what was assumed.
use std::sync::Arc;

use leptos::prelude::*;

use crate::commands::Command;
use crate::events::{Id, Language, Notice, NoticeClass, Seq, Tally, TimeUnit};
use crate::facts::{Empty, event_name};
use crate::history::Anomaly;
use crate::summary::{Format, report};
use crate::view::announcer::NOT_KEPT;
use crate::view::doing::by_command;
use crate::view::el::{El, el, live_all};
use crate::view::empty::empty_now;
use crate::view::state::App;
use crate::view::virtual_list::{Rows, virtual_list};
use crate::view::when::when;
use crate::web::{Input, Loaded, dom};
use crate::words::{bytes, count, counted};

/// The page.
pub fn notices_page() -> El {
    let app = App::here();
    let parts = move || app.log().map(|log| parts(&log)).unwrap_or_default();
    el("div").class("notices").child(live_all(parts))
}

fn parts(log: &Arc<Loaded>) -> Vec<El> {
    let head = [header(log), facts(log)].into_iter();
    let classes = NoticeClass::ALL.into_iter().filter_map(|class| notice_class(log, class));
    let anomalies =
        log.anomalies.by_kind.iter().map(|(kind, n, first)| anomaly(log, *kind, *n, first.clone()));
    let kinds = tally("Unknown kinds of events", &log.notices.unknown_kinds);
    let fields = tally("Unknown fields", &log.notices.unknown_fields);
    let is_whole = log.notices.listed.is_empty() && log.anomalies.by_kind.is_empty();
    let none = is_whole.then(|| empty_now(Empty::NoNotices));
    head.chain(none).chain(classes).chain(anomalies).chain(kinds).chain(fields).collect()
}

/// The heading, and what saves the notices.
fn header(log: &Arc<Loaded>) -> El {
    let app = App::here();
    let is_empty = log.notices.listed.is_empty();
    let failed = RwSignal::new(false);
    let save = |format: Format, command: Command| {
        let log = log.clone();
        let button = by_command(el("button"), command).class("button").flag("disabled", is_empty);
        button.press(move || failed.set(!is_saved(app, &log, format)))
    };
    let alert = move || failed.get().then(|| el("span").child(NOT_KEPT));
    el("header")
        .child(el("h1").child("Notices"))
        .child(live_all(alert))
        .child(save(Format::Csv, Command::SaveListCsv).child("Save as CSV"))
        .child(save(Format::Ndjson, Command::SaveListJson).child("Save as NDJSON"))
}

fn is_saved(app: App, log: &Loaded, format: Format) -> bool {
    let inputs: Vec<&str> = log.inputs.iter().map(|input| input.name.as_str()).collect();
    let text = report(&log.notices, &inputs, format);
    let (name, mime) = match format {
        Format::Csv => ("notices.csv", "text/csv"),
        Format::Ndjson => ("notices.ndjson", "application/x-ndjson"),
    };
    app.say_saved(name, &dom::save(name, mime, &text))
}

/// What was read, and what was assumed about it.
fn facts(log: &Loaded) -> El {
    let notices = &log.notices;
    let input =
        |input: &Input| el("div").child(format!("{} · {}", input.name, bytes(input.n_bytes)));
    let n_used = counted(notices.n_used, "event", "events");
    let records = format!("{n_used} of {}", counted(notices.n_records, "record", "records"));
    let folded = counted(notices.n_folded, "record", "records");
    let folded = format!("{folded}, told before or a part of what others tell: nothing is lost");
    let skipped = counted(notices.n_skipped, "record", "records");
    let skipped = format!("{skipped} that could not be used, or are of a kind that nobody knows");
    let term = |term: &'static str| el("dt").child(term);
    el("dl")
        .class("card notices-facts")
        .child(term("Log"))
        .child(el("dd").children(log.inputs.iter().map(input)))
        .child(term("Used"))
        .child(el("dd").class("number").child(records))
        .child(term("Folded"))
        .child(el("dd").class("number").child(folded))
        .child(term("Skipped"))
        .child(el("dd").class("number").child(skipped))
        .child(term("Timestamps"))
        .child(el("dd").child(timestamps(log)))
        .child(term("Reads"))
        .child(el("dd").child(reads(log)))
        .child(term("Memory"))
        .child(el("dd").class("number").child(kept(log)))
}

/// How times were read.
fn timestamps(log: &Loaded) -> String {
    let unit = match log.notices.unit {
        TimeUnit::Seconds => "seconds",
        TimeUnit::Millis => "milliseconds",
        TimeUnit::Micros => "microseconds",
        TimeUnit::Nanos => "nanoseconds",
    };
    let numbers = format!("taken to be {unit} since 1970 UTC");
    let no_zone = match log.notices.class(NoticeClass::NoZone).count {
        0 => "each with its zone".to_owned(),
        n => format!("{} without a zone, taken for UTC", counted(n, "time", "times")),
    };
    match log.history.openlineage.language {
        Language::Databuild => numbers,
        Language::OpenLineage => format!("dates; {no_zone}"),
        Language::Mixed => format!("numbers are {numbers}; dates of OpenLineage: {no_zone}"),
    }
}

/// How it is known what was read.
fn reads(log: &Loaded) -> &'static str {
    let is_recorded = log.history.reads_recorded_from.is_some();
    match log.history.openlineage.language {
        Language::OpenLineage => {
            "the inputs that runs tell of; which version each was is inferred from the times, but \
             where the log names it"
        }
        _ if is_recorded => "recorded on success",
        _ => {
            "not recorded on success in this log: they are inferred from the dependency misses of \
             the same attempts, and marked so"
        }
    }
}

/// What the history takes.
fn kept(log: &Loaded) -> String {
    let n_events = (log.history.log.len() as u64).max(1);
    let each = count(log.n_bytes_kept / n_events);
    format!("{} for the history, {each} bytes an event", bytes(log.n_bytes_kept))
}

/// A card that opens and closes; `summary` stays to be seen.
fn card(is_open: bool, summary: El) -> El {
    el("details").class("card notice-class").flag("open", is_open).child(summary)
}

/// A card around a list of the first of `n`.
fn list_card(is_open: bool, heading: El, label: &'static str, n: u64, rows: Rows) -> El {
    let n_of_n = format!("{} of {} shown", count(rows.n as u64), count(n));
    let n_of_n = el("span").class("end dim number").child(n_of_n);
    let list = virtual_list(label, Signal::stored(rows), true);
    card(is_open, el("summary").child(heading).child(n_of_n)).child(list)
}

/// One class of records that could not be used; nothing for a class without any.
fn notice_class(log: &Arc<Loaded>, class: NoticeClass) -> Option<El> {
    let notices = log.notices.class(class);
    if notices.count == 0 {
        return None;
    }
    let places = Arc::new((0..notices.samples.len()).collect::<Vec<usize>>());
    let log = log.clone();
    let rows = Rows::new(places, move |&at| {
        let notice = log.notices.class(class).samples.get(at);
        notice.map_or_else(|| el("div"), |notice| notice_row(&log, notice))
    });
    let is_used = is_of_used(class);
    let heading = el("h2").child(class.name());
    let card = list_card(!is_used, heading, class.name(), notices.count, rows);
    let used = is_used.then(|| el("p").child("Not an error: these records are used."));
    Some(card.children(used))
}

/// Whether the records of a class stand in the history all the same.
const fn is_of_used(class: NoticeClass) -> bool {
    matches!(class, NoticeClass::NoZone | NoticeClass::SharedRunId | NoticeClass::OwnParent)
}

fn notice_row(log: &Loaded, notice: &Notice) -> El {
    let input = match log.inputs.len() {
        0 | 1 => None,
        _ => log.inputs.get(usize::from(notice.span.input)).map(|it| format!("{} · ", it.name)),
    };
    let line = format!("{}line {}", input.unwrap_or_default(), count(notice.line));
    let offset = format!(" · byte {} · ", count(notice.span.offset));
    let titled = |it: El, text: &str| it.attr("title", text.to_owned()).child(text.to_owned());
    let place = el("span")
        .class("cut")
        .child(el("strong").child(line))
        .child(el("span").class("dim number").child(offset))
        .child(titled(el("span"), &notice.reason));
    el("div")
        .class("notice-row")
        .child(place)
        .child(titled(el("code").class("cut"), &notice.excerpt))
}

/// Names that nobody knows, with how often each was seen.
fn tally(name: &'static str, tally: &Tally) -> Option<El> {
    if tally.is_empty() {
        return None;
    }
    let row =
        |name: El, n: u64| el("tr").child(name).child(el("td").class("number").child(count(n)));
    let named = |(name, n): (&str, u64)| row(el("td").child(el("code").child(name.to_owned())), n);
    let rest = (tally.n_rest() > 0).then(|| row(el("td").child("all others"), tally.n_rest()));
    let head =
        el("tr").child(el("th").child("Name")).child(el("th").class("number").child("Times"));
    let body = el("tbody").children(tally.counts().into_iter().map(named)).children(rest);
    let why = "Not an error: they were left out, and everything else of these records was used.";
    let summary = el("summary").child(el("h2").child(name));
    let table = el("table").child(el("thead").child(head)).child(body);
    Some(card(true, summary).child(el("p").child(why)).child(table))
}

/// One kind of what the log says that cannot be; `first` of `n` are listed.
fn anomaly(log: &Arc<Loaded>, kind: Anomaly, n: u64, first: Vec<Seq>) -> El {
    let log = log.clone();
    let rows = Rows::new(Arc::new(first), move |&seq| event_row(&log, seq));
    let heading = el("h2").class("sentence").child(kind.sentence());
    list_card(false, heading, "Events", n, rows)
}

fn event_row(log: &Loaded, seq: Seq) -> El {
    let app = App::here();
    let events = &log.history.log;
    let kind = (seq.index() < events.len()).then(|| event_name(&log.history, seq));
    let id = events.event_id(seq);
    let name = id.map_or_else(|| format!("event {}", seq.index() + 1), |id| format!("#{id}"));
    let href = move || Some(app.route_with(|route| route.clone().with_at(id).to_string()));
    let link = id.map(|_| el("a").live("href", href).child("look at the log as of then"));
    let what = el("span")
        .class("cut")
        .child(el("strong").class("number").child(name))
        .child(" ")
        .child(el("code").children(kind));
    let nanos = events.nanos.get(seq.index());
    let then = el("span")
        .class("dim")
        .children(nanos.map(when))
        .children(link.as_ref().map(|_| " · "))
        .children(link);
    el("div").class("notice-row").child(what).child(then)
}
