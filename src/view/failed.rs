//! The page when a log could not be opened: what happened, and one next step.
use leptos::prelude::*;

use crate::view::shapes::Shapes;
use crate::view::start::FilePicker;
use crate::view::state::{App, Load};
use crate::web::Error;
use crate::words::{count, counted};

/// The page.
#[component]
pub fn FailedPage() -> impl IntoView {
    let app = App::here();
    move || match app.load() {
        Load::Failed(error) => Some(failure(app, error)),
        _ => None,
    }
}

fn failure(app: App, error: Error) -> impl IntoView {
    let retry = error.may_pass().then(|| {
        view! { <button class="button primary" on:click=move |_| app.retry()>"Try again"</button> }
    });
    view! {
        <div class="notice-page" data-error=error.code()>
            <span class="failed-sign" aria-hidden="true">"✕"</span>
            <h1>{error.sentence()}</h1>
            <p>{error.next_step()}</p>
            {reason(&error)}
            <div class="actions">
                {retry}
                <FilePicker />
                <button class="button" on:click=move |_| app.dismiss()>"Back to the start"</button>
            </div>
            {matches!(error, Error::NotALog { .. }).then(|| view! { <Shapes /> })}
        </div>
    }
}

/// What was read before giving up.
fn reason(error: &Error) -> Option<impl IntoView + use<>> {
    let Error::NotALog { n_records, n_bad, reason, .. } = error else { return None };
    let records = counted(*n_records, "record", "records");
    let said = format!("Of the first {records}, {} could not be used.", count(*n_bad));
    let first = reason.as_ref().map(|reason| format!(" The first: {reason}."));
    Some(view! { <p class="card failed-reason">{said}{first}</p> })
}
