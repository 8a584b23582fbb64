//! How much a log had mentioned by a moment, by a look at everything.
use lineage::events::{Id, Seq};
use lineage::history::{AsOf, Mentioned};
use lineage::summary::jobs;
use lineage::wire::Narrow;

/// The slow twin of [`AsOf::mentioned`].
pub fn mentioned(asof: AsOf<'_>) -> Mentioned {
    let names = &asof.history.names;
    let had = |seen: &Narrow<Seq>, row: usize| asof.had(seen.get(row));
    let (wants, partitions, runs) =
        (&asof.history.wants, &asof.history.partitions, &asof.history.runs);
    Mentioned {
        n_wants: names.wants.ids().filter(|it| had(&wants.first_seen, it.index())).count(),
        n_partitions: names
            .partitions
            .ids()
            .filter(|it| had(&partitions.first_seen, it.index()))
            .count(),
        n_runs: names.runs.ids().filter(|it| had(&runs.first_seen, it.index())).count(),
        n_jobs: jobs(asof).len(),
    }
}
