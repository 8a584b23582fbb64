//! The jobs of the home page, each with its runs and failures.
use std::sync::Arc;

use crate::facts::Empty;
use crate::route::Page;
use crate::scene::Status;
use crate::summary::{Job, jobs};
use crate::view::el::{El, el};
use crate::view::home::{Heading, Listed, panel, panel_list_or};
use crate::view::home_datasets::counted_row;
use crate::view::reference::reference;
use crate::view::turns::Turn;
use crate::view::virtual_list::Rows;
use crate::words::counted;

/// All jobs; the one that ran last first.
pub fn jobs_panel(turn: Turn) -> El {
    let listed = Listed::memo(move || {
        let items = turn.ask(jobs);
        let n_failed = items.iter().map(|job| job.n_failed).sum();
        let n = counted(items.len() as u64, "job", "jobs");
        let said = format!("{n} · {} failed", counted(n_failed, "run", "runs"));
        Listed { said, rows: Rows::new(Arc::new(items), move |job| job_row(turn, job)) }
    });
    let heading = Heading { id: "jobs", title: "Jobs", word: Some("job") };
    panel("card panel counted", heading, listed).child(panel_list_or(
        "Jobs, the last one to run first",
        listed,
        Empty::NoJobs,
    ))
}

fn job_row(turn: Turn, job: &Job) -> El {
    let name = turn.ask(|asof| asof.history.names.labels.text(job.label).to_owned());
    let by_status: Vec<(Status, u64)> =
        job.by_status.iter().map(|&(status, n)| (status.into(), n)).collect();
    let page = Page::Job(name.clone());
    let name = el("strong").child(reference(name));
    counted_row(name, counted(job.n_runs, "run", "runs"), &by_status, page)
}
