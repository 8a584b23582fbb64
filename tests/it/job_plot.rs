//! The plot of a job's runs: places by hand, and what no number of runs may break.
#![allow(clippy::needless_raw_string_hashes, reason = "expectations are written so")]
use std::fmt::Write;

use expect_test::{Expect, expect};
use lineage::events::RunId;
use lineage::history::{History, as_of, replay};
use lineage::summary::{JobPlot, job_marks, job_plot, job_runs};

use crate::fixture::log;

fn plot_of(history: &History, label: &str) -> (JobPlot, String) {
    let moment = as_of(history, None);
    let asof = moment.of(history);
    let plot = job_plot(&job_runs(asof, history.names.labels.find(label).unwrap()));
    let address = |run: RunId| format!("#/job-run/{}", history.names.runs.text(run));
    let svg = format!("{:?}", job_marks(asof, &plot, &address));
    (plot, svg)
}

fn check(picture: &str, expected: Expect) {
    let history = replay(log(picture)).0;
    let plot = plot_of(&history, "//a").0;
    let mut text = String::new();
    for dot in &plot.dots {
        let name = history.names.runs.text(dot.run.run);
        let _ = writeln!(text, "{name} {} at {:.2} {:.2}", dot.run.status.word(), dot.x, dot.y);
    }
    let median = plot.median.map_or("-".to_owned(), |(words, y)| format!("{words} at {y:.2}"));
    let _ = write!(text, "median {median}, {} older", plot.n_older);
    expected.assert_eq(&text);
}

#[test]
fn dots_are_where_time_has_them() {
    check(
        "
    @1732283100 buffer A //a data/a
    @1732283110 success A -
    @1732283120 buffer B //a data/b
    @1732283140 fail B
    @1732283200 buffer C //a data/c
    @1732283205 success C -
    ",
        expect![[r#"
            A succeeded at 0.00 0.50
            B failed at 0.20 1.00
            C succeeded at 1.00 0.25
            median 5 s at 0.25, 0 older"#]],
    );
}

#[test]
fn one_run_stands_in_the_middle() {
    check(
        "
    @1732283100 buffer A //a data/a
    @1732283100 success A -
    ",
        expect![[r#"
            A succeeded at 0.50 0.00
            median 0 s at 0.00, 0 older"#]],
    );
}

#[test]
fn older_runs_than_fit_are_counted() {
    let mut picture = String::new();
    for run in 0..300 {
        let at = 1_732_283_100 + run * 10;
        let _ = writeln!(picture, "@{at} buffer R{run} //a data/{run}");
        let _ = writeln!(picture, "@{} success R{run} -", at + run % 7);
    }
    let history = replay(log(&picture)).0;
    let (plot, svg) = plot_of(&history, "//a");
    assert_eq!(plot.dots.len() + plot.n_older, 300);
    assert!(plot.n_older > 0);
    assert!(plot.dots.iter().all(|it| (0.0..=1.0).contains(&it.x) && (0.0..=1.0).contains(&it.y)));
    assert!(svg.contains("#/job-run/R299") && !svg.contains("#/job-run/R0\""));
}
