//! The status history of a run as a bar: to scale while it waited and ran, folded where nothing
//! happened between its attempts.
use leptos::prelude::*;

use crate::facts::{Phase, Segment, Timeline};
use crate::view::section::mark;
use crate::view::status::chip;
use crate::view::when::When;
use crate::words::{count, duration};

/// The bar.
#[component]
pub fn StatusBar(
    /// What to show.
    timeline: Timeline,
) -> impl IntoView {
    let last = timeline.segments.len().saturating_sub(1);
    let one = |(at, segment): (usize, &Segment)| {
        let grow = timeline.share(segment);
        let is_open = at == last && timeline.open.is_some();
        // How the last one ended is told in words after the bar.
        let ended = segment.ended.filter(|_| at != last);
        let class = class_of(segment.phase);
        let style = format!("flex-grow:{grow:.4}");
        view! {
            <li class=class class:is-open=is_open style=style title=words(segment)>
                <span class="bar-words">{words(segment)}</span>
            </li>
            {ended.map(|status| view! { <li class="bar-end">{mark(status)}</li> })}
        }
    };
    let parts = timeline.segments.iter().enumerate().map(one).collect_view();
    let status = timeline.segments.last().and_then(|segment| segment.ended);
    let end = status.zip(timeline.end_nanos).map(|(status, nanos)| {
        view! { <li class="bar-end">{chip(status)}<When nanos=nanos /></li> }
    });
    let open = timeline
        .open
        .map(|until| view! { <li class="bar-end dim">{format!("not over {until}")}</li> });
    view! { <ol class="status-bar" aria-label="Status history">{parts}{end}{open}</ol> }
}

const fn class_of(phase: Phase) -> &'static str {
    match phase {
        Phase::Queued => "bar-queued",
        Phase::Running => "bar-running",
        Phase::Idle | Phase::Skipped(_) => "bar-fold",
    }
}

fn words(segment: &Segment) -> String {
    let took = duration(segment.nanos);
    match segment.phase {
        Phase::Queued => format!("Queued {took}"),
        Phase::Running => format!("Running {took}"),
        Phase::Idle => format!("idle {took}"),
        Phase::Skipped(n) => format!("{} attempts in {took}", count(n.into())),
    }
}
