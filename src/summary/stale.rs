//! What is stale now, by what made it so, and the words for that.
use crate::events::{Id, PartitionId, Seq, TextId};
use crate::history::{AsOf, InstanceId, Narrow, Staleness, Why};
use crate::order::{Table, key, major, minor, sort_keys, sorted_rows};

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

/// One thing that made current instances stale, and how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StaleCause {
    /// Their root cause.
    pub cause: InstanceId,
    /// Why it is one.
    pub why: Why,
    /// How many current instances are stale because of it.
    pub n: usize,
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

/// What made current instances stale: that of the most first, then by the event that made it a cause.
/// `stale` is that of the same moment.
pub fn stale_causes(asof: AsOf<'_>, stale: &Staleness) -> Vec<StaleCause> {
    let (mut rows, mut counted) = (Table::default(), Vec::<(InstanceId, usize)>::new());
    for cause in current(asof).filter_map(|it| stale.cause(it)) {
        let row = rows.row_or(cause.index() as u64, counted.len() as u32);
        match counted.get_mut(row as usize) {
            Some((_, n)) => *n += 1,
            None => counted.push((cause, 1)),
        }
    }
    let cause = |(cause, n)| Some(StaleCause { cause, why: asof.why(cause)?, n });
    let causes: Vec<StaleCause> = counted.into_iter().filter_map(cause).collect();
    let rank = |row: u32| {
        let StaleCause { cause, why, n } = *causes.get(row as usize)?;
        Some((std::cmp::Reverse(n), why.since(), cause))
    };
    let rows = sorted_rows(causes.len(), &|a, b| rank(a).cmp(&rank(b)));
    rows.into_iter().filter_map(|row| causes.get(row as usize).copied()).collect()
}

/// The same with all of what is stale.
pub fn stale(asof: AsOf<'_>, stale: &Staleness) -> Vec<StaleGroup> {
    let mut by_cause = by_cause(asof, stale);
    let group = |StaleCause { cause, why, .. }| {
        let at = by_cause.binary_search_by_key(&cause, |(cause, _)| *cause).ok()?;
        let members = std::mem::take(&mut by_cause.get_mut(at)?.1);
        Some(StaleGroup { cause, why, members })
    };
    stale_causes(asof, stale).into_iter().filter_map(group).collect()
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
    let key_of = |it: InstanceId| Some(key(stale.cause(it)?.index() as u32, it.index() as u32));
    let mut keys: Vec<u64> = current(asof).filter_map(key_of).collect();
    sort_keys(&mut keys);
    let group = |keys: &[u64]| {
        let cause = InstanceId::from_index(major(*keys.first()?) as usize)?;
        Some((cause, nearest_first(stale, keys)))
    };
    keys.chunk_by(|&a, &b| major(a) == major(b)).filter_map(group).collect()
}

fn current(asof: AsOf<'_>) -> impl Iterator<Item = InstanceId> {
    asof.history.names.partitions.ids().filter_map(move |it| asof.current(it))
}

/// The instances of these keys.
fn nearest_first(stale: &Staleness, keys: &[u64]) -> Vec<InstanceId> {
    let instances = keys.iter().filter_map(|&key| InstanceId::from_index(minor(key) as usize));
    let mut keys: Vec<u64> = instances.map(|it| key(stale.hops(it), it.index() as u32)).collect();
    sort_keys(&mut keys);
    keys.into_iter().filter_map(|key| InstanceId::from_index(minor(key) as usize)).collect()
}
