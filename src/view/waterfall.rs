//! Below the picture of a want: where its time went. The chain that holds it up while it is open, the
//! shares of its time, and a bar for each of its runs on one axis, with long idle time folded.
use std::fmt::Write;
use std::sync::Arc;

use leptos::prelude::*;

use crate::commands::Command;
use crate::events::WantId;
use crate::facts::{self, Axis, Bar, MAX_ROWS, Mark, Section, Share, Stretch, Value, Waterfall};
use crate::graph::{Focus, Wait};
use crate::history::AsOf;
use crate::summary::{Lateness, lateness};
use crate::view::doing::by_command;
use crate::view::el::{Child, El, el, live_all};
use crate::view::pipeline::Pipeline;
use crate::view::section::{more_button, page_link, section};
use crate::view::status::mark;
use crate::view::virtual_list::{Rows, virtual_list};
use crate::view::when::when;
use crate::words::{counted, duration, fixed};

/// A label on the axis is about so wide, as a part of it: nearer ones stand below each other.
const LABEL: f64 = 0.12;
/// Rows for labels.
const LABEL_ROWS: usize = 3;

/// The part of the page. It is open at first where the want is not done, or was late.
pub fn waterfall(pipeline: Pipeline) -> El {
    let is_whole = RwSignal::new(false);
    let all = Callback::new(move |()| is_whole.set(true));
    let told = Memo::new(move |_| {
        let most = if is_whole.get() { usize::MAX } else { MAX_ROWS };
        ask_want(pipeline, |asof, want| Arc::new(facts::waterfall(asof, want, most)))
    });
    let needs_care = Memo::new(move |_| ask_want(pipeline, needs_care).unwrap_or(false));
    let line = move || told.with(|told| told.as_ref().map(|it| shares_words(it)));
    let summary = by_command(el("summary"), Command::Waterfall)
        .child(el("h2").child("Where the time went"))
        .child(el("span").class("dim number").child(live_all(line)));
    let body = move || told.get().map(|told| body(&told, all));
    el("details")
        .class("waterfall")
        .live("open", move || needs_care.get().then(String::new))
        .child(summary)
        .child(live_all(body))
}

/// Whether somebody will want to know why it takes so long.
fn needs_care(asof: AsOf<'_>, want: WantId) -> bool {
    let is_late =
        matches!(lateness(asof, want), Some(Lateness::LateBy(_) | Lateness::DoneLateBy(_)));
    is_late || facts::because_rows(asof, want, 1).is_some()
}

/// `8 m 02 s: running 48 %, queued 12 %`.
fn shares_words(told: &Waterfall) -> String {
    let share = |it: &Share| format!("{} {}", wait_word(it.wait), percent_words(it.share));
    let shares: Vec<String> = told.totals.iter().map(share).collect();
    let nanos = |it: &Share| if let Value::Duration(nanos) = it.row.value { nanos } else { 0 };
    if shares.is_empty() {
        return "not begun by this moment".to_owned();
    }
    let all = duration(told.totals.iter().map(nanos).sum());
    format!("{all}: {}", shares.join(", "))
}

fn body(told: &Arc<Waterfall>, all: Callback<()>) -> El {
    let why =
        told.waits_for.clone().map(|why| el("div").class("why-open").child(section(why, all)));
    let body = el("div").class("waterfall-body").children(why);
    if told.bars.is_empty() {
        return body;
    }
    let more = (told.n_more > 0).then(|| more_button(told.n_more, "more", move || all.run(())));
    let rows = told.slices.iter().map(|slice| slice.row.clone()).collect();
    let title = "Slice by slice".to_owned();
    let slices = Section { title, rows, n_more: told.n_more_slices, why: None };
    let slices = (!slices.rows.is_empty()).then(|| section(slices, all));
    body.child(legend(told)).child(chart(told)).children(more).children(slices)
}

/// What the patterns mean, with the shares; and what is not to scale.
fn legend(told: &Waterfall) -> El {
    let one = |share: &Share| {
        let words = format!("{} {}", share.row.label, percent_words(share.share));
        el("li").child(el("span").class(format!("swatch {}", wait_class(share.wait)))).child(words)
    };
    let n_folds = told.axis.pieces.iter().filter(|piece| piece.is_folded).count() as u64;
    let folded = (n_folds > 0).then(|| {
        let folds = counted(n_folds, "stretch", "stretches");
        let took = duration(told.axis.folded_nanos());
        let words = format!("{folds} without work folded, {took} in all");
        el("li").child(el("span").class("swatch wait-fold")).child(words)
    });
    let critical = told.bars.iter().any(|bar| bar.is_critical);
    let critical =
        critical.then(|| el("li").child(el("strong").child("bold")).child(" set its end"));
    let legend =
        el("ul").class("waterfall-legend number").attr("aria-label", "What its time went to");
    legend.children(told.totals.iter().map(one)).children(folded).children(critical)
}

/// The axis, and a row for each want and run.
fn chart(told: &Arc<Waterfall>) -> El {
    let label = "Runs and wants, over time";
    let list: El = if told.bars.len() > MAX_ROWS {
        let rows = Rows::new(Arc::new(told.bars.clone()), bar_row);
        virtual_list(label, Signal::stored(rows), true)
    } else {
        let rows = told.bars.iter().map(|bar| el("li").child(bar_row(bar)));
        el("ul").attr("aria-label", label).children(rows)
    };
    el("div")
        .class("waterfall-chart")
        .attr("style", format!("--behind:{}", behind(&told.axis, &told.marks)))
        .child(marks_head(&told.marks))
        .child(list)
}

