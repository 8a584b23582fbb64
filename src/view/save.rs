//! Saves a list as a file: CSV, or JSON with one object a line.
use std::sync::Arc;

use crate::commands::Command;
use crate::summary::Format;
use crate::view::doing::by_command;
use crate::view::el::{El, button, el};
use crate::view::state::App;
use crate::web::dom;

/// The list that a page is of.
pub const OF_PAGE: [Command; 2] = [Command::SaveListCsv, Command::SaveListJson];

/// The text of a list in a format; none while there is no list.
pub type Written = Arc<dyn Fn(Format) -> Option<String> + Send + Sync>;

/// Two buttons. `what` is saved, for those who cannot see beside what they stand; files are named `stem`.
/// `commands` are of CSV and JSON.
pub fn save_list(
    what: &'static str,
    stem: &'static str,
    commands: [Command; 2],
    written: Written,
) -> El {
    let app = App::here();
    let one = |words: &'static str, command: Command, format: Format| {
        let written = Arc::clone(&written);
        let save = move || {
            if let Some(text) = written(format) {
                let name = format!("{stem}.{}", format.ending());
                app.say_saved(&name, &dom::save(&name, format.mime(), &text));
            }
        };
        let title = format!("Save {what} as {words}");
        by_command(button("save-list"), command)
            .press(save)
            .attr("title", title.clone())
            .attr("aria-label", title)
            .child(words)
    };
    let [csv, json] = commands;
    el("span").class("save-lists").child(one("CSV", csv, Format::Csv)).child(one(
        "JSON",
        json,
        Format::Ndjson,
    ))
}
