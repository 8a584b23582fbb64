//! The history as columns, and whether they are as long as they say. Ids are taken as they come:
//! who writes a history writes its names, too.
use std::marker::PhantomData;

use crate::events::{Events, Id, Notices};
use crate::history::replay::work_out;
use crate::history::{
    Anomalies, Anomaly, Attempts, Csr, Datasets, End, History, How, Instances, MissingSets,
    Partitions, Read, ReadSets, Removals, Runs, Taints, Wants,
};
use crate::wire::{Columns, Packer, Row, RowReader, Sink, Visit, Whole, put_word, visit_rows};
use crate::{columns, enum_cells};

enum_cells! { End How }

/// Zero is none.
impl Whole for Option<End> {
    fn to_word(self) -> u64 {
        self.map_or(0, |end| end as u64 + 1)
    }

    fn of_word(word: u64) -> Option<Self> {
        word.checked_sub(1).map_or(Some(None), |word| End::of_word(word).map(Some))
    }
}

/// Implements [`Columns`] for tables: columns that are all as long, lists among them, each with the
/// columns that lie beside its values, and behind the bar those that follow from others and are not sent. One that is forgotten
/// does not compile.
macro_rules! tables {
    ($($name:ident {
        $($column:ident),* $(,)? $(; $($list:ident [$($beside:ident),*])*)? $(| $($derived:ident)*)?
    })*) => {$(
        impl Columns for $name {
            #[inline(never)]
            fn each(&mut self, visit: &mut Visit<'_>) {
                let Self { $($column,)* $($($list, $($beside,)*)*)? $($($derived: _,)*)? } = self;
                $(Columns::each($column, visit);)*
                $($(Columns::each($list, visit); $(Columns::each($beside, visit);)*)*)?
            }

            fn is_sound(&self) -> bool {
                true $(&& Columns::is_sound(&self.$column))*
                    $($(
                        && Columns::is_sound(&self.$list)
                        $(&& self.$beside.len() == self.$list.values().len())*
                    )*)?
            }
        }

        impl Table for $name {
            fn has_rows(&self, n: usize) -> bool {
                true $(&& self.$column.len() == n)* $($(&& self.$list.n_rows() == n)*)?
            }
        }
    )*};
}

/// Columns that are all as long.
trait Table {
    /// Whether they are `n` long.
    fn has_rows(&self, n: usize) -> bool;
}

tables! {
    Wants {
        created, canceled, done, first_seen, cause, cause_attempt, asked_by, comment, data_time_secs,
        ttl_secs, sla_secs;
        requested [satisfied_at, satisfied_by] runs [runs_since]
    }
    Partitions { first_seen, external; instances [] versions [] foreign [] wants [] }
    Instances {
        partition, run, uuid, created, live, superseded; taints [] | read_by built_from
    }
    Runs {
        label, buffered, first_seen;
        attempts [] writes [] wants [wants_since] spawned []
        continues [continues_since] continued_by [continued_by_since]
        | events
    }
    Attempts {
        run, start, running, last_heartbeat, end, ended, reason; reads [] missing [] spawned []
    }
    ReadSets { attempt, seq, inferred, basis; impacted [] read [how] }
    Removals { instance, at, how }
    MissingSets { ; impacted [] missing [] }
    Taints { created, canceled, by, comment; instances [] }
}

columns! {
    Datasets { patterns, of }
    History {
        names, log, instances, reads, wants, partitions, removals, runs, attempts, missing, taints, label_runs,
        reads_recorded_from, openlineage | datasets
    } if fits
}

/// Gives what happened to `sink`, as the columns of a [`Read`] from which the others follow. Those that are known do not wait for
/// those that are not: names and events, which the replay leaves as they are, come before it, and what was read before all that
/// is listed the other way round. Who takes them has done so by then.
pub fn replay_to((mut events, notices): (Events, Notices), sink: &mut dyn Sink) {
    let mut packer = Packer::<Read>::new(sink);
    packer.ahead(&mut events.names);
    packer.ahead(&mut events.log);
    packer.pause();
    let (history, anomalies) = work_out(events, &mut |instances, reads| {
        packer.ahead(instances);
        packer.ahead(reads);
        packer.pause();
    });
    packer.finish(&mut (history, anomalies, notices));
}

/// Whether every table is as long as the names of its rows, or as itself.
fn fits(history: &History) -> bool {
    let (h, names) = (history, &history.names);
    let tables: [(&dyn Table, usize); 9] = [
        (&h.wants, names.wants.len()),
        (&h.partitions, names.partitions.len()),
        (&h.instances, h.instances.partition.len()),
        (&h.removals, h.removals.instance.len()),
        (&h.runs, names.runs.len()),
        (&h.attempts, h.attempts.run.len()),
        (&h.reads, h.reads.attempt.len()),
        (&h.missing, h.missing.missing.n_rows()),
        (&h.taints, names.taints.len()),
    ];
    tables.into_iter().all(|(table, n)| table.has_rows(n))
        && h.label_runs.n_rows() == names.labels.len()
}

impl<R, V> Columns for Csr<R, V> {
    fn each(&mut self, visit: &mut Visit<'_>) {
        let Self { ends, values, row: PhantomData } = self;
        ends.each(visit);
        values.each(visit);
    }

    fn is_sound(&self) -> bool {
        let Self { ends, values, row: PhantomData } = self;
        // Ends that do not ascend make rows empty, and no more.
        Columns::is_sound(ends)
            && Columns::is_sound(values)
            && ends.last().unwrap_or(0) as usize == values.len()
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