/// The labels of the marks, over the bars. Where two are near each other, one stands lower.
fn marks_head(marks: &[Mark]) -> El {
    let mut before: Vec<f64> = Vec::new();
    let mut n_rows = 1;
    let mut labels = Vec::new();
    for mark in marks {
        let n_near = before.iter().rev().take_while(|&&it| mark.place - it < LABEL).count();
        let row = n_near.min(LABEL_ROWS - 1);
        n_rows = n_rows.max(row + 1);
        before.push(mark.place);
        let is_limit = matches!(mark.label, "SLA" | "TTL");
        let class = if is_limit { "axis-mark is-limit" } else { "axis-mark" };
        let class = if mark.place > 0.5 { format!("{class} is-left") } else { class.to_owned() };
        let words = if mark.is_before { " before it began, " } else { " " };
        let place = format!("left:{};top:{}px", percent(mark.place), row * 16);
        let label = el("li").class(class).attr("style", place);
        labels.push(label.child(mark.label).child(words).child(when(mark.nanos)));
    }
    el("ol")
        .class("axis-marks")
        .attr("aria-label", "Limits and end")
        .attr("style", format!("height:{}px", n_rows * 16))
        .children(labels)
}

/// A want or run: its name at the left, what it did and when at the right.
fn bar_row(bar: &Bar) -> Child {
    let row = &bar.row;
    let said: Vec<String> = bar.stretches.iter().map(stretch_words).collect();
    let said = said.join(", ");
    let name = match &row.page {
        Some(page) => page_link(page.clone()),
        None => el("span"),
    };
    let name = name.child(el("span").class("cut").child(row.label.clone()));
    let critical = bar.is_critical.then(|| el("span").class("only-read").child(" set its end"));
    let heading = el("span")
        .class("bar-name")
        .attr("style", format!("padding-left:{}px", bar.depth.min(8) * 12))
        .attr("title", row.label.clone())
        .children(row.status.map(mark))
        .child(name)
        .children(critical);
    let parts = bar.stretches.iter().map(stretch);
    let track = el("span").class("bar-track").attr("aria-hidden", "true").children(parts);
    el("div")
        .class(if bar.is_critical { "waterfall-bar is-critical" } else { "waterfall-bar" })
        .child(heading)
        .child(track)
        .child(el("span").class("only-read").child(said))
        .into()
}

fn stretch(it: &Stretch) -> El {
    let ended = it.ended.map(|status| {
        el("span").class(format!("bar-ended {}", status.tone.class())).child(status.tone.glyph())
    });
    el("span")
        .class(format!("stretch {}", wait_class(it.wait)))
        .attr("style", format!("left:{};width:{}", percent(it.left), percent(it.width)))
        .attr("title", stretch_words(it))
        .children(ended)
}

/// `running 41 s, then failed`.
fn stretch_words(it: &Stretch) -> String {
    let mut words = format!("{} {}", wait_word(it.wait), duration(it.nanos));
    if let Some(status) = it.ended {
        // Writing to a string cannot fail.
        let _ = write!(words, ", then {}", status.text());
    }
    words
}

/// What every row has behind its bars, as layers of a background: lines for marks, bands for folds.
fn behind(axis: &Axis, marks: &[Mark]) -> String {
    let mut layers: Vec<String> = Vec::new();
    for mark in marks {
        let color = if matches!(mark.label, "SLA" | "TTL") { "--bad" } else { "--ink-faint" };
        let at = percent(mark.place.min(0.9985));
        layers.push(format!(
            "linear-gradient(90deg,#0000 {at},var({color}) {at} calc({at} + 1px),#0000 calc({at} + 1px))"
        ));
    }
    for fold in axis.pieces.iter().filter(|piece| piece.is_folded) {
        let (from, to) = (percent(fold.left), percent(fold.left + fold.width));
        layers.push(format!(
            "linear-gradient(90deg,#0000 {from},var(--line) {from} {to},#0000 {to})"
        ));
    }
    if layers.is_empty() { "none".to_owned() } else { layers.join(",") }
}

const fn wait_word(wait: Wait) -> &'static str {
    match wait {
        Wait::Queued => "queued",
        Wait::Running => "running",
        Wait::Waiting => "waiting",
        Wait::Idle => "idle",
    }
}

const fn wait_class(wait: Wait) -> &'static str {
    match wait {
        Wait::Queued => "wait-queued",
        Wait::Running => "wait-running",
        Wait::Waiting => "wait-waiting",
        Wait::Idle => "wait-idle",
    }
}

/// `12.34%`, for a style; of a part of the whole.
fn percent(part: f64) -> String {
    format!("{}%", fixed((part * 100.0) as f32, 2))
}

/// `12 %`, and `under 1 %` for what is not nothing.
pub fn percent_words(part: f64) -> String {
    match part {
        0.005.. => format!("{} %", fixed((part * 100.0) as f32, 0)),
        part if part > 0.0 => "under 1 %".to_owned(),
        _ => "0 %".to_owned(),
    }
}

/// Asks about the want that is shown; none while none is.
fn ask_want<T>(pipeline: Pipeline, question: impl FnOnce(AsOf<'_>, WantId) -> T) -> Option<T> {
    pipeline.answer.with(|answer| {
        let answer = answer.as_ref()?.as_ref().ok()?;
        let Focus::Want(want) = answer.ask.focus else { return None };
        Some(question(answer.snapshot.asof(), want))
    })
}
