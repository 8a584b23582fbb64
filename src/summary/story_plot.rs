//! The story as pictures: bars of how attempts ended along the log, and a measure beside a name. Places
//! are parts of whatever room a picture gets. They are for who sees and points: tables and lists beside
//! them say the same to everybody.
use crate::history::{End, RunStatus};
use crate::scene::{Mark, Status};
use crate::summary::job_plot::percent;
use crate::summary::{Bar, Story};
use crate::words::count;

/// The part of a step that its bar fills.
const FILLED: f64 = 0.78;
/// The height for bars, of all; the rest is for the glyphs below them.
const HIGH: f64 = 0.78;
/// What there is one of is to be seen beside what there are thousands of.
const LEAST: f64 = 0.012;
/// From the base up.
const STACK: [End; 4] = [End::Failed, End::DepMiss, End::Canceled, End::Succeeded];

/// How attempts ended, as bars that each lead to `address`, the log as of the end of that stretch; `when`
/// says of a bar which stretch that is.
pub fn story_marks(
    story: &Story,
    when: &dyn Fn(&Bar) -> String,
    address: &dyn Fn(&Bar) -> String,
) -> Mark {
    let n_all = |bar: &Bar| bar.ends.iter().sum::<u64>();
    let most = story.bars.iter().map(n_all).max().unwrap_or(0).max(1);
    let step = 1.0 / story.bars.len().max(1) as f64;
    let some = story.bars.iter().enumerate().filter(|(_, bar)| n_all(bar) > 0);
    let bars = some.map(|(at, bar)| {
        let said = format!("{}: {}", when(bar), bar_words(bar));
        let left = at as f64 * step;
        Mark::new("a")
            .with("href", address(bar))
            .with("tabindex", "-1")
            .child(Mark::new("title").text(said))
            .child(rect("story-room", left, step, 0.0, 1.0))
            .children(stack(bar, most, left, step * FILLED))
            .children(glyphs(bar, left + step * FILLED / 2.0))
    });
    Mark::new("svg").with("class", "story-plot").with("aria-hidden", "true").children(bars)
}

fn stack(bar: &Bar, most: u64, left: f64, width: f64) -> Vec<Mark> {
    let mut base = HIGH;
    let some = STACK.into_iter().filter(|&end| bar.ends[end as usize] > 0);
    let piece = |end: End| {
        let height = (bar.ends[end as usize] as f64 / most as f64 * HIGH).max(LEAST);
        base -= height;
        rect(status(end).tone.class(), left, width, base, height)
    };
    some.map(piece).collect()
}

/// Failures and misses are told by more than a color.
fn glyphs(bar: &Bar, x: f64) -> Vec<Mark> {
    let some = [(End::Failed, 0.87), (End::DepMiss, 0.97)];
    let some = some.into_iter().filter(|&(end, _)| bar.ends[end as usize] > 0);
    let glyph = |(end, y): (End, f64)| {
        let tone = status(end).tone;
        Mark::new("text")
            .with("class", tone.class())
            .with("x", percent(x))
            .with("y", percent(y))
            .text(tone.glyph())
    };
    some.map(glyph).collect()
}

/// What a bar stands for: `12 succeeded, 1 failed`.
pub fn bar_words(bar: &Bar) -> String {
    let some = End::ALL.into_iter().filter(|&end| bar.ends[end as usize] > 0);
    let word = |end: End| format!("{} {}", count(bar.ends[end as usize]), status(end).text());
    let words: Vec<String> = some.map(word).collect();
    if words.is_empty() { "nothing ended".to_owned() } else { words.join(", ") }
}

/// A bar as long as `size` is of `most`, with a mark at `inner` where that is another size.
pub fn measure_marks(size: u64, inner: Option<u64>, most: u64) -> Mark {
    let part = |n: u64| n as f64 / most.max(1) as f64;
    let mark = inner.map(|inner| rect("measure-inner", 0.0, part(inner), 0.0, 1.0));
    Mark::new("svg")
        .with("class", "measure")
        .with("aria-hidden", "true")
        .child(rect("measure-all", 0.0, part(size).max(LEAST), 0.0, 1.0))
        .children(mark)
}

/// How the page calls an attempt that ended so.
fn status(end: End) -> Status {
    Status::from(match end {
        End::Succeeded => RunStatus::Succeeded,
        End::Failed => RunStatus::Failed,
        End::Canceled => RunStatus::Canceled,
        End::DepMiss => RunStatus::DepMiss,
    })
}

fn rect(class: &str, left: f64, width: f64, top: f64, height: f64) -> Mark {
    Mark::new("rect")
        .with("class", class)
        .with("x", percent(left))
        .with("width", percent(width))
        .with("y", percent(top))
        .with("height", percent(height))
}
