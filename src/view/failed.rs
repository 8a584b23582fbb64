//! The page when a log could not be opened: what happened, and one next step.
use crate::commands::{DISMISS, RETRY};
use crate::view::copy::copy_button;
use crate::view::doing::COMMAND;
use crate::view::el::{El, el, live_all};
use crate::view::shapes::shapes;
use crate::view::start::file_picker;
use crate::view::state::{App, Load};
use crate::web::Error;
use crate::words::{count, counted};

/// The page.
pub fn failed_page() -> El {
    let app = App::here();
    let error = move || match app.load() {
        Load::Failed(error) => Some(error),
        _ => None,
    };
    let parts = move || error().map(|error| parts(app, &error)).unwrap_or_default();
    el("div")
        .class("notice-page")
        .live("data-error", move || error().map(|error| error.code().to_owned()))
        .child(live_all(parts))
}

fn parts(app: App, error: &Error) -> Vec<El> {
    let retry = || {
        let retry = el("button").class("button primary").attr(COMMAND, RETRY.does);
        retry.press(move || app.retry())
    };
    let back = el("button").class("button").attr(COMMAND, DISMISS.does);
    let actions = el("div")
        .class("actions")
        .children(error.may_pass().then(|| retry().child("Try again")))
        .child(file_picker())
        .child(back.press(move || app.dismiss()).child("Back to the start"));
    let mut parts = vec![
        el("span").class("failed-sign").attr("aria-hidden", "true").child("✕"),
        el("h1").child(error.sentence()),
        el("p").child(error.next_step()),
    ];
    let reason = reason(error);
    let detail = detail(error, reason.as_deref());
    parts.extend(reason.map(|said| el("p").class("card failed-reason").child(said)));
    parts.push(actions);
    parts.push(detail);
    if matches!(error, Error::NotALog { .. }) {
        parts.extend(shapes());
    }
    parts
}

/// What was read before giving up.
fn reason(error: &Error) -> Option<String> {
    let Error::NotALog { n_records, n_bad, reason, .. } = error else { return None };
    let records = counted(*n_records, "record", "records");
    let said = format!("Of the first {records}, {} could not be used.", count(*n_bad));
    let first = reason.as_ref().map(|reason| format!(" The first: {reason}."));
    Some(said + &first.unwrap_or_default())
}

/// The code, which stays the same from version to version, and a way to copy it with the words.
fn detail(error: &Error, reason: Option<&str>) -> El {
    let code = error.code();
    let reason = reason.map(|said| format!(" {said}")).unwrap_or_default();
    let words = format!("{code}: {} {}{reason}", error.sentence(), error.next_step());
    el("p")
        .class("dim failed-code")
        .child("Code: ")
        .child(el("code").child(code))
        .child(copy_button(words, "the code and these words"))
}
