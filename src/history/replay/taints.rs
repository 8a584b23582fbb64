//! What was declared bad, and for how long.
use crate::events::{Id, PartitionRef, Seq, Source, TaintId, TextId};
use crate::history::replay::Replay;
use crate::history::{Anomaly, Csr, InstanceId, Taints};
use crate::wire::Narrow;

/// Taints, with what each was laid on.
pub(super) struct TaintRows {
    columns: Columns,
    /// What they were laid on, in order of creation.
    laid: Vec<(TaintId, InstanceId)>,
    /// `TaintId ->` where in `laid`.
    of_taint: Vec<(usize, usize)>,
    /// `InstanceId ->` how many taints stand on it; as long as needed.
    n_standing: Vec<u32>,
}

/// Columns while they may still change.
struct Columns {
    created: Vec<Option<Seq>>,
    canceled: Vec<Option<Seq>>,
    by: Vec<Option<TextId>>,
    comment: Vec<Option<TextId>>,
}

impl TaintRows {
    pub(super) fn new(n: usize) -> Self {
        let columns = Columns {
            created: vec![None; n],
            canceled: vec![None; n],
            by: vec![None; n],
            comment: vec![None; n],
        };
        Self { columns, laid: Vec::new(), of_taint: vec![(0, 0); n], n_standing: Vec::new() }
    }

    /// Creates a taint, to be laid on instances.
    ///
    /// # Errors
    /// The anomaly, when there is one of that id.
    pub(super) fn create(
        &mut self,
        taint: TaintId,
        seq: Seq,
        by: Option<TextId>,
        comment: Option<TextId>,
    ) -> Result<(), Anomaly> {
        let row = taint.index();
        if self.columns.created[row].is_some() {
            return Err(Anomaly::CreatedTwice);
        }
        self.columns.created[row] = Some(seq);
        self.columns.by[row] = by;
        self.columns.comment[row] = comment;
        self.of_taint[row] = (self.laid.len(), self.laid.len());
        Ok(())
    }

    /// Lays the taint that was created last on an instance.
    pub(super) fn lay(&mut self, taint: TaintId, instance: InstanceId) {
        self.laid.push((taint, instance));
        self.of_taint[taint.index()].1 = self.laid.len();
        let index = instance.index();
        if self.n_standing.len() <= index {
            self.n_standing.resize(index + 1, 0);
        }
        self.n_standing[index] += 1;
    }

    /// Whether a taint stands on `instance`.
    pub(super) fn stands_on(&self, instance: InstanceId) -> bool {
        self.n_standing.get(instance.index()).is_some_and(|&n| n > 0)
    }

    /// Cancels a taint; how many instances it was laid on.
    ///
    /// # Errors
    /// The anomaly, when there is nothing to cancel.
    pub(super) fn cancel(&mut self, taint: TaintId, seq: Seq) -> Result<usize, Anomaly> {
        let row = taint.index();
        match (self.columns.created[row], self.columns.canceled[row]) {
            (None, _) => return Err(Anomaly::CanceledUnknown),
            (_, Some(_)) => return Err(Anomaly::CanceledTwice),
            (Some(_), None) => self.columns.canceled[row] = Some(seq),
        }
        let (start, end) = self.of_taint[row];
        for (_, instance) in &self.laid[start..end] {
            self.n_standing[instance.index()] -= 1;
        }
        Ok(end - start)
    }

    /// The `k`th instance that the taint was laid on.
    pub(super) fn instance(&self, taint: TaintId, k: usize) -> Option<InstanceId> {
        let (start, _) = self.of_taint[taint.index()];
        self.laid.get(start + k).map(|&(_, instance)| instance)
    }

    /// The columns, and `InstanceId -> taints`.
    #[inline(never)]
    pub(super) fn finish(self, n_instances: usize) -> (Taints, Csr<InstanceId, TaintId>) {
        let columns = self.columns;
        let taints = Taints {
            created: Narrow::of(&columns.created),
            canceled: Narrow::of(&columns.canceled),
            by: Narrow::of(&columns.by),
            comment: Narrow::of(&columns.comment),
            instances: Csr::from_pairs(self.of_taint.len(), &self.laid),
        };
        let reversed: Vec<_> = self.laid.iter().map(|&(taint, on)| (on, taint)).collect();
        (taints, Csr::from_pairs(n_instances, &reversed))
    }
}

impl Replay<'_> {
    /// Lays a taint on the instances meant: those current now, or named by an explicit uuid.
    pub(super) fn create_taint(
        &mut self,
        seq: Seq,
        taint: TaintId,
        partitions: &[PartitionRef],
        (source, comment): (Source, Option<TextId>),
    ) {
        let by = if let Source::Manual(user) = source { user } else { None };
        if let Err(anomaly) = self.taints.create(taint, seq, by, comment) {
            return self.anomalies.add(anomaly, seq);
        }
        self.marks.clear();
        for &PartitionRef { partition, uuid } in partitions {
            let meant = match uuid {
                Some(uuid) => self.instances.find_built(partition, uuid),
                None => self.instances.versions.current(partition),
            };
            match meant {
                Some(instance) if self.marks.add(instance) => self.taints.lay(taint, instance),
                Some(_) => {}
                None => self.anomalies.add(Anomaly::TaintedNothing, seq),
            }
        }
    }

    /// Lifts a taint: what becomes sound again satisfies the wants that wait for it.
    pub(super) fn cancel_taint(&mut self, seq: Seq, taint: TaintId) {
        match self.taints.cancel(taint, seq) {
            Err(anomaly) => self.anomalies.add(anomaly, seq),
            Ok(n) => {
                for k in 0..n {
                    if let Some(instance) = self.taints.instance(taint, k) {
                        self.satisfy(instance, seq);
                    }
                }
            }
        }
    }
}
