//! Saving the page as one file with the log in it: all of it or what is behind a picture, as it is or
//! without the names.
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{Event, HtmlInputElement};

use crate::events::Span;
use crate::facts::{Redactor, all_records};
use crate::view::announcer::NOT_KEPT;
use crate::view::el::{Child, button, el, live};
use crate::view::export::{MAX_LOG_BYTES, log_of, n_bytes_of};
use crate::view::header::name_of;
use crate::view::state::App;
use crate::web::save::{Part, blob_of_bytes, page_with, size_of, text_of};
use crate::web::task::Stretch;
use crate::web::{Loaded, dom};
use crate::words::{Topic, bytes, counted};

/// A log of more text than this is not compressed on a page.
const MAX_TEXT_BYTES: u64 = 1 << 30;

const BEGUN: &str = "Putting it together…";

const FILE: &str = "lineage-report.html";

/// What the dialog holds.
pub fn save_choices() -> Vec<Child> {
    let app = App::here();
    let told = RwSignal::new(String::new());
    let is_redacted = RwSignal::new(false);
    let picked = app.picked();
    let all = app.log.with_untracked(|log| log.as_ref().map_or(0, |log| log.history.log.len()));
    let what = match &picked {
        Some(spans) => format!("the {} behind this picture", records(spans.len())),
        None => format!("all {}", counted(all as u64, "event", "events")),
    };
    let lead = format!(
        "One file with this page and {what} in it. It opens by itself, from a disk or an attachment, \
         and asks nobody for anything."
    );
    let switched = move |event: Event| {
        is_redacted.set(event_target::<HtmlInputElement>(&event).checked());
    };
    let switch = el("input").attr("type", "checkbox").on("change", switched);
    let switch = el("label").class("save-switch").child(switch).child("Without names");
    let replaced = "Ids of wants, job runs and taints, job labels, partition keys and numbers, users, comments and \
                    reasons become short stand-ins, the same ones throughout. What stays: times, counts, event ids, \
                    and what each dataset’s refs have in common, such as data/report/region=*. What no databuild event \
                    has is left out, and so are OpenLineage’s events.";
    let save = move || {
        let picked = picked.clone();
        told.set(BEGUN.to_owned());
        app.say(Topic::Done, BEGUN);
        spawn_local(async move {
            let words = saved(app, picked, is_redacted.get_untracked()).await;
            match &words {
                Ok(words) => app.say(Topic::Done, words.as_str()),
                Err(why) => app.warn(why.as_str()),
            }
            // The page may have gone on.
            let _ = told.try_set(words.unwrap_or_else(|why| why));
        });
    };
    vec![
        el("p").child(lead).into(),
        el("div").child(switch).child(el("p").class("dim").child(replaced)).into(),
        el("div").class("actions").child(button("button primary").press(save).child("Save")).into(),
        el("p").child(live(move || told.get())).into(),
    ]
}

fn records(n: usize) -> String {
    counted(n as u64, "record", "records")
}

/// What was saved, or why not; both in words.
async fn saved(app: App, picked: Option<Vec<Span>>, is_redacted: bool) -> Result<String, String> {
    let log = app.log.get_untracked().ok_or("There is no log.")?;
    let (parts, left_out) = match picked {
        None if !is_redacted => (whole(app, &log).await?, String::new()),
        picked => {
            let spans = picked.unwrap_or_else(|| all_records(&log.history));
            some(app, &log, &spans, is_redacted).await?
        }
    };
    let page = page_with(&parts).await?;
    let n_bytes = bytes(size_of(&page));
    dom::save_blob(FILE, &page).map_err(|_| NOT_KEPT.to_owned())?;
    Ok(format!("Saved as {FILE}, {n_bytes}.{left_out}"))
}

/// All inputs as they are.
async fn whole(app: App, log: &Arc<Loaded>) -> Result<Vec<Part>, String> {
    hold(log.inputs.iter().map(|input| input.n_bytes).sum(), MAX_TEXT_BYTES)?;
    let mut parts = Vec::with_capacity(log.inputs.len());
    for (i, input) in log.inputs.iter().enumerate() {
        let origin = app.origin(i).ok_or("Where the log came from is not known any more.")?;
        let text = text_of(&origin, input.is_plain).await;
        let text = text.map_err(|why| format!("{} {}", why.sentence(), why.next_step()))?;
        parts.push(Part { name: input.name.clone(), text });
    }
    Ok(parts)
}

/// Some records, perhaps without their names; and what is not among them, in words.
async fn some(
    app: App,
    log: &Arc<Loaded>,
    spans: &[Span],
    is_redacted: bool,
) -> Result<(Vec<Part>, String), String> {
    hold(n_bytes_of(spans), MAX_LOG_BYTES)?;
    let text = log_of(app, spans).await?;
    let (name, text, left_out) = if is_redacted {
        let (text, n_left_out) = redacted(&text).await;
        if text.is_empty() {
            return Err(
                "No databuild event is in it, and only those can be saved without names.".into()
            );
        }
        let left_out = if n_left_out == 0 {
            String::new()
        } else {
            format!(" Left out: {} of another kind.", records(n_left_out))
        };
        ("log without names".to_owned(), text, left_out)
    } else {
        (format!("part of {}", name_of(log)), text, String::new())
    };
    let text = blob_of_bytes(&text).map_err(|_| NOT_KEPT.to_owned())?;
    Ok((vec![Part { name, text }], left_out))
}

fn hold(n_bytes: u64, limit: u64) -> Result<(), String> {
    if n_bytes <= limit {
        return Ok(());
    }
    let (n_bytes, limit) = (bytes(n_bytes), bytes(limit));
    Err(format!(
        "These are {n_bytes}, more than the {limit} that a page puts together. Save what is behind a \
         picture, or hand on the log beside lineage.html."
    ))
}

/// Each line without its names, and how many lines cannot be had like that.
async fn redacted(log: &[u8]) -> (Vec<u8>, usize) {
    let (mut redactor, mut stretch) = (Redactor::default(), Stretch::default());
    let (mut text, mut n_left_out) = (Vec::with_capacity(log.len()), 0);
    for line in log.split(|&byte| byte == b'\n').filter(|line| !line.is_empty()) {
        match std::str::from_utf8(line).ok().and_then(|line| redactor.redact(line)) {
            Some(line) => {
                text.extend_from_slice(line.as_bytes());
                text.push(b'\n');
            }
            None => n_left_out += 1,
        }
        stretch.breathe().await;
    }
    (text, n_left_out)
}
