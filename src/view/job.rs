//! The page of a job: how often it succeeds, how long it takes, and all its runs.
use std::sync::Arc;

use leptos::prelude::*;

use crate::events::RunId;
use crate::facts::{Empty, Row, Value};
use crate::route::Page;
use crate::scene::Status;
use crate::summary::{JobPlot, JobRun, JobRuns, job_marks, job_plot, job_runs, job_sheet};
use crate::view::clamp::clamped;
use crate::view::el::{Child, El, Pieces, el, live_all};
use crate::view::home::{Heading, Listed, panel_list_or, saved_panel};
use crate::view::reference::{breakable, reference};
use crate::view::save::{OF_PAGE, save_list};
use crate::view::section::fact;
use crate::view::state::{App, Snapshot};
use crate::view::status::{chip, tally};
use crate::view::told::{Told, piece, told_page};
use crate::view::virtual_list::Rows;
use crate::view::waterfall::percent_words;
use crate::view::when::when;
use crate::words::{count, counted, duration};

/// The runs of the job that the route names, as of a moment.
struct Job {
    snapshot: Arc<Snapshot>,
    label: String,
    runs: JobRuns,
}

/// The page.
pub fn job_page() -> Pieces {
    told_page(tell, answered, |page| match page {
        Page::Job(label) => format!("job “{label}”"),
        _ => String::new(),
    })
}

fn tell(snapshot: Arc<Snapshot>, page: Page) -> Option<Job> {
    let Page::Job(label) = page else { return None };
    let found = snapshot.history().names.labels.find(&label)?;
    let runs = job_runs(snapshot.asof(), found);
    Some(Job { snapshot, label, runs })
}

fn answered(told: Told<Job>) -> El {
    let app = App::here();
    let listed = Listed::memo(move || {
        let Some(told) = told.get() else {
            return Listed { said: String::new(), rows: Rows::none() };
        };
        let runs: Vec<JobRun> = told.runs.runs.iter().rev().copied().collect();
        let said = format!("{}, newest first", count(runs.len() as u64));
        Listed { said, rows: Rows::new(Arc::new(runs), move |run| run_row(app, &told, run)) }
    });
    let written =
        move |format| told.get().map(|told| job_sheet(told.snapshot.asof(), &told.runs, format));
    let heading = Heading { id: "job-runs", title: "Runs", word: Some("job run") };
    let save = save_list("the runs", "runs", OF_PAGE, Arc::new(written));
    let list = saved_panel("card panel job-runs", heading, listed, save.into())
        .child(panel_list_or("Runs, newest first", listed, Empty::NoRuns));
    el("div")
        .class("job")
        .child(piece(told, head))
        .child(live_all(move || told.with(|told| told.as_deref().and_then(plot))))
        .child(list)
}

fn head(told: &Job) -> El {
    let app = App::here();
    let query = format!("kind:job-run job:{}", told.label);
    let search = el("a")
        .class("thing-link")
        .live("href", move || {
            Some(app.route_with(|it| it.clone().with_q(query.clone()).to_string()))
        })
        .child("Search its runs");
    let by_status: Vec<(Status, u64)> =
        told.runs.by_status.iter().map(|&(status, n)| (status.into(), n)).collect();
    el("header")
        .class("job-head")
        .child(el("p").class("dim").child("Job"))
        .children(clamped(el("h1").child(breakable(&told.label)), told.label.clone()))
        .child(el("p").class("job-line").child(tally(&by_status)).child(search))
        .child(el("dl").class("job-facts").children(numbers(app, &told.runs).into_iter().map(fact)))
}

/// The job in numbers.
fn numbers(app: App, runs: &JobRuns) -> Vec<Row> {
    let rate = runs.success_rate().map(|rate| Value::Text(percent_words(rate)));
    let took = |label, nanos: Option<u64>| nanos.map(|n| Row::of(label, Value::Duration(n)));
    let mut rows = vec![Row::of("Runs", Value::Count(runs.runs.len() as u64))];
    rows.extend(rate.map(|rate| Row::of("Succeed", rate)));
    rows.push(Row::of("Retries", Value::Count(runs.n_retries)));
    if app.words().has_misses {
        rows.push(Row::of("After a dependency miss", Value::Count(runs.n_after_miss)));
    }
    rows.extend(took("Half take at most", runs.median_nanos));
    rows.extend(took("95 of 100 take at most", runs.p95_nanos));
    rows
}

/// How long its runs took, over time; none where none has begun.
fn plot(told: &Job) -> Option<El> {
    let app = App::here();
    let plot = job_plot(&told.runs);
    if plot.dots.is_empty() {
        return None;
    }
    let address = |run: RunId| {
        let name = told.snapshot.history().names.runs.text(run).to_owned();
        app.href(Page::JobRun(name))
    };
    let marks = job_marks(told.snapshot.asof(), &plot, &address);
    let median = plot.median.as_ref().map(|(words, _)| format!(" · line: median {words}"));
    let until = (plot.until_nanos > plot.from_nanos).then(|| when(plot.until_nanos));
    let figure = el("figure")
        .class("card job-figure")
        .child(el("p").class("plot-top dim number").child(duration(plot.most_nanos)))
        .child(el("div").class("plot-area").child(marks))
        .child(el("p").class("plot-axis dim").child(when(plot.from_nanos)).children(until))
        .child(el("figcaption").class("dim").child(caption(&plot)).children(median));
    Some(figure)
}

fn caption(plot: &JobPlot) -> String {
    let drawn = counted(plot.dots.len() as u64, "run", "runs");
    let older = match plot.n_older {
        0 => String::new(),
        n => format!(" · the newest; {} older ones are in the list below", count(n as u64)),
    };
    format!("How long each run took, by when it began: {drawn}{older}")
}

fn run_row(app: App, told: &Job, run: &JobRun) -> Child {
    let name = told.snapshot.history().names.runs.text(run.run).to_owned();
    let attempts = match run.n_attempts {
        0 | 1 => String::new(),
        n => counted(n.into(), "attempt", "attempts"),
    };
    let is_open = matches!(Status::from(run.status).word, "queued" | "running");
    let took = format!("{}{}", if is_open { "so far " } else { "" }, duration(run.nanos));
    let page = Page::JobRun(name.clone());
    el("a")
        .class("row row-run")
        .live("href", move || Some(app.href(page.clone())))
        .child(el("span").class("row-status").child(chip(run.status.into())))
        .child(el("strong").child(reference(name)))
        .child(el("span").class("dim number").child(attempts))
        .child(el("span").class("end number").child(took))
        .child(el("span").class("end dim").child(when(run.start_nanos)))
        .into()
}
