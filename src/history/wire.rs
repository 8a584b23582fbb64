//! The history as columns, and whether they are as long as they say. Ids are taken as they come:
//! who writes a history writes its names, too.
use std::marker::PhantomData;

use crate::events::Id;
use crate::history::{
    Anomalies, Anomaly, Attempts, Csr, Datasets, End, History, How, Instances, MissingSets,
    Partitions, ReadSets, Runs, Taints, Wants,
};
use crate::wire::{Cell, Columns, Deltas, Row, RowReader, Visit, is_csr, put_word, visit_rows};
use crate::{columns, enum_cells};

enum_cells! { End How }

/// Zero is none.
impl Cell for Option<End> {
    const WIDTH: usize = 1;

    fn put(self, out: &mut [u8]) {
        self.map_or(0, |end| end as u8 + 1).put(out);
    }

    fn is_valid(bytes: &[u8]) -> bool {
        usize::from(u8::get(bytes)) <= End::ALL.len()
    }

    fn get(bytes: &[u8]) -> Self {
        usize::from(u8::get(bytes)).checked_sub(1).and_then(|at| End::ALL.get(at)).copied()
    }
}

columns! {
    Partitions { first_seen, instances, versions, external, foreign, wants, read_by }
    Instances {
        partition, run, uuid, created, live, superseded, taints, read_by, built_from,
    }
    Runs {
        label, buffered, first_seen, events, attempts, writes, wants, wants_since, spawned,
        continues, continues_since, continued_by, continued_by_since,
    }
    Attempts { run, start, running, last_heartbeat, end, ended, reason, reads, missing, spawned }
    ReadSets { attempt, seq, inferred, basis, impacted, read, how }
    MissingSets { impacted, missing }
    Taints { created, canceled, instances, by, comment }
    Datasets { patterns, of }
}

impl Columns for Wants {
    fn each(&mut self, visit: &mut Visit<'_>) {
        let Self {
            created,
            first_seen,
            canceled,
            done,
            requested,
            satisfied_at,
            satisfied_by,
            cause,
            cause_attempt,
            asked_by,
            comment,
            data_time_secs,
            ttl_secs,
            sla_secs,
            runs,
            runs_since,
        } = self;
        for column in [created, canceled, done, satisfied_at] {
            column.each(visit);
        }
        first_seen.each(visit);
        requested.each(visit);
        satisfied_by.each(visit);
        cause.each(visit);
        cause_attempt.each(visit);
        asked_by.each(visit);
        comment.each(visit);
        for column in [data_time_secs, ttl_secs, sla_secs] {
            visit(&mut Deltas(column));
        }
        runs.each(visit);
        runs_since.each(visit);
    }

    fn is_sound(&self) -> bool {
        let Self { requested, runs, .. } = self;
        Columns::is_sound(requested) && Columns::is_sound(runs)
    }
}

impl Columns for History {
    fn each(&mut self, visit: &mut Visit<'_>) {
        let Self {
            names,
            log,
            wants,
            partitions,
            instances,
            runs,
            attempts,
            reads,
            missing,
            taints,
            label_runs,
            reads_recorded_from,
            datasets,
            openlineage,
        } = self;
        names.each(visit);
        log.each(visit);
        wants.each(visit);
        partitions.each(visit);
        instances.each(visit);
        runs.each(visit);
        attempts.each(visit);
        reads.each(visit);
        missing.each(visit);
        taints.each(visit);
        label_runs.each(visit);
        reads_recorded_from.each(visit);
        datasets.each(visit);
        openlineage.each(visit);
    }

    fn is_sound(&self) -> bool {
        let Self {
            names,
            log,
            wants,
            partitions,
            instances,
            runs,
            attempts,
            reads,
            missing,
            taints,
            label_runs,
            reads_recorded_from: _,
            datasets,
            openlineage,
        } = self;
        let parts: [&dyn Sound; 13] = [
            names,
            log,
            wants,
            partitions,
            instances,
            runs,
            attempts,
            reads,
            missing,
            taints,
            label_runs,
            datasets,
            openlineage,
        ];
        parts.into_iter().all(Sound::is_sound) && self.are_equally_long()
    }
}

