//! Wants: when they were satisfied, their status, and the verdict on each requested partition.
use std::collections::BTreeSet;

use crate::oracle::history::{Attempt, Instance, TestEvent, Twin, push_new};

impl<'a> Twin<'a> {
    /// The wants that the log mentions, by first mention.
    pub fn wants(&self) -> Vec<&'a str> {
        let mut wants = Vec::new();
        self.log.iter().flat_map(TestEvent::wants).for_each(|want| push_new(&mut wants, want));
        wants
    }

    /// The wants that were created, in that order.
    pub fn wants_created(&self) -> Vec<&'a str> {
        let mut wants = self.wants();
        wants.retain(|want| self.created(want).is_some());
        wants.sort_by_key(|want| self.created(want));
        wants
    }

    /// The first creation of the want stands.
    pub fn created(&self, want: &str) -> Option<usize> {
        let creates =
            |e: &TestEvent| matches!(e, TestEvent::WantCreateV1 { want_id, .. } if want_id == want);
        self.log.iter().position(creates)
    }

    /// The first cancel after its creation.
    pub fn canceled(&self, want: &str) -> Option<usize> {
        let cancels =
            |e: &TestEvent| matches!(e, TestEvent::WantCancelV1 { want_id } if want_id == want);
        (self.created(want)?..self.log.len()).find(|&seq| cancels(&self.log[seq]))
    }

    /// What the want asks for, without repeats.
    pub fn requested(&self, want: &str) -> Vec<&'a str> {
        let mut requested = Vec::new();
        if let Some(created) = self.created(want) {
            for partition in self.log[created].partitions() {
                push_new(&mut requested, partition.name.as_str());
            }
        }
        requested
    }

    /// The run whose dependency miss asked for the want.
    pub fn cause(&self, want: &str) -> Option<&'a str> {
        match &self.log[self.created(want)?] {
            TestEvent::WantCreateV1 { source, .. } => source.run(),
            _ => None,
        }
    }

    /// Of that run, the last attempt that had started when the want was created, else the first.
    pub fn cause_attempt(&self, want: &str) -> Option<&Attempt> {
        let (created, cause) = (self.created(want)?, self.cause(want)?);
        let first = self.attempts_of(cause).first().copied();
        self.newest_attempt_of(cause, created).or(first)
    }

    /// The first moment from its creation on, and before any cancel, at which the partition had a
    /// live and untainted instance; and that instance.
    pub(super) fn satisfied(&self, want: &str, partition: &str) -> Option<(usize, &Instance)> {
        let until = self.canceled(want).unwrap_or(self.log.len());
        (self.created(want)?..until).find_map(|when| {
            let current = self.current(partition, when)?;
            (!self.is_tainted(current, when)).then_some((when, current))
        })
    }

    /// When the last of its partitions was satisfied; at once if it asks for none.
    pub fn done(&self, want: &str) -> Option<usize> {
        let mut done = self.created(want)?;
        for partition in self.requested(want) {
            done = done.max(self.satisfied(want, partition)?.0);
        }
        Some(done)
    }

    pub fn want_status(&self, want: &str) -> Option<&'static str> {
        self.wants().contains(&want).then(|| self.status_given(want))
    }

    /// The want's status, if `bad_wants` are those that failed.
    fn status_given(&self, want: &str) -> &'static str {
        if self.done(want).is_some() {
            return "successful";
        }
        if self.canceled(want).is_some() {
            return "canceled";
        }
        let mut open = self.requested(want);
        open.retain(|partition| self.satisfied(want, partition).is_none());
        let is = |status| open.iter().any(|p| self.partition_status(p) == Some(status));
        if is("failed") {
            "failed"
        } else if is("upstream-failed") {
            "upstream-failed"
        } else if is("upstream-building") {
            "upstream-building"
        } else if is("building") || open.iter().any(|p| self.is_rebuilding(p)) {
            "building"
        } else {
            "idle"
        }
    }

    /// Wants that are canceled, failed, or failed upstream: found in rounds, beginning with none,
    /// so that wants which wait for each other in a circle have not failed.
    pub(super) fn find_bad_wants(&mut self) -> BTreeSet<String> {
        loop {
            let status = |want: &&str| self.status_given(want);
            let bad =
                |want: &&str| matches!(status(want), "canceled" | "failed" | "upstream-failed");
            let found: BTreeSet<_> =
                self.wants().into_iter().filter(bad).map(str::to_owned).collect();
            if found == self.bad_wants {
                return found;
            }
            self.bad_wants = found;
        }
    }

    /// The wants that the attempt caused, by creation.
    fn derivatives_of_attempt(&self, attempt: &Attempt) -> Vec<&'a str> {
        let mut wants = self.wants_created();
        wants.retain(|want| self.cause_attempt(want) == Some(attempt));
        wants
    }

    pub(super) fn bad_derivatives(&self, attempt: &Attempt) -> Vec<&'a str> {
        let mut wants = self.derivatives_of_attempt(attempt);
        wants.retain(|want| self.bad_wants.contains(*want));
        wants
    }

    pub(super) fn unfinished_derivatives(&self, attempt: &Attempt) -> Vec<&'a str> {
        let mut wants = self.derivatives_of_attempt(attempt);
        wants.retain(|want| self.done(want).is_none());
        wants
    }

    /// The runs that were scheduled for the want, by the buffer events that say so.
    pub fn runs_for(&self, want: &str) -> Vec<&'a str> {
        let mut runs = Vec::new();
        for (_, event) in self.events() {
            if let Some(run) = event.run().filter(|_| event.wants().contains(&want)) {
                push_new(&mut runs, run);
            }
        }
        runs
    }

    /// The wants that a dependency miss of `run` asked for, by creation.
    pub fn caused_by(&self, run: &str) -> Vec<&'a str> {
        let mut wants = self.wants_created();
        wants.retain(|want| self.cause(want) == Some(run));
        wants
    }

    /// The wants caused by the runs that were scheduled for `want`, by creation.
    pub fn derivatives(&self, want: &str) -> Vec<&'a str> {
        let mut wants = self.wants_created();
        let caused = |run: &str| self.scheduled_for(run).contains(&want);
        wants.retain(|other| self.cause(other).is_some_and(caused));
        wants
    }

    /// How `partition`, which `want` requested, was satisfied, or why it is not.
    pub fn verdict(&self, want: &str, partition: &str) -> Option<String> {
        let created = self.created(want)?;
        if let Some((_, instance)) = self.satisfied(want, partition) {
            let run = &instance.run;
            let scheduled_for = self.scheduled_for(run);
            return Some(if instance.live.is_some_and(|live| live < created) {
                format!("already existed {}", instance.key())
            } else if scheduled_for.contains(&want) {
                format!("built by {run}")
            } else {
                format!("built by {run} for {}", scheduled_for.first().unwrap_or(&"nobody"))
            });
        }
        if self.canceled(want).is_some() {
            return Some("canceled".to_owned());
        }
        let Some(attempt) = self.newest_attempt(partition) else {
            return Some("not started".to_owned());
        };
        let run = &attempt.run;
        let bad = self.bad_derivatives(attempt).join(" ");
        Some(match attempt.status() {
            "queued" | "running" => format!("building {run}"),
            "dep-miss" if !bad.is_empty() => format!("upstream failed {run}: {bad}"),
            "dep-miss" => {
                format!("{run} waits for: {}", self.unfinished_derivatives(attempt).join(" "))
            }
            "failed" => format!("failed {run}"),
            "canceled" => "canceled".to_owned(),
            _ => "not started".to_owned(),
        })
    }
}
