//! The members of a group: which of them a search finds, in which order, and what a row says.
use std::cmp::Ordering;

use crate::events::{Id, Seq, WantId};
use crate::facts::rows::{instance_row, partition_of, ref_row, run_row, want_row};
use crate::facts::{Row, Value};
use crate::graph::{Group, Key, node_ref};
use crate::history::AsOf;
use crate::order::sorted_rows;
use crate::route::{Mode, NodeRef};
use crate::scene::{Status, counted_status};
use crate::summary::{Field, Format, Sheet};
use crate::words::has;

/// An order of members. Ties stay in the order of the log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// As the log has them.
    #[default]
    Log,
    /// By name, as text.
    Name,
    /// What needs care first.
    Status,
    /// What began last first.
    Newest,
}

impl Order {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Log, Self::Name, Self::Status, Self::Newest];

    /// Its name.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Log => "log order",
            Self::Name => "name",
            Self::Status => "status",
            Self::Newest => "newest first",
        }
    }
}

/// One row of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The node, as addresses name it.
    pub node: NodeRef,
    /// What it says; its page and its status with it.
    pub row: Row,
}

/// The members of `group` whose name has `text` in it, in any ASCII case, in `order`.
pub fn members(asof: AsOf<'_>, group: &Group, text: &str, order: Order) -> Vec<Key> {
    let text = text.trim();
    let is_found = |key: &&Key| has(name_of(asof, **key), text);
    let found: Vec<Key> = group.members.iter().filter(is_found).copied().collect();
    let rows =
        sorted_rows(found.len(), &|a, b| match (found.get(a as usize), found.get(b as usize)) {
            (Some(&a), Some(&b)) => compare(asof, a, b, order),
            _ => Ordering::Equal,
        });
    rows.into_iter().filter_map(|row| found.get(row as usize).copied()).collect()
}

fn compare(asof: AsOf<'_>, a: Key, b: Key, order: Order) -> Ordering {
    match order {
        Order::Log => Ordering::Equal,
        Order::Name => name_of(asof, a).cmp(name_of(asof, b)),
        Order::Status => status(asof, a).cmp(&status(asof, b)),
        Order::Newest => began(asof, b).cmp(&began(asof, a)),
    }
}

/// The row of one member.
pub fn member(asof: AsOf<'_>, key: Key) -> Member {
    let status = status(asof, key);
    let row = match key {
        Key::Want(want) => Row { note: asked_words(asof, want), ..want_row(asof, want) },
        Key::Instance(instance) => instance_row(asof, instance, Value::None),
        Key::Partition(partition) => ref_row(asof, partition, Mode::Refs),
        Key::Run(run) | Key::Job(run) => run_row(asof, run),
        Key::Group(_) => Row::default(),
    };
    let value = Value::Text(status.text());
    Member { node: node_ref(asof, &[], key), row: Row { status: Some(status), value, ..row } }
}

fn status(asof: AsOf<'_>, key: Key) -> Status {
    counted_status(asof, key, asof.stale)
}

fn asked_words(asof: AsOf<'_>, want: WantId) -> String {
    let asked = asof.history.wants.requested.row(want);
    let first = asked.first().map(|first| asof.history.friendly(first));
    let first = first.unwrap_or("nothing requested");
    match asked.len() {
        0 | 1 => first.to_owned(),
        n => format!("{first} +{}", n - 1),
    }
}

fn name_of(asof: AsOf<'_>, key: Key) -> &str {
    let names = &asof.history.names;
    match key {
        Key::Want(want) => names.wants.text(want),
        Key::Run(run) | Key::Job(run) => names.runs.text(run),
        Key::Partition(partition) => names.partitions.text(partition),
        Key::Instance(instance) => {
            partition_of(asof, instance).map_or("", |partition| names.partitions.text(partition))
        }
        Key::Group(_) => "",
    }
}

/// The event with which it began.
fn began(asof: AsOf<'_>, key: Key) -> Option<Seq> {
    let history = asof.history;
    match key {
        Key::Want(want) => history.wants.first_seen.get(want.index()),
        Key::Run(run) | Key::Job(run) => history.runs.first_seen.get(run.index()),
        Key::Partition(partition) => history.partitions.first_seen.get(partition.index()),
        Key::Instance(instance) => history.instances.created.get(instance.index()),
        Key::Group(_) => None,
    }
}

/// Members as a file, in the given order.
pub fn members_sheet(asof: AsOf<'_>, members: &[Key], format: Format) -> String {
    const HEAD: [&str; 4] = ["kind", "id", "name", "status"];
    let mut sheet = Sheet::new(&HEAD, format);
    for &key in members {
        let Member { node, row } = member(asof, key);
        sheet.line(&[
            Field::Text(node.kind.word().to_owned()),
            Field::Text(node.id),
            Field::Text(name_of(asof, key).to_owned()),
            Field::Text(row.status.map_or("", |status| status.word).to_owned()),
        ]);
    }
    sheet.finish()
}