/// [`Columns::is_sound`] of any value.
trait Sound {
    fn is_sound(&self) -> bool;
}

impl<T: Columns> Sound for T {
    fn is_sound(&self) -> bool {
        Columns::is_sound(self)
    }
}

/// Whether every column is `n` long.
macro_rules! are_long {
    ($n:expr; $of:expr; $($column:ident),*; $($csr:ident),*) => {
        { let n = $n; true $(&& $of.$column.len() == n)* $(&& $of.$csr.n_rows() == n)* }
    };
}

/// Whether every column is as long as the values of the list that it lies beside.
macro_rules! lie_beside {
    ($of:expr; $($csr:ident: $($column:ident),*);*) => {
        true $($(&& $of.$column.len() == $of.$csr.values().len())*)*
    };
}

impl History {
    #[rustfmt::skip]
    fn are_equally_long(&self) -> bool {
        let Self { names, wants, partitions, instances, runs, attempts, reads, missing, taints, .. } = self;
        are_long!(names.wants.len(); wants; created, first_seen, canceled, done, cause, cause_attempt,
            asked_by, comment, data_time_secs, ttl_secs, sla_secs; requested, runs)
            && lie_beside!(wants; requested: satisfied_at, satisfied_by; runs: runs_since)
            && are_long!(names.partitions.len(); partitions; first_seen, external;
                instances, versions, foreign, wants, read_by)
            && are_long!(instances.partition.len(); instances; run, uuid, created, live, superseded;
                taints, read_by, built_from)
            && are_long!(names.runs.len(); runs; label, buffered, first_seen;
                events, attempts, writes, wants, spawned, continues, continued_by)
            && lie_beside!(runs; wants: wants_since; continues: continues_since;
                continued_by: continued_by_since)
            && are_long!(attempts.run.len(); attempts; start, running, last_heartbeat, end, ended, reason;
                reads, missing, spawned)
            && are_long!(reads.attempt.len(); reads; seq, inferred, basis; impacted, read)
            && lie_beside!(reads; read: how)
            && are_long!(missing.missing.n_rows(); missing; ; impacted)
            && are_long!(names.taints.len(); taints; created, canceled, by, comment; instances)
            && self.label_runs.n_rows() == names.labels.len()
            && self.datasets.of.len() == names.partitions.len()
    }
}

impl<R: Id, V: Cell> Columns for Csr<R, V> {
    fn each(&mut self, visit: &mut Visit<'_>) {
        let Self { ends, values, row: PhantomData } = self;
        visit(&mut Deltas(ends));
        values.each(visit);
    }

    fn is_sound(&self) -> bool {
        let Self { ends, values, row: PhantomData } = self;
        is_csr(ends, values.len())
    }
}

impl Columns for Anomalies {
    fn each(&mut self, visit: &mut Visit<'_>) {
        let Self { by_kind } = self;
        visit_rows(by_kind, visit);
    }

    fn is_sound(&self) -> bool {
        self.by_kind.is_sorted_by(|(a, ..), (b, ..)| a < b)
    }
}

impl<S: Id> Row for (Anomaly, u64, Vec<S>) {
    fn put(&self, out: &mut Vec<u8>) {
        let (kind, n, first) = self;
        put_word(*kind as u64, out);
        put_word(*n, out);
        put_word(first.len() as u64, out);
        for seq in first {
            put_word(seq.index() as u64, out);
        }
    }

    fn take(from: &mut RowReader<'_>) -> Option<Self> {
        let kind = usize::try_from(from.word()?).ok()?;
        let (kind, n, n_first) = (*Anomaly::ALL.get(kind)?, from.word()?, from.len()?);
        let seqs = (0..n_first).map(|_| S::from_index(usize::try_from(from.word()?).ok()?));
        Some((kind, n, seqs.collect::<Option<_>>()?))
    }
}
