//! The runs of a job over time as a picture: how long each took, as a dot with the glyph of its end.
//! Places are parts of whatever room the picture gets; nothing here depends on it.
use crate::events::RunId;
use crate::history::AsOf;
use crate::scene::{Mark, Status};
use crate::summary::{JobRun, JobRuns};
use crate::words::{duration, fixed};

/// So many runs are drawn, the newest; dots of more would hide each other.
const MAX_DOTS: usize = 240;
/// The radius of a dot, in pixels.
const RADIUS: f32 = 6.5;

/// A run in the picture.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dot {
    /// The run.
    pub run: JobRun,
    /// When it began: 0 for the first of those that are drawn, 1 for the last.
    pub x: f64,
    /// How long it took: 0 for no time at all, 1 for the longest.
    pub y: f64,
}

/// What is drawn of a job's runs.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct JobPlot {
    /// In the order of the runs.
    pub dots: Vec<Dot>,
    /// How many older runs are not drawn.
    pub n_older: usize,
    /// When the first of them began, nanoseconds since 1970 UTC.
    pub from_nanos: u64,
    /// When the last of them began.
    pub until_nanos: u64,
    /// How long the longest took, in nanoseconds.
    pub most_nanos: u64,
    /// The median of all that succeeded: its words, and its place like that of a dot.
    pub median: Option<(String, f64)>,
}

/// Where the newest of `runs` are.
pub fn job_plot(runs: &JobRuns) -> JobPlot {
    let n_older = runs.runs.len().saturating_sub(MAX_DOTS);
    let drawn = runs.runs.get(n_older..).unwrap_or_default();
    let starts = || drawn.iter().map(|run| run.start_nanos);
    let (from, until) = (starts().min().unwrap_or(0), starts().max().unwrap_or(0));
    let most = drawn.iter().map(|run| run.nanos).max().unwrap_or(0);
    let part = |nanos: u64, of: u64| nanos as f64 / of.max(1) as f64;
    let dot = |&run: &JobRun| {
        // Those that all began at once stand in the middle.
        let x = if until > from { part(run.start_nanos - from, until - from) } else { 0.5 };
        Dot { run, x, y: part(run.nanos, most) }
    };
    // That of all may lie beyond those that are drawn.
    let median = runs.median_nanos.filter(|&nanos| nanos <= most);
    JobPlot {
        dots: drawn.iter().map(dot).collect(),
        n_older,
        from_nanos: from,
        until_nanos: until,
        most_nanos: most,
        median: median.map(|nanos| (duration(nanos), part(nanos, most))),
    }
}

/// The picture; `address` is where a run's dot leads. It is for who sees and points: the list of the
/// runs says the same to everybody.
pub fn job_marks(asof: AsOf<'_>, plot: &JobPlot, address: &dyn Fn(RunId) -> String) -> Mark {
    let dots = plot.dots.iter().map(|dot| dot_mark(asof, dot, address(dot.run.run)));
    let median = plot.median.as_ref().map(|(_, y)| {
        let y = percent(1.0 - y);
        let line =
            Mark::new("line").with("class", "plot-median").with("x1", "0").with("x2", "100%");
        line.with("y1", y.clone()).with("y2", y)
    });
    Mark::new("svg")
        .with("class", "job-plot")
        .with("aria-hidden", "true")
        .children(median)
        .children(dots)
}

fn dot_mark(asof: AsOf<'_>, dot: &Dot, address: String) -> Mark {
    let status = Status::from(dot.run.status);
    let name = asof.history.names.runs.text(dot.run.run);
    let said = format!("{name}: {}, {}", status.text(), duration(dot.run.nanos));
    let (x, y) = (percent(dot.x), percent(1.0 - dot.y));
    let circle =
        Mark::new("circle").with("cx", x.clone()).with("cy", y.clone()).number("r", RADIUS);
    let glyph = Mark::new("text").with("x", x).with("y", y).with("dy", "0.35em");
    Mark::new("a")
        .with("class", status.tone.class())
        .with("href", address)
        .with("tabindex", "-1")
        .child(Mark::new("title").text(said))
        .child(circle)
        .child(glyph.text(status.tone.glyph()))
}

/// `12.34%`, of a part of the whole.
pub(super) fn percent(part: f64) -> String {
    format!("{}%", fixed((part * 100.0) as f32, 2))
}
