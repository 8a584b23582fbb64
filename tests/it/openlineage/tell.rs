//! A history of OpenLineage events as text: names alone, in an order of their own, so that two
//! histories can be held against each other whatever their ids.
use std::fmt::Write;

use lineage::events::{Basis, Id, PartitionId, RunId};
use lineage::history::{AsOf, History, How, InstanceId, as_of, replay};

use crate::fixture::decode;

/// The whole history at its end.
pub fn tell(file: &[u8]) -> String {
    tell_history(&replay(decode(file).0).0)
}

/// The same of a history.
pub fn tell_history(history: &History) -> String {
    let moment = as_of(history, None);
    let asof = moment.of(history);
    let mut said = requests(asof);
    for run in history.names.runs.ids() {
        said.push_str(&run_said(asof, run));
    }
    said
}

fn requests(asof: AsOf<'_>) -> String {
    let (history, names) = (asof.history, &asof.history.names);
    let mut said = String::new();
    for want in names.wants.ids() {
        let title =
            history.openlineage.title[want.index()].map_or("?", |text| names.texts.text(text));
        let status = asof.want_status(want).map_or("none", |status| status.word());
        let asks = history.wants.requested.row(want).iter();
        let asks: Vec<_> = asks.map(|partition| names.partitions.text(partition)).collect();
        let about = history.wants.data_time_secs.get(want.index()).flatten();
        let about = about.map_or(String::new(), |secs| format!(" about {secs}"));
        let n_runs = history.wants.runs.row(want).len();
        let _ = writeln!(said, "{title} {status}{about}, {n_runs} runs: {}", asks.join(" "));
    }
    said
}

/// The last segment of a run's job and how it ended, what it wrote and what it read for that.
fn run_said(asof: AsOf<'_>, run: RunId) -> String {
    let (history, names) = (asof.history, &asof.history.names);
    let told = &history.openlineage;
    let label = history.runs.label.at(run.index()).map_or("?", |label| names.labels.text(label));
    let status = asof.run_status(run).map_or("none", |status| status.word());
    let mut said = format!("- {label} {status}");
    for (what, is_so) in [
        ("of", told.parent_of(run).is_some()),
        ("streaming", told.is_streaming[run.index()]),
        ("start not recorded", told.start_is_unrecorded[run.index()]),
        ("no data", told.is_without_data[run.index()]),
    ] {
        if is_so {
            let _ = write!(said, ", {what}");
        }
        if let ("of", Some(parent)) = (what, told.parent_of(run)) {
            let label = history.runs.label.at(parent.index());
            let _ = write!(said, " {}", label.map_or("?", |label| names.labels.text(label)));
        }
    }
    said.push('\n');
    for instance in history.runs.writes.row(run) {
        let _ = writeln!(said, "    wrote {}", instance_said(asof, instance));
    }
    for set in history.reads.seq.iter().enumerate().filter_map(|(row, _)| Id::from_index(row)) {
        let set: lineage::history::ReadSetId = set;
        if history.attempts.run.at(history.reads.attempt.get(set.index()).unwrap().index()) != run {
            continue;
        }
        let hows = history.reads.how.part(history.reads.read.range(set));
        let read = history.reads.read.row(set).iter().zip(hows);
        let read: Vec<_> = read
            .map(|(instance, how)| {
                let partition = partition(history, instance);
                format!("{} ({})", names.partitions.text(partition), how_word(how))
            })
            .collect();
        let impacted = history.reads.impacted.row(set).iter();
        let impacted: Vec<_> =
            impacted.map(|instance| names.partitions.text(partition(history, instance))).collect();
        let basis = basis_word(history.reads.basis.get(set.index()).unwrap());
        let _ = writeln!(said, "    {} <- {} {basis}", impacted.join(" "), read.join(" "));
    }
    said
}

fn instance_said(asof: AsOf<'_>, instance: InstanceId) -> String {
    let history = asof.history;
    let name = history.names.partitions.text(partition(history, instance));
    let status = asof.instance_status(instance).map_or("none", |status| status.word());
    let version = history.instances.uuid.get(instance.index()).flatten();
    let version = version.map_or(String::new(), |v| format!(" v={}", history.names.texts.text(v)));
    let current = if asof.is_current(instance) { " current" } else { "" };
    format!("{name} {status}{current}{version}")
}

fn partition(history: &History, instance: InstanceId) -> PartitionId {
    history.instances.partition.at(instance.index())
}

fn how_word(how: How) -> &'static str {
    match how {
        How::Exact => "exact",
        How::AtStart => "at start",
        How::ByEnd => "by end",
        How::External => "external",
    }
}

fn basis_word(basis: Basis) -> &'static str {
    match basis {
        Basis::Recorded => "",
        Basis::Lineage => "by lineage",
        Basis::ColumnLineage => "by columns",
        Basis::AllInputs => "all",
        Basis::Renamed => "renamed",
    }
}
