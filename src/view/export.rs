//! What is shown as files: the picture whole, its nodes as a table, and its events as a small log that
//! opens as the same picture.
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::commands::{Command, Place};
use crate::events::Span;
use crate::facts::{is_whole_object, one_line, records, table, table_sheet};
use crate::layout::Size;
use crate::scene::mark::tenths;
use crate::scene::{About, Scene, png_size, svg_file};
use crate::summary::{Format, nanos_of_moment};
use crate::view::announcer::NOT_KEPT;
use crate::view::doing::{bears, does};
use crate::view::el::{El, el, live};
use crate::view::menu::{item, menu};
use crate::view::panel::with_answer;
use crate::view::pipeline::{Answer, Pipeline};
use crate::view::state::App;
use crate::web::{dom, raster, read_spans};
use crate::words::{Topic, bytes, counted};

/// A log of more bytes than these is not put together on a page.
pub const MAX_LOG_BYTES: u64 = 256 << 20;

/// What can be saved: by which command, as what, and what that is.
const ITEMS: [(Command, &str, &str); 6] = [
    (Command::SaveSvg, "SVG", "the picture, whole"),
    (Command::SavePng, "PNG", "the picture, whole, as pixels"),
    (Command::SaveNodesCsv, "CSV", "its nodes as a table"),
    (Command::SaveNodesJson, "JSON", "its nodes, one a line"),
    (Command::SaveEvents, "Log", "its events, which open here again"),
    (Command::SavePictured, "Page", "this page with its events in it"),
];

/// The menu; `said` is how much of all there is is shown.
pub fn export_menu(pipeline: Pipeline, said: fn(&Answer) -> String) -> El {
    let app = App::here();
    let told = RwSignal::new(String::new());
    let picture = move || {
        untrack(|| {
            let about = with_answer(pipeline, |answer| Some(about(app, answer, said(answer))));
            pipeline.scene.with(|scene: &Arc<Scene>| svg_file(scene, &about.unwrap_or_default()))
        })
    };
    let svg = move || {
        let name = "lineage.svg";
        let saved = dom::save(name, "image/svg+xml", &picture().0);
        told.set(if app.say_saved(name, &saved) { "" } else { NOT_KEPT }.to_owned());
    };
    let sheet = move |format: Format| {
        let file = untrack(|| {
            with_answer(pipeline, |answer| {
                let rows = table(&answer.graph, &answer.cards);
                Some(table_sheet(&rows, &answer.cards, format))
            })
        });
        let name = format!("lineage.{}", format.ending());
        let saved = dom::save(&name, format.mime(), &file.unwrap_or_default());
        told.set(if app.say_saved(&name, &saved) { "" } else { NOT_KEPT }.to_owned());
    };
    let act = move |command| match command {
        Command::SaveSvg => svg(),
        Command::SavePng => save_png(app, picture(), told),
        Command::SaveNodesCsv => sheet(Format::Csv),
        Command::SaveNodesJson => sheet(Format::Ndjson),
        Command::SaveEvents => save_log(app, pipeline, told),
        _ => app.open_save(Some(behind(pipeline))),
    };
    does(app, Place::Page, |command| ITEMS.iter().any(|it| it.0 == command), act);
    let items = move || {
        let item = |(command, name, means)| bears(item(name, means, move || act(command)), command);
        ITEMS.map(item).into()
    };
    el("div")
        .class("export")
        .child(menu("Save as", items))
        .child(el("p").class("export-told").child(live(move || told.get())))
}

fn about(app: App, answer: &Answer, said: String) -> About {
    let title = answer.cards.first().map(|card| match &card.reference {
        Some(reference) => reference.clone(),
        None => format!("{}{}", card.lead, card.name),
    });
    let when = app.exact_time(nanos_of_moment(answer.snapshot.asof()));
    About { title: title.unwrap_or_default(), said: format!("{said} · as of {when}") }
}

