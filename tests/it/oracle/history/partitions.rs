//! Partitions: their newest attempt and their status.
use crate::oracle::history::{Attempt, TestEvent, Twin, push_new};

impl<'a> Twin<'a> {
    /// The partitions that the log mentions, by first mention.
    pub fn partitions(&self) -> Vec<&'a str> {
        let mut partitions = Vec::new();
        for partition in self.log.iter().flat_map(TestEvent::partitions) {
            push_new(&mut partitions, partition.name.as_str());
        }
        partitions
    }

    /// Of the attempts of runs that build the partition, the one that began to build it last.
    pub fn newest_attempt(&self, partition: &str) -> Option<&Attempt> {
        let attempts = self.attempts.iter().filter_map(|attempt| {
            let builds = self.instances_of(partition);
            let instance = builds.into_iter().find(|instance| instance.run == attempt.run)?;
            Some((attempt.start.max(instance.begun), attempt.number, attempt))
        });
        attempts.max_by_key(|&(began, number, _)| (began, number)).map(|(.., attempt)| attempt)
    }

    /// The attempts of all runs that build the partition, by their starts.
    pub fn attempts_on(&self, partition: &str) -> Vec<&Attempt> {
        let builds = self.instances_of(partition);
        let by_one = |attempt: &&Attempt| builds.iter().any(|i| i.run == attempt.run);
        self.attempts.iter().filter(by_one).collect()
    }

    pub fn partition_status(&self, partition: &str) -> Option<&'static str> {
        if !self.partitions().contains(&partition) {
            return None;
        }
        if let Some(current) = self.current(partition, self.now()) {
            return Some(self.instance_status(current));
        }
        let Some(attempt) = self.newest_attempt(partition) else {
            let wanted =
                self.wants_created().iter().any(|w| self.requested(w).contains(&partition));
            return Some(if wanted { "wanted" } else { "external" });
        };
        Some(match attempt.status() {
            "queued" | "running" => "building",
            "dep-miss" if !self.bad_derivatives(attempt).is_empty() => "upstream-failed",
            "dep-miss" if !self.unfinished_derivatives(attempt).is_empty() => "upstream-building",
            "dep-miss" => "up-for-retry",
            ended => ended,
        })
    }

    /// There is a current instance, and a newer attempt is in progress.
    pub fn is_rebuilding(&self, partition: &str) -> bool {
        let newest = self.newest_attempt(partition);
        self.current(partition, self.now()).is_some()
            && newest.is_some_and(|attempt| attempt.end.is_none())
    }
}
