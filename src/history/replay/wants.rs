//! Requests, and when each requested partition was satisfied. A request waits in a list of its
//! partition until an untainted build of it is current; then the whole list is satisfied.
use crate::declare_ids;
use crate::events::{
    Id, Names, PartitionId, PartitionRef, RunId, Seq, Source, TextId, WantCreate, WantId,
};
use crate::history::replay::marks::Marks;
use crate::history::{Anomaly, AttemptId, Attempts, Csr, InstanceId, Wants};
use crate::wire::Narrow;

declare_ids! {
    /// A request, in order of creation.
    RequestId;
}

/// Wants, with their requests in order of creation.
pub(super) struct WantRows {
    columns: Columns,
    /// `WantId ->` its times.
    times: Vec<Times>,
    requests: Vec<Request>,
    /// `WantId ->` its requests.
    of_want: Vec<(usize, usize)>,
    /// `WantId ->` how many of them are not satisfied.
    n_open: Vec<usize>,
    /// `PartitionId ->` the newest request that waits for it.
    waiting: Vec<Option<RequestId>>,
    /// `WantId ->` whether the run at its root has ended without success.
    is_over: Vec<bool>,
}

/// Columns while they may still change.
struct Columns {
    created: Vec<Option<Seq>>,
    canceled: Vec<Option<Seq>>,
    done: Vec<Option<Seq>>,
    cause: Vec<Option<RunId>>,
    asked_by: Vec<Option<TextId>>,
    comment: Vec<Option<TextId>>,
}

/// The times that a want is about, in seconds.
#[derive(Clone, Copy, Default)]
struct Times {
    data_time: Option<u64>,
    ttl: Option<u64>,
    sla: Option<u64>,
}

/// One requested partition of one want.
struct Request {
    want: WantId,
    partition: PartitionId,
    satisfied: Option<(Seq, InstanceId)>,
    /// The next in the waiting list of the partition.
    next: Option<RequestId>,
}

impl WantRows {
    pub(super) fn new(names: &Names) -> Self {
        let n = names.wants.len();
        let columns = Columns {
            created: vec![None; n],
            canceled: vec![None; n],
            done: vec![None; n],
            cause: vec![None; n],
            asked_by: vec![None; n],
            comment: vec![None; n],
        };
        Self {
            columns,
            times: vec![Times::default(); n],
            requests: Vec::new(),
            of_want: vec![(0, 0); n],
            n_open: vec![0; n],
            waiting: vec![None; names.partitions.len()],
            is_over: vec![false; n],
        }
    }

    /// When the want was created.
    pub(super) fn created(&self, want: WantId) -> Option<Seq> {
        self.columns.created[want.index()]
    }

    /// Creates a want; `sound` tells a partition's current instance where that is untainted.
    pub(super) fn create(
        &mut self,
        seq: Seq,
        create: &WantCreate<'_>,
        marks: &mut Marks,
        sound: impl Fn(PartitionId) -> Option<InstanceId>,
    ) {
        let row = create.want.index();
        self.describe(row, create);
        self.columns.created[row] = Some(seq);
        let start = self.requests.len();
        marks.clear();
        for &PartitionRef { partition, .. } in create.partitions {
            if marks.add(partition) {
                self.request(create.want, partition, sound(partition).map(|sound| (seq, sound)));
            }
        }
        self.of_want[row] = (start, self.requests.len());
        if self.n_open[row] == 0 {
            self.columns.done[row] = Some(seq);
        }
    }

    /// The run at the root of a request has ended without success: what comes later is not for it.
    pub(super) fn root_fails(&mut self, want: WantId) {
        self.is_over[want.index()] = true;
    }

    /// A request that names nothing is not done before its root.
    pub(super) fn wait_for_root(&mut self, want: WantId) {
        if self.is_of_nothing(want) {
            self.columns.done[want.index()] = None;
        }
    }

    /// The run at the root of a request has succeeded.
    pub(super) fn root_succeeds(&mut self, want: WantId, seq: Seq) {
        if self.is_of_nothing(want) && self.created(want).is_some() {
            self.columns.done[want.index()].get_or_insert(seq);
        }
    }

    fn is_of_nothing(&self, want: WantId) -> bool {
        let (start, end) = self.of_want[want.index()];
        start == end
    }

