//! What a log in OpenLineage tells beside its history, as pages ask for it.
use crate::events::{Id, Language, PartitionId, RunId, WantId};
use crate::history::History;
use crate::words::Vocabulary;

/// The words for things in the log of `history`.
pub fn vocabulary(history: &History) -> &'static Vocabulary {
    match history.openlineage.language {
        Language::Databuild => &Vocabulary::DATABUILD,
        Language::OpenLineage => &Vocabulary::OPENLINEAGE,
        Language::Mixed => &Vocabulary::MIXED,
    }
}

/// What a reader knows a partition as: a table's name where the log gives one, else the ref.
pub fn friendly(history: &History, partition: PartitionId) -> &str {
    let given = history.openlineage.friendly.get(partition.index()).copied().flatten();
    given
        .map_or_else(|| history.names.partitions.text(partition), |it| history.names.texts.text(it))
}

/// What a reader knows a want as: the job at its root where there is one, else its id.
pub fn title(history: &History, want: WantId) -> &str {
    let given = history.openlineage.title.get(want.index()).copied().flatten();
    given.map_or_else(|| history.names.wants.text(want), |it| history.names.texts.text(it))
}

/// The parts of `run` that told of no data, in the order of their ids: to be folded under it.
pub fn other_parts(history: &History, run: RunId) -> Vec<RunId> {
    let told = &history.openlineage;
    let is_part = |&part: &RunId| {
        told.parent_of(part) == Some(run)
            && told.is_without_data.get(part.index()).is_some_and(|&is_so| is_so)
    };
    history.names.runs.ids().filter(is_part).collect()
}
