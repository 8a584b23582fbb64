//! The search by copying every name and sorting all of them.
use lineage::events::{Id, NameTable, RunId, Seq};
use lineage::graph::dataset_pattern;
use lineage::history::{AsOf, PartitionStatus, RunStatus, WantStatus};
use lineage::search::{Group, Hit, Hits, Item, Kind, Query, Rank};

struct Candidate {
    item: Item,
    kind: Kind,
    name: String,
    seen: Option<Seq>,
    status: Option<&'static str>,
    labels: Vec<String>,
    refs: Vec<String>,
}

pub fn search_slowly(asof: AsOf<'_>, query: &Query, limit: usize) -> Hits {
    if query.text.is_empty()
        && query.kind.is_none()
        && query.status.is_none()
        && query.job.is_none()
        && query.dataset.is_none()
    {
        return Hits::default();
    }
    let mut hits = Hits::default();
    for &kind in Kind::ALL {
        let mut found: Vec<(Rank, Candidate)> = candidates(asof)
            .into_iter()
            .filter(|it| it.kind == kind && asof.had(it.seen) && passes(it, query))
            .filter_map(|it| Some((rank(&it.name, query)?, it)))
            .collect();
        found.sort_by(|(a_rank, a), (b_rank, b)| {
            a_rank.cmp(b_rank).then(b.seen.cmp(&a.seen)).then(b.item.cmp(&a.item))
        });
        let total = found.len() as u64;
        let hits_of: Vec<Hit> =
            found.into_iter().take(limit).map(|(rank, it)| Hit { item: it.item, rank }).collect();
        if total > 0 {
            hits.groups.push(Group { kind, total, hits: hits_of });
        }
    }
    hits
}

fn rank(name: &str, query: &Query) -> Option<Rank> {
    let (name, text) = (name.to_ascii_lowercase(), query.text.to_ascii_lowercase());
    if name == text {
        Some(Rank::Exact)
    } else if name.starts_with(&text) {
        Some(Rank::Prefix)
    } else {
        let all = text.split(' ').all(|word| name.contains(word));
        all.then_some(Rank::Substring)
    }
}

fn passes(it: &Candidate, query: &Query) -> bool {
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
    query.kind.is_none_or(|kind| kind == it.kind) && status && job && dataset
}

fn candidates(asof: AsOf<'_>) -> Vec<Candidate> {
    let history = asof.history;
    let names = &history.names;
    let text = |partition| names.partitions.text(partition).to_owned();
    let label =
        |run: RunId| history.runs.label[run.index()].map(|it| names.labels.text(it).to_owned());
    let mut all = Vec::new();
    each(&names.wants, |want, name| {
        all.push(Candidate {
            item: Item::Want(want),
            kind: Kind::Want,
            name,
            seen: Some(history.wants.first_seen[want.index()]),
            status: asof.want_status(want).map(WantStatus::word),
            labels: Vec::new(),
            refs: history.wants.requested.row(want).iter().map(|&it| text(it)).collect(),
        });
    });
    each(&names.partitions, |partition, name| {
        all.push(Candidate {
            item: Item::Partition(partition),
            kind: Kind::Partition,
            refs: vec![name.clone()],
            name,
            seen: Some(history.partitions.first_seen[partition.index()]),
            status: asof.partition_status(partition).map(PartitionStatus::word),
            labels: Vec::new(),
        });
    });
    each(&names.runs, |run, name| {
        all.push(Candidate {
            item: Item::Run(run),
            kind: Kind::Run,
            name,
            seen: Some(history.runs.first_seen[run.index()]),
            status: asof.run_status(run).map(RunStatus::word),
            labels: label(run).into_iter().collect(),
            refs: history
                .runs
                .writes
                .row(run)
                .iter()
                .map(|instance| text(history.instances.partition[instance.index()]))
                .collect(),
        });
    });
    each(&names.labels, |id, name| {
        all.push(Candidate {
            item: Item::Job(id),
            kind: Kind::Job,
            labels: vec![name.clone()],
            name,
            seen: names
                .runs
                .ids()
                .filter(|&run| history.runs.label[run.index()] == Some(id))
                .map(|run| history.runs.first_seen[run.index()])
                .filter(|&seq| asof.had(seq))
                .max(),
            status: None,
            refs: Vec::new(),
        });
    });
    all
}

fn each<T: Id>(names: &NameTable<T>, mut push: impl FnMut(T, String)) {
    for id in names.ids() {
        push(id, names.text(id).to_owned());
    }
}
