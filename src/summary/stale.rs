//! What is stale now, by what made it so, and the words for that.
use crate::events::{Id, PartitionId, Seq, TextId};
use crate::history::{AsOf, InstanceId, Narrow, Staleness, Why};
use crate::order::{key, major, minor, sort_keys, sorted_rows};

/// The current instances that one thing made stale.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaleGroup {
    /// Their root cause.
    pub cause: InstanceId,
    /// Why it is one.
    pub why: Why,
    /// The current instances that are stale because of it: nearest first, then as they began.
    pub members: Vec<InstanceId>,
}

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Words, with the spaces that they need.
    Words(String),
    /// A ref, to be a link to its current instance.
    Partition(PartitionId),
    /// An instance, by the beginning of its uuid, to be a link to it.
    Instance(InstanceId),
    /// When that event was, to be set on the reader's clock.
    When(Seq),
}

/// All current instances that are stale, by root cause: that of the most first, then by the event
/// that made it one. `stale` is that of the same moment.
pub fn stale(asof: AsOf<'_>, stale: &Staleness) -> Vec<StaleGroup> {
    let groups: Vec<StaleGroup> = by_cause(asof, stale)
        .into_iter()
        .filter_map(|(cause, members)| Some(StaleGroup { cause, why: asof.why(cause)?, members }))
        .collect();
    let rank = |row: u32| {
        let group = groups.get(row as usize)?;
        let n = std::cmp::Reverse(group.members.len());
        Some((n, group.why.since(), group.cause))
    };
    let rows = sorted_rows(groups.len(), &|a, b| rank(a).cmp(&rank(b)));
    let mut groups: Vec<Option<StaleGroup>> = groups.into_iter().map(Some).collect();
    rows.into_iter().filter_map(|row| groups.get_mut(row as usize)?.take()).collect()
}

/// Why what `cause` made stale is stale: `stale because data/customers was rebuilt as a9c1b2d3 at
/// 14:31`. Nothing where it is no cause.
pub fn because(asof: AsOf<'_>, cause: InstanceId) -> Vec<Part> {
    let history = asof.history;
    let Some(partition) = history.instances.partition.get(cause.index()) else {
        return Vec::new();
    };
    let words = |words: &str| Part::Words(words.to_owned());
    match asof.why(cause) {
        None => Vec::new(),
        Some(Why::Superseded(by, since)) => {
            let was_external = history.instances.run.get(cause.index()).flatten().is_none();
            vec![
                words("stale because "),
                Part::Partition(partition),
                words(if was_external { " was built as " } else { " was rebuilt as " }),
                Part::Instance(by),
                words(" at "),
                Part::When(since),
            ]
        }
        Some(Why::Tainted(taint, since)) => {
            let texts = &history.names.texts;
            let text = |column: &Narrow<Option<TextId>>| {
                column.get(taint.index()).flatten().map(|text| texts.text(text))
            };
            let by = text(&history.taints.by).map(|by| format!(" by {by}"));
            let why = text(&history.taints.comment).map(|why| format!(": {why}"));
            let mut parts = vec![
                words("stale because "),
                Part::Partition(partition),
                words(" "),
                Part::Instance(cause),
                Part::Words(format!(" was tainted{} at ", by.unwrap_or_default())),
                Part::When(since),
            ];
            parts.extend(why.map(Part::Words));
            parts
        }
    }
}

/// The sentence as plain text, with moments as `when` writes them.
pub fn text_of(asof: AsOf<'_>, parts: &[Part], when: impl Fn(Seq) -> String) -> String {
    let text = |part: &Part| match part {
        Part::Words(words) => words.clone(),
        Part::Partition(partition) => asof.history.names.partitions.text(*partition).to_owned(),
        Part::Instance(it) => asof.history.uuid_of(*it).chars().take(8).collect(),
        Part::When(seq) => when(*seq),
    };
    parts.iter().map(text).collect()
}

/// Every root cause of something current, in order of beginning, with what is stale by it.
fn by_cause(asof: AsOf<'_>, stale: &Staleness) -> Vec<(InstanceId, Vec<InstanceId>)> {
    let partitions = &asof.history.names.partitions;
    let is_stale = |&it: &InstanceId| stale.is_stale(it);
    let current = || partitions.ids().filter_map(|it| asof.current(it)).filter(is_stale);
    // Rooms of just the size that is needed: together they are among the largest of the start page.
    let mut keys: Vec<u64> = Vec::with_capacity(current().count());
    keys.extend(current().map(|it| key(stale.hops(it), it.index() as u32)));
    sort_keys(&mut keys);
    // By cause, and among those of one in that order.
    let mut ordered: Vec<InstanceId> =
        keys.into_iter().filter_map(|key| InstanceId::from_index(minor(key) as usize)).collect();
    ordered.shrink_to_fit();
    let cause_of =
        |(at, &it): (usize, &InstanceId)| Some(key(stale.cause(it)?.index() as u32, at as u32));
    let mut by_cause: Vec<u64> = Vec::with_capacity(ordered.len());
    by_cause.extend(ordered.iter().enumerate().filter_map(cause_of));
    sort_keys(&mut by_cause);
    let group = |keys: &[u64]| {
        let cause = InstanceId::from_index(major(*keys.first()?) as usize)?;
        let mut members = Vec::with_capacity(keys.len());
        members.extend(keys.iter().filter_map(|&key| ordered.get(minor(key) as usize)));
        Some((cause, members))
    };
    by_cause.chunk_by(|&a, &b| major(a) == major(b)).filter_map(group).collect()
}
