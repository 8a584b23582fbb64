//! The lists of the pages as files to keep: all their rows, in the order in which a page has them.
use crate::events::{Id, WantId};
use crate::history::{AsOf, InstanceId};
use crate::summary::{
    DatasetGrid, Field, Format, JobRuns, Sheet, StaleGroup, because, nanos_of, text_of,
};

/// The runs of a job, newest first; times and durations in nanoseconds.
pub fn job_sheet(asof: AsOf<'_>, runs: &JobRuns, format: Format) -> String {
    const HEAD: [&str; 5] = ["job_run_id", "status", "attempts", "began", "took"];
    let mut sheet = Sheet::new(&HEAD, format);
    for run in runs.runs.iter().rev() {
        sheet.line(&[
            text(asof.history.names.runs.text(run.run)),
            text(run.status.word()),
            Field::Number(run.n_attempts.into()),
            Field::Number(run.start_nanos),
            Field::Number(run.nanos),
        ]);
    }
    sheet.finish()
}

/// The partitions of a dataset, in the order of its grid.
pub fn dataset_sheet(asof: AsOf<'_>, grid: &DatasetGrid, format: Format) -> String {
    const HEAD: [&str; 5] = ["ref", "status", "stale", "rebuilding", "versions"];
    let mut sheet = Sheet::new(&HEAD, format);
    for cell in &grid.cells {
        sheet.line(&[
            text(asof.history.names.partitions.text(cell.partition)),
            text(cell.status.word()),
            Field::Number(cell.is_stale.into()),
            Field::Number(cell.is_rebuilding.into()),
            Field::Number(cell.n_versions.into()),
        ]);
    }
    sheet.finish()
}

/// Wants, in the given order: what each asks for, one ref after the other.
pub fn wants_sheet(asof: AsOf<'_>, wants: &[WantId], format: Format) -> String {
    const HEAD: [&str; 4] = ["want_id", "status", "partitions", "created"];
    let (history, mut sheet) = (asof.history, Sheet::new(&HEAD, format));
    for &want in wants {
        let asked = history.wants.requested.row(want).iter();
        let asked: Vec<&str> = asked.map(|it| history.names.partitions.text(it)).collect();
        let created = history.wants.created.get(want.index()).flatten();
        sheet.line(&[
            text(history.names.wants.text(want)),
            text(asof.want_status(want).map_or("", |status| status.word())),
            Field::Text(asked.join(" ")),
            Field::Number(created.map_or(0, |seq| nanos_of(&history.log, seq))),
        ]);
    }
    sheet.finish()
}

/// What is stale, in the order of `groups`: each current instance, its root cause, and why in words, with
/// times as nanoseconds.
pub fn stale_sheet(asof: AsOf<'_>, groups: &[StaleGroup], format: Format) -> String {
    const HEAD: [&str; 5] = ["ref", "uuid", "cause_ref", "cause_uuid", "because"];
    let mut sheet = Sheet::new(&HEAD, format);
    for group in groups {
        let when = |seq| nanos_of(&asof.history.log, seq).to_string();
        let why = text_of(asof, &because(asof, group.cause), when);
        for &member in &group.members {
            sheet.line(&[
                name_of(asof, member),
                Field::Text(asof.history.uuid_of(member)),
                name_of(asof, group.cause),
                Field::Text(asof.history.uuid_of(group.cause)),
                Field::Text(why.clone()),
            ]);
        }
    }
    sheet.finish()
}

fn name_of(asof: AsOf<'_>, instance: InstanceId) -> Field {
    let partition = asof.history.instances.partition.get(instance.index());
    text(partition.map_or("", |it| asof.history.names.partitions.text(it)))
}

fn text(words: &str) -> Field {
    Field::Text(words.to_owned())
}