/// Says so where it is less fine than usual, or none at all.
fn save_png(app: App, (svg, size): (String, Size), told: RwSignal<String>) {
    let Some((density, pixels)) = png_size(size) else {
        let (width, height) = (tenths(size.width.round()), tenths(size.height.round()));
        let why = format!(
            "The picture is {width} by {height}: too large for a PNG that can be read. Save it as SVG."
        );
        return tell(app, told, Err(why));
    };
    spawn_local(async move {
        let saved = raster::png(&svg, pixels).await;
        let is_kept = saved.and_then(|blob| dom::save_blob("lineage.png", &blob)).is_ok();
        tell(
            app,
            told,
            match (is_kept, density < 2.0) {
                (false, _) => {
                    Err("The browser could not draw it as a PNG. Save it as SVG.".to_owned())
                }
                (true, true) => {
                    let density = tenths(density);
                    Ok(format!(
                        "Saved with {density} in place of 2 pixels for one: no canvas is larger."
                    ))
                }
                (true, false) => {
                    app.say_saved::<()>("lineage.png", &Ok(()));
                    let _ = told.try_set(String::new());
                    return;
                }
            },
        );
    });
}

/// Where the records behind the picture are.
fn behind(pipeline: Pipeline) -> Vec<Span> {
    let asked = untrack(|| {
        with_answer(pipeline, |answer| Some(records(answer.snapshot.asof(), &answer.graph)))
    });
    asked.unwrap_or_default()
}

/// The records behind the picture, read again from where the log came from.
fn save_log(app: App, pipeline: Pipeline, told: RwSignal<String>) {
    let spans = behind(pipeline);
    let n_bytes = n_bytes_of(&spans);
    if spans.is_empty() || n_bytes > MAX_LOG_BYTES {
        return tell(
            app,
            told,
            Err(match spans.len() {
                0 => "Nothing of it was in the log by then.".to_owned(),
                _ => format!("These are {}: more than a page can save.", bytes(n_bytes)),
            }),
        );
    }
    tell(app, told, Ok(format!("Reading {} of the log…", bytes(n_bytes))));
    spawn_local(async move {
        tell(
            app,
            told,
            match log_of(app, &spans).await {
                Err(why) => Err(why),
                Ok(log) => {
                    let kept = dom::save_bytes("lineage-log.ndjson", Format::Ndjson.mime(), &log);
                    let n = counted(spans.len() as u64, "record", "records");
                    match kept {
                        Ok(()) => Ok(format!(
                            "Saved {n} as a log: all of what is shown or in a group here. What is beyond is not \
                         in it, so nothing is stale there because of it."
                        )),
                        Err(_) => Err(NOT_KEPT.to_owned()),
                    }
                }
            },
        );
    });
}

/// Tells how it went, to who sees it and who does not.
fn tell(app: App, told: RwSignal<String>, how: Result<String, String>) {
    match &how {
        Ok(words) => app.say(Topic::Done, words.as_str()),
        Err(why) => app.warn(why.as_str()),
    }
    // The page may have gone on.
    let _ = told.try_set(how.unwrap_or_else(|why| why));
}

/// How long these records are as a log.
pub fn n_bytes_of(spans: &[Span]) -> u64 {
    spans.iter().map(|span| u64::from(span.len) + 1).sum()
}

/// The records, one a line, in the order of `spans`; why not, in words.
pub async fn log_of(app: App, spans: &[Span]) -> Result<Vec<u8>, String> {
    let mut records: Vec<Vec<u8>> = vec![Vec::new(); spans.len()];
    let mut rows: Vec<usize> = (0..spans.len()).collect();
    let place = |row: &usize| spans.get(*row).map(|span| (span.input, span.offset));
    rows.sort_by_key(place);
    for of_input in rows.chunk_by(|a, b| place(a).map(|it| it.0) == place(b).map(|it| it.0)) {
        let found = of_input.iter().filter_map(|&row| spans.get(row));
        let places: Vec<(u64, u32)> = found.map(|span| (span.offset, span.len)).collect();
        let input = of_input.first().and_then(place).unwrap_or_default().0;
        let Some(origin) = app.origin(usize::from(input)) else {
            return Err("Where these events came from is not known any more.".to_owned());
        };
        let read = read_spans(&origin, &places).await;
        let read = read.map_err(|why| format!("{} {}", why.sentence(), why.next_step()))?;
        if !read.iter().all(|record| is_whole_object(record)) {
            return Err(format!(
                "{} does not have these events where they were: the log has changed since it was read.",
                origin.name()
            ));
        }
        for (&row, record) in of_input.iter().zip(read) {
            if let Some(place) = records.get_mut(row) {
                *place = record;
            }
        }
    }
    let mut log = Vec::with_capacity(records.iter().map(|record| record.len() + 1).sum());
    for record in &mut records {
        one_line(record);
        log.append(record);
        log.push(b'\n');
    }
    Ok(log)
}
