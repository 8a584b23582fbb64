//! The picture and its table as files: what is shown, whole, and nothing else.
use leptos::prelude::*;

use crate::facts::{table, table_sheet};
use crate::scene::{About, Scene, svg_file};
use crate::summary::{Format, nanos_of_moment};
use crate::view::el::{El, button, el};
use crate::view::panel::with_answer;
use crate::view::pipeline::{Answer, Pipeline};
use crate::view::state::App;
use crate::web::dom;

/// The buttons; `said` is how much of all there is is shown.
pub fn export_buttons(pipeline: Pipeline, said: fn(&Answer) -> String) -> El {
    let app = App::here();
    let picture = move || {
        let file = untrack(|| {
            let about = with_answer(pipeline, |answer| Some(about(app, answer, said(answer))));
            pipeline
                .scene
                .with(|scene: &std::sync::Arc<Scene>| svg_file(scene, &about.unwrap_or_default()))
        });
        save("lineage.svg", "image/svg+xml", &file);
    };
    let sheet = move |format: Format| {
        let file = untrack(|| {
            with_answer(pipeline, |answer| {
                let rows = table(&answer.graph, &answer.cards);
                Some(table_sheet(&rows, &answer.cards, format))
            })
        });
        save(&format!("lineage.{}", format.ending()), format.mime(), &file.unwrap_or_default());
    };
    let one =
        |words: &'static str, title: &'static str| button("").attr("title", title).child(words);
    el("div")
        .class("choices")
        .attr("role", "group")
        .attr("aria-label", "Save what is shown")
        .child(one("SVG", "Save the picture, whole").press(picture))
        .child(one("CSV", "Save its nodes as a table").press(move || sheet(Format::Csv)))
        .child(one("JSON", "Save its nodes, one a line").press(move || sheet(Format::Ndjson)))
}

fn about(app: App, answer: &Answer, said: String) -> About {
    let title = answer.cards.first().map(|card| match &card.reference {
        Some(reference) => reference.clone(),
        None => format!("{}{}", card.lead, card.name),
    });
    let when = app.exact_time(nanos_of_moment(answer.snapshot.asof()));
    About { title: title.unwrap_or_default(), said: format!("{said} · as of {when}") }
}

/// A browser that keeps no file says so itself.
fn save(name: &str, mime: &str, text: &str) {
    let _ = dom::save(name, mime, text);
}
