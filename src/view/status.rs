//! Statuses as chips, tallies and shares. Which tone a status has is the scene's to say.
use leptos::prelude::*;

use crate::scene::Status;
use crate::words::count;

/// A status: glyph, word and color.
#[component]
pub fn StatusChip(
    /// What to say; nothing for none.
    #[prop(into)]
    status: Signal<Option<Status>>,
) -> impl IntoView {
    move || status.get().map(chip)
}

/// The chip of a status that stays what it is.
pub fn chip(status: Status) -> impl IntoView {
    let class = format!("chip {}", status.tone.class());
    view! { <span class=class><span aria-hidden="true">{status.tone.glyph()}</span>{status.text()}</span> }
}

/// `✓ 12 live  ✕ 1 failed`.
pub fn tally(counts: &[(Status, u64)]) -> impl IntoView + use<> {
    let one = |&(status, n): &(Status, u64)| {
        let text = format!("{} {} {}", status.tone.glyph(), count(n), status.text());
        view! { <span class=status.tone.class()>{text}</span> }
    };
    let all = counts.iter().map(one).collect_view();
    view! { <span class="tally number">{all}</span> }
}

/// A bar whose parts are as long as the counts. Says its counts to who cannot see it.
pub fn share(counts: &[(Status, u64)]) -> impl IntoView + use<> {
    let said: Vec<String> =
        counts.iter().map(|(status, n)| format!("{} {}", count(*n), status.text())).collect();
    let part = |&(status, n): &(Status, u64)| {
        view! { <span class=status.tone.class() style=format!("flex-grow:{n}")></span> }
    };
    let parts = counts.iter().map(part).collect_view();
    let said = said.join(", ");
    view! { <span class="share" role="img" aria-label=said.clone() title=said>{parts}</span> }
}
