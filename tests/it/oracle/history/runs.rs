//! Runs and their attempts.
use crate::oracle::history::{End, TestEvent, Twin, push_new};

/// One attempt inside one run.
#[derive(Clone, Debug, PartialEq)]
pub struct Attempt {
    pub run: String,
    /// From 1.
    pub number: usize,
    pub start: usize,
    pub first_heartbeat: Option<usize>,
    pub end: Option<(usize, End)>,
}

/// All attempts of all runs, and beside `log` whether each event counts.
///
/// A run's first event starts its first attempt. After a dependency miss or a failure, an event
/// that is no end starts the next one. Whatever else comes after an end means nothing.
pub fn attempts(log: &[TestEvent]) -> (Vec<Attempt>, Vec<bool>) {
    let mut attempts: Vec<Attempt> = Vec::new();
    let mut counts = vec![true; log.len()];
    for (seq, event) in log.iter().enumerate() {
        let Some(run) = event.run() else { continue };
        let number = attempts.iter().filter(|a| a.run == run).count();
        let last = attempts.iter().rfind(|a| a.run == run).and_then(|a| a.end);
        let restarts =
            event.end().is_none() && matches!(last, Some((_, End::DepMiss | End::Failed)));
        if last.is_some() && !restarts {
            counts[seq] = false;
            continue;
        }
        if number == 0 || restarts {
            let (run, number) = (run.to_owned(), number + 1);
            attempts.push(Attempt { run, number, start: seq, first_heartbeat: None, end: None });
        }
        let Some(attempt) = attempts.iter_mut().rfind(|a| a.run == run) else { continue };
        attempt.end = event.end().map(|end| (seq, end));
        if matches!(event, TestEvent::JobRunHeartbeatV1 { .. }) {
            attempt.first_heartbeat = attempt.first_heartbeat.or(Some(seq));
        }
    }
    (attempts, counts)
}

impl Attempt {
    /// Queued until the first heartbeat, then running, then its end.
    pub fn status(&self) -> &'static str {
        match self.end {
            Some((_, End::Succeeded)) => "succeeded",
            Some((_, End::Failed)) => "failed",
            Some((_, End::Canceled)) => "canceled",
            Some((_, End::DepMiss)) => "dep-miss",
            None if self.first_heartbeat.is_some() => "running",
            None => "queued",
        }
    }

    /// When it began to read: its first heartbeat, else its first event.
    pub fn began_to_read(&self) -> usize {
        self.first_heartbeat.unwrap_or(self.start)
    }
}

impl<'a> Twin<'a> {
    /// The runs that the log mentions, by first mention.
    pub fn runs(&self) -> Vec<&'a str> {
        let mut runs = Vec::new();
        self.log.iter().flat_map(TestEvent::runs).for_each(|run| push_new(&mut runs, run));
        runs
    }

    pub fn attempts_of(&self, run: &str) -> Vec<&Attempt> {
        self.attempts.iter().filter(|attempt| attempt.run == run).collect()
    }

    /// The run's newest attempt that had begun by `when`.
    pub fn newest_attempt_of(&self, run: &str, when: usize) -> Option<&Attempt> {
        self.attempts.iter().rfind(|attempt| attempt.run == run && attempt.start <= when)
    }

    /// A run's status is that of its newest attempt.
    pub fn run_status(&self, run: &str) -> Option<&'static str> {
        self.newest_attempt_of(run, self.now()).map(Attempt::status)
    }

    /// The run's buffer events that count: when, label, and the wants it was scheduled for.
    pub fn buffers_of(&self, run: &str) -> Vec<(usize, &'a str, Vec<&'a str>)> {
        let of_run = |(seq, event): (usize, &'a TestEvent)| match event {
            TestEvent::JobRunBufferV1 { job_run_id, job_label, .. } if job_run_id == run => {
                Some((seq, job_label.as_str(), event.wants()))
            }
            _ => None,
        };
        self.events().filter_map(of_run).collect()
    }

    /// When the run was first buffered.
    pub fn buffered(&self, run: &str) -> Option<usize> {
        self.buffers_of(run).first().map(|&(seq, ..)| seq)
    }

    /// The run's label as known by `when`: that of its first buffer event.
    pub fn label(&self, run: &str, when: usize) -> Option<&'a str> {
        let buffers = self.buffers_of(run);
        buffers.first().filter(|&&(seq, ..)| seq <= when).map(|&(_, label, _)| label)
    }

    /// The wants that the run was scheduled for, by its buffer events, in the order of each.
    pub fn scheduled_for(&self, run: &str) -> Vec<&'a str> {
        let mut wants = Vec::new();
        for want in self.buffers_of(run).into_iter().flat_map(|(.., wants)| wants) {
            push_new(&mut wants, want);
        }
        wants
    }
}
