//! The status history of a run as a bar: to scale while it waited and ran, folded where nothing
//! happened between its attempts.
use crate::facts::{Phase, Segment, Timeline};
use crate::view::el::{El, el};
use crate::view::status::{chip, mark};
use crate::view::when::when;
use crate::words::{count, duration};

/// The bar of `timeline`.
pub fn status_bar(timeline: Timeline) -> El {
    let last = timeline.segments.len().saturating_sub(1);
    let mut bar = el("ol").class("status-bar").attr("aria-label", "Status history");
    for (at, segment) in timeline.segments.iter().enumerate() {
        let is_open = at == last && timeline.open.is_some();
        // How the last one ended is told in words after the bar.
        let ended = segment.ended.filter(|_| at != last);
        bar = bar.child(part(segment, timeline.share(segment), is_open));
        bar = bar.children(ended.map(|status| el("li").class("bar-end").child(mark(status))));
    }
    let status = timeline.segments.last().and_then(|segment| segment.ended);
    let end = status
        .zip(timeline.end_nanos)
        .map(|(status, nanos)| el("li").class("bar-end").child(chip(status)).child(when(nanos)));
    let open = timeline.open.map(|until| format!("not over {until}"));
    bar.children(end).children(open.map(|words| el("li").class("bar-end dim").child(words)))
}

/// One stretch; `share` of the bar's length, 0 to 1.
fn part(segment: &Segment, share: f64, is_open: bool) -> El {
    let class = class_of(segment.phase);
    let class = if is_open { format!("{class} is-open") } else { class.to_owned() };
    let words = words(segment);
    el("li")
        .class(class)
        .attr("style", format!("flex-grow:{}", four_decimals(share)))
        .attr("title", words.clone())
        .child(el("span").class("bar-words").child(words))
}

/// `0.3333`, of a number from 0 to 1.
#[expect(clippy::cast_sign_loss, reason = "a share is not negative")]
fn four_decimals(share: f64) -> String {
    let n = (share * 10_000.0).round() as u32;
    format!("{}.{:04}", n / 10_000, n % 10_000)
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
