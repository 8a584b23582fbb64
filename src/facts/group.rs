//! Many like neighbors: how many in which status. Its members are a list of their own.
use crate::facts::rows::job_value;
use crate::facts::{Facts, Row, Section, Value};
use crate::graph::Group;
use crate::history::AsOf;
use crate::scene::{tally, text::split_ref};
use crate::words;

/// The facts about `group`.
pub(super) fn facts(asof: AsOf<'_>, group: &Group) -> Facts {
    let (lead, name, key) = split_ref(&group.pattern);
    let job = group.label.map(|label| Row::of("Job", job_value(asof, Some(label))));
    let by_status = tally(asof, &group.members, asof.stale).into_iter().map(|(status, n)| Row {
        label: status.text(),
        status: Some(status),
        value: Value::Count(u64::from(n)),
        ..Row::default()
    });
    let title = format!("By status · {}", words::count(group.members.len() as u64));
    Facts {
        kind: "Group".to_owned(),
        lead: lead.to_owned(),
        name: name.to_owned(),
        which: key.to_owned(),
        rows: job.into_iter().collect(),
        sections: vec![Section { title, rows: by_status.collect(), ..Section::default() }],
        ..Facts::default()
    }
}
