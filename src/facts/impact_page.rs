//! What the impact page is asked about, and its table as a file.
use crate::events::{Id, PartitionId};
use crate::facts::ImpactTable;
use crate::facts::rows::{instance_row, want_row};
use crate::facts::{Empty, Row, Section, Value, vocabulary};
use crate::graph::Unresolved;
use crate::history::{AsOf, Impact, InstanceId, Reading, Satisfied, Staleness, Standing};
use crate::route::{NodeKind, NodeRef};
use crate::summary::{Field, Format, Sheet};
use crate::words::{Vocabulary, counted};

/// The headings of the file.
const HEAD: [&str; 9] =
    ["partition", "instance", "hops", "standing", "stale", "dataset", "job", "built", "through"];

/// The instances whose impact is asked for: that of `partition`, the current one or the one with
/// that uuid, and the current ones of the refs in `more`.
///
/// # Errors
/// When one of them is not in the log.
pub fn impact_roots(
    asof: AsOf<'_>,
    partition: &str,
    uuid: Option<&str>,
    more: &[NodeRef],
) -> Result<Vec<InstanceId>, Unresolved> {
    let find = |name: &str| {
        let found = asof.history.names.partitions.find(name);
        found.ok_or_else(|| Unresolved::Unknown(NodeKind::Partition, name.to_owned()))
    };
    let first = find(partition)?;
    let first = match uuid {
        Some(uuid) => asof.history.instance_by_uuid(first, uuid),
        None => asof.impact_root(first),
    };
    let none = |name: &str, uuid: Option<&str>| {
        Unresolved::UnknownInstance(name.to_owned(), uuid.unwrap_or_default().to_owned())
    };
    let mut roots = vec![first.ok_or_else(|| none(partition, uuid))?];
    for node in more.iter().filter(|node| node.kind == NodeKind::Partition) {
        let root = asof.impact_root(find(&node.id)?).ok_or_else(|| none(&node.id, None))?;
        if !roots.contains(&root) {
            roots.push(root);
        }
    }
    Ok(roots)
}

/// How a thing stands, in a word.
pub const fn standing_word(standing: Standing) -> &'static str {
    match standing {
        Standing::Current => "current",
        Standing::Superseded => "superseded",
        Standing::Tainted => "tainted",
    }
}

/// The rows of the table in that order, as a file: whole ids, moments in nanoseconds since 1970 UTC.
pub fn impact_sheet(
    (asof, impact): (AsOf<'_>, &Impact),
    table: &ImpactTable,
    stale: &Staleness,
    rows: &[u32],
    format: Format,
) -> String {
    let mut sheet = Sheet::new(&HEAD, format);
    for row in rows.iter().filter_map(|&row| table.row(asof, impact, row)) {
        let via = format!("{}{}", row.via.lead, row.via.label);
        let through = if row.via.note.is_empty() { via } else { format!("{via}/{}", row.via.note) };
        let built = match row.row.value {
            Value::Time(nanos) => Field::Number(nanos),
            _ => Field::Text(String::new()),
        };
        let text = |text: &str| Field::Text(text.to_owned());
        sheet.line(&[
            text(reference_of(asof, row.instance)),
            Field::Text(asof.history.uuid_of(row.instance)),
            Field::Number(row.hop.into()),
            text(standing_word(row.standing)),
            text(if stale.is_stale(row.instance) { "yes" } else { "no" }),
            Field::Text(row.dataset),
            Field::Text(row.job),
            built,
            Field::Text(through),
        ]);
    }
    sheet.finish()
}

/// The refs of the current instances among the rows, one a line, in order, without repeats.
pub fn impact_refs(asof: AsOf<'_>, impact: &Impact, rows: &[u32]) -> String {
    let mut seen = vec![false; asof.history.names.partitions.len()];
    let mut text = String::new();
    for &row in rows {
        let Some(partition) = partition_at(asof, impact, row) else { continue };
        if !std::mem::replace(&mut seen[partition.index()], true) {
            text.push_str(asof.history.names.partitions.text(partition));
            text.push('\n');
        }
    }
    text
}

fn partition_at(asof: AsOf<'_>, impact: &Impact, row: u32) -> Option<PartitionId> {
    let instance = impact.instances.get(row as usize)?;
    asof.history.instances.partition.get(instance.index())
}

fn reference_of(asof: AsOf<'_>, instance: InstanceId) -> &str {
    let partition = asof.history.instances.partition.get(instance.index());
    partition.map_or("", |partition| asof.history.names.partitions.text(partition))
}

/// The wants that what is touched satisfied, at most `most`.
pub fn impact_wants(asof: AsOf<'_>, impact: &Impact, most: usize) -> Section {
    let words = vocabulary(asof.history);
    let firsts = impact.satisfied.chunk_by(|a, b| a.want == b.want);
    let row = |satisfied: &[Satisfied]| {
        let first = satisfied.first()?;
        let n = counted(satisfied.len() as u64, words.partition, words.partitions);
        Some(Row { value: Value::Text(n), ..want_row(asof, first.want) })
    };
    let n = impact.n_wants();
    Section {
        title: format!(
            "{} it satisfied · {}",
            Vocabulary::heading(words.wants),
            crate::words::count(n as u64)
        ),
        rows: firsts.take(most).filter_map(row).collect(),
        n_more: n.saturating_sub(most),
        why: None,
    }
    .or(asof, Empty::SatisfiedNothing)
}

/// The runs in progress that have read it, at most `most`.
pub fn impact_readers(asof: AsOf<'_>, impact: &Impact, most: usize) -> Section {
    let row = |reading: &Reading| {
        let read = instance_row(asof, reading.read, Value::None);
        let note = format!("read {}{}", read.lead, read.label);
        Row { note, ..crate::facts::rows::run_row(asof, reading.run) }
    };
    let n = impact.reading.len();
    Section {
        title: format!("Runs in progress that have read it · {}", crate::words::count(n as u64)),
        rows: impact.reading.iter().take(most).map(row).collect(),
        n_more: n.saturating_sub(most),
        why: None,
    }
    .or(asof, Empty::NobodyReads)
}
