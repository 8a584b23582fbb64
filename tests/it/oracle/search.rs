//! The search by copying every name, trying every place, and sorting all of them.
use lineage::events::{Id, NameTable, PartitionId, RunId, Seq, TextId};
use lineage::history::dataset_pattern;
use lineage::history::{AsOf, InstanceId, PartitionStatus, RunStatus, WantStatus};
use lineage::search::{Group, Hit, Hits, Item, Kind, Query, Rank, Since};

struct Candidate {
    item: Item,
    kind: Kind,
    names: Vec<String>,
    seen: Option<Seq>,
    began: Option<Seq>,
    status: Option<&'static str>,
    labels: Vec<String>,
    refs: Vec<String>,
    instances: Vec<InstanceId>,
}

/// Rank, whether it goes on after the match, and jumps between pieces.
type Merit = (Rank, bool, usize);

pub fn search_slowly(
    asof: AsOf<'_>,
    query: &Query,
    is_stale: &dyn Fn(InstanceId) -> bool,
    limit: usize,
) -> Hits {
    let mut hits = Hits::default();
    if *query == Query::default() || !query.problems.is_empty() {
        return hits;
    }
    for &kind in Kind::ALL {
        let mut found: Vec<(Merit, Candidate)> = candidates(asof)
            .into_iter()
            .filter(|it| it.kind == kind && asof.had(it.seen) && passes(asof, it, query, is_stale))
            .filter_map(|it| {
                Some((it.names.iter().filter_map(|name| merit(name, query)).min()?, it))
            })
            .collect();
        found.sort_by(|(a_merit, a), (b_merit, b)| {
            a_merit.cmp(b_merit).then(b.seen.cmp(&a.seen)).then(b.item.cmp(&a.item))
        });
        let total = found.len() as u64;
        let hits_of = found.into_iter().take(limit);
        let hits_of = hits_of.map(|((rank, ..), it)| Hit { item: it.item, rank }).collect();
        if total > 0 {
            hits.groups.push(Group { kind, total, hits: hits_of });
        }
    }
    hits
}

fn merit(name: &str, query: &Query) -> Option<Merit> {
    if query.words.is_empty() {
        return Some((Rank::Prefix, true, 0));
    }
    let whole = merit_of(name, &query.text);
    if query.words.len() == 1 || whole.is_some_and(|(rank, ..)| rank < Rank::Fuzzy) {
        return whole;
    }
    let mut worst = (Rank::Word, false, 0);
    for word in &query.words {
        worst = worst.max(merit_of(name, word)?);
    }
    Some(worst)
}

fn merit_of(name: &str, text: &str) -> Option<Merit> {
    let (name, lower) = (name.as_bytes(), name.to_ascii_lowercase());
    let (lower, text) = (lower.as_bytes(), text.to_ascii_lowercase());
    let text = text.as_bytes();
    let unbroken = (0..name.len()).filter(|&at| lower[at..].starts_with(text)).map(|at| {
        let end = at + text.len();
        match at {
            0 if end == name.len() => (Rank::Exact, false, 0),
            0 => (Rank::Prefix, !is_start(name, end), 0),
            _ if is_start(name, at) => (Rank::Word, !is_start(name, end), 0),
            _ => (Rank::Substring, !is_start(name, end), 0),
        }
    });
    let pieces = || {
        let starts = (0..name.len()).filter(|&at| is_start(name, at) && lower[at] == text[0]);
        starts.filter_map(|at| least_jumps(name, lower, at, text)).min()
    };
    unbroken
        .min()
        .or_else(|| pieces().filter(|&jumps| jumps <= 3).map(|jumps| (Rank::Fuzzy, false, jumps)))
}

/// The first letter of `text` is at `at`: the least count of jumps for the rest, all ways tried.
fn least_jumps(name: &[u8], lower: &[u8], at: usize, text: &[u8]) -> Option<usize> {
    let [_, rest @ ..] = text else { return None };
    let Some(next) = rest.first() else { return Some(0) };
    let places = (at + 1..name.len()).filter(|&to| lower[to] == *next);
    let ways = places.filter_map(|to| {
        let is_char = name[to] & 0xC0 != 0x80;
        let jumps = match to - at {
            1 => 0,
            2 | 3 if is_char => 1,
            _ if is_start(name, to) => 1,
            _ => return None,
        };
        Some(jumps + least_jumps(name, lower, to, rest)?)
    });
    ways.min()
}

fn is_start(name: &[u8], at: usize) -> bool {
    if at == 0 || at == name.len() {
        return true;
    }
    let (before, here) = (name[at - 1], name[at]);
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte >= 0x80;
    !is_word(before) || !is_word(here) || before.is_ascii_lowercase() && here.is_ascii_uppercase()
}

