//! What OpenLineage tells of runs, jobs and datasets that the other language has no word for, as
//! columns beside the names. All are empty for a log without any such record.
use crate::events::{Id, LabelId, PartitionId, Place, RunId, TextId, WantId};
use crate::{columns, enum_cells};

/// What a log is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// The log format of databuild; also that of an empty log.
    #[default]
    Databuild,
    /// OpenLineage alone.
    OpenLineage,
    /// Both.
    Mixed,
}

impl Language {
    /// Every language; `ALL[language as usize] == language`.
    pub const ALL: [Self; 3] = [Self::Databuild, Self::OpenLineage, Self::Mixed];
}

/// The columns.
#[derive(Clone, Debug, Default)]
pub struct OpenLineage {
    /// What the log is written in.
    pub language: Language,
    /// `PartitionId ->` its namespace.
    pub namespace: Vec<Option<TextId>>,
    /// `PartitionId ->` its name in that namespace.
    pub name: Vec<Option<TextId>>,
    /// `PartitionId ->` the part of that dataset which it is.
    pub part: Vec<Option<TextId>>,
    /// `PartitionId ->` what a reader knows it as: the table's name behind a path.
    pub friendly: Vec<Option<TextId>>,
    /// `LabelId ->` its namespace.
    pub job_namespace: Vec<Option<TextId>>,
    /// `LabelId ->` its name in that namespace.
    pub job_name: Vec<Option<TextId>>,
    /// `RunId ->` whether it is told of in this language.
    pub is_run: Vec<bool>,
    /// `RunId ->` the run that it is a part of.
    pub parent: Vec<Option<RunId>>,
    /// `RunId ->` the run of which it is another attempt.
    pub retry_of: Vec<Option<RunId>>,
    /// `RunId ->` of a failed run, the part of it that failed first and has no such part itself.
    pub failed_in: Vec<Option<RunId>>,
    /// `RunId ->` whether it has no end by nature.
    pub is_streaming: Vec<bool>,
    /// `RunId ->` whether its start was not recorded.
    pub start_is_unrecorded: Vec<bool>,
    /// `RunId ->` whether it told of neither inputs nor outputs.
    pub is_without_data: Vec<bool>,
    /// `WantId ->` the run at the root; none for one that the log has no record of.
    pub root: Vec<Option<RunId>>,
    /// `WantId ->` the job of that run, in words.
    pub title: Vec<Option<TextId>>,
    /// Writes told of twice -> what was written.
    pub also_partition: Vec<PartitionId>,
    /// Beside it: the run that told of it.
    pub also_told_by: Vec<RunId>,
    /// Beside it: the part of that run which made it.
    pub also_made_by: Vec<RunId>,
    /// Descriptions of jobs, by record -> the job.
    pub described_job: Vec<LabelId>,
    /// Beside it: where the record is.
    pub described_job_at: Vec<Place>,
    /// Beside it: its length in bytes.
    pub described_job_len: Vec<u32>,
    /// Descriptions of datasets, by record -> the dataset.
    pub described_dataset: Vec<PartitionId>,
    /// Beside it: where the record is.
    pub described_dataset_at: Vec<Place>,
    /// Beside it: its length in bytes.
    pub described_dataset_len: Vec<u32>,
}

enum_cells! { Language }

columns! {
    OpenLineage {
        language, namespace, name, part, friendly, job_namespace, job_name, is_run, parent,
        retry_of, failed_in, is_streaming, start_is_unrecorded, is_without_data, root, title,
        also_partition, also_told_by, also_made_by, described_job, described_job_at,
        described_job_len, described_dataset, described_dataset_at, described_dataset_len,
    }
}

/// What a column says of a row; nothing where it is empty.
pub fn of<T: Copy>(column: &[Option<T>], row: impl Id) -> Option<T> {
    column.get(row.index()).copied().flatten()
}

impl OpenLineage {
    /// Whether the run is told of in this language.
    pub fn has_run(&self, run: RunId) -> bool {
        self.is_run.get(run.index()).is_some_and(|&is_run| is_run)
    }

    /// Whether the want is a request of runs of this language.
    pub fn has_want(&self, want: WantId) -> bool {
        of(&self.title, want).is_some() || of(&self.root, want).is_some()
    }

    /// The run at the root of a request.
    pub fn root_of(&self, want: WantId) -> Option<RunId> {
        of(&self.root, want)
    }

    /// The run that this one is a part of.
    pub fn parent_of(&self, run: RunId) -> Option<RunId> {
        of(&self.parent, run)
    }

    /// What told of this write beside the run that made it.
    pub fn also_told(
        &self,
        made_by: RunId,
        partition: PartitionId,
    ) -> impl Iterator<Item = RunId> + '_ {
        let writes = self.also_partition.iter().zip(&self.also_made_by).zip(&self.also_told_by);
        let same = move |&((&what, &who), _): &((&PartitionId, &RunId), &RunId)| {
            what == partition && who == made_by
        };
        writes.filter(same).map(|(_, &told_by)| told_by)
    }
}
