//! Which instance is which: the names by which a page or another tool speaks of one.
use uuid::Uuid;

use crate::events::{Id, PartitionId, WantId};
use crate::history::{History, InstanceId};

/// The namespace of instance ids that the log does not give: the `UUIDv5` of this name among URLs.
/// The id of an instance in it is the `UUIDv5` of `job_run_id`, a line feed, and the ref.
pub const INSTANCE_NAMESPACE_NAME: &str = "databuild:partition-instance";

impl History {
    /// What a reader knows a partition as: a table's name where the log gives one, else the ref.
    pub fn friendly(&self, partition: PartitionId) -> &str {
        match self.openlineage.friendly.get(partition.index()) {
            Some(&Some(given)) => self.names.texts.text(given),
            _ => self.names.partitions.text(partition),
        }
    }

    /// What a reader knows a want as: the job at its root where there is one, else its id.
    pub fn title(&self, want: WantId) -> &str {
        match self.openlineage.title.get(want.index()) {
            Some(&Some(given)) => self.names.texts.text(given),
            _ => self.names.wants.text(want),
        }
    }

    /// The instance's uuid: the log's, if it gives one, else one that follows from the run and the
    /// ref. The stand-in for what was before this log follows from the ref alone. Empty for an
    /// instance of another history.
    pub fn uuid_of(&self, instance: InstanceId) -> String {
        let Some(partition) = self.instances.partition.get(instance.index()) else {
            return String::new();
        };
        if let Some(given) = self.instances.uuid.get(instance.index()).flatten() {
            return self.names.texts.text(given).to_owned();
        }
        let run = self
            .instances
            .run
            .get(instance.index())
            .flatten()
            .map_or("", |run| self.names.runs.text(run));
        let name = format!("{run}\n{}", self.names.partitions.text(partition));
        let namespace = Uuid::new_v5(&Uuid::NAMESPACE_URL, INSTANCE_NAMESPACE_NAME.as_bytes());
        Uuid::new_v5(&namespace, name.as_bytes()).to_string()
    }

    /// The partition's first instance with this uuid, those of other logs last.
    pub fn instance_by_uuid(&self, partition: PartitionId, uuid: &str) -> Option<InstanceId> {
        let built = self.partitions.instances.row(partition).iter();
        let external = self.partitions.external.get(partition.index()).into_iter().flatten();
        let foreign = self.partitions.foreign.row(partition).iter();
        built.chain(external).chain(foreign).find(|&found| self.uuid_of(found) == uuid)
    }
}