fn passes(
    asof: AsOf<'_>,
    it: &Candidate,
    query: &Query,
    is_stale: &dyn Fn(InstanceId) -> bool,
) -> bool {
    let has =
        |name: &String, part: &str| name.to_ascii_lowercase().contains(&part.to_ascii_lowercase());
    let status = query.status.as_ref().is_none_or(|asked| {
        it.status.is_some_and(|word| word.starts_with(&asked.to_ascii_lowercase()))
    });
    let job = query.job.as_ref().is_none_or(|job| it.labels.iter().any(|label| has(label, job)));
    let dataset = query.dataset.as_ref().is_none_or(|asked| {
        let is_of = |name: &String| {
            if asked.contains('*') { dataset_pattern(name) == *asked } else { has(name, asked) }
        };
        it.refs.iter().any(is_of)
    });
    let log = &asof.history.log;
    let now = asof.moment.at.map_or(0, |at| log.nanos(at));
    let since = query.since.is_none_or(|since| {
        let from = match since {
            Since::At(nanos) => nanos,
            Since::Ago(nanos) => now.saturating_sub(nanos),
        };
        it.began.is_some_and(|seq| log.nanos(seq) >= from)
    });
    let stale = query.stale.is_none_or(|asked| {
        it.kind != Kind::Job && it.instances.iter().any(|&it| is_stale(it)) == asked
    });
    query.kind.is_none_or(|kind| kind == it.kind) && status && job && dataset && since && stale
}

fn candidates(asof: AsOf<'_>) -> Vec<Candidate> {
    let history = asof.history;
    let names = &history.names;
    let text = |partition| names.partitions.text(partition).to_owned();
    let label =
        |run: RunId| history.runs.label.at(run.index()).map(|it| names.labels.text(it).to_owned());
    let current = |partition: &PartitionId| asof.current(*partition);
    let newest = |partition| {
        let begun = (0..history.instances.created.len())
            .filter(|&row| history.instances.partition.at(row) == partition)
            .map(|row| history.instances.created.at(row));
        begun.filter(|&seq| asof.had(seq)).max()
    };
    let mut all = Vec::new();
    let texts = |column: &[Option<TextId>], row: usize| {
        let text = column.get(row).copied().flatten();
        text.map(|text| names.texts.text(text).to_owned())
    };
    each(&names.wants, |want, name| {
        let seen = history.wants.first_seen.get(want.index());
        let asked = history.wants.requested.row(want);
        all.push(Candidate {
            item: Item::Want(want),
            kind: Kind::Want,
            names: std::iter::once(name)
                .chain(texts(&history.openlineage.title, want.index()))
                .collect(),
            seen,
            began: seen,
            status: asof.want_status(want).map(WantStatus::word),
            labels: Vec::new(),
            refs: asked.iter().map(text).collect(),
            instances: asked.iter().filter_map(|it| current(&it)).collect(),
        });
    });
    each(&names.partitions, |partition, name| {
        let seen = history.partitions.first_seen.get(partition.index());
        all.push(Candidate {
            item: Item::Partition(partition),
            kind: Kind::Partition,
            refs: vec![name.clone()],
            names: std::iter::once(name)
                .chain(texts(&history.openlineage.friendly, partition.index()))
                .collect(),
            seen,
            began: newest(partition).or(seen),
            status: asof.partition_status(partition).map(PartitionStatus::word),
            labels: Vec::new(),
            instances: current(&partition).into_iter().collect(),
        });
    });
    each(&names.runs, |run, name| {
        let seen = history.runs.first_seen.get(run.index());
        let built = history.runs.writes.row(run).iter();
        all.push(Candidate {
            item: Item::Run(run),
            kind: Kind::Run,
            names: vec![name],
            seen,
            began: seen,
            status: asof.run_status(run).map(RunStatus::word),
            labels: label(run).into_iter().collect(),
            refs: built.map(|it| text(history.instances.partition.at(it.index()))).collect(),
            instances: asof.builds_of(run).to_vec(),
        });
    });
    each(&names.labels, |id, name| {
        let runs = names.runs.ids().filter(|&run| history.runs.label.at(run.index()) == Some(id));
        let seen = runs.filter_map(|run| history.runs.first_seen.get(run.index()));
        let newest = seen.filter(|&seq| asof.had(seq)).max();
        all.push(Candidate {
            item: Item::Job(id),
            kind: Kind::Job,
            labels: vec![name.clone()],
            names: vec![name],
            seen: newest,
            began: newest,
            status: None,
            refs: Vec::new(),
            instances: Vec::new(),
        });
    });
    all
}

fn each<T: Id>(names: &NameTable<T>, mut push: impl FnMut(T, String)) {
    for id in names.ids() {
        push(id, names.text(id).to_owned());
    }
}