    /// Cancels a want.
    ///
    /// # Errors
    /// The anomaly, when there is nothing to cancel.
    pub(super) fn cancel(&mut self, want: WantId, seq: Seq) -> Result<(), Anomaly> {
        let row = want.index();
        match (self.columns.created[row], self.columns.canceled[row]) {
            (None, _) => Err(Anomaly::CanceledUnknown),
            (_, Some(_)) => Err(Anomaly::CanceledTwice),
            (Some(_), None) => {
                self.columns.canceled[row] = Some(seq);
                Ok(())
            }
        }
    }

    /// `instance` is current and untainted from now on: satisfies all that wait for `partition`.
    pub(super) fn satisfy(&mut self, partition: PartitionId, instance: InstanceId, seq: Seq) {
        let mut next = self.waiting[partition.index()].take();
        while let Some(at) = next {
            let request = &mut self.requests[at.index()];
            next = request.next.take();
            let row = request.want.index();
            if self.columns.canceled[row].is_some() || self.is_over[row] {
                continue;
            }
            request.satisfied = Some((seq, instance));
            self.n_open[row] -= 1;
            if self.n_open[row] == 0 {
                self.columns.done[row] = Some(seq);
            }
        }
    }

    /// The columns without those of runs and attempts; and `PartitionId -> wants`.
    #[inline(never)]
    pub(super) fn finish(mut self, first_seen: Vec<Seq>) -> (Wants, Csr<PartitionId, WantId>) {
        let columns = self.columns;
        let mut wants = Wants {
            created: Narrow::of(&columns.created),
            canceled: Narrow::of(&columns.canceled),
            done: Narrow::of(&columns.done),
            cause: Narrow::of(&columns.cause),
            asked_by: Narrow::of(&columns.asked_by),
            comment: Narrow::of(&columns.comment),
            ..Wants::default()
        };
        for &(start, end) in &self.of_want {
            let requests = &self.requests[start..end];
            wants.requested.push_row(requests.iter().map(|request| request.partition));
            let satisfied = requests.iter().map(|request| request.satisfied);
            wants.satisfied_at.extend(satisfied.clone().map(|done| done.map(|(seq, _)| seq)));
            wants.satisfied_by.extend(satisfied.map(|done| done.map(|(_, by)| by)));
        }
        wants.first_seen = Narrow::of(&first_seen);
        wants.data_time_secs = self.times.iter().map(|times| times.data_time).collect();
        wants.ttl_secs = self.times.iter().map(|times| times.ttl).collect();
        wants.sla_secs = self.times.iter().map(|times| times.sla).collect();
        let pairs: Vec<_> =
            self.requests.drain(..).map(|request| (request.partition, request.want)).collect();
        (wants, Csr::from_pairs(self.waiting.len(), &pairs))
    }

    fn describe(&mut self, row: usize, create: &WantCreate<'_>) {
        match create.source {
            Source::Run(run) => self.columns.cause[row] = Some(run),
            Source::Manual(user) => self.columns.asked_by[row] = user,
            Source::Unknown => {}
        }
        self.columns.comment[row] = create.comment;
        self.times[row] =
            Times { data_time: create.data_time_secs, ttl: create.ttl_secs, sla: create.sla_secs };
    }

    fn request(
        &mut self,
        want: WantId,
        partition: PartitionId,
        satisfied: Option<(Seq, InstanceId)>,
    ) {
        let mut next = None;
        if satisfied.is_none() {
            let this = RequestId::from_index(self.requests.len());
            next = std::mem::replace(&mut self.waiting[partition.index()], this);
            self.n_open[want.index()] += 1;
        }
        self.requests.push(Request { want, partition, satisfied, next });
    }
}

/// The attempt that caused each want: the last of the cause that had started, else its first.
pub(super) fn cause_attempts(
    wants: &Wants,
    of_run: &Csr<RunId, AttemptId>,
    attempts: &Attempts,
) -> Narrow<Option<AttemptId>> {
    let causes = wants.cause.iter().zip(&wants.created);
    causes
        .map(|(cause, created)| {
            let (row, created) = (of_run.row(cause?), created?);
            let n = row.partition_point(|attempt| attempts.start.at(attempt.index()) <= created);
            row.get(n.saturating_sub(1))
        })
        .collect()
}
