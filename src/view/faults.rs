//! The line over a page whose address has parts that cannot be read: which, why, and a way out.
use crate::commands::MEND;
use crate::route::Page;
use crate::view::doing::COMMAND;
use crate::view::el::{El, button, el};
use crate::view::state::App;

/// So many parts are named.
const NAMED: usize = 3;

/// The line; none where all of the address was read.
pub fn fault_banner() -> Option<El> {
    let app = App::here();
    let said = fault_words(app)?;
    let mend = button("button").attr(COMMAND, MEND.does).press(move || app.mend_address());
    Some(
        el("div")
            .class("banner banner-faults")
            .child(el("span").child(said))
            .child(mend.child("Correct the address"))
            .child(
                el("a")
                    .class("button")
                    .live("href", move || Some(app.href(Page::HOME)))
                    .child("Overview"),
            ),
    )
}

/// What the line says. Tracked.
pub fn fault_words(app: App) -> Option<String> {
    let faults = app.faults();
    if faults.is_empty() {
        return None;
    }
    let named: Vec<String> = faults
        .iter()
        .take(NAMED)
        .map(|fault| format!("“{}”: {}", fault.part, fault.reason))
        .collect();
    let rest = if faults.len() > NAMED { "; and so on" } else { "" };
    Some(format!(
        "A part of the address cannot be read, and the rest is shown. {}{rest}.",
        named.join("; ")
    ))
}
