//! An address → what to ask of the history. Ids that the log does not have are named, not guessed.
use crate::events::{Id, PartitionId};
use crate::graph::{Ask, Focus};
use crate::history::AsOf;
use crate::route::{Hops, Mode, NodeKind, Page, Route};

/// Why an address leads to no graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unresolved {
    /// The page has no graph.
    NoGraph,
    /// The log never mentions it.
    Unknown(NodeKind, String),
    /// The partition has no such instance.
    UnknownInstance(String, String),
}

/// What `route` asks. Without `up=` and `down=` it is one hop each way; without `uuid=` it is the
/// current instance, else the newest, else what was there before this log, else the bare ref.
///
/// # Errors
/// When the page shows no graph, or names what is not in the log.
pub fn resolve(asof: AsOf<'_>, route: &Route) -> Result<Ask, Unresolved> {
    let names = &asof.history.names;
    let focus = match &route.page {
        Page::Want(id) => names.wants.find(id).map(Focus::Want).ok_or(NodeKind::Want),
        Page::JobRun(id) => names.runs.find(id).map(Focus::Run).ok_or(NodeKind::JobRun),
        Page::Partition { partition, uuid, mode } => match names.partitions.find(partition) {
            Some(id) => Ok(partition_focus(asof, id, uuid.as_deref(), *mode).ok_or_else(|| {
                Unresolved::UnknownInstance(partition.clone(), uuid.clone().unwrap_or_default())
            })?),
            None => Err(NodeKind::Partition),
        },
        Page::Path { from: Some(from), to: Some(to), mode } => {
            let find = |name: &String| names.partitions.find(name);
            let unknown = |name: &String| Unresolved::Unknown(NodeKind::Partition, name.clone());
            let from = find(from).ok_or_else(|| unknown(from))?;
            let to = find(to).ok_or_else(|| unknown(to))?;
            Ok(Focus::Path { from, to, mode: *mode })
        }
        _ => return Err(Unresolved::NoGraph),
    };
    let focus = focus.map_err(|kind| Unresolved::Unknown(kind, id_in(&route.page)))?;
    Ok(Ask {
        focus,
        up: route.up.unwrap_or(Hops::Number(1)),
        down: route.down.unwrap_or(Hops::Number(1)),
        open: route.open.clone(),
        pins: route.pin.clone(),
    })
}

fn partition_focus(
    asof: AsOf<'_>,
    partition: PartitionId,
    uuid: Option<&str>,
    mode: Mode,
) -> Option<Focus> {
    if mode == Mode::Refs {
        return Some(Focus::Partition(partition));
    }
    if let Some(uuid) = uuid {
        return asof.history.instance_by_uuid(partition, uuid).map(Focus::Instance);
    }
    let current = asof.current(partition);
    let newest = || asof.instances_of(partition).last();
    let before = || {
        let external = asof.history.partitions.external.get(partition.index())??;
        asof.instance_status(external).map(|_| external)
    };
    let shown = current.or_else(newest).or_else(before);
    Some(shown.map_or(Focus::Partition(partition), Focus::Instance))
}

fn id_in(page: &Page) -> String {
    match page {
        Page::Want(id) | Page::JobRun(id) => id.clone(),
        Page::Partition { partition, .. } => partition.clone(),
        _ => String::new(),
    }
}
